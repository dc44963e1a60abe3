"""What a router on the way answers, as ICMP messages."""

import contextlib
import socket

import sockerr
from sockerr.testing import _network
from sockerr.testing._situation import register

from .helpers import until_it_fails

PORT = 80

# RFC 792 and RFC 1812 section 5.2.7.1.
_UNREACHABLE = 3
_PROTOCOL, _TOO_LONG, _NETWORK_UNKNOWN, _HOST_UNKNOWN, _ISOLATED, _PROHIBITED = 2, 4, 6, 7, 8, 13
_PARAMETER = 12
# RFC 4443 section 3.1.
_UNREACHABLE_6 = 1
_PROHIBITED_6 = 1


def _connect(kind: int, code: int, host: str = _network.BEYOND) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with _network.router(kind, code), socket.socket(family) as sock, sockerr.connecting((host, PORT)):
        sock.connect((host, PORT))


@register("connect", "a router says: protocol unreachable", sockerr.Unreachable, needs="network")
def connect_protocol_unreachable() -> None:
    _connect(_UNREACHABLE, _PROTOCOL)


@register("connect", "a router says: network unknown", sockerr.NetworkUnreachable, needs="network")
def connect_network_unknown() -> None:
    _connect(_UNREACHABLE, _NETWORK_UNKNOWN)


@register("connect", "a router says: host unknown", sockerr.HostDown, needs="network")
def connect_host_unknown() -> None:
    _connect(_UNREACHABLE, _HOST_UNKNOWN)


@register("connect", "a router says: this host is isolated", sockerr.Unreachable, needs="network")
def connect_isolated() -> None:
    _connect(_UNREACHABLE, _ISOLATED)


@register("connect", "a router says: prohibited", sockerr.HostUnreachable, needs="network")
def connect_prohibited() -> None:
    _connect(_UNREACHABLE, _PROHIBITED)


@register("connect", "a router says: parameter problem", sockerr.Unreachable, needs="network")
def connect_parameter_problem() -> None:
    _connect(_PARAMETER, 0)


@register("connect", "IPv6: a router says: prohibited", sockerr.PermissionDenied, needs="network")
def connect_prohibited_6() -> None:
    _connect(_UNREACHABLE_6, _PROHIBITED_6, _network.BEYOND_6)


@register("receive", "UDP: a router said: protocol unreachable", sockerr.Unreachable, needs="network")
def receive_protocol_unreachable() -> None:
    _receive(_UNREACHABLE, _PROTOCOL)


@register("receive", "UDP: a router said: network unknown", sockerr.NetworkUnreachable, needs="network")
def receive_network_unknown() -> None:
    _receive(_UNREACHABLE, _NETWORK_UNKNOWN)


@register("receive", "UDP: a router said: too long", sockerr.MessageTooLong, needs="network")
def receive_too_long() -> None:
    _receive(_UNREACHABLE, _TOO_LONG)


@register("receive", "UDP: a router said: parameter problem", sockerr.Unreachable, needs="network")
def receive_parameter_problem() -> None:
    _receive(_PARAMETER, 0)


@register("receive", "UDP: a router said: this host is isolated", sockerr.Unreachable, needs="network")
def receive_isolated() -> None:
    _receive(_UNREACHABLE, _ISOLATED)


@register("receive", "UDP over IPv6: a router said: prohibited", sockerr.PermissionDenied, needs="network")
def receive_prohibited_6() -> None:
    _receive(_UNREACHABLE_6, _PROHIBITED_6, _network.BEYOND_6)


def _receive(kind: int, code: int, host: str = _network.BEYOND) -> None:
    """Receive on a socket after a router has refused what it sent."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET

    def ask() -> None:
        # The kernel gives an interface its IPv6 address a moment after the interface is up, and loses answers until
        # then. An answer that comes late makes the next send fail.
        with contextlib.suppress(OSError):
            sock.send(b"anybody?")
        with contextlib.suppress(sockerr.ReceiveTimedOut), sockerr.receiving():
            sock.recv(1)

    with _network.router(kind, code), socket.socket(family, socket.SOCK_DGRAM) as sock:
        sock.settimeout(0.25)
        sock.connect((host, PORT))
        until_it_fails(ask)


@register("send", "UDP over IPv6: a router said: prohibited", sockerr.PermissionDenied, needs="network")
def send_prohibited_6() -> None:
    address = (_network.BEYOND_6, PORT)
    with (
        _network.router(_UNREACHABLE_6, _PROHIBITED_6),
        socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as sock,
        sockerr.sending(),
    ):
        sock.connect(address)
        until_it_fails(lambda: sock.send(b"anybody?"), pause=0.01)
