import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a shift is worth. */
public final class ShiftPay {
    private ShiftPay() {}

    public static String pay(String start, String end, List<List<String>> breaks, String hourly, List<String> holidays) {
        LocalDateTime from = LocalDateTime.parse(start);
        LocalDateTime to = LocalDateTime.parse(end);
        if (from.isAfter(to)) {
            throw new IllegalArgumentException("no shift: " + start + " to " + end);
        }
        Set<LocalDate> free = new HashSet<>();
        holidays.forEach(day -> free.add(LocalDate.parse(day)));
        Premiums premiums = new Premiums(from, free);
        double rate = Double.parseDouble(hourly);
        BigDecimal pay = BigDecimal.ZERO;
        for (LocalDateTime hour = from; hour.isBefore(to); hour = hour.plusHours(1)) {
            long minutes = Math.min(60, Duration.between(hour, to).toMinutes());
            double worth = rate * minutes / 60 * (100 + premiums.at(hour)) / 100;
            pay = pay.add(new BigDecimal(worth).setScale(2, RoundingMode.HALF_UP));
        }
        for (List<String> one : breaks) {
            long minutes = Duration.between(LocalDateTime.parse(one.get(0)), LocalDateTime.parse(one.get(1))).toMinutes();
            pay = pay.subtract(new BigDecimal(rate * minutes / 60).setScale(2, RoundingMode.HALF_UP));
        }
        return pay.toPlainString();
    }
}
