"""Taking all there is: memory, processes, disk, names, output, time."""

from __future__ import annotations

from assay.core.task import Limits
from attacks.escapes.escape import TIGHT, Escape

_ROOMY = Limits(cpu=2.0, wall=4.0, memory=128, processes=32, disk=16, output=64)

FLOODS = {
    "memory": Escape(
        "more memory than there is, touched",
        "hoard = []\nwhile True: hoard.append(bytearray(b'x') * (4 << 20))",
        limits=TIGHT,
        limit="memory",
    ),
    "memory in many": Escape(
        "the same, a little in each of many processes",
        """
for _ in range(12):
    if os.fork() == 0:
        keep = bytearray(b"x") * (24 << 20); time.sleep(5); os._exit(0)
time.sleep(5)
""",
        limits=TIGHT,
        limit="memory",
    ),
    "memory behind an end": Escape(
        "the same in a process whose first thread has ended, and which seems to have no memory",
        """
import threading
def take():
    hoard = []
    for _ in range(30): hoard.append(bytearray(b"x") * (20 << 20)); time.sleep(0.03)
    got("600 MiB")
    os._exit(0)
threading.Thread(target=take).start()
call("exit")
""",
        limits=TIGHT,
        limit="memory",
    ),
    "memory of the unseen": Escape(
        "the same in a process that has itself hidden from everybody but root",
        """
libc.prctl(4, 0, 0, 0, 0)
hoard = []
for _ in range(30): hoard.append(bytearray(b"x") * (20 << 20)); time.sleep(0.03)
got("600 MiB")
""",
        limits=TIGHT,
        limit="memory",
    ),
    "memory of nobody": Escape(
        "shared memory that no process has in its page tables any more",
        """
import mmap
hoard = []
for _ in range(64):
    m = mmap.mmap(-1, 8 << 20); hoard.append(m)
    if os.fork() == 0:
        for at in range(0, 8 << 20, 4096): m[at] = 1
        os._exit(0)
    os.wait()
time.sleep(1)
got("512 MiB")
""",
        limits=TIGHT,
        limit="memory",
    ),
    "memory of nobody in many": Escape(
        "the same, a little of it in each of many processes",
        """
import mmap
hoard = []
for _ in range(10):
    if os.fork() == 0:
        for _ in range(15):
            m = mmap.mmap(-1, 4 << 20); hoard.append(m)
            for at in range(0, 4 << 20, 4096): m[at] = 1
            m.madvise(mmap.MADV_DONTNEED)
        time.sleep(3); os._exit(0)
    time.sleep(0.1)
time.sleep(0.5)
if os.waitpid(-1, os.WNOHANG) == (0, 0): got("600 MiB")  # nobody was killed for it
""",
        limits=_ROOMY,
        limit="memory",
    ),
    "memory dropped and kept": Escape(
        "shared memory that it tells the kernel not to count for it",
        """
import mmap
hoard = []
for _ in range(64):
    m = mmap.mmap(-1, 8 << 20); hoard.append(m)
    for at in range(0, 8 << 20, 4096): m[at] = 1
    m.madvise(mmap.MADV_DONTNEED)
time.sleep(1)
got("512 MiB")
""",
        limits=TIGHT,
        limit="memory",
    ),
    "page tables": Escape(
        "tables for pages that are all the same zero",
        """
import mmap
hoard = []
for _ in range(64):
    m = mmap.mmap(-1, 8 << 30, flags=mmap.MAP_PRIVATE | 0x4000, prot=mmap.PROT_READ); hoard.append(m)
    for at in range(0, 8 << 30, 2 << 20): m[at]
time.sleep(1)
got("1 GiB of tables")
""",
        limits=TIGHT,
        limit="memory",
    ),
    "memory files": Escape(
        "files without a name in memory, as many as may be open",
        """
hoard = []
def fill():
    for _ in range(64):
        f = os.memfd_create("x"); hoard.append(f)
        for _ in range(8): os.write(f, bytes(1 << 20))
    time.sleep(1)
    return "512 MiB"
steal(fill)
""",
        limits=TIGHT,
    ),
    "large pages": Escape(
        "the large pages that the machine has set aside for others, which count for no limit",
        """
libc.mmap.restype = ctypes.c_void_p
def mapped(size):
    return libc.mmap(None, ctypes.c_size_t(4 << 20), 3, 0x22 | 0x40000 | size << 26, -1, ctypes.c_long(0)) != 2**64 - 1
for size in (0, 21, 30): steal(mapped, size); steal(lambda: os.memfd_create("large", 4 | size << 26))
""",
        limits=TIGHT,
    ),
    "locked memory": Escape(
        "memory that may not be swapped out, beyond its share",
        """
import mmap
m = mmap.mmap(-1, 64 << 20, flags=mmap.MAP_PRIVATE)
address = ctypes.addressof(ctypes.c_char.from_buffer(m))
if libc.mlock(ctypes.c_void_p(address), ctypes.c_size_t(64 << 20)) == 0: got("64 MiB")
if libc.mlockall(3) == 0: got("all")
""",
        limits=TIGHT,
    ),
    "sockets": Escape(
        "sockets full of words that nobody reads",
        """
hoard = []
for _ in range(40):
    if os.fork() == 0:
        while True:
            try: a, b = socket.socketpair()
            except OSError: break
            hoard += [a, b]; a.setblocking(False)
            a.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 20)
            try:
                while True: a.send(bytes(1 << 15))
            except OSError: pass
        time.sleep(5); os._exit(0)
time.sleep(5)
got("sockets")
""",
        limits=_ROOMY,
        limit="memory",
    ),
    "pipes": Escape(
        "pipes made as large as they go, and filled",
        """
import fcntl
hoard = []
while True:
    try: r, w = os.pipe()
    except OSError: break
    hoard.append((r, w)); os.set_blocking(w, False)
    try: fcntl.fcntl(w, 1031, 1 << 20)
    except OSError: pass
    try:
        while True: os.write(w, bytes(1 << 16))
    except OSError: pass
time.sleep(0.2)
""",
        limits=TIGHT,
    ),
    "processes": Escape(
        "a fork bomb",
        """
while True:
    try: os.fork()
    except OSError: pass
""",
        limits=Limits(cpu=0.6, wall=1.5, memory=256, processes=16, disk=8),
        flag="fork_limit",
    ),
    "threads": Escape(
        "a thread bomb",
        """
import threading
threading.stack_size(65536)
for _ in range(500):
    try: threading.Thread(target=time.sleep, args=(3,), daemon=True).start()
    except RuntimeError: got_all = True; break
else: got("500 threads")
os._exit(0)
""",
        limits=TIGHT,
        flag="fork_limit",
    ),
    "short lives": Escape(
        "children that are gone before anybody looks, and that nobody waits for",
        """
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
while True:
    try:
        if os.fork() == 0:
            end = time.perf_counter() + 0.004
            while time.perf_counter() < end: pass
            os._exit(0)
    except OSError: pass
""",
        limits=TIGHT,
    ),
    "disk": Escape(
        "all of the disk, in each place that can be written",
        """
for place in ("/box/f", "/tmp/f", "/dev/shm/f"):
    try:
        with open(place, "wb", 0) as f:
            for _ in range(64): f.write(bytes(1 << 20))
        got(place)
    except OSError: pass
sys.exit(1)
""",
        limits=TIGHT,
        limit="disk",
    ),
    "names": Escape(
        "more files than there are numbers for",
        """
try:
    for n in range(100000): open(f"/tmp/{n}", "w").close()
    got("100000 files")
except OSError: sys.exit(1)
""",
        limits=Limits(cpu=6.0, wall=8.0, memory=256, disk=64),
        limit="disk",
    ),
    "holes": Escape(
        "files that are all hole, larger than any disk",
        """
for size in (1 << 40, 1 << 50, (1 << 63) - 1):
    steal(lambda: os.ftruncate(os.open("/box/h", os.O_CREAT | os.O_RDWR), size) is None)
    steal(lambda: os.posix_fallocate(os.open("/box/h", os.O_CREAT | os.O_RDWR), 0, size) is None)
""",
        limits=TIGHT,
    ),
    "shared memory": Escape(
        "POSIX shared memory without end",
        """
import mmap
f = os.open("/dev/shm/x", os.O_CREAT | os.O_RDWR)
try: os.ftruncate(f, 64 << 20)
except OSError: pass
def fill():
    with open("/dev/shm/x", "r+b", 0) as g:
        for _ in range(64): g.write(bytes(1 << 20))
    return "64 MiB"
steal(fill)
""",
        limits=TIGHT,
    ),
    "output": Escape(
        "words without end on both outputs",
        "while True: os.write(1, b'x' * 65536); os.write(2, b'y' * 65536)",
        limits=TIGHT,
        limit="output",
        flag="output",
    ),
    "descriptors": Escape(
        "opens all that can be opened, watches, timers, polls, rules and locks too",
        """
import select, fcntl
hoard = []
for make in (lambda: os.open("/dev/null", 0), os.pipe, select.epoll, lambda: call("inotify_init1", 0), lambda: call("eventfd2", 0, 0),
             lambda: call("landlock_create_ruleset", struct.pack("Q", 1), 8, 0)):
    try:
        for _ in range(5000): hoard.append(make())
        got("5000 descriptors")
    except (OSError, KeyError): pass
""",
        limits=TIGHT,
    ),
    "locks": Escape(
        "a lock on each byte of a file, whose memory counts for nobody",
        """
import fcntl
for command in (fcntl.F_OFD_SETLK, fcntl.F_SETLK):
    try:
        for name in range(600):
            f = os.open(f"/tmp/{name}", os.O_RDWR | os.O_CREAT)
            for at in range(1000):
                fcntl.fcntl(f, command, struct.pack("hhqqi4x", fcntl.F_WRLCK, 0, 2 * at, 1, 0))
        got("600,000 locks")
    except OSError: pass
""",
        limits=Limits(cpu=8.0, wall=12.0, memory=96, processes=16, disk=8),
        limit="memory",
    ),
    "signals without end": Escape(
        "queues signals to itself until the kernel has no room",
        """
signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))
for _ in range(200000):
    if libc.sigqueue(os.getpid(), 40, 0) < 0: break
""",
        limits=TIGHT,
    ),
}
