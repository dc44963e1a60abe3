"""Read the exceptions that another one keeps in its instance dictionary, under whatever name.

Not every exception there says why the other was raised: it may be of an earlier attempt, which was followed by a
success, or by a failure of another kind. The name of the attribute and the tracebacks tell.
"""

import re
from itertools import islice

from sockerr._instances import is_a

from .slots import LIMIT, frames, slot

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

    from typing_extensions import TypeIs

# An attribute whose name has no other words is there to say what went wrong: `reason`, `os_error`, `inner_exception`.
_DELIBERATE = frozenset(
    "attempts base cause causes err error errors exc exception exceptions failure failures inner nested orig original "
    "os reason reasons root socket underlying wrapped".split()
)
# An attribute with one of these words in its name keeps an exception of an earlier time, or one that did no harm.
_EARLIER = frozenset(
    "cleanup earlier expected first handled history ignored initial last old past prev previous prior recovered "
    "retried rollback saved skipped stale suppressed swallowed warning warnings".split()
)
_LONGEST_NAME = 100

# How to read the items of a container. Reading a derived class could run its code, so it is left out.
_VALUES: "Any" = vars(dict)["values"]
# How to read an instance dictionary, even if it is of a class with methods of its own.
_ITEMS: "Any" = vars(dict)["items"]


def is_exception(value: object) -> "TypeIs[BaseException]":
    """Return whether a value is an exception."""
    return is_a(value, BaseException)


class Kept:
    """The exceptions in an instance dictionary."""

    __slots__ = ("attempts", "deliberate", "others")

    def __init__(self) -> None:
        self.deliberate: list[BaseException] = []
        """Those in attributes that are named for what went wrong."""
        self.others: list[BaseException] = []
        """Those in any other attribute."""
        self.attempts: list[BaseException] = []
        """Those in lists, tuples and dictionaries that hold nothing else: the failure of each attempt."""


class Budget:
    """How many values of attributes and containers a search may still look at: each may hold all the others."""

    __slots__ = ("left",)

    def __init__(self) -> None:
        self.left = 10 * LIMIT

    def take(self, values: "Iterable[Any]") -> "list[Any]":
        """Return as many values as may be looked at."""
        taken = list(islice(values, min(LIMIT, self.left)))
        self.left -= len(taken)
        return taken


def kept_in(error: BaseException, budget: Budget) -> Kept:
    """Return the exceptions that one keeps in its instance dictionary, as far as they say why it was raised."""
    kept = Kept()
    for name, value in budget.take(_ITEMS(slot(error, "__dict__"))):
        read = _reader_of(value)
        values: list[Any] = [value] if read is None else budget.take(read(value))
        found = list(filter(is_exception, values))
        words = _words_of(name) if type(name) is str else []
        is_deliberate = bool(words) and _DELIBERATE.issuperset(words)
        if not is_deliberate:
            found = [each for each in found if not _is_of_another_time(error, each, words)]
        if read is not None and len(found) == len(values):
            kept.attempts += found
        elif is_deliberate:
            kept.deliberate += found
        else:
            kept.others += found
    return kept


def _reader_of(value: object) -> "Callable[[Any], Iterable[Any]] | None":
    cls = type(value)
    # Looking a class up in a dictionary would run the code of its metaclass.
    if cls is dict:
        return _VALUES  # type: ignore[no-any-return]  # it is a method of dict
    return iter if cls is list or cls is tuple else None


def _words_of(name: str) -> list[str]:
    """Return the words of `last_error`, and of `lastError`."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name[:_LONGEST_NAME]).strip("_").lower().split("_")


def _is_of_another_time(error: BaseException, inner: BaseException, words: "Iterable[str]") -> bool:
    """Return whether an exception in an attribute does not say why the other one was raised."""
    if is_a(inner, Warning) or not _EARLIER.isdisjoint(words):
        return True
    raised_in = list(frames(error))[-1:]
    caught_in = list(frames(inner))
    # Both have been raised, but who raised the one did not catch the other: sys.exc_info() has what anybody handles.
    return bool(raised_in and caught_in) and all(frame is not raised_in[0] for frame in caught_in)
