import java.util.ArrayList;
import java.util.List;

/** What guests find on the card of a café, filtered and as text. */
public class Menu {
    /** A dish as it is kept: `Pea soup;520;vegan,hot`. */
    public static List<String> card(List<String> dishes, Options o) {
        return card(dishes, o.vegan(), o.hot(), o.prices(), o.sorted(), o.most());
    }

    private static List<String> card(List<String> dishes, boolean vegan, boolean hot, boolean prices, boolean sorted, int most) {
        List<String> out = new ArrayList<>();
        List<Integer> cents = new ArrayList<>();
        for (String dish : dishes) {
            String[] parts = dish.split(";", -1);
            if (parts.length != 3) {
                throw new IllegalArgumentException("no dish: " + dish);
            }
            String name = parts[0].strip();
            int price;
            try {
                price = Integer.parseInt(parts[1].strip());
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("no price: " + dish);
            }
            if (price < 0) {
                throw new IllegalArgumentException("no price: " + dish);
            }
            boolean isVegan = false;
            boolean isHot = false;
            for (String tag : parts[2].split(",")) {
                if (tag.strip().equals("vegan")) {
                    isVegan = true;
                }
                if (tag.strip().equals("hot")) {
                    isHot = true;
                }
            }
            if (vegan && !isVegan) {
                continue;
            }
            if (hot && !isHot) {
                continue;
            }
            if (most > 0 && price > most) {
                continue;
            }
            String text = name;
            if (isVegan && !vegan) {
                text = text + " (v)";
            }
            if (prices) {
                if (price == 0) {
                    text = text + " – free";
                } else {
                    text = text + " – " + price / 100 + "." + (price % 100 < 10 ? "0" : "") + price % 100;
                }
            }
            int at = out.size();
            if (sorted) {
                while (at > 0 && cents.get(at - 1) > price) {
                    at--;
                }
            }
            out.add(at, text);
            cents.add(at, price);
        }
        return out;
    }

    /** What hangs outside: all dishes with prices, the cheapest first. */
    public static List<String> outside(List<String> dishes) {
        return card(dishes, false, false, true, true, 0);
    }

    /** What children get: hot dishes up to 6.00, without prices. */
    public static List<String> children(List<String> dishes) {
        return card(dishes, false, true, false, false, 600);
    }

    /** The vegan page. */
    public static List<String> vegan(List<String> dishes) {
        return card(dishes, true, false, true, false, 0);
    }
}
