"""Endpoints on loopback, each with one real way to fail."""

import asyncio
import contextlib
import socket
import sys
import time
from typing import TYPE_CHECKING

from sockerr import connecting

from ._endpoint import Endpoint, bound, family_of, socket_of
from ._serving import Link, reset_on_close, serving
from ._unavailable import Unavailable, require_connections

if TYPE_CHECKING:
    from collections.abc import Generator

    from ._endpoint import Address
    from ._serving import Behavior

# glibc refuses a name that begins with a hyphen without asking a name server; `.invalid` exists nowhere (RFC 6761).
_NO_SUCH_HOST = "-no-such-host.invalid"
_PAGE = bytes(1_000_000)
REPLY = b"HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nContent-Length: %d\r\n\r\n" % len(_PAGE) + _PAGE
"""What an endpoint answers by default: an HTTP response with a body of a million bytes."""
_PLAIN = b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
_TENTH = 0.1
# On Linux loopback connects before connect() returns.
_SOON = 0.002 if sys.platform == "linux" else 0.05
# More than any system adds to a backlog of 0.
_MOST = 16


@contextlib.contextmanager
def refusing(*, family: int = socket.AF_INET, port: int = 0) -> "Generator[Endpoint]":
    """Refuse every connection: the address is taken, so that nobody else can listen there, but nobody listens.

    >>> import pytest, socket
    >>> from sockerr import testing
    >>> with testing.refusing() as endpoint, pytest.raises(ConnectionRefusedError):
    ...     socket.create_connection(endpoint.address)

    `family` is `AF_INET`, `AF_INET6` or `AF_UNIX`; `port` is chosen by the system unless you give one. Raises
    `AddressInUse` for a port that is taken, `Unavailable` where this machine lacks the family, and `ValueError` for
    another family.

    Source: tcp(7) and unix(7); a connection to an address where no socket listens is refused.
    """
    with bound(family, port) as sock:
        yield Endpoint(sock.getsockname())


@contextlib.contextmanager
def unresolvable() -> "Generator[Endpoint]":
    """Provide a host name that does not resolve. With glibc, no name server is asked.

    >>> import pytest, socket
    >>> from sockerr import testing
    >>> with testing.unresolvable() as endpoint, pytest.raises(socket.gaierror):
    ...     socket.create_connection(endpoint.address)

    Source: RFC 6761 section 6.4 for the domain `.invalid`.
    """
    require_connections()
    yield Endpoint((_NO_SUCH_HOST, 80))


@contextlib.contextmanager
def busy(*, family: int = socket.AF_INET, port: int = 0) -> "Generator[Endpoint]":
    """Keep the backlog full, so that connecting hangs until the client's own timeout.

    >>> import pytest, socket
    >>> from sockerr import testing
    >>> with testing.busy() as endpoint, pytest.raises(TimeoutError):
    ...     socket.create_connection(endpoint.address, timeout=0.1)

    `family` is `AF_INET` or `AF_INET6`. Raises what `refusing` raises, and `Unavailable` on a system that refuses or
    accepts connections when the backlog is full.

    Source: listen(2); Linux ignores the request to connect, so that the client sends it again.
    """
    if family == getattr(socket, "AF_UNIX", None):
        raise ValueError("family is AF_UNIX: connecting to a Unix socket with a full backlog fails at once")
    with bound(family, port) as server, contextlib.ExitStack() as clients:
        server.listen(0)
        address = server.getsockname()
        if not any(_hangs(clients.enter_context(socket_of(family)), address) for _ in range(_MOST)):
            raise Unavailable("this system takes more connections than the backlog says")
        yield Endpoint(address)


def _hangs(client: socket.socket, address: "Address") -> bool:
    client.settimeout(_SOON)
    try:
        client.connect(address)
    except TimeoutError:
        return True
    except OSError as error:
        raise Unavailable(f"this system refuses what a full backlog does not hold: {error.strerror}") from None
    return False


@contextlib.contextmanager
def silent(*, family: int = socket.AF_INET, port: int = 0) -> "Generator[Endpoint]":
    """Accept every connection, read what the client sends, and never answer.

    >>> import pytest, socket
    >>> from sockerr import testing
    >>> with testing.silent() as endpoint, socket.create_connection(endpoint.address, timeout=0.1) as client:
    ...     client.sendall(b"anybody?")
    ...     with pytest.raises(TimeoutError):
    ...         client.recv(100)
    ...     print(endpoint.connections[0].received)
    b'anybody?'

    The arguments are those of `refusing`, and so is what it raises.
    """
    with _serving(Link.gone, family, port) as endpoint:
        yield endpoint


@contextlib.contextmanager
def resetting(
    after: int = 0, *, reply: bytes | None = None, family: int = socket.AF_INET, port: int = 0
) -> "Generator[Endpoint]":
    """Answer with the first `after` bytes of `reply`, then reset the connection.

    `reply` is by default an HTTP response with a body of a million bytes.

    >>> import pytest, socket
    >>> from sockerr import testing
    >>> with testing.resetting() as endpoint, socket.create_connection(endpoint.address) as client:
    ...     client.sendall(b"anybody?")
    ...     with pytest.raises(ConnectionResetError):
    ...         client.recv(100)

    It answers when a client has made its request, or has waited for a tenth of a second for the server to begin. On
    Linux, the endpoint resets the connection only after the client's system has received the bytes; elsewhere, the
    reset can overtake them.

    The other arguments are those of `refusing`. Raises what `refusing` raises, and `ValueError` if `after` is negative
    or more than the length of `reply`.

    Source: SO_LINGER in socket(7).
    """
    answer = _first_bytes(after, reply)

    async def behavior(link: Link) -> None:
        await link.request()
        await link.send(answer)
        reset_on_close(link.socket)

    with _serving(behavior, family, port) as endpoint:
        yield endpoint


@contextlib.contextmanager
def closing(
    after: int = 0, *, reply: bytes | None = None, family: int = socket.AF_INET, port: int = 0
) -> "Generator[Endpoint]":
    """Answer with the first `after` bytes of `reply`, then close the connection cleanly.

    The client expects more. `recv` returns `b""` without an exception, and the library of a protocol says that
    the answer is incomplete:

    >>> import pytest
    >>> from http.client import IncompleteRead
    >>> from urllib.request import urlopen
    >>> from sockerr import testing
    >>> with testing.closing(after=1000) as endpoint, pytest.raises(IncompleteRead):
    ...     urlopen(endpoint.url()).read()

    The arguments are those of `resetting`, and so is what it raises.
    """
    answer = _first_bytes(after, reply)

    async def behavior(link: Link) -> None:
        await link.request()
        await link.send(answer)
        await link.close()

    with _serving(behavior, family, port) as endpoint:
        yield endpoint


@contextlib.contextmanager
def stalling(
    after: int, *, reply: bytes | None = None, family: int = socket.AF_INET, port: int = 0
) -> "Generator[Endpoint]":
    """Answer with the first `after` bytes of `reply`, and then send nothing more.

    >>> import pytest
    >>> from urllib.request import urlopen
    >>> from sockerr import testing
    >>> with testing.stalling(after=1000) as endpoint, pytest.raises(TimeoutError):
    ...     urlopen(endpoint.url(), timeout=0.5).read()

    The arguments are those of `resetting`, and so is what it raises.
    """
    answer = _first_bytes(after, reply)

    async def behavior(link: Link) -> None:
        await link.request()
        await link.send(answer)
        await link.gone()

    with _serving(behavior, family, port) as endpoint:
        yield endpoint


@contextlib.contextmanager
def trickling(
    bytes_per_second: int, *, reply: bytes | None = None, family: int = socket.AF_INET, port: int = 0
) -> "Generator[Endpoint]":
    """Answer with `reply` at this speed, in about ten pieces a second.

    In the end, the client gets all that it asked for. A timeout for each call never ends the exchange; a limit for the
    whole exchange does.

    >>> import socket
    >>> from sockerr import testing
    >>> with testing.trickling(20, reply=b"pong") as endpoint, socket.create_connection(endpoint.address) as client:
    ...     client.sendall(b"ping")
    ...     client.makefile("rb").read()
    b'pong'

    The other arguments are those of `refusing`. Raises what `refusing` raises, and `ValueError` if `bytes_per_second`
    is less than 1.
    """
    if bytes_per_second < 1:
        raise ValueError(f"bytes_per_second is {bytes_per_second}: expected at least 1; stalling() sends nothing more")
    whole = REPLY if reply is None else reply
    piece = max(1, int(bytes_per_second * _TENTH))

    async def behavior(link: Link) -> None:
        await link.request()
        started = time.monotonic()
        for start in range(0, len(whole), piece):
            await asyncio.sleep(started + start / bytes_per_second - time.monotonic())
            await link.send(whole[start : start + piece])
        await link.close()

    with _serving(behavior, family, port) as endpoint:
        yield endpoint


@contextlib.contextmanager
def not_tls(greeting: bytes = _PLAIN, *, family: int = socket.AF_INET, port: int = 0) -> "Generator[Endpoint]":
    """Answer a TLS handshake with plain text, `greeting`.

    >>> import pytest, ssl
    >>> from urllib.request import urlopen
    >>> from sockerr import NotTLS, classify, testing
    >>> with testing.not_tls() as endpoint, pytest.raises(OSError) as caught:
    ...     urlopen(endpoint.url("https"))
    >>> isinstance(classify(caught.value), NotTLS)
    True

    The other arguments are those of `refusing`, and so is what it raises.
    """

    async def behavior(link: Link) -> None:
        await link.request()
        await link.send(greeting)
        await link.close()

    with _serving(behavior, family, port) as endpoint:
        yield endpoint


@contextlib.contextmanager
def leaving_client(address: "Address") -> "Generator[None]":
    """Connect to a server under test, and reset the connection before the server accepts it.

    Enter it before the server calls `accept`: afterwards the connection waits in the server's backlog, already lost.
    Linux hands it to the server, whose first call on it fails; the BSDs raise `ECONNABORTED` in `accept`.

    >>> import pytest, socket
    >>> from sockerr import testing
    >>> with socket.create_server(("127.0.0.1", 0)) as server, testing.leaving_client(server.getsockname()):
    ...     accepted, _ = server.accept()
    ...     with accepted, pytest.raises(ConnectionResetError):
    ...         accepted.recv(100)

    `address` is what `socket.connect` takes. Raises the typed error if nobody listens there.

    Source: accept(2), errors ECONNABORTED and those of the new connection; SO_LINGER in socket(7).
    """
    with socket_of(family_of(address)) as client:
        client.settimeout(5)
        with connecting(address):
            client.connect(address)
        reset_on_close(client)
    yield


@contextlib.contextmanager
def _serving(behavior: "Behavior", family: int, port: int) -> "Generator[Endpoint]":
    with bound(family, port) as listener:
        endpoint = Endpoint(listener.getsockname())
        with serving(endpoint, listener, behavior):
            yield endpoint


def _first_bytes(after: int, reply: bytes | None) -> bytes:
    whole = REPLY if reply is None else reply
    if not 0 <= after <= len(whole):
        raise ValueError(f"after is {after}: expected 0 to {len(whole)}, the number of bytes of reply")
    return whole[:after]
