public final class BookNumbers {
    private BookNumbers() {
    }

    /**
     * A number without hyphens and blanks, its letters large; whether it is an ISBN is not looked at.
     *
     * <pre>{@code
     * compact(" 0-8044-2957-x "); // => "080442957X"
     * compact("978 3 16 148410 0"); // => "9783161484100"
     * compact("a_b"); // => "A_B"
     * }</pre>
     */
    public static String compact(String text) {
        return text.strip().replaceAll("[ -]", "").toUpperCase();
    }

    /**
     * Whether a text is an ISBN of ten or of thirteen digits with the right check digit, which is X for ten
     * digits only. One of thirteen begins with 978 or 979. Hyphens, blanks and small letters do not matter.
     *
     * <pre>{@code
     * isValid("0-306-40615-2"); // => true
     * isValid("0306406151"); // => false
     * isValid("080442957x"); // => false
     * isValid("978-0-306-40615-7"); // => true
     * isValid("9780306406158"); // => false
     * isValid("979-10-90636-07-1"); // => true
     * isValid("9770306406158"); // => false
     * isValid("X123456788"); // => false
     * isValid(""); // => false
     * }</pre>
     */
    public static boolean isValid(String text) {
        String number = compact(text);
        if (number.matches("\\d{9}[\\dX]")) {
            int sum = 0;
            for (int at = 0; at < 10; at++) {
                char digit = number.charAt(at);
                sum += (10 - at) * (digit == 'X' ? 10 : digit - '0');
            }
            return sum % 11 == 0;
        }
        return number.matches("97[89]\\d{10}") && number.charAt(12) == checkDigit(number.substring(0, 12));
    }

    /**
     * The last digit of an ISBN that begins with these twelve.
     *
     * <pre>{@code
     * checkDigit("978030640615"); // => '7'
     * checkDigit("978316148410"); // => '0'
     * checkDigit("97803064061"); // throws IllegalArgumentException
     * checkDigit("9780306406157"); // throws IllegalArgumentException
     * checkDigit("978-03064061"); // throws IllegalArgumentException
     * }</pre>
     */
    public static char checkDigit(String digits) {
        if (!digits.matches("\\d{12}")) {
            throw new IllegalArgumentException("twelve digits are needed: " + digits);
        }
        int sum = 0;
        for (int at = 0; at < 12; at++) {
            sum += (at % 2 == 0 ? 1 : 3) * (digits.charAt(at) - '0');
        }
        return (char) ('0' + (10 - sum % 10) % 10);
    }

    /**
     * An ISBN in thirteen digits without hyphens; one of ten digits gets another check digit.
     *
     * <pre>{@code
     * toThirteen("0-306-40615-2"); // => "9780306406157"
     * toThirteen("080442957X"); // => "9780804429573"
     * toThirteen("979-10-90636-07-1"); // => "9791090636071"
     * toThirteen("0306406151"); // throws IllegalArgumentException
     * }</pre>
     */
    public static String toThirteen(String text) {
        if (!isValid(text)) {
            throw new IllegalArgumentException("no ISBN: " + text);
        }
        String number = compact(text);
        if (number.length() == 13) {
            return number;
        }
        String digits = "978" + number.substring(0, 9);
        return digits + checkDigit(digits);
    }
}
