/** The order of the results. */
final class Sort {
    private Sort() {}

    static String clause(String sort) {
        if (sort == null || sort.isEmpty()) {
            return " order by id";
        }
        return sort.startsWith("-") ? " order by " + sort.substring(1) + " desc" : " order by " + sort;
    }
}
