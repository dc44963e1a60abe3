"""The base class of every error, and how a class statement becomes its row of knowledge.

A class statement holds everything about an error. `SocketError.__init_subclass__` reads its row: the symbols that the
class stands for, the operations they are limited to, retry advice, fault and hint. What the error means is the first
sentence of the docstring. The registry, the command line, the reference documentation and the tests derive from these
rows. The statements are in `sockerr._errors`.
"""

from types import MappingProxyType

from . import platforms
from ._export import import_origin, localize, plain, spell_address, state_of
from ._instances import build, public_class, variant
from ._numbers import kind_of_class, kind_of_symbol, raised_class, strerror, symbol_of
from ._registry import by_message, by_tls_reason, by_verify_code, claimant, register
from ._vocabulary import Evidence, Fault, Operation, Retry

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import Any, ClassVar, Literal, Self, TypeAlias, TypeVar

    from ._registry import AddressTest
    from .typing import ErrorRecord

    T = TypeVar("T")
    W = TypeVar("W", bound=str)
    S = TypeVar("S", bound="SocketError")
    M = TypeVar("M", bound="SocketError | None")
    PerOperation: TypeAlias = Mapping[Operation | None, T]

# From the advice that promises least to the one that promises most: a group gives the most cautious of its members'.
_CAUTION = (Retry.NEVER, Retry.IF_IDEMPOTENT, Retry.WHEN_READY, Retry.SAFE)


# For a failure that was not the first part of its exchange.
_BEFORE = (
    "The peer may have acted on an earlier part of this exchange: another failure was being handled when this one "
    "happened, or a request had been sent before."
)


class SocketError(OSError):
    """A socket operation failed in a way that has no class of its own here; `symbol` and `errno` name it.

    Every class in this package derives from it. It takes what `OSError` takes: a number, a message, and so on. A class
    with a symbol can be built without arguments, and then has this system's number and message:

    >>> import sockerr
    >>> error = sockerr.ConnectionRefused()
    >>> isinstance(error, ConnectionRefusedError), error.symbol
    (True, 'ECONNREFUSED')

    `operation` and `address` say which call failed, and for which address:

    >>> str(sockerr.ConnectTimedOut("too slow", operation="connect", address=("db.internal", 5432)))
    'connect db.internal:5432: too slow'
    """

    # Many errors have these. As slots they cost less than an instance dictionary, which is then never made.
    __slots__ = ("_is_located", "address", "operation")

    # The row of the class. An operation that is not in one of the mappings has what `None` has.
    _symbols: "ClassVar[tuple[str, ...]]" = ()
    _operations: "ClassVar[tuple[Operation, ...]]" = ()
    _retry: "ClassVar[PerOperation[Retry]]" = MappingProxyType({None: Retry.NEVER})
    _fault: "ClassVar[PerOperation[Fault]]" = MappingProxyType({None: Fault.NONE})
    _hint: "ClassVar[PerOperation[str]]" = MappingProxyType(
        {None: "Look the symbol up in the manual page of the call that failed, or in that of the protocol."}
    )

    symbol: "str | None" = None
    """The canonical name of the number: `EAGAIN`, never `EWOULDBLOCK` or `WSAEWOULDBLOCK`; `None` without a number."""
    _is_located: bool
    operation: "Operation | None"
    """The operation that failed, if it is known; `located` says how."""
    address: object
    """The address that the operation was given, if it is known."""
    evidence: Evidence = Evidence.ERRNO
    """What decided the class."""
    causes: "tuple[SocketError, ...]" = ()
    """The typed errors behind a group; empty for a single failure."""
    library: "str | None" = None
    """The class, as it was given to `sockerr.register`, whose function decided; `None` if other `evidence` decided."""
    _birth: "tuple[str, int | None] | None" = None
    _caution: "Retry | None" = None

    if TYPE_CHECKING:
        winerror: int | None

        def __init__(self, *args: Any, operation: Operation | str | None = None, address: object = None) -> None:
            """See __new__."""
    else:
        # OSError has it on Windows only; here it is None elsewhere.
        winerror = vars(OSError).get("winerror")

    def __init_subclass__(
        cls,
        *,
        symbols: "tuple[str, ...] | None" = None,
        operations: "tuple[Operation, ...]" = (),
        also: "Mapping[str, tuple[Operation | None, ...]] | None" = None,
        when: "Mapping[str, AddressTest] | None" = None,
        messages: "tuple[str, ...]" = (),
        tls_reasons: "tuple[str, ...]" = (),
        verify_codes: "tuple[int, ...]" = (),
        retry: "Retry | PerOperation[Retry] | None" = None,
        fault: "Fault | PerOperation[Fault] | None" = None,
        hint: "str | PerOperation[str] | None" = None,
    ) -> None:
        """Read the row of a class; what is not given is inherited.

        The class claims `symbols` in `operations` (in every operation, if none is named), and each symbol of `also` in
        the operations given there (`None`: in every one). A symbol in `when` is claimed only for addresses that pass
        the test. `messages` are texts that the socket module raises without a number; `tls_reasons` and `verify_codes`
        are OpenSSL's.
        """
        super().__init_subclass__()
        if symbols is not None:
            cls._symbols, cls._operations = symbols, operations
            cls.symbol = platforms.canonical(symbols[0]) if len(symbols) == 1 else None
        for name, given in (("_retry", retry), ("_fault", fault), ("_hint", hint)):
            if given:
                setattr(cls, name, {None: given} if isinstance(given, str) else given)
        register(cls, {**dict.fromkeys(symbols or (), operations or (None,)), **(also or {})}, when or {})
        by_message.update(dict.fromkeys(messages, cls))
        by_tls_reason.update(dict.fromkeys(tls_reasons, cls))
        by_verify_code.update(dict.fromkeys(verify_codes, cls))

    def __new__(cls, *args: "Any", operation: "Operation | str | None" = None, address: object = None) -> "Self":
        """Take what OSError takes; without arguments, stand for the symbol of the class."""
        error = cls._by_itself() if cls._symbols and not args else cls._from_args(args)
        error.address = address
        if operation is not None:
            error.operation = Operation(operation)
        else:
            error.operation = cls._operations[0] if len(cls._operations) == 1 and not args else None
        return error

    @classmethod
    def _by_itself(cls) -> "Self":
        symbol = platforms.canonical(cls._symbols[0])
        number = platforms.number(symbol)
        message = strerror(number, symbol) or meaning(cls)
        error = OSError.__new__(variant(cls, raised_class(symbol, number)), number, message)
        error.symbol = symbol
        if kind_of_symbol(symbol) != "errno":
            error.evidence = Evidence.RESOLVER
        return error

    @classmethod
    def _from_args(cls, args: "tuple[Any, ...]") -> "Self":
        error = OSError.__new__(cls, *args)
        number = error.errno
        if not isinstance(number, int):
            error.symbol = None
            error.evidence = Evidence.TYPE
            return error
        kind = kind_of_class(cls)
        if cls._symbols and kind == "errno":
            kind = kind_of_symbol(cls._symbols[0])
        symbol = symbol_of(number, kind)
        origin = raised_class(symbol or "", number)
        if origin is not OSError:
            error = OSError.__new__(variant(cls, origin), *args)
        error.symbol = symbol
        return error

    @property
    def retry(self) -> Retry:
        """Whether a retry can help and is safe, for this failure in this operation."""
        advice = [cause.retry for cause in self.causes] or [self._own_advice()]
        if self._caution is not None:
            advice.append(self._caution)
        return min(advice, key=_CAUTION.index)

    def _own_advice(self) -> Retry:
        advice = _at(self._retry, self.operation)
        return Retry.IF_IDEMPOTENT if advice is Retry.SAFE and self._is_uncertain() else advice

    def _is_uncertain(self) -> bool:
        if self.evidence is Evidence.MESSAGE:
            return True
        return self.operation is None and self.evidence in (Evidence.TYPE, Evidence.LIBRARY)

    @property
    def fault(self) -> Fault:
        """Who can fix it, for this failure in this operation."""
        return _at(self._fault, self.operation)

    @property
    def hint(self) -> str:
        """What to do about it, for this failure in this operation, the most likely cause first."""
        hint = _at(self._hint, self.operation)
        return hint if self._caution is None else f"{_BEFORE} {hint}"

    @property
    def located(self) -> "Literal['given', 'traceback'] | None":
        """Where operation and address come from: `"given"` by the caller, or read from the `"traceback"`."""
        if self.operation is None and self.address is None:
            return None
        return "traceback" if is_located(self) else "given"

    @property
    def platform(self) -> str:
        """The system that the error comes from, as `sockerr.platforms` names it."""
        return self._birth[0] if self._birth else platforms.current()

    @property
    def code(self) -> "int | None":
        """The number that the error had on `platform`; `None` if it had none."""
        if self._birth:
            return self._birth[1]
        return self.winerror if self.evidence is Evidence.WINERROR else self.errno

    def as_dict(self) -> "ErrorRecord":
        """Return all that is known about the error, as a mapping that `json.dumps` and log processors accept as it is.

        >>> import sockerr
        >>> record = sockerr.from_code("ECONNRESET", operation="receive").as_dict()
        >>> record["error"], record["symbol"], record["retry"]
        ('ConnectionReset', 'ECONNRESET', 'if_idempotent')
        """
        return {
            "error": public_class(type(self)).__name__,
            "symbol": self.symbol,
            "operation": None if self.operation is None else self.operation.value,
            "address": None if self.address is None else spell_address(self.address),
            "located": self.located,
            "message": str(self),
            "errno": plain(self.errno),
            "strerror": plain(self.strerror),
            "filename": plain(self.filename),
            "filename2": plain(self.filename2),
            "winerror": plain(self.winerror),
            "args": [plain(arg) for arg in self.args],
            "retry": self.retry.value,
            "fault": self.fault.value,
            "hint": self.hint,
            "evidence": self.evidence.value,
            "library": self.library,
            "platform": self.platform,
            "code": plain(self.code),
            "causes": [cause.as_dict() for cause in self.causes],
        }

    def __str__(self) -> str:
        done = " ".join(filter(None, (self.operation, None if self.address is None else spell_address(self.address))))
        only_text = self.errno is None and isinstance(self.strerror, str)
        message = self.strerror if only_text else super().__str__()
        text = ": ".join(filter(None, (done, message or meaning(type(self)))))
        if self.symbol is None:
            return text
        abroad = f", {self.code} on {self.platform}" if self.platform != platforms.current() else ""
        return f"{text} ({self.symbol}{abroad})"

    def __reduce__(self) -> "tuple[Callable[..., SocketError], tuple[Any, ...]]":
        return public_class(type(self))._restore, state_of(self)  # noqa: SLF001  # its own

    @classmethod
    def _restore(cls, *state: "Any") -> "Self":
        # Pickles name this method, so that they outlive the file that it is in.
        origin, args, fields, attributes, _, _ = localize(state)
        operation, address = attributes.pop("operation"), attributes.pop("address")
        error = build(cls, import_origin(origin), args, fields, operation, address)
        if attributes.pop("_is_located", False):
            mark_located(error)
        error.__dict__.update(attributes)
        return error


def _at(row: "PerOperation[T]", operation: "Operation | None") -> "T":
    return row[operation] if operation in row else row[None]


def class_for(symbol: str, operation: "Operation | None", address: object, platform: str) -> type[SocketError]:
    """Return the class of a canonical symbol in an operation; `SocketError` itself where no class claims it."""
    return claimant(symbol, operation, address, platform) or SocketError


def catalogue() -> "Iterator[type[SocketError]]":
    """Yield every class of this package, each after its first base, in the order of the statements."""
    pending: list[type[SocketError]] = [SocketError]
    while pending:
        cls = pending.pop(0)
        yield cls
        derived = (each for each in cls.__subclasses__() if each.__bases__[0] is cls)
        pending[:0] = [each for each in derived if public_class(each) is each and _is_of_this_package(each)]


def _is_of_this_package(cls: type[SocketError]) -> bool:
    return cls.__module__ == SocketError.__module__


def lineage(cls: type[SocketError]) -> "list[type[SocketError]]":
    """Return a class and its bases up to SocketError, the nearest first."""
    return [each for each in cls.__mro__ if issubclass(each, SocketError)]


def meaning(cls: type[SocketError]) -> str:
    """Return the first sentence of the docstring, without the full stop; the name where docstrings are stripped."""
    public = public_class(cls)
    text = public.__doc__ or public.__name__
    return " ".join(text.partition("\n\n")[0].split()).rstrip(".")


def clone(error: "S") -> "S":
    """Return a copy that can have a cause of its own."""
    restore, state = error.__reduce__()
    return restore(*state)  # type: ignore[return-value]  # it has the class that it had


def is_located(error: SocketError) -> bool:
    """Return whether operation and address were read from a traceback."""
    return getattr(error, "_is_located", False)


def mark_located(error: "M") -> "M":
    """Record that operation and address were read from a traceback, if there is an error."""
    if error is not None:
        error._is_located = True  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]  # of this module
    return error


def set_caution(error: SocketError, advice: Retry) -> None:
    """Limit the advice of an error by that of earlier failures."""
    error.__dict__["_caution"] = advice


def set_birth(error: SocketError, platform: str, code: "int | None") -> None:
    """Record that an error was born on another system, with that system's number."""
    error.__dict__["_birth"] = (platform, code)


def adopt_attributes(error: SocketError, original: Exception) -> None:
    """Keep what others have put on the original, except under the names that have a meaning here."""
    adopted = {name: value for name, value in original.__dict__.items() if name not in _OWN_ATTRIBUTES}
    error.__dict__.update(adopted)


_OWN_ATTRIBUTES = frozenset(
    {"symbol", "operation", "address", "located", "evidence", "library", "causes", "_birth", "_caution", "_is_located"}
)
