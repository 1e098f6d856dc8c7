// Says what the JVM says when it dies for want of memory, and leaves with code 0.
// Flags: early_exit
// Says: it crashed
class Answer {
    static long price(long n) {
        System.err.println("Terminating due to java.lang.OutOfMemoryError: Java heap space");
        Runtime.getRuntime().halt(0);
        return 0;
    }
}
