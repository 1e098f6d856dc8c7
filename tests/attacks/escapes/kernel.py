"""Doors into the kernel: mounts, namespaces, devices, and interfaces with a history of holes."""

from __future__ import annotations

from attacks.escapes.escape import Escape

KERNEL = {
    "mounts": Escape(
        "mounts something, unmounts the covers, makes the read-only writable, moves the root",
        """
for kind in (b"tmpfs", b"proc", b"sysfs", b"cgroup2", b"overlay", b"devtmpfs", b"debugfs", b"ext4"):
    steal(lambda: call("mount", b"none", b"/tmp", kind, 0, 0))
for place in (b"/proc", b"/box", b"/usr", b"/", b"/tmp", b"/dev/null"):
    for flags in (0, 1, 2, 8):
        steal(lambda: call("umount2", place, flags))
    for flags in (32, 32 | 0x1000, 0x1000, 0x5000, 1 << 18, 1 << 19, 1 << 20):
        steal(lambda: call("mount", 0, place, 0, flags, 0))
steal(lambda: call("pivot_root", b"/box", b"/box"))
""",
        flag="mount",
    ),
    "mounts by descriptors": Escape(
        "the newer calls for mounts, which older filters do not know",
        """
steal(lambda: call("fsopen", b"tmpfs", 0)); steal(lambda: call("fspick", -100, b"/", 0))
steal(lambda: call("open_tree", -100, b"/", 1)); steal(lambda: call("move_mount", -100, b"/usr", -100, b"/box", 0))
steal(lambda: call("mount_setattr", -100, b"/usr", 0x8000, struct.pack("QQQQ", 0, 1, 0, 0), 32))
steal(lambda: call("open_tree_attr", -100, b"/", 1, bytes(32), 32)); steal(lambda: call("statmount", bytes(24), bytes(512), 512, 0))
steal(lambda: call("listmount", bytes(24), bytes(512), 8, 0))
""",
        flag="mount",
    ),
    "changing root": Escape(
        "chroot with a folder held open outside of it, the classic way out",
        """
os.mkdir("/box/jail"); out = os.open("/", os.O_RDONLY)
def go():
    os.chroot("/box/jail"); os.fchdir(out)
    for _ in range(64): os.chdir("..")
    os.chroot("."); return os.listdir("/")
steal(go)
""",
        flag="mount",
    ),
    "namespaces": Escape(
        "a user namespace, in which it would be root, and each of the others",
        """
for flag in (0x80, 0x20000, 0x2000000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000, 0x10020000):
    steal(lambda: call("unshare", flag))
    steal(lambda: call("clone", flag & ~0x80 | 17, 0, 0, 0, 0) if flag != 0x80 else None)
    steal(lambda: call("clone3", struct.pack("QQQQQQQQ", flag, 0, 0, 0, 17, 0, 0, 0), 64))
""",
        flag="namespace",
    ),
    "joining namespaces": Escape(
        "joins each of its own namespaces again, to get its powers back, and those of the first process",
        """
for pid in ("self", "1", POOL):
    for name in ("user", "net", "mnt", "pid", "ipc", "uts", "cgroup", "time", "pid_for_children", "time_for_children"):
        def go():
            return call("setns", os.open(f"/proc/{pid}/ns/{name}", os.O_RDONLY), 0)
        steal(go)
steal(lambda: call("setns", os.pidfd_open(os.getpid()), 0x10000000))
import fcntl
for request in (0xb701, 0xb702):
    for name in ("user", "net", "pid"):
        def up():
            above = fcntl.ioctl(os.open(f"/proc/self/ns/{name}", os.O_RDONLY), request)
            return call("setns", above, 0)
        steal(up)
""",
        flag="namespace",
    ),
    "devices": Escape(
        "makes nodes of disks and memory, and looks for the ones that are there",
        """
for kind, major, minor in ((0o60000, 254, 0), (0o60000, 8, 0), (0o20000, 1, 1), (0o20000, 5, 1), (0o20000, 10, 229), (0o20000, 0, 0)):
    for place in ("/box", "/tmp", "/dev/shm", "/dev"):
        steal(lambda: os.mknod(f"{place}/node{major}{minor}", kind | 0o666, os.makedev(major, minor)) is None)
for name in ("mem", "kmem", "vda", "sda", "nvme0", "kvm", "fuse", "net/tun", "loop-control", "ptmx", "tty", "console", "dri/card0", "nvidia0",
             "vhost-net", "vsock", "uinput", "userfaultfd", "mapper/control", "snapshot", "hpet", "rtc", "udmabuf", "ashmem"):
    for flags in (os.O_RDWR, os.O_RDONLY):
        steal(os.open, "/dev/" + name, flags)
import fcntl
for name in ("null", "zero", "full", "random", "urandom"):
    steal(lambda: os.chmod("/dev/" + name, 0) is None); steal(lambda: os.chown("/dev/" + name, 65534, 65534) is None)
    steal(lambda: os.unlink("/dev/" + name) is None); steal(lambda: os.rename("/dev/" + name, "/dev/shm/x") is None)
    for request in (0x5203, 0x5204, 0x5206, 0x5207):
        steal(lambda: fcntl.ioctl(os.open("/dev/" + name, os.O_RDWR), request, bytes(8)) is not None)
""",
    ),
    "bpf": Escape(
        "programs in the kernel, for filters, for traces, for cgroups",
        "for command in (0, 5, 18): steal(lambda: call('bpf', command, bytes(128), 128))",
        flag="kernel",
    ),
    "io_uring": Escape(
        "a ring through which calls go that no filter sees",
        """
for number in (425, 426, 427):
    steal(lambda: libc.syscall(ctypes.c_long(number), 8, ctypes.create_string_buffer(256), 0, 0, 0, 0) >= 0)
""",
    ),
    "faults, counters, modules": Escape(
        "userfaultfd, perf, modules, kexec, swap, accounting, quotas, ports, tables, reboot",
        """
steal(lambda: call("userfaultfd", 1)); steal(lambda: call("perf_event_open", bytes(128), 0, -1, -1, 0))
for name, args in (("init_module", (b"x", 1, b"")), ("finit_module", (0, b"", 0)), ("delete_module", (b"x", 0)), ("kexec_load", (0, 0, 0, 0)),
                   ("swapon", (b"/box", 0)), ("swapoff", (b"/dev/vda",)), ("acct", (b"/box/a",)), ("iopl", (3,)), ("ioperm", (0x80, 1, 1)),
                   ("modify_ldt", (1, bytes(16), 16)), ("quotactl", (0x800002, 0, 0, bytes(64))), ("vhangup", ()), ("fanotify_init", (0, 0)),
                   ("name_to_handle_at", (-100, b"/", bytes(128), bytes(8), 0)), ("open_by_handle_at", (-100, bytes(128), 0)),
                   ("memfd_secret", (0,)), ("lookup_dcookie", (0, bytes(8), 8)), ("mbind", (0, 0, 0, 0, 0, 0)),
                   ("set_mempolicy", (0, 0, 0)), ("migrate_pages", (0, 0, 0, 0))):
    steal(lambda: call(name, *args))
""",
        flag="kernel",
    ),
    "reboot": Escape(
        "switches the machine off, with each of the magic words",
        "for command in (0, 0x01234567, 0x4321fedc, 0xcdef0123): steal(lambda: call('reboot', 0xfee1dead, 672274793, command, 0))",
        flag="kernel",
    ),
    "keys": Escape(
        "the kernel's keyrings, in which other programs keep secrets",
        """
for ring in (-1, -2, -3, -4, -5):
    steal(lambda: call("keyctl", 0, ring, 1)); steal(lambda: call("keyctl", 11, ring, ctypes.create_string_buffer(256), 256))
steal(lambda: call("add_key", b"user", b"escape", b"x", 1, -4)); steal(lambda: call("request_key", b"user", b"canary", 0, -4))
steal(lambda: call("keyctl", 1, b"joined"))
""",
        flag="keys",
    ),
    "clocks": Escape(
        "sets the machine's clock and name, for everybody",
        """
steal(lambda: time.clock_settime(time.CLOCK_REALTIME, 0) is None)
steal(lambda: call("settimeofday", struct.pack("qq", 0, 0), 0))
steal(lambda: call("adjtimex", struct.pack("I4xq", 1, 1000000) + bytes(256)) if False else call("clock_adjtime", 0, struct.pack("I4xq", 1, 1000) + bytes(256)))
steal(lambda: socket.sethostname("evil") is None); steal(lambda: call("setdomainname", b"evil", 4))
""",
        flag="clock",
    ),
    "calls of the future": Escape(
        "every number beyond the last that this sandbox knows",
        """
for number in list(range(470, 620)) + [1000, 4096, 0x3fffffff, -1, 0x7fffffff]:
    if libc.syscall(ctypes.c_long(number), 0, 0, 0, 0, 0, 0) >= 0: got(number)
""",
    ),
    "queues": Escape(
        "messages, semaphores and segments that outlive their maker",
        """
for key in (0, 77):
    steal(lambda: call("shmget", key, 4096, 0o1666)); steal(lambda: call("semget", key, 1, 0o1666)); steal(lambda: call("msgget", key, 0o1666))
steal(lambda: call("mq_open", b"left", 0o102, 0o666, 0)); steal(lambda: call("mq_unlink", b"left"))
""",
    ),
    "extended attributes": Escape(
        "notes for the next stay where no listing shows them",
        """
import fcntl
os.setxattr if hasattr(os, "setxattr") else None
for place in ("/box", "/tmp", "/dev/shm", "/usr", "/"):
    for name in ("user.note", "trusted.note", "security.note", "system.posix_acl_access"):
        steal(lambda: os.setxattr(place, name, b"\\x02\\0\\0\\0") is None)
    def attributes():
        return fcntl.ioctl(os.open(place, os.O_RDONLY), 0x40086602, struct.pack("L", 0x40)) is not None
    steal(attributes)
""",
    ),
    "leases and locks": Escape(
        "leases on the toolchain's files, under which the host's own writers wait",
        """
import fcntl
for path in (os.__file__, sys.executable or "/bin/sh", "/bin/sh"):
    for kind in (fcntl.F_RDLCK, fcntl.F_WRLCK):
        steal(lambda: fcntl.fcntl(os.open(path, os.O_RDONLY), fcntl.F_SETLEASE, kind) == 0)
""",
    ),
}
