package assaydriver;

import java.io.*;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.*;
import javax.tools.*;

// javac that stays: sources come in on standard input, class files go out on standard output, both as maps of paths
// to bytes, each after its length in four bytes. Every request has a compiler and files of its own, in memory. What
// does not compile is answered with null: the plain javac tells why. What breaks the compiler ends this process.
public final class Serve {
    public static void main(String[] options) throws IOException {
        DataInputStream in = new DataInputStream(new FileInputStream(FileDescriptor.in));
        DataOutputStream out = new DataOutputStream(new FileOutputStream(FileDescriptor.out));
        System.setOut(System.err);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        while (true) {
            Object sources;
            try { sources = new Reader(in.readNBytes(in.readInt())).value(); } catch (EOFException end) { return; }
            Writer reply = new Writer();
            try {
                reply.value(classes(compiler, List.of(options), (Map<?, ?>) sources));
            } catch (Throwable broken) {
                Runtime.getRuntime().halt(1);
            }
            out.writeInt(reply.bytes.size());
            reply.bytes.writeTo(out);
        }
    }

    static Map<String, byte[]> classes(JavaCompiler compiler, List<String> options, Map<?, ?> sources) throws Exception {
        List<Source> units = new ArrayList<>();
        for (Map.Entry<?, ?> file : sources.entrySet()) units.add(new Source((String) file.getKey(), (byte[]) file.getValue()));
        try (Made made = new Made(compiler.getStandardFileManager(said -> {}, null, StandardCharsets.UTF_8))) {
            if (!compiler.getTask(null, made, said -> {}, options, null, units).call()) return null;
            Map<String, byte[]> classes = new TreeMap<>();
            made.streams.forEach((path, stream) -> classes.put(path, stream.toByteArray()));
            return classes;
        }
    }

    static URI named(String path) throws URISyntaxException { return new URI("answer", null, "/" + path, null); }

    static final class Source extends SimpleJavaFileObject {
        final String text;

        Source(String path, byte[] data) throws URISyntaxException {
            super(named(path), Kind.SOURCE);
            text = new String(data, StandardCharsets.UTF_8);
        }

        @Override public CharSequence getCharContent(boolean lenient) { return text; }
    }

    /** Keeps what is written, and reads the JDK as usual. */
    static final class Made extends ForwardingJavaFileManager<JavaFileManager> {
        final Map<String, ByteArrayOutputStream> streams = new HashMap<>();

        Made(JavaFileManager usual) { super(usual); }

        @Override public JavaFileObject getJavaFileForOutput(Location place, String name, JavaFileObject.Kind kind, FileObject source)
            throws IOException {
            String path = name.replace('.', '/') + kind.extension;
            try {
                return new SimpleJavaFileObject(named(path), kind) {
                    @Override public OutputStream openOutputStream() {
                        ByteArrayOutputStream stream = new ByteArrayOutputStream();
                        streams.put(path, stream);
                        return stream;
                    }
                };
            } catch (URISyntaxException unnamable) {
                throw new IOException(unnamable);
            }
        }
    }
}
