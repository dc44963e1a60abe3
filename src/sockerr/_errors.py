"""The classes: one statement for each way in which a socket fails, with everything that is known about it.

`SocketError.__init_subclass__` says what a statement can contain. The meaning is the first sentence of the docstring.
Sections of the manual are those of the Linux man-pages project unless the text says otherwise. Advice that one could
argue with says so in a comment.
"""

from ._socket_error import SocketError
from ._vocabulary import (
    ACCEPT,
    BIND,
    CONFIGURE,
    CONNECT,
    INSPECT,
    LISTEN,
    OPEN,
    RECEIVE,
    RESOLVE,
    SEND,
    SHUTDOWN,
    Fault,
    Retry,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ._socket_error import PerOperation

# Until a connection has carried something, the peer cannot have acted on it.
SAFE_UNTIL_SENT: "PerOperation[Retry]" = {
    None: Retry.IF_IDEMPOTENT,
    **dict.fromkeys((RESOLVE, OPEN, BIND, LISTEN, ACCEPT, CONNECT), Retry.SAFE),
}


def _is_no_path(address: object) -> bool:
    return not isinstance(address, (str, bytes))


def _may_be_a_path(address: object) -> bool:
    return not isinstance(address, tuple)


def _has_privileged_port(address: "Any") -> bool:
    match address:
        case (_, int(port), *_):
            return 0 < port < 1024
        case _:
            return False


def _is_broadcast(address: "Any") -> bool:
    match address:
        case (str(host), *_):
            return host == "<broadcast>" or host.endswith(".255")
        case _:
            return False


# Names that do not resolve


class ResolutionError(
    SocketError,
    fault=Fault.RESOLVER,
    hint="Read in the message what the resolver said, and try the name with the system's own tools (getent, dig, "
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
    hint="Check the spelling of the name. Check that it has a record in DNS or in the hosts file, of the family that "
    "was asked for: an IPv6 literal has none for an AF_INET socket. Check that this machine is online: macOS and "
    "Windows answer the same when it is not, and glibc when a name server calls the query malformed.",
):
    """No address is known for that name, or no name for that address.

    Source: getaddrinfo(3), gethostbyname(3), RFC 3493 section 6.1.
    """


class ResolverUnavailable(
    ResolutionError,
    symbols=("EAI_AGAIN", "TRY_AGAIN"),
    # Without a known operation the name may be that of a redirect, answered to a request that was acted on.
    retry=SAFE_UNTIL_SENT,
    hint="Try again after a pause. Check that this machine is online, and ask the configured name servers "
    "(/etc/resolv.conf) directly (dig, nslookup): they did not answer, answered SERVFAIL, or refused the query.",
):
    """The name service gave no usable answer, so the name may well exist.

    Source: getaddrinfo(3), gethostbyname(3). glibc gives the same code for silence, SERVFAIL, REFUSED and NOTIMP.
    """


class ResolverFailed(
    ResolutionError,
    symbols=("EAI_FAIL", "EAI_SYSTEM", "EAI_OVERFLOW", "NO_RECOVERY"),
    hint="Check which name servers are configured and ask one of them directly (dig, nslookup): it answered with a "
    "failure that is not temporary. For EAI_SYSTEM the errno of the C library has the reason; Python itself raises "
    "an OSError with that errno instead.",
):
    """The name service failed in a way that asking again does not change.

    Source: getaddrinfo(3), getnameinfo(3), gethostbyname(3); EAI_SYSTEM: set_gaierror in CPython's socketmodule.c.
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
    hint="Check the service name, and that family, type, protocol and flags of the lookup fit together.",
):
    """The lookup itself was wrong: an unknown service, or a family, type or flag that does not fit.

    Source: getaddrinfo(3), getservbyname(3); EAI_BADHINTS and EAI_PROTOCOL: netdb.h of macOS and the BSDs.
    """


# Connections that time out, are refused or lost, and peers that cannot be reached


class TimedOut(
    SocketError,
    TimeoutError,
    symbols=("ETIMEDOUT",),
    retry=SAFE_UNTIL_SENT,
    fault=Fault.NETWORK,
    hint="Try again over a new connection, with the timeout that the work really needs. Check whether the peer is gone "
    "or overloaded, or whether a firewall drops packets.",
):
    """The operation was not finished in time.

    `errno` tells who ended the wait: it is `None` when a `settimeout` elapsed, and a number when the kernel gave up.
    """


class ConnectTimedOut(
    TimedOut,
    symbols=("ETIMEDOUT",),
    operations=(CONNECT,),
    retry=Retry.SAFE,
    hint="Check address and port, and that the host is up. Check that no firewall drops the packets, and that the "
    "server calls accept(): a full backlog looks the same. Try again after a pause.",
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
    hint="Call accept() again, or set a longer timeout: no client came in time. If the error has a number, a client in "
    "the queue timed out before it was accepted (Linux).",
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
    hint="Close the socket, and repeat the exchange over a new connection if it may happen twice: part of the data may "
    "have been sent and may arrive. Check why the peer does not read.",
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
    hint="Wait longer, or repeat the exchange over a new connection if it may happen twice: the peer may still be "
    "working on the request, or be gone.",
):
    """Nothing arrived before the timeout elapsed.

    Source: recv(2), tcp(7).
    """


class ConnectionRefused(
    SocketError,
    ConnectionRefusedError,
    symbols=("ECONNREFUSED",),
    retry=SAFE_UNTIL_SENT,
    fault=Fault.PEER,
    hint={
        None: "Check host and port, and that the server is running: nobody listens there.",
        CONNECT: "Check host and port. Check that the server is running, that it listens on this address and not only "
        "on another (ss -ltn, netstat -an), and that it calls listen() after bind(). An AF_UNIX path may be left over "
        "from a server that has ended, or be a plain file.",
        SEND: "Check host and port, and that the peer is running. On a UDP socket an earlier datagram came back as "
        "undeliverable; on an AF_UNIX or netlink socket nobody receives this one (a path may be left over from a "
        "receiver that has ended).",
        RECEIVE: "Check host and port, and that the peer is running: an earlier datagram came back as undeliverable, "
        "for nobody is bound to that port. Windows reports the same as ConnectionReset.",
    },
):
    """The host is there, and answers that nobody accepts at that port or path.

    Source: connect(2), recv(2), udp(7), unix(7), netlink(7).
    """


class ConnectionLost(
    SocketError,
    symbols=("ENETRESET", "WSAEDISCON"),
    also={"EPROTO": (ACCEPT,), "EPROTOTYPE": (SEND,)},
    # For a path the types of the two ends differ; otherwise macOS says it of a connection that is just being closed.
    when={"EPROTOTYPE": _is_no_path},
    retry=SAFE_UNTIL_SENT,
    fault=Fault.NETWORK,
    hint={
        None: "Close the socket and open a new one: the connection is gone. What was sent may or may not have arrived.",
        ACCEPT: "Accept the next client: this one was gone before it was accepted.",
        SEND: "Close the socket and open a new one: the connection is gone. What was sent may or may not have arrived. "
        "For EPROTOTYPE on an AF_UNIX socket: the two ends are of different types.",
    },
):
    """The connection was there and is gone.

    Source: accept(2); ENETRESET: keep-alive found the connection broken, see WSAENETRESET in the Winsock reference;
    EPROTOTYPE: libuv's pull requests 482 and 3413.
    """


class ConnectionReset(
    ConnectionLost,
    ConnectionResetError,
    symbols=("ECONNRESET",),
    retry=SAFE_UNTIL_SENT,
    fault=Fault.PEER,
    hint={
        None: "Close the socket and start again over a new connection: the peer closed it without reading all of it, "
        "crashed, or a device between cut it. What was sent may or may not have been acted on.",
        CONNECT: "Try again after a pause: the peer, or a firewall before it, cut the connection while it was being "
        "made. If that happens again, look into the peer's log. For AF_VSOCK nobody listens on that port.",
        ACCEPT: "Accept the next client: this one left before it was accepted. Keep the listening socket open.",
        RECEIVE: "Close the socket and start again over a new connection: the peer closed it without reading all of "
        "it, crashed, or a device between cut it. What was sent may or may not have been acted on. On Windows an "
        "unreachable UDP port is reported like this, too: there the socket can be used again.",
    },
):
    """The peer cut the connection off.

    Source: send(2), unix(7), vsock(7); accept on Windows: python/cpython issue 93821; UDP on Windows: recvfrom in the
    Winsock reference.
    """


class ConnectionAborted(
    ConnectionLost,
    ConnectionAbortedError,
    symbols=("ECONNABORTED",),
    retry=SAFE_UNTIL_SENT,
    fault={None: Fault.HOST, ACCEPT: Fault.PEER},
    hint={
        None: "Close the socket and open a new one: this machine gave the connection up, after a timeout, after a "
        "protocol error, or because another part of the program closed it.",
        ACCEPT: "Accept the next client: this one left while it waited in the queue.",
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
        None: "Close the socket and open a new one: the connection does not take data any more.",
        SEND: "Close the socket and open a new one: the peer closed the connection before this call. What an earlier "
        "send() took may be lost, too, for only a reply proves that it arrived. Check that this side has not called "
        "shutdown() and, on Linux, that it has called connect().",
    },
):
    """Data was sent into a connection that does not take any, because one side has closed it.

    Source: send(2), ip(7), tcp(7), unix(7).
    """


class Unreachable(
    SocketError,
    # What an ICMP error becomes on Linux (icmp_err_convert in net/ipv4/icmp.c, icmpv6_err_convert in net/ipv6/icmp.c):
    # protocol unreachable, parameter problem, source host isolated. ENOKEY is WireGuard's.
    also={
        "ENONET": (None,),
        "ENOPROTOOPT": (ACCEPT, CONNECT, SEND, RECEIVE),
        "EPROTO": (CONNECT, SEND, RECEIVE),
        "ENOKEY": (SEND,),
    },
    retry=SAFE_UNTIL_SENT,
    fault=Fault.NETWORK,
    hint={
        None: "Check the address, the routes and the network connection: there is no way to that address from here.",
        ACCEPT: "Accept the next client: the network to this one failed before it was accepted.",
        CONNECT: "Check the address and the protocol: a host or router on the way answered that it cannot deliver "
        "this. Then check the routes and the network connection.",
        SEND: "Check the address, the routes and the network connection: an earlier packet came back as undeliverable. "
        "For ENOKEY: no peer of the WireGuard interface has the address among its AllowedIPs.",
        RECEIVE: "Check the address, the routes and the network connection: an earlier packet came back as "
        "undeliverable.",
    },
):
    """There is no way to the peer.

    Source: accept(2), ip(7); ENOKEY: wg_xmit in the Linux kernel's drivers/net/wireguard/device.c.
    """


class HostUnreachable(
    Unreachable,
    symbols=("EHOSTUNREACH",),
    retry=SAFE_UNTIL_SENT,
    hint="Check that the address is right and the host is up. On the local network it did not answer ARP or neighbour "
    "discovery; elsewhere a router or a firewall on the way refused to deliver. On macOS 15 and later, check that the "
    "program has the Local Network permission.",
):
    """The network is there, the host is not.

    Source: ip(7); macOS: Apple's technical note TN3179.
    """


class HostDown(
    Unreachable,
    symbols=("EHOSTDOWN",),
    retry=SAFE_UNTIL_SENT,
    hint="Check that the host is switched on and connected: it did not answer on its own network. The system may take "
    "a while before it asks again.",
):
    """The host is known to be down.

    Source: the error list of intro(2) of FreeBSD and macOS; WSAEHOSTDOWN in the Winsock reference.
    """


class NetworkUnreachable(
    Unreachable,
    symbols=("ENETUNREACH",),
    retry=SAFE_UNTIL_SENT,
    # On a socket that has a route, it is what a router answered.
    fault={None: Fault.HOST, ACCEPT: Fault.NETWORK, RECEIVE: Fault.NETWORK},
    hint="Check that this machine is online and has a route to that network, and that it has IPv6 at all if the "
    "address is IPv6. Check the address: TCP reaches no multicast or broadcast address, and the scope of a link-local "
    "one must be an interface of this machine. A router on the way that has no route answers the same.",
):
    """There is no route to that network.

    Source: connect(2); ICMP codes 0, 6, 9 and 11: icmp_err_convert in the Linux kernel's net/ipv4/icmp.c.
    """


class NetworkDown(
    Unreachable,
    symbols=("ENETDOWN",),
    retry=SAFE_UNTIL_SENT,
    fault=Fault.HOST,
    hint="Bring the network interface up, and try again.",
):
    """The network interface of this machine is down.

    Source: packet(7), accept(2); WSAENETDOWN in the Winsock reference.
    """


# Addresses that cannot be used


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
    retry={**SAFE_UNTIL_SENT, CONFIGURE: Retry.NEVER},
    fault={None: Fault.HOST, CONFIGURE: Fault.CALLER},
    hint={
        None: "Find the socket that has that address (ss -ltnp, lsof -i, netstat -ano).",
        BIND: "Find the socket that has that address (ss -ltnp, lsof -i, netstat -ano) and stop its program, or choose "
        "another port. After a restart set SO_REUSEADDR before bind() (not on Windows). Unlink the path of an AF_UNIX "
        "socket first. For port 0: all ephemeral ports are in use.",
        LISTEN: "Find the socket that already listens on that port (ss -ltnp, lsof -i, netstat -ano). If this socket "
        "was never bound, all ephemeral ports are in use.",
        CONNECT: "Let the system choose the local port, or wait until the old connection from it to that peer has "
        "ended. On Windows: all local ports are used up, so keep connections and use them again.",
        CONFIGURE: "Nothing needs to be done: the socket has joined this multicast group already.",
    },
):
    """Another socket already has that address.

    Source: bind(2), listen(2), connect(2), ip(7), unix(7).
    """


class AddressNotAvailable(
    AddressError,
    symbols=("EADDRNOTAVAIL",),
    # Debatable in connect: of its causes only used-up ports pass by themselves.
    retry={None: Retry.NEVER, CONNECT: Retry.SAFE},
    fault=Fault.HOST,
    hint={
        None: "Use an address of this machine: see which it has (ip addr, ifconfig, ipconfig).",
        BIND: "Bind to an address of this machine (ip addr, ifconfig, ipconfig), or to '' for all of them. If the "
        "address is right, its interface is not up yet.",
        CONNECT: "If the program opens many short connections, keep and reuse them: all local ports are used up. "
        "Otherwise check that this machine has IPv6 if the address is IPv6, that the address the socket is bound to "
        "can reach the peer, and that no other connection has the same two ends. On Windows 0.0.0.0 is no address to "
        "connect to.",
        SEND: "Check that the source address exists on this machine, and that local ports are left.",
        CONFIGURE: "Check the address of the interface or group: this machine has no such address, or the socket has "
        "not joined that group.",
    },
):
    """No interface of this machine has that address, or no local port is left for it.

    Source: bind(2), connect(2), ip(7); 0.0.0.0: connect in the Winsock reference.
    """


class InterfaceNotFound(
    AddressError,
    also={
        "ENODEV": (RESOLVE, BIND, SEND, CONFIGURE, INSPECT),
        "ENXIO": (RESOLVE, SEND, CONFIGURE, INSPECT),
    },
    messages=("no interface with this name",),
    fault=Fault.HOST,
    hint={
        None: "Check the name or index of the network interface (ip link, ifconfig), and that the interface is there "
        "yet: it may appear later.",
        BIND: "Check the interface, or the scope id of a link-local address (ip link, ifconfig): this machine has none "
        "of that name or index.",
        SEND: "Check the interface (ip link, ifconfig), or bind the socket to one first.",
        CONFIGURE: "Check the name, index or address of the interface (ip link, ip addr, ifconfig). To join a "
        "multicast group without naming one, this machine needs a route to the group.",
    },
):
    """This machine has no network interface of that name or index.

    Source: packet(7), ip(7), ipv6(7), socket(7), if_indextoname(3).
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
        OPEN: "Take the family from getaddrinfo() rather than fixing it. This system does not have that one: IPv6 may "
        "be disabled, AF_UNIX may be missing.",
        CONNECT: "Open the socket with the family that getaddrinfo() returned with the address.",
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
    # The address of a Bluetooth socket is a tuple, and its ELOOP is no path's.
    when=dict.fromkeys(("ENOENT", "ENOTDIR", "ELOOP"), _may_be_a_path),
    retry={None: Retry.NEVER, CONNECT: Retry.SAFE, SEND: Retry.IF_IDEMPOTENT},
    fault={None: Fault.CALLER, CONNECT: Fault.PEER, SEND: Fault.PEER},
    hint={
        None: "Check the path of the AF_UNIX socket.",
        BIND: "Create the directory of the path before bind().",
        CONNECT: "Check the path, and that the server is running and has bound it: there is no socket.",
        SEND: "Check the path, and that the receiver is running and has bound it: there is no socket.",
    },
):
    """The path of an AF_UNIX socket does not lead to one.

    Source: bind(2), unix(7), path_resolution(7).
    """


# Calls that are too early


class WouldBlock(
    SocketError,
    BlockingIOError,
    symbols=("EAGAIN",),
    retry=Retry.WHEN_READY,
    fault=Fault.NONE,
    hint={
        None: "Wait until the socket is ready (selectors, asyncio), then make the same call again.",
        ACCEPT: "Wait until the listening socket is readable, then call accept() again: no client is waiting.",
        SEND: "Wait until the socket is writable, then send the rest: the send buffer is full. For an unbound datagram "
        "socket all ephemeral ports can be in use.",
        RECEIVE: "Wait until the socket is readable, then call again: nothing has arrived. With SO_RCVTIMEO set, the "
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
        None: "Wait until the socket is writable: an operation has been started and is not finished.",
        CONNECT: "Wait until the socket is writable, then read getsockopt(SOL_SOCKET, SO_ERROR): 0 means connected, "
        "anything else is the error (sockerr.from_code names it). On a blocking socket the time of SO_SNDTIMEO is up.",
        SEND: "Wait until the socket is writable: a connection is still being made on it (TCP Fast Open).",
    },
):
    """A non-blocking connect has been started and is not finished.

    Source: connect(2), send(2), ip(7), socket(7); on Windows: connect in the Winsock reference.
    """


# Calls that are wrong


class MisuseError(
    SocketError,
    symbols=("EINVAL", "EFAULT"),
    also={"ENOENT": (CONFIGURE, INSPECT), "ESRCH": (SEND,), "EDESTADDRREQ": (LISTEN,), "EDOM": (CONFIGURE,)},
    fault=Fault.CALLER,
    hint={
        None: "Check the arguments, and that the call fits the state and kind of the socket.",
        OPEN: "Check family, type and flags: this system does not know that combination.",
        LISTEN: "Call bind() before listen(): on Windows and macOS, and for AF_UNIX, an unbound socket cannot listen. "
        "Check that the socket is of type SOCK_STREAM and not connected.",
        CONNECT: "If the socket is bound to 127.0.0.1, leave bind() out, for it cannot reach another host. If the "
        "address is an IPv6 link-local one, add its scope (%interface or the scope id). On macOS and the BSDs open a "
        "new socket after a connect() that failed. On Linux check that no blackhole route covers the address "
        "(ip route).",
        SEND: "Check the address: port 0 is none, an IPv6 link-local one needs a scope, and a socket bound to "
        "127.0.0.1 cannot reach another host. Check flags and ancillary data: credentials must name a process that "
        "exists. On Linux check that no blackhole route covers the address (ip route).",
        RECEIVE: "Check flags and buffer size: they do not fit this socket. On Windows bind or connect a datagram "
        "socket before receiving.",
        SHUTDOWN: "Pass SHUT_RD, SHUT_WR or SHUT_RDWR.",
        CONFIGURE: "Check size, type and range of the value, and that the option may be set in this state of the "
        "socket. For SO_RCVTIMEO and SO_SNDTIMEO the microseconds must be below one million.",
        INSPECT: "Check the buffer length, and that the option fits the state of the socket: the time stamp of a "
        "packet can be asked for only after one has arrived. On Windows bind the socket before getsockname().",
    },
):
    """The call does not fit the socket, its state, or what the system allows.

    Source: socket(2), listen(2), connect(2), send(2), recv(2), shutdown(2), getsockopt(2), ip(7), unix(7);
    EDESTADDRREQ: POSIX.1-2024 listen; Windows: listen, recvfrom and getsockname in the Winsock reference.
    """


class AlreadyConnected(
    MisuseError,
    symbols=("EISCONN",),
    hint={
        None: "Use the socket, for it is connected already, or open a new one.",
        CONNECT: "Use the socket, for it is connected already, or open a new one for another peer. After a connect() "
        "in progress this may simply mean that it has succeeded.",
        SEND: "Send without an address, for the socket is connected already, or use an unconnected socket.",
    },
):
    """The socket is already connected.

    Source: connect(2), send(2), ip(7), unix(7).
    """


class NotConnected(
    MisuseError,
    symbols=("ENOTCONN",),
    # Debatable: a socket that never was connected fails again, one whose peer has gone may succeed over a new
    # connection. The second is what a pool of connections meets. A TLS handshake meets it before anything was sent.
    retry={None: Retry.IF_IDEMPOTENT, CONNECT: Retry.SAFE},
    hint={
        None: "Connect first. If the socket was connected, its connection has ended: open a new one.",
        CONNECT: "Open a new socket and connect again: the peer cut the connection before the TLS handshake.",
        SEND: "Connect first, or give the address to sendto(). If it was connected, the peer has gone: open a new one.",
        RECEIVE: "Connect first. If it was connected, the peer has gone: open a new one. A listening socket does not "
        "receive: receive on the socket that accept() returned.",
        SHUTDOWN: "Ignore it if the socket is to be closed anyway: it was never connected, or the peer has gone.",
        INSPECT: "Connect first. If it was connected, the peer has gone, and its address is not known any more.",
    },
):
    """The socket is not connected.

    Source: send(2), recv(2), shutdown(2), ip(7), unix(7).
    """


class AlreadyBound(
    MisuseError,
    symbols=("EINVAL",),
    operations=(BIND,),
    hint="Bind a socket once: open a new one for another address. Check that an IPv6 link-local address has a scope, "
    "and that the address is of the socket's family.",
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
        None: "Open a new socket, or find who closed this one: another thread, or a with block that was left.",
        SEND: "Open a new socket, or find who closed this one: another thread, or a with block that was left. When "
        "passing descriptors, check that each of them is open.",
    },
):
    """The socket has been closed on this side.

    Unix says `EBADF`; Windows says `WSAENOTSOCK`, since a closed socket has no handle there.

    Source: accept(2), bind(2), connect(2), send(2), recv(2), unix(7).
    """


class NotASocket(
    MisuseError,
    symbols=("ENOTSOCK",),
    hint={
        None: "Check the descriptor that was given to socket.socket(fileno=...): it belongs to a file, a pipe or a "
        "terminal.",
        CONNECT: "Check the path: on macOS and the BSDs this is what an AF_UNIX path that is no socket fails with. "
        "Otherwise check the descriptor that was given to socket.socket(fileno=...).",
    },
):
    """The descriptor is open, but it is no socket.

    Source: bind(2), listen(2), accept(2), connect(2), send(2), recv(2); a path: connect(2) of FreeBSD and macOS.
    """


class DestinationRequired(
    MisuseError,
    symbols=("EDESTADDRREQ",),
    hint="Give the address to sendto(), or connect() the socket first. If an address was given and leads through a "
    "WireGuard interface, set the endpoint of that peer.",
):
    """A datagram was sent without saying to whom.

    Source: send(2); WireGuard: wg_xmit in the Linux kernel's drivers/net/wireguard/device.c.
    """


# Calls that are not allowed


class PermissionDenied(
    SocketError,
    PermissionError,
    symbols=("EACCES", "EPERM"),
    # Windows has no privileged ports.
    also={"WSAEACCES": (BIND,)},
    # Debatable in connect and send: over IPv6 a router may have said so, and the same ICMP message over IPv4 becomes
    # EHOSTUNREACH, which is worth a retry. A prohibition does not pass by itself either, and EACCES has local causes.
    retry={None: Retry.NEVER, RECEIVE: Retry.IF_IDEMPOTENT},
    fault={None: Fault.HOST, RECEIVE: Fault.NETWORK},
    hint={
        None: "Look for a firewall, a sandbox (SELinux, AppArmor, a container), file permissions, or a missing "
        "privilege: the system does not allow this to this process.",
        OPEN: "Give the process the privilege that raw and packet sockets need (root, CAP_NET_RAW, administrator). "
        "For another family or type look for a sandbox that forbids it.",
        BIND: "Check that this user may write to the directory of an AF_UNIX path, and that no sandbox forbids the "
        "port. On Windows check whether the port is reserved (netsh int ip show excludedportrange) or another program "
        "has it exclusively (netstat -ano).",
        ACCEPT: "Accept the next client: a firewall on this machine forbids this one's connection.",
        CONNECT: "Look for a firewall or a sandbox (SELinux) on this machine that forbids the connection, and for a "
        "prohibit route to the address (ip route). Set SO_BROADCAST for a broadcast address. Check that this user may "
        "write to an AF_UNIX path. Over IPv6 a router on the way may prohibit it.",
        SEND: "Set SO_BROADCAST if the address is a broadcast one. Look for a firewall on this machine that forbids "
        "it, and for a prohibit route to the address (ip route). Check that this user may write to an AF_UNIX path, "
        "and that credentials passed are this process's own. EPERM can pass by itself: the firewall's table of "
        "connections is full (dmesg says so). Over IPv6 a router on the way may prohibit it.",
        RECEIVE: "Ask who runs the routers and firewalls on the way: one of them answered over IPv6 that what was sent "
        "is prohibited.",
        CONFIGURE: "Give the process the privilege that the option needs (CAP_NET_ADMIN, CAP_NET_RAW, administrator).",
    },
):
    """The system does not allow this to this process.

    Source: socket(2), bind(2), accept(2), connect(2), send(2), ip(7), unix(7); over IPv6: icmpv6_err_convert in the
    Linux kernel's net/ipv6/icmp.c; EPERM in send: nf_conntrack in the Linux kernel's netfilter documentation.
    """


class PrivilegedPort(
    PermissionDenied,
    symbols=("EACCES",),
    operations=(BIND,),
    when={"EACCES": _has_privileged_port},
    retry=Retry.NEVER,
    fault=Fault.HOST,
    hint="Use a port of 1024 or higher, grant CAP_NET_BIND_SERVICE, or let a service manager or a proxy open the port.",
):
    """The port is one that only a privileged process may bind.

    Source: bind(2), ip(7).
    """


class BroadcastDenied(
    PermissionDenied,
    symbols=("EACCES",),
    operations=(SEND, CONNECT),
    when={"EACCES": _is_broadcast},
    retry=Retry.NEVER,
    fault=Fault.CALLER,
    hint="Set SO_BROADCAST before using a broadcast address. If the address is none, look for a firewall, and for a "
    "prohibit route to it (ip route).",
):
    """The address is a broadcast address, and the socket has not asked for broadcasting.

    Source: connect(2), send(2), ip(7).
    """


# Calls that do not fit, or were interrupted


class MessageTooLong(
    SocketError,
    symbols=("EMSGSIZE",),
    fault=Fault.CALLER,
    hint={
        None: "Send less at a time: the datagram does not fit.",
        SEND: "Send less at a time, or use TCP: a UDP datagram carries at most 65,507 bytes over IPv4, on macOS 9,216 "
        "unless net.inet.udp.maxdgram says more, and no more than the path takes if it must not be fragmented. For an "
        "AF_UNIX datagram raise SO_SNDBUF; macOS takes 2,048 bytes.",
        RECEIVE: "Receive with a larger buffer: the datagram is longer, and its rest is lost (Windows). On a connected "
        "UDP socket of Linux, send less at a time: an earlier datagram was too long for the path.",
    },
):
    """The datagram is larger than can be sent, or than the buffer it was to be received in.

    Source: send(2), ip(7), unix(7), RFC 768; macOS: sysctl net.inet.udp.maxdgram and net.local.dgram.maxdgram; for
    receive: recvfrom in the Winsock reference.
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
    also={"ENODEV": (CONNECT,)},
    fault=Fault.CALLER,
    hint={
        None: "Check that family, type, protocol and call fit together: this system, or this kind of socket, does not "
        "have it.",
        OPEN: "Leave the protocol at 0, or check that it fits type and family: this system does not have that one.",
        LISTEN: "Open the socket with SOCK_STREAM (or SOCK_SEQPACKET for AF_UNIX): no other type listens.",
        ACCEPT: "Open the socket with SOCK_STREAM (or SOCK_SEQPACKET for AF_UNIX): no other type accepts. If it has "
        "that type, accept the next client: on Linux the network to this one failed.",
        CONNECT: "Check that both ends are of the same type: an AF_UNIX stream socket cannot connect to a datagram "
        "one, nor a listening socket to anything. For ENODEV on AF_VSOCK: this machine has no transport for it. A "
        "router that refuses a source route answers EOPNOTSUPP.",
        SEND: "Check the flags, and that both ends are of the same type: MSG_OOB is for TCP.",
        RECEIVE: "Check the flags and the call: MSG_OOB is for TCP.",
        CONFIGURE: "Check that the option belongs to the protocol of this socket at that level, and that this system "
        "has it.",
        INSPECT: "Check that the option belongs to the protocol of this socket at that level, and that this system "
        "has it.",
    },
):
    """This system, or this kind of socket, does not have what was asked for.

    Source: socket(2), listen(2), accept(2), connect(2), send(2), getsockopt(2), ip(7), unix(7), vsock(7).
    """


class Interrupted(
    SocketError,
    InterruptedError,
    symbols=("EINTR",),
    # Nothing was sent or received, so that the same call can be made again, as PEP 475 does. Debatable in connect: the
    # attempt goes on by itself, so that the repetition needs a new socket.
    retry={**SAFE_UNTIL_SENT, SEND: Retry.WHEN_READY, RECEIVE: Retry.WHEN_READY},
    fault=Fault.NONE,
    hint={
        None: "Make the call again: a signal arrived before anything was done. Python does so by itself since 3.5.",
        CONNECT: "Wait until the socket is writable, for the attempt goes on after the signal, or close the socket and "
        "connect a new one.",
    },
):
    """A signal interrupted the call before it had done anything.

    Source: accept(2), connect(2), send(2), recv(2), PEP 475.
    """


class OperationCancelled(
    SocketError,
    symbols=("ECANCELED",),
    also={"WSAEINTR": (None,), "WSAECANCELLED": (None,)},
    fault=Fault.CALLER,
    hint="Find what in this program cancelled the operation, closed the socket under it, or ended the thread that had "
    "started it.",
):
    """The operation was cancelled by this program before it was finished.

    asyncio's and trio's `Cancelled` are something else: they are no failures of a socket, and no `OSError`.

    Source: POSIX.1-2024 errno.h; ERROR_OPERATION_ABORTED in the Windows reference; WSAEINTR in the Winsock reference
    (WSACancelBlockingCall).
    """


# Resources of this machine that have run out, or are not there at all


class ResourceExhausted(
    SocketError,
    symbols=("ENOMEM", "ENOSR", "ETOOMANYREFS", "EUSERS", "EPROCLIM", "EAI_MEMORY"),
    also={"EAGAIN": (CONNECT,)},
    retry=SAFE_UNTIL_SENT,
    fault=Fault.HOST,
    hint={
        None: "Use fewer sockets or smaller buffers, close what is not needed, and try again after a pause: this "
        "machine has run out of something, usually the memory that is set aside for sockets.",
        CONNECT: "Try again after a pause: the backlog of the AF_UNIX listener is full, for it does not accept fast "
        "enough. For UDP all local ports are used up, and for other families memory is short: use fewer sockets at a "
        "time.",
        SEND: "Send less at a time, and try again after a pause: memory is short, or too many descriptors are on their "
        "way to a receiver that does not read them.",
    },
):
    """This machine has run out of something that the operation needs.

    Source: socket(2), accept(2), connect(2), send(2), recv(2), unix(7), getaddrinfo(3).
    """


class TooManyOpenFiles(
    ResourceExhausted,
    symbols=("EMFILE", "ENFILE"),
    hint={
        None: "Look for sockets and files that are never closed, or raise the limit (ulimit -n): none is left.",
        ACCEPT: "Close some descriptors, look for sockets that are never closed, or raise the limit (ulimit -n). The "
        "client stays in the queue and the listening socket readable, so pause before accepting again.",
    },
):
    """The process, or the machine, has as many open descriptors as it may.

    Source: socket(2), accept(2), unix(7).
    """


class NoBufferSpace(
    ResourceExhausted,
    symbols=("ENOBUFS",),
    retry={**SAFE_UNTIL_SENT, CONFIGURE: Retry.NEVER},
    hint={
        None: "Use fewer sockets or smaller buffers, and try again after a pause: the system has no buffer left.",
        BIND: "Keep connections and use them again: on Windows all local ports are used up.",
        CONNECT: "Keep connections and use them again: on Windows all local ports are used up.",
        SEND: "Send more slowly: the queue of the network interface is full, or memory is short.",
        RECEIVE: "Read the state again, for messages were lost, and set a larger SO_RCVBUF: a netlink socket was not "
        "read fast enough.",
        CONFIGURE: "Join fewer multicast groups with one socket, or raise the limit (sysctl "
        "net.ipv4.igmp_max_memberships).",
    },
):
    """No room is left in the system's network buffers.

    Source: socket(2), accept(2), send(2), ip(7), netlink(7); Windows: WSAENOBUFS in the Winsock reference.
    """


class WinsockUnavailable(
    SocketError,
    symbols=(
        "WSASYSNOTREADY",
        "WSAVERNOTSUPPORTED",
        "WSANOTINITIALISED",
        "WSAEINVALIDPROCTABLE",
        "WSAEINVALIDPROVIDER",
        "WSAEPROVIDERFAILEDINIT",
        "WSASYSCALLFAILURE",
    ),
    fault=Fault.HOST,
    hint="Pass SYSTEMROOT on to a child process that is given an environment of its own: Winsock does not start "
    "without it. Otherwise repair what a VPN, firewall or antivirus has put into Winsock (netsh winsock reset, as "
    "administrator).",
):
    """Windows' socket library could not be started or does not work.

    Source: Windows Sockets error codes in the Winsock reference; SYSTEMROOT: the Python documentation of
    subprocess.Popen.
    """


# TLS: numbers and reasons are OpenSSL's


class TLSError(
    SocketError,
    fault=Fault.PEER,
    hint="Read the error's reason, which names what OpenSSL objected to. Check which versions and ciphers both sides "
    "allow, and look into the peer's log.",
):
    """The TLS layer failed: in the handshake, or by a violation of the protocol.

    It is also the `ssl.SSLError` that it was made from, whose number is OpenSSL's and no errno.

    Source: the Python documentation of the ssl module.
    """


class TLSConnectionLost(
    ConnectionLost,
    TLSError,
    symbols=(),
    retry=SAFE_UNTIL_SENT,
    fault=Fault.PEER,
    hint="Close the socket and start again over a new connection: the peer closed it, in the middle of the TLS "
    "conversation or after it. In the handshake the peer may not speak TLS, or refuse what it was offered: look into "
    "its log.",
):
    """The peer closed a TLS connection that was still in use.

    Source: the Python documentation of ssl.SSLEOFError, ssl.SSLSyscallError and ssl.SSLZeroReturnError.
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


class NotTLS(
    TLSError,
    tls_reasons=("WRONG_VERSION_NUMBER", "HTTP_REQUEST", "HTTPS_PROXY_REQUEST"),
    hint="Check the port: the peer does not speak TLS on this one. Check whether the protocol begins in plain text "
    "(STARTTLS) or the URL should say http instead of https, and for a proxy, that it is reached by http.",
):
    """The peer sent something that is not TLS.

    Source: SSL_R_WRONG_VERSION_NUMBER, SSL_R_HTTP_REQUEST and SSL_R_HTTPS_PROXY_REQUEST in OpenSSL's sslerr.h.
    """


class TLSVersionMismatch(
    TLSError,
    tls_reasons=("UNSUPPORTED_PROTOCOL", "TLSV1_ALERT_PROTOCOL_VERSION", "VERSION_TOO_LOW"),
    hint="Update the older side, or allow one version on both (SSLContext.minimum_version, and the peer's settings).",
):
    """The two ends have no version of TLS in common.

    Source: SSL_R_UNSUPPORTED_PROTOCOL and others in OpenSSL's sslerr.h; the alert: RFC 8446 section 6.2.
    """


class TLSMisconfigured(
    TLSError,
    tls_reasons=("NO_PROTOCOLS_AVAILABLE", "NO_CIPHERS_AVAILABLE"),
    messages=("No cipher can be selected.", "ALPN protocols must be 1 to 255 in length"),
    fault=Fault.CALLER,
    hint="Check what the SSLContext was given: that the files contain certificates and the key that belongs to them, "
    "in PEM format, that the password is right, that keys are long enough for the security level, and that the names "
    "of ciphers exist. Read the error's reason, which names what OpenSSL objected to.",
):
    """The certificates, keys or settings given to TLS on this side cannot be used.

    Source: the Python documentation of ssl.SSLContext. The number is a reason code, as _setSSLError in CPython's _ssl.c
    sets it, and not one of OpenSSL's SSL_ERROR_*, which operations on a connection have.
    """


class ClientCertificateRequired(
    TLSError,
    tls_reasons=("TLSV13_ALERT_CERTIFICATE_REQUIRED", "PEER_DID_NOT_RETURN_A_CERTIFICATE"),
    fault={None: Fault.CALLER, ACCEPT: Fault.PEER},
    hint={
        None: "Give the SSLContext the client certificate that the server asks for (load_cert_chain). With TLS 1.3 the "
        "first receive reports it, after a handshake that seemed to succeed.",
        ACCEPT: "Accept the next client: this one has not sent the certificate that is asked for.",
    },
):
    """The server requires a certificate, and the client has sent none.

    Source: RFC 8446 section 6.2, certificate_required.
    """


class CertificateRejectedByPeer(
    TLSError,
    tls_reasons=(
        "SSLV3_ALERT_BAD_CERTIFICATE",
        "SSLV3_ALERT_CERTIFICATE_EXPIRED",
        "SSLV3_ALERT_CERTIFICATE_REVOKED",
        "SSLV3_ALERT_CERTIFICATE_UNKNOWN",
        "SSLV3_ALERT_UNSUPPORTED_CERTIFICATE",
        "TLSV1_ALERT_UNKNOWN_CA",
    ),
    fault=Fault.HOST,
    hint={
        None: "Check the certificate of this side: that it is valid today, that it is sent with its intermediate "
        "certificates, that its name is the one the peer expects, and that the peer trusts who signed it.",
        ACCEPT: "Accept the next client. If all clients do this, check the certificate of this server: that it is "
        "valid today, that it is sent with its intermediate certificates, that it has the name that clients use, and "
        "that they trust who signed it.",
    },
):
    """The peer did not accept the certificate of this side.

    Source: RFC 8446 section 6.2.
    """


class CertificateRejected(
    TLSError,
    hint="Read verify_message, which says what is wrong. Check the name used to connect, this machine's clock, and its "
    "trusted certificates. Do not switch verification off.",
):
    """The peer's certificate was not accepted.

    Source: the Python documentation of ssl.SSLCertVerificationError.
    """


class CertificateExpired(
    CertificateRejected,
    verify_codes=(9, 10),
    hint="Check this machine's clock, above all if the certificate is said to be not yet valid. If the clock is right, "
    "ask who runs the peer to renew its certificate.",
):
    """The peer's certificate has expired, or is not yet valid.

    Source: X509_V_ERR_CERT_NOT_YET_VALID and X509_V_ERR_CERT_HAS_EXPIRED in OpenSSL's x509_vfy.h.
    """


class CertificateNameMismatch(
    CertificateRejected,
    verify_codes=(62, 63, 64),
    hint="Connect by a name that is in the certificate, or pass that name as server_hostname. If the name is right, "
    "check that it leads to the right host and port, and ask who runs the peer for a certificate with that name.",
):
    """The peer's certificate is for another name.

    Source: X509_V_ERR_HOSTNAME_MISMATCH, _EMAIL_MISMATCH and _IP_ADDRESS_MISMATCH in OpenSSL's x509_vfy.h.
    """


class CertificateUntrusted(
    CertificateRejected,
    verify_codes=(2, 18, 19, 20, 21, 27),
    # Debatable: a self-signed certificate of a public server is its own fault. Far more often it is an authority of
    # one's own, or a company's proxy, that this machine has not been told of.
    fault=Fault.HOST,
    hint="Install the certificate of the authority that signed it among this machine's trusted ones, or pass it as "
    "cafile. On macOS run the Install Certificates command of python.org's Python. If other programs on this machine "
    "fail as well, ask who runs the peer to send its intermediate certificates.",
):
    """The peer's certificate is signed by nobody whom this machine trusts.

    Source: X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT, _SELF_SIGNED_CERT_IN_CHAIN, _UNABLE_TO_GET_ISSUER_CERT,
    _UNABLE_TO_GET_ISSUER_CERT_LOCALLY, _UNABLE_TO_VERIFY_LEAF_SIGNATURE and _CERT_UNTRUSTED in OpenSSL's x509_vfy.h.
    """
