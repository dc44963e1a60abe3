"""Failures by what a client meets: which endpoint makes it meet which class, and in which operation."""

import asyncio
import contextlib
import socket
import sys
import tempfile
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

import sockerr
from sockerr import Operation, SocketError

from ._endpoint import Endpoint, bound
from ._endpoints import busy, closing, not_tls, refusing, resetting, silent, unresolvable
from ._serving import PAUSE, Link, reset_on_close, serving
from ._situation import registered
from ._tls import tls
from ._unavailable import Unavailable, require_connections, require_windows_itself

if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from contextlib import AbstractContextManager

    from ._serving import Behavior

Client: TypeAlias = Literal["any", "TLS", "Unix"]

# The broadcast address of loopback (RFC 919).
BROADCAST = ("127.255.255.255", 9)
_SMALL = 4096


@dataclass(frozen=True)
class Failure:
    """A class that a client meets in an operation, and the endpoint where it does."""

    error: type[SocketError]
    operation: Operation
    endpoint: "Callable[[], AbstractContextManager[Endpoint]]"
    client: Client = "any"
    """What the client must be: one that speaks TLS, or one that connects to the path of a Unix socket."""


@contextlib.contextmanager
def _unreachable() -> "Generator[Endpoint]":
    """Provide an address that TCP cannot connect to. Nothing is sent."""
    require_connections()
    endpoint = Endpoint(BROADCAST)
    with socket.socket() as probe:
        probe.settimeout(0.1)
        try:
            with sockerr.connecting(endpoint.address):
                probe.connect(endpoint.address)
        except sockerr.NetworkUnreachable:
            yield endpoint
            return
        except OSError as error:
            raise Unavailable(f"this system says something else for a broadcast address: {error}") from None
    raise Unavailable("this system connects to a broadcast address")


@contextlib.contextmanager
def _no_path() -> "Generator[Endpoint]":
    if not hasattr(socket, "AF_UNIX"):
        raise Unavailable("this system has no AF_UNIX")
    with tempfile.TemporaryDirectory(prefix="sockerr-") as folder:
        yield Endpoint(str(Path(folder) / "socket"))


@contextlib.contextmanager
def _behaving(behavior: "Behavior", *, buffer: int | None = None) -> "Generator[Endpoint]":
    with bound(socket.AF_INET, 0) as listener:
        if buffer is not None:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
        endpoint = Endpoint(listener.getsockname())
        with serving(endpoint, listener, behavior):
            yield endpoint


async def _ignore(link: Link) -> None:
    """Read nothing, so that the client cannot go on sending."""
    link.ignore()
    await asyncio.Event().wait()


async def _reset_while_sending(link: Link) -> None:
    """Reset the connection with the first byte; before, the client's `connect` could meet it."""
    await link.receive()
    reset_on_close(link.socket)


async def _end_and_reset(link: Link) -> None:
    """End the connection, and reset it. After both, sending fails with EPIPE (tcp_reset in Linux's tcp_input.c)."""
    link.socket.shutdown(socket.SHUT_WR)
    await asyncio.sleep(PAUSE)
    reset_on_close(link.socket)


@contextlib.contextmanager
def _resetting() -> "Generator[Endpoint]":
    require_windows_itself("reports the end of the stream instead of a reset")
    with resetting() as endpoint:
        yield endpoint


@contextlib.contextmanager
def _broken_pipe() -> "Generator[Endpoint]":
    if sys.platform == "win32":
        raise Unavailable("Windows reports an aborted or a reset connection instead of a broken pipe")
    with _behaving(_end_and_reset) as endpoint:
        yield endpoint


FAILURES = (
    Failure(sockerr.NameNotFound, Operation.RESOLVE, unresolvable),
    Failure(sockerr.ConnectionRefused, Operation.CONNECT, refusing),
    Failure(sockerr.ConnectTimedOut, Operation.CONNECT, busy),
    Failure(sockerr.NetworkUnreachable, Operation.CONNECT, _unreachable),
    Failure(sockerr.PathNotFound, Operation.CONNECT, _no_path, "Unix"),
    Failure(sockerr.NotTLS, Operation.CONNECT, not_tls, "TLS"),
    Failure(sockerr.TLSConnectionLost, Operation.CONNECT, closing, "TLS"),
    Failure(sockerr.TLSVersionMismatch, Operation.CONNECT, partial(tls, "old-version"), "TLS"),
    Failure(sockerr.CertificateExpired, Operation.CONNECT, partial(tls, "expired"), "TLS"),
    Failure(sockerr.CertificateNameMismatch, Operation.CONNECT, partial(tls, "wrong-host"), "TLS"),
    Failure(sockerr.CertificateUntrusted, Operation.CONNECT, partial(tls, "unknown-ca"), "TLS"),
    Failure(sockerr.SendTimedOut, Operation.SEND, partial(_behaving, _ignore, buffer=_SMALL)),
    Failure(sockerr.ConnectionReset, Operation.SEND, partial(_behaving, _reset_while_sending)),
    Failure(sockerr.BrokenPipe, Operation.SEND, _broken_pipe),
    Failure(sockerr.ReceiveTimedOut, Operation.RECEIVE, silent),
    Failure(sockerr.ConnectionReset, Operation.RECEIVE, _resetting),
    Failure(sockerr.ConnectionLost, Operation.RECEIVE, closing),
    Failure(sockerr.ClientCertificateRequired, Operation.RECEIVE, partial(tls, "client-certificate"), "TLS"),
)
"""What the endpoints make clients meet, in the order of a socket's life."""


@contextlib.contextmanager
def failing(error: type[SocketError], operation: "Operation | str | None" = None) -> "Generator[Endpoint]":
    """Run the endpoint where a client meets exactly this class, in this operation.

    >>> import pytest, socket, sockerr
    >>> from sockerr import testing
    >>> with testing.failing(sockerr.ConnectionReset, operation="receive") as endpoint:
    ...     with socket.create_connection(endpoint.address) as client:
    ...         client.sendall(b"anybody?")
    ...         with pytest.raises(endpoint.raises), sockerr.receiving():
    ...             client.recv(100)

    `error` is a class of this package; `operation` is an `Operation` or its value, by default the first operation in
    which a client can meet the class. The endpoint has both, as `raises` and `operation`.

    What the client must do: go on sending, some megabytes for `SendTimedOut`; expect more than it receives, for
    `ConnectionLost`; speak TLS and trust `endpoint.ca_file`, for the classes of TLS; connect to a path, for
    `PathNotFound`.

    Raises `Unavailable`, with the reason, if this machine cannot provoke the failure; `TypeError` if `error` is not a
    class of this package; and `ValueError` if it is a family of classes, or if the operation is unknown.
    """
    failure = find(error, None if operation is None else Operation(operation))
    with failure.endpoint() as endpoint:
        endpoint.raises, endpoint.operation = failure.error, failure.operation
        yield endpoint


def find(error: type[SocketError], operation: "Operation | None") -> Failure:
    """Return the failure with this class and, if one is given, this operation."""
    if not (isinstance(error, type) and issubclass(error, SocketError)):
        raise TypeError(f"error is {error!r}: expected a class such as sockerr.ConnectionReset")
    there = [each for each in FAILURES if operation in (None, each.operation)]
    for each in there:
        if each.error is error:
            return each
    if nearest := {each.error.__name__: None for each in there if issubclass(each.error, error)}:
        raise ValueError(f"{error.__name__} is a family of failures: expected one of {', '.join(nearest)}")
    raise Unavailable(_why_not(error, operation))


def _why_not(error: type[SocketError], operation: "Operation | None") -> str:
    where = "" if operation is None else f" in {operation}"
    reason = f"no endpoint on loopback makes a client meet {error.__name__}{where}"
    for each in registered.values():
        if error in each.expected and operation in (None, each.operation):
            return f"{reason}: situation({each.name!r}) provokes it"
    return reason
