import java.util.ArrayList;
import java.util.List;

/** The snack machine in the hall.  */
public class Machine {
    String state = "idle";
    int credit = 0;
    int chosen = -1;
    List<String> names = new ArrayList<>();
    List<Integer> prices = new ArrayList<>();
    List<Integer> stock = new ArrayList<>();
    int earned = 0;
    int sold = 0;

    void clear() {
        state = "idle";
        credit = 0;
        chosen = -1;
        names = new ArrayList<>();
        prices = new ArrayList<>();
        stock = new ArrayList<>();
        earned = 0;
        sold = 0;
    }

    /** Puts a shelf in; gives its number. */
    int addShelf(String name, int price, int count) {
        if (!state.equals("service")) {
            throw new IllegalStateException("not in service");
        }
        if (price <= 0 || price % 10 != 0) {
            throw new IllegalArgumentException("bad price: " + price);
        }
        if (count < 0) {
            throw new IllegalArgumentException("bad count: " + count);
        }
        names.add(name);
        prices.add(price);
        stock.add(count);
        return names.size();
    }

    /** Opens or closes the machine with the key. */
    String key() {
        if (state.equals("idle")) {
            state = "service";
            return "open";
        } else if (state.equals("service")) {
            state = "idle";
            return "closed";
        } else if (state.equals("paying")) {
            int back = credit;
            credit = 0;
            chosen = -1;
            state = "service";
            return "open, " + back + " back";
        } else if (state.equals("chosen")) {
            chosen = -1;
            state = "service";
            return "open";
        } else {
            throw new IllegalStateException("take your snack first");
        }
    }

    /** A coin goes in. */
    String coin(int cents) {
        if (cents != 10 && cents != 20 && cents != 50 && cents != 100 && cents != 200) {
            throw new IllegalArgumentException("no coin: " + cents);
        }
        if (state.equals("idle")) {
            credit = credit + cents;
            state = "paying";
            return credit + " in";
        } else if (state.equals("paying")) {
            if (credit + cents > 500) {
                return cents + " back";
            }
            credit = credit + cents;
            return credit + " in";
        } else if (state.equals("chosen")) {
            credit = credit + cents;
            if (credit >= prices.get(chosen - 1)) {
                int price = prices.get(chosen - 1);
                int back = credit - price;
                stock.set(chosen - 1, stock.get(chosen - 1) - 1);
                earned = earned + price;
                sold = sold + 1;
                credit = 0;
                state = "full";
                return names.get(chosen - 1) + (back > 0 ? ", " + back + " back" : "");
            } else {
                return credit + " in, " + (prices.get(chosen - 1) - credit) + " to go";
            }
        } else if (state.equals("service")) {
            return cents + " back";
        } else {
            return cents + " back";
        }
    }

    /** A shelf is chosen by its number. */
    String choose(int shelf) {
        if (state.equals("service")) {
            throw new IllegalStateException("in service");
        }
        if (state.equals("full")) {
            throw new IllegalStateException("take your snack first");
        }
        if (shelf < 1 || shelf > names.size()) {
            throw new IllegalArgumentException("no shelf: " + shelf);
        }
        if (stock.get(shelf - 1) == 0) {
            return names.get(shelf - 1) + " is sold out";
        }
        if (credit >= prices.get(shelf - 1)) {
            chosen = shelf;
            int price = prices.get(chosen - 1);
            int back = credit - price;
            stock.set(chosen - 1, stock.get(chosen - 1) - 1);
            earned = earned + price;
            sold = sold + 1;
            credit = 0;
            state = "full";
            return names.get(chosen - 1) + (back > 0 ? ", " + back + " back" : "");
        }
        chosen = shelf;
        state = "chosen";
        return names.get(shelf - 1) + ", " + (prices.get(shelf - 1) - credit) + " to go";
    }

    /** The button that gives money back. */
    String cancel() {
        if (state.equals("paying") || state.equals("chosen")) {
            int back = credit;
            credit = 0;
            chosen = -1;
            state = "idle";
            return back > 0 ? back + " back" : "";
        }
        return "";
    }

    /** Takes the snack out. */
    String take() {
        if (!state.equals("full")) {
            return "";
        }
        String name = names.get(chosen - 1);
        chosen = -1;
        state = "idle";
        return name;
    }

    /** What the display shows. */
    String display() {
        if (state.equals("idle")) {
            return "choose or pay";
        } else if (state.equals("paying")) {
            return credit + "";
        } else if (state.equals("chosen")) {
            return names.get(chosen - 1) + " " + (prices.get(chosen - 1) - credit);
        } else if (state.equals("full")) {
            return "take " + names.get(chosen - 1);
        } else {
            return "service: " + sold + " sold, " + earned;
        }
    }
}
