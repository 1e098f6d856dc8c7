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
        // TO BE WRITTEN
    }

    /** Counts the business days from a date (included) to another one (not included). */
    public static int between(String from, String to, List<String> holidays) {
        // TO BE WRITTEN
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
