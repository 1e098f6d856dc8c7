/** What there is on one account. */
final class Account {
    private final long overdraft;
    private long balance;
    private long held;

    Account(long overdraft) {
        this.overdraft = overdraft;
    }

    long balance() {
        return balance;
    }

    /** What may still be spent. */
    long available() {
        return balance - held + overdraft;
    }

    void add(long cents) {
        balance = Math.addExact(balance, cents);
    }

    void take(long cents) {
        balance -= cents;
    }

    void reserve(long cents) {
        held += cents;
    }

    void free(long cents) {
        held -= cents;
    }
}
