import java.util.stream.IntStream;

public final class BookNumbers {
    private BookNumbers() {
    }

    public static String compact(String text) {
        StringBuilder kept = new StringBuilder();
        for (char letter : text.strip().toCharArray()) {
            if (letter != '-' && letter != ' ') {
                kept.append(Character.toUpperCase(letter));
            }
        }
        return kept.toString();
    }

    private static int value(String number, int at) {
        char letter = number.charAt(at);
        boolean ten = letter == 'X' && at == 9 && number.length() == 10;
        return ten ? 10 : letter >= '0' && letter <= '9' ? letter - '0' : -1;
    }

    public static boolean isValid(String text) {
        String number = compact(text);
        int length = number.length();
        if (IntStream.range(0, length).anyMatch(at -> value(number, at) < 0)) {
            return false;
        }
        if (length == 10) {
            return IntStream.range(0, 10).map(at -> (at + 1) * value(number, at)).sum() % 11 == 0;
        }
        boolean book = number.startsWith("978") || number.startsWith("979");
        return length == 13 && book && weighed(number) % 10 == 0;
    }

    private static int weighed(String digits) {
        return IntStream.range(0, digits.length()).map(at -> value(digits, at) * (1 + at % 2 * 2)).sum();
    }

    public static char checkDigit(String digits) {
        if (digits.length() != 12 || !digits.chars().allMatch(one -> one >= '0' && one <= '9')) {
            throw new IllegalArgumentException();
        }
        return Character.forDigit(Math.floorMod(-weighed(digits), 10), 10);
    }

    public static String toThirteen(String text) {
        String number = compact(text);
        if (!isValid(number)) {
            throw new IllegalArgumentException(text);
        }
        String start = number.length() == 13 ? number.substring(0, 12) : "978" + number.substring(0, 9);
        return start + checkDigit(start);
    }
}
