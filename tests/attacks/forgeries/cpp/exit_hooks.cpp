// Ends with code 0 from exit handlers, destructors and signal handlers.
// Flags: early_exit
// Says: it crashed
#include <csignal>
#include <cstdlib>
struct Last { ~Last() { std::_Exit(0); } } last;
__attribute__((destructor)) void leave() { std::_Exit(0); }
long price(long n) {
    std::signal(SIGSEGV, [](int) { std::_Exit(0); });
    return *reinterpret_cast<volatile long*>(n - n + 8);
}
