"""Numbers, symbols and messages of this system."""

import errno
import os
import socket

from . import platforms

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .platforms import Kind

_HERRORS = ("HOST_NOT_FOUND", "TRY_AGAIN", "NO_RECOVERY", "NO_DATA")

# errno.errorcode has one name for a number; where a number has several, these are the canonical ones.
_CANONICAL: "dict[int, str]" = {
    getattr(errno, name): name for name in ("EOPNOTSUPP", "EDEADLK") if hasattr(errno, name)
}

# On Windows os.strerror() asks the C runtime, which does not know Winsock's numbers; Python keeps their messages here.
_winsock_messages: "dict[int, str]" = getattr(socket, "errorTab", {})


def symbol_of(number: int, kind: "Kind" = "errno") -> "str | None":
    """Return the canonical symbol of a number on this system, or `None` if the system does not define it."""
    if kind == "errno" and number in errno.errorcode:
        return _CANONICAL.get(number) or platforms.canonical(errno.errorcode[number])
    return next(iter(platforms.symbols(number, kind=kind)), None)


def kind_of_symbol(symbol: str) -> "Kind":
    """Return the kind of number that a symbol names."""
    if symbol.startswith("EAI_"):
        return "resolver"
    return "herror" if symbol in _HERRORS else "errno"


def kind_of_class(cls: type[BaseException]) -> "Kind":
    """Return the kind of number that exceptions of a class carry."""
    if issubclass(cls, socket.gaierror):
        return "resolver"
    return "herror" if issubclass(cls, socket.herror) else "errno"


def raised_class(symbol: str, number: "int | None") -> type[Exception]:
    """Return the class that the standard library raises for a symbol with this number."""
    kind = kind_of_symbol(symbol)
    if kind != "errno":
        return socket.gaierror if kind == "resolver" else socket.herror
    return OSError if number is None else type(OSError(number, ""))


def strerror(number: "int | None", symbol: str) -> "str | None":
    """Return this system's message for an errno, or `None` if it has none."""
    if number is None or kind_of_symbol(symbol) != "errno":
        return None
    try:
        message = os.strerror(number)
    except OverflowError:
        return None
    # glibc, macOS and Windows say the first, musl the second.
    is_known = not message.startswith(("Unknown error", "No error information"))
    return message if is_known else _winsock_messages.get(number)
