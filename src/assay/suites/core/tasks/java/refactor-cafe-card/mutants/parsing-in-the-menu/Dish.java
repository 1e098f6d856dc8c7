/** A dish of the café. */
record Dish(String name, int cents, boolean vegan, boolean hot) {}
