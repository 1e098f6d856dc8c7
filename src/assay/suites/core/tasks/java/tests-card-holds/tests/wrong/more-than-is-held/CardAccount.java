import java.util.LinkedHashMap;
import java.util.NoSuchElementException;

class CardAccount {
    private enum State { HELD, RELEASED, CAPTURED }

    private static class Payment {
        State state = State.HELD;
        long amount;
    }

    private final LinkedHashMap<String, Payment> payments = new LinkedHashMap<>();
    private final long limit;

    CardAccount(long limit) {
        this.limit = limit;
    }

    private Payment find(String id, State wanted) {
        Payment payment = payments.get(id);
        if (payment == null || payment.state != wanted) throw new NoSuchElementException();
        return payment;
    }

    private long total(State state) {
        long total = 0;
        for (Payment payment : payments.values()) {
            if (payment.state == state) total += payment.amount;
        }
        return total;
    }

    private void require(boolean holds) {
        if (!holds) throw new IllegalArgumentException();
    }

    boolean hold(String id, long amount) {
        require(amount > 0);
        if (payments.get(id) != null) throw new IllegalStateException();
        boolean enough = available() >= amount;
        if (enough) {
            Payment payment = new Payment();
            payment.amount = amount;
            payments.put(id, payment);
        }
        return enough;
    }

    void capture(String id, long amount) {
        require(amount > 0);
        Payment payment = find(id, State.HELD);
        payment.amount = amount;
        payment.state = State.CAPTURED;
    }

    void release(String id) {
        find(id, State.HELD).state = State.RELEASED;
    }

    void refund(String id, long amount) {
        require(amount > 0);
        Payment payment = find(id, State.CAPTURED);
        require(amount <= payment.amount);
        payment.amount -= amount;
    }

    long available() {
        return limit - total(State.HELD) - owed();
    }

    long owed() {
        return total(State.CAPTURED);
    }
}
