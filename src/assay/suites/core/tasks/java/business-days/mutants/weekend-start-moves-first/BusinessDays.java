import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Counts in business days: Monday to Friday without the given holidays. Dates are yyyy-MM-dd. */
public final class BusinessDays {
    private BusinessDays() {}

    /** Moves a date by a number of business days, forwards or backwards. */
    public static String add(String date, int days, List<String> holidays) {
        Set<LocalDate> closed = parse(holidays);
        LocalDate day = LocalDate.parse(date);
        int step = days < 0 ? -1 : 1;
        int left = Math.abs(days);
        while (!isOpen(day, closed)) {
            day = day.plusDays(step);
        }
        while (left > 0) {
            day = day.plusDays(step);
            if (isOpen(day, closed)) {
                left--;
            }
        }
        return day.toString();
    }

    /** Counts the business days from a date (included) to another one (not included). */
    public static int between(String from, String to, List<String> holidays) {
        Set<LocalDate> closed = parse(holidays);
        LocalDate first = LocalDate.parse(from);
        LocalDate end = LocalDate.parse(to);
        if (first.isAfter(end)) {
            return -between(to, from, holidays);
        }
        int count = 0;
        for (LocalDate day = first; day.isBefore(end); day = day.plusDays(1)) {
            if (isOpen(day, closed)) {
                count++;
            }
        }
        return count;
    }

    private static boolean isOpen(LocalDate day, Set<LocalDate> closed) {
        DayOfWeek weekday = day.getDayOfWeek();
        return weekday != DayOfWeek.SATURDAY && weekday != DayOfWeek.SUNDAY && !closed.contains(day);
    }

    private static Set<LocalDate> parse(List<String> dates) {
        Set<LocalDate> result = new HashSet<>();
        for (String date : dates) {
            result.add(LocalDate.parse(date));
        }
        return result;
    }
}
