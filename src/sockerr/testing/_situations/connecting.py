"""Connecting."""

import asyncio
import contextlib
import json
import socket
import struct
from pathlib import Path

import sockerr
from sockerr import platforms
from sockerr.testing import _network
from sockerr.testing._endpoints import refusing
from sockerr.testing._situation import register
from sockerr.testing._unavailable import require_connections, require_windows_itself

from .helpers import (
    NONSENSE,
    SOON,
    connected_pair,
    listening_server,
    require,
    require_translation,
    unix_path,
    until_it_fails,
)


@register("connect", "the host name is nonsense", sockerr.NameNotFound, row=1)
def connect_unknown_host() -> None:
    require_connections()
    with socket.socket() as sock, sockerr.connecting((NONSENSE, 80)):
        sock.connect((NONSENSE, 80))


@register(
    "connect",
    "the address is well-formed, but no host has it",
    sockerr.HostUnreachable,
    sockerr.ConnectTimedOut,
    row=2,
    needs="network",
)
def connect_absent_host() -> None:
    with socket.socket() as sock, sockerr.connecting((_network.ABSENT, 80)):
        sock.connect((_network.ABSENT, 80))


@register("connect", "the host is up, nothing is on the port", sockerr.ConnectionRefused, row=3)
def connect_refused() -> None:
    with refusing() as endpoint, socket.socket() as sock, sockerr.connecting(endpoint.address):
        sock.connect(endpoint.address)


@register("connect", "the server is on another port", sockerr.ConnectionRefused, row=4)
def connect_wrong_port() -> None:
    with listening_server(), refusing() as wrong, socket.socket() as sock, sockerr.connecting(wrong.address):
        sock.connect(wrong.address)


@register("connect", "the socket is already connected", sockerr.AlreadyConnected, row=5)
def connect_twice() -> None:
    with connected_pair() as (client, _), sockerr.connecting(client.getpeername()):
        client.connect(client.getpeername())


@register("connect", "the server bound, but never listened", sockerr.ConnectionRefused, row=6)
def connect_not_listening() -> None:
    with listening_server(), socket.socket() as server, socket.socket() as sock:
        server.bind(("127.0.0.1", 0))
        with sockerr.connecting(server.getsockname()):
            sock.connect(server.getsockname())


@register(
    "connect",
    "the backlog is full, settimeout elapses",
    sockerr.ConnectTimedOut,
    sockerr.ConnectionRefused,
    row=7,
    unless="this system accepts more connections than the backlog says",
)
def connect_backlog_full() -> None:
    with listening_server(backlog=0) as server, contextlib.ExitStack() as clients:

        def connect() -> None:
            client = clients.enter_context(socket.socket())
            client.settimeout(SOON)
            with sockerr.connecting(server.getsockname()):
                client.connect(server.getsockname())

        until_it_fails(connect)


@register(
    "connect",
    "non-blocking, the attempt goes on",
    sockerr.InProgress,
    unless="this system connects to itself at once",
)
def connect_in_progress() -> None:
    with listening_server() as server, socket.socket() as sock, sockerr.connecting(server.getsockname()):
        sock.setblocking(False)
        sock.connect(server.getsockname())


@register("connect", "the host drops every packet, settimeout elapses", sockerr.ConnectTimedOut, needs="network")
def connect_silent_host() -> None:
    with socket.socket() as sock, sockerr.connecting((_network.SILENT, 80)):
        sock.settimeout(SOON)
        sock.connect((_network.SILENT, 80))


@register("connect", "the host drops every packet, the kernel gives up", sockerr.ConnectTimedOut, needs="network")
def connect_kernel_timeout() -> None:
    with socket.socket() as sock, sockerr.connecting((_network.SILENT, 80)):
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_SYNCNT, 1)
        sock.connect((_network.SILENT, 80))


@register("connect", "no route leads there", sockerr.NetworkUnreachable, needs="network")
def connect_no_route() -> None:
    with socket.socket() as sock, sockerr.connecting((_network.NOWHERE, 80)):
        sock.connect((_network.NOWHERE, 80))


@register("connect", "the route says: unreachable", sockerr.HostUnreachable, needs="network")
def connect_unreachable_route() -> None:
    with socket.socket() as sock, sockerr.connecting((_network.UNREACHABLE, 80)):
        sock.connect((_network.UNREACHABLE, 80))


@register("connect", "the route says: prohibited", sockerr.PermissionDenied, needs="network")
def connect_prohibited_route() -> None:
    with socket.socket() as sock, sockerr.connecting((_network.PROHIBITED, 80)):
        sock.connect((_network.PROHIBITED, 80))


@register("connect", "the route is a blackhole", sockerr.MisuseError, needs="network")
def connect_blackhole_route() -> None:
    with socket.socket() as sock, sockerr.connecting((_network.BLACKHOLED, 80)):
        sock.connect((_network.BLACKHOLED, 80))


@register("connect", "an IPv6 address on an IPv4 socket", sockerr.NameNotFound)
def connect_other_family() -> None:
    require_windows_itself("hands through the number of the system below it")
    with socket.socket(socket.AF_INET) as sock, sockerr.connecting(("::1", 80)):
        sock.connect(("::1", 80))


@register("connect", "the port is 70000", sockerr.InvalidAddress)
def connect_port_70000() -> None:
    with socket.socket() as sock, sockerr.connecting(("127.0.0.1", 70000)):
        sock.connect(("127.0.0.1", 70000))


@register("connect", "a NUL in the host name", sockerr.InvalidAddress)
def connect_nul_in_name() -> None:
    with socket.socket() as sock, sockerr.connecting(("local\0host", 80)):
        sock.connect(("local\0host", 80))


@register("connect", "AF_UNIX: no such path", sockerr.PathNotFound)
def connect_missing_path() -> None:
    with unix_path() as path, socket.socket(socket.AF_UNIX) as sock, sockerr.connecting(path):
        sock.connect(path)


@register("connect", "AF_UNIX: the path is too long", sockerr.InvalidAddress)
def connect_long_path() -> None:
    require("AF_UNIX")
    path = "/" + 200 * "x"
    with socket.socket(socket.AF_UNIX) as sock, sockerr.connecting(path):
        sock.connect(path)


@register(
    "connect",
    "AF_UNIX: the backlog is full",
    sockerr.ResourceExhausted,
    sockerr.ConnectionRefused,
    unless="this system accepts more connections than the backlog says",
)
def connect_path_backlog_full() -> None:
    with unix_path() as path, socket.socket(socket.AF_UNIX) as server, contextlib.ExitStack() as clients:
        server.bind(path)
        server.listen(0)

        def connect() -> None:
            client = clients.enter_context(socket.socket(socket.AF_UNIX))
            client.setblocking(False)
            with sockerr.connecting(path):
                client.connect(path)

        until_it_fails(connect)


@register("connect", "AF_UNIX: the path is a plain file", sockerr.ConnectionRefused, sockerr.NotASocket)
def connect_plain_file() -> None:
    with unix_path() as path, socket.socket(socket.AF_UNIX) as sock, sockerr.connecting(path):
        Path(path).touch()
        sock.connect(path)


@register("connect", "bound to 127.0.0.1, the peer is elsewhere", sockerr.MisuseError, needs="network")
def connect_from_loopback() -> None:
    with socket.socket() as sock, sockerr.connecting((_network.SILENT, 80)):
        sock.bind(("127.0.0.1", 0))
        sock.connect((_network.SILENT, 80))


@register("connect", "TCP to a multicast address", sockerr.NetworkUnreachable, needs="network")
def connect_multicast() -> None:
    with socket.socket() as sock, sockerr.connecting(("224.0.0.1", 80)):
        sock.connect(("224.0.0.1", 80))


@register("connect", "an IPv6 scope that is no interface", sockerr.NetworkUnreachable, needs="network")
def connect_unknown_scope() -> None:
    with socket.socket(socket.AF_INET6) as sock, sockerr.connecting(("fe80::1", 80, 0, 99_999)):
        sock.connect(("fe80::1", 80, 0, 99_999))


@register("connect", "the interface that the socket is bound to is gone", sockerr.NotSupported, needs="network")
def connect_from_gone_interface() -> None:
    with socket.socket() as sock, sockerr.connecting((_network.ABSENT, 80)):
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, b"near")
        _network.remove_interface("near")
        sock.connect((_network.ABSENT, 80))


@register("connect", "all local ports are used up", sockerr.AddressNotAvailable, needs="network")
def connect_without_ports() -> None:
    _network.leave_ports(2)
    with socket.create_server(("127.0.0.1", 80)) as server, contextlib.ExitStack() as clients:

        def connect() -> None:
            client = clients.enter_context(socket.socket())
            with sockerr.connecting(server.getsockname()):
                client.connect(server.getsockname())

        until_it_fails(connect)


@register("connect", "UDP: all local ports are used up", sockerr.ResourceExhausted, needs="network")
def connect_udp_without_ports() -> None:
    _network.leave_ports(2)
    with contextlib.ExitStack() as clients:

        def connect() -> None:
            client = clients.enter_context(socket.socket(type=socket.SOCK_DGRAM))
            with sockerr.connecting(("127.0.0.1", 80)):
                client.connect(("127.0.0.1", 80))

        until_it_fails(connect)


@register("connect", "another connection has the same two ends", sockerr.AddressNotAvailable, sockerr.AddressInUse)
def connect_same_ends() -> None:
    with listening_server() as server, contextlib.ExitStack() as clients:
        local = ("127.0.0.1", 0)

        def connect() -> None:
            nonlocal local
            client = clients.enter_context(socket.socket())
            client.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            client.bind(local)
            local = client.getsockname()
            with sockerr.connecting(server.getsockname()):
                client.connect(server.getsockname())

        until_it_fails(connect)


@register("connect", "blocking, and SO_SNDTIMEO elapses", sockerr.InProgress, needs="network")
def connect_send_timeout() -> None:
    with socket.socket() as sock, sockerr.connecting((_network.SILENT, 80)):
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, struct.pack("ll", 0, int(SOON * 1_000_000)))
        sock.connect((_network.SILENT, 80))


@register("connect", "asyncio: nothing is on the port", sockerr.ConnectionRefused)
def connect_refused_asyncio() -> None:
    require_translation()
    with refusing() as endpoint:

        @sockerr.connecting(endpoint.address)
        async def connect() -> None:
            await asyncio.open_connection(endpoint.host, endpoint.port)

        asyncio.run(connect())


@register("connect", "a program logs all there is to know", sockerr.ConnectionRefused, row=16)
def connect_refused_logged() -> None:
    try:
        with refusing() as endpoint, socket.socket() as sock, sockerr.connecting(endpoint.address):
            sock.connect(endpoint.address)
    except sockerr.SocketError as error:
        record: dict[str, object] = {**error.as_dict()}
        shown = {name: record[name] for name in ("errno", "strerror", "filename", "filename2", "args")}
        error.add_note(f"logged, among others: {json.dumps(shown)}")
        raise


@register("connect", "the number in the log is another system's", sockerr.ConnectionRefused, row=15)
def connect_refused_elsewhere() -> None:
    elsewhere = "darwin" if platforms.current() == "win32" else "win32"
    number = platforms.table(elsewhere)["ECONNREFUSED"]
    raise sockerr.from_code(number, platform=elsewhere, operation="connect")
