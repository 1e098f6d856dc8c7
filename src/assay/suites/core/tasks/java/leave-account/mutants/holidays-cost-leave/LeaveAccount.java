import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What an employee has left of the paid leave. */
public final class LeaveAccount {
    private LeaveAccount() {}

    public static String remaining(String hired, int yearlyDays, List<List<String>> leaves, List<String> holidays, String on) {
        LocalDate start = LocalDate.parse(hired);
        LocalDate today = LocalDate.parse(on);
        if (today.isBefore(start)) {
            throw new IllegalArgumentException(on + " is before " + hired);
        }
        Set<LocalDate> closed = holidays.stream().map(LocalDate::parse).collect(Collectors.toCollection(HashSet::new));
        TreeSet<LocalDate> away = away(start, leaves);
        // Both in half days.
        int carried = 0;
        int own = 0;
        for (int year = start.getYear(); year <= today.getYear(); year++) {
            carried = own;
            own = entitlement(start, yearlyDays, year);
            LocalDate expiry = LocalDate.of(year, Month.APRIL, 1);
            LocalDate last = LocalDate.of(year, Month.DECEMBER, 31);
            LocalDate until = today.isBefore(last) ? today : last;
            for (LocalDate day : away.subSet(LocalDate.of(year, Month.JANUARY, 1), true, until, true)) {
                if (isFree(day, closed)) {
                    continue;
                }
                carried = day.isBefore(expiry) ? carried : 0;
                int fromCarried = Math.min(carried, 2);
                carried -= fromCarried;
                own -= 2 - fromCarried;
                if (own < 0) {
                    throw new IllegalStateException("no leave left on " + day);
                }
            }
            carried = until.isBefore(expiry) ? carried : 0;
        }
        int halves = carried + own;
        return halves / 2 + (halves % 2 == 0 ? ".0" : ".5");
    }

    /** Half days for a year: a twelfth for each month in which the employee was there from its first day. */
    private static int entitlement(LocalDate start, int yearlyDays, int year) {
        int months = 12;
        if (year == start.getYear()) {
            months -= start.getMonthValue() - (start.getDayOfMonth() == 1 ? 1 : 0);
        }
        return (yearlyDays * 2 * months + 11) / 12;
    }

    /** All days of all leaves. */
    private static TreeSet<LocalDate> away(LocalDate start, List<List<String>> leaves) {
        TreeSet<LocalDate> days = new TreeSet<>();
        for (List<String> leave : leaves) {
            LocalDate from = LocalDate.parse(leave.get(0));
            LocalDate to = LocalDate.parse(leave.get(1));
            if (from.isBefore(start) || to.isBefore(from)) {
                throw new IllegalArgumentException("no leave: " + leave);
            }
            for (LocalDate day = from; !day.isAfter(to); day = day.plusDays(1)) {
                if (!days.add(day)) {
                    throw new IllegalArgumentException("twice on leave on " + day);
                }
            }
        }
        return days;
    }

    private static boolean isFree(LocalDate day, Set<LocalDate> closed) {
        DayOfWeek weekday = day.getDayOfWeek();
        return weekday == DayOfWeek.SATURDAY || weekday == DayOfWeek.SUNDAY;
    }
}
