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

    /**
     * Gives somebody a place, or the last turn among those who wait; says whether it was a place. Nobody can
     * be on the lists twice.
     *
     * <pre>{@code
     * CoursePlaces course = new CoursePlaces(1);
     * course.enrol("Ada"); // => true
     * course.enrol("Ben"); // => false
     * course.enrol("Cem"); // => false
     * course.position("Cem"); // => 2
     * course.enrol("Ada"); // throws IllegalStateException
     * course.enrol("Ben"); // throws IllegalStateException
     * course.cancel("Ada");
     * course.enrol("Ada"); // => false
     * course.position("Ada"); // => 2
     * }</pre>
     */
    public boolean enrol(String name) {
        if (placed.contains(name) || waiting.contains(name)) {
            throw new IllegalStateException(name + " is on a list already");
        }
        if (placed.size() < places && waiting.isEmpty()) {
            return placed.add(name);
        }
        waiting.add(name);
        return false;
    }

    /**
     * Takes somebody off the lists. Where that frees a place, who has waited longest gets it and is returned. In
     * a course that has more people than places it frees none.
     *
     * <pre>{@code
     * CoursePlaces course = new CoursePlaces(2);
     * for (String name : List.of("Ada", "Ben", "Cem", "Dan", "Eve")) course.enrol(name);
     * course.cancel("Ada"); // => Optional.of("Cem")
     * course.position("Cem"); // => 0
     * course.cancel("Dan"); // => Optional.empty()
     * course.position("Eve"); // => 1
     * course.cancel("Ben"); // => Optional.of("Eve")
     * course.cancel("Cem"); // => Optional.empty()
     * course.cancel("Cem"); // throws IllegalStateException
     * }</pre>
     *
     * <pre>{@code
     * CoursePlaces course = new CoursePlaces(2);
     * for (String name : List.of("Ada", "Ben", "Cem")) course.enrol(name);
     * course.resize(1);
     * course.cancel("Ada"); // => Optional.empty()
     * course.cancel("Ben"); // => Optional.of("Cem")
     * }</pre>
     */
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

    /**
     * Changes how many places there are. Those who move up are returned in their order; nobody loses a place.
     *
     * <pre>{@code
     * CoursePlaces course = new CoursePlaces(1);
     * for (String name : List.of("Ada", "Ben", "Cem", "Dan")) course.enrol(name);
     * course.resize(3); // => List.of("Ben", "Cem")
     * course.position("Dan"); // => 1
     * course.resize(1); // => List.of()
     * course.position("Cem"); // => 1
     * course.resize(3); // => List.of()
     * course.resize(-1); // throws IllegalArgumentException
     * }</pre>
     */
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

    /**
     * 0 for who has a place, 1 for the first who waits, and so on; -1 for who is on no list.
     *
     * <pre>{@code
     * CoursePlaces course = new CoursePlaces(1);
     * course.enrol("Ada");
     * course.enrol("Ben");
     * course.enrol("Cem");
     * course.position("Ada"); // => 0
     * course.position("Cem"); // => 2
     * course.position("Dan"); // => -1
     * }</pre>
     */
    public int position(String name) {
        if (placed.contains(name)) {
            return 0;
        }
        return waiting.contains(name) ? waiting.indexOf(name) + 1 : -1;
    }

    /**
     * How many places nobody has; none, and not less, in a course with more people than places.
     *
     * <pre>{@code
     * CoursePlaces course = new CoursePlaces(2);
     * course.free(); // => 2
     * course.enrol("Ada");
     * course.enrol("Ben");
     * course.enrol("Cem");
     * course.free(); // => 0
     * course.resize(1);
     * course.free(); // => 0
     * course.resize(4);
     * course.free(); // => 1
     * }</pre>
     */
    public int free() {
        return Math.max(0, places - placed.size());
    }
}
