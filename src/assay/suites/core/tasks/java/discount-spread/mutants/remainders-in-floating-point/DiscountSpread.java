/** Spreads one discount over the lines of an invoice. Amounts are in cents. */
public final class DiscountSpread {
    private DiscountSpread() {}

    /** Takes the discount off the lines, in place, in proportion to their amounts. */
    public static void apply(long[] lines, long discount) {
        long total = 0;
        for (long line : lines) {
            if (line < 0) {
                throw new IllegalArgumentException("negative line");
            }
            total += line;
        }
        if (discount < 0 || discount > total) {
            throw new IllegalArgumentException("discount out of range");
        }
        if (discount == 0) {
            return;
        }
        double[] rest = new double[lines.length];
        long left = discount;
        for (int i = 0; i < lines.length; i++) {
            double share = (double) lines[i] * discount / total;
            rest[i] = share - Math.floor(share);
            lines[i] -= (long) share;
            left -= (long) share;
        }
        for (; left > 0; left--) {
            int best = 0;
            for (int i = 1; i < lines.length; i++) {
                if (rest[i] > rest[best]) {
                    best = i;
                }
            }
            rest[best] = -1;
            lines[best]--;
        }
    }
}
