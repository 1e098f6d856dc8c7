package assaydriver;

import java.io.*;
import java.nio.charset.StandardCharsets;
import java.nio.file.*;
import java.util.*;
import java.util.stream.*;

// javac for several programs, one after the other in one process: "<sources> <classes>" for each, behind its options
// and "--". What does not compile leaves javac's words in a file "said" among its classes.
public final class CompileEach {
    public static void main(String[] words) throws IOException {
        int options = Arrays.asList(words).indexOf("--");
        for (int at = options + 1; at < words.length; at += 2) {
            Path classes = Files.createDirectories(Path.of(words[at + 1]));
            List<String> all = new ArrayList<>(Arrays.asList(words).subList(0, options));
            all.addAll(List.of("-d", classes.toString(), "-cp", classes.toString()));
            try (Stream<Path> files = Files.walk(Path.of(words[at]))) {
                files.map(Path::toString).filter(path -> path.endsWith(".java")).sorted().forEach(all::add);
            }
            StringWriter said = new StringWriter();
            if (com.sun.tools.javac.Main.compile(all.toArray(new String[0]), new PrintWriter(said)) != 0)
                Files.writeString(classes.resolve("said"), said.toString(), StandardCharsets.UTF_8);
        }
    }
}
