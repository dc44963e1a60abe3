"""The fast path: how errors with a number were classified before.

Strategy: nearly every failure is like one seen before, an OSError with a number, a message and nothing else. What was
decided for the first one is remembered and holds for the next. Anything unusual about an error, down to a class whose
hash raises, makes `recall` return `None`, and the error is classified in full.
"""

from sockerr._base.registry import depends_on_address
from sockerr._vocabulary import Evidence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias

    from sockerr._base.error import SocketError
    from sockerr._vocabulary import Operation

    # The class to make, the symbol if it is not that of the class, and the operation as a member.
    Decision: TypeAlias = tuple[type[SocketError], str | None, Operation | None]

_new = OSError.__new__
_HAS_WINERROR = "winerror" in vars(OSError)


class FastPath:
    """What was decided, by the class of the error, the operation as it was given, and the number."""

    __slots__ = ("_decisions",)

    def __init__(self) -> None:
        self._decisions: dict[type[BaseException], dict[Operation | str | None, dict[int | None, Decision]]] = {}

    def remember(self, error: OSError, made: "SocketError") -> None:
        """Keep the decision for errors like this one, if it depends on nothing but class, operation and number."""
        if _HAS_WINERROR or made.evidence is not Evidence.ERRNO or made.symbol is None:
            return
        if depends_on_address(made.symbol, made.operation):
            return
        symbol = None if type(made).symbol == made.symbol else made.symbol
        by_operation = self._decisions.setdefault(type(error), {})
        by_operation.setdefault(made.operation, {})[error.errno] = (type(made), symbol, made.operation)

    def recall(
        self, error: BaseException, operation: "Operation | str | None", address: object
    ) -> "SocketError | None":
        """Make the typed error as before; `None` if there was no such error yet, or if this one is unusual."""
        try:
            by_number = self._decisions[type(error)][operation]
            number, text = error.args
            known: OSError = error  # type: ignore[assignment]  # only an OSError is ever remembered
            if number is not known.errno or text is not known.strerror or known.filename is not None or known.__dict__:
                return None
            cls, symbol, doing = by_number[number]
            made = _new(cls, number, text)
        except Exception:  # noqa: BLE001  # see the strategy above
            return None
        if symbol is not None:
            made.symbol = symbol
        if doing is not None:
            made.operation = doing
        if address is not None:
            made.address = address
        made.__cause__ = error
        return made


fast_path = FastPath()
