"""The thread that serves an endpoint or a proxy."""

import asyncio
import contextlib
import socket
import threading
from typing import TYPE_CHECKING, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Generator
    from typing import Any

P = ParamSpec("P")
T = TypeVar("T")

LIMIT = 5.0
"""How long anything here may take, in seconds. What takes longer has gone wrong."""


class Engine:
    """An event loop in a thread of its own.

    The loop of the test's own framework would not do: a client under test may block it.
    """

    def __init__(self) -> None:
        self.loop: asyncio.SelectorEventLoop = asyncio.SelectorEventLoop()
        # Development mode would log what is slow here among the messages of the program under test.
        self.loop.set_debug(False)
        self._thread = threading.Thread(target=self._run, name="sockerr.testing", daemon=True)
        self._listener: socket.socket | None = None

    def accept(self, listener: socket.socket, accepted: "Callable[[socket.socket], object]") -> None:
        """Listen, and hand over each connection. To be called before the start, or in the thread."""
        listener.setblocking(False)
        listener.listen()
        self._listener = listener
        self.loop.add_reader(listener, _accept, listener, accepted)

    def stop_accepting(self) -> None:
        """Undo `accept`, in the thread."""
        if self._listener is not None:
            self.loop.remove_reader(self._listener)
            self._listener = None

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def call(self, function: "Callable[P, Coroutine[Any, Any, T]]", *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a coroutine function in the thread, and return what it returns or raise what it raises.

        Raises `RuntimeError` if the block that the engine runs for has ended.
        """
        if self.loop.is_closed():
            raise RuntimeError("this works inside the with block only, which has ended")
        return asyncio.run_coroutine_threadsafe(function(*args, **kwargs), self.loop).result(LIMIT)

    def stop(self) -> None:
        """Close all connections, and end the thread."""
        if not self._thread.is_alive():
            self.loop.close()
            return
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join(LIMIT)
        if self._thread.is_alive():
            raise RuntimeError(f"the thread that serves an endpoint did not end within {LIMIT} s")

    def _run(self) -> None:
        try:
            self.loop.run_forever()
            self.loop.run_until_complete(self._end())
        finally:
            self.loop.close()

    async def _end(self) -> None:
        self.stop_accepting()
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        for each in tasks:
            each.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _accept(listener: socket.socket, accepted: "Callable[[socket.socket], object]") -> None:
    # A client that has left already is not there to be accepted.
    with contextlib.suppress(BlockingIOError, ConnectionAbortedError):
        sock, _ = listener.accept()
        sock.setblocking(False)
        accepted(sock)


@contextlib.contextmanager
def running() -> "Generator[Engine]":
    """Have an engine until the block ends. The block starts it."""
    engine = Engine()
    try:
        yield engine
    finally:
        engine.stop()
