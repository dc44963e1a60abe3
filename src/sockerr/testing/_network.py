"""A network of its own for the situations that need one, in an unprivileged Linux network namespace.

Nothing here reaches the machine's own network: the namespace has no connection to it.
"""

import contextlib
import os
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from ._unavailable import Unavailable

if TYPE_CHECKING:
    from collections.abc import Generator

# Addresses set aside for documentation and for benchmarks (RFC 5737, RFC 2544, RFC 3849).
NEAR = "192.0.2.1"  # this machine's own
ABSENT = "192.0.2.99"  # on a network where nobody answers ARP for it
SILENT = "198.51.100.99"  # behind an interface that swallows every packet
UNREACHABLE = "203.0.113.1"
PROHIBITED = "203.0.113.65"
BLACKHOLED = "203.0.113.129"
NOWHERE = "198.18.0.1"  # no route covers it
BEYOND = "198.19.0.2"  # behind the router
BEYOND_6 = "2001:db8::2"

_LINKS = f"""
link set lo up
link add near type veth peer name far
addr add {NEAR}/24 dev near
link set near up
link set far up
ntable change name arp_cache dev near retrans 100
link add hole type veth peer name drain
link set hole arp off
addr add 198.51.100.1/24 dev hole
link set hole up
link set drain up
route add unreachable {UNREACHABLE}/32
route add prohibit {PROHIBITED}/32
route add blackhole {BLACKHOLED}/32
"""

OWN_NETWORK = ("unshare", "--map-root-user", "--net", "--mount")
"""The command that starts another in a network of its own, where it has every privilege."""
UNPRIVILEGED = ("unshare", "--user")
"""The command that starts another in the same network, where it has no privilege."""


def require_namespaces() -> None:
    """Raise `Unavailable` where there are no network namespaces, or no commands to make and fill one."""
    if sys.platform != "linux":
        raise Unavailable("needs a Linux network namespace")
    if "QEMU_LD_PREFIX" in os.environ:
        raise Unavailable("needs a network namespace, in which qemu-user cannot start this Python")
    for tool in ("unshare", "ip", "mount"):
        if shutil.which(tool) is None:
            raise Unavailable(f"needs a network namespace, and the command {tool!r} to make one")


def lay() -> None:
    """Lay the links and routes of this namespace, and make its resolver ask 127.0.0.1 only."""
    _ip(_LINKS)
    with tempfile.NamedTemporaryFile("w", suffix=".conf", delete=False) as conf:
        conf.write("nameserver 127.0.0.1\noptions timeout:1 attempts:1\n")
    try:
        subprocess.run(["mount", "--bind", conf.name, "/etc/resolv.conf"], check=True, capture_output=True)
    finally:
        Path(conf.name).unlink()


def _ip(commands: str) -> None:
    subprocess.run(["ip", "-batch", "-"], input=commands.encode(), check=True, capture_output=True)


def leave_ports(count: int) -> None:
    """Leave this many ephemeral ports for the sockets of this namespace."""
    Path("/proc/sys/net/ipv4/ip_local_port_range").write_text(f"40000 {40000 + count - 1}\n", encoding="ascii")


def remove_interface(name: str) -> None:
    """Take an interface of this namespace away."""
    _ip(f"link del {name}\n")


def toggle_loopback(times: int) -> None:
    """Take the loopback interface down and up again, which the kernel tells everybody who listens."""
    _ip("link set lo down\nlink set lo up\n" * times)


# Name servers


@contextlib.contextmanager
def name_server(code: int | None) -> "Generator[None]":
    """Run a name server on 127.0.0.1 that answers every query with this code (RFC 1035), or never (`None`)."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.bind(("127.0.0.1", 53))
        if code is not None:
            threading.Thread(target=_answer_all, args=(server, code), daemon=True).start()
        yield


def _answer_all(server: socket.socket, code: int) -> None:
    # A response, recursion desired and available, with the question and no records (RFC 1035 section 4.1.1).
    flags = struct.pack("!H", 0x8180 | code)
    with contextlib.suppress(OSError):
        while True:
            query, client = server.recvfrom(512)
            server.sendto(query[:2] + flags + query[4:6] + bytes(6) + query[12:], client)


# A router


@contextlib.contextmanager
def router(kind: int, code: int) -> "Generator[None]":
    """Run a router that answers every TCP segment and UDP datagram with this ICMP message (RFC 792, RFC 4443)."""
    import fcntl

    try:
        device = os.open("/dev/net/tun", os.O_RDWR)
    except OSError as error:
        raise Unavailable(f"needs a TUN device: {error.strerror}") from None
    try:
        fcntl.ioctl(device, _TUNSETIFF, struct.pack("16sH", b"beyond", _IFF_TUN | _IFF_NO_PI))
        _ip("addr add 198.19.0.1/24 dev beyond\naddr add 2001:db8::1/64 dev beyond nodad\nlink set beyond up\n")
        threading.Thread(target=_refuse_all, args=(device, kind, code), daemon=True).start()
        yield
    finally:
        os.close(device)


# linux/if_tun.h
_TUNSETIFF = 0x400454CA
_IFF_TUN = 0x0001
_IFF_NO_PI = 0x1000

_TCP, _UDP, _ICMP, _ICMP_6 = 6, 17, 1, 58


def _refuse_all(device: int, kind: int, code: int) -> None:
    with contextlib.suppress(OSError):
        while True:
            packet = os.read(device, 65536)
            answer = _refusal(packet, kind, code) if packet[0] >> 4 == 4 else _refusal_6(packet, kind, code)
            if answer:
                os.write(device, answer)


def _refusal(packet: bytes, kind: int, code: int) -> bytes:
    """Return the ICMP message for an IPv4 packet: with its header and its first eight bytes of data (RFC 792)."""
    if packet[9] not in (_TCP, _UDP):
        return b""
    message = _with_checksum(struct.pack("!BBHI", kind, code, 0, 0) + packet[:28], 2, b"")
    router = socket.inet_aton("198.19.0.254")
    header = struct.pack("!BBHHHBBH4s4s", 0x45, 0, 20 + len(message), 1, 0, 64, _ICMP, 0, router, packet[12:16])
    return _with_checksum(header, 10, b"") + message


def _refusal_6(packet: bytes, kind: int, code: int) -> bytes:
    """Return the ICMPv6 message for an IPv6 packet (RFC 4443)."""
    if packet[6] not in (_TCP, _UDP):
        return b""
    router, sender = socket.inet_pton(socket.AF_INET6, "2001:db8::fe"), packet[8:24]
    data = struct.pack("!BBHI", kind, code, 0, 0) + packet[:1000]
    message = _with_checksum(data, 2, router + sender + struct.pack("!II", len(data), _ICMP_6))
    return struct.pack("!IHBB16s16s", 6 << 28, len(message), _ICMP_6, 64, router, sender) + message


def _with_checksum(data: bytes, place: int, pseudo_header: bytes) -> bytes:
    """Return data with the Internet checksum (RFC 1071) of it and its pseudo header at this place."""
    summed = pseudo_header + data + bytes(len(data) % 2)
    total = sum(struct.unpack(f"!{len(summed) // 2}H", summed))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return data[:place] + struct.pack("!H", ~total & 0xFFFF) + data[place + 2 :]
