/** A dish of the café. */
record Dish(String name, int cents, boolean vegan, boolean hot) {
    /** Reads `Pea soup;520;vegan,hot`. */
    static Dish parse(String text) {
        String[] parts = text.split(";", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("no dish: " + text);
        }
        int cents = cents(parts[1].strip());
        if (cents == -1) {
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
}
