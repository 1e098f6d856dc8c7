import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;

/** What an hour costs. */
final class Tariff {
    private static final long HIGH = 250;
    private static final long LOW = 100;

    private final List<LocalDate> holidays;
    private final List<Pass> passes;

    Tariff(List<String> holidays, List<String> passes) {
        this.holidays = holidays.stream().map(LocalDate::parse).toList();
        this.passes = passes.stream().map(first -> new Pass(LocalDate.parse(first))).toList();
    }

    boolean isFree(LocalDate day) {
        return passes.stream().anyMatch(pass -> pass.covers(day));
    }

    /** The price of the hour that begins at a moment. */
    long cents(LocalDateTime begin) {
        LocalDate day = begin.toLocalDate();
        boolean free = day.getDayOfWeek() == DayOfWeek.SUNDAY || holidays.contains(day);
        boolean busy = begin.getHour() >= 8 && begin.getHour() < 20;
        return busy && !free ? HIGH : LOW;
    }
}
