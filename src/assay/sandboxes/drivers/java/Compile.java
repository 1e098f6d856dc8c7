package assaydriver;

import java.io.PrintWriter;

// javac as a main class of this archive: what the Java machine has prepared of it can then be shared.
public final class Compile {
    public static void main(String[] words) {
        System.exit(com.sun.tools.javac.Main.compile(words, new PrintWriter(System.err, true)));
    }
}
