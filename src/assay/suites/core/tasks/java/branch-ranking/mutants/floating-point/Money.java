/** Amounts of money as people write them. */
final class Money {
    private Money() {}

    /** Euro and cents: 1234 is 12.34. */
    static String format(long cents) {
        return String.format(java.util.Locale.ROOT, "%.2f", cents / 100.0);
    }
}
