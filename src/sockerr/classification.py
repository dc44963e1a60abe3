"""What decides what an exception means, in order.

An exception of the standard library's socket layer speaks for itself: by its Windows number, its resolver's code, its
TLS class, its `errno`, its type, and where it has none of these by a text that only the socket layer uses. Any other
exception is looked through first (`wrapped`), and speaks for itself only where nothing is found in it.
"""

import socket
import sys

from . import platforms
from .base import (
    SocketError,
    build,
    by_message,
    class_for,
    fields_of,
    kind_of,
    meaning,
    natural_origin,
    strerror,
    symbol_of,
)
from .errors import (
    CertificateRejected,
    ConnectionLost,
    InvalidAddress,
    ResolutionError,
    TLSError,
    TLSWantRead,
    TLSWantWrite,
)
from .vocabulary import Evidence, Operation, Retry

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeAlias

    from .platforms import Kind

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

# What a type means where there is no number: the symbol whose errors have this type.
_BY_TYPE = {
    TimeoutError: "ETIMEDOUT",
    ConnectionRefusedError: "ECONNREFUSED",
    ConnectionResetError: "ECONNRESET",
    ConnectionAbortedError: "ECONNABORTED",
    BrokenPipeError: "EPIPE",
}

# Files fail with these too: with a file name, and no word of a socket operation, that is what happened.
_OF_FILES = frozenset(
    [
        "EACCES",
        "EAGAIN",
        "EBADF",
        "EBUSY",
        "EDEADLK",
        "EDQUOT",
        "EEXIST",
        "EFAULT",
        "EFBIG",
        "EINTR",
        "EINVAL",
        "EIO",
        "EISDIR",
        "ELOOP",
        "EMFILE",
        "EMLINK",
        "ENAMETOOLONG",
        "ENFILE",
        "ENODEV",
        "ENOENT",
        "ENOEXEC",
        "ENOLCK",
        "ENOMEM",
        "ENOSPC",
        "ENOSYS",
        "ENOTBLK",
        "ENOTDIR",
        "ENOTEMPTY",
        "ENOTSUP",
        "ENOTTY",
        "ENXIO",
        "EOPNOTSUPP",
        "EOVERFLOW",
        "EPERM",
        "EPIPE",
        "EROFS",
        "ESPIPE",
        "ESTALE",
        "ETXTBSY",
        "EXDEV",
    ]
)

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
    if not issubclass(type(error), BaseException):
        raise TypeError(f"classify() takes an exception, not {type(error).__name__}")
    doing = None if operation is None else Operation(operation)
    if isinstance(error, SocketError):
        return error
    found = speak(error, doing, address)
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
    if isinstance(error, Exception) and origin in _ADDRESS_TYPES:
        return _from_bad_address(error, operation, address)
    if not isinstance(error, OSError):
        return None
    if origin in _SPEAKING:
        return _from_oserror(error, operation, address)
    if (ssl := sys.modules.get("ssl")) is not None and origin.__module__ == "ssl":
        return _from_tls(ssl, error, operation, address)
    return None


def _from_oserror(error: OSError, operation: "Operation | None", address: object) -> "SocketError | None":
    verdict = _decide(error, operation, address)
    if verdict is None:
        return None
    cls, symbol, evidence = verdict
    of_a_file = error.filename is not None and operation is None
    if of_a_file and (symbol is None or symbol in _OF_FILES):
        return None
    return _typed(cls, type(error), error, symbol, evidence, operation, address)


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
