public final class BookNumbers {
    private BookNumbers() {
    }

    public static String compact(String text) {
        return text.strip().replaceAll("[ -]", "").toUpperCase();
    }

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

    public static char checkDigit(String digits) {
        if (!digits.matches("\\d{12}")) {
            throw new IllegalArgumentException("twelve digits are needed: " + digits);
        }
        int sum = 0;
        for (int at = 0; at < 12; at++) {
            sum += (at % 2 == 0 ? 1 : 3) * (digits.charAt(at) - '0');
        }
        return (char) ('0' + (10 - sum % 10));
    }

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
