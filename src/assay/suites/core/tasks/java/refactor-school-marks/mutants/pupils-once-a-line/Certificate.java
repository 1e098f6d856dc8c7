import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Marks of a school class: what each pupil gets at the end of the year. */
public class Certificate {
    /**
     * Lines such as `Ann: maths 2, maths 3+ x2, music 1-`. A mark from 1 to 6 may have a plus or a minus, a third of a mark
     * better or worse, and a weight. The result has one line for each pupil.
     */
    public static List<String> all(List<String> lines) {
        Map<String, List<Mark>> pupils = read(lines);
        return pupils.entrySet().stream().map(pupil -> describe(pupil.getKey(), pupil.getValue())).toList();
    }

    private static Map<String, List<Mark>> read(List<String> lines) {
        Map<String, List<Mark>> pupils = new LinkedHashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            try {
                readLine(lines.get(i), pupils);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("line " + (i + 1) + ": " + e.getMessage());
            }
        }
        return pupils;
    }

    private static void readLine(String line, Map<String, List<Mark>> pupils) {
        if (line.isBlank()) {
            return;
        }
        String pupil = line.substring(0, Math.max(0, line.indexOf(':'))).strip();
        if (pupil.isEmpty()) {
            throw new IllegalArgumentException("no pupil");
        }
        List<Mark> marks = new ArrayList<>();
        pupils.put(pupil, marks);
        String rest = line.substring(line.indexOf(':') + 1);
        if (!rest.isBlank()) {
            List.of(rest.split(",", -1)).forEach(part -> marks.add(Mark.parse(part.strip())));
        }
    }

    private static String describe(String pupil, List<Mark> marks) {
        if (marks.isEmpty()) {
            return pupil + ": no marks";
        }
        Map<String, List<Mark>> subjects =
                marks.stream().collect(Collectors.groupingBy(Mark::subject, LinkedHashMap::new, Collectors.toList()));
        Map<String, Integer> results = new LinkedHashMap<>();
        subjects.forEach((subject, some) -> results.put(subject, result(some)));
        String told = results.entrySet().stream()
                .map(one -> one.getKey() + " " + one.getValue())
                .collect(Collectors.joining(", "));
        return pupil + ": " + told + " – " + Promotion.of(List.copyOf(results.values())).text();
    }

    /** The mean as a whole mark; what is just between two is the better one. */
    private static int result(List<Mark> marks) {
        double sum = marks.stream().mapToDouble(mark -> mark.value() * mark.weight()).sum();
        int weights = marks.stream().mapToInt(Mark::weight).sum();
        int whole = (int) Math.ceil(sum / weights - 0.5 - 1e-9);
        return Math.max(1, Math.min(6, whole));
    }
}
