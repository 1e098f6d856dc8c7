"""The system-call filter that answers run under: a deny-list, as a classic BPF program.

Honest programs must not notice it, so a denied call fails with the error that programs are written to
expect (ENOSYS where the C library falls back to an older call), and nobody is killed, except for using
another machine's calling convention, which could only be meant to get round the table. Calls that no
honest answer makes can be put before the worker, which refuses them all the same and remembers the try.
"""

from __future__ import annotations

import ctypes
import enum
import errno
import struct
from collections.abc import Callable, Iterator

from assay.sandboxes.linux import syscalls
from assay.sandboxes.linux.wire import Attempt

_LOAD, _EQUAL, _GREATER, _AT_LEAST, _ANY_BIT, _AND, _RETURN = 0x20, 0x15, 0x25, 0x35, 0x45, 0x54, 0x06
_NUMBER, _ARCH, _ARGUMENTS = 0, 4, 16
_ALLOW, _ERRNO, _NOTIFY, _KILL_PROCESS = 0x7FFF0000, 0x00050000, 0x7FC00000, 0x80000000
_X32_BIT = 0x40000000
_NEWEST_KNOWN = 469
_SET_MODE_FILTER = 1
_NEW_LISTENER = 1 << 3
_BLOCK = 10


class Network(enum.Enum):
    """What sockets may be made."""

    NONE = enum.auto()
    """The host's network is all around: none but pairs."""
    EMPTY = enum.auto()
    """In a namespace with nothing in it, where a socket can only be an attempt."""
    LOOPBACK = enum.auto()
    """In a namespace of its own, with a loopback."""


_NAMESPACE_FLAGS = (
    syscalls.CLONE_NEWNS | syscalls.CLONE_NEWCGROUP | syscalls.CLONE_NEWUTS | syscalls.CLONE_NEWIPC
    | syscalls.CLONE_NEWUSER | syscalls.CLONE_NEWPID | syscalls.CLONE_NEWNET
)  # fmt: skip

DENIED: dict[str, int] = {
    **dict.fromkeys(
        (
            # other processes
            "ptrace", "process_vm_readv", "process_vm_writev", "kcmp", "pidfd_getfd", "migrate_pages", "move_pages",
            # mounts and roots
            "mount", "umount2", "pivot_root", "chroot", "fsopen", "fsconfig", "fsmount", "fspick", "open_tree",
            "open_tree_attr", "move_mount", "mount_setattr", "listmount", "statmount", "setns",
            # doors into the kernel
            "bpf", "perf_event_open", "userfaultfd", "init_module", "finit_module", "delete_module",
            "create_module", "kexec_load", "kexec_file_load", "reboot", "swapon", "swapoff", "acct", "quotactl",
            "quotactl_fd", "lookup_dcookie", "syslog", "vhangup", "iopl", "ioperm", "modify_ldt", "nfsservctl",
            "uselib", "fanotify_init", "fanotify_mark", "lsm_set_self_attr", "name_to_handle_at",
            "open_by_handle_at", "mbind", "set_mempolicy", "set_mempolicy_home_node",
            # what outlives a process
            "keyctl", "add_key", "request_key", "shmget", "shmat", "shmctl", "shmdt", "semget", "semop", "semctl",
            "semtimedop", "msgget", "msgsnd", "msgrcv", "msgctl", "mq_open", "mq_unlink", "mq_timedsend",
            "mq_timedreceive", "mq_notify", "mq_getsetattr",
            # the machine's clock and name
            "settimeofday", "clock_settime", "clock_adjtime", "adjtimex", "sethostname", "setdomainname",
        ),
        errno.EPERM,
    ),
    **dict.fromkeys(
        # `io_setup` takes from what the whole machine may have open.
        ("clone3", "io_uring_setup", "io_uring_enter", "io_uring_register", "io_setup", "memfd_secret",
         "process_madvise"), errno.ENOSYS
    ),
    **dict.fromkeys(("setxattr", "lsetxattr", "fsetxattr", "setxattrat", "file_setattr"), errno.ENOTSUP),
    # Flushing every disk of the host is somebody else's time; there is nothing of ours to flush.
    **dict.fromkeys(("sync", "syncfs"), 0),
}  # fmt: skip

NOTICED: dict[str, Attempt] = {
    # Of the denied: those that no compiler, runtime or test framework calls on its own.
    **dict.fromkeys(("ptrace", "process_vm_readv", "process_vm_writev", "pidfd_getfd"), Attempt.PTRACE),
    **dict.fromkeys(
        ("mount", "umount2", "pivot_root", "chroot", "fsopen", "fspick", "open_tree", "move_mount", "mount_setattr"),
        Attempt.MOUNT,
    ),
    **dict.fromkeys(("setns", "unshare", "clone"), Attempt.NAMESPACE),
    **dict.fromkeys(
        ("bpf", "userfaultfd", "init_module", "finit_module", "delete_module", "kexec_load", "kexec_file_load",
         "reboot", "swapon", "swapoff", "acct", "iopl", "ioperm", "open_by_handle_at"),
        Attempt.KERNEL,
    ),
    **dict.fromkeys(("keyctl", "add_key", "request_key"), Attempt.KEYS),
    **dict.fromkeys(("settimeofday", "clock_settime", "sethostname", "setdomainname"), Attempt.CLOCK),
    "socket": Attempt.NETWORK,
    "kill": Attempt.SIGNALS,
}  # fmt: skip
REFUSALS = DENIED | {"unshare": errno.EPERM, "clone": errno.EPERM, "socket": errno.EAFNOSUPPORT}
"""What the worker answers to what it is asked about."""

UNIX, INTERNET = 1, (2, 10)
STREAM_OR_DATAGRAM, PLAIN_PROTOCOLS = (1, 2), (0, 6, 17)
_CONNECTED = (1, 5)
_TYPE_MASK = 0xF
_NO_SUCH_IOCTL = (
    0x5412, 0x541C,  # TIOCSTI and TIOCLINUX put words into a terminal's mouth
    0x40086602, 0x40046602, 0x401C5820,  # attributes of files and folders that no listing shows
)  # fmt: skip
_ON_SIGHT = (
    "chmod", "fchmod", "fchmodat", "fchmodat2", "chown", "fchown", "fchownat", "lchown", "utime", "utimes",
    "futimesat", "utimensat", "removexattr", "lremovexattr", "fremovexattr", "removexattrat",
)  # fmt: skip
"""What Landlock does not know of, and an owner may do to any file that he can name."""
_ON_OTHERS = {
    "sched_setaffinity": 0, "sched_setscheduler": 0, "sched_setparam": 0, "sched_setattr": 0, "prlimit64": 0,
    "setpriority": 1, "ioprio_set": 1,
}  # fmt: skip
"""Calls that reach every process of the same user, and which of their arguments must be 0, for oneself."""
_ALL_OF_A_USER = {"setpriority": 2, "ioprio_set": 3}
"""What the first argument of such a call must not be, since 0 then means the user."""
_NOTES = (
    "getxattr", "lgetxattr", "fgetxattr", "getxattrat", "listxattr", "llistxattr", "flistxattr", "listxattrat",
)  # fmt: skip
"""Content that can be read of files which cannot be opened: Landlock does not know of it."""
_WATCHERS = ("inotify_init", "inotify_init1")
"""A user has few, whom an answer would take them from; and without namespaces it would see what others do."""
_NO_SUCH_FCNTL = (
    1024,  # F_SETLEASE on a toolchain's file would hold up who wants to write it, on the host
    1026,  # F_NOTIFY on a toolchain's folder tells what every program of the machine does in it
    37, 38,  # F_OFD_SETLK, F_OFD_SETLKW: locks that nobody can be seen to hold, in memory that counts for nobody
)  # fmt: skip
_NO_SUCH_OPTION = {
    1: (26, 51),  # SO_ATTACH_FILTER, SO_ATTACH_REUSEPORT_CBPF: what they are compiled to has one limit for the machine
    41: (32,),  # IPV6_FLOWLABEL_MGR: such labels stay for a minute where the next answer can read them
}
"""By level: what of sockets is not to be set."""
_SCHED_CORE = 62  # PR_SCHED_CORE would keep everybody else off the sibling processor
_SET_DUMPABLE = 4  # whoever is not shows its worker nothing of itself, nor that it is there
_RLIMIT_CORE = 4
_MAP_HUGETLB, _MFD_HUGETLB = 0x40000, 4  # pages that the machine has set aside for others, and no limit counts
_FROM_THE_CACHE = {"fadvise64": (3, (4,)), "madvise": (2, (20, 21))}
"""Advice by which the kernel forgets what it has read of the toolchains' files, and every program of the machine has to
wait for the disk: POSIX_FADV_DONTNEED, MADV_COLD, MADV_PAGEOUT. It is taken and not followed."""

_Rule = list[tuple[int, int, int, int]]
_PASS = (_RETURN, 0, 0, _ALLOW)


def _deny(code: int) -> tuple[int, int, int, int]:
    return (_RETURN, 0, 0, _ERRNO | code)


def _load(argument: int, *, high: bool = False) -> tuple[int, int, int, int]:
    return (_LOAD, 0, 0, _ARGUMENTS + 8 * argument + 4 * high)


def _unless_one_of(argument: int, allowed: tuple[int, ...], refusal: tuple[int, int, int, int]) -> _Rule:
    checks = [(_EQUAL, len(allowed) - i, 0, value) for i, value in enumerate(allowed)]
    return [_load(argument), *checks, refusal, _PASS]


def _if_one_of(argument: int, denied: tuple[int, ...], refusal: tuple[int, int, int, int]) -> _Rule:
    checks = [(_EQUAL, len(denied) - i, 0, value) for i, value in enumerate(denied)]
    return [_load(argument), *checks, _PASS, refusal]


def _if_any_bit(argument: int, bits: int, refusal: tuple[int, int, int, int]) -> _Rule:
    return [_load(argument), (_ANY_BIT, 1, 0, bits), _PASS, refusal]


def _plain_internet(refusal: tuple[int, int, int, int]) -> _Rule:
    """TCP and UDP, and no protocol for which the kernel would go and load a module."""
    rule = [
        *((_EQUAL, 2 - i, 0, family) for i, family in enumerate(INTERNET)), refusal,
        _load(1), (_AND, 0, 0, _TYPE_MASK), *((_EQUAL, 2 - i, 0, kind) for i, kind in enumerate(STREAM_OR_DATAGRAM)),
        refusal, *_unless_one_of(2, PLAIN_PROTOCOLS, _deny(errno.EPROTONOSUPPORT)),
    ]  # fmt: skip
    return [_load(0), (_EQUAL, len(rule) - 1, 0, UNIX), *rule]


def _socket(network: Network, *, notice: bool) -> _Rule:
    refusal = (_RETURN, 0, 0, _NOTIFY) if notice else _deny(errno.EAFNOSUPPORT)
    if network is Network.NONE:
        # A named socket of the host's, a container engine's say, is reached through a path, which no lock here sees.
        return [_load(0), (_EQUAL, 1, 0, UNIX), refusal, _deny(errno.EACCES)]
    if network is Network.EMPTY and notice:
        return _unless_one_of(0, (UNIX,), refusal)
    return _plain_internet(refusal)


def _pairs(network: Network) -> _Rule:
    """Among the host's sockets no datagrams: who holds one of such a pair can send to any name all the same."""
    rule = _unless_one_of(0, (UNIX,), _deny(errno.EAFNOSUPPORT))
    if network is not Network.NONE:
        return rule
    kinds = [(_EQUAL, len(_CONNECTED) - i, 0, kind) for i, kind in enumerate(_CONNECTED)]
    return [_load(1), (_AND, 0, 0, _TYPE_MASK), *kinds, _deny(errno.EPROTONOSUPPORT), *rule]


def _options() -> _Rule:
    rule: _Rule = []
    for level, options in _NO_SUCH_OPTION.items():
        denied = _if_one_of(2, options, _deny(errno.ENOPROTOOPT))
        rule += [_load(1), (_EQUAL, 0, len(denied), level), *denied]
    return [*rule, _PASS]


def _on_oneself(name: str) -> _Rule:
    """Goes on with the next rule, if there is one, where the call is about the caller."""
    rule = [_load(_ON_OTHERS[name]), (_EQUAL, 1, 0, 0), _deny(errno.EPERM)]
    if name in _ALL_OF_A_USER:
        rule += [_load(0), (_EQUAL, 0, 1, _ALL_OF_A_USER[name]), _deny(errno.EPERM)]
    return rule


def _core_limit() -> _Rule:
    """The limit of one byte on core dumps stays: with any other, with none even, the kernel would start the
    host's crash handler. Lowering it is what careful programs do, and is told to have worked."""
    return [
        _load(1), (_EQUAL, 1, 0, _RLIMIT_CORE), _PASS,
        _load(2), (_EQUAL, 0, 2, 0), _load(2, high=True), (_EQUAL, 4, 0, 0),
        _load(3), (_EQUAL, 0, 1, 0), _deny(0), _deny(errno.EPERM), _PASS,
    ]  # fmt: skip


def _rules(network: Network, *, notice: bool) -> Iterator[tuple[str, _Rule]]:
    notify = (_RETURN, 0, 0, _NOTIFY)
    for name, code in DENIED.items():
        yield name, [notify if notice and name in NOTICED else _deny(code)]
    out = notify if notice else _deny(errno.EPERM)
    yield "clone", _if_any_bit(0, _NAMESPACE_FLAGS, out)
    yield "unshare", _if_any_bit(0, _NAMESPACE_FLAGS | syscalls.CLONE_NEWTIME, out)
    yield "socket", _socket(network, notice=notice)
    yield "socketpair", _pairs(network)
    yield "setsockopt", _options()
    yield "personality", _unless_one_of(0, (0, 0xFFFFFFFF), _deny(errno.EPERM))
    yield "ioctl", _if_one_of(1, _NO_SUCH_IOCTL, _deny(errno.ENOTTY))
    yield "fcntl", _if_one_of(1, _NO_SUCH_FCNTL, _deny(errno.EINVAL))
    yield "prctl", [
        _load(0), (_EQUAL, 0, 1, _SCHED_CORE), _deny(errno.EINVAL), (_EQUAL, 0, 1, _SET_DUMPABLE), _deny(0), _PASS,
    ]  # fmt: skip
    yield "mmap", _if_any_bit(3, _MAP_HUGETLB, _deny(errno.ENOMEM))
    for name, (argument, advice) in _FROM_THE_CACHE.items():
        yield name, _if_one_of(argument, advice, _deny(0))
    yield "setrlimit", _if_one_of(0, (_RLIMIT_CORE,), _deny(0))
    yield "prlimit64", _core_limit()
    if notice:  # to everybody: who can be reached is only one's own, but it says what was meant
        yield "kill", _if_one_of(0, (0xFFFFFFFF,), notify)


def program(*, cgroup: bool, notice: bool, network: Network, owner: bool = False) -> bytes:
    """The filter for this machine; without a `cgroup`, memory that no process shows as its own is refused;
    with `notice`, the worker has to answer for the calls in `NOTICED`; with `owner`, the program's user owns
    files of the host, which it must not change the rights of.

    In blocks of ten numbers, because the kernel walks it once for every system call when it is installed,
    and it is installed for every answer."""
    lines: _Rule = [
        (_LOAD, 0, 0, _ARCH),
        (_EQUAL, 1, 0, syscalls.AUDIT_ARCH[syscalls.machine()]),
        (_RETURN, 0, 0, _KILL_PROCESS),
        (_LOAD, 0, 0, _NUMBER),
    ]
    if syscalls.machine() == "x86_64":
        lines += [(_AT_LEAST, 0, 1, _X32_BIT), _deny(errno.ENOSYS)]
    # What was added to the kernel after this table was written is as good as not there.
    lines += [(_GREATER, 0, 1, _NEWEST_KNOWN), _deny(errno.ENOSYS)]
    named = list(_rules(network, notice=notice))
    in_memory = _if_any_bit(1, _MFD_HUGETLB, _deny(errno.ENOMEM)) if cgroup else [_deny(errno.ENOSYS)]
    named.append(("memfd_create", in_memory))
    if network is not Network.LOOPBACK:
        named += [(name, [_deny(errno.EMFILE)]) for name in _WATCHERS]
    if network is Network.NONE:  # nor is there a PID namespace
        named += [(name, [_deny(errno.ENOTSUP)]) for name in _NOTES]
        named = [(name, _on_oneself(name) + rule if name in _ON_OTHERS else rule) for name, rule in named]
        missing = _ON_OTHERS.keys() - {name for name, _ in named}
        named += [(name, [*_on_oneself(name), _PASS]) for name in missing]
    if owner:
        named += [(name, [_deny(errno.EPERM)]) for name in _ON_SIGHT]
    rules = sorted((syscalls.number(name), rule) for name, rule in named if syscalls.number(name) >= 0)
    for start in range(0, len(rules), _BLOCK):
        block = rules[start : start + _BLOCK]
        body: _Rule = []
        for number, rule in block:
            body += [(_EQUAL, 0, len(rule), number), *rule]
        body.append((_RETURN, 0, 0, _ALLOW))
        lines += [(_GREATER, len(body), 0, block[-1][0]), *body]
    lines.append((_RETURN, 0, 0, _ALLOW))
    return b"".join(struct.pack("=HBBI", *line) for line in lines)


def installer(code: bytes, *, listen: bool = False) -> Callable[[], int]:
    """Laid out beforehand, what puts the calling process and all that it will start under the filter, for good.
    With `listen`, it returns the descriptor at which somebody has to answer; where somebody further out listens
    already, the kernel says EBUSY."""
    buffer = ctypes.create_string_buffer(code, len(code))
    header = struct.pack("=H6xQ", len(code) // 8, ctypes.addressof(buffer))
    return syscalls.laid_out("seccomp", _SET_MODE_FILTER, _NEW_LISTENER if listen else 0, header, kept=buffer)


def install(code: bytes) -> None:
    """At once, and without a listener."""
    installer(code)()
