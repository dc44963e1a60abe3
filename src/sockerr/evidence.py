"""What an exception says of itself.

An exception of the standard library's socket layer speaks for itself, in this order: by its Windows number, its
resolver's code, its TLS class, its `errno`, its type, and where it has none of these by a text that only the socket
layer uses.
"""

import socket
import sys

from . import platforms
from .base import (
    SocketError,
    build,
    by_message,
    class_for,
    depends_on_address,
    fields_of,
    is_a,
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
from .vocabulary import Evidence, Operation

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeAlias

    Route: TypeAlias = tuple[type[SocketError], str | None, Operation | None]
    Verdict: TypeAlias = tuple[type[SocketError], str | None, Evidence]

# The classes whose own number or type says what happened; what derives from them may mean something else by it.
SPEAKING = frozenset(
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

# Files fail with these too, so that their names and sentences alone do not speak of a socket.
OF_FILES = frozenset(
    "EACCES EAGAIN EBADF EBUSY EDEADLK EDQUOT EEXIST EFAULT EFBIG EINTR EINVAL EIO EISDIR ELOOP EMFILE EMLINK "
    "ENAMETOOLONG ENFILE ENODEV ENOENT ENOEXEC ENOLCK ENOMEM ENOSPC ENOSYS ENOTBLK ENOTDIR ENOTEMPTY ENOTSUP "
    "ENOTTY ENXIO EOPNOTSUPP EOVERFLOW EPERM EPIPE EROFS ESPIPE ESTALE ETXTBSY EXDEV".split()
)

# What a type means where there is no number: the symbol whose errors have this type.
_BY_TYPE = {
    TimeoutError: "ETIMEDOUT",
    ConnectionRefusedError: "ECONNREFUSED",
    ConnectionResetError: "ECONNRESET",
    ConnectionAbortedError: "ECONNABORTED",
    BrokenPipeError: "EPIPE",
}

# The second where Python is built without OpenSSL, as for Emscripten, and has the classes nevertheless.
_SSL_MODULES = ("ssl", "_ssl")

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


def speak(error: BaseException, operation: "Operation | None", address: object) -> "SocketError | None":
    """What an exception of the standard library's socket layer says of itself; `None` for every other."""
    origin = type(error)
    if origin in _ADDRESS_TYPES and is_a(error, Exception):
        return _from_bad_address(error, operation, address)
    if not is_a(error, OSError):
        return None
    if origin in SPEAKING:
        return _from_oserror(error, operation, address)
    ssl = sys.modules.get("ssl")
    if ssl is not None and origin.__module__ in _SSL_MODULES:
        return _from_tls(ssl, error, operation, address)
    return None


# What has been decided about errors with a number, by their class, operation and number: the class to
# make, the symbol if it is not the one that stands for that class, and the operation. See `classify`.
routes: "dict[type[BaseException], dict[Operation | str | None, dict[int | None, Route]]]" = {}
_HAS_WINERROR = "winerror" in vars(OSError)


def _from_oserror(error: OSError, operation: "Operation | None", address: object) -> "SocketError | None":
    verdict = _decide(error, operation, address)
    if verdict is None:
        return None
    cls, symbol, evidence = verdict
    of_a_file = error.filename is not None and operation is None
    if of_a_file and (symbol is None or symbol in OF_FILES):
        return None
    made = _typed(cls, type(error), error, symbol, evidence, operation, address)
    if evidence is Evidence.ERRNO and not _HAS_WINERROR:
        _remember(error, made)
    return made


def _remember(error: OSError, made: SocketError) -> None:
    """Keep the way for errors like this one, unless the address has a say in it."""
    if made.symbol is not None and not depends_on_address(made.symbol, made.operation):
        symbol = None if type(made).symbol == made.symbol else made.symbol
        by_number = routes.setdefault(type(error), {}).setdefault(made.operation, {})
        by_number[error.errno] = (type(made), symbol, made.operation)


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
    # What others have put on the original is kept, but for what has a meaning here.
    made.__dict__.update(error.__dict__, symbol=symbol, evidence=evidence, operation=operation, address=address)
    made.__dict__.update(causes=(), _birth=None)
    return made


def of_symbol(
    symbol: "str | None",
    number: "int | None",
    message: "str | None",
    platform: "str | None",
    operation: "Operation | None",
    address: object,
) -> SocketError:
    """The typed error of a symbol (or of none), with this system's number or with one of another system's."""
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
