import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Lists that a tournament office prints. */
public class Lists {
    /** A list's first line, what stands in place of rows, and for each column whether it is to the right. */
    private record Layout(String title, String empty, List<Boolean> toTheRight) {}

    private static final Layout PLAYERS = new Layout("PLAYERS", "nobody", List.of(false, false, true));
    private static final Layout PAIRINGS = new Layout("PAIRINGS", "no games", List.of(true, false, false));
    private static final Layout STANDINGS = new Layout("STANDINGS", "no results", List.of(true, false, true, true));

    /** Name, club, rating; ratings to the right. */
    public static String players(List<List<String>> rows) {
        StringBuilder out = new StringBuilder();
        int[] widths = new int[3];
        for (List<String> row : rows) {
            for (int i = 0; i < 3; i++) {
                String cell = i < row.size() ? row.get(i).strip() : "";
                widths[i] = Math.max(widths[i], cell.length());
            }
        }
        out.append("PLAYERS\n");
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < 3; i++) {
                String cell = i < row.size() ? row.get(i).strip() : "";
                String space = " ".repeat(widths[i] - cell.length());
                line.append(i == 0 ? "" : "  ").append(i == 2 ? space + cell : cell + space);
            }
            out.append(line.toString().stripTrailing()).append("\n");
        }
        if (rows.isEmpty()) {
            out.append("nobody\n");
        }
        return out.toString();
    }

    /** Table, white, black; tables to the right. */
    public static String pairings(List<List<String>> rows) {
        StringBuilder out = new StringBuilder();
        int[] widths = new int[3];
        for (List<String> row : rows) {
            for (int i = 0; i < 3; i++) {
                String cell = i < row.size() ? row.get(i).strip() : "";
                widths[i] = Math.max(widths[i], cell.length());
            }
        }
        out.append("PAIRINGS\n");
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < 3; i++) {
                String cell = i < row.size() ? row.get(i).strip() : "";
                String space = " ".repeat(widths[i] - cell.length());
                line.append(i == 0 ? "" : "  ").append(i == 0 ? space + cell : cell + space);
            }
            out.append(line.toString().stripTrailing()).append("\n");
        }
        if (rows.isEmpty()) {
            out.append("no games\n");
        }
        return out.toString();
    }

    /** Place, name, points, tie-break; numbers to the right. */
    public static String standings(List<List<String>> rows) {
        return table(STANDINGS, rows);
    }

    private static String table(Layout layout, List<List<String>> rows) {
        List<String> lines = new ArrayList<>(List.of(layout.title()));
        int[] widths = IntStream.range(0, layout.toTheRight().size())
                .map(column -> rows.stream().mapToInt(row -> cell(row, column).length()).max().orElse(0))
                .toArray();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < widths.length; column++) {
                String cell = cell(row, column);
                String space = " ".repeat(widths[column] - cell.length());
                line.append(column == 0 ? "" : "  ");
                line.append(layout.toTheRight().get(column) ? space + cell : cell + space);
            }
            lines.add(line.toString().stripTrailing());
        }
        if (rows.isEmpty()) {
            lines.add(layout.empty());
        }
        return String.join("\n", lines) + "\n";
    }

    private static String cell(List<String> row, int column) {
        return column < row.size() ? row.get(column).strip() : "";
    }
}
