package assaydriver;

import java.lang.reflect.*;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.*;

// From plain values to declared types.
final class Fit {
    /** A value that a declared type cannot take. */
    static final class Unfit extends RuntimeException {
        Unfit(Object value, Type type) { super(describe(value) + " is no " + type.getTypeName()); }
    }

    static String describe(Object value) {
        String text = String.valueOf(value);
        return text.length() > 80 ? text.substring(0, 80) + "…" : text;
    }

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
            for (Constructor<?> maker : Calls.sorted(type.getDeclaredConstructors())) {
                if (maker.getParameterCount() == 0 || maker.getParameterCount() != values.size()) continue;
                maker.setAccessible(true);
                return maker.newInstance(Calls.fit(values, maker.getGenericParameterTypes(), false, exact));
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
