"""What an endpoint is, and the thread that serves it."""

import contextlib
import selectors
import socket
import struct
import sys
import threading
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from typing import TypeAlias

    Address: TypeAlias = tuple[str, int] | tuple[str, int, int, int] | str

# In seconds.
PATIENCE = 0.1
_STOP = 5.0
_MOST = 65536


def reset(sock: socket.socket) -> None:
    """Close so that the peer gets a reset: with SO_LINGER on, and no time to linger (socket(7))."""
    layout = "<HH" if sys.platform == "win32" else "@ii"
    with contextlib.suppress(OSError):
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack(layout, 1, 0))
    sock.close()


class Connection:
    """A connection that a client has made to an endpoint."""

    def __init__(self, sock: socket.socket) -> None:
        self.socket = sock
        self.received = bytearray()
        """What the client has sent so far."""
        self.is_open = True
        """Whether neither end has closed it."""
        self.due: float | None = None
        """When to act next, as `time.monotonic` counts; `None` to wait for the client."""

    def close(self) -> None:
        """End it in good order."""
        self.is_open = False
        self.socket.close()

    def reset(self) -> None:
        """End it with a reset."""
        self.is_open = False
        reset(self.socket)


class Endpoint:
    """Where a client is to connect to, and what has arrived there."""

    def __init__(self, address: "Address") -> None:
        self.address = address
        """What `socket.connect` takes: `(host, port)`, with two more numbers for IPv6, or the path of a Unix socket."""
        self.connections: list[Connection] = []
        """Every connection that was accepted, the oldest first."""
        self._connected = threading.Condition()

    def __repr__(self) -> str:
        return f"<Endpoint {self.address!r}, {len(self.connections)} connections>"

    @property
    def host(self) -> str:
        """The name or the IP address; raises `ValueError` for the path of a Unix socket."""
        return self._internet()[0]

    @property
    def port(self) -> int:
        """The port; raises `ValueError` for the path of a Unix socket."""
        return self._internet()[1]

    def url(self, scheme: str = "http") -> str:
        """Return the URL of the endpoint: `http://127.0.0.1:49152`, with brackets around an IPv6 address."""
        host, port = self._internet()
        return f"{scheme}://[{host}]:{port}" if ":" in host else f"{scheme}://{host}:{port}"

    def wait_connected(self, timeout: float = 5.0) -> Connection:
        """Wait until a client has connected, and return the first connection.

        Raises `TimeoutError` if nobody has connected within `timeout` seconds.
        """
        with self._connected:
            if not self._connected.wait_for(lambda: self.connections, timeout):
                raise TimeoutError(f"nobody connected to {self.address} within {timeout} s")
            return self.connections[0]

    def add(self, connection: Connection) -> None:
        with self._connected:
            self.connections.append(connection)
            self._connected.notify_all()

    def _internet(self) -> tuple[str, int]:
        if isinstance(self.address, str):
            raise ValueError(f"a Unix socket has neither host nor port, only its path {self.address!r}: use address")
        return self.address[0], self.address[1]


class Behavior:
    """What a server does with its connections: nothing, unless a subclass says otherwise."""

    def accepted(self, connection: Connection) -> None:
        """A client has connected."""

    def received(self, connection: Connection) -> None:
        """The client has sent something."""

    def elapsed(self, connection: Connection) -> None:
        """The time has come that `due` asked for."""


class Server(threading.Thread):
    """A listener and its connections, served by one thread until it is stopped."""

    def __init__(self, listener: socket.socket, endpoint: Endpoint, behavior: Behavior) -> None:
        super().__init__(name=f"sockerr.testing {endpoint.address}", daemon=True)
        self._listener, self._endpoint, self._behavior = listener, endpoint, behavior
        self._selector = selectors.DefaultSelector()
        self._waker, self._woken = socket.socketpair()

    def run(self) -> None:
        """Serve until woken."""
        with self._selector, self._woken, self._listener:
            self._listener.setblocking(False)
            self._selector.register(self._listener, selectors.EVENT_READ, self._accept)
            self._selector.register(self._woken, selectors.EVENT_READ)
            while self._serve():
                pass
            for each in self._endpoint.connections:
                each.close()

    def stop(self) -> None:
        """End the thread, and close all that it has opened."""
        self._waker.close()
        self.join(_STOP)

    def _serve(self) -> bool:
        for key, _ in self._selector.select(self._timeout()):
            if key.data is None:
                return False
            key.data()
        now = time.monotonic()
        for each in self._endpoint.connections:
            if each.is_open and each.due is not None and each.due <= now:
                each.due = None
                self._act(self._behavior.elapsed, each)
        return True

    def _timeout(self) -> float | None:
        due = [each.due for each in self._endpoint.connections if each.is_open and each.due is not None]
        return max(0.0, min(due) - time.monotonic()) if due else None

    def _accept(self) -> None:
        # A client may have left in the meantime.
        with contextlib.suppress(OSError):
            sock, _ = self._listener.accept()
            sock.setblocking(False)
            connection = Connection(sock)
            self._selector.register(sock, selectors.EVENT_READ, lambda: self._receive(connection))
            self._endpoint.add(connection)
            self._act(self._behavior.accepted, connection)

    def _receive(self, connection: Connection) -> None:
        try:
            data = connection.socket.recv(_MOST)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if data:
            connection.received += data
            self._act(self._behavior.received, connection)
            return
        self._selector.unregister(connection.socket)
        connection.close()

    def _act(self, act: "Callable[[Connection], None]", connection: Connection) -> None:
        sock = connection.socket
        descriptor = sock.fileno()
        try:
            act(connection)
        except OSError:
            connection.close()
        if not connection.is_open and descriptor != -1 and descriptor in self._selector.get_map():
            self._selector.unregister(descriptor)


@contextlib.contextmanager
def serving(listener: socket.socket, behavior: Behavior) -> "Generator[Endpoint]":
    """Serve what connects to a listener, until the block ends."""
    endpoint = Endpoint(listener.getsockname())
    server = Server(listener, endpoint, behavior)
    server.start()
    try:
        yield endpoint
    finally:
        server.stop()
