/* The process that a worker has its children made by: see `births.py`. It runs no Python, and so, while the worker
   works, hardly any memory is there twice that has to be copied. */

#define _GNU_SOURCE
#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

long assay_wish[64]; /* what the next child is to do, as the worker wrote it: read by the child, not here */
const long assay_room = sizeof assay_wish;

struct end {
    long failed; /* errno, where there was no child */
    long status, microseconds, kilobytes;
};

static long microseconds(struct timeval time) { return time.tv_sec * 1000000L + time.tv_usec; }

static pid_t born(int namespace)
{
    if (setns(namespace, CLONE_NEWPID) || unshare(CLONE_NEWPID))
        return -1;
    return fork();
}

/* Returns to the worker the other process's id, or what went wrong as a negative number; and 0 to each child. */
int assay_bear(int link, int births, int namespace)
{
    /* Descriptors are one table for both: what the worker receives, the child has. */
    long other = syscall(SYS_clone, CLONE_FILES | SIGCHLD, 0, 0, 0, 0);
    if (other)
        return other < 0 ? -errno : (int)other;
    while (read(link, assay_wish, sizeof assay_wish) > 0) {
        struct end end = {0};
        struct rusage used;
        int status = 0;
        pid_t child = born(namespace);
        if (child == 0)
            return 0;
        if (child < 0) {
            end.failed = errno;
        } else {
            if (write(births, &child, sizeof child) != sizeof child)
                break;
            while (wait4(child, &status, 0, &used) < 0)
                if (errno != EINTR)
                    _exit(1);
            end.status = status;
            end.microseconds = microseconds(used.ru_utime) + microseconds(used.ru_stime);
            end.kilobytes = used.ru_maxrss;
        }
        if (write(link, &end, sizeof end) != sizeof end)
            break;
    }
    _exit(0);
}
