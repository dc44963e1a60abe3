"""A proxy between a client and its real server, which breaks their connections on demand."""

import asyncio
import contextlib
import os
import socket
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from typing_extensions import override

from sockerr import listening, resolving

from ._endpoint import Connection, Endpoint, bound, listener_at
from ._engine import Engine, running
from ._passage import Passage, Rules, Shape, Trigger
from ._serving import SIZE

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence

    from sockerr import SocketError

    from ._endpoint import Address
    from ._passage import Ending, Target


_EXPECTED = "expected (host, port), the path of a Unix socket, or an Endpoint"


class Controls:
    """What can be done to one connection, or to all connections of a proxy.

    The methods take `after`, a number of bytes: they act when that many more bytes have come from the upstream to the
    client, through this connection or through the whole proxy. They return when they have taken effect.
    """

    def __init__(self, engine: Engine, rules: Rules, passages: "Callable[[], Sequence[Passage]]") -> None:
        self._engine, self._rules, self._passages = engine, rules, passages

    def reset(self, *, after: int = 0) -> None:
        """Reset the connection at both ends. Connections that are made afterwards are not affected."""
        self._at(after, partial(self._end, "reset"))

    def close(self, *, after: int = 0) -> None:
        """Close the connection cleanly at both ends. Connections that are made afterwards are not affected."""
        self._at(after, partial(self._end, "close"))

    def silence(self, *, after: int = 0) -> None:
        """Pass nothing on, in either direction, until `restore`; then what was held back goes first."""
        self._at(after, partial(self._reshape, lambda shape: replace(shape, silent=True)))

    def delay(self, seconds: float, *, after: int = 0) -> None:
        """Delay what the upstream sends, and the end of the stream, by so many seconds."""
        if seconds < 0:
            raise ValueError(f"seconds is {seconds}: expected 0 or more")
        self._at(after, partial(self._reshape, lambda shape: replace(shape, delay=seconds)))

    def limit(self, bytes_per_second: int, *, after: int = 0) -> None:
        """Pass on at most so many bytes a second, in each direction of a connection."""
        if bytes_per_second < 1:
            raise ValueError(
                f"bytes_per_second is {bytes_per_second}: expected at least 1; silence() passes nothing on"
            )
        self._at(after, partial(self._reshape, lambda shape: replace(shape, bytes_per_second=bytes_per_second)))

    def slice(self, size: int, *, after: int = 0) -> None:
        """Pass on pieces of at most `size` bytes, and at most a thousand of them a second."""
        if size < 1:
            raise ValueError(f"size is {size}: expected at least 1; silence() stops all")
        self._at(after, partial(self._reshape, lambda shape: replace(shape, piece=min(size, SIZE))))

    def restore(self) -> None:
        """Pass everything on as at the beginning, and forget what was to happen after some bytes."""
        self._engine.call(self._restore)

    def _at(self, after: int, action: "Callable[[], None]") -> None:
        if after < 0:
            raise ValueError(f"after is {after}: expected a number of bytes, 0 or more")
        self._engine.call(self._do, after, action)

    async def _do(self, after: int, action: "Callable[[], None]") -> None:
        if after:
            self._rules.triggers.append(Trigger(after, action))
            return
        affected = self._passages()
        action()
        ended = [each.task for each in affected if each.is_ending]
        await asyncio.gather(*ended)

    async def _restore(self) -> None:
        self._rules.triggers = []
        for each in self._passages():
            each.rules.triggers = []
        self._reshape(lambda _: Shape())

    def _end(self, ending: "Ending") -> None:
        for each in self._passages():
            each.end(ending)

    def _reshape(self, change: "Callable[[Shape], Shape]") -> None:
        self._rules.shape = change(self._rules.shape)
        for each in self._passages():
            each.reshape(change(each.rules.shape))


class ProxyConnection(Connection, Controls):
    """A client's connection through a proxy. What is done to it leaves the other connections alone."""

    def __init__(self, engine: Engine, client: socket.socket, of_proxy: Rules) -> None:
        Connection.__init__(self)
        self.passage: Passage = Passage(client, self, of_proxy)
        Controls.__init__(self, engine, self.passage.rules, lambda: [self.passage] if self.is_open else [])

    @property
    def error(self) -> "SocketError | None":
        """Why the upstream could not be reached for this connection, if it could not."""
        return self.passage.error


class Proxy(Endpoint[ProxyConnection], Controls):
    """What a client connects to instead of its server. What is done to the proxy is done to every connection."""

    def __init__(self, engine: Engine, listener: socket.socket, targets: "list[Target]") -> None:
        super().__init__(listener.getsockname())
        Controls.__init__(self, engine, Rules(), lambda: [each.passage for each in self._connections if each.is_open])
        self._listener, self._targets = listener, targets
        self._refuses = False

    def refuse(self, *, after: int = 0) -> None:
        """Refuse new connections until `restore`. Those that are open stay.

        Raises `RuntimeError` if the proxy refuses connections already.
        """
        if self._refuses:
            raise RuntimeError("the proxy refuses connections already: restore() ends that")
        self._at(after, self._refuse)

    def accept(self) -> None:
        """Accept connections."""
        with listening(self.address):
            self._engine.accept(self._listener, self._accepted)
        self._refuses = False

    def release(self) -> None:
        """Close the listener, which need not be the first one."""
        self._listener.close()

    def _accepted(self, client: socket.socket) -> None:
        connection = ProxyConnection(self._engine, client, self._rules)
        connection.passage.start(self._targets)
        self.add(connection)

    def _refuse(self) -> None:
        if self._refuses:
            return
        self._engine.stop_accepting()
        self._listener.close()
        if isinstance(self.address, str):
            Path(self.address).unlink()
        # Keeps the address from others, and does not listen.
        self._listener = listener_at(self.address, reuse=True)
        self._refuses = True

    @override
    async def _restore(self) -> None:
        await super()._restore()
        if self._refuses:
            self.accept()


@contextlib.contextmanager
def proxy(upstream: "Address | Endpoint", *, family: int = socket.AF_INET, port: int = 0) -> "Generator[Proxy]":
    """Run a proxy in front of a server, until the block ends.

    A client connects to `proxy.address` and talks to the server, until the proxy is told to break something:

    >>> import pytest, socket
    >>> from sockerr import testing
    >>> with socket.create_server(("127.0.0.1", 0)) as server, testing.proxy(server.getsockname()) as proxy:
    ...     client = socket.create_connection(proxy.address)
    ...     accepted, _ = server.accept()
    ...     with client, accepted:
    ...         accepted.sendall(b"a long story")
    ...         print(client.recv(100))
    ...         proxy.reset()
    ...         with pytest.raises(ConnectionResetError):
    ...             client.recv(100)
    b'a long story'

    `upstream` is the address of the server: `(host, port)`, the path of a Unix socket, or an `Endpoint`. If the server
    cannot be reached, the proxy resets the client's connection: `connection.error` says why, and so does a note on an
    exception that leaves the block. `family` and `port` are those of the proxy itself, as for `refusing`.

    Raises `NameNotFound` if the server's name does not resolve, `TypeError` or `ValueError` if `upstream` is not an
    address, and what `refusing` raises.
    """
    targets = _targets(upstream)
    with bound(family, port, reuse=True) as listener, contextlib.ExitStack() as later, running() as engine:
        made = Proxy(engine, listener, targets)
        later.callback(made.release)
        made.accept()
        engine.start()
        try:
            yield made
        except BaseException as error:
            for each in made.connections:
                if each.error is not None:
                    error.add_note(f"sockerr.testing.proxy could not reach its upstream: {each.error}")
            raise


def _targets(upstream: "Address | Endpoint") -> "list[Target]":
    """Return the family and the address of each place where the upstream may be."""
    address = upstream.address if isinstance(upstream, Endpoint) else upstream
    match address:
        case str() if os.sep in address or address.startswith("\0"):
            return [(socket.AF_UNIX, address)]
        case (str(host), int(at), *_) if 0 < at < 65536:
            with resolving((host, at)):
                found = socket.getaddrinfo(host, at, type=socket.SOCK_STREAM)
            return [(family, cast("Address", where)) for family, _, _, _, where in found]
        case str() | (_, _, *_):
            raise ValueError(f"upstream is {address!r}: expected (host, port), or the path of a Unix socket")
        case _:
            raise TypeError(
                f"upstream is {address!r}: expected (host, port), the path of a Unix socket, or an Endpoint"
            )
