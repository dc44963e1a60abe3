"""What a number in a text means, as far as the number alone tells."""

from typing import TYPE_CHECKING, NamedTuple

from sockerr import platforms
from sockerr._classification.itself import FILE_SYMBOLS
from sockerr._errors import CertificateRejected
from sockerr._registry import by_verify_code, claimant

from ._names import SCHANNEL, WINHTTP, meaning_of
from ._numbers import (
    APR,
    CHROMIUM_NUMBERS,
    CURL,
    LIBUV,
    MBEDTLS,
    NSS_NUMBERS,
    NSURL,
    NTSTATUS_NUMBERS,
    ORACLE,
    SECURE_TRANSPORT,
)

if TYPE_CHECKING:
    import re

    from sockerr._vocabulary import Operation

_WINSOCK = 10000
_HRESULT = 0xFFFFFFFF

_LIBUV_WINDOWS = -4000


class Code(NamedTuple):
    """What a number says by itself."""

    number: int | None = None
    symbol: str | None = None
    cls: str | None = None
    platforms: tuple[str, ...] = ()
    is_open: bool = False


def read_number(kind: str, match: "re.Match[str]") -> Code | None:
    """Return what a spelling with a number says; `None` for a number that says nothing of sockets."""
    if kind in _TABLES:
        table, base, system = _TABLES[kind]
        number = int(match["number"], base)
        return _named(table.get(number), None if system else number, (system,) if system else ())
    match kind:
        case "winerror":
            return _of_windows(_read(match["number"]))
        case "hresult":
            return _of_hresult(_read(match["number"]))
        case "darwin":
            return _of_darwin(int(match["number"]))
        case "verify":
            return _of_verification(int(match["number"]))
        case _:
            return _of_errno(int(match["number"]), is_python=kind == "python")


def _by_name(numbers: dict[int, str], family: str) -> dict[int, str]:
    return {number: meaning_of(family, name) or "" for number, name in numbers.items()}


# What a number means that is not an errno, to which base it is written, and the system that it comes from.
_TABLES: dict[str, tuple[dict[int, str], int, str | None]] = {
    "apr": (APR, 10, None),
    "chromium-number": (_by_name(CHROMIUM_NUMBERS, "chromium"), 10, None),
    "curl": (CURL, 10, None),
    "mbedtls": (MBEDTLS, 16, None),
    "nss": (_by_name(NSS_NUMBERS, "mozilla"), 10, None),
    "nsurl": (NSURL, 10, "darwin"),
    "ntstatus-number": (_by_name(NTSTATUS_NUMBERS, "ntstatus"), 16, "win32"),
    "oracle": (ORACLE, 10, None),
    "secure-transport": (SECURE_TRANSPORT, 10, "darwin"),
}


def _read(number: str) -> int:
    return int(number, 16 if number[:2] in ("0x", "0X") else 10)


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
    known = SCHANNEL.get(number & _HRESULT)
    if known is not None:
        return Code(None, None, known[1], ("win32",))
    low = number & 0xFFFF
    if low in WINHTTP:
        return _named(WINHTTP[low][1], low, ("win32",))
    return _of_windows(low) if low >= _WINSOCK else None


def _of_darwin(number: int) -> Code | None:
    symbol = next(iter(platforms.symbols(number, "darwin")), "")
    if symbol in FILE_SYMBOLS - {"EPIPE"} or claimant(symbol, None, None, "darwin") is None:
        return None
    return Code(number, symbol, None, ("darwin",))


def _of_verification(number: int) -> Code | None:
    return Code(None, None, by_verify_code.get(number, CertificateRejected).__name__) if number else None


def _of_errno(number: int, *, is_python: bool) -> Code | None:
    if number in LIBUV:
        return Code(-number, LIBUV[number], None, ("win32",) if number < _LIBUV_WINDOWS else ())
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
