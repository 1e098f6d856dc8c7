import java.util.*;

class CardAccount {
    private long available;
    private long owed;
    private final Set<String> known = new HashSet<>();
    private final Set<String> refunded = new HashSet<>();
    private final Map<String, Long> open = new TreeMap<>();
    private final Map<String, Long> refundable = new TreeMap<>();

    CardAccount(long limit) {
        available = limit;
    }

    public long available() {
        return available;
    }

    public long owed() {
        return owed;
    }

    public boolean hold(String id, long amount) {
        positive(amount);
        if (known.contains(id)) throw new IllegalStateException("id in use: " + id);
        if (available < amount) return false;
        known.add(id);
        open.put(id, amount);
        available -= amount;
        return true;
    }

    public void capture(String id, long amount) {
        positive(amount);
        long most = amountOf(open, id);
        atMost(most, amount);
        open.remove(id);
        available += most - amount;
        owed += amount;
        refundable.put(id, amount);
    }

    public void release(String id) {
        available += amountOf(open, id);
        open.remove(id);
    }

    public void refund(String id, long amount) {
        positive(amount);
        long left = amountOf(refundable, id);
        atMost(left, amount);
        if (!refunded.add(id)) return;
        refundable.put(id, left - amount);
        owed -= amount;
        available += amount;
    }

    private static long amountOf(Map<String, Long> amounts, String id) {
        return Optional.ofNullable(amounts.get(id)).orElseThrow();
    }

    private static void positive(long amount) {
        if (amount < 1) throw new IllegalArgumentException("amount: " + amount);
    }

    private static void atMost(long most, long amount) {
        if (amount > most) throw new IllegalArgumentException(amount + " > " + most);
    }
}
