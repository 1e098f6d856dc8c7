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
        return add(new Entry(words(pattern), priority, false, listener));
    }

    /** A subscription that ends with its first event. */
    public Subscription once(String pattern, int priority, Consumer<String> listener) {
        return add(new Entry(words(pattern), priority, true, listener));
    }

    public void publish(String topic) {
        waiting.add(topic);
        if (delivering) {
            return;
        }
        List<RuntimeException> failures = new ArrayList<>();
        delivering = true;
        while (!waiting.isEmpty()) {
            String next = waiting.remove();
            try {
                if (next.contains("*") || next.contains("#")) {
                    throw new IllegalArgumentException("no topic: " + next);
                }
                deliver(next, failures);
            } catch (IllegalArgumentException refused) {
                failures.add(refused);
            }
        }
        delivering = false;
        if (!failures.isEmpty()) {
            RuntimeException first = failures.get(0);
            failures.stream().skip(1).filter(other -> other != first).forEach(first::addSuppressed);
            throw first;
        }
    }

    private Subscription add(Entry entry) {
        int at = entries.size();
        while (at > 0 && entries.get(at - 1).priority < entry.priority) {
            at--;
        }
        entries.add(at, entry);
        return entry;
    }

    private void deliver(String topic, List<RuntimeException> failures) {
        String[] words = words(topic);
        boolean heard = false;
        entries.removeIf(entry -> !entry.active);
        // A copy: who subscribes now gets the next event.
        for (Entry entry : List.copyOf(entries)) {
            if (!entry.active || !matches(entry.pattern, 0, words, 0)) {
                continue;
            }
            heard = true;
            entry.active = !entry.once;
            try {
                entry.listener.accept(topic);
            } catch (RuntimeException failure) {
                failures.add(failure);
            }
        }
        if (!heard && !words[0].equals("unheard")) {
            waiting.add("unheard." + topic);
        }
    }

    /** Whether a pattern, from a word on, fits a topic from a word on. */
    private static boolean matches(String[] pattern, int p, String[] topic, int t) {
        if (p == pattern.length) {
            return t == topic.length;
        }
        if (pattern[p].equals("#")) {
            return matches(pattern, p + 1, topic, t) || t < topic.length && matches(pattern, p, topic, t + 1);
        }
        return t < topic.length
                && (pattern[p].equals("*") || pattern[p].equals(topic[t]))
                && matches(pattern, p + 1, topic, t + 1);
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
