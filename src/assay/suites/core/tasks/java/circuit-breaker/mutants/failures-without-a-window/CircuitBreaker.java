import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** Keeps calls away from a service that fails. Times are milliseconds that the caller gives. */
public final class CircuitBreaker {
    private final int failures;
    private final long window;
    private final long pause;
    private final long longestPause;
    private final int probes;

    /** When the failures that still may count were reported. */
    private final Deque<Long> failed = new ArrayDeque<>();
    /** For each call that has not ended: the period in which it began. */
    private final Map<Long, Integer> running = new HashMap<>();
    private long lastTicket;
    /** Goes up whenever the breaker opens or closes. */
    private int period;
    private boolean closed = true;
    private long openedAt;
    private long currentPause;
    private int probesBegun;
    private int probesGood;

    public CircuitBreaker(int failures, long window, long pause, long longestPause, int probes) {
        if (failures < 1 || window < 1 || pause < 1 || longestPause < pause || probes < 1) {
            throw new IllegalArgumentException("bad settings");
        }
        this.failures = failures;
        this.window = window;
        this.pause = pause;
        this.longestPause = longestPause;
        this.probes = probes;
    }

    /** The ticket of a call that may be made now, or 0. */
    public long begin(long now) {
        if (!closed) {
            if (isPausing(now) || probesBegun == probes) {
                return 0;
            }
            probesBegun++;
        }
        running.put(++lastTicket, period);
        return lastTicket;
    }

    /** Tells how a call ended. */
    public void end(long ticket, boolean good, long now) {
        Integer begun = running.remove(ticket);
        if (begun == null) {
            throw new IllegalArgumentException("no such call: " + ticket);
        }
        if (begun != period) {
            return;
        }
        if (closed) {
            if (!good) {
                countFailure(now);
            }
        } else if (!good) {
            open(now, currentPause > longestPause / 2 ? longestPause : currentPause * 2);
        } else if (++probesGood == probes) {
            period++;
            closed = true;
            failed.clear();
        }
    }

    public String state(long now) {
        return closed ? "closed" : isPausing(now) ? "open" : "half-open";
    }

    private void countFailure(long now) {
        failed.add(now);
        if (failed.size() >= failures) {
            open(now, pause);
        }
    }

    private void open(long now, long length) {
        period++;
        closed = false;
        openedAt = now;
        currentPause = length;
        probesBegun = 0;
        probesGood = 0;
    }

    private boolean isPausing(long now) {
        return now - openedAt < currentPause;
    }
}
