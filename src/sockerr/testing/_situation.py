"""What a situation and its outcome are, and the decorator that registers a situation."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sockerr import Operation, SocketError
from sockerr._instances import public_class

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Literal, TypeAlias

    Needs: TypeAlias = Literal["network", "unprivileged"]


@dataclass(frozen=True)
class Situation:
    """A way in which a socket fails."""

    name: str
    """A short name, unique among the situations."""
    operation: Operation
    """The operation that fails."""
    sentence: str
    """What happens, in a few words."""
    expected: tuple[type[SocketError], ...]
    """The class it comes out as; several where systems differ in kind."""
    provoke: "Callable[[], object]"
    """Make it happen: raises the typed error, or `Unavailable`."""
    row: int | None = None
    """The number of the row in the list of situations that this project began with, if it is one of them."""
    needs: "Needs | None" = None
    """What it is provoked in: a network namespace of its own, perhaps as an unprivileged process there."""
    unless: str | None = None
    """Why some systems raise nothing; `None` if every system raises."""


@dataclass(frozen=True)
class Outcome:
    """The result of a situation on this machine."""

    situation: Situation
    error: SocketError | None
    """What was raised, typed; `None` if nothing was, or it could not be provoked."""
    unavailable: str | None = None
    """Why it could not be provoked here, if it could not."""

    @property
    def as_expected(self) -> bool:
        """Whether it was provoked and came out as exactly one of the expected classes."""
        return self.error is not None and public_class(type(self.error)) in self.situation.expected

    @property
    def original(self) -> BaseException | None:
        """What Python itself raised."""
        return None if self.error is None else self.error.__cause__


registered: dict[str, Situation] = {}
"""Every situation by its name."""


def register(
    operation: str,
    sentence: str,
    *expected: type[SocketError],
    row: int | None = None,
    needs: "Needs | None" = None,
    unless: str | None = None,
) -> "Callable[[Callable[[], object]], Callable[[], object]]":
    """Register a function that provokes a situation; its name, with hyphens, becomes the name of the situation."""

    def add(provoke: "Callable[[], object]") -> "Callable[[], object]":
        name = provoke.__name__.replace("_", "-")
        registered[name] = Situation(name, Operation(operation), sentence, expected, provoke, row, needs, unless)
        return provoke

    return add
