"""What systems say of an error number, with its symbol and the systems that say so.

`UNIX` is what strerror(3) returns. Source: the error tables of Go's `syscall` package, which were made on each of these
systems, and for musl `os.strerror` under Emscripten, which uses it.

`WINDOWS` is what FormatMessage returns in English. Source: Microsoft, "System Error Codes (9000-11999)".

`RESOLVER` is what gai_strerror(3) and hstrerror(3) return. Source: gai_strerror.c and herror.c of glibc, gai_strerror.c
of musl, of FreeBSD and of macOS; ws2tcpip.h of Windows returns the sentences of FormatMessage.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias

    Sentences: TypeAlias = dict[str, tuple[str, str]]

_GLIBC = "linux linux-alpha linux-mips linux-parisc linux-powerpc linux-sparc android gnu0 "
_MUSL = "linux linux-mips linux-powerpc emscripten wasi "
_BSD = "darwin freebsd netbsd openbsd dragonfly "

UNIX: "Sentences" = {
    "Permission denied": ("EACCES", _BSD + _GLIBC + _MUSL + "sunos5 aix "),
    "Address already in use": ("EADDRINUSE", _BSD + _GLIBC + "sunos5 aix "),
    "Address in use": ("EADDRINUSE", _MUSL),
    "Address not available": ("EADDRNOTAVAIL", _MUSL),
    "Can't assign requested address": ("EADDRNOTAVAIL", _BSD + "aix "),
    "Cannot assign requested address": ("EADDRNOTAVAIL", _GLIBC + "sunos5 "),
    "Addr family not supported by protocol": ("EAFNOSUPPORT", "aix "),
    "Address family not supported by protocol": ("EAFNOSUPPORT", _GLIBC + _MUSL),
    "Address family not supported by protocol family": ("EAFNOSUPPORT", _BSD + "sunos5 "),
    "Resource temporarily unavailable": ("EAGAIN", _BSD + _GLIBC + _MUSL + "sunos5 aix "),
    "Operation already in progress": ("EALREADY", _BSD + _GLIBC + _MUSL + "sunos5 aix "),
    "Bad file descriptor": ("EBADF", _BSD + _GLIBC + _MUSL),
    "Bad file number": ("EBADF", "sunos5 aix "),
    "Asynchronous I/O cancelled": ("ECANCELED", "aix "),
    "Operation Canceled": ("ECANCELED", "netbsd "),
    "Operation canceled": ("ECANCELED", _GLIBC + _MUSL + "darwin freebsd openbsd dragonfly sunos5 "),
    "Connection aborted": ("ECONNABORTED", _MUSL),
    "Software caused connection abort": ("ECONNABORTED", _BSD + _GLIBC + "sunos5 aix "),
    "Connection refused": ("ECONNREFUSED", _BSD + _GLIBC + _MUSL + "sunos5 aix "),
    "Connection reset by peer": ("ECONNRESET", _BSD + _GLIBC + _MUSL + "sunos5 aix "),
    "Destination address required": ("EDESTADDRREQ", _BSD + _GLIBC + _MUSL + "sunos5 aix "),
    "Host is down": ("EHOSTDOWN", _BSD + _GLIBC + _MUSL + "sunos5 aix "),
    "Host is unreachable": ("EHOSTUNREACH", _MUSL),
    "No route to host": ("EHOSTUNREACH", _BSD + _GLIBC + "sunos5 aix "),
    "Operation in progress": ("EINPROGRESS", _MUSL),
    "Operation now in progress": ("EINPROGRESS", _BSD + _GLIBC + "sunos5 aix "),
    "Interrupted system call": ("EINTR", _BSD + _GLIBC + _MUSL + "sunos5 aix "),
    "Invalid argument": ("EINVAL", _BSD + _GLIBC + _MUSL + "sunos5 aix "),
    "Socket is already connected": ("EISCONN", _BSD + "aix "),
    "Socket is connected": ("EISCONN", _MUSL),
    "Transport endpoint is already connected": ("EISCONN", _GLIBC + "sunos5 "),
    "No file descriptors available": ("EMFILE", _MUSL),
    "Too many open files": ("EMFILE", _BSD + _GLIBC + "sunos5 aix "),
    "Message too large": ("EMSGSIZE", _MUSL),
    "Message too long": ("EMSGSIZE", _BSD + _GLIBC + "sunos5 aix "),
    "Network is down": ("ENETDOWN", _BSD + _GLIBC + _MUSL + "sunos5 aix "),
    "Connection reset by network": ("ENETRESET", _MUSL),
    "Network dropped connection because of reset": ("ENETRESET", "sunos5 "),
    "Network dropped connection on reset": ("ENETRESET", _BSD + _GLIBC + "aix "),
    "Network is unreachable": ("ENETUNREACH", _BSD + _GLIBC + "sunos5 aix "),
    "Network unreachable": ("ENETUNREACH", _MUSL),
    "File table overflow": ("ENFILE", "sunos5 aix "),
    "Too many open files in system": ("ENFILE", _BSD + _GLIBC + _MUSL),
    "No buffer space available": ("ENOBUFS", _BSD + _GLIBC + _MUSL + "sunos5 aix "),
    "No such file or directory": ("ENOENT", _BSD + _GLIBC + _MUSL + "sunos5 aix "),
    "Cannot allocate memory": ("ENOMEM", _BSD + _GLIBC),
    "Not enough space": ("ENOMEM", "sunos5 aix "),
    "Out of memory": ("ENOMEM", _MUSL),
    "Option not supported by protocol": ("ENOPROTOOPT", "sunos5 "),
    "Protocol not available": ("ENOPROTOOPT", _GLIBC + _MUSL + "darwin freebsd openbsd dragonfly aix "),
    "Protocol option not available": ("ENOPROTOOPT", "netbsd "),
    "Socket is not connected": ("ENOTCONN", _BSD + "aix "),
    "Socket not connected": ("ENOTCONN", _MUSL),
    "Transport endpoint is not connected": ("ENOTCONN", _GLIBC + "sunos5 "),
    "Not a socket": ("ENOTSOCK", _MUSL),
    "Socket operation on non-socket": ("ENOTSOCK", _BSD + _GLIBC + "sunos5 aix "),
    "Operation not supported": ("EOPNOTSUPP", _GLIBC + "freebsd netbsd openbsd dragonfly "),
    "Operation not supported on socket": ("EOPNOTSUPP", "darwin aix "),
    "Operation not supported on transport endpoint": ("EOPNOTSUPP", "sunos5 "),
    "Operation not permitted": ("EPERM", _BSD + _GLIBC + _MUSL),
    "Protocol family not supported": ("EPFNOSUPPORT", _BSD + _GLIBC + _MUSL + "sunos5 aix "),
    "Broken pipe": ("EPIPE", _BSD + _GLIBC + _MUSL + "sunos5 aix "),
    "Protocol error": ("EPROTO", _GLIBC + _MUSL + "darwin freebsd netbsd dragonfly sunos5 "),
    "Protocol not supported": ("EPROTONOSUPPORT", _BSD + _GLIBC + _MUSL + "sunos5 aix "),
    "Protocol wrong type for socket": ("EPROTOTYPE", _BSD + _GLIBC + _MUSL + "sunos5 aix "),
    "Can't send after socket shutdown": ("ESHUTDOWN", _BSD + "aix "),
    "Cannot send after socket shutdown": ("ESHUTDOWN", _MUSL + "sunos5 "),
    "Cannot send after transport endpoint shutdown": ("ESHUTDOWN", _GLIBC),
    "Socket type not supported": ("ESOCKTNOSUPPORT", _BSD + _GLIBC + _MUSL + "sunos5 aix "),
    "Connection timed out": ("ETIMEDOUT", _GLIBC + "netbsd openbsd sunos5 aix "),
    "Operation timed out": ("ETIMEDOUT", _MUSL + "darwin freebsd dragonfly "),
    "Too many references: can't splice": ("ETOOMANYREFS", _BSD + "aix "),
    "Too many references: cannot splice": ("ETOOMANYREFS", _GLIBC + "sunos5 "),
}

WINDOWS: "Sentences" = {
    sentence: (symbol, "win32 ")
    for sentence, symbol in {
        "A blocking operation was interrupted by a call to WSACancelBlockingCall": "EINTR",
        "An attempt was made to access a socket in a way forbidden by its access permissions": "EACCES",
        "An invalid argument was supplied": "EINVAL",
        "A non-blocking socket operation could not be completed immediately": "EAGAIN",
        "An operation was attempted on something that is not a socket": "ENOTSOCK",
        "A message sent on a datagram socket was larger than the internal message buffer": "EMSGSIZE",
        "The support for the specified socket type does not exist in this address family": "ESOCKTNOSUPPORT",
        "The attempted operation is not supported for the type of object referenced": "EOPNOTSUPP",
        "An address incompatible with the requested protocol was used": "EAFNOSUPPORT",
        "Only one usage of each socket address (protocol/network address/port) is normally permitted": "EADDRINUSE",
        "The requested address is not valid in its context": "EADDRNOTAVAIL",
        "A socket operation encountered a dead network": "ENETDOWN",
        "A socket operation was attempted to an unreachable network": "ENETUNREACH",
        "An established connection was aborted by the software in your host machine": "ECONNABORTED",
        "An existing connection was forcibly closed by the remote host": "ECONNRESET",
        "An operation on a socket could not be performed because the system lacked sufficient buffer space": "ENOBUFS",
        "A connect request was made on an already connected socket": "EISCONN",
        "A request to send or receive data was disallowed because the socket is not connected": "ENOTCONN",
        "A request to send or receive data was disallowed because the socket had already been shut down": "ESHUTDOWN",
        "A connection attempt failed because the connected party did not properly respond": "ETIMEDOUT",
        "No connection could be made because the target machine actively refused it": "ECONNREFUSED",
        "No connection could be made because the target computer actively refused it": "ECONNREFUSED",
        "A socket operation failed because the destination host was down": "EHOSTDOWN",
        "A socket operation was attempted to an unreachable host": "EHOSTUNREACH",
        "The remote computer refused the network connection": "ECONNREFUSED",
        "The semaphore timeout period has expired": "ETIMEDOUT",
        "The specified network name is no longer available": "ECONNRESET",
        "The I/O operation has been aborted because of either a thread exit or an application request": "ECANCELED",
    }.items()
}

RESOLVER: "Sentences" = {
    "Name or service not known": ("EAI_NONAME", _GLIBC),
    "nodename nor servname provided, or not known": ("EAI_NONAME", "darwin "),
    "hostname nor servname provided, or not known": ("EAI_NONAME", "freebsd netbsd dragonfly "),
    "Name does not resolve": ("EAI_NONAME", _MUSL + "freebsd "),
    "name or service is not known": ("EAI_NONAME", "openbsd "),
    "node name or service name not known": ("EAI_NONAME", "sunos5 "),
    "No such host is known": ("EAI_NONAME", "win32 "),
    "No address associated with hostname": ("EAI_NODATA", _GLIBC),
    "No address associated with name": ("EAI_NODATA", "darwin openbsd "),
    "The requested name is valid, but no data of the requested type was found": ("EAI_NODATA", "win32 "),
    "Temporary failure in name resolution": ("EAI_AGAIN", _GLIBC + _BSD),
    "Try again": ("EAI_AGAIN", _MUSL),
    "This is usually a temporary error during hostname resolution": ("EAI_AGAIN", "win32 "),
    "Non-recoverable failure in name resolution": ("EAI_FAIL", _GLIBC + _BSD),
    "Non-recoverable error": ("EAI_FAIL", _MUSL),
    "A non-recoverable error occurred during a database lookup": ("EAI_FAIL", "win32 "),
    "Servname not supported for ai_socktype": ("EAI_SERVICE", _GLIBC),
    "Address family for hostname not supported": ("EAI_ADDRFAMILY", _GLIBC + "darwin "),
    "ai_family not supported": ("EAI_FAMILY", _GLIBC + _BSD),
    "Unknown host": ("HOST_NOT_FOUND", _GLIBC + _BSD),
    "Host name lookup failure": ("TRY_AGAIN", _GLIBC + _BSD),
    "Unknown server error": ("NO_RECOVERY", _GLIBC + _BSD),
}
