import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Marks of a school class: what each pupil gets at the end of the year. */
public class Certificate {
    /**
     * Lines such as `Ann: maths 2, maths 3+ x2, music 1-`. A mark from 1 to 6 may have a plus or a minus, a third of a mark
     * better or worse, and a weight. The result has one line for each pupil.
     */
    public static List<String> all(List<String> lines) {
        Map<String, Map<String, double[]>> pupils = new LinkedHashMap<>();
        int number = 0;
        for (String line : lines) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            int colon = line.indexOf(':');
            if (colon < 0 || line.substring(0, colon).isBlank()) {
                throw new IllegalArgumentException("line " + number + ": no pupil");
            }
            String pupil = line.substring(0, colon).strip();
            Map<String, double[]> subjects = pupils.get(pupil);
            if (subjects == null) {
                subjects = new LinkedHashMap<>();
                pupils.put(pupil, subjects);
            }
            if (line.substring(colon + 1).isBlank()) {
                continue;
            }
            for (String part : line.substring(colon + 1).split(",", -1)) {
                String[] words = part.strip().split("\\s+");
                if (words.length < 2 || words.length > 3) {
                    throw new IllegalArgumentException("line " + number + ": no mark: " + part.strip());
                }
                String text = words[1];
                double mark;
                if (text.length() == 1 && text.charAt(0) >= '1' && text.charAt(0) <= '6') {
                    mark = text.charAt(0) - '0';
                } else if (text.length() == 2 && text.charAt(0) >= '1' && text.charAt(0) <= '6' && text.charAt(1) == '+') {
                    mark = text.charAt(0) - '0' - 1.0 / 3;
                } else if (text.length() == 2 && text.charAt(0) >= '1' && text.charAt(0) <= '6' && text.charAt(1) == '-') {
                    mark = text.charAt(0) - '0' + 1.0 / 3;
                } else {
                    throw new IllegalArgumentException("line " + number + ": no mark: " + part.strip());
                }
                int weight = 1;
                if (words.length == 3) {
                    if (!words[2].matches("x[1-9]")) {
                        throw new IllegalArgumentException("line " + number + ": no weight: " + words[2]);
                    }
                    weight = words[2].charAt(1) - '0';
                }
                double[] sums = subjects.get(words[0]);
                if (sums == null) {
                    sums = new double[2];
                    subjects.put(words[0], sums);
                }
                sums[0] += mark * weight;
                sums[1] += weight;
            }
        }

        List<String> out = new ArrayList<>();
        for (Map.Entry<String, Map<String, double[]>> pupil : pupils.entrySet()) {
            StringBuilder text = new StringBuilder(pupil.getKey() + ":");
            int fives = 0;
            int sixes = 0;
            int balance = 0;
            for (Map.Entry<String, double[]> subject : pupil.getValue().entrySet()) {
                double mean = subject.getValue()[0] / subject.getValue()[1];
                int mark = (int) Math.ceil(mean - 0.5 - 1e-9);
                if (mark < 1) {
                    mark = 1;
                }
                if (mark > 6) {
                    mark = 6;
                }
                text.append(" ").append(subject.getKey()).append(" ").append(mark).append(",");
                if (mark == 6) {
                    sixes++;
                } else if (mark == 5) {
                    fives++;
                } else if (mark == 1) {
                    balance += 2;
                } else if (mark == 2) {
                    balance += 1;
                }
            }
            if (pupil.getValue().isEmpty()) {
                text.append(" no marks");
            } else {
                text.setLength(text.length() - 1);
                if (sixes > 0 || fives > 2) {
                    text.append(" – stays");
                } else if (fives == 2) {
                    text.append(balance >= 3 ? " – moves up on trial" : " – stays");
                } else if (fives == 1 && balance == 0) {
                    text.append(" – moves up on trial");
                } else {
                    text.append(" – moves up");
                }
            }
            out.add(text.toString());
        }
        return out;
    }
}
