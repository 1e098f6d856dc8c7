import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Thumbnails of pictures, by key, within a number of bytes. Pinned ones are on screen and stay. */
public final class ThumbnailCache {
    private static final class Entry {
        long bytes;
        int pins;
    }

    private final long capacity;
    private long used;
    /** The least recently used one first. */
    private final Map<String, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

    public ThumbnailCache(long capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity: " + capacity);
        }
        this.capacity = capacity;
    }

    /** Stores a thumbnail; gives the keys of those that were dropped for it, in their order. */
    public List<String> put(String key, long bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("bytes: " + bytes);
        }
        entries.get(key);
        List<String> dropped = droppedFor(key, bytes);
        dropped.forEach(this::drop);
        Entry entry = entries.computeIfAbsent(key, absent -> new Entry());
        used += bytes - entry.bytes;
        entry.bytes = bytes;
        return dropped;
    }

    /** Whether a thumbnail is there; it counts as used. */
    public boolean get(String key) {
        return entries.get(key) != null;
    }

    public boolean pin(String key) {
        Entry entry = entries.get(key);
        if (entry == null) {
            return false;
        }
        entry.pins++;
        return true;
    }

    public boolean unpin(String key) {
        Entry entry = null;
        // Looking it up would count as a use.
        for (Map.Entry<String, Entry> one : entries.entrySet()) {
            if (one.getKey().equals(key)) {
                entry = one.getValue();
            }
        }
        if (entry == null || entry.pins == 0) {
            return false;
        }
        entry.pins--;
        return true;
    }

    /** All keys, the least recently used one first. */
    public List<String> keys() {
        return new ArrayList<>(entries.keySet());
    }

    public long used() {
        return used;
    }

    private List<String> droppedFor(String key, long bytes) {
        List<String> dropped = new ArrayList<>();
        long free = capacity - used;
        for (Map.Entry<String, Entry> one : entries.entrySet()) {
            if (one.getKey().equals(key)) {
                free += one.getValue().bytes;
            }
        }
        for (Map.Entry<String, Entry> one : entries.entrySet()) {
            if (free >= bytes) {
                break;
            }
            if (one.getValue().pins == 0 && !one.getKey().equals(key)) {
                dropped.add(one.getKey());
                free += one.getValue().bytes;
            }
        }
        if (free < bytes) {
            throw new IllegalStateException("no room for " + key);
        }
        return dropped;
    }

    private void drop(String key) {
        used -= entries.remove(key).bytes;
    }
}
