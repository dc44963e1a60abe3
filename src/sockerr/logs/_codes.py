"""What a number in a text means, as far as the number alone tells."""

from typing import TYPE_CHECKING, NamedTuple

from sockerr import platforms
from sockerr._classification.itself import FILE_SYMBOLS
from sockerr._registry import claimant

if TYPE_CHECKING:
    import re

    from sockerr._vocabulary import Operation

_WINSOCK = 10000

NTSTATUS: dict[str, str] = {
    "CONNECTION_REFUSED": "ECONNREFUSED",
    "CONNECTION_RESET": "ECONNRESET",
    "CONNECTION_DISCONNECTED": "ConnectionLost",
    "CONNECTION_ABORTED": "ECONNABORTED",
    "HOST_UNREACHABLE": "EHOSTUNREACH",
    "NETWORK_UNREACHABLE": "ENETUNREACH",
    "PORT_UNREACHABLE": "ECONNREFUSED",
    "IO_TIMEOUT": "ETIMEDOUT",
    "ADDRESS_ALREADY_EXISTS": "EADDRINUSE",
}
"""Names of NTSTATUS codes, with the symbol or the class that means the same. Source: Microsoft [MS-ERREF] 2.3.1."""

_NTSTATUS_NUMBERS = {
    0xC0000236: "CONNECTION_REFUSED",
    0xC000020D: "CONNECTION_RESET",
    0xC000020C: "CONNECTION_DISCONNECTED",
    0xC0000241: "CONNECTION_ABORTED",
    0xC000023D: "HOST_UNREACHABLE",
    0xC000023C: "NETWORK_UNREACHABLE",
    0xC000023F: "PORT_UNREACHABLE",
    0xC00000B5: "IO_TIMEOUT",
    0xC000020A: "ADDRESS_ALREADY_EXISTS",
}

# Source: Microsoft, "Error Messages (Wininet.h)".
_WININET = {
    12002: "TimedOut",
    12007: "EAI_NONAME",
    12029: "ConnectFailed",
    12030: "ConnectionLost",
    12031: "ECONNRESET",
}

# Source: uv/errno.h of libuv: the numbers of the resolver on every system, and the others on Windows.
_LIBUV = {
    -3001: "EAI_AGAIN",
    -3004: "EAI_FAIL",
    -3007: "EAI_NODATA",
    -3008: "EAI_NONAME",
    -4039: "ETIMEDOUT",
    -4047: "EPIPE",
    -4053: "ENOTCONN",
    -4062: "ENETUNREACH",
    -4073: "EHOSTUNREACH",
    -4077: "ECONNRESET",
    -4078: "ECONNREFUSED",
    -4079: "ECONNABORTED",
    -4090: "EADDRNOTAVAIL",
    -4091: "EADDRINUSE",
}
_LIBUV_WINDOWS = -4000

# Source: libcurl-errors(3).
_CURL = {
    5: "ResolutionError",
    6: "ResolutionError",
    7: "ConnectFailed",
    18: "ConnectionLost",
    28: "TimedOut",
    35: "TLSError",
    52: "ConnectionLost",
    60: "CertificateRejected",
}


class Code(NamedTuple):
    """What a number says by itself."""

    number: int | None = None
    symbol: str | None = None
    cls: str | None = None
    platforms: tuple[str, ...] = ()
    is_open: bool = False


def read_number(kind: str, match: "re.Match[str]") -> Code | None:
    """Return what a spelling with a number says; `None` for a number that says nothing of sockets."""
    match kind:
        case "winerror":
            return _of_windows(int(match["number"]))
        case "hresult":
            groups = match.groupdict()
            low = int(groups["hex"], 16) if "hex" in groups else int(groups["signed"]) & 0xFFFF
            return _of_hresult(low)
        case "ntstatus":
            return _named(NTSTATUS.get(_NTSTATUS_NUMBERS.get(int(match["status"], 16), "")), None, ("win32",))
        case "curl":
            return _named(_CURL.get(int(match["code"])), None, ())
        case _:
            return _of_errno(int(match["number"]), is_python=kind == "python")


def _named(means: str | None, number: int | None, systems: tuple[str, ...]) -> Code | None:
    if means is None:
        return None
    if means.isupper() or "_" in means:
        return Code(number, means, None, systems)
    return Code(number, None, means, systems)


def _of_windows(number: int) -> Code | None:
    symbol = platforms.winerror_symbol(number)
    if symbol is None:
        return None
    is_open = number < _WINSOCK and symbol in FILE_SYMBOLS
    return Code(number, symbol, None, ("win32",), is_open)


def _of_hresult(number: int) -> Code | None:
    if number in _WININET:
        return _named(_WININET[number], number, ("win32",))
    return _of_windows(number) if number >= _WINSOCK else None


def _of_errno(number: int, *, is_python: bool) -> Code | None:
    if number in _LIBUV:
        return Code(-number, _LIBUV[number], None, ("win32",) if number < _LIBUV_WINDOWS else ())
    if number >= _WINSOCK:
        return _of_windows(number)
    if number < 0 and is_python:
        names = platforms.symbols(number, "linux", kind="resolver")
        return Code(number, names[0]) if names else None
    return Code(abs(number), None, None, (), is_open=True)


def symbol_of_bare(number: int, operation: "Operation | None") -> str | None:
    """Return the symbol of an errno that nothing explains; `None` if it may well be something else.

    What Linux means by it counts, if that is about sockets; what another system means, only beside an operation.
    """
    for system in platforms.names() if operation else ("linux",):
        for symbol in platforms.symbols(number, system)[:1]:
            if claimant(symbol, operation, None, system) and (operation or symbol not in FILE_SYMBOLS):
                return symbol
    return None


def systems_of(number: int, symbol: str) -> tuple[str, ...]:
    """Return the systems where a symbol has this number, of whatever kind."""
    found = [name for name in platforms.names() if platforms.number(symbol, name) == number]
    if "win32" not in found and platforms.winerror_symbol(number) == symbol:
        found.append("win32")
    return tuple(found)
