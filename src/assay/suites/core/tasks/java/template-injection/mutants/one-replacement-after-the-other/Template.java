import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fills the placeholders of an HTML template. */
public final class Template {
    private static final Pattern LEFT = Pattern.compile("\\{\\{\\{?([^{}]*)\\}\\}");

    private Template() {}

    public static String render(String template, Map<String, String> values) {
        String result = template;
        for (Map.Entry<String, String> entry : values.entrySet()) {
            String name = "\\s*" + Pattern.quote(entry.getKey()) + "\\s*";
            String value = entry.getValue();
            result = result.replaceAll("\\{\\{\\{" + name + "\\}\\}\\}", Matcher.quoteReplacement(value));
            result = result.replaceAll("\\{\\{" + name + "\\}\\}", Matcher.quoteReplacement(Html.escape(value)));
        }
        Matcher left = LEFT.matcher(result);
        if (left.find()) {
            throw new IllegalArgumentException("no value for " + left.group(1).strip());
        }
        return result;
    }
}
