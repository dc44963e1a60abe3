"""Which libraries there are, how each is used, and what is expected of `classify`."""

import asyncio
import importlib.util
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from inspect import iscoroutinefunction
from typing import Any

from .places import PLACES, Place


@dataclass(frozen=True)
class Answer:
    """What `classify` answers."""

    error: str | None
    symbol: str | None
    evidence: str | None
    operation: str | None = None
    """As the traceback tells it."""


REFUSED = Answer("ConnectionRefused", "ECONNREFUSED", "errno", "connect")
UNRESOLVABLE = Answer("NameNotFound", "EAI_NONAME", "resolver", "resolve")
CONNECT_TIMED_OUT = Answer("ConnectTimedOut", None, "type", "connect")
RECEIVE_TIMED_OUT = Answer("ReceiveTimedOut", None, "type", "receive")
RESET = Answer("ConnectionReset", "ECONNRESET", "errno", "receive")
# The library raises the error itself, or waits for what only it knows.
REFUSED_SOMEWHERE = Answer("ConnectionRefused", "ECONNREFUSED", "errno")
TIMED_OUT_SOMEWHERE = Answer("TimedOut", None, "type")
REFUSED_IN_WORDS = Answer("ConnectionRefused", "ECONNREFUSED", "message")
UNRESOLVABLE_IN_WORDS = Answer("NameNotFound", "EAI_NONAME", "message")
RESET_IN_WORDS = Answer("ConnectionReset", "ECONNRESET", "message")
# The library keeps nothing of the failure but words of its own, and so there is nothing to say.
NOTHING = Answer(None, None, None)


@dataclass(frozen=True)
class Client:
    """A library, used as its documentation says."""

    library: str
    """The name it is imported by."""
    distribution: str | None
    """The name it is installed by; `None` if it comes with Python."""
    use: Callable[[Place], object]
    """Connect and exchange something."""
    answers: dict[str, Answer | str]
    """The answer for each place; or why it is not tried there."""

    @property
    def is_installed(self) -> bool:
        return importlib.util.find_spec(self.library.partition(".")[0]) is not None

    @property
    def version(self) -> str | None:
        return None if self.distribution is None else version(self.distribution)

    def fail(self, failure: str) -> tuple[BaseException, Place] | None:
        """What the library raises, and where."""
        with PLACES[failure]() as place:
            try:
                if iscoroutinefunction(self.use):
                    asyncio.run(self.use(place))
                else:
                    self.use(place)
            except Exception as error:  # noqa: BLE001  # whatever it is, is what we want to see
                return error, place
        return None


clients: list[Client] = []


def client(
    library: str,
    distribution: str | None = None,
    *,
    refused: Answer | str = REFUSED,
    unresolvable: Answer | str = UNRESOLVABLE,
    no_connection: Answer | str = CONNECT_TIMED_OUT,
    no_reply: Answer | str = RECEIVE_TIMED_OUT,
    reset: Answer | str = RESET,
) -> Callable[[Callable[[Place], Any]], Callable[[Place], Any]]:
    """Register how a library is used, and where its failures come out as another class than usual."""
    answers = {
        "refused": refused,
        "unresolvable": unresolvable,
        "no connection in time": no_connection,
        "no reply in time": no_reply,
        "reset": reset,
    }

    def add(use: Callable[[Place], Any]) -> Callable[[Place], Any]:
        clients.append(Client(library, distribution, use, answers))
        return use

    return add
