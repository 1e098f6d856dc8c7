import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Which branches sold most. */
public final class Ranking {
    private Ranking() {}

    /** One line for each branch on the first places. */
    public static List<String> top(List<Sale> sales, int places) {
        Map<String, List<Sale>> branches = sales.stream().collect(Collectors.groupingBy(Sale::branch));
        List<Map.Entry<String, List<Sale>>> sorted = branches.entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<String, List<Sale>> entry) -> Money.format(total(entry))).reversed())
                .limit(places)
                .toList();
        List<String> lines = new ArrayList<>();
        for (Map.Entry<String, List<Sale>> entry : sorted) {
            int place = sorted.indexOf(entry) + 1;
            lines.add(place + ". " + entry.getKey() + " " + Money.format(total(entry)) + " (" + entry.getValue().size() + ")");
        }
        return lines;
    }

    private static long total(Map.Entry<String, List<Sale>> entry) {
        return entry.getValue().stream().mapToInt(sale -> (int) sale.cents()).sum();
    }
}
