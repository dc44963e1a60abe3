"""Every call of the socket module and of its sockets in a wrapper, in place, for whoever imports them afterwards."""

import functools
import inspect
import socket
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sockerr
from sockerr import Operation, _operations

try:
    import ssl
except ImportError:  # this Python is built without OpenSSL
    ssl = None  # type: ignore[assignment]  # a Python that is built without it

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from sockerr import SocketError

translated: Counter[str] = Counter()
"""How many errors the contexts turned into typed ones, by class."""


@dataclass(frozen=True)
class Call:
    """A function of the socket module, or a method of a class, that belongs to an operation."""

    holder: Any
    """The module or the class that it is an attribute of."""
    name: str
    operation: Operation
    function: "Callable[..., Any]"


# Calls that sockerr has no name for, because what they are called elsewhere means something else.
_OTHER_NAMES = {
    "__init__": Operation.OPEN,
    "do_handshake": Operation.CONNECT,
    "read": Operation.RECEIVE,
    "write": Operation.SEND,
    "unwrap": Operation.SHUTDOWN,
}

# Where the address is among the positional arguments.
_PLACE_IN_FUNCTION: dict[str, int | slice] = {
    "create_connection": 0,
    "create_server": 0,
    "getaddrinfo": slice(0, 2),
    "getfqdn": 0,
    "gethostbyaddr": 0,
    "gethostbyname": 0,
    "gethostbyname_ex": 0,
    "getnameinfo": 0,
    "inet_aton": 0,
    "inet_pton": 1,
}
# As above; a method has the socket as the first.
_PLACE_IN_METHOD: dict[str, int | slice] = {"bind": 1, "connect": 1, "connect_ex": 1, "sendto": -1, "sendmsg": 4}


def wrap_with_sockerr() -> int:
    """Wrap every call in sockerr's contexts, and count what they translate; returns how many calls there are."""
    _count_translations()
    return _wrap_all(_in_context)


def wrap_with_original_messages() -> int:
    """As `wrap_with_sockerr`, but the errors have the messages that they had; returns how many calls there are."""

    def original_message(self: sockerr.SocketError) -> str:
        return str(self.__cause__)

    sockerr.SocketError.__str__ = original_message  # type: ignore[method-assign]  # the tests compare messages
    return wrap_with_sockerr()


def wrap_with_nothing() -> int:
    """Wrap every call in a function that only calls; returns how many calls there are."""
    return _wrap_all(_in_nothing)


def _count_translations() -> None:
    translate = _operations._translate

    def counting(error: BaseException, operation: Operation, address: object) -> "SocketError | None":
        typed = translate(error, operation, address)
        if typed is not None:
            translated[type(typed).__name__] += 1
        return typed

    _operations._translate = counting


def _wrap_all(wrap: "Callable[[Call], Callable[..., Any]]") -> int:
    # All are found before any is wrapped, for a class inherits what its base has by then.
    calls = list(_calls())
    for call in calls:
        setattr(call.holder, call.name, wrap(call))
    return len(calls)


def _calls() -> "Iterator[Call]":
    """Functions of the module, methods of sockets, and what a TLS socket and asyncio's TLS object have of their own."""
    holders: list[tuple[Any, Iterable[str]]] = [(socket, list(vars(socket))), (socket.socket, dir(socket.socket))]
    if ssl is not None:
        holders += [(each, list(vars(each))) for each in (ssl.SSLSocket, ssl.SSLObject)]
    for holder, names in holders:
        for name in names:
            function = inspect.getattr_static(holder, name)
            operation = _operation(holder, name)
            if operation is not None and inspect.isroutine(function):
                yield Call(holder, name, operation, function)


def _operation(holder: object, name: str) -> Operation | None:
    if holder is not socket and name in _OTHER_NAMES:
        return _OTHER_NAMES[name]
    try:
        return Operation(name)
    except ValueError:
        return None


def _in_context(call: Call) -> "Callable[..., Any]":
    """As users do it: in a with block where the call has an address, else with a decorator."""
    place = (_PLACE_IN_FUNCTION if call.holder is socket else _PLACE_IN_METHOD).get(call.name)
    if place is None:
        return sockerr.operation(call.operation)(call.function)

    @functools.wraps(call.function)
    def wrapper(*args: object, **kwargs: object) -> object:
        with sockerr.operation(call.operation, _address(place, args)):
            return call.function(*args, **kwargs)

    return wrapper


def _address(place: int | slice, args: tuple[object, ...]) -> object:
    try:
        return args[place]
    except IndexError:
        return None


def _in_nothing(call: Call) -> "Callable[..., Any]":
    @functools.wraps(call.function)
    def wrapper(*args: object, **kwargs: object) -> object:
        return call.function(*args, **kwargs)

    return wrapper
