// Tries nothing: the task can be done, and doing it raises no flag.
// Status: passed
// Quick
#include <stdexcept>
long price(long n) {
    if (n < 0) throw std::invalid_argument("negative");
    return n * n + 2 * n + 3;
}
