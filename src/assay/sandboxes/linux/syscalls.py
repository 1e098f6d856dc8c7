"""System calls that Python has no name for, by number, on x86-64 and 64-bit Arm.

It knows numbers, flags and how the kernel wants its arguments; it decides nothing. Only the standard
library is imported: the workers, which see no other package, run this too.
"""

from __future__ import annotations

import ctypes
import functools
import os
import platform
import struct
from collections.abc import Callable, Sequence

NUMBERS: dict[str, tuple[int, int]] = {
    # name: (x86-64, aarch64); -1 where that machine has no such call
    "acct": (163, 89), "add_key": (248, 217), "adjtimex": (159, 171), "bpf": (321, 280),
    "capset": (126, 91), "chmod": (90, -1), "chown": (92, -1), "fchmod": (91, 52), "fchmodat": (268, 53),
    "fchmodat2": (452, 452), "fchown": (93, 55), "fchownat": (260, 54), "futimesat": (261, -1), "lchown": (94, -1),
    "utime": (132, -1), "utimensat": (280, 88), "utimes": (235, -1),
    "chroot": (161, 51), "clock_adjtime": (305, 266), "clock_settime": (227, 112),
    "clone": (56, 220), "clone3": (435, 435), "create_module": (174, -1), "delete_module": (176, 106),
    "fanotify_init": (300, 262), "fcntl": (72, 25), "kill": (62, 129), "prctl": (157, 167),
    "prlimit64": (302, 261), "setrlimit": (160, 164), "fanotify_mark": (301, 263), "finit_module": (313, 273),
    "file_setattr": (469, 469), "fsconfig": (431, 431), "fsetxattr": (190, 7), "fsmount": (432, 432),
    "fsopen": (430, 430), "fspick": (433, 433), "init_module": (175, 105), "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427), "io_uring_setup": (425, 425), "ioctl": (16, 29), "ioperm": (173, -1),
    "iopl": (172, -1), "kcmp": (312, 272), "kexec_file_load": (320, 294), "kexec_load": (246, 104),
    "keyctl": (250, 219), "landlock_add_rule": (445, 445), "landlock_create_ruleset": (444, 444),
    "landlock_restrict_self": (446, 446), "listmount": (458, 458), "lookup_dcookie": (212, 18),
    "lremovexattr": (198, 15), "removexattr": (197, 14), "fremovexattr": (199, 16), "removexattrat": (466, 466),
    "getxattr": (191, 8), "lgetxattr": (192, 9), "fgetxattr": (193, 10), "getxattrat": (464, 464),
    "listxattr": (194, 11), "llistxattr": (195, 12), "flistxattr": (196, 13), "listxattrat": (465, 465),
    "inotify_init": (253, -1), "inotify_init1": (294, 26), "io_setup": (206, 0),
    "setpriority": (141, 140), "sched_setaffinity": (203, 122), "sched_setscheduler": (144, 119),
    "sched_setparam": (142, 118), "sched_setattr": (314, 274), "ioprio_set": (251, 30),
    "lsetxattr": (189, 6), "lsm_set_self_attr": (460, 460), "mbind": (237, 235),
    "fadvise64": (221, 223), "madvise": (28, 233), "mmap": (9, 222), "process_madvise": (440, 440),
    "memfd_create": (319, 279),
    "memfd_secret": (447, 447), "migrate_pages": (256, 238), "modify_ldt": (154, -1), "mount": (165, 40),
    "mount_setattr": (442, 442), "move_mount": (429, 429), "move_pages": (279, 239),
    "mq_getsetattr": (245, 185), "mq_notify": (244, 184), "mq_open": (240, 180),
    "mq_timedreceive": (243, 183), "mq_timedsend": (242, 182), "mq_unlink": (241, 181),
    "msgctl": (71, 187), "msgget": (68, 186), "msgrcv": (70, 188), "msgsnd": (69, 189),
    "name_to_handle_at": (303, 264), "nfsservctl": (180, 42), "open_by_handle_at": (304, 265),
    "open_tree": (428, 428), "open_tree_attr": (467, 467), "openat2": (437, 437),
    "perf_event_open": (298, 241), "personality": (135, 92), "pidfd_getfd": (438, 438),
    "pivot_root": (155, 41), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271),
    "ptrace": (101, 117), "quotactl": (179, 60), "quotactl_fd": (443, 443), "reboot": (169, 142),
    "request_key": (249, 218), "seccomp": (317, 277), "semctl": (66, 191), "semget": (64, 190),
    "semop": (65, 193), "semtimedop": (220, 192), "set_mempolicy": (238, 237),
    "set_mempolicy_home_node": (450, 450), "setdomainname": (171, 162), "sethostname": (170, 161),
    "setns": (308, 268), "setsockopt": (54, 208), "settimeofday": (164, 170), "setxattr": (188, 5),
    "setxattrat": (463, 463),
    "shmat": (30, 196), "shmctl": (31, 195), "shmdt": (67, 197), "shmget": (29, 194), "socket": (41, 198),
    "socketpair": (53, 199), "statmount": (457, 457), "swapoff": (168, 225), "swapon": (167, 224),
    "sync": (162, 81), "syncfs": (306, 267), "syslog": (103, 116), "umount2": (166, 39),
    "unshare": (272, 97), "uselib": (134, -1), "userfaultfd": (323, 282), "vhangup": (153, 58),
}  # fmt: skip

MACHINES = {"x86_64": 0, "aarch64": 1}
AUDIT_ARCH = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}

CLONE_NEWTIME = 0x80
CLONE_NEWNS = 0x20000
CLONE_NEWCGROUP = 0x2000000
CLONE_NEWUTS = 0x4000000
CLONE_NEWIPC = 0x8000000
CLONE_NEWUSER = 0x10000000
CLONE_NEWPID = 0x20000000
CLONE_NEWNET = 0x40000000

MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_REMOUNT = 1, 2, 4, 8, 32
MS_BIND, MS_REC, MS_PRIVATE = 0x1000, 0x4000, 0x40000
MNT_DETACH = 2
ATTR_RDONLY, ATTR_NOSUID, ATTR_NODEV, ATTR_NOEXEC = 1, 2, 4, 8

PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_CAPBSET_DROP, PR_SET_CHILD_SUBREAPER = 1, 4, 24, 36
PR_SET_NO_NEW_PRIVS, PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL = 38, 47, 4

RESOLVE_NO_MAGICLINKS, RESOLVE_NO_SYMLINKS, RESOLVE_BENEATH = 2, 4, 8

_AT_FDCWD = -100
_AT_RECURSIVE = 0x8000
_CAPABILITY_VERSION_3 = 0x20080522


def machine() -> str:
    """The machine's name as the tables here spell it."""
    name = platform.machine()
    return {"amd64": "x86_64", "arm64": "aarch64"}.get(name, name)


@functools.cache
def number(name: str) -> int:
    """The number of a system call here, or -1 when this machine has none."""
    return NUMBERS[name][MACHINES[machine()]]


@functools.cache
def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _checked(result: int, what: str) -> int:
    if result < 0:
        code = ctypes.get_errno()
        raise OSError(code, f"{what}: {os.strerror(code)}")
    return result


def _text(value: str | None) -> bytes | None:
    return None if value is None else os.fsencode(value)


def call(name: str, *args: int | bytes | None) -> int:
    """A system call by its number; integers are passed as longs."""
    words = [ctypes.c_long(a) if isinstance(a, int) else a for a in args]
    return _checked(_libc().syscall(ctypes.c_long(number(name)), *words), name)


def laid_out(name: str, *args: int | bytes | None, kept: object = None) -> Callable[[], int]:
    """The same call, its arguments laid out beforehand, to be made by a forked child: each page of memory that a
    child is the first to touch is copied for it, and that costs more than the call. What an argument only holds
    the address of is `kept`."""
    words = [ctypes.c_long(number(name)), *(ctypes.c_long(a) if isinstance(a, int) else a for a in args)]
    return functools.partial(_made, _libc().syscall, words, name, kept)


def _made(function: Callable[..., int], words: Sequence[object], what: str, _kept: object) -> int:
    result = function(*words)
    return result if result >= 0 else _checked(result, what)


def fork() -> int:
    """The C library's own, for a process of one thread. `os.fork` would run what modules have registered to be
    told of it, which is most of what a child costs, and all of which is for threads and for telling two
    processes' random numbers apart: here every child begins with the same ones."""
    return int(_held().fork())


@functools.cache
def _held() -> ctypes.PyDLL:
    """Keeps the interpreter's lock across the call, so that both processes have it afterwards."""
    return ctypes.PyDLL(None)


def mount(source: str | None, target: str, *, kind: str | None = None, flags: int = 0, data: str | None = None) -> None:
    libc = _libc()
    result = libc.mount(_text(source), _text(target), _text(kind), ctypes.c_ulong(flags), _text(data))
    _checked(result, f"mount {target}")


def unmount(target: str, *, flags: int = MNT_DETACH) -> None:
    _checked(_libc().umount2(_text(target), flags), f"umount {target}")


def pivot_root(new_root: str, put_old: str) -> None:
    call("pivot_root", _text(new_root), _text(put_old))


def set_mount_flags(target: str, *, attributes: int, recursive: bool) -> None:
    """`mount_setattr`; kernels before 5.12 answer ENOSYS."""
    argument = struct.pack("=QQQQ", attributes, 0, 0, 0)
    flags = _AT_RECURSIVE if recursive else 0
    call("mount_setattr", _AT_FDCWD, _text(target), flags, argument, len(argument))


def unshare(flags: int) -> None:
    _checked(_libc().unshare(flags), "unshare")


def setns(descriptor: int, kind: int) -> None:
    _checked(_libc().setns(descriptor, kind), "setns")


def prctl(option: int, argument: int = 0, third: int = 0) -> None:
    _checked(_libc().prctl(option, *(ctypes.c_ulong(a) for a in (argument, third, 0, 0))), "prctl")


def drop_bounding_set() -> None:
    """What no later program can regain; what this process holds now is not touched."""
    for capability in range(64):
        try:
            prctl(PR_CAPBSET_DROP, capability)
        except OSError:
            return  # the first number that the kernel does not know


def capability_dropper() -> Callable[[], int]:
    """Laid out beforehand: gives up every capability of the calling process."""
    return laid_out("capset", struct.pack("=Ii", _CAPABILITY_VERSION_3, 0), bytes(24))


def open_beneath(folder: int, path: str, *, flags: int, mode: int = 0) -> int:
    """Opens `path` below an open folder; no link on the way is followed, and nothing above is reached."""
    resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS
    how = struct.pack("=QQQ", flags | os.O_CLOEXEC, mode, resolve)
    return call("openat2", folder, _text(path), how, len(how))
