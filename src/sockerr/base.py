"""What every socket failure is: an `OSError` that knows its symbol, its operation and what to do about it.

A class statement is the one place that knows an error. `SocketError.__init_subclass__` reads its row: the symbols it
stands for, the operations it is limited to, the advice, who can mend it, and what to do (the hint); what it means is
the first sentence of its docstring. The registry, the command line, the reference documentation and the tests are
derived from these rows, which are in `errors`.
"""

import errno
import os
import socket
from types import MappingProxyType

from . import platforms
from .vocabulary import Evidence, Fault, Operation, Retry

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import Any, ClassVar, Self, TypeAlias, TypeVar

    from typing_extensions import TypeIs

    from .platforms import Kind
    from .typing import ErrorRecord

    T = TypeVar("T")
    W = TypeVar("W", bound=str)
    E = TypeVar("E", bound=OSError)
    S = TypeVar("S", bound="SocketError")
    PerOperation: TypeAlias = Mapping[Operation | None, T]
    Settles: TypeAlias = Callable[[Operation | None, object], bool]
    Key: TypeAlias = tuple[Operation | None, str]

# From the advice that promises least to the one that promises most: a group speaks with its most cautious member.
_CAUTION = (Retry.NEVER, Retry.IF_IDEMPOTENT, Retry.WHEN_READY, Retry.SAFE)


class SocketError(OSError):
    """A socket operation failed in a way that has no class of its own here; `symbol` and `errno` name it.

    It is the base of every class in this package, and takes what `OSError` takes: a number, a message, and so on. A
    class that stands for a symbol can be built without arguments, and then has the number and message of this system:

    >>> import sockerr
    >>> error = sockerr.ConnectionRefused()
    >>> isinstance(error, ConnectionRefusedError), error.symbol
    (True, 'ECONNREFUSED')

    `operation` and `address` say what was being done, and to whom:

    >>> str(sockerr.ConnectTimedOut("too slow", operation="connect", address=("db.internal", 5432)))
    'connect db.internal:5432: too slow'
    """

    # The row of the class, as given in its statement.
    _symbols: "ClassVar[tuple[str, ...]]" = ()
    _operations: "ClassVar[tuple[Operation, ...]]" = ()
    _also: "ClassVar[Mapping[str, tuple[Operation, ...]]]" = MappingProxyType({})
    _messages: "ClassVar[tuple[str, ...]]" = ()
    _retry: "ClassVar[PerOperation[Retry]]" = MappingProxyType({None: Retry.NEVER})
    _fault: "ClassVar[PerOperation[Fault]]" = MappingProxyType({None: Fault.NONE})
    _hint: "ClassVar[PerOperation[str]]" = MappingProxyType(
        {None: "Look the symbol up in the manual page of the call that failed; nothing is known of it here."}
    )
    _settles: "ClassVar[Settles | None]" = None
    # What a variant (see `variant`) stands for: the public class, and the standard library's class of the original.
    _public: "ClassVar[type[SocketError]]"
    _origin: "ClassVar[type[Exception] | None]" = None

    symbol: "str | None" = None
    """The canonical name of the number: `EAGAIN`, never `EWOULDBLOCK` or `WSAEWOULDBLOCK`; `None` without a number."""
    operation: "Operation | None" = None
    """The operation that failed, where it is known."""
    address: object = None
    """The address that the operation was about, as it was given."""
    evidence: Evidence = Evidence.ERRNO
    """What decided the class."""
    causes: "tuple[SocketError, ...]" = ()
    """The typed errors behind a group; empty for a single failure."""
    _birth: "tuple[str, int | None] | None" = None

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
        symbols: "tuple[str, ...]" = (),
        operations: "tuple[Operation, ...]" = (),
        also: "Mapping[str, tuple[Operation, ...]] | None" = None,
        messages: "tuple[str, ...]" = (),
        retry: "Retry | PerOperation[Retry] | None" = None,
        fault: "Fault | PerOperation[Fault] | None" = None,
        hint: "str | PerOperation[str] | None" = None,
        settles: "Settles | None" = None,
    ) -> None:
        """Read the row of a class; what is not given is the base's.

        `symbols` are claimed in `operations` (in every one, if none is named), and the symbols of `also` in the
        operations given there. `messages` are texts of the socket layer that come without a number. `settles` tells
        from operation and address whether a claim holds; where it does not, the base class has it.
        """
        super().__init_subclass__()
        cls._public = cls
        if symbols:
            cls._symbols, cls._operations, cls._settles = symbols, operations, settles
            cls.symbol = symbols[0] if len(symbols) == 1 else None
        advice = {"_retry": _by_operation(retry), "_fault": _by_operation(fault), "_hint": _by_operation(hint)}
        for name, given in {"_also": also, "_messages": messages, **advice}.items():
            if given:
                setattr(cls, name, given)
        claims = [(operation, symbol) for symbol in symbols for operation in operations or (None,)]
        claims += [(operation, symbol) for symbol, limits in (also or {}).items() for operation in limits]
        for operation, symbol in claims:
            _claim(operation, symbol, cls)
        for message in messages:
            by_message[message] = cls

    def __new__(cls, *args: "Any", operation: "Operation | str | None" = None, address: object = None) -> "Self":
        """Take what OSError takes; without arguments, stand for the symbol of the class."""
        error = cls._by_itself() if cls._symbols and not args else cls._from_args(args)
        if operation is not None:
            error.operation = Operation(operation)
        if address is not None:
            error.address = address
        return error

    @classmethod
    def _by_itself(cls) -> "Self":
        symbol = cls._symbols[0]
        number = platforms.number(symbol)
        message = strerror(number, symbol) or meaning(cls)
        error = OSError.__new__(variant(cls, natural_origin(symbol, number)), number, message)
        error.symbol = symbol
        if len(cls._operations) == 1:
            error.operation = cls._operations[0]
        if symbol.startswith("EAI_"):
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
        kind = kind_of(natural_origin(next(iter(cls._symbols), ""), None))
        symbol = symbol_of(number, kind)
        origin = natural_origin(symbol or "", number)
        if origin is not OSError:
            error = OSError.__new__(variant(cls, origin), *args)
        error.symbol = symbol
        return error

    @property
    def retry(self) -> Retry:
        """Whether a retry can help and is safe, for this failure in this operation."""
        if self.causes:
            return min((cause.retry for cause in self.causes), key=_CAUTION.index)
        advice = _at(self._retry, self.operation)
        if advice is Retry.SAFE and self._is_uncertain():
            return Retry.IF_IDEMPOTENT
        return advice

    def _is_uncertain(self) -> bool:
        return self.evidence is Evidence.MESSAGE or (self.evidence is Evidence.TYPE and self.operation is None)

    @property
    def fault(self) -> Fault:
        """Who can mend it."""
        return _at(self._fault, self.operation)

    @property
    def hint(self) -> str:
        """What to do about it, for this failure in this operation."""
        return _at(self._hint, self.operation)

    @property
    def platform(self) -> str:
        """The system on which the error was born, as `sockerr.platforms` names it."""
        return self._birth[0] if self._birth else platforms.current()

    @property
    def code(self) -> "int | None":
        """The number that the error was born with, on `platform`; `None` if it had none."""
        if self._birth:
            return self._birth[1]
        return self.winerror if self.evidence is Evidence.WINERROR else self.errno

    def as_dict(self) -> "ErrorRecord":
        """All that is known of the error, as a mapping that `json.dumps` and log processors take as it is.

        >>> import sockerr
        >>> record = sockerr.from_code("ECONNRESET", operation="receive").as_dict()
        >>> record["error"], record["symbol"], record["retry"]
        ('ConnectionReset', 'ECONNRESET', 'if_idempotent')
        """
        return {
            "error": self._public.__name__,
            "symbol": self.symbol,
            "operation": None if self.operation is None else self.operation.value,
            "address": None if self.address is None else _spell(self.address),
            "message": str(self),
            "errno": _plain(self.errno),
            "strerror": _plain(self.strerror),
            "filename": _plain(self.filename),
            "filename2": _plain(self.filename2),
            "winerror": _plain(self.winerror),
            "args": [_plain(arg) for arg in self.args],
            "retry": self.retry.value,
            "fault": self.fault.value,
            "hint": self.hint,
            "evidence": self.evidence.value,
            "platform": self.platform,
            "code": _plain(self.code),
            "causes": [cause.as_dict() for cause in self.causes],
        }

    @classmethod
    def _lineage(cls) -> "list[type[SocketError]]":
        return [each for each in cls.__mro__ if issubclass(each, SocketError)]

    def __str__(self) -> str:
        done = " ".join(filter(None, (self.operation, None if self.address is None else _spell(self.address))))
        only_text = self.errno is None and isinstance(self.strerror, str)
        message = self.strerror if only_text else super().__str__()
        text = ": ".join(filter(None, (done, message or meaning(type(self)))))
        if self.symbol is None:
            return text
        abroad = f", {self.code} on {self.platform}" if self.platform != platforms.current() else ""
        return f"{text} ({self.symbol}{abroad})"

    def __reduce__(self) -> "tuple[Callable[..., SocketError], tuple[object, ...]]":
        # The original's class goes by name: pickle's older protocols turn the built-in ones into OSError.
        origin = None if self._origin is None else (self._origin.__module__, self._origin.__name__)
        state = {**self.__dict__, "symbol": self.symbol}
        return _restore, (self._public, origin, self.args, fields_of(self), state, self.platform, self.code)


SocketError._public = SocketError

registry: "dict[Key, type[SocketError]]" = {}
"""The class that claims a symbol in an operation, or in every operation (`None`)."""
windows_registry: "dict[Key, type[SocketError]]" = {}
"""What goes before `registry` on Windows: the symbols that are spelled with `WSA` in a row."""
by_message: "dict[str, type[SocketError]]" = {}
"""The class of what the socket layer raises with a text and no number."""


def _claim(operation: "Operation | None", symbol: str, cls: type[SocketError]) -> None:
    claims = windows_registry if symbol.startswith("WSA") else registry
    key = (operation, platforms.canonical(symbol))
    if key in claims:
        where = "every operation" if operation is None else operation
        raise TypeError(f"{cls.__name__} and {claims[key].__name__} both claim {symbol} in {where}")
    claims[key] = cls


def class_for(symbol: str, operation: "Operation | None", address: object, platform: str) -> type[SocketError]:
    """The class of a canonical symbol: what claims it in this operation, else what claims it in every one."""
    claims = (windows_registry, registry) if platform == "win32" else (registry,)
    keys = ((operation, symbol), (None, symbol))
    found = next((each[key] for each in claims for key in keys if key in each), SocketError)
    if found._settles is None or found._settles(operation, address):
        return found
    return found.__bases__[0]


def depends_on_address(symbol: str, operation: "Operation | None") -> bool:
    """Whether the class of a symbol in an operation is another for other addresses."""
    found = registry.get((operation, symbol))
    return found is not None and found._settles is not None


def catalogue() -> "Iterator[type[SocketError]]":
    """Every class of this package, each after its base, in the order of their statements."""
    pending: list[type[SocketError]] = [SocketError]
    while pending:
        cls = pending.pop(0)
        yield cls
        public = [each for each in cls.__subclasses__() if each._public is each]
        pending[:0] = [each for each in public if each.__module__ == SocketError.__module__]


def meaning(cls: type[SocketError]) -> str:
    """The first sentence of the docstring, without the full stop; the name where docstrings are stripped."""
    text = cls._public.__doc__ or cls._public.__name__
    return " ".join(text.partition("\n\n")[0].split()).rstrip(".")


_variants: "dict[tuple[type[SocketError], type[Exception]], type[SocketError]]" = {}


def variant(cls: "type[S]", origin: type[Exception]) -> "type[S]":
    """The class that is both `cls` and `origin`: `cls` itself, or a private subclass that bears its name."""
    if issubclass(cls, origin):
        return cls
    public = cls._public
    if (public, origin) not in _variants:
        namespace = {"__module__": public.__module__, "__doc__": public.__doc__}
        made: type[SocketError] = type(public.__name__, (public, origin), namespace)
        made._public, made._origin = public, origin
        _variants[public, origin] = made
    return _variants[public, origin]  # type: ignore[return-value]  # it is a subclass of cls


# The slots of OSError, read and written past whatever a class shows under the same name.
_SLOTS: "Mapping[str, Any]" = {
    name: vars(OSError)[name]
    for name in ("errno", "strerror", "filename", "filename2", "winerror")
    if name in vars(OSError)
}


def clone(error: "S") -> "S":
    """A copy that can be given a cause of its own."""
    restore, state = error.__reduce__()
    return restore(*state)  # type: ignore[return-value]  # it is of the class that it was


def fields_of(error: OSError) -> "dict[str, Any]":
    """What an OSError has in its own slots."""
    return {name: slot.__get__(error) for name, slot in _SLOTS.items()}


def build(public: "type[S]", origin: type[Exception], args: "tuple[Any, ...]", fields: "Mapping[str, Any]") -> "S":
    """An instance of `public` that a handler of `origin` catches, with exactly these args and fields."""
    return bare(variant(public, origin), args, fields)


def bare(cls: "type[E]", args: "tuple[Any, ...]", fields: "Mapping[str, Any]") -> "E":
    """An instance of an OSError class with exactly these args and fields; no `__init__` runs."""
    error = OSError.__new__(cls)
    error.args = args
    for name, value in fields.items():
        # A slot that was never set reads as None, but one that is set to None prints as "None".
        if value is not None and name in _SLOTS:
            _SLOTS[name].__set__(error, value)
    return error


_HERRORS = ("HOST_NOT_FOUND", "TRY_AGAIN", "NO_RECOVERY", "NO_DATA")


def natural_origin(symbol: str, number: "int | None") -> type[Exception]:
    """The class with which the standard library raises a symbol that has this number here."""
    if symbol.startswith("EAI_"):
        return socket.gaierror
    if symbol in _HERRORS:
        return socket.herror
    return OSError if number is None else type(OSError(number, ""))


def kind_of(origin: type[Exception]) -> "Kind":
    """Of which kind the number of such an exception is."""
    if issubclass(origin, socket.gaierror):
        return "resolver"
    return "herror" if issubclass(origin, socket.herror) else "errno"


# errno.errorcode has one name for a number; where a number has several, these are the canonical ones.
_CANONICAL: "dict[int, str]" = {
    getattr(errno, name): name for name in ("EOPNOTSUPP", "EDEADLK") if hasattr(errno, name)
}
_SYMBOLS = {number: platforms.canonical(name) for number, name in errno.errorcode.items()} | _CANONICAL


def symbol_of(number: int, kind: "Kind" = "errno") -> "str | None":
    """The canonical symbol of a number on this system, or `None` where the system does not define it."""
    if kind == "errno" and number in _SYMBOLS:
        return _SYMBOLS[number]
    return next(iter(platforms.symbols(number, kind=kind)), None)


# On Windows os.strerror() asks the C runtime, which knows nothing of Winsock; Python has these for it.
_winsock_messages: "dict[int, str]" = getattr(socket, "errorTab", {})


def strerror(number: "int | None", symbol: str) -> "str | None":
    """This system's message for an errno, or `None` where it has none."""
    if number is None or kind_of(natural_origin(symbol, None)) != "errno":
        return None
    try:
        message = os.strerror(number)
    except OverflowError:
        return None
    # glibc, macOS and Windows say the first, musl the second.
    is_known = not message.startswith(("Unknown error", "No error information"))
    return message if is_known else _winsock_messages.get(number)


def _by_operation(given: "W | PerOperation[W] | None") -> "PerOperation[W] | None":
    return {None: given} if isinstance(given, str) else given


def _at(row: "PerOperation[T]", operation: "Operation | None") -> "T":
    return row[operation] if operation in row else row[None]


def is_a(value: object, cls: "type[T] | tuple[type[T], ...]") -> "TypeIs[T]":
    """What `isinstance` says, without asking the object itself for its `__class__`."""
    return issubclass(type(value), cls)


def host_and_port_of(address: object) -> "tuple[object, object] | None":
    """The first two parts of an internet address, whatever they are; `None` for other kinds of address."""
    if not isinstance(address, tuple):
        return None
    parts: tuple[object, ...] = address  # pyright: ignore[reportUnknownVariableType]
    return (parts[0], parts[1]) if len(parts) >= 2 else None


def _spell(address: object) -> str:
    """An address as people write it; never an exception, whatever was given as an address."""
    if isinstance(address, str):
        return address
    pair = host_and_port_of(address)
    host, port = pair or (None, None)
    if isinstance(host, str) and isinstance(port, int):
        return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    return _repr(address)


def _plain(value: object) -> "str | int | float | None":
    """A value that JSON has, or how Python prints it."""
    return value if value is None or isinstance(value, (str, int, float)) else _repr(value)


def _repr(value: object) -> str:
    try:
        return repr(value)
    except Exception:  # noqa: BLE001  # whatever somebody's repr raises, an error can be printed
        return object.__repr__(value)


def _restore(
    public: type[SocketError],
    origin: "tuple[str, str] | None",
    args: "tuple[Any, ...]",
    fields: "dict[str, Any]",
    state: "dict[str, Any]",
    platform: str,
    code: "int | None",
) -> SocketError:
    """Load a pickle: on another system than the one where the error was born, the number becomes this system's."""
    at_home = platform == platforms.current()
    has_moved = state.get("_birth") or not at_home
    state = {**state, "_birth": None if at_home else (platform, code)}
    # OpenSSL's numbers are the same everywhere.
    if has_moved and code is not None and state.get("evidence") is not Evidence.TLS:
        local = code if at_home and state.get("evidence") is not Evidence.WINERROR else _number_here(state["symbol"])
        if args and args[0] == fields["errno"]:
            args = (local, *args[1:])
        fields = {**fields, "errno": local}
    error = build(public, _import_origin(origin), args, fields)
    error.__dict__.update(state)
    return error


def _number_here(symbol: "str | None") -> "int | None":
    return None if symbol is None else platforms.number(symbol)


def _import_origin(name: "tuple[str, str] | None") -> type[Exception]:
    if name is None:
        return OSError
    from importlib import import_module

    module, attribute = name
    try:
        found = getattr(import_module(module), attribute)
    except (ImportError, AttributeError):
        # A Python built without ssl reads errors of one that has it.
        return OSError
    return found if issubclass(found, Exception) else OSError
