import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fills the placeholders of an HTML template. */
public final class Template {
    private static final Pattern FORM = Pattern.compile("\\{\\{\\{\\s*(\\w+)\\s*\\}\\}\\}|\\{\\{\\s*(\\w+)\\s*\\}\\}");

    private Template() {}

    public static String render(String template, Map<String, String> values) {
        return FORM.matcher(template).replaceAll(match -> {
            String name = match.group(1) != null ? match.group(1) : match.group(2);
            String value = values.get(name);
            if (value == null) {
                throw new IllegalArgumentException("no value for " + name);
            }
            return Matcher.quoteReplacement(match.group(1) != null ? value : Html.escape(value));
        });
    }
}
