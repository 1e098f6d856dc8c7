package assaydriver;

import java.lang.reflect.*;
import java.util.*;

// One step: which method is meant, how it is called, what it gave, and how it failed.
final class Calls {
    /** The step could not even be tried; no error that an answer may report. */
    static final class Panic extends RuntimeException {
        Panic(String message) { super(message); }
    }

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
                } catch (Fit.Unfit unfit) {
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
                } catch (Fit.Unfit unfit) {
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
}
