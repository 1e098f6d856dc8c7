import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;

class LoyaltyAccount {
    /** What is left of the points, by the first day on which they are gone. */
    private final TreeMap<LocalDate, Integer> left = new TreeMap<>();
    private LocalDate last;

    public void earn(LocalDate day, int points) {
        begin(day, points);
        left.merge(day.plusYears(1), points, Integer::sum);
    }

    public boolean spend(LocalDate day, int points) {
        begin(day, points);
        if (balance(day) < points) return false;
        for (int wanted = points; wanted > 0; ) {
            Map.Entry<LocalDate, Integer> next = left.pollFirstEntry();
            if (next.getValue() > wanted) left.put(next.getKey(), next.getValue() - wanted);
            wanted -= Math.min(wanted, next.getValue());
        }
        return true;
    }

    public int balance(LocalDate day) {
        begin(day, 1);
        int sum = 0;
        for (int points : left.values()) sum += points;
        return sum;
    }

    private void begin(LocalDate day, int points) {
        if (points < 1) throw new IllegalArgumentException();
        if (last != null && last.compareTo(day) > 0) throw new IllegalStateException();
        last = day;
        left.headMap(day, true).clear();
    }
}
