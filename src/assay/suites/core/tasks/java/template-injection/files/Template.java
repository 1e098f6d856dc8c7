import java.util.Map;

/** Fills the placeholders of an HTML template. */
public final class Template {
    private Template() {}

    /** Replaces {{name}} by the escaped value and {{{name}}} by the value as it is. */
    public static String render(String template, Map<String, String> values) {
        String result = template;
        for (Map.Entry<String, String> entry : values.entrySet()) {
            String name = "\\s*" + entry.getKey() + "\\s*";
            String value = entry.getValue();
            result = result.replaceAll("\\{\\{\\{" + name + "\\}\\}\\}", value);
            result = result.replaceAll("\\{\\{" + name + "\\}\\}", Html.escape(value));
        }
        return result;
    }
}
