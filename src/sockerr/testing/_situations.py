"""The situations, in the order of a socket's life.

Each function makes its situation happen and raises the typed error as a program would meet it, with the context
manager of the operation around the call that fails.
"""

import asyncio
import contextlib
import json
import os
import socket
import struct
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import sockerr
from sockerr import platforms

from . import _network
from ._registry import Unavailable, register

if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from types import ModuleType

# An empty label is refused without asking a name server, so that nothing is sent.
NONSENSE = "dummy..invalid"
FOREIGN = "192.0.2.1"  # set aside for documentation (RFC 5737): no machine has it
SOON = 0.2  # seconds


def _require(*names: str) -> None:
    missing = [name for name in names if not hasattr(socket, name)]
    if missing:
        raise Unavailable(f"this system has no {', '.join(missing)}")


def _require_windows_itself(difference: str) -> None:
    if sys.platform == "win32" and "WINEPREFIX" in os.environ:
        raise Unavailable(f"this is Wine, which {difference}")


def _require_connections() -> None:
    if sys.platform in ("emscripten", "wasi"):
        raise Unavailable("sockets do not connect on this system")


def _require_translation() -> None:
    if "QEMU_LD_PREFIX" in os.environ:
        raise Unavailable("this is qemu-user, which does not translate the number that SO_ERROR gives")


@contextlib.contextmanager
def _server(backlog: int = 5) -> "Generator[socket.socket]":
    _require_connections()
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen(backlog)
        yield server


@contextlib.contextmanager
def _connection() -> "Generator[tuple[socket.socket, socket.socket]]":
    """Both ends of a TCP connection."""
    with _server() as server, socket.create_connection(server.getsockname()) as client:
        accepted, _ = server.accept()
        with accepted:
            yield client, accepted


def _ssl() -> "ModuleType":
    try:
        import ssl
    except ImportError:
        raise Unavailable("this Python has no ssl") from None
    return ssl


def _closed_port() -> tuple[str, int]:
    """An address on this machine where nobody listens."""
    with _server() as server:
        address: tuple[str, int] = server.getsockname()
        return address


@contextlib.contextmanager
def _path() -> "Generator[str]":
    _require("AF_UNIX")
    with tempfile.TemporaryDirectory() as folder:
        yield str(Path(folder) / "socket")


@contextlib.contextmanager
def _no_descriptor_left() -> "Generator[None]":
    """Lower the limit of open files to what is open already."""
    try:
        import resource
    except ImportError:
        raise Unavailable("this system has no limit of open files to lower") from None
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with socket.socket() as highest:
        limit = highest.fileno()
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (limit, hard))
    except (ValueError, OSError) as error:
        raise Unavailable(f"the limit of open files cannot be lowered: {error}") from None
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def _until_it_fails(call: "Callable[[], object]", pause: float = 0) -> None:
    """Call until it raises, a hundred times at the most."""
    for _ in range(100):
        call()
        time.sleep(pause)


# Resolve


@register("resolve", "the service is unknown", sockerr.InvalidLookup)
def unknown_service() -> None:
    with sockerr.resolving(("127.0.0.1", "no-such-service")):
        socket.getaddrinfo("127.0.0.1", "no-such-service")


@register("resolve", "the address family does not exist", sockerr.InvalidLookup)
def lookup_family() -> None:
    with sockerr.resolving("localhost"):
        socket.getaddrinfo("localhost", 80, family=9999)


@register("resolve", "the text is no address", sockerr.InvalidAddress)
def text_is_no_address() -> None:
    with sockerr.resolving("127.0.0.one"):
        socket.inet_aton("127.0.0.one")


@register("resolve", "a label of the name is too long", sockerr.InvalidAddress)
def label_too_long() -> None:
    name = "x" * 64 + ".example"
    with sockerr.resolving(name):
        socket.getaddrinfo(name, 80)


@register("resolve", "the name server does not answer", sockerr.ResolverUnavailable, needs="network")
def resolver_silent() -> None:
    with _network.name_server(answers=False), sockerr.resolving("db.example"):
        socket.getaddrinfo("db.example", 80)


@register("resolve", "no name is known for the address", sockerr.NameNotFound, needs="network")
def reverse_unknown() -> None:
    with _network.name_server(answers=True), sockerr.resolving(FOREIGN):
        socket.gethostbyaddr(FOREIGN)


# Open


@register("open", "the address family does not exist", sockerr.AddressFamilyNotSupported)
def unknown_family() -> None:
    with sockerr.opening():
        socket.socket(9999)


@register("open", "the protocol does not exist", sockerr.NotSupported)
def unknown_protocol() -> None:
    with sockerr.opening():
        socket.socket(socket.AF_INET, socket.SOCK_STREAM, 250)


@register("open", "no descriptor is left", sockerr.TooManyOpenFiles)
def open_without_descriptors() -> None:
    with _no_descriptor_left(), sockerr.opening():
        socket.socket()


@register(
    "open",
    "the descriptor is no socket",
    sockerr.NotASocket,
    sockerr.SocketClosed,
    unless="this system does not look at the descriptor it is given",
)
def open_a_file() -> None:
    with tempfile.TemporaryFile() as file, sockerr.opening():
        socket.socket(socket.AF_INET, socket.SOCK_STREAM, 0, file.fileno()).detach()


# Bind


@register("bind", "the host name is nonsense", sockerr.NameNotFound, row=8)
def bind_unknown_host() -> None:
    _require_connections()
    with socket.socket() as sock, sockerr.binding((NONSENSE, 0)):
        sock.bind((NONSENSE, 0))


@register("bind", "the address is not this machine's", sockerr.AddressNotAvailable, row=9)
def bind_foreign_address() -> None:
    _require_connections()
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
    with _server() as server, socket.socket() as sock, sockerr.binding(server.getsockname()):
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
    with _path() as path, socket.socket(socket.AF_UNIX) as sock, sockerr.binding(f"{path}/inner"):
        sock.bind(f"{path}/inner")


# Listen


@register("listen", "the socket is a datagram one", sockerr.NotSupported)
def listen_on_datagram() -> None:
    _require_connections()
    with socket.socket(type=socket.SOCK_DGRAM) as sock:
        sock.bind(("127.0.0.1", 0))
        with sockerr.listening():
            sock.listen()


# Accept


@register("accept", "nobody connects before the timeout", sockerr.AcceptTimedOut, row=13)
def accept_timeout() -> None:
    with _server() as server:
        server.settimeout(SOON)
        with sockerr.accepting():
            server.accept()


@register("accept", "non-blocking, and nobody is there", sockerr.WouldBlock, row=14)
def accept_nobody() -> None:
    with _server() as server:
        server.setblocking(False)
        with sockerr.accepting():
            server.accept()


@register("accept", "the socket never listened", sockerr.NotListening)
def accept_not_listening() -> None:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        with sockerr.accepting():
            sock.accept()


@register("accept", "the listener has been closed", sockerr.SocketClosed)
def accept_closed() -> None:
    with _server() as server:
        server.close()
        with sockerr.accepting():
            server.accept()


@register("accept", "another thread shuts the listener down", sockerr.NotListening)
def accept_shut_down() -> None:
    if sys.platform != "linux":
        raise Unavailable("only Linux wakes a waiting accept() like this")
    with _server() as server:
        timer = threading.Timer(SOON, server.shutdown, (socket.SHUT_RDWR,))
        timer.start()
        try:
            with sockerr.accepting():
                server.accept()
        finally:
            timer.join()


@register("accept", "no descriptor is left for the client", sockerr.TooManyOpenFiles)
def accept_without_descriptors() -> None:
    with (
        _server() as server,
        socket.create_connection(server.getsockname()),
        _no_descriptor_left(),
        sockerr.accepting(),
    ):
        server.accept()


# Connect


@register("connect", "the host name is nonsense", sockerr.NameNotFound, row=1)
def connect_unknown_host() -> None:
    _require_connections()
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
    address = _closed_port()
    with socket.socket() as sock, sockerr.connecting(address):
        sock.connect(address)


@register("connect", "the server is on another port", sockerr.ConnectionRefused, row=4)
def connect_wrong_port() -> None:
    wrong = _closed_port()
    with _server(), socket.socket() as sock, sockerr.connecting(wrong):
        sock.connect(wrong)


@register("connect", "the socket is already connected", sockerr.AlreadyConnected, row=5)
def connect_twice() -> None:
    with _connection() as (client, _), sockerr.connecting(client.getpeername()):
        client.connect(client.getpeername())


@register("connect", "the server bound, but never listened", sockerr.ConnectionRefused, row=6)
def connect_not_listening() -> None:
    with _server(), socket.socket() as server, socket.socket() as sock:
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
    with _server(backlog=0) as server, contextlib.ExitStack() as clients:

        def connect() -> None:
            client = clients.enter_context(socket.socket())
            client.settimeout(SOON)
            with sockerr.connecting(server.getsockname()):
                client.connect(server.getsockname())

        _until_it_fails(connect)


@register(
    "connect",
    "non-blocking, the attempt goes on",
    sockerr.InProgress,
    unless="this system connects to itself at once",
)
def connect_in_progress() -> None:
    with _server() as server, socket.socket() as sock, sockerr.connecting(server.getsockname()):
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
    _require_windows_itself("hands through the number of the system below it")
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
    with _path() as path, socket.socket(socket.AF_UNIX) as sock, sockerr.connecting(path):
        sock.connect(path)


@register("connect", "AF_UNIX: the path is too long", sockerr.InvalidAddress)
def connect_long_path() -> None:
    _require("AF_UNIX")
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
    with _path() as path, socket.socket(socket.AF_UNIX) as server, contextlib.ExitStack() as clients:
        server.bind(path)
        server.listen(0)

        def connect() -> None:
            client = clients.enter_context(socket.socket(socket.AF_UNIX))
            client.setblocking(False)
            with sockerr.connecting(path):
                client.connect(path)

        _until_it_fails(connect)


@register("connect", "asyncio: nothing is on the port", sockerr.ConnectionRefused)
def connect_refused_asyncio() -> None:
    _require_translation()
    address = _closed_port()

    @sockerr.connecting(address)
    async def connect() -> None:
        await asyncio.open_connection(*address)

    asyncio.run(connect())


@register("connect", "a program logs all there is to know", sockerr.ConnectionRefused, row=16)
def connect_refused_logged() -> None:
    address = _closed_port()
    try:
        with socket.socket() as sock, sockerr.connecting(address):
            sock.connect(address)
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


# Send


@register("send", "the server is gone", sockerr.BrokenPipe, sockerr.ConnectionReset, row=12)
def send_to_gone_server() -> None:
    with _connection() as (client, accepted):
        accepted.close()
        sent: list[int] = []

        def send() -> None:
            with sockerr.sending():
                sent.append(client.send(b"are you there?"))

        try:
            _until_it_fails(send, pause=0.01)
        except sockerr.SocketError as error:
            error.add_note(
                f"send() reported success {len(sent)} time(s) before: it only hands the bytes to the kernel."
            )
            raise


@register("send", "the socket never connected", sockerr.BrokenPipe, sockerr.NotConnected)
def send_not_connected() -> None:
    _require_windows_itself("says WSAECONNRESET, where Windows says WSAENOTCONN")
    with socket.socket() as sock, sockerr.sending():
        sock.send(b"to nobody")


@register("send", "this side has been shut down", sockerr.BrokenPipe)
def send_after_shutdown() -> None:
    with _connection() as (client, _):
        client.shutdown(socket.SHUT_WR)
        with sockerr.sending():
            client.send(b"too late")


@register("send", "the socket has been closed", sockerr.SocketClosed)
def send_closed() -> None:
    sock = socket.socket()
    sock.close()
    with sockerr.sending():
        sock.send(b"too late")


@register(
    "send",
    "a broadcast, without SO_BROADCAST",
    sockerr.BroadcastDenied,
    unless="this system lets everybody broadcast on loopback",
)
def send_broadcast() -> None:
    with socket.socket(type=socket.SOCK_DGRAM) as sock, sockerr.sending(("127.255.255.255", 9)):
        sock.sendto(b"hello, all", ("127.255.255.255", 9))


@register("send", "the datagram is too big", sockerr.MessageTooLong)
def send_too_big() -> None:
    _require_connections()
    with socket.socket(type=socket.SOCK_DGRAM) as sock, sockerr.sending(("127.0.0.1", 9)):
        sock.sendto(bytes(70_000), ("127.0.0.1", 9))


@register("send", "a datagram without an address", sockerr.DestinationRequired, sockerr.NotConnected)
def send_without_address() -> None:
    _require_windows_itself("says WSAEINVAL, where Windows says WSAENOTCONN")
    with socket.socket(type=socket.SOCK_DGRAM) as sock, sockerr.sending():
        sock.send(b"to nobody")


@register("send", "the peer does not read, settimeout elapses", sockerr.SendTimedOut)
def send_timeout() -> None:
    with _connection() as (client, _), sockerr.sending():
        client.settimeout(SOON)
        client.sendall(bytes(50_000_000))


@register("send", "non-blocking, and the buffer is full", sockerr.WouldBlock)
def send_would_block() -> None:
    with _connection() as (client, _), sockerr.sending():
        client.setblocking(False)
        _until_it_fails(lambda: client.send(bytes(1_000_000)))


# Receive


@register("receive", "nothing arrives before the timeout", sockerr.ReceiveTimedOut)
def receive_timeout() -> None:
    with _connection() as (client, _), sockerr.receiving():
        client.settimeout(SOON)
        client.recv(1)


@register("receive", "non-blocking, and nothing is there", sockerr.WouldBlock)
def receive_nothing() -> None:
    with _connection() as (client, _), sockerr.receiving():
        client.setblocking(False)
        client.recv(1)


@register("receive", "the socket never connected", sockerr.NotConnected)
def receive_not_connected() -> None:
    with socket.socket() as sock, sockerr.receiving():
        sock.recv(1)


@register("receive", "the peer resets the connection", sockerr.ConnectionReset)
def receive_reset() -> None:
    _require_windows_itself("reports the end of the stream instead")
    with _connection() as (client, accepted):
        _close_with_reset(accepted)
        with sockerr.receiving():
            client.recv(1)


def _close_with_reset(sock: socket.socket) -> None:
    """Close so that a reset is sent: with SO_LINGER on, and no time to linger."""
    layout = "<HH" if sys.platform == "win32" else "@ii"
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack(layout, 1, 0))
    sock.close()


@register("receive", "UDP: the port came back unreachable", sockerr.ConnectionRefused, sockerr.ConnectionReset)
def receive_port_unreachable() -> None:
    _require_windows_itself("does not report it")
    address = _closed_port()
    with socket.socket(type=socket.SOCK_DGRAM) as sock:
        sock.settimeout(SOON)
        sock.connect(address)
        sock.send(b"anybody?")
        with sockerr.receiving(address):
            sock.recv(1)


# Shut down, configure, inspect


@register("shutdown", "the socket never connected", sockerr.NotConnected)
def shutdown_not_connected() -> None:
    _require_connections()
    with socket.socket() as sock, sockerr.operation("shutdown"):
        sock.shutdown(socket.SHUT_RDWR)


@register("configure", "the option is unknown", sockerr.NotSupported)
def unknown_option() -> None:
    _require_connections()
    with socket.socket() as sock, sockerr.operation("setsockopt"):
        sock.setsockopt(socket.SOL_SOCKET, 9999, 1)


@register("inspect", "there is no peer to name", sockerr.NotConnected)
def no_peer() -> None:
    with socket.socket() as sock, sockerr.operation("getpeername"):
        sock.getpeername()


# TLS


@register("connect", "TLS: the server speaks plain text", sockerr.TLSError)
def connect_tls_to_plain_text() -> None:
    ssl = _ssl()
    with _connection() as (client, accepted):
        accepted.sendall(b"220 mail.example ESMTP\r\n")
        client.settimeout(5)
        context = ssl.create_default_context()
        with sockerr.connecting(client.getpeername()):
            context.wrap_socket(client, server_hostname="mail.example")


@register("connect", "TLS: non-blocking, the handshake goes on", sockerr.TLSWantRead)
def connect_tls_in_progress() -> None:
    ssl = _ssl()
    with _connection() as (client, _):
        client.setblocking(False)
        context = ssl.create_default_context()
        tls = context.wrap_socket(client, server_hostname="mail.example", do_handshake_on_connect=False)
        with tls, sockerr.connecting(tls.getpeername()):
            tls.do_handshake()
