"""Windows: the numbers of Python's errno module, which are Winsock's for the socket symbols.

Source: errno.h, winsock2.h, ws2tcpip.h and winerror.h of mingw-w64 (ziglang 0.17.1,
x86_64-windows-gnu), read 2026-11-23.
Confirmed by: CPython 3.13.2 for Windows, run by Wine 8.0 (101 of the 112 symbols in ERRNO,
RESOLVER and HERROR). The meanings in WIN32 are judgements; each line says whose.
"""

# A symbol that only Winsock has stands here without its "WSA"; the three that are not spelled
# WSAE... keep theirs.
ERRNO: dict[str, int] = {
    "EPERM": 1,
    "ENOENT": 2,
    "ESRCH": 3,
    "EINTR": 4,
    "EIO": 5,
    "ENXIO": 6,
    "E2BIG": 7,
    "ENOEXEC": 8,
    "EBADF": 9,
    "ECHILD": 10,
    "EAGAIN": 11,
    "ENOMEM": 12,
    "EACCES": 13,
    "EFAULT": 14,
    "EBUSY": 16,
    "EEXIST": 17,
    "EXDEV": 18,
    "ENODEV": 19,
    "ENOTDIR": 20,
    "EISDIR": 21,
    "EINVAL": 22,
    "ENFILE": 23,
    "EMFILE": 24,
    "ENOTTY": 25,
    "EFBIG": 27,
    "ENOSPC": 28,
    "ESPIPE": 29,
    "EROFS": 30,
    "EMLINK": 31,
    "EPIPE": 32,
    "EDOM": 33,
    "ERANGE": 34,
    "EDEADLK": 36,
    "EDEADLOCK": 36,
    "ENAMETOOLONG": 38,
    "ENOLCK": 39,
    "ENOSYS": 40,
    "ENOTEMPTY": 41,
    "EILSEQ": 42,
    "EBADMSG": 104,
    "ECANCELED": 105,
    "EIDRM": 111,
    "ENODATA": 120,
    "ENOLINK": 121,
    "ENOMSG": 122,
    "ENOSR": 124,
    "ENOSTR": 125,
    "ENOTRECOVERABLE": 127,
    "ENOTSUP": 129,
    "EOVERFLOW": 132,
    "EOWNERDEAD": 133,
    "EPROTO": 134,
    "ETIME": 137,
    "ETXTBSY": 139,
    "EWOULDBLOCK": 10035,
    "EINPROGRESS": 10036,
    "EALREADY": 10037,
    "ENOTSOCK": 10038,
    "EDESTADDRREQ": 10039,
    "EMSGSIZE": 10040,
    "EPROTOTYPE": 10041,
    "ENOPROTOOPT": 10042,
    "EPROTONOSUPPORT": 10043,
    "ESOCKTNOSUPPORT": 10044,
    "EOPNOTSUPP": 10045,
    "EPFNOSUPPORT": 10046,
    "EAFNOSUPPORT": 10047,
    "EADDRINUSE": 10048,
    "EADDRNOTAVAIL": 10049,
    "ENETDOWN": 10050,
    "ENETUNREACH": 10051,
    "ENETRESET": 10052,
    "ECONNABORTED": 10053,
    "ECONNRESET": 10054,
    "ENOBUFS": 10055,
    "EISCONN": 10056,
    "ENOTCONN": 10057,
    "ESHUTDOWN": 10058,
    "ETOOMANYREFS": 10059,
    "ETIMEDOUT": 10060,
    "ECONNREFUSED": 10061,
    "ELOOP": 10062,
    "EHOSTDOWN": 10064,
    "EHOSTUNREACH": 10065,
    "EPROCLIM": 10067,
    "EUSERS": 10068,
    "EDQUOT": 10069,
    "ESTALE": 10070,
    "EREMOTE": 10071,
    "WSASYSNOTREADY": 10091,
    "WSAVERNOTSUPPORTED": 10092,
    "WSANOTINITIALISED": 10093,
    "EDISCON": 10101,
    "ENOMORE": 10102,
    "ECANCELLED": 10103,
    "EINVALIDPROCTABLE": 10104,
    "EINVALIDPROVIDER": 10105,
    "EPROVIDERFAILEDINIT": 10106,
    "EREFUSED": 10112,
}

# EAI_NODATA is the number that getaddrinfo() raises for a name without an address (WSANO_DATA);
# socket.EAI_NODATA is 11001 there, because Microsoft's header makes it an alias of EAI_NONAME.
RESOLVER: dict[str, int] = {
    "EAI_MEMORY": 8,
    "EAI_BADFLAGS": 10022,
    "EAI_SOCKTYPE": 10044,
    "EAI_FAMILY": 10047,
    "EAI_SERVICE": 10109,
    "EAI_NONAME": 11001,
    "EAI_AGAIN": 11002,
    "EAI_FAIL": 11003,
    "EAI_NODATA": 11004,
}

HERROR: dict[str, int] = {
    "HOST_NOT_FOUND": 11001,
    "TRY_AGAIN": 11002,
    "NO_RECOVERY": 11003,
    "NO_DATA": 11004,
}

# The C runtime's own numbers, seen in libraries that bypass Python's errno.
CRT: dict[str, int] = {
    "EADDRINUSE": 100,
    "EADDRNOTAVAIL": 101,
    "EAFNOSUPPORT": 102,
    "EALREADY": 103,
    "ECONNABORTED": 106,
    "ECONNREFUSED": 107,
    "ECONNRESET": 108,
    "EDESTADDRREQ": 109,
    "EHOSTUNREACH": 110,
    "EINPROGRESS": 112,
    "EISCONN": 113,
    "ELOOP": 114,
    "EMSGSIZE": 115,
    "ENETDOWN": 116,
    "ENETRESET": 117,
    "ENETUNREACH": 118,
    "ENOBUFS": 119,
    "ENOPROTOOPT": 123,
    "ENOTCONN": 126,
    "ENOTSOCK": 128,
    "EOPNOTSUPP": 130,
    "EPROTONOSUPPORT": 135,
    "EPROTOTYPE": 136,
    "ETIMEDOUT": 138,
    "EWOULDBLOCK": 140,
}

# Winsock numbers of symbols that have a C number in ERRNO: seen as winerror and in messages only.
WINSOCK: dict[int, str] = {
    10004: "EINTR",
    10009: "EBADF",
    10013: "EACCES",
    10014: "EFAULT",
    10022: "EINVAL",
    10024: "EMFILE",
    10063: "ENAMETOOLONG",
    10066: "ENOTEMPTY",
}

# Win32 numbers that overlapped socket calls (asyncio's) and pipes end with. Each stands for one or
# several NTSTATUS codes (RtlNtStatusToDosError). "Winsock" below is the symbol that Winsock's own
# calls report for that status, as libuv's src/win/winsock.c lists them, and so .NET, which asks
# WSAGetOverlappedResult. "libuv" is its src/win/error.c, "Asio" Boost.Asio's socket_ops.ipp,
# "CPython" its PC/errmap.h.
WIN32: dict[int, str] = {
    5: "EACCES",  # ERROR_ACCESS_DENIED: CPython, libuv, Winsock
    # CPython, libuv; Winsock has ENOTSOCK, which here is the same: the socket has been closed.
    6: "EBADF",  # ERROR_INVALID_HANDLE
    8: "ENOMEM",  # ERROR_NOT_ENOUGH_MEMORY: CPython, libuv
    50: "EOPNOTSUPP",  # ERROR_NOT_SUPPORTED: Winsock
    # 51, ERROR_REM_NOT_LIST, is left out: it stands for STATUS_REMOTE_NOT_LISTENING and for
    # STATUS_REMOTE_RESOURCES, of which Winsock makes ECONNREFUSED and ENOBUFS.
    # 21, ERROR_NOT_READY, is left out: Winsock has EAGAIN, but nearly always it is about a drive.
    # Winsock; what asyncio's connect ended with in aiohttp's issue 4900.
    52: "EADDRINUSE",  # ERROR_DUP_NAME
    # Winsock, over CPython's ENOENT: that one is about a file share's name.
    53: "ENETUNREACH",  # ERROR_BAD_NETPATH
    # Winsock; strictly "busy", but no errno symbol says that of a network.
    54: "ENETDOWN",  # ERROR_NETWORK_BUSY
    58: "ENETDOWN",  # ERROR_BAD_NET_RESP: Winsock
    # Winsock, for the status of that name; a failed link and others arrive as 59 too.
    59: "ENETDOWN",  # ERROR_UNEXP_NET_ERR
    # libuv, Asio, asyncio; Winsock has ECONNABORTED where this side disconnected.
    64: "ECONNRESET",  # ERROR_NETNAME_DELETED
    68: "EADDRINUSE",  # ERROR_TOO_MANY_NAMES: Winsock
    71: "EAGAIN",  # ERROR_REQ_NOT_ACCEP: Winsock
    87: "EINVAL",  # ERROR_INVALID_PARAMETER: CPython, libuv
    109: "EPIPE",  # ERROR_BROKEN_PIPE: CPython
    121: "ETIMEDOUT",  # ERROR_SEM_TIMEOUT: libuv, Asio, Winsock
    122: "EFAULT",  # ERROR_INSUFFICIENT_BUFFER: Winsock
    232: "EPIPE",  # ERROR_NO_DATA: CPython, libuv
    233: "EPIPE",  # ERROR_PIPE_NOT_CONNECTED: libuv
    # Winsock; the datagram was longer than the buffer.
    234: "EMSGSIZE",  # ERROR_MORE_DATA
    258: "ETIMEDOUT",  # WAIT_TIMEOUT: CPython
    487: "EADDRNOTAVAIL",  # ERROR_INVALID_ADDRESS: Winsock
    # libuv; asyncio makes it a ConnectionResetError, Winsock EINTR, Rust a timeout. What happened
    # is that CancelIo, or closing the socket, withdrew the call.
    995: "ECANCELED",  # ERROR_OPERATION_ABORTED
    998: "EFAULT",  # ERROR_NOACCESS: Winsock
    1214: "EADDRNOTAVAIL",  # ERROR_INVALID_NETNAME: Winsock
    # Ours, by its message: the network is not present or not started.
    1222: "ENETDOWN",  # ERROR_NO_NETWORK
    1225: "ECONNREFUSED",  # ERROR_CONNECTION_REFUSED: libuv, Asio, Winsock
    1226: "EDISCON",  # ERROR_GRACEFUL_DISCONNECT: Winsock
    1227: "EADDRINUSE",  # ERROR_ADDRESS_ALREADY_ASSOCIATED: libuv
    # Winsock's answer to a status that it has no symbol for, and to a socket that is not bound.
    1228: "EINVAL",  # ERROR_ADDRESS_NOT_ASSOCIATED
    # Ours, by its message: an operation on a connection that does not exist.
    1229: "ENOTCONN",  # ERROR_CONNECTION_INVALID
    # Ours, by its message: an invalid operation on an active connection.
    1230: "EISCONN",  # ERROR_CONNECTION_ACTIVE
    1231: "ENETUNREACH",  # ERROR_NETWORK_UNREACHABLE: libuv, Asio, Winsock
    1232: "EHOSTUNREACH",  # ERROR_HOST_UNREACHABLE: libuv, Asio, Winsock
    # Winsock; Linux reports the same ICMP message as ENOPROTOOPT.
    1233: "ENETUNREACH",  # ERROR_PROTOCOL_UNREACHABLE
    # Asio and Twisted, as every Unix names the same ICMP message: nobody listens on that UDP port.
    # Winsock has ECONNRESET, though no connection was there to be reset.
    1234: "ECONNREFUSED",  # ERROR_PORT_UNREACHABLE
    # As 995, its twin in Winsock's list.
    1235: "ECANCELED",  # ERROR_REQUEST_ABORTED
    1236: "ECONNABORTED",  # ERROR_CONNECTION_ABORTED: libuv, Winsock
    # Microsoft's STL; the message asks for another try.
    1237: "EAGAIN",  # ERROR_RETRY
    # Ours, by its name: libuv's list has no entry for it.
    1256: "EHOSTDOWN",  # ERROR_HOST_DOWN
    1450: "ENOBUFS",  # ERROR_NO_SYSTEM_RESOURCES: Winsock
    1453: "ENOBUFS",  # ERROR_WORKING_SET_QUOTA: Winsock
    1454: "ENOBUFS",  # ERROR_PAGEFILE_QUOTA: Winsock
    1455: "ENOBUFS",  # ERROR_COMMITMENT_LIMIT: Winsock
    1460: "ETIMEDOUT",  # ERROR_TIMEOUT: Microsoft's STL, Rust, Winsock
    1784: "EMSGSIZE",  # ERROR_INVALID_USER_BUFFER: Winsock
    2250: "ENOTCONN",  # ERROR_NOT_CONNECTED: libuv
    10107: "WSASYSCALLFAILURE",  # WSASYSCALLFAILURE: Winsock
    10111: "ECANCELED",  # WSA_E_CANCELLED: Winsock's twin of 10103
}
