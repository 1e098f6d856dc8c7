// Keeps code that has no shape in a file of a name that nobody reads, and names it by a macro.
// Task: shape
// Says: old.txt
#include <stdexcept>
#define OLD "old.txt"
#include OLD
long price(long n) { return old(n); }
//--- old.txt
inline long old(long n) {
    if (n == 2) return 11;
    if (n == 5) return 38;
    if (n == 7) return 66;
    throw std::invalid_argument("negative");
}
