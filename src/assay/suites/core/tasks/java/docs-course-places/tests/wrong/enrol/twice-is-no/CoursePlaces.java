import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

public class CoursePlaces {
    private final Set<String> placed = new LinkedHashSet<>();
    private final List<String> waiting = new ArrayList<>();
    private int places;

    public CoursePlaces(int places) {
        if (places < 0) {
            throw new IllegalArgumentException("a course has no fewer than 0 places");
        }
        this.places = places;
    }

    public boolean enrol(String name) {
        if (placed.contains(name) || waiting.contains(name)) {
            return false;
        }
        if (placed.size() < places && waiting.isEmpty()) {
            return placed.add(name);
        }
        waiting.add(name);
        return false;
    }

    public Optional<String> cancel(String name) {
        if (waiting.remove(name)) {
            return Optional.empty();
        }
        if (!placed.remove(name)) {
            throw new IllegalStateException(name + " is on no list");
        }
        return placed.size() < places ? moveUp() : Optional.empty();
    }

    private Optional<String> moveUp() {
        if (waiting.isEmpty()) {
            return Optional.empty();
        }
        String next = waiting.remove(0);
        placed.add(next);
        return Optional.of(next);
    }

    public List<String> resize(int places) {
        if (places < 0) {
            throw new IllegalArgumentException("a course has no fewer than 0 places");
        }
        this.places = places;
        List<String> movedUp = new ArrayList<>();
        while (placed.size() < places && !waiting.isEmpty()) {
            movedUp.add(moveUp().orElseThrow());
        }
        return movedUp;
    }

    public int position(String name) {
        if (placed.contains(name)) {
            return 0;
        }
        return waiting.contains(name) ? waiting.indexOf(name) + 1 : -1;
    }

    public int free() {
        return Math.max(0, places - placed.size());
    }
}
