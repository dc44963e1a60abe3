"""Classify an exception raised by the socket or ssl module: by its number, its class or, without either, its text."""

import socket
import sys

from sockerr import platforms
from sockerr._errors import (
    CertificateRejected,
    ConnectionLost,
    InvalidAddress,
    ResolutionError,
    TLSConnectionLost,
    TLSError,
    TLSMisconfigured,
    TLSWantRead,
    TLSWantWrite,
)
from sockerr._instances import bare, build, fields_of, is_a
from sockerr._numbers import kind_of_class, symbol_of
from sockerr._registry import by_message, by_tls_reason, by_verify_code, claimant
from sockerr._socket_error import SocketError, adopt_attributes, class_for
from sockerr._vocabulary import Evidence, Operation

from .remembered import memory

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeAlias

    Verdict: TypeAlias = tuple[type[SocketError], str | None, Evidence]

SOCKET_CLASSES = frozenset(
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
"""The classes that the socket module raises. In a class derived from one, the same number may mean something else."""

FILE_SYMBOLS = frozenset(
    "EACCES EAGAIN EBADF EBUSY EDEADLK EDQUOT EEXIST EFAULT EFBIG EINTR EINVAL EIO EISDIR ELOOP EMFILE EMLINK "
    "ENAMETOOLONG ENFILE ENODEV ENOENT ENOEXEC ENOLCK ENOMEM ENOSPC ENOSYS ENOTBLK ENOTDIR ENOTEMPTY ENOTSUP "
    "ENOTTY ENXIO EOPNOTSUPP EOVERFLOW EPERM EPIPE EROFS ESPIPE ESTALE ETXTBSY EXDEV".split()
)
"""Symbols that operations on files raise too. The symbol or its message alone does not mean a socket failure."""

# The symbol whose errors have this class, for errors of the class without a number.
_SYMBOL_OF_CLASS = {
    TimeoutError: "ETIMEDOUT",
    ConnectionRefusedError: "ECONNREFUSED",
    ConnectionResetError: "ECONNRESET",
    ConnectionAbortedError: "ECONNABORTED",
    BrokenPipeError: "EPIPE",
}

# The second where Python is built without OpenSSL, as for Emscripten, and has the classes nevertheless.
_SSL_MODULES = ("ssl", "_ssl")
# An SSLError raised by a handshake, a send or a receive has one of OpenSSL's SSL_ERROR_* as its number; one raised by
# a method of SSLContext has the reason code instead (CPython's _ssl.c, PySSL_SetError and _setSSLError).
_SSL_ERRORS = range(1, 11)
# Libraries copy the number and the text of an SSLError into an OSError, where the number would mean EPERM.
_SSL_ERROR_SSL = 1
_SSL_MARK = "[SSL: "
# The numbers of Winsock. Files on a network share, processes and the rest of Windows raise the others.
_WINSOCK = range(10000, 12000)

# The classes with which Python rejects an address before the system sees it, and the operations that take addresses.
ADDRESS_CLASSES = frozenset({OverflowError, TypeError, ValueError, UnicodeError, UnicodeEncodeError})
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


def from_itself(error: BaseException, operation: "Operation | None", address: object) -> "SocketError | None":
    """Classify an exception raised by the socket or ssl module; `None` for any other, and for a file's failure."""
    origin = type(error)
    if origin in ADDRESS_CLASSES and is_a(error, Exception):
        return _from_bad_address(error, operation, address)
    if not is_a(error, OSError):
        return None
    if origin in SOCKET_CLASSES:
        return _from_oserror(error, operation, address)
    ssl = sys.modules.get("ssl")
    if ssl is not None and origin.__module__ in _SSL_MODULES:
        return _typed(_tls_class(ssl, error), type(error), error, None, Evidence.TLS, operation, address)
    return None


def from_timeout(error: Exception, operation: "Operation | None", address: object) -> SocketError:
    """Classify a timeout that is not an `OSError`."""
    cls = class_for("ETIMEDOUT", operation, address, platforms.current())
    return _typed(cls, OSError, error, None, Evidence.TYPE, operation, address)


def has_number(error: BaseException) -> bool:
    """Return whether an exception of the socket module's classes has a number, beside which its text says nothing."""
    return type(error) in SOCKET_CLASSES and is_a(error, OSError) and isinstance(fields_of(error)["errno"], int)


def base_class_of(error: BaseException) -> "OSError | None":
    """Return the error of a library's own class as an instance of the socket module's class that it derives from."""
    # An instance of one of these classes itself has been asked already.
    if not is_a(error, OSError) or type(error) in SOCKET_CLASSES:
        return None
    base = next(each for each in type(error).__mro__ if each in SOCKET_CLASSES)
    return bare(base, vars(BaseException)["args"].__get__(error), fields_of(error))


def _from_oserror(error: OSError, operation: "Operation | None", address: object) -> "SocketError | None":
    verdict = _decide(error, operation, address)
    if verdict is None:
        return None
    cls, symbol, evidence = verdict
    if operation is None and _is_of_no_socket(error, symbol, evidence):
        return None
    made = _typed(cls, type(error), error, symbol, evidence, operation, address)
    if error.errno != _SSL_ERROR_SSL:
        memory.remember(error, made)
    return made


def _decide(error: OSError, operation: "Operation | None", address: object) -> "Verdict | None":
    """Ask in order: the Windows number, the resolver's code or errno, the class, the text."""
    winerror = getattr(error, "winerror", None)
    if isinstance(winerror, int):
        # The errno beside it is a guess of Python's: EINVAL for every number that Python does not know.
        return _of_number(platforms.winerror_symbol(winerror), Evidence.WINERROR, operation, address, "win32")
    origin = type(error)
    kind = kind_of_class(origin)
    if error.errno == _SSL_ERROR_SSL and type(error.strerror) is str and _SSL_MARK in error.strerror:
        from .openssl import openssl_class

        return openssl_class(error.strerror), None, Evidence.TLS
    if isinstance(error.errno, int):
        evidence = Evidence.ERRNO if kind == "errno" else Evidence.RESOLVER
        return _of_number(symbol_of(error.errno, kind), evidence, operation, address, platforms.current())
    if origin in _SYMBOL_OF_CLASS:
        cls = class_for(_SYMBOL_OF_CLASS[origin], operation, address, platforms.current())
        return cls, None, Evidence.TYPE
    if origin is ConnectionError:
        return ConnectionLost, None, Evidence.TYPE
    if kind != "errno":
        return ResolutionError, None, Evidence.TYPE
    # The text may follow a function's name: "connect(): bad family".
    by_text = by_message.get(_only_text(error).rpartition(": ")[2])
    return None if by_text is None else (by_text, None, Evidence.MESSAGE)


def _of_number(
    symbol: "str | None", evidence: Evidence, operation: "Operation | None", address: object, platform: str
) -> "Verdict":
    cls = SocketError if symbol is None else class_for(symbol, operation, address, platform)
    return cls, symbol, evidence


def _is_of_no_socket(error: OSError, symbol: "str | None", evidence: Evidence) -> bool:
    """Return whether an error comes from a file, a process or a pipe, as far as can be told without the operation."""
    if evidence is Evidence.WINERROR and getattr(error, "winerror", None) not in _WINSOCK:
        return symbol is None or error.filename is not None
    if evidence is Evidence.ERRNO and symbol is not None and claimant(symbol, None, None, platforms.current()) is None:
        # No socket operation documents it.
        return True
    return error.filename is not None and (symbol is None or symbol in FILE_SYMBOLS)


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


def _tls_class(ssl: "Any", error: OSError) -> type[SocketError]:
    origin = type(error)
    details: dict[str, Any] = error.__dict__
    if issubclass(origin, ssl.SSLCertVerificationError):
        return by_verify_code.get(details.get("verify_code"), CertificateRejected)
    if issubclass(origin, ssl.SSLWantReadError):
        return TLSWantRead
    if issubclass(origin, ssl.SSLWantWriteError):
        return TLSWantWrite
    if issubclass(origin, (ssl.SSLEOFError, ssl.SSLSyscallError, ssl.SSLZeroReturnError)):
        return TLSConnectionLost
    if error.errno is None:
        return by_message.get(_only_text(error), TLSError)
    return by_tls_reason.get(details.get("reason"), TLSError if error.errno in _SSL_ERRORS else TLSMisconfigured)


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
    """Make the same error as an instance of `cls`, with everything that handlers of the original look at."""
    fields = fields_of(error) if isinstance(error, OSError) else {"strerror": str(error)}
    made = build(cls, origin, error.args, fields, operation, address)
    made.symbol, made.evidence = symbol, evidence
    adopt_attributes(made, error)
    return made
