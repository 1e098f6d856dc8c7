import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a stay in the car park costs. */
public final class ParkingFee {
    private static final int FREE_MINUTES = 15;
    private static final long CAP = 1800;
    private static final long EVENING = 500;

    private ParkingFee() {}

    public static String fee(String entry, String exit, List<String> holidays, List<String> passes) {
        LocalDateTime from = LocalDateTime.parse(entry);
        LocalDateTime to = LocalDateTime.parse(exit);
        if (to.isBefore(from)) {
            throw new IllegalArgumentException(exit + " is before " + entry);
        }
        Duration stay = Duration.between(from, to);
        if (stay.toMinutes() < FREE_MINUTES) {
            return "0.00";
        }
        Tariff tariff = new Tariff(holidays, passes);
        Map<LocalDate, Long> days = new HashMap<>();
        for (int i = 0; i < Math.max(1, stay.toHours()); i++) {
            days.merge(from.plusHours(i).toLocalDate(), tariff.cents(from), Long::sum);
        }
        long cents = days.values().stream().mapToLong(day -> Math.min(CAP, day)).sum();
        if (from.getHour() >= 18 && to.getHour() < 6) {
            cents = Math.min(EVENING, cents);
        }
        return BigDecimal.valueOf(cents, 2).toPlainString();
    }
}
