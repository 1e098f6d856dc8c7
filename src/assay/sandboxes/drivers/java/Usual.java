package assaydriver;

import java.io.*;
import java.math.*;
import java.nio.charset.StandardCharsets;
import java.time.*;
import java.time.format.DateTimeFormatter;
import java.util.*;
import java.util.concurrent.*;
import java.util.concurrent.atomic.*;
import java.util.function.*;
import java.util.regex.*;
import java.util.stream.*;

// Uses what answers use most of Java's library, once, so that the shared archive holds it.
public final class Usual {
    enum Kind { ONE, TWO }

    record Pair(String name, long size) {}

    sealed interface Shape permits Square {}

    record Square(double side) implements Shape {}

    public static String use(List<Integer> numbers, Map<String, Double> shares, String text) {
        List<Pair> pairs = new ArrayList<>();
        for (int number : numbers) pairs.add(new Pair("n" + number, number));
        pairs.sort(Comparator.comparing(Pair::name).thenComparing(Pair::size, Comparator.reverseOrder()));
        Map<Boolean, List<Pair>> parts = pairs.stream().collect(Collectors.partitioningBy(pair -> pair.size() > 1));
        Map<String, Long> counts = Stream.of(text.split("\\s+"))
            .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
        String joined = IntStream.range(0, 4).mapToObj(Integer::toString).filter(one -> !one.isBlank())
            .collect(Collectors.joining(",", "[", "]"));
        int sum = numbers.stream().mapToInt(Integer::intValue).sum();
        Matcher matcher = Pattern.compile("(?<word>\\w+)").matcher(text);
        StringBuilder out = new StringBuilder(joined).append(sum).append(parts).append(counts).append(pairs.hashCode());
        while (matcher.find()) out.append(matcher.group("word"));
        out.append(String.format("%d %s %.2f %05d %x|", 1, text, 2.5, 7, 255)).append(times()).append(collections());
        return out.append(new Square(2).equals(new Square(3))).append(shares).append(text.replaceAll("a+", "b")).toString();
    }

    static String times() {
        LocalDate day = LocalDate.parse("2024-02-29").plusDays(1);
        LocalDateTime at = LocalDateTime.of(day, LocalTime.of(1, 2, 3)).plus(Duration.ofMinutes(90));
        String shown = at.format(DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss")) + day.getDayOfWeek();
        BigDecimal half = new BigDecimal("2.345").setScale(2, RoundingMode.HALF_UP);
        return shown + Instant.parse("2024-01-01T00:00:00Z").atZone(ZoneOffset.UTC) + half + BigInteger.TEN.pow(30);
    }

    static String collections() {
        Deque<Integer> deque = new ArrayDeque<>(List.of(1, 2));
        PriorityQueue<int[]> queue = new PriorityQueue<>((a, b) -> Integer.compare(a[0], b[0]));
        queue.add(new int[] {1, 2});
        Map<Kind, Set<String>> kinds = new EnumMap<>(Kind.class);
        kinds.computeIfAbsent(Kind.ONE, kind -> new LinkedHashSet<>()).add("x");
        Map<String, Integer> linked = new LinkedHashMap<>(Map.of("a", 1));
        linked.merge("a", 1, Integer::sum);
        Map<String, AtomicInteger> shared = new ConcurrentHashMap<>();
        shared.computeIfAbsent("b", key -> new AtomicInteger()).incrementAndGet();
        Optional<Integer> most = deque.stream().max(Comparator.naturalOrder());
        Supplier<String> late = () -> Objects.requireNonNullElse(null, "none");
        BitSet bits = new BitSet(8);
        bits.set(3);
        return "" + queue.peek()[0] + kinds + linked + shared + most + late.get() + bits + read() + fail();
    }

    static String read() {
        InputStream bytes = new ByteArrayInputStream("1 2\nthree\n".getBytes(StandardCharsets.UTF_8));
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8))) {
            return lines.lines().map(String::strip).toList() + new Scanner("1 x").next() + new StringTokenizer("a b").countTokens();
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    static String fail() {
        try {
            return "" + Integer.parseInt("x");
        } catch (NumberFormatException error) {
            StringWriter said = new StringWriter();
            error.printStackTrace(new PrintWriter(said));
            return said.toString() + Arrays.asList(1, 2) + Arrays.toString(new int[] {1});
        }
    }
}
