"""The classes: one statement for each way in which a socket fails, with everything that is known about it.

`SocketError.__init_subclass__` says what a statement can contain. The meaning is the first sentence of the docstring.
Manual pages are those of the Linux man-pages project unless the text says otherwise. The comments directly above
`retry=` and `fault=` are the reasons for them, which the documentation shows on the page of the class. Where one could
argue with a reason, a sentence that begins with "Debatable" says so.
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
# What fails in accept() concerns one client: the next one may be served.
SAFE_IN_ACCEPT: "PerOperation[Retry]" = {None: Retry.NEVER, ACCEPT: Retry.SAFE}


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
    # The lookup failed, and no code says that the same question would get another answer. Debatable: a lookup leaves
    # nothing behind, so that repeating it does no harm.
    retry=Retry.NEVER,
    # Names are turned into addresses by the resolver of this machine and the name servers that it asks. Debatable:
    # without a code, the name may just as well be wrong, which the caller has to fix.
    fault=Fault.RESOLVER,
    hint="Read the resolver's message, and look the name up with the system's own tools (getent, dig, nslookup).",
):
    """A name or service could not be turned into an address, or an address into a name.

    Source: the Python documentation of socket.gaierror and socket.herror.
    """


class NameNotFound(
    ResolutionError,
    symbols=("EAI_NONAME", "EAI_NODATA", "EAI_ADDRFAMILY", "HOST_NOT_FOUND", "NO_DATA"),
    messages=("getaddrinfo returns an empty list", "getaddrinfo() returned empty list"),
    # The resolver has answered that there is no such name, or no address of that family for it (getaddrinfo(3)), and it
    # gives the same answer again. Debatable: macOS and Windows answer the same when the machine is offline, where a
    # later try may succeed.
    retry=Retry.NEVER,
    # The name and the address family are what the caller asked for. Debatable: if the name is right, the record is
    # missing in the DNS, and whoever keeps that zone has to add it.
    fault=Fault.CALLER,
    hint="Check the spelling of the name. Check that DNS or the hosts file has an address of the requested family for "
    "it: an AF_INET socket takes no IPv6 address. Check that this machine is online: macOS and Windows give the same "
    "answer when it is offline. glibc also gives it when a name server rejects the query as malformed.",
):
    """No address is known for that name, or no name for that address.

    Source: getaddrinfo(3), gethostbyname(3), RFC 3493 section 6.1.
    """


class ResolverUnavailable(
    ResolutionError,
    symbols=("EAI_AGAIN", "TRY_AGAIN"),
    # The failure is temporary by definition (getaddrinfo(3)), and a name is looked up before anything is sent to the
    # peer. Without a known operation, the name may come from a redirect, sent in reply to a request that was acted on.
    retry=SAFE_UNTIL_SENT,
    # A name server was silent or answered that it could not tell, and those who run it have to look into that.
    # Debatable: glibc gives the same code on a machine that is offline, and then that machine has to be connected.
    fault=Fault.RESOLVER,
    hint="Try again after a pause. Check that this machine is online. Ask the configured name servers "
    "(/etc/resolv.conf) directly with dig or nslookup: they did not answer, answered SERVFAIL, or refused the query.",
):
    """The name service gave no usable answer, so the name may well exist.

    Source: getaddrinfo(3), gethostbyname(3). glibc gives the same code for silence, SERVFAIL, REFUSED and NOTIMP.
    """


class ResolverFailed(
    ResolutionError,
    symbols=("EAI_FAIL", "EAI_SYSTEM", "EAI_OVERFLOW", "NO_RECOVERY"),
    # EAI_FAIL and NO_RECOVERY are failures that the name server calls permanent (getaddrinfo(3), gethostbyname(3)), and
    # EAI_OVERFLOW means that the answer does not fit. Debatable for EAI_SYSTEM: the failure may pass, but the code does
    # not say what failed.
    retry=Retry.NEVER,
    # The name server, not the name, is what failed. Debatable for EAI_SYSTEM and EAI_OVERFLOW, which come from the C
    # library on this machine.
    fault=Fault.RESOLVER,
    hint="Ask the configured name servers (/etc/resolv.conf) directly with dig or nslookup: one of them answered with "
    "a permanent failure. If the symbol is EAI_SYSTEM, the C library's errno says what failed; Python itself raises an "
    "OSError with that errno instead.",
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
    # The arguments contradict each other or name a service that is not known here (getaddrinfo(3)); the same arguments
    # are refused again.
    retry=Retry.NEVER,
    # Service, family, type, protocol and flags are arguments of the call. Debatable: a service with the right name may
    # be missing in the list of this machine (services(5)).
    fault=Fault.CALLER,
    hint="Check the service name. Check that the family, type, protocol and flags of the lookup fit together.",
):
    """The lookup itself was wrong: an unknown service, or a family, type or flag that does not fit.

    Source: getaddrinfo(3), getservbyname(3); EAI_BADHINTS and EAI_PROTOCOL: netdb.h of macOS and the BSDs.
    """


# Connections that time out, are refused or lost, and peers that cannot be reached


class TimedOut(
    SocketError,
    TimeoutError,
    symbols=("ETIMEDOUT",),
    # Silence does not tell whether the request or only its answer was lost, so the peer may have acted. In connect and
    # accept, and in what comes before them, no data of the exchange has been sent yet.
    retry=SAFE_UNTIL_SENT,
    # An answer that does not come was lost or held up on the way. Debatable: a peer that is slow or has crashed looks
    # the same from here. In resolve it is the name servers that have not answered.
    fault={None: Fault.NETWORK, RESOLVE: Fault.RESOLVER},
    hint={
        None: "Try again over a new connection, with a timeout that is long enough for the work. Check whether the "
        "peer is down or overloaded, and whether a firewall drops packets.",
        RESOLVE: "Check that the name servers answer, and quickly. A resolver with several servers waits for each in "
        "turn, so allow it more time, or try again after a pause.",
    },
):
    """The operation did not finish in time.

    `errno` tells who ended the wait: it is `None` if the time of `settimeout` elapsed, and a number if the kernel gave
    up.

    Source: connect(2), tcp(7); the Python documentation of socket.settimeout.
    """


class ConnectTimedOut(
    TimedOut,
    symbols=("ETIMEDOUT",),
    operations=(CONNECT,),
    # The handshake was not completed on this side, and TCP hands data to the application only after it (RFC 9293,
    # section 3.5). The server may have accepted a connection, or begun a TLS handshake, but it has received no request.
    # With TCP Fast Open, data travels in the handshake, but the program gives it to send(), so a timeout is one of send
    # (tcp(7), send(2)).
    retry=Retry.SAFE,
    # The packets or their answers were dropped: by a router or a firewall, or because no host has the address.
    # Debatable: a server whose backlog is full is silent, too (connect(2)). In resolve, which some libraries count as
    # part of connecting, the name servers were silent.
    fault={None: Fault.NETWORK, RESOLVE: Fault.RESOLVER},
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
    # No connection was taken from the queue, so no request was read. The listening socket is as it was, and the next
    # call accepts the next client.
    retry=Retry.SAFE,
    # That no client came is not a failure. Debatable if the error has a number: then the network to one client failed
    # (accept(2)).
    fault=Fault.NONE,
    hint="Call accept() again, or set a longer timeout: no client came in time, or one that came did not finish "
    "the TLS handshake. If the error has a number, a client in the queue timed out before it was accepted (Linux).",
):
    """Nobody connected before the timeout elapsed.

    Source: accept(2); the Python documentation of socket.settimeout.
    """


class SendTimedOut(
    TimedOut,
    # On a CAN ISO-TP socket, ECOMM means that a transfer timed out. It stays a plain SocketError: Python does not make
    # a TimeoutError of it, and every SendTimedOut is one.
    symbols=("ETIMEDOUT",),
    operations=(SEND,),
    # Part of the data may have been sent, and sendall() does not tell how much (the Python documentation of
    # socket.sendall). With a number, data was not acknowledged (tcp(7)), which does not mean that it did not arrive.
    retry=Retry.IF_IDEMPOTENT,
    # The send buffer empties as the peer reads and acknowledges, and the peer did not. Debatable: a network that loses
    # the packets or the acknowledgements has the same effect.
    fault=Fault.PEER,
    hint="Close the socket. If the exchange may happen twice, repeat it over a new connection: part of the data may "
    "have arrived. Check whether the peer is still there, and why it does not read.",
):
    """The peer did not take the data in time.

    Source: tcp(7); the Python documentation of socket.settimeout.
    """


class ReceiveTimedOut(
    TimedOut,
    symbols=("ETIMEDOUT",),
    operations=(RECEIVE,),
    # The peer may be working on the request, may have finished, or may never have received it: only an answer would
    # tell.
    retry=Retry.IF_IDEMPOTENT,
    # It was the peer's turn to send. Debatable: the network may have lost the request or the answer, and the timeout
    # may be shorter than the work takes.
    fault=Fault.PEER,
    hint="Wait longer. If the exchange may happen twice, repeat it over a new connection: the peer may still be "
    "working on the request, or be gone.",
):
    """Nothing arrived before the timeout elapsed.

    Source: tcp(7); the Python documentation of socket.settimeout.
    """


class ConnectionRefused(
    SocketError,
    ConnectionRefusedError,
    symbols=("ECONNREFUSED",),
    # In connect, the first packet of the handshake was refused, and it carries no data of the application (RFC 9293,
    # section 3.5); on AF_UNIX nothing was queued for anyone. In send and receive, an earlier datagram was refused
    # (udp(7)), and others of the same exchange may have arrived. A server that is starting listens a moment later.
    retry=SAFE_UNTIL_SENT,
    # The host is up and has answered: the server has to be started, or has to listen at that port or path. Debatable:
    # the caller may have the wrong port, and a firewall that rejects connections answers in the same way.
    fault=Fault.PEER,
    hint={
        None: "Check host and port, and that the server is running: nobody listens there.",
        CONNECT: "Check host and port. Check that the server is running, that it listens on this address and not only "
        "on another (ss -ltn, netstat -an), and that it calls listen() after bind(). An AF_UNIX path may be left over "
        "from a server that has ended, or be a plain file.",
        SEND: "Check host and port, and that the peer is running. On a UDP socket, an earlier datagram reached a port "
        "that nobody is bound to. On an AF_UNIX or netlink socket, nobody receives this datagram: the path may be left "
        "over from a receiver that has ended.",
        RECEIVE: "Check host and port, and that the peer is running: an earlier datagram reached a port that nobody is "
        "bound to. Windows reports this as ConnectionReset.",
    },
):
    """The host answered that nobody is listening at that port or path.

    Source: connect(2), recv(2), udp(7), unix(7). Netlink: netlink_getsockbyportid in the Linux kernel's
    net/netlink/af_netlink.c.
    """


class ConnectFailed(
    SocketError,
    # The library never had a connection, so its request was not sent. Without a known operation the exchange may have
    # begun on an earlier connection.
    retry=SAFE_UNTIL_SENT,
    # The library's code stands for refused connections, unreachable hosts and more, each of which someone else has to
    # fix.
    fault=Fault.NONE,
    hint="Read the library's own message and log. Check host and port, that the server is running, and that no "
    "firewall is in between.",
):
    """A library could not connect, and does not say why.

    The socket module always says why, so only a library's exception means this: one with a code that covers refused
    connections, unreachable hosts and more.

    Source: SQLSTATE 08001 of ISO/IEC 9075-2, sqlclient unable to establish sqlconnection; CURLE_COULDNT_CONNECT in
    libcurl-errors(3).
    """


class ConnectionLost(
    SocketError,
    symbols=("ENETRESET", "WSAEDISCON"),
    also={"EPROTO": (ACCEPT,), "EPROTOTYPE": (SEND,)},
    # With a path, EPROTOTYPE means that the two ends are of different types (NotSupported). Without one, it is what
    # macOS says while a connection is being closed.
    when={"EPROTOTYPE": _is_no_path},
    # Data that was sent before the loss may have been read or not, and the connection that could tell is gone. In
    # accept and connect, nothing of the exchange had been sent over it.
    retry=SAFE_UNTIL_SENT,
    # Keep-alive found the connection broken (WSAENETRESET in the Winsock reference), or all that is known is that it
    # ended. Debatable: the peer may have crashed, and WSAEDISCON says that it closed the connection in an orderly way.
    fault=Fault.NETWORK,
    hint={
        None: "Close the socket and open a new one: the connection is gone. What was sent may or may not have arrived.",
        ACCEPT: "Accept the next client: this one was gone before it was accepted.",
        SEND: "Close the socket and open a new one: the connection is gone. What was sent may or may not have arrived. "
        "EPROTOTYPE on an AF_UNIX socket means that the two ends are of different types.",
    },
):
    """The connection existed and has been lost.

    Source: accept(2). ENETRESET (keep-alive found the connection broken): WSAENETRESET and WSAEDISCON in the Winsock
    reference. EPROTOTYPE: libuv's pull requests 482 and 3413.
    """


class ConnectionReset(
    ConnectionLost,
    ConnectionResetError,
    symbols=("ECONNRESET",),
    # A reset discards what is queued (RFC 9293, section 3.10.7.4) and does not say what the peer had read before. In
    # connect it cut off the handshake of TCP or TLS, and in accept the client left before this side had read anything.
    retry=SAFE_UNTIL_SENT,
    # A peer sends a reset when its program crashes, or closes the socket with data unread (RFC 9293, section 3.6.1).
    # Debatable: firewalls and load balancers on the way send resets in the peer's name.
    fault=Fault.PEER,
    hint={
        None: "Close the socket and start again over a new connection: the peer crashed, closed the connection before "
        "it had read everything, or a device in between cut it. The peer may have acted on what was sent.",
        CONNECT: "Try again after a pause: the peer, or a firewall in front of it, cut the connection while it was "
        "being made. If that happens again, look into the peer's log. On an AF_VSOCK socket, it means that nobody "
        "listens on that port.",
        ACCEPT: "Accept the next client: this one left before it was accepted. Keep the listening socket open.",
        RECEIVE: "Close the socket and start again over a new connection: the peer crashed, closed the connection "
        "before it had read everything, or a device in between cut it. The peer may have acted on what was sent. A UDP "
        "socket on Windows reports an unreachable port this way, and can still be used.",
    },
):
    """The peer cut the connection off.

    Source: send(2), unix(7). AF_VSOCK: virtio_transport_recv_connecting in the Linux kernel's
    net/vmw_vsock/virtio_transport_common.c. Accept on Windows: python/cpython issue 93821. UDP on Windows: recvfrom in
    the Winsock reference.
    """


class ConnectionAborted(
    ConnectionLost,
    ConnectionAbortedError,
    symbols=("ECONNABORTED",),
    # This side stopped waiting for acknowledgements, and what was not acknowledged may still have arrived. In accept
    # the client had left before its first byte was read, and in connect nothing had been sent.
    retry=SAFE_UNTIL_SENT,
    # The network stack of this machine gave the connection up (WSAECONNABORTED in the Winsock reference). Debatable: it
    # does so after a timeout, which begins in the network or with the peer. In accept, the client closed the connection
    # while it was queued (ip(7)).
    fault={None: Fault.HOST, ACCEPT: Fault.PEER},
    hint={
        None: "Close the socket and open a new one: this machine gave up the connection after a timeout or a protocol "
        "error, or because another part of the program closed it.",
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
    # The connection takes no more data. Earlier calls only queued theirs, and their success does not mean that it was
    # delivered (send(2)). In connect and accept only a handshake was under way.
    retry=SAFE_UNTIL_SENT,
    # The peer has closed its end while this side still had something to send (tcp(7), unix(7)). Debatable: after
    # shutdown() on this side, or on Linux without connect(), the number is the same (send(2)).
    fault=Fault.PEER,
    hint={
        None: "Close the socket and open a new one: the connection no longer takes data.",
        ACCEPT: "Accept the next client: this one closed the connection before it was accepted.",
        SEND: "Close the socket and open a new one: the peer closed the connection before this call. Data from earlier "
        "calls may be lost as well: only a reply proves that it arrived. Check that this side has not called "
        "shutdown() and, on Linux, that it has called connect().",
    },
):
    """Data was sent over a connection that one side has closed.

    Source: send(2), ip(7), tcp(7), unix(7); WSAESHUTDOWN in the Winsock reference.
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
    # In connect the opening packet was returned as undeliverable, and it carries no data of the application. In send
    # and receive the message is about an earlier packet, and others of the same exchange may have arrived (udp(7)). In
    # accept it concerns one queued client (accept(2)).
    retry=SAFE_UNTIL_SENT,
    # A router or the destination answered that it cannot deliver the packets. Debatable: ENOPROTOOPT comes from a host
    # that does not know the protocol, and ENOKEY from a WireGuard interface of this machine.
    fault=Fault.NETWORK,
    hint={
        None: "Check the address, the routes and the network connection: this machine cannot reach that address.",
        ACCEPT: "Accept the next client: the network to this one failed before it was accepted.",
        CONNECT: "Check the address and the protocol: the host, or a router on the way, answered that it cannot "
        "deliver the packets. Then check the routes and the network connection.",
        SEND: "Check the address, the routes and the network connection: an earlier packet could not be delivered. "
        "ENOKEY means that no peer of the WireGuard interface has the address among its AllowedIPs.",
        RECEIVE: "Check the address, the routes and the network connection: an earlier packet could not be delivered.",
    },
):
    """The peer cannot be reached.

    Source: accept(2), ip(7). ENOKEY: wg_xmit in the Linux kernel's drivers/net/wireguard/device.c.
    """


class HostUnreachable(
    Unreachable,
    symbols=("EHOSTUNREACH",),
    # In connect no packet reached the host, so no program there can have acted. An open connection survives such
    # messages for a while (RFC 9293, section 3.9.2.2), so that by the time it fails, earlier data may have arrived.
    retry=SAFE_UNTIL_SENT,
    # A router on the way answered, or nobody on the local network claimed the address (ip(7)). Debatable: if the host
    # is switched off, the peer has to come back.
    fault=Fault.NETWORK,
    hint="Check that the address is right and that the host is up: on the local network, nothing answered to that "
    "address. Otherwise look at the routers and firewalls on the way: one of them refused to deliver. On macOS 15 and "
    "later, check that the program has the Local Network permission.",
):
    """The network can be reached, but not the host.

    Source: ip(7). macOS: Apple's technical note TN3179.
    """


class HostDown(
    Unreachable,
    symbols=("EHOSTDOWN",),
    # A host that does not answer on its own network has received no opening packet, and it may come up. On a connection
    # in use, it may have acted on earlier data before it went down.
    retry=SAFE_UNTIL_SENT,
    # Nothing on its network answered for the address, or a router does not know the host. Debatable: those who run the
    # host may only have to switch it on.
    fault=Fault.NETWORK,
    hint="Check that the address is right, and that the host is switched on and connected to its network: it did not "
    "answer, or a router does not know it. Try again after a pause, for the system may remember this for a while.",
):
    """The host is down, or unknown on its network.

    Source: intro(2) of FreeBSD and macOS; WSAEHOSTDOWN in the Winsock reference. Linux: ICMP code 7 (host unknown) in
    icmp_err_convert of net/ipv4/icmp.c.
    """


class NetworkUnreachable(
    Unreachable,
    symbols=("ENETUNREACH",),
    # Without a route no packet gets there, so that in connect nothing was delivered; a route may come back when the
    # machine is online again. On a connection in use, earlier data may have arrived while there was a route. Debatable:
    # a machine without IPv6 has no route for an IPv6 address later, either.
    retry=SAFE_UNTIL_SENT,
    # This machine has no route to the network, and its setup has to change. A socket that receives, or a client in the
    # queue, had a route, so there a router answered. Debatable in connect and send, where a router can have answered as
    # well; far more often this machine has no route.
    fault={None: Fault.HOST, ACCEPT: Fault.NETWORK, RECEIVE: Fault.NETWORK},
    hint="Check that this machine is online, that it has a route to that network, and that it has IPv6 if the address "
    "is an IPv6 one. Check the address: TCP cannot connect to multicast or broadcast addresses, and the scope of a "
    "link-local address must be an interface of this machine. If all of this is right, a router on the way has no "
    "route.",
):
    """There is no route to that network.

    Source: connect(2). ICMP codes 0, 6, 9 and 11: icmp_err_convert in the Linux kernel's net/ipv4/icmp.c.
    """


class NetworkDown(
    Unreachable,
    symbols=("ENETDOWN",),
    # An interface that is down sends nothing, so that in connect no packet has left. It can come up again, but on a
    # connection in use earlier data may have arrived before it went down.
    retry=SAFE_UNTIL_SENT,
    # The interface is one of this machine, and has to be brought up here (packet(7)).
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
    # The address itself is refused, before any data is sent, and trying again does not change it: EROFS means a
    # read-only file system (bind(2)).
    retry=Retry.NEVER,
    # The caller has chosen the address. Debatable: the file system of an AF_UNIX path could also be made writable,
    # which is a matter of this machine.
    fault=Fault.CALLER,
    hint={
        None: "Check the address: it cannot be used for this.",
        BIND: "Check the address: it cannot be bound. The path of an AF_UNIX socket must be on a writable file system.",
    },
):
    """The address cannot be used for this.

    Source: bind(2).
    """


class AddressInUse(
    AddressError,
    symbols=("EADDRINUSE",),
    # This machine's own kernel refused the local address, so nothing has been sent. Without a known operation, an
    # exchange may have begun before. Debatable: a connection of an earlier server in TIME_WAIT goes away by itself, but
    # a server that is running does not. In configure the socket is already a member of the multicast group.
    retry={**SAFE_UNTIL_SENT, CONFIGURE: Retry.NEVER},
    # Another socket on this machine has the address, and its program or the choice of ports has to change. Debatable: a
    # server that is restarted without SO_REUSEADDR gets this through its own code (socket(7)). In configure the code
    # joins a group twice.
    fault={None: Fault.HOST, CONFIGURE: Fault.CALLER},
    hint={
        None: "Find the socket that has that address (ss -ltnp, lsof -i, netstat -ano).",
        BIND: "Find the socket that has that address (ss -ltnp, lsof -i, netstat -ano) and stop its program, or choose "
        "another port. After a restart set SO_REUSEADDR before bind() (not on Windows). Unlink the path of an AF_UNIX "
        "socket first. If the port is 0, all ephemeral ports are in use.",
        LISTEN: "Find the socket that already listens on that port (ss -ltnp, lsof -i, netstat -ano). If this socket "
        "was never bound, all ephemeral ports are in use.",
        CONNECT: "Let the system choose the local port, or wait until the old connection between this port and that "
        "peer has ended. On Windows, reuse connections instead of opening new ones: all local ports are in use.",
        CONFIGURE: "Ignore it: the socket has already joined this multicast group.",
    },
):
    """Another socket already has that address.

    Source: bind(2), listen(2), connect(2), ip(7), unix(7).
    """


class AddressNotAvailable(
    AddressError,
    symbols=("EADDRNOTAVAIL",),
    # The address is not one of this machine (bind(2)), and does not become one by trying again. In connect nothing has
    # been sent, and the ports that are in use become free (connect(2)). Debatable in connect: of its causes only
    # used-up ports pass by themselves. Debatable in send, where used-up ports are a cause as well.
    retry={None: Retry.NEVER, CONNECT: Retry.SAFE},
    # The addresses of this machine and the range of its local ports are part of its setup (ip(7)). Debatable: the code
    # may name an address that was never meant to be on this machine.
    fault=Fault.HOST,
    hint={
        None: "Use one of this machine's addresses (ip addr, ifconfig and ipconfig list them).",
        BIND: "Bind to one of this machine's addresses (ip addr, ifconfig and ipconfig list them), or to '' for all of "
        "them. If the address is right, its interface is not up yet.",
        CONNECT: "If the program opens many short connections, reuse them: all local ports are in use. Otherwise check "
        "that this machine has IPv6 if the address is an IPv6 one, that the socket is not bound to an address from "
        "which the peer cannot be reached, and that no other connection has the same local and remote address. On "
        "Windows, 0.0.0.0 is not an address to connect to.",
        SEND: "Check that this machine has the source address, and that not all local ports are in use.",
        CONFIGURE: "Check the address of the interface or group: this machine has no such address, or the socket has "
        "not joined that group.",
    },
):
    """This machine does not have that address, or has no free port for it.

    Source: bind(2), connect(2), ip(7). 0.0.0.0: connect in the Winsock reference.
    """


class InterfaceNotFound(
    AddressError,
    also={
        "ENODEV": (RESOLVE, BIND, SEND, CONFIGURE, INSPECT),
        "ENXIO": (RESOLVE, SEND, CONFIGURE, INSPECT),
    },
    messages=("no interface with this name",),
    # No interface has that name or index, and the same call does not find one until an interface is added. Debatable:
    # an interface that comes and goes, such as that of a VPN, may be back later.
    retry=Retry.NEVER,
    # Which interfaces exist is up to this machine. Debatable: the code may have the name wrong, or the index of an
    # interface that was removed.
    fault=Fault.HOST,
    hint={
        None: "Check the name or index of the network interface (ip link, ifconfig). If it is right, the interface "
        "does not exist yet, or no longer.",
        BIND: "Check the name or index of the interface, or the scope id of a link-local address (ip link, ifconfig).",
        SEND: "Bind the socket to an interface first. If it is bound to one, the interface no longer exists (ip link, "
        "ifconfig).",
        CONFIGURE: "Check the name, index or address of the interface (ip link, ip addr, ifconfig). To join a "
        "multicast group without naming one, this machine needs a route to the group.",
    },
):
    """This machine has no network interface of that name or index.

    Source: packet(7), ipv6(7), if_indextoname(3). SO_BINDTODEVICE, IP_ADD_MEMBERSHIP and SIOCGIFADDR: the Linux
    kernel's net/core/sock.c, net/ipv4/igmp.c and net/ipv4/devinet.c.
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
    # A socket keeps the family that it was opened with, and the kernel keeps the families that it knows (socket(2)), so
    # that the same call fails again.
    retry=Retry.NEVER,
    # The code has to open the socket with the family of the address. Debatable in open: if IPv6 is disabled here, the
    # setup of this machine is what differs.
    fault=Fault.CALLER,
    hint={
        None: "Use an address of the socket's own family (AF_INET, AF_INET6, AF_UNIX), and a family that this system "
        "supports.",
        OPEN: "Take the family from getaddrinfo() rather than hard-coding it. This system does not have that family: "
        "IPv6 may be disabled, or AF_UNIX missing.",
        CONNECT: "Open the socket with the family that getaddrinfo() returned with the address.",
    },
):
    """The address is of a family that this socket, or this system, does not support.

    Source: socket(2), connect(2), tcp(7); WSAEPFNOSUPPORT in the Winsock reference.
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
    # The address breaks the rules for its kind, such as a port above 65535 or a path that is too long (unix(7)), and is
    # refused on this side every time.
    retry=Retry.NEVER,
    # Only another address helps, and the caller gives the address.
    fault=Fault.CALLER,
    hint="Correct the address: a port is a number from 0 to 65535, a host name has labels of 1 to 63 characters and no "
    "NUL, and the path of an AF_UNIX socket has at most 107 bytes (103 on macOS and the BSDs).",
):
    """The address is malformed: no system could use it.

    It is also an `OverflowError`, `ValueError`, `UnicodeError` or `TypeError` where Python reports it as one.

    Source: bind(2), unix(7), RFC 1035 section 2.3.4.
    """


class PathNotFound(
    AddressError,
    symbols=("ENOENT", "ENOTDIR", "ELOOP"),
    operations=(CONNECT, BIND, SEND),
    # The address of a Bluetooth socket is a tuple, and ELOOP means something else there.
    when=dict.fromkeys(("ENOENT", "ENOTDIR", "ELOOP"), _may_be_a_path),
    # bind() creates no directories, so in bind the same call fails until somebody does (bind(2)). In connect there was
    # no server to deliver anything to, and one that is starting creates the path when it binds its socket (unix(7)); in
    # send that holds for this datagram, but earlier ones may have been acted on. Debatable in connect: a path that is
    # spelt wrongly never appears.
    retry={None: Retry.NEVER, CONNECT: Retry.SAFE, SEND: Retry.IF_IDEMPOTENT},
    # In bind, the code has to make sure that the directory exists. In connect and send, the other program creates the
    # path. Debatable there: this side may have the path wrong.
    fault={None: Fault.CALLER, CONNECT: Fault.PEER, SEND: Fault.PEER},
    hint={
        None: "Check the path of the AF_UNIX socket.",
        BIND: "Create the directory of the path before bind().",
        CONNECT: "Check the path. Check that the server is running and has bound its socket to that path.",
        SEND: "Check the path. Check that the receiver is running and has bound its socket to that path.",
    },
):
    """The path of the AF_UNIX socket does not exist.

    Source: bind(2), unix(7), path_resolution(7).
    """


# Calls that are too early


class WouldBlock(
    SocketError,
    BlockingIOError,
    symbols=("EAGAIN",),
    # The call has done nothing, and the socket still works: select() or epoll tells when the call can succeed
    # (accept(2), send(2), recv(2)). Debatable for sendall(), which may have sent a part and does not say how much.
    retry=Retry.WHEN_READY,
    # This is how a non-blocking socket says that it is not ready; nothing needs to be fixed. Debatable in send: on an
    # unbound datagram socket it can mean that all ephemeral ports are in use (send(2)).
    fault=Fault.NONE,
    hint={
        None: "Wait until the socket is ready (selectors, asyncio), then make the same call again.",
        ACCEPT: "Wait until the listening socket is readable, then call accept() again: no client is waiting.",
        SEND: "Wait until the socket is writable, then send the rest: the send buffer is full. If this is an unbound "
        "datagram socket, all ephemeral ports may be in use.",
        RECEIVE: "Wait until the socket is readable, then call again: nothing has arrived. If SO_RCVTIMEO is set, its "
        "time has elapsed.",
    },
):
    """A non-blocking socket is not ready for this call.

    Source: accept(2), send(2), recv(2), ip(7).
    """


class InProgress(
    WouldBlock,
    symbols=("EINPROGRESS", "EALREADY"),
    also={"WSAEWOULDBLOCK": (CONNECT,)},
    # The kernel goes on connecting by itself, and the socket becomes writable when it has finished (connect(2)).
    # Debatable: after that, SO_ERROR tells the outcome, and a second connect() may say that the socket is connected.
    retry=Retry.WHEN_READY,
    # A non-blocking connect is expected to return before it is done (connect(2)), so nothing has failed yet.
    fault=Fault.NONE,
    hint={
        None: "Wait until the socket is writable: an operation has started and has not finished.",
        CONNECT: "Wait until the socket is writable, then read getsockopt(SOL_SOCKET, SO_ERROR): 0 means connected, "
        "anything else is the error (sockerr.from_code names it). On a blocking socket, the time of SO_SNDTIMEO has "
        "elapsed.",
        SEND: "Wait until the socket is writable: it is still connecting (TCP Fast Open).",
    },
):
    """A non-blocking connect has started and has not finished.

    Source: connect(2), send(2), socket(7). Windows: connect in the Winsock reference.
    """


# Calls that are wrong


class MisuseError(
    SocketError,
    symbols=("EINVAL", "EFAULT"),
    also={"ENOENT": (CONFIGURE, INSPECT), "ESRCH": (SEND,), "EDESTADDRREQ": (LISTEN,), "EDOM": (CONFIGURE,)},
    # The kernel refused the arguments or the state of the socket, and both are the same the next time.
    retry=Retry.NEVER,
    # The code decides what is called, in which order and with which arguments. Debatable in connect and send on Linux,
    # where a blackhole route of this machine says EINVAL, too (ip(7)).
    fault=Fault.CALLER,
    hint={
        None: "Check the arguments, and that the call fits the state and kind of the socket.",
        OPEN: "Check family, type and flags: this system does not support that combination.",
        LISTEN: "Call bind() before listen(): an unbound socket cannot listen on Windows and macOS, nor if it is an "
        "AF_UNIX socket. Check that the socket is of type SOCK_STREAM and is not connected.",
        CONNECT: "If the socket is bound to 127.0.0.1, leave bind() out: from there it cannot reach another host. If "
        "the address is an IPv6 link-local one, add its scope (%interface or the scope id). On macOS and the BSDs, "
        "open a new socket after a connect() that failed. On Linux, check that no blackhole route covers the address "
        "(ip route).",
        SEND: "Check the address: its port must not be 0, and an IPv6 link-local address needs a scope. If the socket "
        "is bound to 127.0.0.1, leave bind() out: from there it cannot reach another host. Check flags and ancillary "
        "data: credentials must name a process that exists. On Linux, check that no blackhole route covers the address "
        "(ip route).",
        RECEIVE: "Check flags and buffer size: they do not fit this socket. On Windows, bind or connect a datagram "
        "socket before receiving.",
        SHUTDOWN: "Pass SHUT_RD, SHUT_WR or SHUT_RDWR.",
        CONFIGURE: "Check size, type and range of the value, and that the option can be set in this state of the "
        "socket. The microseconds of SO_RCVTIMEO and SO_SNDTIMEO must be below one million.",
        INSPECT: "Check the buffer length, and that the option fits the state of the socket: the time stamp of the "
        "last packet exists only after one has arrived. On Windows, bind the socket before getsockname().",
    },
):
    """The call does not fit the socket, its state, or what the system allows.

    Source: socket(2), connect(2), send(2), recv(2), shutdown(2), getsockopt(2), ip(7), unix(7). EINVAL and EDESTADDRREQ
    in listen: POSIX.1-2024, and unix_listen in the Linux kernel's net/unix/af_unix.c. EDOM: sock_set_timeout in its
    net/core/sock.c. Windows: listen, recvfrom and getsockname in the Winsock reference.
    """


class AlreadyConnected(
    MisuseError,
    symbols=("EISCONN",),
    # The socket keeps its peer, and a stream socket connects only once (connect(2)): a call that would give it another
    # peer is refused every time.
    retry=Retry.NEVER,
    # The code has the connection already, and only has to use it. Debatable after a non-blocking connect(): there it
    # says that the attempt has succeeded, and nothing is wrong.
    fault=Fault.CALLER,
    hint={
        None: "Use the socket as it is, or open a new one: it is already connected.",
        CONNECT: "Use the socket as it is, or open a new one for another peer: it is already connected. If a "
        "non-blocking connect() was in progress, it has succeeded.",
        SEND: "Send without an address, or over an unconnected socket: this one is already connected.",
    },
):
    """The socket is already connected.

    Source: connect(2), send(2), ip(7), unix(7).
    """


class NotConnected(
    MisuseError,
    symbols=("ENOTCONN",),
    # Without a peer this call has delivered nothing, but what went before is unknown. Debatable: a socket that was
    # never connected fails again, but one whose peer has gone may succeed over a new connection. A pool of connections
    # meets the second case. A TLS handshake meets it before anything was sent, hence the advice in connect.
    retry={None: Retry.IF_IDEMPOTENT, CONNECT: Retry.SAFE},
    # The code has to connect a socket before it is used. Debatable: if the socket was connected, the peer or the
    # network ended the connection.
    fault=Fault.CALLER,
    hint={
        None: "Connect first. If the socket was connected, the connection has ended: open a new one.",
        CONNECT: "Open a new socket and connect again: the peer closed the connection before the TLS handshake.",
        SEND: "Connect first, or give the address to sendto(). If the socket was connected, the connection has ended: "
        "open a new one.",
        RECEIVE: "Connect first. If the socket was connected, the connection has ended: open a new one. If it is a "
        "listening socket, receive from the socket that accept() returned.",
        SHUTDOWN: "Ignore it if the socket is to be closed anyway: it was never connected, or the connection has "
        "ended.",
        INSPECT: "Connect first. If the socket was connected, the connection has ended, and the system no longer knows "
        "the peer's address.",
    },
):
    """The socket is not connected.

    Source: send(2), recv(2), shutdown(2), ip(7), unix(7).
    """


class AlreadyBound(
    MisuseError,
    symbols=("EINVAL",),
    operations=(BIND,),
    # A socket has one local address and keeps it (bind(2)): a second bind() is refused until a new socket is opened.
    retry=Retry.NEVER,
    # The code binds the same socket twice, or gives an address that is not valid for the socket's family (bind(2)).
    fault=Fault.CALLER,
    hint="Open a new socket for another address: a socket can be bound only once. If this was the first bind(), check "
    "that the address is of the socket's family, and that an IPv6 link-local address has a scope.",
):
    """The socket already has an address.

    Source: bind(2).
    """


class NotListening(
    MisuseError,
    symbols=("EINVAL",),
    operations=(ACCEPT,),
    # A socket that does not listen has no queue from which accept() could take a client (accept(2)), so waiting is of
    # no use.
    retry=Retry.NEVER,
    # This program has to call listen(), and if it did, this program has also shut the socket down.
    fault=Fault.CALLER,
    hint="Call listen() before accept(). If it was called, another thread has shut the socket down.",
):
    """The socket is not listening, so it has no clients to accept.

    Source: accept(2).
    """


class SocketClosed(
    MisuseError,
    symbols=("EBADF", "WSAENOTSOCK"),
    # Closing is final: all later calls on the object fail (the Python documentation of socket.close). Debatable: the
    # exchange could be repeated over a new socket, but something in this program meant to end it.
    retry=Retry.NEVER,
    # Only this process can close its own descriptors, whether in another thread, at the end of a with block, or in a
    # library that it uses.
    fault=Fault.CALLER,
    hint={
        None: "Open a new socket, or find what closed this one: another thread, or a with block that has ended.",
        SEND: "Open a new socket, or find what closed this one: another thread, or a with block that has ended. When "
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
    # An open descriptor never changes its kind: a file or a pipe does not turn into a socket.
    retry=Retry.NEVER,
    # The code has taken the wrong descriptor, or on macOS and the BSDs the path of something that is not a socket.
    fault=Fault.CALLER,
    hint={
        None: "Check the descriptor that was given to socket.socket(fileno=...): it belongs to a file, a pipe or a "
        "terminal.",
        CONNECT: "Check the path: macOS and the BSDs say this of an AF_UNIX path that is not a socket. Otherwise check "
        "the descriptor that was given to socket.socket(fileno=...).",
    },
):
    """The descriptor is open, but is not a socket.

    Source: bind(2), listen(2), accept(2), connect(2), send(2), recv(2). Paths: connect(2) of FreeBSD and macOS.
    """


class DestinationRequired(
    MisuseError,
    symbols=("EDESTADDRREQ",),
    # The kernel was given no address and knows none for this socket, so it sent nothing (send(2)) and would send
    # nothing again.
    retry=Retry.NEVER,
    # The code has to give the address or to connect the socket. Debatable over WireGuard, where the setup of this
    # machine has no endpoint for the peer.
    fault=Fault.CALLER,
    hint="Give the address to sendto(), or connect the socket first. If the address was given, and its route leads "
    "through a WireGuard interface, set the endpoint of that peer.",
):
    """A datagram was sent without saying to whom.

    Source: send(2). WireGuard: wg_xmit in the Linux kernel's drivers/net/wireguard/device.c.
    """


# Calls that are not allowed


class PermissionDenied(
    SocketError,
    PermissionError,
    symbols=("EACCES", "EPERM"),
    # Windows has no privileged ports.
    also={"WSAEACCES": (BIND,)},
    # The system checks permissions before it does anything, and they are the same for the next call. In accept, the
    # refusal is about one client, and the next may be allowed (accept(2)). In receive, it is about something sent
    # before, and other parts of the exchange may have arrived. Debatable in connect and send: over IPv6 a router may
    # have said so, and the same ICMP message over IPv4 becomes EHOSTUNREACH, which is worth a retry. A prohibition does
    # not pass by itself either, and EACCES has local causes. In send EPERM passes if the firewall's table of
    # connections was full; its rules are the usual cause.
    retry={None: Retry.NEVER, ACCEPT: Retry.SAFE, RECEIVE: Retry.IF_IDEMPOTENT},
    # Privileges, file permissions, sandboxes and firewalls are set up on this machine. Debatable in connect and send,
    # where the code may only have to set SO_BROADCAST (connect(2)). In receive the prohibition came from a router on
    # the way.
    fault={None: Fault.HOST, RECEIVE: Fault.NETWORK},
    hint={
        None: "Look for a firewall, a sandbox (SELinux, AppArmor, a container), file permissions, or a missing "
        "privilege: the system does not allow this process to do that.",
        OPEN: "Give the process the privilege that raw and packet sockets need (root, CAP_NET_RAW, administrator). "
        "For another family or type, look for a sandbox that forbids it.",
        BIND: "Check that this user may write to the directory of an AF_UNIX path, and that no sandbox forbids the "
        "port. On Windows, check whether the port is reserved (netsh int ip show excludedportrange), or whether "
        "another program has exclusive use of it (netstat -ano).",
        ACCEPT: "Accept the next client: a firewall on this machine forbids this one's connection.",
        CONNECT: "Look for a firewall or a sandbox (SELinux) on this machine that forbids the connection, and for a "
        "prohibit route to the address (ip route). If it is a broadcast address, set SO_BROADCAST. If it is an AF_UNIX "
        "path, check that this user may write to it. Over IPv6, a router on the way may prohibit the connection.",
        SEND: "If the address is a broadcast address, set SO_BROADCAST. Look for a firewall on this machine that "
        "forbids sending, and for a prohibit route to the address (ip route). If it is an AF_UNIX path, check that "
        "this user may write to it. Check that passed credentials are this process's own. If the symbol is EPERM, the "
        "firewall's table of connections may be full (dmesg says so), which passes. Over IPv6, a router on the way may "
        "prohibit it.",
        RECEIVE: "Ask the people who run the routers and firewalls on the way: one of these answered over IPv6 that it "
        "prohibits what was sent.",
        CONFIGURE: "Give the process the privilege that the option needs (CAP_NET_ADMIN, CAP_NET_RAW, administrator).",
    },
):
    """The system does not allow this process to do that.

    Source: socket(2), bind(2), accept(2), connect(2), send(2), ip(7), unix(7). Over IPv6: icmpv6_err_convert in the
    Linux kernel's net/ipv6/icmp.c. EPERM in send: nf_conntrack in the Linux kernel's netfilter documentation. Windows:
    WSAEACCES and SO_EXCLUSIVEADDRUSE in the Winsock reference.
    """


class PrivilegedPort(
    PermissionDenied,
    symbols=("EACCES",),
    operations=(BIND,),
    when={"EACCES": _has_privileged_port},
    # The port is reserved for privileged processes (ip(7)), and calling again does not give this process the privilege.
    retry=Retry.NEVER,
    # CAP_NET_BIND_SERVICE, or a service manager that opens the port, is a matter of this machine's setup. Debatable:
    # the caller could as well choose a port of 1024 or higher.
    fault=Fault.HOST,
    hint="Use a port of 1024 or higher, grant CAP_NET_BIND_SERVICE, or let a service manager or a proxy open the port.",
):
    """Only a privileged process may bind this port.

    Source: bind(2), ip(7).
    """


class BroadcastDenied(
    PermissionDenied,
    symbols=("EACCES",),
    operations=(SEND, CONNECT),
    when={"EACCES": _is_broadcast},
    # The kernel sends nothing to a broadcast address as long as SO_BROADCAST is not set (socket(7)), and a second call
    # does not set it.
    retry=Retry.NEVER,
    # Any process may set SO_BROADCAST (ip(7)), and the code has to do it. Debatable: an address that ends in .255 can
    # be that of a host, and then a firewall or a route of this machine forbids it.
    fault=Fault.CALLER,
    hint="Set SO_BROADCAST before using a broadcast address. If this is not a broadcast address on its network, look "
    "for a firewall on this machine, and for a prohibit route to the address (ip route).",
):
    """The address is a broadcast address, and the socket has not asked for broadcasting.

    Source: connect(2), send(2), ip(7).
    """


# Calls that do not fit, or were interrupted


class MessageTooLong(
    SocketError,
    symbols=("EMSGSIZE",),
    # A datagram is sent whole or not at all (send(2)), so the same one is too long every time. In receive, what did not
    # fit into the buffer is lost on Windows, and a second call does not bring it back. Debatable in receive on Linux:
    # the error can be about an earlier datagram, which by default is fragmented when it is sent again, for the kernel
    # knows the MTU of the path by then (ip(7), IP_MTU_DISCOVER).
    retry=Retry.NEVER,
    # The code decides how much goes into a datagram and how large its buffers are. Debatable: some of the limits are
    # settings of this machine, and the length of a received datagram is up to the peer.
    fault=Fault.CALLER,
    hint={
        None: "Send less at a time: the datagram does not fit.",
        SEND: "Send less at a time, or use TCP. A UDP datagram carries at most 65,507 bytes over IPv4, and on macOS "
        "9,216 unless net.inet.udp.maxdgram allows more. If it must not be fragmented, it carries no more than the "
        "path takes. For a larger AF_UNIX datagram raise SO_SNDBUF, or on macOS, where the limit is 2,048 bytes, "
        "net.local.dgram.maxdgram.",
        RECEIVE: "Receive with a larger buffer: the datagram was longer, and its rest is lost (Windows). On a "
        "connected UDP socket on Linux, send less at a time: an earlier datagram was too long for the path.",
    },
):
    """The datagram is too long to be sent, or longer than the buffer that was to receive it.

    Source: send(2), ip(7), unix(7), RFC 768. macOS: sysctl net.inet.udp.maxdgram and net.local.dgram.maxdgram. Receive:
    recvfrom in the Winsock reference.
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
    # In connect ENODEV has another usual cause than elsewhere: AF_VSOCK without a transport.
    also={"ENODEV": (CONNECT,)},
    # What the system or the kind of socket lacks, it still lacks in the next call. Debatable in accept: accept(2)
    # counts EOPNOTSUPP among the network failures of one client, but it usually means a socket of another type, which
    # would fail forever.
    retry=Retry.NEVER,
    # The code has asked for a combination of family, type, protocol or option that does not exist, and has to ask for
    # another. Debatable for ENOPKG, and for ENODEV in connect: a part that this machine's kernel could have is missing.
    fault=Fault.CALLER,
    hint={
        None: "Check that family, type, protocol and call fit together: this system, or this kind of socket, does not "
        "support that.",
        OPEN: "Leave the protocol at 0, or check that it fits type and family: this system does not support it.",
        LISTEN: "Open the socket with SOCK_STREAM (or SOCK_SEQPACKET for AF_UNIX): other types cannot listen.",
        ACCEPT: "Open the socket with SOCK_STREAM (or SOCK_SEQPACKET for AF_UNIX): other types cannot accept. If it "
        "has that type, accept the next client: on Linux, the network to this one failed.",
        CONNECT: "Check that both ends are of the same type: an AF_UNIX stream socket cannot connect to a datagram "
        "socket. Check that the socket is not listening. If the symbol is ENODEV, this machine has no transport for "
        "AF_VSOCK, or the interface to which the socket is bound no longer exists. If it is EOPNOTSUPP, a router may "
        "have refused a source route.",
        SEND: "Check the flags (MSG_OOB is for TCP), and that both ends are of the same type.",
        RECEIVE: "Check the flags (MSG_OOB is for TCP), and that this kind of socket can receive.",
        CONFIGURE: "Check that the option belongs to that level and to the protocol of this socket, and that this "
        "system supports it.",
        INSPECT: "Check that the option belongs to that level and to the protocol of this socket, and that this system "
        "supports it.",
    },
):
    """This system, or this kind of socket, does not support what was asked for.

    Source: socket(2), listen(2), accept(2), connect(2), send(2), getsockopt(2), ip(7), unix(7), vsock(7), errno(3).
    ENODEV in connect: vsock_assign_transport in the Linux kernel's net/vmw_vsock/af_vsock.c, and ip_route_output_key in
    net/ipv4/route.c. EOPNOTSUPP in connect: icmp_err_convert in net/ipv4/icmp.c.
    """


class Interrupted(
    SocketError,
    InterruptedError,
    symbols=("EINTR",),
    # EINTR means that the call had transferred nothing (send(2), recv(2)). In send and receive the same call can be
    # made again, as Python does (PEP 475). Debatable in connect: the attempt goes on by itself, so that the repetition
    # needs a new socket. Elsewhere, or without a known operation, what the exchange had done before is unknown.
    retry={**SAFE_UNTIL_SENT, SEND: Retry.WHEN_READY, RECEIVE: Retry.WHEN_READY},
    # A signal arrived, which is nobody's fault: the call only has to be made again.
    fault=Fault.NONE,
    hint={
        None: "Make the call again, as Python does since 3.5: a signal arrived before it had done anything.",
        CONNECT: "Wait until the socket is writable: the attempt goes on after the signal. Or close the socket and "
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
    # This program gave the operation up, so nothing should be repeated unless the program decides otherwise. Debatable:
    # a repetition could succeed, but what was sent before the end is not known.
    retry=Retry.NEVER,
    # Code in this process cancelled the operation, by a call, by closing the socket, or by ending a thread.
    fault=Fault.CALLER,
    hint="Find what in this program cancelled the operation: a call that cancels, another thread that closed the "
    "socket, or the end of the thread that started the operation.",
):
    """This program cancelled the operation before it finished.

    This is not asyncio's or trio's `Cancelled`, which is neither a socket failure nor an `OSError`.

    Source: errno.h in POSIX.1-2024; ERROR_OPERATION_ABORTED in the Windows reference; WSAEINTR in the Winsock reference
    (WSACancelBlockingCall), and libuv's src/win/error.c, which makes ECANCELED of it.
    """


# Resources of this machine that have run out, or are not there at all


class ResourceExhausted(
    SocketError,
    # EAI_MEMORY is what getaddrinfo() makes of ENOMEM, and gets the same advice.
    symbols=("ENOMEM", "ENOSR", "ETOOMANYREFS", "EUSERS", "EPROCLIM", "EAI_MEMORY"),
    also={"EAGAIN": (CONNECT,)},
    # What has run out comes back when buffers drain and sockets are closed, so a pause can help. Until there is a
    # connection, nothing has been sent over it; on one that is in use, earlier calls may have sent something that the
    # peer has acted on.
    retry=SAFE_UNTIL_SENT,
    # Memory, descriptors and ports are counted on this machine. Debatable: the program itself may use too many, and on
    # AF_UNIX the listener does not accept fast enough.
    fault=Fault.HOST,
    hint={
        None: "Use fewer sockets or smaller buffers, close what is not needed, and try again after a pause: this "
        "machine has run out of something, usually the memory that is set aside for sockets.",
        CONNECT: "Try again after a pause. If this is an AF_UNIX socket, the backlog of the listener is full: it does "
        "not accept fast enough. Otherwise use fewer sockets at a time: for UDP all local ports are in use, or memory "
        "is short.",
        SEND: "Send less at a time, and try again after a pause: memory is short, or too many descriptors have been "
        "sent to a receiver that does not read them.",
    },
):
    """This machine has run out of something that the operation needs.

    Source: socket(2), accept(2), connect(2), send(2), recv(2), unix(7), getaddrinfo(3); WSAEPROCLIM and WSAEUSERS in
    the Winsock reference.
    """


class TooManyOpenFiles(
    ResourceExhausted,
    symbols=("EMFILE", "ENFILE"),
    # The descriptor was for a new socket (socket(2), accept(2)), over which this program has sent and received nothing,
    # and another descriptor may be closed in the meantime. In send and receive, descriptors are passed in the middle of
    # an exchange (unix(7)). Debatable: if descriptors leak, a pause does not help.
    retry=SAFE_UNTIL_SENT,
    # The limits are set on this machine, for the process and for the system (getrlimit(2)). Debatable: a program that
    # never closes its sockets reaches any limit.
    fault=Fault.HOST,
    hint={
        None: "Look for sockets and files that are never closed. If there are none, raise the limit (ulimit -n).",
        ACCEPT: "Pause before accepting again: the client stays in the queue, and the listening socket readable. Look "
        "for sockets and files that are never closed. If there are none, raise the limit (ulimit -n).",
    },
):
    """The process, or the machine, has reached its limit of open descriptors.

    Source: socket(2), accept(2), unix(7).
    """


class NoBufferSpace(
    ResourceExhausted,
    symbols=("ENOBUFS",),
    # Buffers drain, so a later call may find room, and before data is sent there is nothing that the peer could have
    # acted on. In send earlier data may have left, and in receive netlink messages were lost (netlink(7)). In configure
    # the number of multicast groups per socket is limited, which a pause does not change.
    retry={**SAFE_UNTIL_SENT, CONFIGURE: Retry.NEVER},
    # The buffers and their sizes belong to this machine. Debatable: the code may send or connect faster than any
    # machine could take, or read too slowly.
    fault=Fault.HOST,
    hint={
        None: "Use fewer sockets or smaller buffers, and try again after a pause: the system's buffers are full.",
        BIND: "Reuse connections instead of opening new ones: on Windows, all local ports are in use. On other "
        "systems, memory is short: try again after a pause.",
        CONNECT: "Reuse connections instead of opening new ones: on Windows, all local ports are in use. On other "
        "systems, memory is short: try again after a pause.",
        SEND: "Send more slowly: the queue of the network interface is full, or memory is short.",
        RECEIVE: "Ask the kernel for its whole state again: this netlink socket was not read fast enough, and messages "
        "were lost. Then set a larger SO_RCVBUF.",
        CONFIGURE: "Join fewer multicast groups with one socket, or raise the limit (sysctl "
        "net.ipv4.igmp_max_memberships).",
    },
):
    """The system's network buffers are full.

    Source: socket(2), accept(2), send(2), ip(7), netlink(7). Windows: WSAENOBUFS in the Winsock reference.
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
    # Winsock did not start in this process or is damaged, and later calls meet the same Winsock. Debatable for
    # WSASYSNOTREADY, which says that the network subsystem is unavailable at present (Winsock reference).
    retry=Retry.NEVER,
    # The libraries and settings of Winsock are part of this Windows installation. Debatable: a program that starts
    # another one without SYSTEMROOT causes this by its own code.
    fault=Fault.HOST,
    hint="If this process was started with an environment of its own, pass SYSTEMROOT on to it: Winsock does not start "
    "without it. Otherwise reset Winsock as administrator (netsh winsock reset), and restart Windows: a VPN, firewall "
    "or antivirus program may have damaged its settings.",
):
    """Windows' socket library could not be started, or does not work.

    Source: Windows Sockets Error Codes in the Winsock reference. SYSTEMROOT: the Python documentation of
    subprocess.Popen.
    """


# TLS: numbers and reasons are OpenSSL's


class TLSError(
    SocketError,
    # The two sides negotiate with the same settings in the next handshake, and so end in the same way. A listening TLS
    # socket shakes hands in accept(): then the failure is that of one client. Debatable, as the next one may well fail
    # in the same way; but a server that gives up would serve none.
    retry=SAFE_IN_ACCEPT,
    # The peer has sent what this side cannot accept, or an alert. Debatable: the settings of this side can be the cause
    # as well, and a damaged record that of the network (RFC 8446, section 6.2, bad_record_mac).
    fault=Fault.PEER,
    hint={
        None: "Read the error's reason, which names what OpenSSL objected to. Check which versions and ciphers both "
        "sides allow, and look into the peer's log.",
        ACCEPT: "Accept the next client. If all clients fail, read the error's reason, which names what OpenSSL "
        "objected to, and check which versions and ciphers this server allows.",
    },
):
    """The TLS layer failed: in the handshake, or because one side violated the protocol.

    It is also the `ssl.SSLError` that it was made from, whose number is OpenSSL's and not an errno.

    Source: the Python documentation of the ssl module.
    """


class TLSConnectionLost(
    ConnectionLost,
    TLSError,
    symbols=(),
    # The end of the connection does not say which records the peer has read before it. In connect and accept the
    # handshake was under way, which carries no data of the application: the ssl module sends no early data (RFC 8446,
    # section 2.3).
    retry=SAFE_UNTIL_SENT,
    # The peer ended the connection, with or without close_notify (RFC 8446, section 6.1). Debatable: without
    # close_notify, a device on the way can have cut it.
    fault=Fault.PEER,
    hint={
        None: "Close the socket and start again over a new connection: the peer has closed this one.",
        ACCEPT: "Accept the next client: this one closed the connection during the TLS handshake.",
        CONNECT: "Try again after a pause: the peer closed the connection during the TLS handshake. If that happens "
        "again, check that the peer speaks TLS on that port, and look in its log for what it refused.",
    },
):
    """The peer closed the TLS connection while it was in use.

    Source: the Python documentation of ssl.SSLEOFError, ssl.SSLSyscallError and ssl.SSLZeroReturnError.
    """


class TLSWantRead(
    TLSError,
    # OpenSSL has kept what it did so far and waits for a record of the peer: the same call goes on from there once the
    # socket is readable (the Python documentation of ssl.SSLWantReadError).
    retry=Retry.WHEN_READY,
    # Nothing has failed: the record that is needed has not arrived yet. TLS reads in the course of a send as well, for
    # a handshake or a new key.
    fault=Fault.NONE,
    hint="Wait until the socket is readable, then make the same call again, even if it was a send.",
):
    """A non-blocking TLS socket must receive something before it can go on.

    Source: the Python documentation of ssl.SSLWantReadError.
    """


class TLSWantWrite(
    TLSError,
    # OpenSSL has a record to send for which the send buffer has no room, and the same call sends it once the socket is
    # writable (the Python documentation of ssl.SSLWantWriteError).
    retry=Retry.WHEN_READY,
    # Nothing has failed: the send buffer is full at present. TLS writes in the course of a receive as well, for a
    # handshake or a new key.
    fault=Fault.NONE,
    hint="Wait until the socket is writable, then make the same call again, even if it was a receive.",
):
    """A non-blocking TLS socket must send something before it can go on.

    Source: the Python documentation of ssl.SSLWantWriteError.
    """


class NotTLS(
    TLSError,
    tls_reasons=("WRONG_VERSION_NUMBER", "HTTP_REQUEST", "HTTPS_PROXY_REQUEST"),
    # The service on that port speaks another protocol, and speaks it the next time as well. In accept it was one client
    # that did not begin with TLS, and others may.
    retry=SAFE_IN_ACCEPT,
    # What the peer sent is not a TLS record. Debatable: if this side has the wrong port or should begin in plain text,
    # it is the caller who has to change that.
    fault=Fault.PEER,
    hint={
        None: "Check the port: the peer does not speak TLS on this one. Check whether the protocol begins in plain "
        "text (STARTTLS), and whether the URL of the server, or of the proxy, should begin with http instead of https.",
        ACCEPT: "Accept the next client: this one does not speak TLS. It may be a health check, or a client whose URL "
        "begins with http instead of https.",
    },
):
    """The peer sent something that is not TLS.

    Source: SSL_R_WRONG_VERSION_NUMBER, SSL_R_HTTP_REQUEST and SSL_R_HTTPS_PROXY_REQUEST in OpenSSL's sslerr.h.
    """


class TLSVersionMismatch(
    TLSError,
    tls_reasons=("UNSUPPORTED_PROTOCOL", "TLSV1_ALERT_PROTOCOL_VERSION", "VERSION_TOO_LOW"),
    # Each side offers the versions that its settings allow (RFC 8446, section 4.2.1), and without a change the next
    # handshake compares the same ones. In accept, another client may have a version in common with this server.
    retry=SAFE_IN_ACCEPT,
    # The peer does not know a version that this side allows. Debatable: either side can be updated, and this may be the
    # older one.
    fault=Fault.PEER,
    hint={
        None: "Update the older side, or allow a common version on both (SSLContext.minimum_version, and the peer's "
        "settings).",
        ACCEPT: "Accept the next client. If this one must be served, update the older side, or allow a common version "
        "on both (SSLContext.minimum_version, and the client's settings).",
    },
):
    """The two ends have no version of TLS in common.

    Source: SSL_R_UNSUPPORTED_PROTOCOL and others in OpenSSL's sslerr.h; the alert: RFC 8446 section 6.2.
    """


class TLSMisconfigured(
    TLSError,
    tls_reasons=("NO_PROTOCOLS_AVAILABLE", "NO_CIPHERS_AVAILABLE"),
    messages=("No cipher can be selected.", "ALPN protocols must be 1 to 255 in length"),
    # OpenSSL refuses the certificates, keys or settings before it sends anything, and reads the same ones again the
    # next time.
    retry=Retry.NEVER,
    # They were given to the SSLContext by the code. Debatable: the OpenSSL configuration of this machine can also rule
    # out versions and ciphers (config(5) of OpenSSL).
    fault=Fault.CALLER,
    hint="Read the error's reason, which names what OpenSSL objected to. Check what the SSLContext was given: the "
    "files must contain certificates and the key that belongs to them, in PEM format. Check that the password is "
    "right, that the keys are long enough for the security level, and that the names of the ciphers exist.",
):
    """The certificates, keys or settings of this side cannot be used for TLS.

    Source: the Python documentation of ssl.SSLContext. The error's number is a reason code, set by _setSSLError in
    CPython's _ssl.c. Operations on a connection have one of OpenSSL's SSL_ERROR_* instead.
    """


class ClientCertificateRequired(
    TLSError,
    tls_reasons=("TLSV13_ALERT_CERTIFICATE_REQUIRED", "PEER_DID_NOT_RETURN_A_CERTIFICATE"),
    # The server insists on a certificate (RFC 8446, section 4.4.2.4), and a client that has none to send fails in every
    # handshake. In accept, the next client may send one.
    retry=SAFE_IN_ACCEPT,
    # The certificate has to be given to the client: to this program, or in accept to the other end.
    fault={None: Fault.CALLER, ACCEPT: Fault.PEER},
    hint={
        None: "Give the SSLContext the client certificate that the server asks for (load_cert_chain). With TLS 1.3, "
        "connect() succeeds and the first receive reports this.",
        ACCEPT: "Accept the next client: this one did not send the certificate that the server requires.",
    },
):
    """The server requires a certificate, and the client did not send one.

    Source: RFC 8446 section 6.2, certificate_required; SSL_R_PEER_DID_NOT_RETURN_A_CERTIFICATE in OpenSSL's sslerr.h.
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
    # The peer has rejected this side's certificate and would get the same one again. In accept, only one client rejects
    # it, and others may accept it.
    retry=SAFE_IN_ACCEPT,
    # The certificate of this side is kept on this machine, and is renewed or completed here. Debatable: the peer's list
    # of authorities or its clock may be wrong.
    fault=Fault.HOST,
    hint={
        None: "Check the certificate of this side: it must be valid today, be sent with its intermediate certificates, "
        "and have the name that the peer expects. The peer must trust the authority that signed it.",
        ACCEPT: "Accept the next client. If all clients do this, check the certificate of this server: it must be "
        "valid today, be sent with its intermediate certificates, and have the name that the clients use. They must "
        "trust the authority that signed it.",
    },
):
    """The peer did not accept the certificate of this side.

    Source: RFC 8446 section 6.2; the alerts' names in OpenSSL's sslerr.h.
    """


class CertificateRejected(
    TLSError,
    # The same certificate, checked against the same authorities, name and time, is rejected again. In accept it was
    # that of one client.
    retry=SAFE_IN_ACCEPT,
    # The peer has to present another certificate. Debatable: the clock or the authorities of this machine may be wrong,
    # or the name that the caller asked for; the derived classes say which, where OpenSSL's code tells.
    fault=Fault.PEER,
    hint={
        None: "Read verify_message, which says what is wrong. Check the name used to connect, this machine's clock, "
        "and its trusted certificates. Do not switch verification off.",
        ACCEPT: "Accept the next client: this one's certificate was not accepted, and verify_message says why.",
    },
):
    """The peer's certificate was not accepted.

    Source: the Python documentation of ssl.SSLCertVerificationError.
    """


class CertificateExpired(
    CertificateRejected,
    verify_codes=(9, 10),
    # A certificate that has expired stays expired until it is replaced. Debatable: one that is not yet valid becomes
    # so, but on a date and not after a pause. In accept, other clients have other certificates.
    retry=SAFE_IN_ACCEPT,
    # Whoever runs the peer has to renew the certificate. Debatable: if the clock of this machine is wrong, this machine
    # has to be fixed.
    fault=Fault.PEER,
    hint={
        None: "Check this machine's clock, especially if the certificate is not yet valid. If the clock is right, ask "
        "the people who run the peer to renew its certificate.",
        ACCEPT: "Accept the next client: this one must renew its certificate. If all clients fail, check this "
        "machine's clock.",
    },
):
    """The peer's certificate has expired, or is not yet valid.

    Source: X509_V_ERR_CERT_NOT_YET_VALID and X509_V_ERR_CERT_HAS_EXPIRED in OpenSSL's x509_vfy.h.
    """


class CertificateNameMismatch(
    CertificateRejected,
    verify_codes=(62, 63, 64),
    # The names in the certificate and the name that was asked for are both the same in the next handshake. In accept,
    # it is one client whose certificate does not fit.
    retry=SAFE_IN_ACCEPT,
    # The peer's certificate would have to have the name by which it is reached. Debatable: the caller may have
    # connected by a name or an address that was never meant to be in it.
    fault=Fault.PEER,
    hint="Connect by a name that is in the certificate, or pass that name as server_hostname. If the name is right, "
    "check that it leads to the right host and port, and ask the people who run the peer for a certificate with that "
    "name.",
):
    """The peer's certificate is for another name.

    Source: X509_V_ERR_HOSTNAME_MISMATCH, _EMAIL_MISMATCH and _IP_ADDRESS_MISMATCH in OpenSSL's x509_vfy.h.
    """


class CertificateUntrusted(
    CertificateRejected,
    verify_codes=(2, 18, 19, 20, 21, 27),
    # The peer sends the same chain again, and this machine trusts the same authorities as before. In accept, the next
    # client may have a certificate of another authority.
    retry=SAFE_IN_ACCEPT,
    # The list of trusted authorities belongs to this machine. Debatable: the self-signed certificate of a public server
    # is the server's fault. Far more often the authority is a private one, or that of a company's proxy, and this
    # machine has not been told to trust it.
    fault=Fault.HOST,
    hint={
        None: "Add the certificate of the authority that signed it to this machine's trusted certificates, or pass it "
        "as cafile. On macOS, run the Install Certificates command of python.org's Python. If other programs on this "
        "machine fail as well, ask the people who run the peer to send its intermediate certificates.",
        ACCEPT: "Accept the next client: the authority that signed this one's certificate is not trusted here. If it "
        "should be, pass its certificate as cafile.",
    },
):
    """No authority that this machine trusts has signed the peer's certificate.

    Source: X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT, _SELF_SIGNED_CERT_IN_CHAIN, _UNABLE_TO_GET_ISSUER_CERT,
    _UNABLE_TO_GET_ISSUER_CERT_LOCALLY, _UNABLE_TO_VERIFY_LEAF_SIGNATURE and _CERT_UNTRUSTED in OpenSSL's x509_vfy.h.
    """
