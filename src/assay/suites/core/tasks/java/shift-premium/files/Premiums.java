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

    /** All that is paid on top in the hour that begins then. */
    int at(LocalDateTime hour) {
        int night = hour.getHour() >= 22 || hour.getHour() <= 6 ? NIGHT : 0;
        return night + ofDay(hour);
    }

    private int ofDay(LocalDateTime hour) {
        LocalDate day = start.toLocalDate();
        int premium = 0;
        if (day.getDayOfWeek() == DayOfWeek.SUNDAY) {
            premium += SUNDAY;
        }
        boolean lastDays = day.getMonth() == Month.DECEMBER && (day.getDayOfMonth() == 24 || day.getDayOfMonth() == 31);
        if (holidays.contains(day) || lastDays && hour.getHour() >= 14) {
            premium += HOLIDAY;
        }
        return premium;
    }
}
