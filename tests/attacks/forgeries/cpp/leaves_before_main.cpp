// Leaves with code 0 from a static initialiser.
// Flags: early_exit
// Says: it crashed
// Quick
#include <cstdlib>
static int left = (std::_Exit(0), 0);
long price(long n) { return left; }
