"""The system-call filter that answers run under: a deny-list, as a classic BPF program.

Honest programs must not notice it, so a denied call fails with the error that programs are written to
expect (ENOSYS where the C library falls back to an older call), and nobody is killed, except for using
another machine's calling convention, which could only be meant to get round the table.
"""

from __future__ import annotations

import ctypes
import errno
import struct
from collections.abc import Iterator

from assay.sandboxes.linux import syscalls

_LOAD, _EQUAL, _GREATER, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x25, 0x35, 0x45, 0x06
_NUMBER, _ARCH, _FIRST_ARGUMENT, _SECOND_ARGUMENT = 0, 4, 16, 24
_ALLOW, _ERRNO, _KILL_PROCESS = 0x7FFF0000, 0x00050000, 0x80000000
_X32_BIT = 0x40000000
_SET_MODE_FILTER = 1
_BLOCK = 10

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
        ("clone3", "io_uring_setup", "io_uring_enter", "io_uring_register", "memfd_secret"), errno.ENOSYS
    ),
    **dict.fromkeys(("setxattr", "lsetxattr", "fsetxattr", "setxattrat", "file_setattr"), errno.ENOTSUP),
    # Flushing every disk of the host is somebody else's time; there is nothing of ours to flush.
    **dict.fromkeys(("sync", "syncfs"), 0),
}  # fmt: skip

_FAMILIES = (1, 2, 10)  # AF_UNIX, AF_INET, AF_INET6
_TERMINAL_INJECTION = (0x5412, 0x541C)  # TIOCSTI, TIOCLINUX

_Rule = list[tuple[int, int, int, int]]


def _deny(code: int) -> tuple[int, int, int, int]:
    return (_RETURN, 0, 0, _ERRNO | code)


def _unless_one_of(argument: int, allowed: tuple[int, ...], code: int) -> _Rule:
    checks = [(_EQUAL, len(allowed) - i, 0, value) for i, value in enumerate(allowed)]
    return [(_LOAD, 0, 0, argument), *checks, _deny(code), (_RETURN, 0, 0, _ALLOW)]


def _if_one_of(argument: int, denied: tuple[int, ...], code: int) -> _Rule:
    checks = [(_EQUAL, len(denied) - i, 0, value) for i, value in enumerate(denied)]
    return [(_LOAD, 0, 0, argument), *checks, (_RETURN, 0, 0, _ALLOW), _deny(code)]


def _if_any_bit(argument: int, bits: int, code: int) -> _Rule:
    return [(_LOAD, 0, 0, argument), (_ANY_BIT, 1, 0, bits), (_RETURN, 0, 0, _ALLOW), _deny(code)]


def _rules() -> Iterator[tuple[int, _Rule]]:
    for name, code in DENIED.items():
        yield syscalls.number(name), [_deny(code)]
    first, second = _FIRST_ARGUMENT, _SECOND_ARGUMENT
    yield syscalls.number("clone"), _if_any_bit(first, _NAMESPACE_FLAGS, errno.EPERM)
    unshare_flags = _NAMESPACE_FLAGS | syscalls.CLONE_NEWTIME
    yield syscalls.number("unshare"), _if_any_bit(first, unshare_flags, errno.EPERM)
    yield syscalls.number("socket"), _unless_one_of(first, _FAMILIES, errno.EAFNOSUPPORT)
    yield syscalls.number("socketpair"), _unless_one_of(first, _FAMILIES, errno.EAFNOSUPPORT)
    yield syscalls.number("personality"), _unless_one_of(first, (0, 0xFFFFFFFF), errno.EPERM)
    yield syscalls.number("ioctl"), _if_one_of(second, _TERMINAL_INJECTION, errno.EPERM)


def program(*, cgroup: bool) -> bytes:
    """The filter for this machine; without a `cgroup`, memory that no process shows as its own is refused.

    In blocks of ten numbers, because the kernel walks it once for every system call when it is installed,
    and it is installed for every answer."""
    unseen: list[tuple[int, _Rule]] = []
    lines: _Rule = [
        (_LOAD, 0, 0, _ARCH),
        (_EQUAL, 1, 0, syscalls.AUDIT_ARCH[syscalls.machine()]),
        (_RETURN, 0, 0, _KILL_PROCESS),
        (_LOAD, 0, 0, _NUMBER),
    ]
    if syscalls.machine() == "x86_64":
        lines += [(_AT_LEAST, 0, 1, _X32_BIT), _deny(errno.ENOSYS)]
    if not cgroup:
        unseen.append((syscalls.number("memfd_create"), [_deny(errno.ENOSYS)]))
    rules = sorted((number, rule) for number, rule in (*_rules(), *unseen) if number >= 0)
    for start in range(0, len(rules), _BLOCK):
        block = rules[start : start + _BLOCK]
        body: _Rule = []
        for number, rule in block:
            body += [(_EQUAL, 0, len(rule), number), *rule]
        body.append((_RETURN, 0, 0, _ALLOW))
        lines += [(_GREATER, len(body), 0, block[-1][0]), *body]
    lines.append((_RETURN, 0, 0, _ALLOW))
    return b"".join(struct.pack("=HBBI", *line) for line in lines)


def install(code: bytes) -> None:
    """Puts the calling process and all that it will start under the filter, for good."""
    buffer = ctypes.create_string_buffer(code, len(code))
    header = struct.pack("=H6xQ", len(code) // 8, ctypes.addressof(buffer))
    syscalls.call("seccomp", _SET_MODE_FILTER, 0, header)
