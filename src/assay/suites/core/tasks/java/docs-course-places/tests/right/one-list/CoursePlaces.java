import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

public class CoursePlaces {
    private final Map<String, Boolean> people = new LinkedHashMap<>();
    private int places;

    public CoursePlaces(int places) {
        resize(places);
    }

    private long count(boolean placed) {
        return people.values().stream().filter(one -> one == placed).count();
    }

    public boolean enrol(String name) {
        if (people.containsKey(name)) {
            throw new IllegalStateException("twice");
        }
        boolean placed = count(false) == 0 && count(true) < places;
        people.put(name, placed);
        return placed;
    }

    private List<String> fill() {
        List<String> moved = new ArrayList<>();
        for (Map.Entry<String, Boolean> one : people.entrySet()) {
            if (!one.getValue() && count(true) < places) {
                one.setValue(true);
                moved.add(one.getKey());
            }
        }
        return moved;
    }

    public Optional<String> cancel(String name) {
        if (people.remove(name) == null) {
            throw new IllegalStateException("unknown");
        }
        return fill().stream().findFirst();
    }

    public List<String> resize(int places) {
        if (places < 0) {
            throw new IllegalArgumentException();
        }
        this.places = places;
        return fill();
    }

    public int position(String name) {
        Boolean placed = people.get(name);
        if (placed == null) {
            return -1;
        }
        int before = 0;
        for (Map.Entry<String, Boolean> one : people.entrySet()) {
            before += one.getValue() ? 0 : 1;
            if (one.getKey().equals(name)) {
                break;
            }
        }
        return placed ? 0 : before;
    }

    public int free() {
        long left = places - count(true);
        return left > 0 ? (int) left : 0;
    }
}
