package assaydriver;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.*;

// The request: plain values as they come over the wire.
final class Reader {
    final byte[] data;
    int at = 0;

    Reader(byte[] data) { this.data = data; }

    Object value() {
        int start = at;
        while (data[at] != '\n') at++;
        char tag = (char) data[start];
        String text = new String(data, start + 1, at - start - 1, StandardCharsets.ISO_8859_1);
        at++;
        switch (tag) {
            case 'n': return null;
            case 'b': return text.equals("1");
            case 'i': return new BigInteger(text);
            case 'x': return new BigInteger(text, 16);
            case 'f': return text.equals("nan") ? (Object) Double.NaN
                : text.endsWith("inf") ? (Object) (text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY)
                : (Object) Double.parseDouble(text);
            default: return lengthy(tag, Integer.parseInt(text));
        }
    }

    Object lengthy(char tag, int count) {
        if (tag == 's' || tag == 'y') {
            at += count;
            byte[] part = Arrays.copyOfRange(data, at - count, at);
            return tag == 'y' ? (Object) part : (Object) new String(part, StandardCharsets.UTF_8);
        }
        if (tag == 'm') {
            Map<Object, Object> map = new LinkedHashMap<>();
            for (int i = 0; i < count; i++) map.put(value(), value());
            return map;
        }
        Collection<Object> items = tag == 'S' ? new LinkedHashSet<>() : new ArrayList<>();
        for (int i = 0; i < count; i++) items.add(value());
        return items;
    }
}
