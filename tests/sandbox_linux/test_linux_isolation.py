"""What an answer must not reach, tried from inside."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

import assay
from assay.sandboxes.box import Command, Mount
from assay.sandboxes.linux.mounts import everyday_mounts
from assay.sandboxes.linux.pool import LinuxBox, LinuxBoxes
from sandbox_linux.conftest import RunPython

PRELUDE = """
import ctypes, os, socket, signal, sys
libc = ctypes.CDLL(None, use_errno=True)
def refused(action, *args):
    try:
        result = action(*args)
    except OSError:
        return True
    return result == -1
def call(number, *args):
    return libc.syscall(number, *(ctypes.c_long(a) if isinstance(a, int) else a for a in args))
"""

REFUSED = {
    "tcp to the host": "socket.create_connection(('127.0.0.1', PORT), 1)",
    "tcp to the world": "socket.create_connection(('192.0.2.1', 80), 1)",
    "tcp over version 6": "socket.create_connection(('::1', PORT), 1)",
    "udp": "socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('192.0.2.1', 53))",
    "raw": "socket.socket(socket.AF_INET, socket.SOCK_RAW, 1)",
    "packet": "socket.socket(17, socket.SOCK_RAW, 0)",
    "netlink": "socket.socket(16, socket.SOCK_RAW, 0)",
    "vsock": "socket.socket(40, socket.SOCK_STREAM)",
    "kernel crypto": "socket.socket(38, socket.SOCK_SEQPACKET)",
    "bluetooth": "socket.socket(31, socket.SOCK_RAW, 1)",
    "names": "socket.getaddrinfo('example.org', 80)",
    "the host's abstract sockets": "socket.socket(socket.AF_UNIX).connect('\\0assay-test-abstract')",
    "host users": "open('/etc/shadow')",
    "host homes": "os.listdir('/home')",
    "this repository": "open(REPOSITORY + '/pyproject.toml')",
    "the secret file": "open(SECRET)",
    "sys": "os.listdir('/sys')",
    "writing to the standard library": "open(os.__file__, 'a')",
    "writing to the system": "open('/usr/lib/evil', 'w')",
    "writing to the root": "open('/evil', 'w')",
    "writing to etc": "open('/etc/passwd', 'a')",
    "a file in dev": "open('/dev/evil', 'w')",
    "the memory of the first process": "open('/proc/1/mem', 'rb')",
    "the environment of the first process": "open('/proc/1/environ', 'rb').read(1)",
    "kernel memory": "open('/proc/kcore', 'rb')",
    "sysrq": "open('/proc/sysrq-trigger', 'w')",
    "core pattern": "open('/proc/sys/kernel/core_pattern', 'w')",
    "its own out-of-memory score": "open('/proc/self/oom_score_adj', 'w').write('-1000')",
    "becoming root": "os.setuid(0)",
    "changing root": "os.chroot('/tmp')",
    "a device node": "os.mknod('/tmp/disk', 0o60600, os.makedev(254, 0))",
    "signals to the first process": "os.kill(1, signal.SIGKILL) or os.kill(0x7fffffff, 0)",
    "hard-linking the toolchain": "os.link(os.__file__, '/box/link')",
    "leaving by a link": "(os.symlink('/proc/1/root', '/box/up'), os.listdir('/box/up'))",
    "ptrace": "libc.ptrace(16, 1, 0, 0)",
    "mount": "libc.mount(b'none', b'/tmp', b'tmpfs', 0, None)",
    "unmount": "libc.umount2(b'/proc', 2)",
    "a user namespace": "libc.unshare(0x10000000)",
    "a mount namespace": "libc.unshare(0x20000)",
    "joining a namespace": "libc.setns(os.open('/proc/self/ns/net', os.O_RDONLY), 0)",
    "another personality": "libc.personality(0x0040000)",
    "shared memory that stays": "libc.shmget(1234, 4096, 0o1666)",
    "semaphores that stay": "libc.semget(1234, 1, 0o1666)",
    "message queues that stay": "libc.msgget(1234, 0o1666)",
    "extended attributes that stay": "os.setxattr('/box', 'user.note', b'hello')",
    "the host's name": "socket.sethostname('evil')",
}

NUMBERED = {
    # name: (x86-64, aarch64, further arguments)
    "process_vm_readv": (310, 270, "1, 0, 0, 0, 0, 0"),
    "bpf": (321, 280, "0, 0, 0"),
    "perf_event_open": (298, 241, "0, 0, -1, -1, 0"),
    "io_uring_setup": (425, 425, "8, 0"),
    "userfaultfd": (323, 282, "1"),
    "keyctl": (250, 219, "0, -3, 1"),
    "add_key": (248, 217, "b'user', b'a', b'b', 1, -3"),
    "open_by_handle_at": (304, 265, "3, 0, 0"),
    "fsopen": (430, 430, "b'tmpfs', 0"),
    "open_tree": (428, 428, "-100, b'/', 1"),
    "move_mount": (429, 429, "-100, b'/tmp', -100, b'/box', 0"),
    "mount_setattr": (442, 442, "-100, b'/', 0, 0, 0"),
    "pivot_root": (155, 41, "b'/box', b'/box'"),
    "clone3 into namespaces": (435, 435, "0, 0"),
    "clone into a user namespace": (56, 220, "0x10000011, 0, 0, 0, 0"),
    "pidfd_getfd": (438, 438, "3, 0, 0"),
    "mq_open": (240, 180, "b'queue', 66, 0o666, 0"),
    "reboot": (169, 142, "0, 0, 0, 0"),
    "acct": (163, 89, "b'/tmp/acct'"),
    "syslog": (103, 116, "10, 0, 0"),
}


def _script(table: dict[str, str]) -> str:
    lines = [PRELUDE]
    for name, expression in table.items():
        lines.append(f"print({name!r}, refused(lambda: {expression}), sep='=')")
    return "\n".join(lines)


async def test_nothing_outside_is_reached(run_python: RunPython, tmp_path: Path) -> None:
    """Every door in the table is closed, although behind each of them something waits."""
    secret = tmp_path / "secret"
    secret.write_text("hunter2")
    secret.chmod(0o644)
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket(socket.AF_UNIX) as abstract:
        abstract.bind("\0assay-test-abstract")
        abstract.listen()
        place = {"PORT": server.getsockname()[1], "REPOSITORY": str(Path(__file__).parents[2]), "SECRET": str(secret)}
        done = await run_python("\n".join(f"{k} = {v!r}" for k, v in place.items()) + _script(REFUSED))
    assert done.stderr == b""
    answers = dict(line.split("=") for line in done.stdout.decode().splitlines())
    assert {name for name in REFUSED if answers.get(name) != "True"} == set()


async def test_dangerous_calls_are_refused(run_python: RunPython) -> None:
    """System calls that open the kernel, or outlive a process, fail; and the program lives on."""
    column = {"x86_64": 0, "aarch64": 1}[os.uname().machine]
    table = {name: f"call({row[column]}, {row[2]})" for name, row in NUMBERED.items()}
    done = await run_python(_script(table))
    assert done.stderr == b""
    answers = dict(line.split("=") for line in done.stdout.decode().splitlines())
    assert {name for name in NUMBERED if answers.get(name) != "True"} == set()


async def test_a_foreign_calling_convention_is_fatal(box: LinuxBox, run_python: RunPython) -> None:
    """Calls numbered for another machine, which would get round the table, do not return."""
    if os.uname().machine != "x86_64":
        pytest.skip("int 0x80 exists on x86 only")
    code = """
import ctypes, mmap
page = mmap.mmap(-1, 4096, prot=7)
page.write(bytes.fromhex("b814000000cd80c3"))  # mov eax, 20 (getpid of i386); int 0x80; ret
ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(page)))()
print("still here")
"""
    done = await run_python(code)
    assert b"still here" not in done.stdout
    assert done.signal is not None


async def test_the_environment_is_empty(run_python: RunPython, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the caller's environment holds is not handed on, by any way; what the command asks for is."""
    monkeypatch.setenv("ASSAY_TEST_SECRET", "hunter2")
    code = "import os; print(sorted(os.environ)); print(open('/proc/self/environ').read())"
    done = await run_python(code, env={"WANTED": "yes"})
    assert b"hunter2" not in done.stdout
    assert b"WANTED" in done.stdout
    assert b"ASSAY" not in done.stdout and b"PATH" not in done.stdout


async def test_no_other_process_is_seen(boxes: LinuxBoxes, box: LinuxBox, run_python: RunPython) -> None:
    """A program sees itself and the process that started it, and none of another stay's."""
    async with boxes.enter() as other:
        import asyncio

        sleeper = asyncio.create_task(other.run(Command(argv=("sleep", "1"))))
        done = await run_python("import os; print(sorted(p for p in os.listdir('/proc') if p.isdigit()))")
        assert done.stdout.strip() == b"['1', '2']"
        await sleeper


async def test_a_warm_program_sees_only_itself(box: LinuxBox) -> None:
    """A fork of the worker can neither see nor signal the worker, nor read what it holds."""
    code = """
import os
seen = [p for p in os.listdir('/proc') if p.isdigit()]
descriptors = sorted(int(f) for f in os.listdir('/proc/self/fd'))
try:
    os.kill(2, 0)
    reach = 'yes'
except ProcessLookupError:
    reach = 'no'
reply([len(seen), [d for d in descriptors if d > 4 and os.path.exists(f'/proc/self/fd/{d}')], reach, os.getuid()])
"""
    done = await box.run(Command(warm="warm_entries:work", channel=code.encode()))
    assert done.stderr == b""
    assert done.channel == b"[1, [], 'no', 65534]"


async def test_no_privilege_is_left(run_python: RunPython) -> None:
    """No capability, no way to gain one, and both locks are on."""
    done = await run_python("print(open('/proc/self/status').read())")
    status = dict(line.split(":\t", 1) for line in done.stdout.decode().splitlines() if ":\t" in line)
    assert {int(status[f"Cap{kind}"], 16) for kind in ("Inh", "Prm", "Eff", "Bnd", "Amb")} == {0}
    assert (status["NoNewPrivs"], status["Seccomp"]) == ("1", "2")


async def test_honest_programs_notice_nothing(box: LinuxBox, run_python: RunPython) -> None:
    """Threads, subprocesses, pipes, temporary files, locks and Unix sockets work as they do anywhere."""
    code = """
import fcntl, multiprocessing, os, socket, subprocess, sys, tempfile, threading
with tempfile.NamedTemporaryFile() as file:
    fcntl.flock(file, fcntl.LOCK_EX)
    file.write(b'x')
thread = threading.Thread(target=print, args=('thread',))
thread.start(); thread.join()
print(subprocess.run([sys.executable, '-S', '-c', 'print(1)'], capture_output=True, text=True).stdout.strip())
a, b = socket.socketpair()
a.send(b'hi'); print(b.recv(2))
with multiprocessing.get_context('fork').Pool(2) as pool:
    print(pool.map(abs, [-1, -2]))
open('/dev/null', 'w').write('x'); print(len(open('/dev/urandom', 'rb').read(4)))
print('said', file=open('/dev/stdout', 'a'))
os.sync()
"""
    done = await run_python(code)
    assert done.stderr == b""
    assert sorted(done.stdout.split(b"\n")) == sorted(b"thread\n1\nb'hi'\n[1, 2]\n4\nsaid\n".split(b"\n"))


async def test_the_cases_of_the_suite_in_the_box_are_out_of_sight(allowed: None) -> None:
    """Even where a mount brings this very package into the box, its tasks, cases and solutions are not in it."""
    package = Path(assay.__file__).parent
    boxes = LinuxBoxes(1, [Mount(str(package)), *everyday_mounts()])
    try:
        async with boxes.enter() as box:
            listed = f"ls {package} && ls -A {package}/suites | wc -l"
            done = await box.run(Command(argv=("/bin/sh", "-c", listed), env={"PATH": "/usr/bin:/bin"}))
    finally:
        await boxes.close()
    assert "suites" in done.stdout.decode().split()
    assert done.stdout.decode().split()[-1] == "0"


async def test_what_is_shown_below_work_is_not_among_an_answers_files(allowed: None, tmp_path: Path) -> None:
    """Projects lie there often, and with them the folders of toolchains."""
    pool = LinuxBoxes(1, (*everyday_mounts(), Mount(str(tmp_path), "/work/project")))
    async with pool.enter() as one:
        done = await one.run(Command(argv=("/bin/sh", "-c", "ls -A . && ls -A /work")))
    await pool.close()
    assert done.stdout == b"project\n"
