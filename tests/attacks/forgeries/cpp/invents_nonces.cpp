// Writes results under nonces of its own to every descriptor that it holds.
// Flags: wrote_channel
// Says: it crashed
#include <sys/stat.h>
#include <unistd.h>
long price(long) {
    for (int descriptor = 3; descriptor < 100; descriptor++) {
        struct stat found;
        if (fstat(descriptor, &found) == 0 && S_ISFIFO(found.st_mode)) {
            (void)!write(descriptor, "l4\ns16\n0123456789abcdefs1\nri11\nl0\n", 36);
        }
    }
    return 0;
}
