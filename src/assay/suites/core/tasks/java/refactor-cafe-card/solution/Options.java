/** Which dishes are on a card, and how they look; `most` is 0 for any price. */
record Options(boolean vegan, boolean hot, boolean prices, boolean sorted, int most) {
    static final Options ALL = new Options(false, false, false, false, 0);

    Options onlyVegan() {
        return new Options(true, hot, prices, sorted, most);
    }

    Options onlyHot() {
        return new Options(vegan, true, prices, sorted, most);
    }

    Options withPrices() {
        return new Options(vegan, hot, true, sorted, most);
    }

    Options cheapestFirst() {
        return new Options(vegan, hot, prices, true, most);
    }

    Options upTo(int cents) {
        return new Options(vegan, hot, prices, sorted, cents);
    }

    boolean accepts(Dish dish) {
        return (!vegan || dish.vegan()) && (!hot || dish.hot()) && (most <= 0 || dish.cents() <= most);
    }
}
