import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a shift is worth. */
public final class ShiftPay {
    private static final int LONGEST_HOURS = 16;
    private static final BigDecimal HOUR_IN_PER_CENT = BigDecimal.valueOf(60 * 100);

    private ShiftPay() {}

    public static String pay(String start, String end, List<List<String>> breaks, String hourly, List<String> holidays) {
        LocalDateTime from = LocalDateTime.parse(start);
        LocalDateTime to = LocalDateTime.parse(end);
        if (!from.isBefore(to) || !to.isBefore(from.plusHours(LONGEST_HOURS))) {
            throw new IllegalArgumentException("no shift: " + start + " to " + end);
        }
        Set<LocalDate> free = new HashSet<>();
        holidays.forEach(day -> free.add(LocalDate.parse(day)));
        Set<LocalDateTime> resting = resting(from, to, breaks);
        Premiums premiums = new Premiums(from, free);
        long perCent = 0;
        for (LocalDateTime minute = from; minute.isBefore(to); minute = minute.plusMinutes(1)) {
            if (!resting.contains(minute)) {
                perCent += 100 + premiums.at(minute);
            }
        }
        BigDecimal pay = new BigDecimal(hourly).multiply(BigDecimal.valueOf(perCent));
        return pay.divide(HOUR_IN_PER_CENT, 2, RoundingMode.HALF_UP).toPlainString();
    }

    /** All minutes that lie in a break. */
    private static Set<LocalDateTime> resting(LocalDateTime from, LocalDateTime to, List<List<String>> breaks) {
        Set<LocalDateTime> minutes = new HashSet<>();
        for (List<String> one : breaks) {
            LocalDateTime begin = LocalDateTime.parse(one.get(0));
            LocalDateTime end = LocalDateTime.parse(one.get(1));
            if (begin.isBefore(from) || !begin.isBefore(end) || end.isAfter(to)) {
                throw new IllegalArgumentException("no break of this shift: " + one);
            }
            for (LocalDateTime minute = begin; minute.isBefore(end); minute = minute.plusMinutes(1)) {
                minutes.add(minute);
            }
        }
        return minutes;
    }
}
