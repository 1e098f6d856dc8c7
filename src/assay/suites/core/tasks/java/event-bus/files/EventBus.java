import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;

/** Delivers events to those who subscribed to them. An event is its topic: words with points between them. */
public final class EventBus {
    /** What a subscriber gets; cancelling twice is the same as once. */
    public interface Subscription {
        void cancel();
    }

    private static final class Entry implements Subscription {
        final String[] pattern;
        final int priority;
        final boolean once;
        final Consumer<String> listener;
        boolean active = true;

        Entry(String[] pattern, int priority, boolean once, Consumer<String> listener) {
            this.pattern = pattern;
            this.priority = priority;
            this.once = once;
            this.listener = listener;
        }

        @Override
        public void cancel() {
            active = false;
        }
    }

    private final List<Entry> entries = new ArrayList<>();
    private final Queue<String> waiting = new ArrayDeque<>();
    private boolean delivering;

    public Subscription subscribe(String pattern, int priority, Consumer<String> listener) {
        // TO BE WRITTEN
    }

    /** A subscription that ends with its first event. */
    public Subscription once(String pattern, int priority, Consumer<String> listener) {
        // TO BE WRITTEN
    }

    public void publish(String topic) {
        // TO BE WRITTEN
    }

    /** The words of a topic or a pattern; none may be empty. */
    private static String[] words(String text) {
        String[] words = text.split("\\.", -1);
        for (String word : words) {
            if (word.isEmpty()) {
                throw new IllegalArgumentException("an empty word: " + text);
            }
        }
        return words;
    }
}
