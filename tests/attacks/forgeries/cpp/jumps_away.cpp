// Jumps out of the driver's frames instead of returning to them.
// Says: it crashed
#include <pthread.h>
#include <csetjmp>
#include <cstdlib>
static std::jmp_buf place;
long price(long) {
    if (setjmp(place) == 0) std::longjmp(place, 1);
    pthread_exit(nullptr);
}
