"""Places on loopback where a client fails, each in its own way."""

import contextlib
import dataclasses
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass

# The C library refuses a name that begins with a hyphen without asking a name server.
NOBODY = "-no-such-host.invalid"


@dataclass(frozen=True)
class Place:
    """Where a client is to connect to, and how long it is to wait."""

    host: str
    port: int
    timeout: float = 0.3

    @property
    def authority(self) -> str:
        return f"{self.host}:{self.port}"


def _here(sock: socket.socket) -> Place:
    host, port = sock.getsockname()
    return Place(host, port)


@contextlib.contextmanager
def refused() -> Iterator[Place]:
    """The port is taken, so that nobody else can have it, but nobody listens."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        yield _here(sock)


@contextlib.contextmanager
def unresolvable() -> Iterator[Place]:
    """No host has the name."""
    yield Place(NOBODY, 9)


@contextlib.contextmanager
def busy() -> Iterator[Place]:
    """The backlog is full, so that Linux drops what would open another connection."""
    with contextlib.ExitStack() as stack:
        server = stack.enter_context(socket.socket())
        server.bind(("127.0.0.1", 0))
        server.listen(0)
        with contextlib.suppress(TimeoutError):
            for _ in range(10):
                client = stack.enter_context(socket.socket())
                client.settimeout(0.05)
                client.connect(server.getsockname())
        yield _here(server)


@contextlib.contextmanager
def silent() -> Iterator[Place]:
    """The kernel takes connections, and nobody says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield _here(server)


@contextlib.contextmanager
def reset() -> Iterator[Place]:
    """Every connection is reset: once the client has said something, or has waited for the server to begin."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=_reset_all, args=(server,))
        thread.start()
        try:
            yield dataclasses.replace(_here(server), timeout=2)
        finally:
            # Closing alone would not wake accept() on Linux.
            server.shutdown(socket.SHUT_RDWR)
            thread.join()


def _reset_all(server: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while True:
            accepted, _ = server.accept()
            with accepted, contextlib.suppress(TimeoutError):
                # Closing with no time to linger sends a reset: socket(7), SO_LINGER.
                accepted.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                accepted.settimeout(0.5)
                while accepted.recv(65536):
                    # What is still being sent when the reset comes would fail as a broken pipe.
                    accepted.settimeout(0.05)


PLACES: dict[str, Callable[[], AbstractContextManager[Place]]] = {
    "refused": refused,
    "unresolvable": unresolvable,
    "no connection in time": busy,
    "no reply in time": silent,
    "reset": reset,
}
