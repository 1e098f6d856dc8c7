import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;

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
        long cents = 0;
        if (to.isAfter(from.plusMinutes(FREE_MINUTES))) {
            Tariff tariff = new Tariff(holidays, passes);
            for (LocalDateTime day = from; day.isBefore(to); day = day.plusDays(1)) {
                cents += hours(day, to, tariff);
            }
            cents = Math.min(CAP * (1 + (java.time.Duration.between(from, to).toDays())), cents);
            if (isEvening(from, to)) {
                cents = Math.min(EVENING, cents);
            }
        }
        return BigDecimal.valueOf(cents, 2).toPlainString();
    }

    /** All hours that begin in the 24 hours from a moment on, and before the end. */
    private static long hours(LocalDateTime from, LocalDateTime to, Tariff tariff) {
        long cents = 0;
        for (int i = 0; i < 24 && from.plusHours(i).isBefore(to); i++) {
            cents += tariff.cents(from.plusHours(i));
        }
        return cents;
    }

    /** Whether a stay lies in one evening, which lasts until the morning after it. */
    private static boolean isEvening(LocalDateTime from, LocalDateTime to) {
        LocalDate evening = from.getHour() < 6 ? from.toLocalDate().minusDays(1) : from.toLocalDate();
        LocalDateTime begin = evening.atTime(18, 0);
        return !from.isBefore(begin) && !to.isAfter(evening.plusDays(1).atTime(LocalTime.of(6, 0)));
    }
}
