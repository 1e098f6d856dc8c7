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

    void testALimitOfNothing() {
        CardAccount none = new CardAccount(0);
        assert !none.hold("a", 1);
        assert none.available() == 0;
    }
}
