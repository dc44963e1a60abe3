"""What decides what an exception means, in order.

An exception of the standard library's socket layer speaks for itself: by its Windows number, its resolver's code, its
TLS class, its `errno`, its type, and where it has none of these by a text that only the socket layer uses. Any other
exception is looked through first (`wrapped`), and speaks for itself only where nothing is found in it.
"""

import socket
import sys

from . import platforms, wrapped
from .base import (
    SocketError,
    bare,
    build,
    by_message,
    class_for,
    clone,
    depends_on_address,
    fields_of,
    kind_of,
    meaning,
    natural_origin,
    strerror,
    symbol_of,
)
from .errors import (
    AddressFamilyNotSupported,
    AddressNotAvailable,
    CertificateRejected,
    ConnectionLost,
    InvalidAddress,
    NetworkUnreachable,
    ResolutionError,
    TLSError,
    TLSWantRead,
    TLSWantWrite,
)
from .messages import OF_FILES, symbols_in
from .platforms import Kind  # noqa: TC001  # typing.get_type_hints looks it up
from .vocabulary import Evidence, Operation, Retry
from .wrapped import is_a

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeAlias

    Route: TypeAlias = tuple[type[OSError], object, object, Operation | None]
    Verdict: TypeAlias = tuple[type[SocketError], str | None, Evidence]

# The classes whose own number or type says what happened; what derives from them may mean something else by it.
_SPEAKING = frozenset(
    {
        OSError,
        BlockingIOError,
        BrokenPipeError,
        ChildProcessError,
        ConnectionError,
        ConnectionAbortedError,
        ConnectionRefusedError,
        ConnectionResetError,
        FileExistsError,
        FileNotFoundError,
        InterruptedError,
        IsADirectoryError,
        NotADirectoryError,
        PermissionError,
        ProcessLookupError,
        TimeoutError,
        socket.gaierror,
        socket.herror,
    }
)

# Attempts that say no more than that this machine cannot use that address family.
_ONLY_THIS_MACHINE = (NetworkUnreachable, AddressNotAvailable, AddressFamilyNotSupported)

# From the surest evidence to the least; a group is as sure as its least sure member.
_DOUBT = tuple(Evidence)

# How deep groups within what groups carry are followed.
_DEPTH = 8

# What a type means where there is no number: the symbol whose errors have this type.
_BY_TYPE = {
    TimeoutError: "ETIMEDOUT",
    ConnectionRefusedError: "ECONNREFUSED",
    ConnectionResetError: "ECONNRESET",
    ConnectionAbortedError: "ECONNABORTED",
    BrokenPipeError: "EPIPE",
}

# An address that never reaches the system is reported by one of these, in these operations.
_ADDRESS_TYPES = frozenset({OverflowError, TypeError, ValueError, UnicodeError, UnicodeEncodeError})
_ADDRESS_OPERATIONS = frozenset({Operation.RESOLVE, Operation.BIND, Operation.CONNECT, Operation.SEND})
_IDNA_FAILED = "encoding with 'idna' codec failed"
_ADDRESS_TEXTS = frozenset(
    {
        "port must be 0-65535.",
        "proto must be 0-65535.",
        "flowinfo must be 0-1048575.",
        "host name must not contain null character",
        "encoding of hostname failed",
        "invalid length of packed IP address string",
        *(
            f"{function}() argument 1 must be encoded string without null bytes, not {kind}"
            for function in ("gethostbyname", "gethostbyname_ex", "gethostbyaddr")
            for kind in ("str", "bytes", "bytearray")
        ),
    }
)


def classify(
    error: BaseException, *, operation: "Operation | str | None" = None, address: object = None
) -> "SocketError | None":
    """The socket failure that an exception means, as a typed error; `None` if it means none.

    Takes any exception, and optionally what was being done (`operation`) and to whom (`address`), which refine the
    class and the advice. An existing `SocketError` is returned as it is. Every other answer has the exception as its
    `__cause__`, so that the idiom in a handler is:

    >>> import socket
    >>> from sockerr import classify
    >>> try:
    ...     socket.create_connection(("127.0.0.1", 1))
    ... except OSError as error:
    ...     failure = classify(error, operation="connect") or error
    >>> failure.symbol, failure.retry
    ('ECONNREFUSED', <Retry.SAFE: 'safe'>)

    Raises `TypeError` for what is no exception and `ValueError` for an unknown operation, and nothing else.
    """
    if not is_a(error, BaseException):
        raise TypeError(f"classify() takes an exception, not {type(error).__name__}")
    doing = operation if operation is None or type(operation) is Operation else Operation(operation)
    if is_a(error, SocketError):
        return error
    if not is_a(error, (Exception, BaseExceptionGroup)):
        # KeyboardInterrupt and CancelledError are orders, whatever led to them.
        return None
    try:
        found = speak(error, doing, address) or _Search(doing, address).find(error)
    except Exception:  # noqa: BLE001  # with a hostile metaclass even a comparison can fail
        return None
    if found is not None:
        found.__cause__ = error
    return found


def is_retryable(error: BaseException) -> bool:
    """Whether the exception means a socket failure that a retry can help with, be it safe or only if idempotent.

    >>> is_retryable(ConnectionResetError(104, "Connection reset by peer")), is_retryable(ValueError())
    (True, False)
    """
    failure = classify(error)
    return failure is not None and failure.retry in (Retry.SAFE, Retry.IF_IDEMPOTENT)


def is_safe_to_retry(error: BaseException) -> bool:
    """Whether the exception means a socket failure after which the peer cannot have acted, so that a retry is safe.

    >>> import sockerr
    >>> is_safe_to_retry(sockerr.ConnectTimedOut()), is_safe_to_retry(sockerr.ReceiveTimedOut())
    (True, False)
    """
    failure = classify(error)
    return failure is not None and failure.retry is Retry.SAFE


def from_code(
    code: "int | str",
    message: "str | None" = None,
    *,
    platform: "str | None" = None,
    kind: "Kind | None" = None,
    operation: "Operation | str | None" = None,
    address: object = None,
) -> SocketError:
    """The typed error of a symbol, or of the number that a system has for it.

    `code` is a symbol (`"ECONNREFUSED"`), or a number of `platform` (default: this system). Since numbers of different
    kinds overlap, `kind` says whether it is an `errno`, a `resolver` code or an `herror`; without it the first kind
    that knows the number is taken, in this order. `message` defaults to this system's.

    >>> import sockerr
    >>> error = sockerr.from_code(10061, platform="win32", operation="connect")
    >>> error.symbol, error.platform, error.code
    ('ECONNREFUSED', 'win32', 10061)

    An unknown number makes a plain `SocketError` without a symbol; an unknown symbol, platform, kind or operation
    raises `ValueError`.
    """
    doing = None if operation is None else Operation(operation)
    symbol: str | None
    number: int | None
    if isinstance(code, str):
        symbol, number = _known_symbol(code), None
    elif isinstance(code, int) and not isinstance(code, bool):
        symbol, number = _symbol_of_code(code, platform, kind), code
    else:
        raise TypeError(f"code must be a symbol or a number, not {type(code).__name__}")
    return _of_symbol(symbol, number, message, platform, doing, address)


def speak(error: BaseException, operation: "Operation | None", address: object) -> "SocketError | None":
    """What an exception of the standard library's socket layer says of itself; `None` for every other."""
    origin = type(error)
    if origin in _ADDRESS_TYPES and is_a(error, Exception):
        return _from_bad_address(error, operation, address)
    if not is_a(error, OSError):
        return None
    if origin in _SPEAKING:
        return _from_oserror(error, operation, address)
    ssl = sys.modules.get("ssl")
    if ssl is not None and origin.__module__ == "ssl":
        return _from_tls(ssl, error, operation, address)
    return None


class _Search:
    """A walk through an exception and all that it carries, no further than `wrapped.LIMIT`."""

    def __init__(self, operation: "Operation | None", address: object) -> None:
        self._operation = operation
        self._address = address
        self._seen: set[int] = set()

    def find(self, error: BaseException, depth: int = 0) -> "SocketError | None":
        """What the first exception means that speaks for itself, in the order in which they are carried."""
        silent: list[BaseException] = []
        pending = [error]
        while pending:
            each = pending.pop()
            if id(each) in self._seen:
                continue
            if self._is_exhausted():
                return None
            self._seen.add(id(each))
            found = self._of_one(each, depth)
            if found is not None:
                return found
            if not is_a(each, BaseExceptionGroup):
                silent.append(each)
                pending.extend(reversed(list(wrapped.carried(each))))
        return self._of_silent(silent)

    def _is_exhausted(self) -> bool:
        return len(self._seen) >= wrapped.LIMIT

    def _of_one(self, error: BaseException, depth: int) -> "SocketError | None":
        if is_a(error, SocketError):
            return clone(error)
        return speak(error, self._operation, self._address) or self._of_group(error, depth)

    def _of_group(self, error: BaseException, depth: int) -> "SocketError | None":
        """What several attempts mean together: nothing, if one of them failed for another reason than its socket."""
        members: list[SocketError] = []
        for each in wrapped.alternatives(error) if depth < _DEPTH else ():
            found = self.find(each, depth + 1)
            if found is None:
                # Past the bound only this much is known of it.
                return SocketError("too many failures to look at") if members and self._is_exhausted() else None
            found.__cause__ = each
            members.append(found)
        return self._merge(members) if members else None

    def _merge(self, members: "list[SocketError]") -> SocketError:
        """The nearest common ancestor of the attempts that got furthest; its advice is their most cautious."""
        causes = [each for each in members if not isinstance(each, _ONLY_THIS_MACHINE)] or members
        publics = [each._public for each in causes]
        common = next(cls for cls in publics[0]._lineage() if all(issubclass(each, cls) for each in publics))
        if common is publics[0] and len({each.symbol for each in causes}) == 1:
            made = clone(causes[0])
        else:
            made = build(common, OSError, ("; ".join(map(str, causes)),), {})
        evidence = max((each.evidence for each in causes), key=_DOUBT.index)
        made.__dict__.update(operation=self._operation, address=self._address, evidence=evidence, causes=tuple(causes))
        return made

    def _of_silent(self, silent: "list[BaseException]") -> "SocketError | None":
        """What exceptions that carry nothing say of themselves: in terms of their base class, or else in words."""
        for listen in (self._in_terms_of_base, self._in_words):
            for each in reversed(silent):
                found = listen(each)
                if found is not None:
                    return found
        return None

    def _in_terms_of_base(self, error: BaseException) -> "SocketError | None":
        base = next((each for each in type(error).__mro__ if each in _SPEAKING), None)
        if base is None or not is_a(error, OSError):
            return None
        found = speak(bare(base, wrapped.slot(error, "args"), fields_of(error)), self._operation, self._address)
        # A number that has no class here is more likely the library's own than the system's.
        return None if found is not None and found._public is SocketError else found

    def _in_words(self, error: BaseException) -> "SocketError | None":
        if type(error) is not OSError and type(error).__module__ == "builtins":
            return None
        found = [self._of_words(symbol, platform) for symbol, platform in symbols_in(wrapped.text(error))]
        return self._merge(found) if len(found) > 1 else next(iter(found), None)

    def _of_words(self, symbol: str, platform: str) -> SocketError:
        made = _of_symbol(symbol, None, None, platform, self._operation, self._address)
        made.evidence = Evidence.MESSAGE
        return made


# What has been decided before, where the address has no say: the class to make, and the symbol.
_routes: "dict[Route, tuple[type[SocketError], str]]" = {}


def _from_oserror(error: OSError, operation: "Operation | None", address: object) -> "SocketError | None":
    route = _route(error, operation)
    if route in _routes and error.filename is None:
        made = _along(_routes[route], error, operation, address)
        if made is not None:
            return made
    verdict = _decide(error, operation, address)
    if verdict is None:
        return None
    cls, symbol, evidence = verdict
    of_a_file = error.filename is not None and operation is None
    if of_a_file and (symbol is None or symbol in OF_FILES):
        return None
    made = _typed(cls, type(error), error, symbol, evidence, operation, address)
    if evidence is Evidence.ERRNO and symbol is not None and not depends_on_address(symbol, operation):
        _routes[route] = (type(made), symbol)
    return made


def _route(error: OSError, operation: "Operation | None") -> "Route":
    # The numbers may be anything that somebody has put there, even what has no hash.
    number: object = error.errno
    winerror: object = getattr(error, "winerror", None)
    return (
        type(error),
        number if type(number) is int else None,
        winerror if type(winerror) is int else None,
        operation,
    )


def _along(
    route: "tuple[type[SocketError], str]", error: OSError, operation: "Operation | None", address: object
) -> "SocketError | None":
    """The typed error for the usual OSError, which has a number, a message and nothing else."""
    cls, symbol = route
    made = OSError.__new__(cls, *error.args)
    if made.errno is not error.errno or made.strerror is not error.strerror or error.__dict__:
        return None
    made.symbol = symbol
    made.operation = operation
    made.address = address
    return made


def _decide(error: OSError, operation: "Operation | None", address: object) -> "Verdict | None":
    origin = type(error)
    winerror = getattr(error, "winerror", None)
    if isinstance(winerror, int) and (symbol := platforms.winerror_symbol(winerror)):
        return class_for(symbol, operation, address, "win32"), symbol, Evidence.WINERROR
    kind = kind_of(origin)
    if isinstance(error.errno, int):
        known = symbol_of(error.errno, kind)
        evidence = Evidence.ERRNO if kind == "errno" else Evidence.RESOLVER
        if known is None:
            return SocketError, None, evidence
        return class_for(known, operation, address, platforms.current()), known, evidence
    if origin in _BY_TYPE:
        cls = class_for(_BY_TYPE[origin], operation, address, platforms.current())
        return cls, None, Evidence.TYPE
    if origin is ConnectionError:
        return ConnectionLost, None, Evidence.TYPE
    if kind != "errno":
        return ResolutionError, None, Evidence.TYPE
    text = _only_text(error)
    # The text after a function's name: "connect(): bad family".
    by_text = by_message.get(text) or by_message.get(text.rpartition(": ")[2])
    return None if by_text is None else (by_text, None, Evidence.MESSAGE)


def _from_bad_address(error: Exception, operation: "Operation | None", address: object) -> "SocketError | None":
    if operation not in _ADDRESS_OPERATIONS or not _is_about_address(error, operation, address):
        return None
    # The memory layout of UnicodeEncodeError does not go together with that of OSError.
    origin = UnicodeError if isinstance(error, UnicodeEncodeError) else type(error)
    return _typed(InvalidAddress, origin, error, None, Evidence.MESSAGE, operation, address)


def _is_about_address(error: Exception, operation: "Operation | None", address: object) -> bool:
    if isinstance(error, UnicodeEncodeError):
        codec, text = error.args[:2]
        return codec == "idna" or (type(address) is str and text == address)
    text = _only_text(error)
    if isinstance(error, UnicodeError):
        # Python 3.12 says it in a note.
        return any(said.startswith(_IDNA_FAILED) for said in (text, *getattr(error, "__notes__", ())))
    if text == "embedded null character":
        return operation is Operation.RESOLVE
    return text.rpartition(": ")[2] in _ADDRESS_TEXTS


def _from_tls(ssl: "Any", error: OSError, operation: "Operation | None", address: object) -> SocketError:
    origin = type(error)
    if issubclass(origin, ssl.SSLCertVerificationError):
        cls: type[SocketError] = CertificateRejected
    elif issubclass(origin, ssl.SSLWantReadError):
        cls = TLSWantRead
    elif issubclass(origin, ssl.SSLWantWriteError):
        cls = TLSWantWrite
    else:
        cls = TLSError
    return _typed(cls, origin, error, None, Evidence.TLS, operation, address)


def _only_text(error: BaseException) -> str:
    return error.args[0] if len(error.args) == 1 and type(error.args[0]) is str else ""


def _typed(
    cls: type[SocketError],
    origin: type[Exception],
    error: Exception,
    symbol: "str | None",
    evidence: Evidence,
    operation: "Operation | None",
    address: object,
) -> SocketError:
    """The same error as an instance of `cls`: what handlers of the original looked at is all there."""
    fields = fields_of(error) if isinstance(error, OSError) else {"strerror": str(error)}
    made = build(cls, origin, error.args, fields)
    made.__dict__.update(error.__dict__, symbol=symbol, evidence=evidence, operation=operation, address=address)
    return made


def _known_symbol(code: str) -> str:
    symbol = platforms.canonical(code)
    number = platforms.number(symbol)
    if number is not None:
        kind = kind_of(natural_origin(symbol, None))
        return symbol_of(number, kind) or symbol
    everywhere = {each for name in platforms.names() for each in platforms.table(name)}
    if symbol in everywhere:
        return symbol
    from difflib import get_close_matches

    near = get_close_matches(symbol.upper(), sorted(everywhere), n=3, cutoff=0.5)
    hint = f": did you mean {' or '.join(near)}?" if near else ""
    raise ValueError(f"unknown symbol {code!r}{hint}")


def _symbol_of_code(code: int, platform: "str | None", kind: "Kind | None") -> "str | None":
    for each in platforms.KINDS if kind is None else (kind,):
        names = platforms.symbols(code, platform, kind=each)
        if names:
            return names[0]
    return None


def _of_symbol(
    symbol: "str | None",
    number: "int | None",
    message: "str | None",
    platform: "str | None",
    operation: "Operation | None",
    address: object,
) -> SocketError:
    born = platforms.current() if platform is None else platforms.known_name(platform)
    foreign = born != platforms.current()
    local = number
    if number is None or foreign:
        local = None if symbol is None else platforms.number(symbol)
    name = symbol or ""
    cls = class_for(name, operation, address, born)
    origin = natural_origin(name, local)
    text = message or strerror(local, name) or (meaning(cls) if symbol else f"Unknown error {number}")
    made = build(cls, origin, (local, text), {"errno": local, "strerror": text})
    evidence = Evidence.ERRNO if kind_of(origin) == "errno" else Evidence.RESOLVER
    made.__dict__.update(symbol=symbol, evidence=evidence, operation=operation, address=address)
    if foreign:
        code = platforms.number(name, born) if number is None else number
        made._birth = (born, code)
    return made
