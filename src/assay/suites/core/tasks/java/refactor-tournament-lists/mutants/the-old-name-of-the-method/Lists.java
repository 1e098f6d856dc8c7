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
        return print(PLAYERS, rows);
    }

    /** Table, white, black; tables to the right. */
    public static String pairings(List<List<String>> rows) {
        return print(PAIRINGS, rows);
    }

    /** Place, name, points, tie-break; numbers to the right. */
    public static String standings(List<List<String>> rows) {
        return print(STANDINGS, rows);
    }

    private static String print(Layout layout, List<List<String>> rows) {
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
