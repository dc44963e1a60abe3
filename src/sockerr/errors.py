"""The classes: one statement for each way in which a socket fails, with all that is known of it.

How to read a statement: see `base`. Sections of the manual are those of the Linux man-pages project unless said
otherwise. Advice that could be argued with says so in a comment where it stands.
"""

from .base import SocketError, host_and_port_of
from .vocabulary import Fault, Operation, Retry

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .base import PerOperation

(
    RESOLVE,
    OPEN,
    BIND,
    LISTEN,
    ACCEPT,
    CONNECT,
    SEND,
    RECEIVE,
    SHUTDOWN,
    CONFIGURE,
    INSPECT,
    CLOSE,
) = Operation

# Before a connection has carried anything, the peer cannot have acted on it.
SAFE_UNTIL_SENT: "PerOperation[Retry]" = {
    None: Retry.IF_IDEMPOTENT,
    **dict.fromkeys((RESOLVE, OPEN, BIND, LISTEN, ACCEPT, CONNECT), Retry.SAFE),
}


def _names_privileged_port(_operation: "Operation | None", address: object) -> bool:
    pair = host_and_port_of(address)
    return pair is not None and isinstance(pair[1], int) and 0 < pair[1] < 1024


def _means_broadcast(operation: "Operation | None", address: object) -> bool:
    """Without an address, sending is refused for a broadcast more often than for anything else."""
    if address is None:
        return operation is SEND
    pair = host_and_port_of(address)
    host = pair and pair[0]
    return isinstance(host, str) and (host == "<broadcast>" or host.endswith(".255"))


# Names


class ResolutionError(
    SocketError,
    fault=Fault.RESOLVER,
    hint="Look at the message for what the resolver said, and try the name with the system's own tools (getent, dig, "
    "nslookup).",
):
    """A name or service could not be turned into an address, or an address into a name."""


class NameNotFound(
    ResolutionError,
    symbols=("EAI_NONAME", "EAI_NODATA", "EAI_ADDRFAMILY", "HOST_NOT_FOUND", "NO_DATA"),
    messages=("getaddrinfo returns an empty list", "getaddrinfo() returned empty list"),
    # Debatable: macOS and Windows answer the same when the machine is offline, where a later try may succeed.
    retry=Retry.NEVER,
    fault=Fault.CALLER,
    hint="Check the spelling and that the name has a record in DNS or the hosts file; a name may also have no "
    "address of the family asked for (an IPv6 literal on an AF_INET socket). Some systems answer the same when "
    "offline.",
):
    """No address is known for that name, or no name for that address.

    Source: getaddrinfo(3), gethostbyname(3), RFC 3493 section 6.1.
    """


class ResolverUnavailable(
    ResolutionError,
    symbols=("EAI_AGAIN", "TRY_AGAIN"),
    retry=Retry.SAFE,
    fault=Fault.RESOLVER,
    hint="The name server did not answer: check the network and the configured name servers (/etc/resolv.conf), and "
    "try again after a pause.",
):
    """The name service gave no answer, so the name may well exist.

    Source: getaddrinfo(3), gethostbyname(3).
    """


class ResolverFailed(
    ResolutionError,
    symbols=("EAI_FAIL", "EAI_SYSTEM", "EAI_MEMORY", "EAI_OVERFLOW", "NO_RECOVERY"),
    fault=Fault.RESOLVER,
    hint="The name server refused the query or answered nonsense, or the resolver ran out of memory: check which "
    "name servers are configured and ask one of them directly (dig, nslookup).",
):
    """The name service failed in a way that asking again does not change.

    Source: getaddrinfo(3), getnameinfo(3), gethostbyname(3).
    """


class InvalidLookup(
    ResolutionError,
    symbols=(
        "EAI_SERVICE",
        "EAI_FAMILY",
        "EAI_SOCKTYPE",
        "EAI_BADFLAGS",
        "EAI_BADHINTS",
        "EAI_PROTOCOL",
        "EAI_IDN_ENCODE",
    ),
    messages=("service/proto not found", "port/proto not found", "protocol not found"),
    fault=Fault.CALLER,
    hint="Check the arguments of the lookup: the service name, and that family, type, protocol and flags fit together.",
):
    """The question itself was wrong: an unknown service, or a family, type or flag that does not fit.

    Source: getaddrinfo(3), getservbyname(3); EAI_BADHINTS and EAI_PROTOCOL: netdb.h of macOS and the BSDs.
    """


# Time


class TimedOut(
    SocketError,
    TimeoutError,
    symbols=("ETIMEDOUT",),
    retry=SAFE_UNTIL_SENT,
    fault=Fault.NETWORK,
    hint="Nothing came back in time: the peer is gone or overloaded, or a firewall drops packets. Set the timeout "
    "that the work really needs, and try again over a new connection.",
):
    """The operation was not finished in time.

    `errno` tells who ended the wait: it is `None` when a `settimeout` elapsed, and a number when the kernel gave up.
    """


class ConnectTimedOut(
    TimedOut,
    symbols=("ETIMEDOUT",),
    operations=(CONNECT,),
    retry=Retry.SAFE,
    hint="No answer from that address: check address and port, that the host is up, that no firewall drops the "
    "packets, and that the server calls accept() (a full backlog looks the same). Try again after a pause.",
):
    """The peer did not answer the attempt to connect.

    Source: connect(2), tcp(7).
    """


class AcceptTimedOut(
    TimedOut,
    symbols=("ETIMEDOUT",),
    operations=(ACCEPT,),
    retry=Retry.SAFE,
    fault=Fault.NONE,
    hint="No client came in time. Call accept() again, or set a longer timeout; on Linux a number here means that a "
    "queued client timed out before it was accepted.",
):
    """Nobody connected before the timeout elapsed.

    Source: accept(2).
    """


class SendTimedOut(
    TimedOut,
    symbols=("ETIMEDOUT",),
    operations=(SEND,),
    retry=Retry.IF_IDEMPOTENT,
    fault=Fault.PEER,
    hint="The peer does not read, or is gone: part of the data may have been sent and may arrive. Close the socket "
    "and repeat the exchange over a new connection only if it may happen twice.",
):
    """The data could not be handed over in time, because the peer does not take it.

    Source: send(2), tcp(7).
    """


class ReceiveTimedOut(
    TimedOut,
    symbols=("ETIMEDOUT",),
    operations=(RECEIVE,),
    retry=Retry.IF_IDEMPOTENT,
    fault=Fault.PEER,
    hint="No answer in time: the peer may still be working on the request, or be gone. Wait longer, or repeat the "
    "exchange over a new connection only if it may happen twice.",
):
    """Nothing arrived before the timeout elapsed.

    Source: recv(2), tcp(7).
    """


# Connections


class ConnectionRefused(
    SocketError,
    ConnectionRefusedError,
    symbols=("ECONNREFUSED",),
    retry=SAFE_UNTIL_SENT,
    fault=Fault.PEER,
    hint={
        None: "Nobody listens there: check host and port, and that the server is running.",
        CONNECT: "Nobody listens there: check host and port, that the server is running, that it listens on this "
        "address and not only on another, and that it called listen() after bind(). An AF_UNIX path may be left over "
        "from a server that is gone.",
        SEND: "An earlier datagram came back as undeliverable: nobody is bound to that port. Check host and port, "
        "and that the peer is running.",
        RECEIVE: "An earlier datagram came back as undeliverable: nobody is bound to that port. Check host and port, "
        "and that the peer is running. Windows reports the same as ConnectionReset.",
    },
):
    """The host is there, and answers that nobody accepts at that port or path.

    Source: connect(2), recv(2), udp(7), unix(7).
    """


class ConnectionLost(
    SocketError,
    symbols=("ENETRESET", "WSAEDISCON"),
    also={"EPROTO": (ACCEPT,)},
    retry=SAFE_UNTIL_SENT,
    fault=Fault.NETWORK,
    hint={
        None: "The connection is gone: close the socket and open a new one. What was sent may or may not have arrived.",
        ACCEPT: "The client was gone before it was accepted: accept the next one.",
    },
):
    """The connection was there and is gone.

    Source: accept(2); ENETRESET: keep-alive found the connection broken, see WSAENETRESET in the Winsock reference.
    """


class ConnectionReset(
    ConnectionLost,
    ConnectionResetError,
    symbols=("ECONNRESET",),
    retry=SAFE_UNTIL_SENT,
    fault=Fault.PEER,
    hint={
        None: "The peer closed the connection without reading all of it, crashed, or a device between cut it. What "
        "was sent may or may not have been acted on. Close the socket and start again over a new connection.",
        CONNECT: "The peer, or a firewall before it, cut the connection while it was being made. Try again after a "
        "pause, and look into the peer's log if it stays.",
        RECEIVE: "The peer closed the connection without reading all of it, crashed, or a device between cut it. "
        "What was sent may or may not have been acted on. On Windows an unreachable UDP port is reported like this "
        "too.",
    },
):
    """The peer cut the connection off.

    Source: send(2), unix(7); the UDP case: recvfrom in the Winsock reference.
    """


class ConnectionAborted(
    ConnectionLost,
    ConnectionAbortedError,
    symbols=("ECONNABORTED",),
    retry=SAFE_UNTIL_SENT,
    fault={None: Fault.HOST, ACCEPT: Fault.PEER},
    hint={
        None: "This machine gave the connection up: after a timeout, a protocol error, or because another part of "
        "the program closed it. Close the socket and open a new one.",
        ACCEPT: "The client left while it waited in the queue: accept the next one.",
    },
):
    """The connection was given up on this side, or by a client before it was accepted.

    Source: accept(2), ip(7); WSAECONNABORTED in the Winsock reference.
    """


class BrokenPipe(
    ConnectionLost,
    BrokenPipeError,
    symbols=("EPIPE", "ESHUTDOWN"),
    retry=SAFE_UNTIL_SENT,
    fault=Fault.PEER,
    hint={
        None: "The connection does not take data any more: close the socket and open a new one.",
        SEND: "The peer closed the connection before this call; what an earlier send() took may be lost too, for "
        "only a reply proves that it arrived. Rarer: this side called shutdown(), or (on Linux) never connected.",
    },
):
    """Data was sent into a connection that does not take any, because one side has closed it.

    Source: send(2), ip(7), tcp(7), unix(7).
    """


# The way there


class Unreachable(
    SocketError,
    retry=SAFE_UNTIL_SENT,
    fault=Fault.NETWORK,
    hint="There is no way to that address from here: check the address, the routes and the network connection.",
):
    """There is no way to the peer."""


class HostUnreachable(
    Unreachable,
    symbols=("EHOSTUNREACH",),
    retry=SAFE_UNTIL_SENT,
    hint="Check that the address is right and the host is up. If it is on this network it did not answer ARP or "
    "neighbour discovery; otherwise a router or a firewall on the way said no.",
):
    """The network is there, the host is not.

    Source: ip(7).
    """


class HostDown(
    Unreachable,
    symbols=("EHOSTDOWN",),
    retry=SAFE_UNTIL_SENT,
    hint="The host did not answer on its own network: check that it is switched on and connected. It may take a "
    "while until the system asks again.",
):
    """The host is known to be down.

    Source: the error list of intro(2) of FreeBSD and macOS; WSAEHOSTDOWN in the Winsock reference.
    """


class NetworkUnreachable(
    Unreachable,
    symbols=("ENETUNREACH",),
    retry=SAFE_UNTIL_SENT,
    fault=Fault.HOST,
    hint="This machine has no route to that network: check that it is online, its routing table, and whether it has "
    "IPv6 at all if the address is IPv6.",
):
    """There is no route to that network.

    Source: connect(2).
    """


class NetworkDown(
    Unreachable,
    symbols=("ENETDOWN", "ENONET"),
    retry=SAFE_UNTIL_SENT,
    fault=Fault.HOST,
    hint="The network interface is down: bring it up, and try again.",
):
    """The network interface of this machine is down.

    Source: packet(7), accept(2); WSAENETDOWN in the Winsock reference.
    """


# Addresses


class AddressError(
    SocketError,
    also={"EROFS": (BIND,)},
    fault=Fault.CALLER,
    hint={
        None: "Check the address: it cannot be used for this.",
        BIND: "Check the address: it cannot be bound. The path of an AF_UNIX socket must be on a file system that "
        "can be written.",
    },
):
    """The address cannot be used for this.

    Source: bind(2).
    """


class AddressInUse(
    AddressError,
    symbols=("EADDRINUSE",),
    # Debatable: a connection of an earlier server in TIME_WAIT goes away by itself, a server that is running does not.
    retry=SAFE_UNTIL_SENT,
    fault=Fault.HOST,
    hint={
        None: "Another socket has that address: find it (ss -ltnp, lsof -i, netstat -ano).",
        BIND: "Another socket has that address: find it (ss -ltnp, lsof -i, netstat -ano) and stop it, or choose "
        "another port. After a restart set SO_REUSEADDR (not on Windows) before bind(). The path of an AF_UNIX "
        "socket must be unlinked first. For port 0: all ephemeral ports are in use.",
        LISTEN: "Another socket already listens on that port (ss -ltnp, lsof -i, netstat -ano), or, if this one was "
        "never bound, all ephemeral ports are in use.",
        CONNECT: "The local address or port of this socket is already used for a connection to that peer: let the "
        "system choose the port, or wait until the old connection has ended.",
    },
):
    """Another socket already has that address.

    Source: bind(2), listen(2), connect(2), ip(7), unix(7).
    """


class AddressNotAvailable(
    AddressError,
    symbols=("EADDRNOTAVAIL",),
    also={"ENODEV": (BIND, CONNECT, SEND)},
    # Debatable in connect: of its causes only used-up ports pass by themselves.
    retry={None: Retry.NEVER, CONNECT: Retry.SAFE},
    fault=Fault.HOST,
    hint={
        None: "That address is not one of this machine: look at its addresses (ip addr, ifconfig, ipconfig).",
        BIND: "That address is not one of this machine, or its interface is not up yet: bind to one of its own "
        "addresses (ip addr, ifconfig, ipconfig), or to '' for all of them.",
        CONNECT: "One of three: all local ports are used up (many short connections: reuse them), IPv6 is disabled "
        "on this machine, or the socket was bound to a source address that cannot reach that peer.",
        SEND: "The source address or interface does not exist here, or all local ports are used up.",
    },
):
    """No interface of this machine has that address, or no local port is left for it.

    Source: bind(2), connect(2), ip(7).
    """


class AddressFamilyNotSupported(
    AddressError,
    symbols=("EAFNOSUPPORT", "EPFNOSUPPORT"),
    messages=(
        "unsupported address family",
        "unknown address family",
        "address family mismatched",
        "bad family",
    ),
    fault=Fault.CALLER,
    hint={
        None: "Use an address of the socket's own family (AF_INET, AF_INET6, AF_UNIX), and a family that this system "
        "has.",
        OPEN: "This system does not have that address family: IPv6 may be disabled, AF_UNIX may be missing. Take the "
        "family from getaddrinfo() rather than fixing it.",
        CONNECT: "The address is of another family than the socket: open the socket with the family that "
        "getaddrinfo() returned with the address.",
    },
):
    """The address is of a family that this socket, or this system, does not have.

    Source: socket(2), connect(2), tcp(7).
    """


class InvalidAddress(
    AddressError,
    also={"ENAMETOOLONG": (BIND, CONNECT, SEND)},
    messages=(
        "AF_UNIX path too long",
        "AF_CAN interface name too long",
        "illegal IP address string passed to inet_aton",
        "illegal IP address string passed to inet_pton",
        "packed IP wrong length for inet_ntoa",
        "wildcard resolved to multiple address",
        "sockaddr resolved to multiple addresses",
    ),
    fault=Fault.CALLER,
    hint="Correct the address: a port is 0 to 65535, a host name has labels of 1 to 63 characters and no NUL, the "
    "path of an AF_UNIX socket has at most 107 bytes (103 on macOS and the BSDs).",
):
    """The address is malformed, so that no system could use it.

    It is also an `OverflowError`, `ValueError`, `UnicodeError` or `TypeError` where Python reports it as one.

    Source: bind(2), unix(7), RFC 1035 section 2.3.4.
    """


class PathNotFound(
    AddressError,
    symbols=("ENOENT", "ENOTDIR", "ELOOP"),
    operations=(CONNECT, BIND, SEND),
    retry={None: Retry.NEVER, CONNECT: Retry.SAFE, SEND: Retry.IF_IDEMPOTENT},
    fault={None: Fault.CALLER, CONNECT: Fault.PEER, SEND: Fault.PEER},
    hint={
        None: "Check the path of the AF_UNIX socket.",
        BIND: "The directory of the path does not exist: create it before bind().",
        CONNECT: "No socket at that path: check the path, and that the server is running and has bound it.",
        SEND: "No socket at that path: check the path, and that the receiver is running and has bound it.",
    },
):
    """The path of an AF_UNIX socket does not lead to one.

    Source: bind(2), unix(7), path_resolution(7).
    """


# No failure yet


class WouldBlock(
    SocketError,
    BlockingIOError,
    symbols=("EAGAIN",),
    retry=Retry.WHEN_READY,
    fault=Fault.NONE,
    hint={
        None: "Wait until the socket is ready (selectors, asyncio), then make the same call again.",
        ACCEPT: "No client is waiting: wait until the listener is readable, then call accept() again.",
        SEND: "The send buffer is full: wait until the socket is writable, then send the rest. Rarer: an unbound "
        "datagram socket found all ephemeral ports in use.",
        RECEIVE: "Nothing has arrived: wait until the socket is readable, then call again. With SO_RCVTIMEO set, the "
        "time is up.",
    },
):
    """A non-blocking socket is not ready for this call.

    Source: accept(2), send(2), recv(2), ip(7).
    """


class InProgress(
    WouldBlock,
    symbols=("EINPROGRESS", "EALREADY"),
    also={"WSAEWOULDBLOCK": (CONNECT,)},
    hint={
        None: "An operation on this socket has been started and is not finished: wait until the socket is writable.",
        CONNECT: "The connection is being made: wait until the socket is writable, then read getsockopt(SOL_SOCKET, "
        "SO_ERROR): 0 means connected, anything else is the error (sockerr.from_code names it).",
        SEND: "A connection is still being made on this socket (TCP Fast Open): wait until the socket is writable.",
    },
):
    """A non-blocking connect has been started and is not finished.

    Source: connect(2), send(2), ip(7); on Windows: connect in the Winsock reference.
    """


# Wrong calls


class MisuseError(
    SocketError,
    symbols=("EINVAL", "EFAULT"),
    also={"ENOENT": (CONFIGURE, INSPECT), "ESRCH": (SEND,)},
    fault=Fault.CALLER,
    hint={
        None: "Check the arguments, and that the call fits the state and kind of the socket.",
        OPEN: "Check family, type and flags: this system does not know that combination.",
        LISTEN: "The socket is connected, or not one that can listen: listen on a fresh socket of type SOCK_STREAM.",
        CONNECT: "One of these: the address is an IPv6 link-local one without a scope (add %interface or the scope "
        "id), a blackhole route covers it (ip route), or, on macOS and the BSDs, an earlier connect() of this socket "
        "failed: open a new one.",
        SEND: "Check flags, ancillary data and address: an IPv6 link-local address needs a scope, credentials must "
        "name a process that exists. On Linux a blackhole route says the same (ip route).",
        RECEIVE: "Check flags and buffer size: they do not fit this socket.",
        SHUTDOWN: "The argument must be SHUT_RD, SHUT_WR or SHUT_RDWR.",
        CONFIGURE: "The value does not fit the option: check its size, type and range, and that the option may be "
        "set in this state of the socket.",
        INSPECT: "The question does not fit the option or the state of the socket: check the buffer length; the time "
        "stamp of a packet can be asked for only after one has arrived.",
    },
):
    """The call does not fit the socket, its state, or what the system allows.

    Source: socket(2), connect(2), send(2), recv(2), shutdown(2), getsockopt(2), ip(7), unix(7).
    """


class AlreadyConnected(
    MisuseError,
    symbols=("EISCONN",),
    hint={
        None: "The socket is connected already: use it, or open a new one.",
        CONNECT: "The socket is connected already: use it, or open a new one for another peer. After a connect() in "
        "progress this may simply mean that it has succeeded.",
        SEND: "The socket is connected already: send without an address, or use an unconnected socket.",
    },
):
    """The socket is already connected.

    Source: connect(2), send(2), ip(7), unix(7).
    """


class NotConnected(
    MisuseError,
    symbols=("ENOTCONN",),
    retry=Retry.NEVER,
    hint={
        None: "Connect first, or the connection has ended since: then open a new one.",
        SEND: "Connect first, or give the address to sendto(). If it was connected, the peer has gone: open a new one.",
        RECEIVE: "Connect first. A listening socket does not receive: receive on the socket that accept() returned.",
        SHUTDOWN: "There is nothing to shut down: the socket was never connected, or the peer has already gone. When "
        "closing anyway, this can be ignored.",
        INSPECT: "There is no peer to ask about: the socket was never connected, or the peer has already gone.",
    },
):
    """The socket is not connected.

    Source: send(2), recv(2), shutdown(2), ip(7), unix(7).
    """


class AlreadyBound(
    MisuseError,
    symbols=("EINVAL",),
    operations=(BIND,),
    hint="Bind a socket once: open a new one for another address. Rarer: the address is an IPv6 link-local one "
    "without a scope, or not an address of the socket's family.",
):
    """The socket already has an address.

    Source: bind(2).
    """


class NotListening(
    MisuseError,
    symbols=("EINVAL",),
    operations=(ACCEPT,),
    hint="Call listen() before accept(). If it was called, another thread has shut the socket down.",
):
    """The socket does not listen, so nobody can be accepted.

    Source: accept(2).
    """


class SocketClosed(
    MisuseError,
    symbols=("EBADF", "WSAENOTSOCK"),
    hint={
        None: "This socket object has been closed, perhaps by another thread or by leaving a with block: open a new "
        "one.",
        SEND: "This socket object has been closed, perhaps by another thread or by leaving a with block: open a new "
        "one. When passing descriptors, one of those passed is not open.",
    },
):
    """The socket has been closed on this side.

    Unix says `EBADF`; Windows says `WSAENOTSOCK`, since a closed socket has no handle there.

    Source: accept(2), bind(2), connect(2), send(2), recv(2), unix(7).
    """


class NotASocket(
    MisuseError,
    symbols=("ENOTSOCK",),
    hint="The descriptor belongs to a file, a pipe or a terminal: check which one was handed to "
    "socket.socket(fileno=...).",
):
    """The descriptor is open, but it is no socket.

    Source: bind(2), listen(2), accept(2), connect(2), send(2), recv(2).
    """


class DestinationRequired(
    MisuseError,
    symbols=("EDESTADDRREQ",),
    hint="Give the address to sendto(), or connect() the socket first.",
):
    """A datagram was sent without saying to whom.

    Source: send(2).
    """


# Permissions


class PermissionDenied(
    SocketError,
    PermissionError,
    symbols=("EACCES", "EPERM"),
    fault=Fault.HOST,
    hint={
        None: "The system does not allow this to this process: look for a firewall, a sandbox (SELinux, AppArmor, a "
        "container), file permissions, or a missing privilege.",
        OPEN: "Raw and packet sockets need a privilege (root, CAP_NET_RAW, administrator); otherwise a sandbox "
        "forbids this family or type.",
        BIND: "The directory of an AF_UNIX path may not be written, or a sandbox forbids the port. On Windows: the "
        "port is reserved (netsh int ip show excludedportrange), or another program has it exclusively.",
        ACCEPT: "A firewall on this machine forbids the client's connection.",
        CONNECT: "A firewall or a sandbox (SELinux) on this machine forbids the connection, a prohibit route covers "
        "the address (ip route), it is a broadcast address, or the AF_UNIX path may not be written by this user.",
        SEND: "A firewall on this machine forbids it, a prohibit route covers the address (ip route), the AF_UNIX "
        "path may not be written by this user, or the credentials passed are not this process's own.",
        CONFIGURE: "That option needs a privilege (CAP_NET_ADMIN, CAP_NET_RAW, administrator).",
    },
):
    """The system does not allow this to this process.

    Source: socket(2), bind(2), accept(2), connect(2), send(2), ip(7), unix(7).
    """


class PrivilegedPort(
    PermissionDenied,
    symbols=("EACCES",),
    operations=(BIND,),
    settles=_names_privileged_port,
    hint="Ports below 1024 need a privilege: use a higher port, grant CAP_NET_BIND_SERVICE, or let a service manager "
    "or a proxy open the port. On Windows the port is reserved, or another program has it exclusively.",
):
    """The port is one that only a privileged process may bind.

    Source: bind(2), ip(7).
    """


class BroadcastDenied(
    PermissionDenied,
    symbols=("EACCES",),
    operations=(SEND, CONNECT),
    settles=_means_broadcast,
    fault=Fault.CALLER,
    hint="Set SO_BROADCAST before using a broadcast address. If the address is none: a firewall forbids it, a "
    "prohibit route covers the address (ip route), or the AF_UNIX path may not be written by this user.",
):
    """The address is a broadcast address, and the socket has not asked for broadcasting.

    Source: connect(2), send(2), ip(7).
    """


# Resources


class ResourceExhausted(
    SocketError,
    symbols=("ENOMEM", "ENOSR", "ETOOMANYREFS", "EUSERS", "EPROCLIM"),
    also={"EAGAIN": (CONNECT,)},
    retry=SAFE_UNTIL_SENT,
    fault=Fault.HOST,
    hint={
        None: "This machine has run out of something: memory, usually what is set aside for sockets. Use fewer "
        "sockets or smaller buffers, close what is not needed, and try again after a pause.",
        CONNECT: "The backlog of the AF_UNIX listener is full: it does not accept fast enough, so try again after a "
        "pause. For other families, and if memory is said to be short: use fewer sockets at a time.",
        SEND: "No memory for the data, or too many descriptors are on their way to a receiver that does not read "
        "them: send less at a time, and try again after a pause.",
    },
):
    """This machine has run out of something that the operation needs.

    Source: socket(2), accept(2), connect(2), send(2), recv(2), unix(7).
    """


class TooManyOpenFiles(
    ResourceExhausted,
    symbols=("EMFILE", "ENFILE"),
    hint={
        None: "No descriptor is left: look for sockets and files that are never closed, or raise the limit (ulimit "
        "-n).",
        ACCEPT: "No descriptor is left for the client, which stays in the queue: close some, look for sockets that "
        "are never closed, or raise the limit (ulimit -n). Pause before accepting again, for the listener stays "
        "readable.",
    },
):
    """The process, or the machine, has as many open descriptors as it may.

    Source: socket(2), accept(2), unix(7).
    """


class NoBufferSpace(
    ResourceExhausted,
    symbols=("ENOBUFS",),
    hint={
        None: "The system has no buffer left: use fewer sockets or smaller buffers, and try again after a pause.",
        SEND: "The queue of the network interface is full, or no memory is left for the data: send more slowly.",
    },
):
    """No room is left in the system's network buffers.

    Source: socket(2), accept(2), send(2), ip(7).
    """


# The rest


class MessageTooLong(
    SocketError,
    symbols=("EMSGSIZE",),
    fault=Fault.CALLER,
    hint={
        None: "The datagram does not fit: send less at a time.",
        SEND: "Send less at a time: a UDP datagram carries at most 65,507 bytes over IPv4, and no more than the path "
        "takes if it must not be fragmented; or use TCP.",
        RECEIVE: "The buffer is smaller than the datagram, whose rest is lost (Windows): receive with a larger buffer.",
    },
):
    """The datagram is larger than can be sent, or than the buffer it was to be received in.

    Source: send(2), ip(7), RFC 768; for receive: recvfrom in the Winsock reference.
    """


class NotSupported(
    SocketError,
    symbols=(
        "EOPNOTSUPP",
        "ENOTSUP",
        "ENOPROTOOPT",
        "EPROTONOSUPPORT",
        "ESOCKTNOSUPPORT",
        "EPROTOTYPE",
        "ENOPKG",
        "ENOSYS",
    ),
    fault=Fault.CALLER,
    hint={
        None: "This system, or this kind of socket, does not have it: check that family, type, protocol and call fit "
        "together.",
        OPEN: "This system does not have that type or protocol in that family: leave the protocol at 0, or check "
        "that the two fit together.",
        LISTEN: "Only connection-mode sockets listen: open it with SOCK_STREAM (or SOCK_SEQPACKET for AF_UNIX).",
        ACCEPT: "Only connection-mode sockets accept: open it with SOCK_STREAM (or SOCK_SEQPACKET for AF_UNIX).",
        CONNECT: "The two ends are of different types: an AF_UNIX stream socket cannot connect to a datagram one, "
        "nor a listening socket to anything.",
        SEND: "A flag does not fit this type of socket (MSG_OOB on AF_UNIX or datagram sockets). macOS says "
        "EPROTOTYPE when the connection is just being closed.",
        RECEIVE: "A flag or call does not fit this type of socket: MSG_OOB is for TCP.",
        CONFIGURE: "This socket does not know that option at that level: check that the option belongs to its "
        "protocol, and that this system has it.",
        INSPECT: "This socket does not know that option at that level: check that the option belongs to its "
        "protocol, and that this system has it.",
    },
):
    """This system, or this kind of socket, does not have what was asked for.

    Source: socket(2), listen(2), accept(2), connect(2), send(2), getsockopt(2), ip(7), unix(7).
    """


class Interrupted(
    SocketError,
    InterruptedError,
    symbols=("EINTR",),
    # Debatable in connect: the attempt goes on by itself, so that the repetition needs a new socket.
    retry=SAFE_UNTIL_SENT,
    fault=Fault.NONE,
    hint={
        None: "A signal arrived before anything was done: make the call again. Python does so by itself since 3.5 "
        "(PEP 475).",
        CONNECT: "A signal arrived while connecting; the attempt goes on. Wait until the socket is writable, or "
        "close it and connect a new one.",
    },
):
    """A signal interrupted the call before it had done anything.

    Source: accept(2), connect(2), send(2), recv(2), PEP 475.
    """


class OperationCancelled(
    SocketError,
    symbols=("ECANCELED",),
    fault=Fault.CALLER,
    hint="This program cancelled the operation, closed the socket under it, or ended the thread that had started it. "
    "If that was not meant, look for who did.",
):
    """The operation was cancelled by this program before it was finished.

    asyncio's and trio's `Cancelled` are something else: they are no failures of a socket, and no `OSError`.

    Source: POSIX.1-2024 errno.h; ERROR_OPERATION_ABORTED in the Windows reference.
    """


# TLS


class TLSError(
    SocketError,
    fault=Fault.PEER,
    hint="The two ends could not agree, or one broke the protocol: check that the port speaks TLS, and which "
    "versions and ciphers both sides allow. The error's reason names what OpenSSL objected to.",
):
    """The TLS layer failed: in the handshake, or by a violation of the protocol.

    It is also the `ssl.SSLError` that it was made from, whose number is OpenSSL's and no errno.

    Source: the Python documentation of the ssl module.
    """


class CertificateRejected(
    TLSError,
    fault=Fault.PEER,
    hint="The certificate is expired, for another name, or signed by nobody who is trusted here: look at "
    "verify_message, the name used to connect, this machine's clock, and its trusted certificates. Do not switch "
    "verification off.",
):
    """The peer's certificate was not accepted.

    Source: the Python documentation of ssl.SSLCertVerificationError.
    """


class TLSWantRead(
    TLSError,
    retry=Retry.WHEN_READY,
    fault=Fault.NONE,
    hint="Wait until the socket is readable, then make the same call again, even if it was a send.",
):
    """A non-blocking TLS socket must receive something before it can go on.

    Source: the Python documentation of ssl.SSLWantReadError.
    """


class TLSWantWrite(
    TLSError,
    retry=Retry.WHEN_READY,
    fault=Fault.NONE,
    hint="Wait until the socket is writable, then make the same call again, even if it was a receive.",
):
    """A non-blocking TLS socket must send something before it can go on.

    Source: the Python documentation of ssl.SSLWantWriteError.
    """
