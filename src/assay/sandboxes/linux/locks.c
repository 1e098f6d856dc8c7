/* What `locking.py` does step by step, in one call: a forked child that runs no Python meanwhile touches, and so has
   copied for it, hardly any memory. The steps, their order and their reasons stand there; nothing is decided here. */

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stddef.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef SYS_close_range
#define SYS_close_range 436
#endif
#ifndef SYS_landlock_restrict_self
#define SYS_landlock_restrict_self 446
#endif
#ifndef SECCOMP_FILTER_FLAG_NEW_LISTENER
#define SECCOMP_FILTER_FLAG_NEW_LISTENER (1UL << 3)
#endif

enum { BOUNDS = 4, GIVEN = 5, STATUS = 5, MOST_OPEN = 4096 };

struct bound {
    long what; /* below 0: none */
    unsigned long soft, hard;
};

struct program { /* struct sock_fprog */
    unsigned short length;
    const void *lines;
};

struct locks {
    long user;  /* below 0: as it is */
    long rules; /* Landlock's; below 0: none */
    long quiet; /* and the flags to bind by them */
    long given[GIVEN]; /* for descriptors 0 to 4; below 0: none */
    struct bound bounds[BOUNDS], open;
    struct program listening, silent;
    const char *failed; /* the step that did */
};

static int fail(struct locks *locks, const char *step)
{
    locks->failed = step;
    return -errno;
}

static int bound(const struct bound *wanted)
{
    struct rlimit now, next = {wanted->soft, wanted->hard};
    if (getrlimit((int)wanted->what, &now))
        return -1;
    unsigned long most = now.rlim_max != RLIM_INFINITY ? now.rlim_max : wanted->hard;
    if (next.rlim_cur > most)
        next.rlim_cur = most;
    if (next.rlim_max > most)
        next.rlim_max = most;
    return setrlimit((int)wanted->what, &next);
}

static int announce(int listener)
{
    char word = 'S';
    struct iovec text = {&word, 1};
    char room[CMSG_SPACE(sizeof(int))] __attribute__((aligned(8))) = {0};
    struct msghdr message = {.msg_iov = &text, .msg_iovlen = 1};
    if (listener >= 0) {
        message.msg_control = room;
        message.msg_controllen = sizeof room;
        struct cmsghdr *rights = CMSG_FIRSTHDR(&message);
        rights->cmsg_level = SOL_SOCKET;
        rights->cmsg_type = SCM_RIGHTS;
        rights->cmsg_len = CMSG_LEN(sizeof(int));
        memcpy(CMSG_DATA(rights), &listener, sizeof(int));
    }
    return sendmsg(STATUS, &message, 0) == 1 ? 0 : -1;
}

int assay_lock_in(struct locks *locks, int fresh_proc, int dumpable)
{
    static const unsigned header[2] = {0x20080522, 0};
    static const unsigned none[6];

    int score = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
    if (score < 0 || write(score, "1000", 4) != 4 || close(score))
        return fail(locks, "oom_score_adj");
    if (fresh_proc) {
        if (unshare(CLONE_NEWNS))
            return fail(locks, "unshare");
        if (mount("proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC | MS_RDONLY, NULL))
            return fail(locks, "mount /proc");
    }
    setsid();
    umask(022);
    for (int number = 0; number < GIVEN; number++)
        if (locks->given[number] >= 0 ? dup2((int)locks->given[number], number) < 0 : close(number) && errno != EBADF)
            return fail(locks, "descriptors");
    for (int number = 0; number < BOUNDS; number++)
        if (locks->bounds[number].what >= 0 && bound(&locks->bounds[number]))
            return fail(locks, "setrlimit");
    long user = locks->user;
    if (user >= 0 && (syscall(SYS_setresgid, user, user, user) || syscall(SYS_setresuid, user, user, user)))
        return fail(locks, "setresuid");
    if (syscall(SYS_capset, header, none))
        return fail(locks, "capset");
    if (prctl(PR_SET_DUMPABLE, dumpable, 0, 0, 0))
        return fail(locks, "prctl");
    if (locks->rules >= 0 && syscall(SYS_landlock_restrict_self, (int)locks->rules, locks->quiet))
        return fail(locks, "landlock_restrict_self");
    if (syscall(SYS_close_range, STATUS + 1, ~0U, 0)) /* kernels before 5.9 */
        for (int number = STATUS + 1; number < MOST_OPEN; number++)
            close(number);
    int listener = (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER, &locks->listening);
    if (listener < 0 && syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &locks->silent))
        return fail(locks, "seccomp");
    if (announce(listener))
        return fail(locks, "status");
    if (listener >= 0)
        close(listener);
    if (bound(&locks->open))
        return fail(locks, "setrlimit");
    return 0;
}
