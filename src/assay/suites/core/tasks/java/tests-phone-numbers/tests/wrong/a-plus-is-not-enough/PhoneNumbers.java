import java.util.regex.Matcher;
import java.util.regex.Pattern;

class PhoneNumbers {
    private static final Pattern NUMBER = Pattern.compile("(?:(?<abroad>\\+|00)|0?)(?<rest>[0-9]*)");

    static String normalize(String text, String countryCode) {
        Matcher number = NUMBER.matcher(text.replaceAll("[- /.()]", ""));
        if (!number.matches()) {
            throw new IllegalArgumentException();
        }
        String prefix = "00".equals(number.group("abroad")) ? "" : countryCode;
        String result = "+" + prefix + number.group("rest");
        if (result.length() < 8 || result.length() > 16) {
            throw new IllegalArgumentException(result);
        }
        return result;
    }
}
