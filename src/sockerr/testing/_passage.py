"""A client's connection to a proxy, and the proxy's to the upstream: what arrives on one is passed on to the other."""

import asyncio
import contextlib
import socket
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

from sockerr import classify

from ._engine import LIMIT
from ._serving import PAUSE, SIZE, delivered, reset_on_close

if TYPE_CHECKING:
    from collections.abc import Callable

    from sockerr import SocketError

    from ._endpoint import Address, Connection

    Target: TypeAlias = tuple[int, Address]
    # When each piece arrived, and what it is; the last is empty, or an error.
    Pieces: TypeAlias = asyncio.Queue[tuple[float, bytes | OSError]]
    Ending: TypeAlias = Literal["reset", "close"]

_AHEAD = 64  # pieces that wait for their time
_TENTH = 0.1
_BETWEEN = 0.001  # seconds, so that the client can receive one piece before the next


@dataclass(frozen=True)
class Shape:
    """How bytes are passed on."""

    silent: bool = False
    delay: float = 0.0
    bytes_per_second: int | None = None
    piece: int = SIZE

    @property
    def most(self) -> int:
        """How many bytes to pass on at once."""
        if self.bytes_per_second is None:
            return self.piece
        return max(1, min(self.piece, int(self.bytes_per_second * _TENTH)))

    def pause_after(self, size: int) -> float:
        """Return how long to wait after so many bytes, in seconds."""
        if self.bytes_per_second is not None:
            return size / self.bytes_per_second
        return 0.0 if self.piece == SIZE else _BETWEEN


@dataclass
class Trigger:
    """What to do when so many more bytes have reached a client."""

    left: int
    action: "Callable[[], None]"


@dataclass
class Rules:
    """What goes for a connection, or for all connections of a proxy."""

    shape: Shape = field(default_factory=Shape)
    triggers: list[Trigger] = field(default_factory=list[Trigger])


class Passage:
    """A client's connection, and the one to the upstream that was made for it."""

    def __init__(self, client: socket.socket, connection: "Connection", of_proxy: Rules) -> None:
        self.rules: Rules = Rules(of_proxy.shape)
        self.error: SocketError | None = None
        self.connection = connection
        self._client, self._of_proxy = client, of_proxy
        self._sockets = [client]
        self._ending: Ending | None = None
        self._changed = asyncio.Event()
        self._loop = asyncio.get_running_loop()

    def start(self, targets: "list[Target]") -> None:
        """Begin to pass bytes on."""
        self.task: asyncio.Task[None] = asyncio.create_task(self._run(targets))
        # Not at the end of the task, which may be cancelled before it has begun.
        self.task.add_done_callback(lambda _: self._close())

    def reshape(self, shape: Shape) -> None:
        """Pass bytes on in another way from now on."""
        self.rules.shape = shape
        self._changed.set()
        self._changed = asyncio.Event()

    @property
    def is_ending(self) -> bool:
        """Whether both connections are being ended."""
        return self._ending is not None

    def end(self, ending: "Ending") -> None:
        """End both connections."""
        self._ending = ending
        self.task.cancel()

    async def _run(self, targets: "list[Target]") -> None:
        try:
            upstream = await self._reach(targets)
            self._sockets.append(upstream)
            await self._pass_on(upstream)
        except OSError:
            # What happens to one of the two connections happens to the other.
            self._ending = "reset"
        except asyncio.CancelledError:
            # Ended by `end`, or by the end of the proxy.
            pass
        if self._ending == "close":
            await asyncio.gather(*map(_end_in_order, self._sockets))

    def _close(self) -> None:
        for each in self._sockets:
            if self._ending == "reset":
                reset_on_close(each)
            each.close()
        self.connection.is_open = False

    async def _reach(self, targets: "list[Target]") -> socket.socket:
        for family, address in targets:
            try:
                return await _connect(family, address)
            except OSError as error:
                self.error = classify(error, operation="connect", address=address)
        raise ConnectionAbortedError("the upstream cannot be reached")

    async def _pass_on(self, upstream: socket.socket) -> None:
        flows = [
            asyncio.create_task(self._flow(self._client, upstream, to_client=False)),
            asyncio.create_task(self._flow(upstream, self._client, to_client=True)),
        ]
        try:
            await asyncio.gather(*flows)
        finally:
            for each in flows:
                each.cancel()
            await asyncio.gather(*flows, return_exceptions=True)

    async def _flow(self, source: socket.socket, target: socket.socket, *, to_client: bool) -> None:
        pieces: Pieces = asyncio.Queue(_AHEAD)
        reader = asyncio.create_task(self._read(source, pieces, to_client=to_client))
        try:
            await self._write(target, pieces, to_client=to_client)
        finally:
            reader.cancel()

    async def _read(self, source: socket.socket, pieces: "Pieces", *, to_client: bool) -> None:
        """Read until the end, which may be an error."""
        data: bytes | OSError = b"anything"
        while data and not isinstance(data, OSError):
            try:
                data = await self._loop.sock_recv(source, SIZE)
            except OSError as error:
                data = error
            else:
                if not to_client:
                    self.connection.keep(data)
            await pieces.put((self._loop.time(), data))

    async def _write(self, target: socket.socket, pieces: "Pieces", *, to_client: bool) -> None:
        while True:
            arrived, data = await pieces.get()
            while to_client and (left := arrived + self.rules.shape.delay - self._loop.time()) > 0:
                await self._pause(left)
            while self.rules.shape.silent:
                await self._changed.wait()
            if isinstance(data, OSError):
                raise data
            if not data:
                target.shutdown(socket.SHUT_WR)
                return
            await self._send(target, memoryview(data), to_client=to_client)

    async def _send(self, target: socket.socket, data: memoryview, *, to_client: bool) -> None:
        while data:
            while self.rules.shape.silent:
                await self._changed.wait()
            size = min(len(data), self.rules.shape.most, *self._until_triggers(to_client))
            await self._loop.sock_sendall(target, data[:size])
            data = data[size:]
            if to_client:
                await self._count(size)
            await self._pause(self.rules.shape.pause_after(size))

    def _until_triggers(self, to_client: bool) -> list[int]:
        return [each.left for rules in (self.rules, self._of_proxy) for each in rules.triggers if to_client]

    async def _count(self, size: int) -> None:
        """Count bytes that have gone to the client, and act if that was waited for."""
        fired: list[Trigger] = []
        for rules in (self.rules, self._of_proxy):
            for each in rules.triggers:
                each.left -= size
            fired += [each for each in rules.triggers if not each.left]
            rules.triggers = [each for each in rules.triggers if each.left]
        if fired:
            await delivered(self._client)
        for each in fired:
            each.action()
        if self.is_ending:
            # Nothing more may reach the client before the cancellation does what it is for.
            await asyncio.Event().wait()

    async def _pause(self, seconds: float) -> None:
        """Wait, unless the rules change in the meantime."""
        if seconds:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    await self._changed.wait()


async def _connect(family: int, address: "Address") -> socket.socket:
    sock = socket.socket(family)
    try:
        prepare(sock)
        async with asyncio.timeout(LIMIT):
            await asyncio.get_running_loop().sock_connect(sock, address)
    except BaseException:
        sock.close()
        raise
    return sock


async def _end_in_order(sock: socket.socket) -> None:
    """End a connection cleanly: with unread bytes, closing alone would reset it (RFC 2525, 2.17)."""
    with contextlib.suppress(OSError):
        sock.shutdown(socket.SHUT_WR)
        while await _receive_soon(sock):
            pass


async def _receive_soon(sock: socket.socket) -> bytes:
    async with asyncio.timeout(PAUSE):
        return await asyncio.get_running_loop().sock_recv(sock, SIZE)


def prepare(sock: socket.socket) -> None:
    """Make a socket fit to pass bytes on: each piece at once, and no call blocks."""
    sock.setblocking(False)
    if sock.family in (socket.AF_INET, socket.AF_INET6):
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
