package assaydriver;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.*;

// Runs the tests of a class: its methods without parameters whose names begin with "test", each on an object of its
// own unless it is static. How they ended is the exit code, as written_tests.py has it.
public final class Tests {
    static final int HELD = 0, ASSERTED = 10, BROKE = 11, NONE = 12;

    public static void main(String[] words) {
        int end;
        try {
            end = runAll(Class.forName(words[0]));
        } catch (Throwable error) {
            error.printStackTrace();
            end = BROKE;
        }
        System.out.flush();
        System.err.flush();
        Runtime.getRuntime().halt(end);
    }

    static int runAll(Class<?> type) {
        Method[] tests = Arrays.stream(type.getDeclaredMethods()).filter(Tests::isTest).toArray(Method[]::new);
        Arrays.sort(tests, Comparator.comparing(Method::getName));
        int end = tests.length == 0 ? NONE : HELD;
        for (Method test : tests) {
            int one = run(type, test);
            if (one == ASSERTED || (one == BROKE && end == HELD)) end = one;
        }
        return end;
    }

    static boolean isTest(Method method) {
        return method.getName().startsWith("test") && method.getParameterCount() == 0 && !method.isSynthetic();
    }

    static int run(Class<?> type, Method test) {
        Throwable error;
        try {
            test.setAccessible(true);
            Object on = null;
            if (!Modifier.isStatic(test.getModifiers())) {
                var constructor = type.getDeclaredConstructor();
                constructor.setAccessible(true);
                on = constructor.newInstance();
            }
            test.invoke(on);
            return HELD;
        } catch (InvocationTargetException thrown) {
            error = thrown.getCause();
        } catch (Throwable thrown) {
            error = thrown;
        }
        System.err.print(test.getName() + ": ");
        error.printStackTrace();
        return error instanceof AssertionError ? ASSERTED : BROKE;
    }
}
