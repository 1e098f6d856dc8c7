"""Staying on after the end: survivors, time-outs ignored, ends that are not reached."""

from __future__ import annotations

from attacks.escapes.escape import BUSY, TIGHT, Escape

LEFTOVERS = {
    "a daemon": Escape(
        "forks twice into a session of its own and lives on",
        """
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        for d in range(3): os.close(d)
        time.sleep(600)
    os._exit(0)
""",
        limits=TIGHT,
    ),
    "a subreaper": Escape(
        "becomes the parent of all orphans, and dies with children",
        """
libc.prctl(36, 1, 0, 0, 0)
for _ in range(5):
    if os.fork() == 0:
        if os.fork() == 0: time.sleep(600)
        os._exit(0)
time.sleep(0.05)
os._exit(0)
""",
        limits=TIGHT,
    ),
    "zombies": Escape(
        "leaves children that nobody buries",
        "for _ in range(10):\n    if os.fork() == 0: os._exit(0)\ntime.sleep(0.05)",
        limits=TIGHT,
    ),
    "masked signals": Escape(
        "blocks and ignores every signal, and waits",
        """
for number in range(1, 65):
    try: signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError): pass
signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))
while True: time.sleep(600)
""",
        limits=TIGHT,
        limit="wall",
    ),
    "masked and busy": Escape(
        "blocks the warning that its processor time is over, and counts on",
        """
signal.signal(signal.SIGXCPU, signal.SIG_IGN); signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))
while True: pass
""",
        limits=BUSY,
        limit="cpu",
    ),
    "stopped": Escape(
        "stops itself and its children, so that no end comes",
        """
if os.fork() == 0: os.kill(os.getpid(), signal.SIGSTOP)
child = os.fork()
if child == 0:
    while True: time.sleep(1)
os.kill(child, signal.SIGSTOP)
os.kill(os.getpid(), signal.SIGSTOP)
time.sleep(600)
""",
        limits=TIGHT,
        limit="wall",
    ),
    "waiting in the kernel": Escape(
        "waits where signals do not reach: for a child that shares its memory, for a pipe, for a lock",
        """
#define _GNU_SOURCE
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
int main(void) {
  if (fork() == 0) { if (vfork() == 0) for (;;) pause(); }
  if (fork() == 0) { mkfifo("/tmp/p", 0666); open("/tmp/p", O_RDONLY); }
  if (fork() == 0) { int f = open("/tmp/l", O_CREAT | O_RDWR, 0666); lockf(f, F_LOCK, 0); if (fork() == 0) lockf(f, F_LOCK, 0); pause(); }
  if (vfork() == 0) for (;;) pause();
  return 0;
}
""",
        language="c",
        modes=("argv",),
        limits=TIGHT,
        limit="wall",
    ),
    "a chain": Escape(
        "passes itself on from child to child, always one step ahead of who kills it",
        """
end = time.time() + 30
while time.time() < end:
    try:
        if os.fork(): os._exit(0)
        os.setsid()
    except OSError: pass
""",
        limits=TIGHT,
    ),
    "a changed name": Escape(
        "hides among others by a name that breaks the reading of /proc",
        """
libc.prctl(15, b") R 1 (x\\n", 0, 0, 0)
if os.fork() == 0:
    libc.prctl(15, b"0) S (", 0, 0, 0); time.sleep(600)
while True: pass
""",
        limits=BUSY,
        limit="cpu",
    ),
    "an end of its own": Escape(
        "ends the interpreter by every way but the usual one, with the worker's words on its lips",
        """
os._exit = lambda code: None
os.write(1, b"R"); os.write(2, b"F")
sys.settrace(None); sys.setprofile(None)
import gc, ctypes
frame = sys._getframe()
while frame:
    for name, value in list(frame.f_locals.items()):
        for attribute in ("_link", "_inbox"):
            thing = getattr(value, attribute, None)
            if thing is not None and hasattr(thing, "send"):
                steal(lambda: thing.send(b"F" + bytes(60)))
                steal(lambda: thing.recv(100))
    frame = frame.f_back
for thing in gc.get_objects():
    if isinstance(thing, socket.socket): steal(lambda: thing.send(b"D\\x01"))
raise SystemExit(0)
""",
        modes=("warm",),
    ),
    "time within": Escape(
        "slows the watcher down by load, and looks whether its time is then longer",
        """
import threading
def spin():
    while True: pass
for _ in range(8): threading.Thread(target=spin, daemon=True).start()
for _ in range(4):
    if os.fork() == 0: break
while True:
    try: os.kill(-1, 0)
    except OSError: pass
""",
        limits=BUSY,
        limit="cpu",
    ),
    "questions without end": Escape(
        "asks for what is refused as fast as it can, so that who answers has no time to watch",
        "while True: libc.ptrace(16, 1, 0, 0)",
        limits=BUSY,
        limit="cpu",
        flag="ptrace",
    ),
}
