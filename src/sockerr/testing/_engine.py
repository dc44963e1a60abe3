"""The thread that serves an endpoint or a proxy."""

import asyncio
import contextlib
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
        self.loop = asyncio.SelectorEventLoop()
        # Development mode would log what is slow here among the messages of the program under test.
        self.loop.set_debug(False)
        self._thread = threading.Thread(target=self.loop.run_forever, name="sockerr.testing", daemon=True)

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
        """Cancel every task, and end the thread."""
        try:
            if self._thread.is_alive():
                self.call(_cancel_tasks)
                self.loop.call_soon_threadsafe(self.loop.stop)
                self._thread.join(LIMIT)
        finally:
            self.loop.close()


async def _cancel_tasks() -> None:
    tasks = asyncio.all_tasks() - {asyncio.current_task()}
    for each in tasks:
        each.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    # What was closed lets go of its descriptor one turn later.
    await asyncio.sleep(0)


@contextlib.contextmanager
def running() -> "Generator[Engine]":
    """Run an engine until the block ends."""
    engine = Engine()
    try:
        engine.start()
        yield engine
    finally:
        engine.stop()
