"""What a client connects to, and what has arrived there."""

import contextlib
import os
import socket
import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic

from typing_extensions import TypeVar

from sockerr import AddressNotAvailable, SocketError, binding

from ._unavailable import Unavailable, require_connections

if TYPE_CHECKING:
    from collections.abc import Generator
    from typing import TypeAlias

    from sockerr import Operation

    Address: TypeAlias = tuple[str, int] | tuple[str, int, int, int] | str
    """What `socket.connect` takes and `getsockname` returns: for IPv4, for IPv6, for a Unix socket."""

_KEPT = 1_000_000
LOOPBACK = {int(socket.AF_INET): "127.0.0.1", int(socket.AF_INET6): "::1"}


class Connection:
    """A connection that a client has made to an endpoint."""

    def __init__(self) -> None:
        self.is_open: bool = True
        """Whether it is still open, as far as the endpoint knows."""
        self._received = bytearray()

    def __repr__(self) -> str:
        state = "open" if self.is_open else "closed"
        return f"<{type(self).__name__}: {state}, {len(self._received)} bytes received>"

    @property
    def received(self) -> bytes:
        """What the client has sent so far; the first million bytes of it."""
        return bytes(self._received)

    def keep(self, data: bytes) -> None:
        """Add to what the client has sent."""
        self._received += data[: _KEPT - len(self._received)]


C = TypeVar("C", bound=Connection, default=Connection)


class Endpoint(Generic[C]):
    """What a client connects to, and what has arrived there."""

    raises: type[SocketError] = SocketError
    """The class that a client meets here, if the endpoint is from `failing`; otherwise `SocketError`."""
    operation: "Operation | None" = None
    """The operation in which the client meets it, if the endpoint is from `failing`."""

    def __init__(self, address: "Address") -> None:
        # `Any`, as the standard library's own types have it: which one it is, the family says.
        self.address: Any = address if isinstance(address, str) else (address[0], address[1])
        """What `socket.connect` takes: `(host, port)`, or the path of a Unix socket."""
        self._connections: list[C] = []
        self._changed = threading.Condition()

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.address!r}>"

    @property
    def host(self) -> str:
        """The host name or IP address; raises `ValueError` for the path of a Unix socket."""
        return self._host_and_port()[0]

    @property
    def port(self) -> int:
        """The port; raises `ValueError` for the path of a Unix socket."""
        return self._host_and_port()[1]

    @property
    def connections(self) -> tuple[C, ...]:
        """Every connection that was accepted so far, the oldest first."""
        return tuple(self._connections)

    def url(self, scheme: str = "http") -> str:
        """Return the URL without a path: `http://127.0.0.1:49152`. An IPv6 address gets brackets."""
        host, port = self._host_and_port()
        return f"{scheme}://[{host}]:{port}" if ":" in host else f"{scheme}://{host}:{port}"

    def wait_connected(self, timeout: float = 5.0) -> C:
        """Wait until a client has connected, and return the newest connection.

        `timeout` is in seconds. Raises `TimeoutError` if nobody has connected by then.
        """
        with self._changed:
            if not self._changed.wait_for(lambda: self._connections, timeout):
                raise TimeoutError(f"nobody connected to {self.address} within {timeout} s")
            return self._connections[-1]

    def add(self, connection: C) -> None:
        """Add a connection, and wake those who wait for one."""
        with self._changed:
            self._connections.append(connection)
            self._changed.notify_all()

    def _host_and_port(self) -> tuple[str, int]:
        if isinstance(self.address, str):
            raise ValueError(f"a Unix socket has a path instead of a host and a port: use address ({self.address!r})")
        return self.address[0], self.address[1]


@contextlib.contextmanager
def bound(family: int, port: int, *, reuse: bool = False) -> "Generator[socket.socket]":
    """Bind a socket to an address of loopback, or to a path in a folder of its own."""
    require_connections()
    if family in LOOPBACK:
        with listener_at((LOOPBACK[family], port), reuse=reuse) as sock:
            yield sock
        return
    if family != getattr(socket, "AF_UNIX", None):
        raise ValueError(f"family is {family}: expected socket.AF_INET, AF_INET6 or AF_UNIX")
    if port:
        raise ValueError(f"port is {port}: a Unix socket has a path and no port")
    with tempfile.TemporaryDirectory(prefix="sockerr-") as folder, listener_at(str(Path(folder) / "socket")) as sock:
        yield sock


def listener_at(address: "Address", *, reuse: bool = False) -> socket.socket:
    """Return a socket that is bound to an address, which it can share with connections of an earlier one."""
    sock = socket_of(family_of(address))
    try:
        if reuse and os.name == "posix":
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        with binding(address):
            sock.bind(address)
    except AddressNotAvailable:
        sock.close()
        raise Unavailable(f"this machine has no address {address}") from None
    except BaseException:
        sock.close()
        raise
    return sock


def socket_of(family: int) -> socket.socket:
    """Make a stream socket; raises `Unavailable` where this machine lacks the family."""
    try:
        return socket.socket(family)
    except OSError as error:
        raise Unavailable(f"this machine has no {socket.AddressFamily(family).name}: {error.strerror}") from None


def family_of(address: "Address") -> int:
    """Return the family of an address; raises `Unavailable` for a path where there are no Unix sockets."""
    if not isinstance(address, str):
        return socket.AF_INET6 if len(address) == 4 or ":" in address[0] else socket.AF_INET
    if not hasattr(socket, "AF_UNIX"):
        raise Unavailable("this system has no AF_UNIX")
    return socket.AF_UNIX
