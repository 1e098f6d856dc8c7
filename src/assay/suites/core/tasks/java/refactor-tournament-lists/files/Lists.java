import java.util.List;

/** Lists that a tournament office prints. */
public class Lists {
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
        StringBuilder out = new StringBuilder();
        int[] widths = new int[4];
        for (List<String> row : rows) {
            for (int i = 0; i < 4; i++) {
                String cell = i < row.size() ? row.get(i).strip() : "";
                widths[i] = Math.max(widths[i], cell.length());
            }
        }
        out.append("STANDINGS\n");
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < 4; i++) {
                String cell = i < row.size() ? row.get(i).strip() : "";
                String space = " ".repeat(widths[i] - cell.length());
                line.append(i == 0 ? "" : "  ").append(i == 1 ? cell + space : space + cell);
            }
            out.append(line.toString().stripTrailing()).append("\n");
        }
        if (rows.isEmpty()) {
            out.append("no results\n");
        }
        return out.toString();
    }
}
