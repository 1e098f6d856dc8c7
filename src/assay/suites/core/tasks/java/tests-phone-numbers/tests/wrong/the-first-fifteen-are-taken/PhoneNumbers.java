/** Phone numbers in one form. */
class PhoneNumbers {
    private static final String IGNORED = " -/.()";

    static String normalize(String text, String countryCode) {
        StringBuilder kept = new StringBuilder();
        for (char letter : text.toCharArray()) {
            if (IGNORED.indexOf(letter) < 0) {
                kept.append(letter);
            }
        }
        String digits = digits(kept.toString(), countryCode);
        digits = digits.substring(0, Math.min(15, digits.length()));
        if (!digits.matches("[0-9]{7,15}")) {
            throw new IllegalArgumentException("no phone number: " + text);
        }
        return "+" + digits;
    }

    private static String digits(String number, String countryCode) {
        if (number.startsWith("+")) {
            return number.substring(1);
        }
        if (number.startsWith("00")) {
            return number.substring(2);
        }
        return countryCode + (number.startsWith("0") ? number.substring(1) : number);
    }
}
