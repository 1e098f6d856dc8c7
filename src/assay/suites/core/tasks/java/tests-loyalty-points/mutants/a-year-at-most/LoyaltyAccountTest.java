import java.time.LocalDate;

class LoyaltyAccountTest {
    private final LoyaltyAccount account = new LoyaltyAccount();

    void testNothingAtFirst() {
        balance(0, "2024-01-01");
        spend(false, "2024-01-01", 1);
    }

    void testEarnedAndSpentOnOneDay() {
        account.earn(day("2024-05-10"), 30);
        account.earn(day("2024-05-10"), 12);
        balance(42, "2024-05-10");
        spend(true, "2024-05-10", 2);
        balance(40, "2024-05-10");
        spend(false, "2024-05-10", 41);
        balance(40, "2024-05-10");
        spend(true, "2024-05-10", 40);
        balance(0, "2024-05-10");
    }

    void testThoseThatExpireFirstAreSpentFirst() {
        account.earn(day("2024-01-10"), 10);
        account.earn(day("2024-06-10"), 20);
        account.earn(day("2024-09-10"), 30);
        spend(true, "2024-10-01", 15);
        balance(45, "2025-01-10");
        balance(30, "2025-06-10");
        spend(true, "2025-06-10", 30);
        balance(0, "2025-06-10");
    }

    void testRefusedSpendingTakesNothing() {
        account.earn(day("2024-01-10"), 10);
        account.earn(day("2024-02-10"), 10);
        spend(false, "2024-03-01", 21);
        balance(20, "2024-03-01");
        balance(10, "2025-01-10");
    }

    void testPointsOfZeroOrLess() {
        account.earn(day("2024-01-10"), 5);
        for (int points : new int[] {0, -1, -100}) {
            fails(IllegalArgumentException.class, () -> account.earn(day("2024-03-01"), points));
            fails(IllegalArgumentException.class, () -> account.spend(day("2024-03-01"), points));
        }
        try {
            account.earn(day("2024-02-01"), 1);
        } catch (IllegalStateException error) {
            throw new AssertionError("what was refused has counted", error);
        }
        balance(6, "2024-02-01");
    }

    private void balance(int wanted, String on) {
        int got = account.balance(day(on));
        assert got == wanted : got + " points on " + on + " instead of " + wanted;
    }

    private void spend(boolean wanted, String on, int points) {
        boolean got = account.spend(day(on), points);
        assert got == wanted : "spending " + points + " on " + on + " gives " + got;
    }

    private static LocalDate day(String text) {
        return LocalDate.parse(text);
    }

    private static void fails(Class<? extends Exception> wanted, Runnable call) {
        try {
            call.run();
        } catch (RuntimeException error) {
            assert wanted.isInstance(error) : error;
            return;
        }
        throw new AssertionError("no " + wanted.getSimpleName());
    }
}
