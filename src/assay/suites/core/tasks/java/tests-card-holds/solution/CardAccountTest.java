import java.util.NoSuchElementException;

class CardAccountTest {
    private final CardAccount card = new CardAccount(1000);

    /** What is available and what is owed. */
    private void expect(long available, long owed) {
        assert card.available() == available : card.available() + " available instead of " + available;
        assert card.owed() == owed : card.owed() + " owed instead of " + owed;
    }

    private void hold(String id, long amount) {
        try {
            assert card.hold(id, amount) : amount + " cannot be held";
        } catch (RuntimeException error) {
            throw new AssertionError("hold of " + id, error);
        }
    }

    /** Refused with such an error, and nothing has changed. */
    private void refused(Class<?> wanted, Runnable call) {
        long available = card.available();
        long owed = card.owed();
        RuntimeException thrown = null;
        try {
            call.run();
        } catch (RuntimeException error) {
            thrown = error;
        }
        assert wanted.isInstance(thrown) : thrown + " instead of " + wanted;
        expect(available, owed);
    }

    private void done(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException error) {
            throw new AssertionError("refused", error);
        }
    }

    void testNothingAtFirst() {
        expect(1000, 0);
    }

    void testHoldsLessenWhatIsAvailable() {
        hold("a", 300);
        expect(700, 0);
        hold("b", 700);
        expect(0, 0);
    }

    void testHoldsOfMoreThanIsAvailable() {
        hold("a", 300);
        assert !card.hold("b", 701);
        expect(700, 0);
        hold("b", 700);
        assert !card.hold("c", 1);
    }

    void testCaptureOfAll() {
        hold("a", 300);
        done(() -> card.capture("a", 300));
        expect(700, 300);
        hold("b", 700);
        assert !card.hold("c", 1);
    }

    void testCaptureOfAPart() {
        hold("a", 300);
        done(() -> card.capture("a", 120));
        expect(880, 120);
        refused(NoSuchElementException.class, () -> card.capture("a", 180));
        refused(NoSuchElementException.class, () -> card.capture("a", 1));
    }

    void testCaptureOfMoreThanIsHeld() {
        hold("a", 300);
        refused(IllegalArgumentException.class, () -> card.capture("a", 301));
        done(() -> card.capture("a", 300));
    }

    void testRelease() {
        hold("a", 300);
        done(() -> card.release("a"));
        expect(1000, 0);
        refused(NoSuchElementException.class, () -> card.release("a"));
        refused(NoSuchElementException.class, () -> card.capture("a", 1));
        refused(NoSuchElementException.class, () -> card.refund("a", 1));
    }

    void testReleaseOfWhatIsNotHeld() {
        refused(NoSuchElementException.class, () -> card.release("a"));
        refused(NoSuchElementException.class, () -> card.capture("a", 5));
        hold("b", 10);
        done(() -> card.capture("b", 10));
        refused(NoSuchElementException.class, () -> card.release("b"));
    }

    void testIdsAreUsedOnce() {
        hold("held", 100);
        hold("captured", 100);
        card.capture("captured", 50);
        hold("released", 100);
        card.release("released");
        for (String id : new String[] {"held", "captured", "released"}) {
            refused(IllegalStateException.class, () -> card.hold(id, 10));
            refused(IllegalStateException.class, () -> card.hold(id, 5000));
        }
        expect(850, 50);
    }

    void testRefunds() {
        hold("a", 300);
        hold("b", 100);
        done(() -> card.capture("a", 200));
        done(() -> card.capture("b", 100));
        done(() -> card.refund("a", 50));
        expect(750, 250);
        refused(IllegalArgumentException.class, () -> card.refund("a", 151));
        done(() -> card.refund("a", 150));
        expect(900, 100);
        refused(IllegalArgumentException.class, () -> card.refund("a", 1));
        expect(900, 100);
    }

    void testRefundsOfNothing() {
        refused(NoSuchElementException.class, () -> card.refund("x", 1));
        hold("a", 300);
        refused(NoSuchElementException.class, () -> card.refund("a", 1));
    }

    void testAmountsAreAboveZero() {
        hold("a", 300);
        for (long amount : new long[] {0, -1, Long.MIN_VALUE}) {
            refused(IllegalArgumentException.class, () -> card.hold("b", amount));
            refused(IllegalArgumentException.class, () -> card.hold("a", amount));
            refused(IllegalArgumentException.class, () -> card.capture("a", amount));
            refused(IllegalArgumentException.class, () -> card.capture("x", amount));
            refused(IllegalArgumentException.class, () -> card.refund("x", amount));
        }
        card.capture("a", 300);
        for (long amount : new long[] {0, -1}) {
            refused(IllegalArgumentException.class, () -> card.refund("a", amount));
        }
    }

    void testALimitOfNothing() {
        CardAccount none = new CardAccount(0);
        assert !none.hold("a", 1);
        assert none.available() == 0;
    }
}
