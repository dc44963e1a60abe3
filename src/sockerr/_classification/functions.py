"""The functions that say where a failure was raised: those that fail, and those that wait.

Names of calls count for what they call. The functions in the tables raise instead of calling, or wait for what somebody
else calls: each is a function of a library, by its module and qualified name.
"""

from sockerr._vocabulary import (
    ACCEPT,
    BIND,
    CLOSE,
    CONFIGURE,
    CONNECT,
    INSPECT,
    OPEN,
    RECEIVE,
    RESOLVE,
    SEND,
    Operation,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import TypeAlias

    # The operation, and the place of the address among the arguments of the call.
    CallRow: TypeAlias = tuple[Operation, int | None]
    # The operation, and the local variables that hold the address or its parts.
    FunctionRow: TypeAlias = tuple[Operation, tuple[str, ...]]

# Where the address is among the arguments.
_ADDRESSES = {
    **dict.fromkeys("getaddrinfo getnameinfo gethostbyname gethostbyname_ex gethostbyaddr inet_aton".split(), 0),
    **dict.fromkeys("bind connect connect_ex".split(), 0),
    "inet_pton": 1,
    "sendto": -1,
}
_WITHOUT_ADDRESS = (
    "getservbyname getservbyport getprotobyname inet_ntoa inet_ntop if_nametoindex if_indextoname if_nameindex "
    "socketpair listen accept send sendall sendmsg sendmsg_afalg recv recv_into recvfrom recvfrom_into recvmsg "
    "recvmsg_into shutdown setsockopt setblocking settimeout getsockopt getpeername getsockname"
).split()

CALLS: "Mapping[str, CallRow]" = {
    **{name: (Operation(name), index) for name, index in _ADDRESSES.items()},
    **{name: (Operation(name), None) for name in _WITHOUT_ADDRESS},
    "do_handshake": (CONNECT, None),
}
"""The functions of the socket and ssl modules whose names mean nothing else elsewhere."""

CALLS_WITHIN: "Mapping[str, Mapping[str, CallRow]]" = {
    "socket": {
        "__init__": (OPEN, None),
        "dup": (OPEN, None),
        "socketpair": (OPEN, None),
        "_accept": (ACCEPT, None),
        "os_sendfile": (SEND, None),
        "ioctl": (CONFIGURE, None),
        "set_inheritable": (CONFIGURE, None),
        "get_inheritable": (INSPECT, None),
        "close": (CLOSE, None),
    },
    "ssl": {
        "read": (RECEIVE, None),
        "write": (SEND, None),
    },
    "asyncio.windows_events": {
        "AcceptEx": (ACCEPT, None),
        "ConnectEx": (CONNECT, 1),
        "WSAConnect": (CONNECT, 1),
        "TransmitFile": (SEND, None),
        **dict.fromkeys(("WSASend", "WSASendTo"), (SEND, None)),
        **dict.fromkeys(("WSARecv", "WSARecvInto", "WSARecvFrom", "WSARecvFromInto"), (RECEIVE, None)),
    },
}
"""The functions that mean an operation only where a module of the standard library calls them."""


def _methods(module: str, owner: str, **rows: "FunctionRow") -> "dict[tuple[str, str], FunctionRow]":
    return {(module, f"{owner}.{name}"): row for name, row in rows.items()}


_EVENT_LOOP: "dict[str, FunctionRow]" = {
    "sock_connect": (CONNECT, ("address",)),
    "sock_accept": (ACCEPT, ()),
    "sock_sendall": (SEND, ()),
    "sock_sendto": (SEND, ("address",)),
    **dict.fromkeys(("sock_recv", "sock_recv_into", "sock_recvfrom", "sock_recvfrom_into"), (RECEIVE, ())),
}
_STREAM: "dict[str, FunctionRow]" = {"receive": (RECEIVE, ()), "send": (SEND, ())}

FUNCTIONS: "Mapping[tuple[str, str], FunctionRow]" = {
    ("socket", "create_server"): (BIND, ("address",)),
    ("http.client", "HTTPResponse._read_status"): (RECEIVE, ()),
    **_methods(
        "asyncio.base_events",
        "BaseEventLoop",
        getaddrinfo=(RESOLVE, ("host",)),
        getnameinfo=(RESOLVE, ("sockaddr",)),
        create_connection=(CONNECT, ("host", "port")),
        _create_connection_transport=(CONNECT, ()),
        start_tls=(CONNECT, ()),
        create_server=(BIND, ("sa",)),
        _connect_sock=(BIND, ()),
    ),
    **_methods(
        "asyncio.selector_events", "BaseSelectorEventLoop", _sock_connect_cb=(CONNECT, ("address",)), **_EVENT_LOOP
    ),
    **_methods("asyncio.proactor_events", "BaseProactorEventLoop", **_EVENT_LOOP),
    **_methods("asyncio.proactor_events", "_ProactorReadPipeTransport", _loop_reading=(RECEIVE, ())),
    **_methods("asyncio.proactor_events", "_ProactorBaseWritePipeTransport", _loop_writing=(SEND, ())),
    **_methods("asyncio.unix_events", "_UnixSelectorEventLoop", create_unix_server=(BIND, ("path",))),
    ("asyncio.streams", "StreamReader._wait_for_data"): (RECEIVE, ()),
    ("asyncio.streams", "FlowControlMixin._drain_helper"): (SEND, ()),
    ("trio._socket", "_SocketType.connect"): (CONNECT, ("address",)),
    ("trio._socket", "getaddrinfo"): (RESOLVE, ("host",)),
    ("trio._highlevel_open_tcp_stream", "open_tcp_stream"): (CONNECT, ("host", "port")),
    **_methods("trio._highlevel_socket", "SocketStream", receive_some=(RECEIVE, ()), send_all=(SEND, ())),
    ("trio._highlevel_socket", "SocketListener.accept"): (ACCEPT, ()),
    ("anyio._core._sockets", "connect_tcp"): (CONNECT, ("remote_host", "remote_port")),
    **_methods("anyio._backends._asyncio", "SocketStream", **_STREAM),
    **_methods("anyio._backends._asyncio", "UNIXSocketStream", **_STREAM),
    ("anyio._backends._asyncio", "UDPSocket.receive"): (RECEIVE, ()),
    ("anyio._backends._asyncio", "ConnectedUDPSocket.receive"): (RECEIVE, ()),
    ("anyio._backends._asyncio", "TCPSocketListener.accept"): (ACCEPT, ()),
    ("aiohttp.connector", "TCPConnector._resolve_host"): (RESOLVE, ("host",)),
    ("aiohttp.streams", "StreamReader._wait"): (RECEIVE, ()),
    ("aiohttp.streams", "DataQueue.read"): (RECEIVE, ()),
}
"""The functions that raise a failure, or wait while one comes about."""

PASSED = frozenset(
    {module.partition(".")[0] for module, _ in FUNCTIONS} | {"concurrent", "contextlib", "encodings", "outcome", "ssl"}
)
"""The packages whose frames lie between a function of the table and what it calls or waits for."""

ELSEWHERE = frozenset(
    {
        "asyncio.base_subprocess",
        "asyncio.locks",
        "asyncio.queues",
        "asyncio.subprocess",
        "asyncio.tasks.sleep",
        "anyio._core._eventloop.sleep",
        "anyio._core._eventloop.sleep_forever",
        "anyio._core._subprocesses",
        "anyio._core._synchronization",
        "anyio.streams.memory",
        "trio._channel",
        "trio._subprocess",
        "trio._sync",
        "trio._timeouts.sleep",
        "trio._timeouts.sleep_forever",
        "trio._timeouts.sleep_until",
    }
)
"""The modules and functions that wait for something other than a socket: a lock, a queue, a process, a time."""

RAISES_FOR_ITSELF = frozenset(
    {
        ("concurrent.futures._base", "Future.exception"),
        ("concurrent.futures._base", "Future.result"),
        ("concurrent.futures._base", "as_completed"),
    }
)
"""The functions that wait for the result of a thread or process, and may pass on the failure that it ended with."""

FILE_CALLS = frozenset({"close", "dump", "flush", "print", "write", "writelines", "writerow", "writerows", "writev"})
"""The names of functions that write to files. A socket's file ends in a call of the socket's own."""

STREAMS = frozenset({"asyncio.proactor_events", "asyncio.streams"})
"""The modules whose functions read and write pipes too."""

PIPES = frozenset(
    {
        "FlowControlMixin",
        "SubprocessStreamProtocol",
        "_ProactorDuplexPipeTransport",
        "_ProactorReadPipeTransport",
        "_ProactorWritePipeTransport",
        "_UnixReadPipeTransport",
        "_UnixWritePipeTransport",
    }
)
"""The classes of asyncio's transports and protocols that belong to pipes."""
