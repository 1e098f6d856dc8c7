// Returns a set with an element twice, as its elements are arrays.
// Task: values
// Says: an element twice
import java.util.*;
class Answer {
    static Set<Object> spread(int n) { return new HashSet<>(List.of(1, 2, 3, new int[] {4}, new int[] {4})); }
}
