import java.util.Map;

/** Fills the placeholders of an HTML template. */
public final class Template {
    private Template() {}

    /** Replaces {{name}} by the escaped value and {{{name}}} by the value as it is. */
    public static String render(String template, Map<String, String> values) {
        StringBuilder out = new StringBuilder();
        int at = 0;
        while (true) {
            int open = template.indexOf("{{", at);
            if (open < 0) {
                return out.append(template.substring(at)).toString();
            }
            out.append(template, at, open);
            boolean raw = template.startsWith("{{{", open);
            String closing = raw ? "}}}" : "}}";
            int begin = open + closing.length();
            int close = template.indexOf(closing, begin);
            if (close < 0) {
                throw new IllegalArgumentException("placeholder is not closed");
            }
            String name = template.substring(begin, close);
            String value = values.get(name);
            if (value == null) {
                throw new IllegalArgumentException("no value for " + name);
            }
            out.append(raw ? value : Html.escape(value));
            at = close + closing.length();
        }
    }
}
