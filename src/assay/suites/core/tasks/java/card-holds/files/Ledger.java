import java.util.HashMap;
import java.util.Map;
import java.util.NoSuchElementException;

/** The accounts of a bank, with what is reserved on them. Amounts are in cents. */
public final class Ledger {
    /** What an order of a transfer said. */
    private record Order(String from, String to, long cents) {}

    private final Map<String, Account> accounts = new HashMap<>();
    private final Map<String, Hold> holds = new HashMap<>();
    private final Map<String, Order> done = new HashMap<>();

    public void open(String id, long overdraft) {
        if (overdraft < 0 || accounts.containsKey(id)) {
            throw new IllegalArgumentException("cannot open " + id);
        }
        accounts.put(id, new Account(overdraft));
    }

    public void deposit(String id, long cents) {
        Account account = account(id);
        positive(cents);
        account.add(cents);
    }

    public boolean transfer(String key, String from, String to, long cents) {
        if (done.put(key, new Order(from, to, cents)) != null) {
            return false;
        }
        Account source = account(from);
        Account target = account(to);
        positive(cents);
        if (source.balance() < cents) {
            throw new IllegalStateException("not covered");
        }
        source.take(cents);
        target.add(cents);
        return true;
    }

    public void authorise(String hold, String id, long cents) {
        Account account = account(id);
        positive(cents);
        if (holds.containsKey(hold)) {
            throw new IllegalArgumentException("hold is known: " + hold);
        }
        if (account.available() < cents) {
            throw new IllegalStateException("not covered");
        }
        account.reserve(cents);
        holds.put(hold, new Hold(account, cents));
    }

    public void capture(String hold, String to, long cents) {
        Hold held = hold(hold);
        Account target = account(to);
        positive(cents);
        held.requireOpen();
        if (held.account().available() < cents) {
            throw new IllegalStateException("not covered");
        }
        held.account().take(cents);
        target.add(cents);
        held.close(cents);
    }

    public void release(String hold) {
        Hold held = hold(hold);
        held.close(held.cents());
    }

    public long balance(String id) {
        return account(id).balance();
    }

    public long available(String id) {
        return account(id).available();
    }

    private Account account(String id) {
        Account account = accounts.get(id);
        if (account == null) {
            throw new NoSuchElementException("no account " + id);
        }
        return account;
    }

    private Hold hold(String id) {
        Hold hold = holds.get(id);
        if (hold == null) {
            throw new NoSuchElementException("no hold " + id);
        }
        return hold;
    }

    private static void positive(long cents) {
        if (cents <= 0) {
            throw new IllegalArgumentException("not positive: " + cents);
        }
    }
}
