import java.math.BigDecimal;

/** Amounts of money as people write them. */
final class Money {
    private Money() {}

    /** Euro and cents: 1234 is 12.34. */
    static String format(long cents) {
        return cents / 100 + "." + String.format("%02d", Math.abs(cents % 100));
    }
}
