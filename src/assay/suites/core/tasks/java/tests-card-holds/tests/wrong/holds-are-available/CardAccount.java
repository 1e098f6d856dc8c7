import java.util.HashMap;
import java.util.Map;
import java.util.NoSuchElementException;

/** What shops hold on a card, and what they have taken. */
class CardAccount {
    private final long limit;
    private final Map<String, Long> held = new HashMap<>();
    private final Map<String, Long> captured = new HashMap<>();
    private final Map<String, Boolean> ended = new HashMap<>();

    CardAccount(long limit) {
        this.limit = limit;
    }

    boolean hold(String id, long amount) {
        checkAmount(amount);
        if (held.containsKey(id) || ended.containsKey(id)) {
            throw new IllegalStateException(id + " was used before");
        }
        if (amount > available()) {
            return false;
        }
        held.put(id, amount);
        return true;
    }

    void capture(String id, long amount) {
        checkAmount(amount);
        if (amount > heldUnder(id)) {
            throw new IllegalArgumentException("more than is held under " + id);
        }
        release(id);
        captured.put(id, amount);
    }

    void release(String id) {
        heldUnder(id);
        held.remove(id);
        ended.put(id, true);
    }

    void refund(String id, long amount) {
        checkAmount(amount);
        Long left = captured.get(id);
        if (left == null) {
            throw new NoSuchElementException("nothing was captured under " + id);
        }
        if (amount > left) {
            throw new IllegalArgumentException("more than is left of " + id);
        }
        captured.put(id, left - amount);
    }

    long available() {
        return limit - owed();
    }

    long owed() {
        return sum(captured);
    }

    private long heldUnder(String id) {
        Long amount = held.get(id);
        if (amount == null) {
            throw new NoSuchElementException("nothing is held under " + id);
        }
        return amount;
    }

    private static void checkAmount(long amount) {
        if (amount <= 0) {
            throw new IllegalArgumentException(amount + " is no amount");
        }
    }

    private static long sum(Map<String, Long> amounts) {
        return amounts.values().stream().mapToLong(Long::longValue).sum();
    }
}
