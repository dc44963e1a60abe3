"""Remember how errors with a number were classified.

Strategy: nearly every failure is like one seen before: an OSError with a number, a message and nothing else. `Memory`
keeps what was decided for the first one, and `classify` decides the same for the next. If anything about an error is
unusual, down to a class whose hash raises, `classify` asks every step again. Likewise for the place where an error was
raised: what the instruction calls is read once. Threads need no lock: each reads or writes one entry at a time, and
what is lost is only read again.
"""

from sys import getrefcount, version_info

from sockerr._registry import depends_on_address
from sockerr._vocabulary import Evidence, Operation

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import CodeType, FrameType
    from typing import Any, TypeAlias
    from weakref import ref

    from sockerr._socket_error import SocketError

    # The class to make, the symbol if it is not that of the class, and the operation as a member.
    Decision: TypeAlias = tuple[type[SocketError], str | None, Operation | None]
    # What reads an argument of a call from the local variables of the frame that makes it.
    Argument: TypeAlias = Callable[[Mapping[str, object]], object]
    # The operation that an instruction calls, if any, and how its address is read.
    PlaceRow: TypeAlias = tuple[Operation | None, Argument | None]

_HAS_WINERROR = "winerror" in vars(OSError)

# How far a traceback is followed here. Further in may be functions that repeat a request, which `delivery` looks for.
_DEPTHS = range(8)

# The types of addresses, and of the parts of a tuple. Instances of a class derived from one could run anybody's code.
_WHOLE = frozenset({str, bytes})
_PARTS = frozenset({str, bytes, int})
# Before Python 3.13 the variables of a function are read from a copy, which the frame keeps.
_KEEPS_COPY = version_info < (3, 13)
_CO_OPTIMIZED = 1
# The frame, the variable here, and the argument of getrefcount(): the program has not called locals() itself.
_NOBODY_ELSE = 3
_MOST_CODE_OBJECTS = 1024


def address_of(argument: "Argument", frame: "FrameType") -> object:
    """Return the address that a frame has given to a call; `None` if the argument is not an address."""
    variables = frame.f_locals
    address = argument(variables)
    if _KEEPS_COPY and frame.f_code.co_flags & _CO_OPTIMIZED and getrefcount(variables) <= _NOBODY_ELSE:
        # The copy holds the exception, whose traceback holds the frame. That would be a reference cycle.
        variables.clear()
    return address if _is_address(address, type(address)) else None


def _is_address(value: "Any", cls: "type[object]") -> bool:
    return _PARTS.issuperset(map(type, value)) if cls is tuple else cls in _WHOLE


class Memory:
    """What was decided, by the class of the error, the operation and the number; and places, by instruction."""

    __slots__ = ("decisions", "places")

    def __init__(self) -> None:
        self.places: dict[int, tuple[ref[CodeType], dict[int, PlaceRow | None]]] = {}
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

    def places_in(self, code: "CodeType") -> "dict[int, PlaceRow | None]":
        """Return what is known of the instructions of a code object, by their offsets, to look at and to add to."""
        from weakref import ref

        key = id(code)
        known = self.places.get(key)
        if known is None:
            if len(self.places) >= _MOST_CODE_OBJECTS:
                self.places.clear()
            # When the code object goes, so does what is known of it, for another may get the same id.
            rows: dict[int, PlaceRow | None] = {}
            self.places[key] = ref(code, lambda _: self.places.pop(key, None)), rows
            return rows
        return known[1]

    def recall_place(self, error: OSError, address: object) -> "tuple[Operation | None, object]":
        """Return the operation and the address of the call that raised an error, unless an address is given.

        Raises `KeyError` or `AttributeError` if they are not remembered and must be read.
        """
        traceback = error.__traceback__
        for _ in _DEPTHS:
            following = traceback.tb_next  # type: ignore[union-attr]  # an error that was never raised has none
            if following is None:
                break
            traceback = following
        else:
            raise KeyError(error)
        frame = traceback.tb_frame  # type: ignore[union-attr]  # as above
        row = self.places[id(frame.f_code)][1][traceback.tb_lasti]  # type: ignore[union-attr]  # as above
        if row is None or not (error.__context__ is error.__cause__ is error.filename is None):
            raise KeyError(error)
        operation, argument = row
        if operation is Operation.ACCEPT:
            # A client that accepts has sent a command before, as in FTP, which `delivery` looks for.
            raise KeyError(error)
        if argument is None or address is not None:
            return operation, address
        return operation, address_of(argument, frame)


memory = Memory()
"""The one memory of this process."""
