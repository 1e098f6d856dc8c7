// Leaves with code 0 from inside the call, after printing what GoogleTest prints.
// Flags: early_exit
// Says: it crashed
#include <cstdio>
#include <cstdlib>
long price(long) {
    std::puts("[==========] 4 tests ran.\n[  PASSED  ] 4 tests.");
    std::quick_exit(0);
}
