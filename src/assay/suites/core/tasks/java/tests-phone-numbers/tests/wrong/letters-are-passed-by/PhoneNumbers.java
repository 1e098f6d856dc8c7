import java.util.ArrayDeque;
import java.util.Deque;
import java.util.stream.Collectors;

class PhoneNumbers {
    static String normalize(String text, String countryCode) {
        Deque<Character> letters = new ArrayDeque<>();
        for (int i = 0; i < text.length(); i++) {
            switch (text.charAt(i)) {
                case ' ', '-', '/', '.', '(', ')' -> { }
                default -> { if (!Character.isLetter(text.charAt(i))) letters.add(text.charAt(i)); }
            }
        }
        String front = "+";
        if (is('+', letters.peek())) {
            letters.remove();
        } else if (is('0', letters.peek())) {
            letters.remove();
            if (is('0', letters.peek())) {
                letters.remove();
            } else {
                front += countryCode;
            }
        } else {
            front += countryCode;
        }
        String result = front + letters.stream().map(String::valueOf).collect(Collectors.joining());
        long digits = result.chars().filter(letter -> letter >= '0' && letter <= '9').count();
        if (digits != result.length() - 1 || digits < 7 || digits > 15) {
            throw new IllegalArgumentException("not a number");
        }
        return result;
    }

    private static boolean is(char wanted, Character letter) {
        return letter != null && letter == wanted;
    }
}
