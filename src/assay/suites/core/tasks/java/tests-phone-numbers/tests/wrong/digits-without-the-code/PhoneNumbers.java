import java.util.regex.Matcher;
import java.util.regex.Pattern;

class PhoneNumbers {
    private static final Pattern NUMBER = Pattern.compile("(?:(?<abroad>\\+|00)|0?)(?<rest>[0-9]*)");

    static String normalize(String text, String countryCode) {
        Matcher number = NUMBER.matcher(text.replaceAll("[- /.()]", ""));
        if (!number.matches()) {
            throw new IllegalArgumentException();
        }
        String prefix = number.group("abroad") == null ? countryCode : "";
        String rest = number.group("rest");
        if (rest.length() < 7 || rest.length() > 15) {
            throw new IllegalArgumentException(rest);
        }
        return "+" + prefix + rest;
    }
}
