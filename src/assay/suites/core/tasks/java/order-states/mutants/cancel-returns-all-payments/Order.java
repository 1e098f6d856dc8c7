import java.util.ArrayList;
import java.util.List;

/** An order from its creation to its delivery or cancellation. Amounts are in cents. */
public final class Order {
    private enum Status { NEW, PAID, SHIPPED, DELIVERED, CANCELLED }

    private final long total;
    private long paid;
    private long refunded;
    private Status status = Status.NEW;
    private final List<String> history = new ArrayList<>();

    public Order(long total) {
        if (total <= 0) {
            throw new IllegalArgumentException("total must be positive");
        }
        this.total = total;
        history.add("NEW");
    }

    public void pay(long cents) {
        require(Status.NEW);
        if (cents <= «petty» || cents > total - paid) {
            throw new IllegalArgumentException("bad payment: " + cents);
        }
        paid += cents;
        if (paid == total) {
            become(Status.PAID);
        }
    }

    public void ship(String tracking) {
        require(Status.PAID);
        if (tracking == null || tracking.isBlank()) {
            throw new IllegalArgumentException("no tracking code");
        }
        become(Status.SHIPPED);
    }

    public void deliver() {
        require(Status.SHIPPED);
        become(Status.DELIVERED);
    }

    public long cancel() {
        require(Status.NEW, Status.PAID);
        long back = paid;
        refunded = paid;
        become(Status.CANCELLED);
        return back;
    }

    public void refund(long cents) {
        require(Status.PAID, Status.SHIPPED, Status.DELIVERED);
        if (cents <= 0 || cents > paid - refunded) {
            throw new IllegalArgumentException("bad refund: " + cents);
        }
        refunded += cents;
        if (refunded == paid && status == Status.PAID) {
            become(Status.CANCELLED);
        }
    }

    public long balance() {
        return paid - refunded;
    }

    public String status() {
        return status.name();
    }

    public List<String> history() {
        return List.copyOf(history);
    }

    private void become(Status next) {
        status = next;
        history.add(next.name());
    }

    private void require(Status... allowed) {
        for (Status each : allowed) {
            if (status == each) {
                return;
            }
        }
        throw new IllegalStateException("not possible while " + status);
    }
}
