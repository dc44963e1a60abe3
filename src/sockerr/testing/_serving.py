"""Serving the connections of an endpoint: what each client sends is kept, and a coroutine decides what it gets."""

import asyncio
import contextlib
import socket
import struct
import sys
import time
from typing import TYPE_CHECKING

from ._endpoint import Connection
from ._engine import LIMIT, running

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Generator
    from typing import Any, TypeAlias

    from ._endpoint import Endpoint

    Behavior: TypeAlias = Callable[["Link"], Coroutine[Any, Any, None]]

SIZE = 256 * 1024
"""How many bytes are received at once."""
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


async def delivered(sock: socket.socket) -> None:
    """Wait until the other end has everything that was sent, where the system tells.

    Give up if nothing moves for some seconds: the other end may be gone.
    """
    deadline, before = time.monotonic() + LIMIT, 0
    while left := _in_flight(sock):
        if left != before:
            deadline, before = time.monotonic() + LIMIT, left
        if time.monotonic() > deadline:
            return
        await asyncio.sleep(_STEP)


def _in_flight(sock: socket.socket) -> int:
    """Return how many bytes the other end has not acknowledged (tcp(7), SIOCOUTQ); 0 where no call tells."""
    if sys.platform != "linux":
        return 0
    import fcntl
    import termios

    return int.from_bytes(fcntl.ioctl(sock.fileno(), termios.TIOCOUTQ, bytes(4)), sys.byteorder)


class Link:
    """The server's end of a connection. It ends when its behavior does."""

    def __init__(self, sock: socket.socket, endpoint: "Endpoint", behavior: "Behavior") -> None:
        self.socket = sock
        self._connection = Connection()
        self._unread = bytearray()
        self._heard = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        self._task = asyncio.create_task(self._serve(behavior))
        self._reader = asyncio.create_task(self._read())
        # Not at the end of the task, which may be cancelled before it has begun.
        self._task.add_done_callback(lambda _: self._end())
        endpoint.add(self._connection)

    async def receive(self) -> bytes:
        """Wait for something from the client, and return all that has come since the last time."""
        await self._heard.wait()
        self._heard.clear()
        data = bytes(self._unread)
        self._unread.clear()
        return data

    async def request(self) -> None:
        """Wait until the client has made a request, or waits for the server to begin."""
        if await self._hears_within(GREETING):
            await self.silence()

    async def silence(self) -> None:
        """Wait until the client has sent nothing for a while."""
        while await self._hears_within(PAUSE):
            pass

    async def _hears_within(self, seconds: float) -> bool:
        """Wait for something from the client, and return whether it has come in time."""
        timer = self._loop.call_later(seconds, self._heard.set)
        try:
            return bool(await self.receive())
        finally:
            timer.cancel()

    async def gone(self) -> None:
        """Wait until the client has left."""
        await asyncio.wait([self._reader])

    async def send(self, data: bytes) -> None:
        """Send, and wait until the client has it."""
        await self._loop.sock_sendall(self.socket, data)
        await delivered(self.socket)

    async def close(self) -> None:
        """End the connection cleanly: with unread bytes, closing alone would reset it (RFC 2525, 2.17)."""
        self.socket.shutdown(socket.SHUT_WR)
        await self.silence()

    def ignore(self) -> None:
        """Read no more of what the client sends."""
        self._reader.cancel()

    async def _read(self) -> None:
        with contextlib.suppress(OSError):
            while data := await self._loop.sock_recv(self.socket, SIZE):
                self._connection.keep(data)
                # Enough for a handshake; most behaviors never look at it.
                self._unread += data[: SIZE - len(self._unread)]
                self._heard.set()
                # Receiving does not wait for anything while there is more.
                await asyncio.sleep(0)

    async def _serve(self, behavior: "Behavior") -> None:
        try:
            # The client may leave at any time, and the block may end.
            with contextlib.suppress(OSError, asyncio.CancelledError):
                await behavior(self)
        finally:
            self._reader.cancel()
            await asyncio.wait([self._reader])

    def _end(self) -> None:
        self.socket.close()
        self._connection.is_open = False


@contextlib.contextmanager
def serving(endpoint: "Endpoint", listener: socket.socket, behavior: "Behavior") -> "Generator[None]":
    """Serve every client that connects to a bound socket, until the block ends."""
    # The event loop itself keeps no task alive.
    links: list[Link] = []
    with running() as engine:
        engine.accept(listener, lambda sock: links.append(Link(sock, endpoint, behavior)))
        engine.start()
        yield
