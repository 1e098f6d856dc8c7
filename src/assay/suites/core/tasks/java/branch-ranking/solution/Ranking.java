import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Which branches sold most. */
public final class Ranking {
    private record Total(String branch, long cents, int sales) {
        Total plus(Total other) {
            return new Total(branch, cents + other.cents, sales + other.sales);
        }
    }

    private Ranking() {}

    /** One line for each branch on the first places. */
    public static List<String> top(List<Sale> sales, int places) {
        if (places < 1) {
            throw new IllegalArgumentException("places: " + places);
        }
        Map<String, Total> totals = sales.stream()
                .map(sale -> new Total(name(sale), sale.cents(), 1))
                .collect(Collectors.toMap(Total::branch, total -> total, Total::plus));
        List<Total> sorted = totals.values().stream()
                .sorted(Comparator.comparingLong(Total::cents).reversed().thenComparing(Total::branch))
                .toList();
        List<String> lines = new ArrayList<>();
        int place = 1;
        for (int i = 0; i < sorted.size(); i++) {
            Total total = sorted.get(i);
            if (i > 0 && total.cents() != sorted.get(i - 1).cents()) {
                place = i + 1;
            }
            if (place > places) {
                break;
            }
            lines.add(place + ". " + total.branch() + " " + Money.format(total.cents()) + " (" + total.sales() + ")");
        }
        return lines;
    }

    private static String name(Sale sale) {
        return sale.branch() == null || sale.branch().isBlank() ? "unknown" : sale.branch().strip();
    }
}
