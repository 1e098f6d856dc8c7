import java.util.Set;

/** The order of the results. */
final class Sort {
    private static final Set<String> COLUMNS = Set.of("price", "title");

    private Sort() {}

    /** Articles that are equal otherwise come in the order of their ids. */
    static String clause(String sort) {
        if (sort == null || sort.isEmpty()) {
            return " order by id";
        }
        boolean descending = sort.startsWith("-");
        String column = descending ? sort.substring(1) : sort;
        if (!COLUMNS.contains(column)) {
            throw new IllegalArgumentException("cannot sort by " + sort);
        }
        return " order by " + column + (descending ? " desc" : "") + ", id";
    }
}
