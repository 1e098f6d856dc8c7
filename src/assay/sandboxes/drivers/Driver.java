// The Java driver: finds methods and classes of the answer by reflection, makes the calls read from
// descriptor 3, says on descriptor 4 what they did. It knows nothing of expected values.
import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.lang.reflect.*;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.*;
import java.util.stream.BaseStream;

public final class Driver {
    static final int DEPTH = 195;
    static final int MOST_DRAWN = 1_000_000;

    /** The step could not even be tried; no error that an answer may report. */
    static final class Panic extends RuntimeException {
        Panic(String message) { super(message); }
    }

    /** A value that a declared type cannot take. */
    static final class Unfit extends RuntimeException {
        Unfit(Object value, Type type) { super(describe(value) + " is no " + type.getTypeName()); }
    }

    public static void main(String[] words) throws Exception {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        try (FileInputStream in = new FileInputStream(descriptor(3))) { in.transferTo(request); }
        OutputStream out = hiddenChannel();
        List<?> asked = (List<?>) new Reader(request.toByteArray()).value();
        List<?> cases = (List<?>) asked.get(1);
        Class<?> entry;
        try {
            entry = Class.forName(words[0], false, ClassLoader.getSystemClassLoader());
            for (Object one : cases) for (Object step : (List<?>) one) demand(entry, (List<?>) step);
        } catch (ClassNotFoundException | LinkageError | Panic error) {
            String text = error instanceof Panic ? error.getMessage() : "no class " + words[0] + ": " + error;
            last(out, "load", text);
            return;
        }
        for (Object one : cases) {
            Writer writer = new Writer();
            Object[] made = {null};
            try {
                for (Object step : (List<?>) one) step(entry, made, (List<?>) step, writer);
            } catch (OutOfMemoryError error) {
                last(out, "limit", "memory");
                return;
            }
            out.write(writer.bytes.toByteArray());
        }
        leave();
    }

    static void last(OutputStream out, String kind, String text) throws Exception {
        Writer writer = new Writer();
        writer.value(List.of(kind, text));
        out.write(writer.bytes.toByteArray());
        leave();
    }

    static void leave() {
        System.out.flush();
        System.err.flush();
        Runtime.getRuntime().halt(0);
    }

    static FileDescriptor descriptor(int number) throws Exception {
        Constructor<FileDescriptor> maker = FileDescriptor.class.getDeclaredConstructor(int.class);
        maker.setAccessible(true);
        return maker.newInstance(number);
    }

    static OutputStream hiddenChannel() throws Exception {
        FileOutputStream given = new FileOutputStream(descriptor(4));
        try {
            FileOutputStream moved = new FileOutputStream("/proc/self/fd/4", true);
            given.close();
            return moved;
        } catch (java.io.IOException absent) {
            return given;
        }
    }

    // Doing

    static void demand(Class<?> entry, List<?> step) {
        String op = (String) step.get(1);
        String name = (String) step.get(2);
        if (op.equals("new") && classOf(entry, name) == null) throw new Panic("there is no class " + name);
        if (op.equals("call") && methods(ownerOf(entry, name), bare(name)).isEmpty()) {
            throw new Panic(entry.getName() + " has no method " + name);
        }
    }

    static void step(Class<?> entry, Object[] made, List<?> step, Writer writer) {
        String op = (String) step.get(1);
        String name = (String) step.get(2);
        List<?> args = (List<?>) step.get(3);
        Object[][] given = {null};
        Writer said = new Writer();
        try {
            Object value = null;
            if (op.equals("new")) {
                made[0] = create(classOf(entry, name), args, given);
            } else if (op.equals("do")) {
                if (made[0] == null) throw new Panic("there is no object to do it to");
                value = invoke(methods(made[0].getClass(), name), made[0], name, args, given);
            } else {
                value = invoke(methods(ownerOf(entry, name), bare(name)), null, name, args, given);
            }
            said.text('s', "r");
            said.value(value);
            writer.line("l4");
        } catch (Throwable error) {
            Throwable cause = error instanceof InvocationTargetException && error.getCause() != null ? error.getCause() : error;
            if (cause instanceof OutOfMemoryError) throw (OutOfMemoryError) cause;
            said = new Writer();
            said.text('s', "e");
            raised(cause, said);
            writer.line("l5");
        }
        writer.value(step.get(0));
        writer.bytes.writeBytes(said.bytes.toByteArray());
        changeable(given[0], writer);
    }

    static void changeable(Object[] given, Writer writer) {
        List<Object> pairs = new ArrayList<>();
        for (int i = 0; given != null && i < given.length; i++) {
            Object arg = given[i];
            boolean open = arg instanceof Collection || arg instanceof Map || arg != null && arg.getClass().isArray();
            if (open || arg instanceof StringBuilder) pairs.add(Arrays.asList(i, arg));
        }
        writer.value(pairs);
    }

    static void raised(Throwable error, Writer writer) {
        List<String> kinds = new ArrayList<>();
        if (error instanceof Panic) {
            kinds.add("panic");
        } else {
            for (Class<?> at = error.getClass(); at != Object.class; at = at.getSuperclass()) kinds.add(at.getSimpleName());
        }
        String message = null;
        try { message = error.getMessage(); } catch (Throwable hostile) { message = null; }
        if (message == null) message = "";
        writer.value(kinds);
        writer.text('s', message.substring(0, Math.min(message.length(), 10_000)));
    }

    static Object create(Class<?> type, List<?> args, Object[][] given) throws Exception {
        RuntimeException reason = new Panic("no constructor of " + type.getName() + " takes " + args.size() + " arguments");
        for (boolean exact : new boolean[] {true, false}) {
            for (Constructor<?> maker : sorted(type.getDeclaredConstructors())) {
                try {
                    given[0] = fit(args, maker.getGenericParameterTypes(), maker.isVarArgs(), exact);
                } catch (Unfit unfit) {
                    reason = new Panic(unfit.getMessage());
                    continue;
                }
                if (given[0] == null) continue;
                maker.setAccessible(true);
                return maker.newInstance(given[0]);
            }
        }
        throw reason;
    }

    static Object invoke(List<Method> methods, Object target, String name, List<?> args, Object[][] given) throws Exception {
        RuntimeException reason = new Panic("no method " + name + " takes " + args.size() + " arguments");
        for (boolean exact : new boolean[] {true, false}) {
            for (Method method : methods) {
                try {
                    given[0] = fit(args, method.getGenericParameterTypes(), method.isVarArgs(), exact);
                } catch (Unfit unfit) {
                    reason = new Panic(name + ": " + unfit.getMessage());
                    continue;
                }
                if (given[0] == null) continue;
                method.setAccessible(true);
                Object on = target;
                if (on == null && !Modifier.isStatic(method.getModifiers())) {
                    on = create(method.getDeclaringClass(), List.of(), new Object[1][]);
                }
                return method.invoke(on, given[0]);
            }
        }
        throw reason;
    }

    static Object[] fit(List<?> args, Type[] types, boolean variadic, boolean exact) {
        boolean spread = variadic && !(args.size() == types.length && args.get(types.length - 1) instanceof List);
        if (!spread && args.size() != types.length) return null;
        if (spread && args.size() < types.length - 1) return null;
        Object[] fitted = new Object[types.length];
        for (int i = 0; i < types.length; i++) {
            boolean rest = spread && i == types.length - 1;
            fitted[i] = Fit.to(rest ? args.subList(i, args.size()) : args.get(i), types[i], exact);
        }
        return fitted;
    }

    static String bare(String name) { return name.substring(name.lastIndexOf('.') + 1); }

    static Class<?> ownerOf(Class<?> entry, String name) {
        int dot = name.lastIndexOf('.');
        Class<?> owner = dot < 0 ? entry : classOf(entry, name.substring(0, dot));
        return owner == null ? entry : owner;
    }

    static Class<?> classOf(Class<?> entry, String name) {
        if (entry.getSimpleName().equals(name)) return entry;
        String prefix = entry.getPackageName().isEmpty() ? "" : entry.getPackageName() + ".";
        for (String full : new String[] {entry.getName() + "$" + name.replace('.', '$'), prefix + name.replace('.', '$')}) {
            try {
                return Class.forName(full, false, entry.getClassLoader());
            } catch (ClassNotFoundException | LinkageError absent) {
                continue;
            }
        }
        return null;
    }

    static List<Method> methods(Class<?> type, String name) {
        List<Method> found = new ArrayList<>();
        for (Class<?> at = type; at != null && at != Object.class; at = at.getSuperclass()) {
            for (Method method : sorted(at.getDeclaredMethods())) {
                if (method.getName().equals(name) && !method.isBridge()) found.add(method);
            }
        }
        for (Method method : type.getMethods()) if (method.getName().equals(name) && method.isDefault()) found.add(method);
        if (found.isEmpty()) for (Method method : Object.class.getMethods()) if (method.getName().equals(name)) found.add(method);
        return found;
    }

    static <T extends Executable> List<T> sorted(T[] members) {
        List<T> list = new ArrayList<>(Arrays.asList(members));
        list.sort(Comparator.comparing(Object::toString));
        return list;
    }

    static String describe(Object value) {
        String text = String.valueOf(value);
        return text.length() > 80 ? text.substring(0, 80) + "…" : text;
    }

    // From plain values to declared types

    static final class Fit {
        static Object to(Object value, Type type, boolean exact) {
            if (type instanceof Class<?> plain) return toClass(value, plain, new Type[0], exact);
            if (type instanceof ParameterizedType generic) {
                return toClass(value, (Class<?>) generic.getRawType(), generic.getActualTypeArguments(), exact);
            }
            if (type instanceof GenericArrayType array) {
                Type bound = array.getGenericComponentType();
                return toArray(value, raw(bound), bound, exact);
            }
            if (type instanceof WildcardType wild) return to(value, wild.getUpperBounds()[0], exact);
            if (type instanceof TypeVariable<?> variable) {
                Type bound = variable.getBounds()[0];
                return raw(bound).isInterface() ? natural(value) : to(value, bound, exact);
            }
            throw new Unfit(value, type);
        }

        static Class<?> raw(Type type) {
            if (type instanceof Class<?> plain) return plain;
            if (type instanceof ParameterizedType generic) return (Class<?>) generic.getRawType();
            if (type instanceof TypeVariable<?> variable) return raw(variable.getBounds()[0]);
            if (type instanceof GenericArrayType array) return Array.newInstance(raw(array.getGenericComponentType()), 0).getClass();
            return Object.class;
        }

        static Object natural(Object value) {
            if (value instanceof BigInteger big) {
                if (big.bitLength() < 32) return big.intValue();
                if (big.bitLength() < 64) return big.longValue();
                return big;
            }
            if (value instanceof List<?> list) {
                List<Object> made = new ArrayList<>();
                for (Object item : list) made.add(natural(item));
                return made;
            }
            if (value instanceof Set<?> set) {
                Set<Object> made = new LinkedHashSet<>();
                for (Object item : set) made.add(natural(item));
                return made;
            }
            if (value instanceof Map<?, ?> map) {
                Map<Object, Object> made = new LinkedHashMap<>();
                for (Map.Entry<?, ?> pair : map.entrySet()) made.put(natural(pair.getKey()), natural(pair.getValue()));
                return made;
            }
            return value;
        }

        static Object toClass(Object value, Class<?> type, Type[] inner, boolean exact) {
            if (type == Optional.class) return Optional.ofNullable(value == null ? null : to(value, inner[0], exact));
            if (type == OptionalInt.class) return value == null ? OptionalInt.empty() : OptionalInt.of((int) to(value, int.class, exact));
            if (type == OptionalLong.class) return value == null ? OptionalLong.empty() : OptionalLong.of((long) to(value, long.class, exact));
            if (type == OptionalDouble.class) return value == null ? OptionalDouble.empty() : OptionalDouble.of((double) to(value, double.class, exact));
            if (value == null) {
                if (type.isPrimitive()) throw new Unfit(null, type);
                return null;
            }
            if (type == Object.class || type == Comparable.class) return natural(value);
            if (type.isArray()) return toArray(value, type.getComponentType(), type.getComponentType(), exact);
            Object simple = toSimple(value, type, exact);
            if (simple != null) return simple;
            if (value instanceof Map<?, ?> map) {
                if (Map.class.isAssignableFrom(type)) return toMap(map, type, inner, exact);
                return toRecord(map, type, exact);
            }
            if (value instanceof Collection<?> items) {
                if (type.isRecord()) return toRecord(items, type, exact);
                return toCollection(items, type, inner.length == 0 ? Object.class : inner[0], exact);
            }
            throw new Unfit(value, type);
        }

        static Object toSimple(Object value, Class<?> type, boolean exact) {
            if (value instanceof BigInteger big) return toNumber(big, type, exact);
            if (value instanceof Double real) {
                if (type == double.class || type == Double.class || type == Number.class) return real;
                if (type == float.class || type == Float.class) return real.floatValue();
                if (type == BigDecimal.class) return BigDecimal.valueOf(real);
            }
            if (value instanceof Boolean && (type == boolean.class || type == Boolean.class)) return value;
            if (value instanceof String text) {
                if (type == String.class || type == CharSequence.class) return text;
                if (type == StringBuilder.class) return new StringBuilder(text);
                if ((type == char.class || type == Character.class) && text.length() == 1) return text.charAt(0);
                if (type.isEnum()) {
                    for (Object constant : type.getEnumConstants()) if (((Enum<?>) constant).name().equals(text)) return constant;
                }
            }
            return null;
        }

        static Object toNumber(BigInteger big, Class<?> type, boolean exact) {
            if (type == BigInteger.class) return big;
            boolean real = type == double.class || type == Double.class || type == float.class || type == Float.class;
            if (real && !exact) return type == double.class || type == Double.class ? (Object) big.doubleValue() : (Object) big.floatValue();
            if (type == BigDecimal.class) return new BigDecimal(big);
            try {
                if (type == int.class || type == Integer.class) return big.intValueExact();
                if (type == long.class || type == Long.class) return big.longValueExact();
                if (type == short.class || type == Short.class) return big.shortValueExact();
                if (type == byte.class || type == Byte.class) return big.byteValueExact();
            } catch (ArithmeticException tooLarge) {
                throw new Unfit(big, type);
            }
            return type == Number.class ? natural(big) : null;
        }

        static Object toArray(Object value, Class<?> raw, Type component, boolean exact) {
            if (value instanceof byte[] bytes && raw == byte.class) return bytes;
            if (value instanceof String text && raw == char.class) return text.toCharArray();
            if (!(value instanceof Collection<?> items)) throw new Unfit(value, raw);
            Object array = Array.newInstance(raw, items.size());
            int i = 0;
            for (Object item : items) Array.set(array, i++, to(item, component, exact));
            return array;
        }

        static Object toCollection(Collection<?> items, Class<?> type, Type inner, boolean exact) {
            Collection<Object> made;
            if (type.isAssignableFrom(ArrayList.class) || type == Iterator.class) made = new ArrayList<>();
            else if (type.isAssignableFrom(LinkedHashSet.class)) made = new LinkedHashSet<>();
            else if (type.isAssignableFrom(TreeSet.class)) made = new TreeSet<>();
            else if (type.isAssignableFrom(LinkedList.class)) made = new LinkedList<>();
            else made = fresh(type, items);
            for (Object item : items) made.add(to(item, inner, exact));
            return type == Iterator.class ? made.iterator() : made;
        }

        static Object toMap(Map<?, ?> map, Class<?> type, Type[] inner, boolean exact) {
            Map<Object, Object> made;
            if (type.isAssignableFrom(LinkedHashMap.class)) made = new LinkedHashMap<>();
            else if (type.isAssignableFrom(TreeMap.class)) made = new TreeMap<>();
            else made = fresh(type, map);
            for (Map.Entry<?, ?> pair : map.entrySet()) {
                Type key = inner.length == 2 ? inner[0] : Object.class;
                Type item = inner.length == 2 ? inner[1] : Object.class;
                made.put(to(pair.getKey(), key, exact), to(pair.getValue(), item, exact));
            }
            return made;
        }

        @SuppressWarnings("unchecked")
        static <T> T fresh(Class<?> type, Object value) {
            try {
                return (T) type.getDeclaredConstructor().newInstance();
            } catch (ReflectiveOperationException | ClassCastException none) {
                throw new Unfit(value, type);
            }
        }

        /** A record by its components; else a class by its constructor of as many parameters, or its fields. */
        static Object toRecord(Object value, Class<?> type, boolean exact) {
            try {
                if (type.isRecord()) {
                    RecordComponent[] parts = type.getRecordComponents();
                    Class<?>[] raw = new Class<?>[parts.length];
                    Object[] given = new Object[parts.length];
                    Iterator<?> inOrder = value instanceof Collection<?> items && items.size() == parts.length ? items.iterator() : null;
                    if (inOrder == null && !(value instanceof Map)) throw new Unfit(value, type);
                    for (int i = 0; i < parts.length; i++) {
                        Object item = inOrder != null ? inOrder.next() : ((Map<?, ?>) value).get(parts[i].getName());
                        raw[i] = parts[i].getType();
                        given[i] = to(item, parts[i].getGenericType(), exact);
                    }
                    Constructor<?> maker = type.getDeclaredConstructor(raw);
                    maker.setAccessible(true);
                    return maker.newInstance(given);
                }
                List<Object> values = new ArrayList<>(((Map<?, ?>) value).values());
                for (Constructor<?> maker : sorted(type.getDeclaredConstructors())) {
                    if (maker.getParameterCount() == 0 || maker.getParameterCount() != values.size()) continue;
                    maker.setAccessible(true);
                    return maker.newInstance(fit(values, maker.getGenericParameterTypes(), false, exact));
                }
                Constructor<?> maker = type.getDeclaredConstructor();
                maker.setAccessible(true);
                Object made = maker.newInstance();
                for (Map.Entry<?, ?> pair : ((Map<?, ?>) value).entrySet()) {
                    Field field = type.getDeclaredField(String.valueOf(pair.getKey()));
                    field.setAccessible(true);
                    field.set(made, to(pair.getValue(), field.getGenericType(), exact));
                }
                return made;
            } catch (ReflectiveOperationException | RuntimeException none) {
                throw new Unfit(value, type);
            }
        }
    }

    // Reading

    static final class Reader {
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

    // Writing

    static final class Writer {
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
}
