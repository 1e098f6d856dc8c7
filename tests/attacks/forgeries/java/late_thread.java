// Goes on in a thread after it has returned, and rewrites what it gave.
// Task: values
// Says:
import java.util.*;
class Answer {
    static Object spread(int n) {
        int[] numbers = {0, 0, 0};
        Thread thread = new Thread(() -> { for (int i = 0; i < 1_000_000; i++) numbers[i % 3] = i; });
        thread.setDaemon(true);
        thread.start();
        return numbers;
    }
}
