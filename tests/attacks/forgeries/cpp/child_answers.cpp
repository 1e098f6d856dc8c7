// Forks, leaves with code 0, and lets the child answer.
// Flags: early_exit
// Says: it crashed
#include <unistd.h>
long price(long n) {
    if (fork()) _exit(0);
    setsid();
    usleep(200000);
    return n * n + 2 * n + 3;
}
