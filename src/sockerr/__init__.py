"""Socket failures by what they mean, not by their number.

>>> import socket, sockerr
>>> try:
...     with sockerr.connecting(("127.0.0.1", 1)):
...         socket.create_connection(("127.0.0.1", 1))
... except sockerr.ConnectionRefused as error:
...     print(error.symbol, error.operation, error.retry)
ECONNREFUSED connect safe
"""

from . import platforms
from ._classification import classify, is_retryable, is_safe_to_retry, register
from ._codes import from_code
from ._errors import (
    AcceptTimedOut,
    AddressError,
    AddressFamilyNotSupported,
    AddressInUse,
    AddressNotAvailable,
    AlreadyBound,
    AlreadyConnected,
    BroadcastDenied,
    BrokenPipe,
    CertificateExpired,
    CertificateNameMismatch,
    CertificateRejected,
    CertificateRejectedByPeer,
    CertificateUntrusted,
    ClientCertificateRequired,
    ConnectFailed,
    ConnectionAborted,
    ConnectionLost,
    ConnectionRefused,
    ConnectionReset,
    ConnectTimedOut,
    DestinationRequired,
    HostDown,
    HostUnreachable,
    InProgress,
    InterfaceNotFound,
    Interrupted,
    InvalidAddress,
    InvalidLookup,
    MessageTooLong,
    MisuseError,
    NameNotFound,
    NetworkDown,
    NetworkUnreachable,
    NoBufferSpace,
    NotASocket,
    NotConnected,
    NotListening,
    NotSupported,
    NotTLS,
    OperationCancelled,
    PathNotFound,
    PermissionDenied,
    PrivilegedPort,
    ReceiveTimedOut,
    ResolutionError,
    ResolverFailed,
    ResolverUnavailable,
    ResourceExhausted,
    SendTimedOut,
    SocketClosed,
    TimedOut,
    TLSConnectionLost,
    TLSError,
    TLSMisconfigured,
    TLSVersionMismatch,
    TLSWantRead,
    TLSWantWrite,
    TooManyOpenFiles,
    Unreachable,
    WinsockUnavailable,
    WouldBlock,
)
from ._operations import (
    accepting,
    binding,
    connecting,
    listening,
    opening,
    operation,
    receiving,
    resolving,
    sending,
)
from ._socket_error import SocketError
from ._vocabulary import Evidence, Fault, Operation, Retry

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .logs import parse

__all__ = [
    "AcceptTimedOut",
    "AddressError",
    "AddressFamilyNotSupported",
    "AddressInUse",
    "AddressNotAvailable",
    "AlreadyBound",
    "AlreadyConnected",
    "BroadcastDenied",
    "BrokenPipe",
    "CertificateExpired",
    "CertificateNameMismatch",
    "CertificateRejected",
    "CertificateRejectedByPeer",
    "CertificateUntrusted",
    "ClientCertificateRequired",
    "ConnectFailed",
    "ConnectTimedOut",
    "ConnectionAborted",
    "ConnectionLost",
    "ConnectionRefused",
    "ConnectionReset",
    "DestinationRequired",
    "Evidence",
    "Fault",
    "HostDown",
    "HostUnreachable",
    "InProgress",
    "InterfaceNotFound",
    "Interrupted",
    "InvalidAddress",
    "InvalidLookup",
    "MessageTooLong",
    "MisuseError",
    "NameNotFound",
    "NetworkDown",
    "NetworkUnreachable",
    "NoBufferSpace",
    "NotASocket",
    "NotConnected",
    "NotListening",
    "NotSupported",
    "NotTLS",
    "Operation",
    "OperationCancelled",
    "PathNotFound",
    "PermissionDenied",
    "PrivilegedPort",
    "ReceiveTimedOut",
    "ResolutionError",
    "ResolverFailed",
    "ResolverUnavailable",
    "ResourceExhausted",
    "Retry",
    "SendTimedOut",
    "SocketClosed",
    "SocketError",
    "TLSConnectionLost",
    "TLSError",
    "TLSMisconfigured",
    "TLSVersionMismatch",
    "TLSWantRead",
    "TLSWantWrite",
    "TimedOut",
    "TooManyOpenFiles",
    "Unreachable",
    "WinsockUnavailable",
    "WouldBlock",
    "accepting",
    "binding",
    "classify",
    "connecting",
    "from_code",
    "is_retryable",
    "is_safe_to_retry",
    "listening",
    "opening",
    "operation",
    "parse",
    "platforms",
    "receiving",
    "register",
    "resolving",
    "sending",
]

# These are public under this name, whichever file defines them: tracebacks and pickles say so.
for _name in __all__:
    if _name not in ("platforms", "parse"):
        globals()[_name].__module__ = __name__


def __getattr__(name: str) -> object:
    # Few ask for these, and each costs more than everything above.
    if name == "__version__":
        from importlib.metadata import version

        return version("sockerr")
    if name == "parse":
        from .logs import parse

        globals()["parse"] = parse
        return parse
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
