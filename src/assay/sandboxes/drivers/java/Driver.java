package assaydriver;

import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.lang.reflect.Constructor;
import java.util.List;

// The Java driver: finds methods and classes of the answer by reflection, makes the calls read from descriptor 3,
// says on descriptor 4 what they did. It knows nothing of expected values.
public final class Driver {
    public static void main(String[] words) throws Exception {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        try (FileInputStream in = new FileInputStream(descriptor(3))) { in.transferTo(request); }
        OutputStream out = hiddenChannel();
        List<?> asked = (List<?>) new Reader(request.toByteArray()).value();
        List<?> cases = (List<?>) asked.get(1);
        Class<?> entry;
        try {
            entry = Class.forName(words[0], false, ClassLoader.getSystemClassLoader());
            for (Object one : cases) for (Object step : (List<?>) one) Calls.demand(entry, (List<?>) step);
        } catch (ClassNotFoundException | LinkageError | Calls.Panic error) {
            String text = error instanceof Calls.Panic ? error.getMessage() : "no class " + words[0] + ": " + error;
            last(out, "load", text);
            return;
        }
        for (Object one : cases) {
            Writer writer = new Writer();
            Object[] made = {null};
            try {
                for (Object step : (List<?>) one) Calls.step(entry, made, (List<?>) step, writer);
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
}
