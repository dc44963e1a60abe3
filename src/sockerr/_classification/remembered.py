"""Remember how errors with a number were classified.

Strategy: nearly every failure is like one seen before: an OSError with a number, a message and nothing else. `Memory`
keeps what was decided for the first one, and `classify` decides the same for the next. If anything about an error is
unusual, down to a class whose hash raises, `classify` asks every step again.
"""

from sockerr._registry import depends_on_address
from sockerr._vocabulary import Evidence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias

    from sockerr._socket_error import SocketError
    from sockerr._vocabulary import Operation

    # The class to make, the symbol if it is not that of the class, and the operation as a member.
    Decision: TypeAlias = tuple[type[SocketError], str | None, Operation | None]

_HAS_WINERROR = "winerror" in vars(OSError)


class Memory:
    """What was decided, by the class of the error, the operation and the number."""

    __slots__ = ("decisions",)

    def __init__(self) -> None:
        self.decisions: dict[type[BaseException], dict[Operation | str | None, dict[int | None, Decision]]] = {}

    def remember(self, error: OSError, made: "SocketError") -> None:
        """Keep the decision for errors like this one, if it depends on nothing but class, operation and number."""
        if _HAS_WINERROR or made.evidence is not Evidence.ERRNO or made.symbol is None:
            return
        if depends_on_address(made.symbol, made.operation):
            return
        symbol = None if type(made).symbol == made.symbol else made.symbol
        by_operation = self.decisions.setdefault(type(error), {})
        by_operation.setdefault(made.operation, {})[error.errno] = (type(made), symbol, made.operation)


memory = Memory()
