"""The words that describe an error: which operation failed, whether to retry, who can fix it, what decided.

Every word is a string, so it prints, compares, sorts and serialises as itself.
"""

from enum import StrEnum


class Operation(StrEnum):
    """The step of a socket's life that failed.

    Look one up by its value, or by the name of the socket function that was called:

    >>> Operation("connect")
    <Operation.CONNECT: 'connect'>
    >>> Operation("sendall")
    <Operation.SEND: 'send'>
    """

    RESOLVE = "resolve"
    OPEN = "open"
    BIND = "bind"
    LISTEN = "listen"
    ACCEPT = "accept"
    CONNECT = "connect"
    SEND = "send"
    RECEIVE = "receive"
    SHUTDOWN = "shutdown"
    CONFIGURE = "configure"
    INSPECT = "inspect"
    CLOSE = "close"

    @classmethod
    def _missing_(cls, value: object) -> "Operation":
        for member, functions in _FUNCTIONS.items():
            if isinstance(value, str) and value in functions.split():
                return member
        known = ", ".join(cls)
        raise ValueError(f"unknown operation {value!r}: expected one of {known}, or the name of a socket function")


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


# The functions of the `socket` module and the methods of `socket.socket`.
_FUNCTIONS = {
    Operation.RESOLVE: "getaddrinfo getnameinfo gethostbyname gethostbyname_ex gethostbyaddr getfqdn"
    " getservbyname getservbyport getprotobyname inet_aton inet_ntoa inet_pton inet_ntop"
    " if_nametoindex if_indextoname if_nameindex",
    Operation.OPEN: "socket socketpair fromfd dup fromshare share",
    Operation.BIND: "bind create_server",
    Operation.LISTEN: "listen",
    Operation.ACCEPT: "accept",
    Operation.CONNECT: "connect connect_ex create_connection",
    Operation.SEND: "send sendall sendto sendmsg sendmsg_afalg sendfile send_fds",
    Operation.RECEIVE: "recv recv_into recvfrom recvfrom_into recvmsg recvmsg_into recv_fds",
    Operation.SHUTDOWN: "shutdown",
    Operation.CONFIGURE: "setsockopt setblocking settimeout set_inheritable ioctl",
    Operation.INSPECT: "getsockopt getpeername getsockname getblocking gettimeout get_inheritable",
    Operation.CLOSE: "close detach",
}


class Retry(StrEnum):
    """Whether a retry can help, and whether it is safe.

    The advice is for the whole exchange, repeated over a new connection if this one is lost.
    """

    NEVER = "never"
    """It will fail the same way again: code or configuration must change first."""
    SAFE = "safe"
    """The peer cannot have acted on it: repeat after a pause."""
    IF_IDEMPOTENT = "if_idempotent"
    """The peer may have acted on it: repeat it only if doing it twice does no harm."""
    WHEN_READY = "when_ready"
    """Not a failure: make the same call on the same socket again, once it is ready."""


class Fault(StrEnum):
    """Who can fix it."""

    CALLER = "caller"
    """The code that made the call."""
    HOST = "host"
    """This machine: its setup, its limits, its resources."""
    RESOLVER = "resolver"
    """The name service."""
    NETWORK = "network"
    """Something between this machine and the peer."""
    PEER = "peer"
    """The other end."""
    NONE = "none"
    """Nobody: it is not a failure, or nothing is known about it."""


class Evidence(StrEnum):
    """What decided the class of an error."""

    WINERROR = "winerror"
    """The Windows error number, which says more than the `errno` that Python derives from it."""
    RESOLVER = "resolver"
    """The code of a `gaierror` or `herror`."""
    TLS = "tls"
    """The class of an `ssl` exception, and OpenSSL's reason."""
    ERRNO = "errno"
    """The `errno`."""
    LIBRARY = "library"
    """A library's own code or text, read by a function that sockerr includes or that `sockerr.register` was given."""
    TYPE = "type"
    """The exception's type alone: it carries no number."""
    MESSAGE = "message"
    """The text alone. Advice that rests on it is never `Retry.SAFE`."""
