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
        // TO BE WRITTEN
    }

    /** Whether a thumbnail is there; it counts as used. */
    public boolean get(String key) {
        // TO BE WRITTEN
    }

    public boolean pin(String key) {
        // TO BE WRITTEN
    }

    public boolean unpin(String key) {
        // TO BE WRITTEN
    }

    /** All keys, the least recently used one first. */
    public List<String> keys() {
        return new ArrayList<>(entries.keySet());
    }

    public long used() {
        return used;
    }

    private void drop(String key) {
        used -= entries.remove(key).bytes;
    }
}
