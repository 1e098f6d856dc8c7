package assaydriver;

import java.io.ByteArrayOutputStream;
import java.lang.reflect.*;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.*;
import java.util.stream.BaseStream;

// Whatever a method gave back, as bytes of the wire.
final class Writer {
    private static final int DEPTH = 195;
    private static final int MOST_DRAWN = 1_000_000;

    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    final ArrayDeque<Object> within = new ArrayDeque<>();

    void line(String text) { bytes.writeBytes((text + "\n").getBytes(StandardCharsets.UTF_8)); }

    void raw(char tag, byte[] data) {
        line(tag + Integer.toString(data.length));
        bytes.writeBytes(data);
    }

    void text(char tag, String text) { raw(tag, utf8(text)); }

    void value(Object value) {
        if (value == null) line("n");
        else if (value instanceof Boolean truth) line(truth ? "b1" : "b0");
        else if (value instanceof Integer || value instanceof Long || value instanceof Short || value instanceof Byte) line("i" + value);
        else if (value instanceof BigInteger big) line("x" + big.toString(16));
        else if (value instanceof Double || value instanceof Float) line("f" + real(value.toString()));
        else if (value instanceof BigDecimal real) line("f" + real.doubleValue());
        else if (value instanceof Character || value instanceof CharSequence) text('s', value.toString());
        else if (value instanceof Enum<?> constant) text('s', constant.name());
        else if (value instanceof byte[] data) raw('y', data);
        else nested(value);
    }

    static String real(String text) {
        return text.equals("NaN") ? "nan" : text.equals("Infinity") ? "inf" : text.equals("-Infinity") ? "-inf" : text;
    }

    void nested(Object value) {
        boolean again = within.size() > DEPTH;
        for (Object outer : within) again |= outer == value;
        if (again) {
            text('o', "a value that nests without end");
            return;
        }
        within.push(value);
        try { container(value); } finally { within.pop(); }
    }

    void container(Object value) {
        if (value instanceof Optional<?> some) value(some.orElse(null));
        else if (value instanceof OptionalInt some) value(some.isPresent() ? some.getAsInt() : null);
        else if (value instanceof OptionalLong some) value(some.isPresent() ? some.getAsLong() : null);
        else if (value instanceof OptionalDouble some) value(some.isPresent() ? some.getAsDouble() : null);
        else if (value.getClass().isArray()) {
            int size = Array.getLength(value);
            line("l" + size);
            for (int i = 0; i < size; i++) value(Array.get(value, i));
        } else if (value instanceof Map<?, ?> map) {
            List<Map.Entry<?, ?>> pairs = new ArrayList<>(map.entrySet());
            line("m" + pairs.size());
            for (Map.Entry<?, ?> pair : pairs) {
                value(pair.getKey());
                value(pair.getValue());
            }
        } else if (value instanceof Set<?> set) items('S', set.iterator());
        else if (value instanceof Iterable<?> many) items('l', many.iterator());
        else if (value instanceof Iterator<?> many) items('l', many);
        else if (value instanceof BaseStream<?, ?> many) items('l', many.iterator());
        else if (value instanceof Map.Entry<?, ?> pair) items('l', Arrays.asList(pair.getKey(), pair.getValue()).iterator());
        else fields(value);
    }

    void items(char tag, Iterator<?> source) {
        List<Object> items = new ArrayList<>();
        while (items.size() < MOST_DRAWN && source.hasNext()) items.add(source.next());
        line(tag + Integer.toString(items.size()));
        for (Object item : items) value(item);
    }

    /** A plain object of the answer's own, field by field; what belongs to the JDK cannot travel. */
    void fields(Object value) {
        Class<?> type = value.getClass();
        if (type.getClassLoader() == null || value instanceof Throwable || type.isSynthetic()) {
            text('o', type.getSimpleName());
            return;
        }
        Map<String, Object> map = new LinkedHashMap<>();
        for (Field field : type.getDeclaredFields()) {
            if (Modifier.isStatic(field.getModifiers()) || field.isSynthetic()) continue;
            try {
                field.setAccessible(true);
                map.put(field.getName(), field.get(value));
            } catch (ReflectiveOperationException | RuntimeException hidden) {
                map.put(field.getName(), null);
            }
        }
        value(map);
    }

    /** Halves of surrogate pairs keep three bytes of their own, so that they pass for no other text. */
    static byte[] utf8(String text) {
        boolean whole = true;
        for (int i = 0; i < text.length() && whole; i++) {
            char letter = text.charAt(i);
            if (Character.isHighSurrogate(letter) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) i++;
            else whole = !Character.isSurrogate(letter);
        }
        if (whole) return text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        text.codePoints().forEach(code -> {
            if (code < 0xd800 || code > 0xdfff) out.writeBytes(Character.toString(code).getBytes(StandardCharsets.UTF_8));
            else out.writeBytes(new byte[] {(byte) 0xed, (byte) (0x80 | (code >> 6) & 0x3f), (byte) (0x80 | code & 0x3f)});
        });
        return out.toByteArray();
    }
}
