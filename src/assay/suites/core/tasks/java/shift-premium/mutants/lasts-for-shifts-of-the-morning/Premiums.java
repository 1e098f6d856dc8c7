import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Month;
import java.util.Set;

/** The premiums of one shift, in per cent. */
final class Premiums {
    private static final int NIGHT = 25;
    private static final int SUNDAY = 50;
    private static final int HOLIDAY = 100;

    private final LocalDateTime start;
    private final Set<LocalDate> holidays;

    Premiums(LocalDateTime start, Set<LocalDate> holidays) {
        this.start = start;
        this.holidays = holidays;
    }

    /** All that is paid on top in the minute that begins then. */
    int at(LocalDateTime minute) {
        int night = minute.getHour() >= 22 || minute.getHour() < 6 ? NIGHT : 0;
        return night + Math.max(ofDay(minute), lasting(minute));
    }

    private int ofDay(LocalDateTime minute) {
        LocalDate day = minute.toLocalDate();
        boolean lastDays = day.getMonth() == Month.DECEMBER && (day.getDayOfMonth() == 24 || day.getDayOfMonth() == 31);
        if (holidays.contains(day) || lastDays && minute.getHour() >= 14) {
            return HOLIDAY;
        }
        return day.getDayOfWeek() == DayOfWeek.SUNDAY ? SUNDAY : 0;
    }

    /** What lasts from the day before into the early morning. */
    private int lasting(LocalDateTime minute) {
        LocalDateTime midnight = minute.toLocalDate().atStartOfDay();
        return minute.getHour() < 4 ? ofDay(midnight.minusMinutes(1)) : 0;
    }
}
