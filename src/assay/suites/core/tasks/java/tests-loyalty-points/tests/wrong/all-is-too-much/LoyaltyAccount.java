import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Deque;

/** Points that a customer has earned, and may spend within a year. */
class LoyaltyAccount {
    private static final class Lot {
        final LocalDate expires;
        int left;

        Lot(LocalDate expires, int left) {
            this.expires = expires;
            this.left = left;
        }
    }

    private final Deque<Lot> lots = new ArrayDeque<>();
    private LocalDate today = LocalDate.MIN;

    void earn(LocalDate day, int points) {
        check(points);
        goTo(day);
        lots.addLast(new Lot(day.plusYears(1), points));
    }

    boolean spend(LocalDate day, int points) {
        check(points);
        if (balance(day) <= points) {
            return false;
        }
        int owed = points;
        while (owed > 0) {
            Lot oldest = lots.getFirst();
            int taken = Math.min(owed, oldest.left);
            owed -= taken;
            oldest.left -= taken;
            if (oldest.left == 0) {
                lots.removeFirst();
            }
        }
        return true;
    }

    int balance(LocalDate day) {
        goTo(day);
        return lots.stream().mapToInt(lot -> lot.left).sum();
    }

    private void goTo(LocalDate day) {
        if (day.isBefore(today)) {
            throw new IllegalStateException(day + " is before " + today);
        }
        today = day;
        while (!lots.isEmpty() && !day.isBefore(lots.getFirst().expires)) {
            lots.removeFirst();
        }
    }

    private static void check(int points) {
        if (points <= 0) {
            throw new IllegalArgumentException(points + " points");
        }
    }
}
