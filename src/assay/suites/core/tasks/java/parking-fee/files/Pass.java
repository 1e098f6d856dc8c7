import java.time.LocalDate;

/** A pass for one month. */
record Pass(LocalDate first) {
    boolean covers(LocalDate day) {
        return !day.isBefore(first) && !day.isAfter(last());
    }

    private LocalDate last() {
        return first.plusMonths(1);
    }
}
