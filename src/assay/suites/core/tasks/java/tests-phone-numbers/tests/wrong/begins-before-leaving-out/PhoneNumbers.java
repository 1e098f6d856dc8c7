/** Phone numbers in one form. */
class PhoneNumbers {
    private static final String IGNORED = " -/.()";

    static String normalize(String text, String countryCode) {
        StringBuilder digits = new StringBuilder(text.startsWith("+") || text.startsWith("00") ? "" : countryCode);
        String number = text.replaceFirst("^(\\+|00?)", "");
        for (char letter : number.toCharArray()) {
            if (IGNORED.indexOf(letter) < 0) {
                digits.append(letter);
            }
        }
        if (!digits.toString().matches("[0-9]{7,15}")) {
            throw new IllegalArgumentException("no phone number: " + text);
        }
        return "+" + digits;
    }
}
