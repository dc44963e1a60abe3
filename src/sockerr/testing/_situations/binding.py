"""Binding and listening."""

import contextlib
import socket

import sockerr
from sockerr.testing import _network
from sockerr.testing._situation import register
from sockerr.testing._unavailable import require_connections

from .helpers import FOREIGN, NONSENSE, listening_server, require, unix_path, until_it_fails

# Bind


@register("bind", "the host name is nonsense", sockerr.NameNotFound, row=8)
def bind_unknown_host() -> None:
    require_connections()
    with socket.socket() as sock, sockerr.binding((NONSENSE, 0)):
        sock.bind((NONSENSE, 0))


@register("bind", "the address is not this machine's", sockerr.AddressNotAvailable, row=9)
def bind_foreign_address() -> None:
    require_connections()
    with socket.socket() as sock, sockerr.binding((FOREIGN, 0)):
        sock.bind((FOREIGN, 0))


@register("bind", "the socket is already bound", sockerr.AlreadyBound, row=10)
def bind_twice() -> None:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        with sockerr.binding(("127.0.0.1", 0)):
            sock.bind(("127.0.0.1", 0))


@register("bind", "another socket has the address", sockerr.AddressInUse, row=11)
def bind_taken() -> None:
    with listening_server() as server, socket.socket() as sock, sockerr.binding(server.getsockname()):
        sock.bind(server.getsockname())


@register("bind", "the port is privileged, the process is not", sockerr.PrivilegedPort, needs="unprivileged")
def bind_privileged_port() -> None:
    with socket.socket() as sock, sockerr.binding(("127.0.0.1", 80)):
        sock.bind(("127.0.0.1", 80))


@register("bind", "the port is 70000", sockerr.InvalidAddress)
def bind_port_70000() -> None:
    with socket.socket() as sock, sockerr.binding(("127.0.0.1", 70000)):
        sock.bind(("127.0.0.1", 70000))


@register("bind", "the directory of the path does not exist", sockerr.PathNotFound)
def bind_missing_directory() -> None:
    with unix_path() as path, socket.socket(socket.AF_UNIX) as sock, sockerr.binding(f"{path}/inner"):
        sock.bind(f"{path}/inner")


@register("bind", "an IPv6 scope that is no interface", sockerr.InterfaceNotFound, needs="network")
def bind_unknown_scope() -> None:
    with socket.socket(socket.AF_INET6) as sock, sockerr.binding(("fe80::1", 0, 0, 99_999)):
        sock.bind(("fe80::1", 0, 0, 99_999))


@register("bind", "AF_PACKET: no interface has that name", sockerr.InterfaceNotFound, needs="network")
def bind_unknown_interface() -> None:
    with socket.socket(socket.AF_PACKET, socket.SOCK_RAW) as sock, sockerr.binding(("nowhere0", 0)):
        sock.bind(("nowhere0", 0))


@register("bind", "all ephemeral ports are in use", sockerr.AddressInUse, needs="network")
def bind_without_ports() -> None:
    _network.leave_ports(2)
    with contextlib.ExitStack() as sockets:

        def bind() -> None:
            sock = sockets.enter_context(socket.socket())
            with sockerr.binding(("127.0.0.1", 0)):
                sock.bind(("127.0.0.1", 0))

        until_it_fails(bind)


# Listen


@register("listen", "the socket is a datagram one", sockerr.NotSupported)
def listen_on_datagram() -> None:
    require_connections()
    with socket.socket(type=socket.SOCK_DGRAM) as sock:
        sock.bind(("127.0.0.1", 0))
        with sockerr.listening():
            sock.listen()


@register("listen", "AF_UNIX: the socket was never bound", sockerr.MisuseError)
def listen_on_unbound_path() -> None:
    require("AF_UNIX")
    with socket.socket(socket.AF_UNIX) as sock, sockerr.listening():
        sock.listen()


@register("listen", "the socket was never bound", sockerr.MisuseError, unless="this system binds it to a free port")
def listen_on_unbound() -> None:
    require_connections()
    with socket.socket() as sock, sockerr.listening():
        sock.listen()
