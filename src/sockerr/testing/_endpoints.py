"""Endpoints on loopback, each with one real way to fail."""

import contextlib
import os
import socket
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

from ._endpoint import PATIENCE, Behavior, Connection, Endpoint, reset, serving
from ._situation import Unavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from contextlib import AbstractContextManager

    from ._endpoint import Address

# glibc refuses a name that begins with a hyphen without asking a name server, and `.invalid` exists nowhere (RFC 6761).
_NOBODY = "-no-such-host.invalid"
_LOOPBACK = {socket.AF_INET: "127.0.0.1", socket.AF_INET6: "::1"}
_PAGE = bytes(1_000_000)
REPLY = b"HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nContent-Length: %d\r\n\r\n" % len(_PAGE) + _PAGE
"""What the endpoints answer that answer something: a page of a million bytes."""


@contextlib.contextmanager
def refusing(family: socket.AddressFamily = socket.AF_INET) -> "Generator[Endpoint]":
    """Refuse every connection: the port is taken, so that nobody else can have it, but nobody listens.

    >>> import socket
    >>> from sockerr import connecting, testing
    >>> with testing.refusing() as endpoint:
    ...     try:
    ...         with connecting(endpoint.address):
    ...             socket.create_connection(endpoint.address)
    ...     except ConnectionRefusedError as error:
    ...         print(error.symbol)
    ECONNREFUSED

    `family` is `AF_INET`, `AF_INET6` or `AF_UNIX`. Raises `Unavailable` where this system lacks it.
    """
    with _bound(family) as sock:
        yield Endpoint(sock.getsockname())


@contextlib.contextmanager
def unresolvable() -> "Generator[Endpoint]":
    """Have a host name that no address belongs to. Glibc refuses it without asking a name server."""
    yield Endpoint((_NOBODY, 80))


@contextlib.contextmanager
def busy(family: socket.AddressFamily = socket.AF_INET) -> "Generator[Endpoint]":
    """Have a full backlog, so that connecting takes until the client gives up.

    Linux drops what would open another connection. Raises `Unavailable` on systems that refuse it or take it.
    """
    if sys.platform != "linux":
        raise Unavailable("only Linux drops what a full backlog does not hold")
    with _bound(family) as server, contextlib.ExitStack() as clients:
        server.listen(0)
        for _ in range(2):
            client = clients.enter_context(socket.socket(family))
            client.setblocking(False)
            client.connect_ex(server.getsockname())
        yield Endpoint(server.getsockname())


def silent(family: socket.AddressFamily = socket.AF_INET) -> "AbstractContextManager[Endpoint]":
    """Accept every connection, read what arrives, and never say a word."""
    return _serving(family, Behavior())


def resetting(
    after: int = 0, *, reply: bytes = REPLY, family: socket.AddressFamily = socket.AF_INET
) -> "AbstractContextManager[Endpoint]":
    """Answer with the first `after` bytes of `reply`, then reset the connection.

    A client that speaks first is answered then; one that waits to be greeted, after a tenth of a second. A reset may
    overtake the bytes before it.
    """
    return _serving(family, _Answer(reply, after, Connection.reset))


def closing(
    after: int = 0, *, reply: bytes = REPLY, family: socket.AddressFamily = socket.AF_INET
) -> "AbstractContextManager[Endpoint]":
    """Answer with the first `after` bytes of `reply`, then close in good order, where the client expects more."""
    return _serving(family, _Answer(reply, after, Connection.close))


def stalling(
    after: int, *, reply: bytes = REPLY, family: socket.AddressFamily = socket.AF_INET
) -> "AbstractContextManager[Endpoint]":
    """Answer with the first `after` bytes of `reply`, and then say nothing more."""
    return _serving(family, _Answer(reply, after, None))


def trickling(
    bytes_per_second: int, *, reply: bytes = REPLY, family: socket.AddressFamily = socket.AF_INET
) -> "AbstractContextManager[Endpoint]":
    """Answer with `reply`, at so many bytes a second, in ten pieces a second or in single bytes."""
    if bytes_per_second < 1:
        raise ValueError(f"bytes_per_second is {bytes_per_second}: expected at least 1; stalling() sends nothing more")
    return _serving(family, _Trickle(reply, bytes_per_second))


def not_tls(
    greeting: bytes = b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
    *,
    family: socket.AddressFamily = socket.AF_INET,
) -> "AbstractContextManager[Endpoint]":
    """Answer a client that begins a TLS handshake with `greeting`, in plain text."""
    return _serving(family, _Answer(greeting, len(greeting), Connection.close))


@contextlib.contextmanager
def leaving_client(address: "Address") -> "Generator[None]":
    """Connect to a server under test, and reset the connection before the server can have accepted it.

    For a server whose `accept()` is yet to come: Linux hands it a connection that is lost already, other systems
    raise `ECONNABORTED` from `accept()`.
    """
    family = _family(address)
    with socket.socket(family) as client:
        client.settimeout(5)
        client.connect(address)
        reset(client)
        yield


class _Answer(Behavior):
    """Sends the first bytes of a reply, then ends the connection in some way, or never."""

    def __init__(self, reply: bytes, after: int, end: "Callable[[Connection], None] | None") -> None:
        if not 0 <= after <= len(reply):
            raise ValueError(f"after is {after}: expected 0 to {len(reply)}, the number of bytes of the reply")
        self._reply, self._end = reply[:after], end
        self._left: dict[Connection, memoryview] = {}

    def accepted(self, connection: Connection) -> None:
        connection.due = time.monotonic() + PATIENCE

    def received(self, connection: Connection) -> None:
        if connection not in self._left:
            self.elapsed(connection)

    def elapsed(self, connection: Connection) -> None:
        left = self._left.get(connection, memoryview(self._reply))
        with contextlib.suppress(BlockingIOError):
            left = left[connection.socket.send(left) :]
        self._left[connection] = left
        if left:
            connection.due = time.monotonic() + 0.001
        elif self._end is not None:
            connection.due = None
            self._end(connection)
