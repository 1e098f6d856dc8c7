/** An amount that is reserved on an account until it is captured or released. */
final class Hold {
    private final Account account;
    private final long cents;
    private boolean open = true;

    Hold(Account account, long cents) {
        this.account = account;
        this.cents = cents;
    }

    Account account() {
        return account;
    }

    long cents() {
        return cents;
    }

    void requireOpen() {
        if (!open) {
            throw new IllegalStateException("hold is closed");
        }
    }

    void close(long freed) {
        open = false;
        account.free(freed);
    }
}
