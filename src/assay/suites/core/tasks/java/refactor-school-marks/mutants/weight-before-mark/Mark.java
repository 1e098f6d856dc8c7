import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One mark in a subject. */
record Mark(String subject, double value, int weight) {
    private static final Pattern VALUE = Pattern.compile("([1-6])([+-]?)");
    private static final double STEP = 1.0 / 3;

    /** Reads `maths 3+ x2`; an IllegalArgumentException says what is wrong. */
    static Mark parse(String text) {
        String[] words = text.split("\\s+");
        int weight = words.length == 3 ? weight(words[2]) : 1;
        Matcher value = VALUE.matcher(words.length > 1 ? words[1] : "");
        if (words.length > 3 || !value.matches()) {
            throw new IllegalArgumentException("no mark: " + text);
        }
        double off = switch (value.group(2)) {
            case "+" -> -STEP;
            case "-" -> STEP;
            default -> 0;
        };
        return new Mark(words[0], Integer.parseInt(value.group(1)) + off, weight);
    }

    private static int weight(String text) {
        if (!text.matches("x[1-9]")) {
            throw new IllegalArgumentException("no weight: " + text);
        }
        return text.charAt(1) - '0';
    }
}
