import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.BitSet;

/** Finds when a job with a cron expression runs next. */
public final class CronNext {
    private static final DateTimeFormatter FORM = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm");
    private static final int YEARS_AHEAD = «years»;

    private CronNext() {}

    public static String next(String expression, String after) {
        String[] fields = expression.strip().split("[ \\t]+");
        if (fields.length != 5) {
            throw new IllegalArgumentException("five fields expected: " + expression);
        }
        BitSet minutes = field(fields[0], 0, 59);
        BitSet hours = field(fields[1], 0, 23);
        BitSet days = field(fields[2], 1, 31);
        BitSet months = field(fields[3], 1, 12);
        BitSet weekdays = field(fields[4], 0, 7);
        if (weekdays.get(7)) {
            weekdays.set(0);
        }
        boolean anyDay = fields[2].equals("*");
        boolean anyWeekday = fields[4].equals("*");

        LocalDateTime now = LocalDateTime.parse(after, FORM);
        LocalDateTime start = now.plusMinutes(1);
        LocalDate last = now.toLocalDate().plusYears(YEARS_AHEAD);
        for (LocalDate day = start.toLocalDate(); !day.isAfter(last); day = day.plusDays(1)) {
            boolean dayFits = days.get(day.getDayOfMonth());
            boolean weekdayFits = weekdays.get(day.getDayOfWeek().getValue() % 7);
            boolean fits = anyDay || anyWeekday ? dayFits && weekdayFits : dayFits || weekdayFits;
            if (!fits || !months.get(day.getMonthValue())) {
                continue;
            }
            boolean first = day.equals(start.toLocalDate());
            for (int hour = hours.nextSetBit(first ? start.getHour() : 0); hour >= 0; hour = hours.nextSetBit(hour + 1)) {
                int from = first && hour == start.getHour() ? start.getMinute() : 0;
                int minute = minutes.nextSetBit(from);
                if (minute >= 0) {
                    return day.atTime(hour, minute).format(FORM);
                }
            }
        }
        return null;
    }

    private static BitSet field(String text, int low, int high) {
        BitSet values = new BitSet();
        for (String item : text.split(",", -1)) {
            String[] parts = item.split("/", -1);
            String[] ends = parts[0].split("-", -1);
            if (parts.length > 2 || ends.length > 2) {
                throw new IllegalArgumentException("bad item: " + item);
            }
            boolean all = parts[0].equals("*");
            int from = all ? low : number(ends[0], low, high);
            int to = all ? high : number(ends[ends.length - 1], low, high);
            int step = parts.length == 1 ? 1 : number(parts[1], 1, 99);
            if (from > to) {
                throw new IllegalArgumentException("bad item: " + item);
            }
            for (int value = from; value <= to; value += step) {
                values.set(value);
            }
        }
        return values;
    }

    private static int number(String text, int low, int high) {
        if (!text.matches("[0-9]{1,2}")) {
            throw new IllegalArgumentException("not a number: " + text);
        }
        int value = Integer.parseInt(text);
        if (value < low || value > high) {
            throw new IllegalArgumentException("out of range: " + text);
        }
        return value;
    }
}
