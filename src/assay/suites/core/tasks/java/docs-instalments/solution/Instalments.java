import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

public final class Instalments {
    private static final BigDecimal SMALLEST = new BigDecimal("5.00");

    private Instalments() {
    }

    /**
     * An amount in so many parts that are the same to the cent; the first one takes what is left over.
     *
     * <pre>{@code
     * split(new BigDecimal("10.00"), 3); // => List.of(new BigDecimal("3.34"), new BigDecimal("3.33"), new BigDecimal("3.33"))
     * split(new BigDecimal("0.05"), 4).toString(); // => "[0.02, 0.01, 0.01, 0.01]"
     * split(new BigDecimal("0.02"), 3).toString(); // => "[0.02, 0.00, 0.00]"
     * split(new BigDecimal("7"), 1).toString(); // => "[7.00]"
     * split(new BigDecimal("7"), 0); // throws IllegalArgumentException
     * split(new BigDecimal("-7"), 2); // throws IllegalArgumentException
     * split(new BigDecimal("7.125"), 2); // throws IllegalArgumentException
     * }</pre>
     */
    public static List<BigDecimal> split(BigDecimal amount, int count) {
        if (count < 1 || amount.signum() < 0 || amount.scale() > 2) {
            throw new IllegalArgumentException("cannot be split: " + amount + " by " + count);
        }
        BigDecimal each = amount.divide(BigDecimal.valueOf(count), 2, RoundingMode.DOWN);
        List<BigDecimal> parts = new ArrayList<>();
        parts.add(amount.subtract(each.multiply(BigDecimal.valueOf(count - 1))).setScale(2));
        while (parts.size() < count) {
            parts.add(each);
        }
        return parts;
    }

    /**
     * An amount and a fee of so many percent of it, in cents; half a cent is rounded up.
     *
     * <pre>{@code
     * withFee(new BigDecimal("100"), new BigDecimal("2.5")); // => new BigDecimal("102.50")
     * withFee(new BigDecimal("0.50"), BigDecimal.ONE); // => new BigDecimal("0.51")
     * withFee(new BigDecimal("2.50"), BigDecimal.ONE); // => new BigDecimal("2.53")
     * withFee(new BigDecimal("0.49"), BigDecimal.ONE); // => new BigDecimal("0.49")
     * withFee(new BigDecimal("9.90"), BigDecimal.ZERO); // => new BigDecimal("9.90")
     * }</pre>
     */
    public static BigDecimal withFee(BigDecimal amount, BigDecimal percent) {
        BigDecimal fee = amount.multiply(percent).divide(BigDecimal.valueOf(100), 2, RoundingMode.HALF_UP);
        return amount.add(fee).setScale(2, RoundingMode.HALF_UP);
    }

    /**
     * In how many instalments an amount may be paid: none may be below 5.00; one at least, 12 at most.
     *
     * <pre>{@code
     * most(new BigDecimal("14.99")); // => 2
     * most(new BigDecimal("15.00")); // => 3
     * most(new BigDecimal("4.00")); // => 1
     * most(new BigDecimal("60.00")); // => 12
     * most(new BigDecimal("1000")); // => 12
     * }</pre>
     */
    public static int most(BigDecimal amount) {
        int count = amount.divideToIntegralValue(SMALLEST).intValue();
        return Math.max(1, Math.min(count, 12));
    }

    /**
     * The first days of months on which instalments are due: from the next month on, or from the one after it
     * for what is ordered after the 15th.
     *
     * <pre>{@code
     * dueDates(LocalDate.of(2024, 1, 15), 2); // => List.of(LocalDate.of(2024, 2, 1), LocalDate.of(2024, 3, 1))
     * dueDates(LocalDate.of(2024, 1, 16), 1); // => List.of(LocalDate.of(2024, 3, 1))
     * dueDates(LocalDate.of(2024, 10, 31), 2); // => List.of(LocalDate.of(2024, 12, 1), LocalDate.of(2025, 1, 1))
     * dueDates(LocalDate.of(2024, 1, 1), 1); // => List.of(LocalDate.of(2024, 2, 1))
     * dueDates(LocalDate.of(2024, 1, 1), 0); // => List.of()
     * }</pre>
     */
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
