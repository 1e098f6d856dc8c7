import java.time.LocalDate;

/** A pass for one month. */
record Pass(LocalDate first) {
    boolean covers(LocalDate day) {
        return !day.isBefore(first) && !day.isAfter(last());
    }

    private LocalDate last() {
        LocalDate next = first.plusMonths(1);
        // A shorter month has no such day: then its last day still belongs to the pass.
        return first.getDayOfMonth() == first.lengthOfMonth() ? next.withDayOfMonth(next.lengthOfMonth()) : next.minusDays(1);
    }
}
