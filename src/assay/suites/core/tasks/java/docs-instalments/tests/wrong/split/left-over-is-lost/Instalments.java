import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

public final class Instalments {
    private static final BigDecimal SMALLEST = new BigDecimal("5.00");

    private Instalments() {
    }

    public static List<BigDecimal> split(BigDecimal amount, int count) {
        if (count < 1 || amount.signum() < 0 || amount.scale() > 2) {
            throw new IllegalArgumentException("cannot be split: " + amount + " by " + count);
        }
        BigDecimal each = amount.divide(BigDecimal.valueOf(count), 2, RoundingMode.DOWN);
        List<BigDecimal> parts = new ArrayList<>();
        parts.add(each);
        while (parts.size() < count) {
            parts.add(each);
        }
        return parts;
    }

    public static BigDecimal withFee(BigDecimal amount, BigDecimal percent) {
        BigDecimal fee = amount.multiply(percent).divide(BigDecimal.valueOf(100), 2, RoundingMode.HALF_UP);
        return amount.add(fee).setScale(2, RoundingMode.HALF_UP);
    }

    public static int most(BigDecimal amount) {
        int count = amount.divideToIntegralValue(SMALLEST).intValue();
        return Math.max(1, Math.min(count, 12));
    }

    public static List<LocalDate> dueDates(LocalDate ordered, int count) {
        LocalDate first = ordered.plusMonths(1).withDayOfMonth(1);
        if (ordered.getDayOfMonth() > 15) {
            first = first.plusMonths(1);
        }
        List<LocalDate> dates = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            dates.add(first.plusMonths(number));
        }
        return dates;
    }
}
