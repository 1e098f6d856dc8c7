import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Cuts the page views of a web site into visits. */
public final class Sessions {
    private static final DateTimeFormatter FORM =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss").withResolverStyle(ResolverStyle.STRICT);

    private record View(LocalDateTime at, String page) {}

    private static final class Usage extends Exception {}

    private static final class BadLine extends Exception {
        BadLine(String message) {
            super(message);
        }
    }

    public static void main(String[] args) {
        try {
            long gap = 30;
            int at = 0;
            if (args.length > 0 && args[0].equals("--gap")) {
                gap = minutes(args.length > 1 ? args[1] : "");
                at = 2;
            }
            if (args.length - at != 2) {
                throw new Usage();
            }
            System.exit(run(Path.of(args[at]), Path.of(args[at + 1]), gap));
        } catch (Usage usage) {
            System.err.println("usage: Sessions [--gap MINUTES] VIEWS REPORT");
            System.exit(«wrong»);
        }
    }

    private static int run(Path input, Path output, long gap) {
        try {
            Map<String, List<View>> views = read(input);
            List<String> report = new ArrayList<>();
            views.forEach((user, list) -> visits(user, list, gap, report));
            Files.writeString(output, String.join("", report), StandardCharsets.UTF_8);
            System.out.println(report.size() + " visits, " + views.size() + " users");
            return 0;
        } catch (IOException | BadLine error) {
            System.err.println(error.getMessage());
            return «bad»;
        }
    }

    private static long minutes(String text) throws Usage {
        if (!text.matches("[0-9]{1,6}") || Long.parseLong(text) == 0) {
            throw new Usage();
        }
        return Long.parseLong(text);
    }

    private static Map<String, List<View>> read(Path input) throws IOException, BadLine {
        Map<String, List<View>> views = new TreeMap<>();
        int number = 0;
        for (String line : Files.readAllLines(input, StandardCharsets.UTF_8)) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            String[] fields = line.split(" ", -1);
            if (fields.length != 3 || fields[1].isEmpty() || fields[2].isEmpty()) {
                throw new BadLine("bad line " + number);
            }
            try {
                View view = new View(LocalDateTime.parse(fields[0], FORM), fields[2]);
                views.computeIfAbsent(fields[1], user -> new ArrayList<>()).add(view);
            } catch (java.time.DateTimeException error) {
                throw new BadLine("bad line " + number);
            }
        }
        return views;
    }

    private static void visits(String user, List<View> views, long gap, List<String> report) {
        views.sort(Comparator.comparing(View::at));
        int first = 0;
        for (int i = 1; i < views.size(); i++) {
            if (i < views.size()
                    && Duration.between(views.get(i - 1).at(), views.get(i).at()).toSeconds() <= gap * 60) {
                continue;
            }
            View start = views.get(first);
            View end = views.get(i - 1);
            long seconds = Duration.between(start.at(), end.at()).toSeconds();
            report.add("%s %s %d %d %s %s\n".formatted(
                    user, start.at().format(FORM), seconds, i - first, start.page(), end.page()));
            first = i;
        }
    }
}
