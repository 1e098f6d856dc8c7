import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A snack machine. */
public class Machine {
    private static final Set<Integer> COINS = Set.of(10, 20, 50, 100, 200);
    private static final int MOST_CREDIT = 500;

    private enum State { IDLE, PAYING, CHOSEN, FULL, SERVICE }

    private static final class Shelf {
        final String name;
        final int price;
        int stock;

        Shelf(String name, int price, int stock) {
            this.name = name;
            this.price = price;
            this.stock = stock;
        }
    }

    private final List<Shelf> shelves = new ArrayList<>();
    private State state = State.IDLE;
    private int credit;
    private Shelf chosen;
    private int earned;
    private int sold;

    /** Puts a shelf in; gives its number. */
    int addShelf(String name, int price, int count) {
        if (state != State.SERVICE) {
            throw new IllegalStateException("not in service");
        }
        if (price <= 0 || price % 10 != 0) {
            throw new IllegalArgumentException("bad price: " + price);
        }
        if (count < 0) {
            throw new IllegalArgumentException("bad count: " + count);
        }
        shelves.add(new Shelf(name, price, count));
        return shelves.size();
    }

    /** Opens or closes the machine with the key. */
    String key() {
        switch (state) {
            case SERVICE -> {
                state = State.IDLE;
                return "closed";
            }
            case PAYING -> {
                return "open, " + restart(State.SERVICE) + " back";
            }
            case FULL -> throw new IllegalStateException("take your snack first");
            default -> {
                chosen = null;
                state = State.SERVICE;
                return "open";
            }
        }
    }

    /** A coin goes in. */
    String coin(int cents) {
        if (!COINS.contains(cents)) {
            throw new IllegalArgumentException("no coin: " + cents);
        }
        return switch (state) {
            case IDLE -> {
                state = State.PAYING;
                yield add(cents);
            }
            case PAYING -> credit + cents > MOST_CREDIT ? back(cents) : add(cents);
            case CHOSEN -> {
                String told = add(cents);
                yield missing() > 0 ? told + ", " + toGo() : sell();
            }
            case FULL, SERVICE -> back(cents);
        };
    }

    /** A shelf is chosen by its number. */
    String choose(int shelf) {
        if (state == State.SERVICE) {
            throw new IllegalStateException("in service");
        }
        if (state == State.FULL) {
            throw new IllegalStateException("take your snack first");
        }
        if (shelf < 1 || shelf > shelves.size()) {
            throw new IllegalArgumentException("no shelf: " + shelf);
        }
        return choose(shelves.get(shelf - 1));
    }

    private String choose(Shelf shelf) {
        if (shelf.stock == 0) {
            return shelf.name + " is sold out";
        }
        chosen = shelf;
        state = State.CHOSEN;
        return missing() > 0 ? shelf.name + ", " + toGo() : sell();
    }

    /** The button that gives money back. */
    String cancel() {
        if (state != State.PAYING && state != State.CHOSEN) {
            return "";
        }
        int given = restart(State.IDLE);
        return given > 0 ? back(given) : "";
    }

    /** Takes the snack out. */
    String take() {
        if (state != State.FULL) {
            return "";
        }
        String name = chosen.name;
        restart(State.IDLE);
        return name;
    }

    /** What the display shows. */
    String display() {
        return switch (state) {
            case IDLE -> "choose or pay";
            case PAYING -> String.valueOf(credit);
            case CHOSEN -> chosen.name + " " + missing();
            case FULL -> "take " + chosen.name;
            case SERVICE -> "service: " + sold + " sold, " + earned;
        };
    }

    private String sell() {
        int rest = -missing();
        chosen.stock--;
        earned += credit;
        sold++;
        credit = 0;
        state = State.FULL;
        return rest > 0 ? chosen.name + ", " + back(rest) : chosen.name;
    }

    private String add(int cents) {
        credit += cents;
        return credit + " in";
    }

    /** Forgets the customer; gives the money that was in. */
    private int restart(State next) {
        int given = credit;
        credit = 0;
        chosen = null;
        state = next;
        return given;
    }

    private int missing() {
        return chosen.price - credit;
    }

    private String toGo() {
        return missing() + " to go";
    }

    private static String back(int cents) {
        return cents + " back";
    }
}
