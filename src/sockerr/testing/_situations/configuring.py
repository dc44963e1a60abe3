"""Shutting down, configuring and inspecting."""

import socket
import struct
import sys
from itertools import count

import sockerr
from sockerr.testing import _network
from sockerr.testing._situation import register
from sockerr.testing._unavailable import Unavailable, require_connections

from .helpers import until_it_fails


@register("shutdown", "the socket never connected", sockerr.NotConnected)
def shutdown_not_connected() -> None:
    require_connections()
    with socket.socket() as sock, sockerr.operation("shutdown"):
        sock.shutdown(socket.SHUT_RDWR)


@register("configure", "the option is unknown", sockerr.NotSupported)
def unknown_option() -> None:
    require_connections()
    with socket.socket() as sock, sockerr.operation("setsockopt"):
        sock.setsockopt(socket.SOL_SOCKET, 9999, 1)


@register("configure", "no interface has that name", sockerr.InterfaceNotFound, needs="network")
def configure_unknown_interface() -> None:
    with socket.socket() as sock, sockerr.operation("setsockopt"):
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, b"nowhere0")


ANY_INTERFACE = "0.0.0.0"  # noqa: S104  # nothing is bound to it
GROUP = "233.252.0.1"  # set aside for documentation (RFC 6676)


@register("configure", "no route leads to the multicast group", sockerr.InterfaceNotFound, needs="network")
def join_without_route() -> None:
    with socket.socket(type=socket.SOCK_DGRAM) as sock, sockerr.operation("setsockopt"):
        _join(sock, GROUP, ANY_INTERFACE)


@register("configure", "the multicast group is joined already", sockerr.AddressInUse, needs="network")
def join_twice() -> None:
    with socket.socket(type=socket.SOCK_DGRAM) as sock, sockerr.operation("setsockopt"):
        _join(sock, GROUP, _network.NEAR)
        _join(sock, GROUP, _network.NEAR)


@register("configure", "one multicast group too many", sockerr.NoBufferSpace, needs="network")
def join_too_many() -> None:
    numbers = count(1)
    with socket.socket(type=socket.SOCK_DGRAM) as sock, sockerr.operation("setsockopt"):
        until_it_fails(lambda: _join(sock, f"233.252.0.{next(numbers)}", _network.NEAR))


def _join(sock: socket.socket, group: str, interface: str) -> None:
    sock.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, socket.inet_aton(group) + socket.inet_aton(interface))


@register("configure", "more than a million microseconds", sockerr.MisuseError)
def configure_microseconds() -> None:
    if sys.platform != "linux":
        raise Unavailable("the option takes another layout on this system")
    with socket.socket() as sock, sockerr.operation("setsockopt"):
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack("ll", 0, 2_000_000))


@register("inspect", "there is no peer to name", sockerr.NotConnected)
def no_peer() -> None:
    with socket.socket() as sock, sockerr.operation("getpeername"):
        sock.getpeername()


@register("inspect", "no interface has that name", sockerr.InterfaceNotFound, needs="network")
def inspect_unknown_interface() -> None:
    import fcntl

    with socket.socket() as sock, sockerr.operation("inspect"):
        fcntl.ioctl(sock, _SIOCGIFADDR, struct.pack("16s16x", b"nowhere0"))


_SIOCGIFADDR = 0x8915  # linux/sockios.h


@register(
    "inspect",
    "an unbound socket has no address",
    sockerr.MisuseError,
    unless="this system tells an address of zeros",
)
def inspect_unbound() -> None:
    with socket.socket() as sock, sockerr.operation("getsockname"):
        sock.getsockname()
