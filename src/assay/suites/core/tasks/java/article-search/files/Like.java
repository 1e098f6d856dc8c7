/** Patterns for SQL's like, in which ! is the character that escapes. */
final class Like {
    private Like() {}

    /** The pattern of all texts that contain a text. */
    static String containing(String text) {
        return "%" + text + "%";
    }
}
