import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Who owes how much, and for how long. */
public final class AgeingReport {
    private static final int NAME = 20;
    private static final int COLUMN = 13;
    private static final List<String> HEADS = List.of("current", "1-30", "31-60", "61-90", "over 90", "total");
    private static final int TOTAL = HEADS.size() - 1;
    private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final Pattern AMOUNT = Pattern.compile("-?[0-9]{1,9}\\.[0-9]{2}");

    private AgeingReport() {}

    public static void main(String[] args) throws IOException {
        LocalDate today = args.length == 1 ? date(args[0]) : null;
        if (today == null) {
            fail(2, "usage: AgeingReport DATE");
        }
        Map<String, BigDecimal[]> rows = new TreeMap<>();
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String line;
        for (int number = 1; (line = input.readLine()) != null; number++) {
            if (!line.isBlank() && !add(rows, line, today)) {
                fail(1, "bad line " + number);
            }
        }
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        print(out, rows);
        out.flush();
    }

    /** Adds one invoice; false if the line is none. */
    private static boolean add(Map<String, BigDecimal[]> rows, String line, LocalDate today) {
        String[] fields = line.split(";", -1);
        if (fields.length != 4) {
            return false;
        }
        String customer = fields[0].strip();
        LocalDate due = date(fields[2].strip());
        String amount = fields[3].strip();
        if (customer.isEmpty() || due == null || !AMOUNT.matcher(amount).matches()) {
            return false;
        }
        BigDecimal[] row = rows.computeIfAbsent(customer, absent -> nothing());
        int column = column(ChronoUnit.DAYS.between(due, today));
        row[column] = row[column].add(new BigDecimal(amount));
        row[TOTAL] = row[TOTAL].add(new BigDecimal(amount));
        return true;
    }

    private static int column(long daysLate) {
        if (daysLate <= 0) {
            return 0;
        }
        return (int) Math.min(4, (daysLate + 29) / 30);
    }

    private static void print(PrintStream out, Map<String, BigDecimal[]> rows) {
        StringBuilder head = new StringBuilder(pad("customer"));
        HEADS.forEach(name -> head.append(right(name)));
        out.println(head);
        BigDecimal[] sums = nothing();
        Comparator<Map.Entry<String, BigDecimal[]>> byTotal = Comparator.comparing(row -> row.getValue()[TOTAL]);
        rows.entrySet().stream()
                .filter(row -> row.getValue()[TOTAL].signum() != 0)
                .sorted(byTotal.reversed().thenComparing(Map.Entry.comparingByKey()))
                .forEach(row -> {
                    out.println(pad(row.getKey()) + amounts(row.getValue()));
                    for (int i = 0; i < sums.length; i++) {
                        sums[i] = sums[i].add(row.getValue()[i]);
                    }
                });
        out.println(pad("total") + amounts(sums));
    }

    private static String amounts(BigDecimal[] row) {
        StringBuilder text = new StringBuilder();
        for (BigDecimal amount : row) {
            text.append(right(amount.signum() == 0 ? "-" : grouped(amount)));
        }
        return text.toString();
    }

    /** An amount with a comma between each three digits. */
    private static String grouped(BigDecimal amount) {
        return amount.toPlainString().replaceAll("(?<=[0-9])(?=([0-9]{3})+\\.)", ",");
    }

    private static String pad(String name) {
        String shown = name.length() > NAME ? name.substring(0, NAME - 1) + "~" : name;
        return shown + " ".repeat(NAME - shown.length());
    }

    private static String right(String text) {
        return " ".repeat(Math.max(0, COLUMN - text.length())) + text;
    }

    private static BigDecimal[] nothing() {
        BigDecimal[] row = new BigDecimal[HEADS.size()];
        Arrays.fill(row, new BigDecimal("0.00"));
        return row;
    }

    private static LocalDate date(String text) {
        try {
            return DATE.matcher(text).matches() ? LocalDate.parse(text) : null;
        } catch (DateTimeException impossible) {
            return null;
        }
    }

    private static void fail(int status, String message) {
        System.err.println(message);
        System.exit(status);
    }
}
