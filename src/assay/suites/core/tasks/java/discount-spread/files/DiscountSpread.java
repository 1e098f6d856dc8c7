/** Spreads one discount over the lines of an invoice. Amounts are in cents. */
public final class DiscountSpread {
    private DiscountSpread() {}

    /** Takes the discount off the lines, in place, in proportion to their amounts. */
    public static void apply(long[] lines, long discount) {
        long total = 0;
        for (long line : lines) {
            total += line;
        }
        if (discount < 0 || discount > total) {
            throw new IllegalArgumentException("discount out of range");
        }
        for (int i = 0; i < lines.length; i++) {
            double share = (double) lines[i] / total;
            lines[i] -= Math.round(share * discount);
        }
    }
}
