import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What guests find on the card of a café, filtered and as text. */
public class Menu {
    /** The card of dishes as they are kept: `Pea soup;520;vegan,hot`. */
    public static List<String> card(List<String> dishes, Options options) {
        List<Dish> all = dishes.stream().map(Menu::parse).toList();
        Stream<Dish> wanted = all.stream().filter(options::accepts);
        if (options.sorted()) {
            wanted = wanted.sorted(Comparator.comparingInt(Dish::cents));
        }
        return wanted.map(dish -> describe(dish, options)).toList();
    }

    private static String describe(Dish dish, Options options) {
        String mark = dish.vegan() && !options.vegan() ? " (v)" : "";
        return dish.name() + mark + (options.prices() ? " – " + price(dish.cents()) : "");
    }

    /** Reads `Pea soup;520;vegan,hot`. */
    static Dish parse(String text) {
        String[] parts = text.split(";", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("no dish: " + text);
        }
        int cents = cents(parts[1].strip());
        if (cents < 0) {
            throw new IllegalArgumentException("no price: " + text);
        }
        return new Dish(parts[0].strip(), cents, hasTag(parts[2], "vegan"), hasTag(parts[2], "hot"));
    }

    /** The price, or -1 for what is none. */
    private static int cents(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private static boolean hasTag(String tags, String wanted) {
        for (String tag : tags.split(",")) {
            if (tag.strip().equals(wanted)) {
                return true;
            }
        }
        return false;
    }

    private static String price(int cents) {
        return cents == 0 ? "free" : String.format(Locale.ROOT, "%d.%02d", cents / 100, cents % 100);
    }

    /** What hangs outside: all dishes with prices, the cheapest first. */
    public static List<String> outside(List<String> dishes) {
        return card(dishes, Options.ALL.withPrices().cheapestFirst());
    }

    /** What children get: hot dishes up to 6.00, without prices. */
    public static List<String> children(List<String> dishes) {
        return card(dishes, Options.ALL.onlyHot().upTo(600));
    }

    /** The vegan page. */
    public static List<String> vegan(List<String> dishes) {
        return card(dishes, Options.ALL.onlyVegan().withPrices());
    }
}
