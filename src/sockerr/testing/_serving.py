"""Serving the connections of an endpoint: what each client sends is kept, and a coroutine decides what it gets."""

import asyncio
import contextlib
import socket
import struct
import sys
from typing import TYPE_CHECKING

from typing_extensions import override

from ._endpoint import Connection
from ._engine import running

if TYPE_CHECKING:
    from asyncio.trsock import TransportSocket
    from collections.abc import Callable, Coroutine, Generator
    from typing import Any, TypeAlias

    from ._endpoint import Endpoint

    Behavior: TypeAlias = Callable[["Link"], Coroutine[Any, Any, None]]

GREETING = 0.1
"""How long a client may stay silent before it is taken for one that waits for the server to begin, in seconds."""
PAUSE = 0.05
"""How long a client has to stay silent before its request is taken to be complete, in seconds."""
_STEP = 0.001


def reset_on_close(sock: socket.socket) -> None:
    """Make the end of a connection a reset: SO_LINGER is on, with no time to linger (socket(7))."""
    layout = "<HH" if sys.platform == "win32" else "@ii"
    # A connection that is gone already takes no more options on some systems.
    with contextlib.suppress(OSError):
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack(layout, 1, 0))


async def delivered(sock: "socket.socket | TransportSocket") -> None:
    """Wait until the other end has everything that was sent, where the system tells (tcp(7), SIOCOUTQ)."""
    if sys.platform != "linux":
        return
    import fcntl
    import termios

    while sock.fileno() != -1 and any(fcntl.ioctl(sock.fileno(), termios.TIOCOUTQ, bytes(4))):
        await asyncio.sleep(_STEP)


class Link(asyncio.Protocol):
    """The server's end of a connection."""

    transport: asyncio.Transport

    def __init__(self, endpoint: "Endpoint", behavior: "Behavior") -> None:
        self._endpoint, self._behavior = endpoint, behavior
        self._connection = Connection()
        self._unread = bytearray()
        self._heard = asyncio.Event()

    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Start the coroutine."""
        assert isinstance(transport, asyncio.Transport)  # noqa: S101  # for the type checkers: a stream can write
        self.transport = transport
        self._task = asyncio.ensure_future(self._behavior(self))
        self._endpoint.add(self._connection)

    @override
    def data_received(self, data: bytes) -> None:
        """Keep what the client has sent."""
        self._connection.keep(data)
        self._unread += data
        self._heard.set()

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        """End the coroutine: the connection is gone."""
        self._connection.is_open = False
        self._task.cancel()

    def end(self) -> None:
        """Close at once."""
        self.transport.abort()

    async def receive(self) -> bytes:
        """Wait for something from the client, and return all that has come since the last time."""
        await self._heard.wait()
        self._heard.clear()
        data = bytes(self._unread)
        self._unread.clear()
        return data

    async def request(self) -> None:
        """Wait until the client has made a request, or waits for the server to begin."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self.receive(), GREETING)
            await self.silence()

    async def silence(self) -> None:
        """Wait until the client has sent nothing for a while."""
        with contextlib.suppress(TimeoutError):
            while True:
                await asyncio.wait_for(self.receive(), PAUSE)

    async def send(self, data: bytes) -> None:
        """Send, and wait until the client has it."""
        self.transport.write(data)
        while self.transport.get_write_buffer_size():
            await asyncio.sleep(_STEP)
        await delivered(self.transport.get_extra_info("socket"))

    async def close(self) -> None:
        """End the connection in good order: with unread bytes, closing alone would reset it (RFC 2525, 2.17)."""
        if self.transport.can_write_eof():
            self.transport.write_eof()
            await self.silence()
        self.transport.close()

    def reset(self) -> None:
        """End the connection with a reset."""
        reset_on_close(self.transport.get_extra_info("socket"))
        self.transport.abort()


@contextlib.contextmanager
def serving(endpoint: "Endpoint", listener: socket.socket, behavior: "Behavior") -> "Generator[None]":
    """Serve every client that connects to a bound socket, until the block ends."""
    links: list[Link] = []

    def link() -> Link:
        links.append(Link(endpoint, behavior))
        return links[-1]

    async def start() -> asyncio.Server:
        return await asyncio.get_running_loop().create_server(link, sock=listener)

    async def end(server: asyncio.Server) -> None:
        server.close()
        for each in links:
            each.end()

    with running() as engine:
        server = engine.call(start)
        try:
            yield
        finally:
            engine.call(end, server)
