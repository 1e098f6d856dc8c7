import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

public final class Instalments {
    private Instalments() {
    }

    public static List<BigDecimal> split(BigDecimal amount, int count) {
        if (amount.scale() > 2 || amount.compareTo(BigDecimal.ZERO) < 0 || count <= 0) {
            throw new IllegalArgumentException();
        }
        BigInteger[] parts = amount.movePointRight(2).toBigIntegerExact().divideAndRemainder(BigInteger.valueOf(count));
        BigDecimal each = new BigDecimal(parts[0], 2);
        BigDecimal first = new BigDecimal(parts[0].add(parts[1]), 2);
        return Stream.concat(Stream.of(first), Collections.nCopies(count - 1, each).stream()).collect(Collectors.toList());
    }

    public static BigDecimal withFee(BigDecimal amount, BigDecimal percent) {
        BigDecimal hundredfold = amount.multiply(percent);
        BigInteger cents = hundredfold.add(new BigDecimal("0.5")).toBigInteger();
        return amount.setScale(2).add(new BigDecimal(cents, 2));
    }

    public static int most(BigDecimal amount) {
        int count = 12;
        while (count > 1 && new BigDecimal(count * 5).compareTo(amount) > 0) {
            count--;
        }
        return count;
    }

    public static List<LocalDate> dueDates(LocalDate ordered, int count) {
        YearMonth start = ordered.getDayOfMonth() <= 15 ? YearMonth.from(ordered).plusMonths(1) : YearMonth.from(ordered).plusMonths(2);
        return LongStream.range(0, count).mapToObj(number -> start.plusMonths(number).atDay(1)).collect(Collectors.toList());
    }
}
