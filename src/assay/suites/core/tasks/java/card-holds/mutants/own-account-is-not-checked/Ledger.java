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
        Order order = new Order(from, to, cents);
        Order before = done.get(key);
        if (before != null) {
            if (!before.equals(order)) {
                throw new IllegalArgumentException("key was used for another transfer: " + key);
            }
            return false;
        }
        Account source = account(from);
        Account target = account(to);
        positive(cents);
        if (source == target) {
            throw new IllegalArgumentException("from and to are one account");
        }
        if (source.available() < cents) {
            throw new IllegalStateException("not covered");
        }
        target.add(cents);
        source.take(cents);
        done.put(key, order);
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
        if (target == held.account()) {
            held.close();
            return;
        }
        if (cents > held.cents()) {
            throw new IllegalArgumentException("more than is held");
        }
        if (target != held.account()) {
            target.add(cents);
            held.account().take(cents);
        }
        held.close();
    }

    public void release(String hold) {
        Hold held = hold(hold);
        held.requireOpen();
        held.close();
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
