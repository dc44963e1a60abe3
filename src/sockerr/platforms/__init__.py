"""Error numbers of other systems, readable on this one.

Each system is one data module beside this file, imported when it is first needed. A module holds `ERRNO`, `RESOLVER`
and `HERROR`, each a mapping of symbol to number with the canonical symbol first where several share a number, and says
where the numbers come from. `win32` has three more: `WIN32` (numbers of the Windows API that mean a socket failure),
`WINSOCK` (numbers that reach Python as `winerror` only) and `CRT` (the C runtime's own numbers, which Python's `errno`
replaces by Winsock's).

>>> from sockerr import platforms
>>> platforms.number("ECONNREFUSED", "darwin")
61
>>> platforms.symbols(10061, "windows")
('ECONNREFUSED',)
>>> platforms.translate(111, source="linux", target="linux-mips")
146
"""

import errno
import os
import socket
import sys
from collections.abc import Mapping  # noqa: TC003  # typing.get_type_hints looks it up
from types import MappingProxyType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Literal, TypeAlias

    Kind: TypeAlias = Literal["errno", "resolver", "herror"]
else:
    # typing.get_type_hints looks the name up; typing itself costs too much to import for it.
    Kind = str

__all__ = ["current", "names", "number", "symbols", "table", "translate"]

KINDS: "tuple[Kind, ...]" = ("errno", "resolver", "herror")

_NAMES = (
    "linux",
    "linux-alpha",
    "linux-mips",
    "linux-parisc",
    "linux-powerpc",
    "linux-sparc",
    "android",
    "darwin",
    "win32",
    "cygwin",
    "freebsd",
    "netbsd",
    "openbsd",
    "dragonfly",
    "sunos5",
    "aix",
    "haiku1",
    "gnu0",
    "emscripten",
    "wasi",
)
_WINSOCK = 10000
_WINSOCK_RESOLVER = 11000
# Winsock spells it so, and has a number for it beside that of the C runtime's ECANCELED.
_WINSOCK_CANCELLED = "ECANCELLED"
_ALIASES = {"windows": "win32", "macos": "darwin", "ios": "darwin"}
# What `uname -m` begins with on the processors whose Linux has numbers of its own.
_PROCESSORS = {
    "alpha": "linux-alpha",
    "mips": "linux-mips",
    "parisc": "linux-parisc",
    "ppc": "linux-powerpc",
    "sparc": "linux-sparc",
}


def names() -> tuple[str, ...]:
    """The systems whose numbers are known, the most used first.

    >>> "linux" in names() and "win32" in names()
    True
    """
    return _NAMES


def current() -> str:
    """The name of the system this Python runs on, with the processor where that changes the numbers.

    It is one of `names()`, or `sys.platform` as it is on a system without a table.
    """
    if not _current:
        machine = os.uname().machine if sys.platform == "linux" else ""
        _current.append(_variant_of(sys.platform, machine))
    return _current[0]


_current: list[str] = []


def _variant_of(platform: str, machine: str) -> str:
    special = (name for prefix, name in _PROCESSORS.items() if machine.startswith(prefix))
    return next(special, _known(platform) or platform)


def table(platform: str) -> "Mapping[str, int]":
    """Every symbol of a system with its number there: errno, `EAI_*` and `h_errno` codes, read-only.

    The numbers are those that Python shows on that system. Raises `ValueError` for a system that is not in `names()`.

    >>> table("freebsd")["ECONNREFUSED"]
    61
    """
    return _load(platform).table


def symbols(number: int, platform: "str | None" = None, *, kind: "Kind" = "errno") -> tuple[str, ...]:
    """The names that a number has on a system (default: this one), the canonical name first.

    Numbers of different kinds overlap: 8 is `ENOEXEC` as an errno and `EAI_NONAME` as a resolver's code on macOS.
    A number that the system does not define has no names. Raises `ValueError` for an unknown system or kind.

    >>> symbols(11, "linux")
    ('EAGAIN', 'EWOULDBLOCK')
    >>> symbols(8, "darwin", kind="resolver")
    ('EAI_NONAME',)
    >>> symbols(99999, "linux")
    ()
    """
    check_kind(kind)
    if not isinstance(number, int):
        raise TypeError(f"number must be an int, not {type(number).__name__}")
    return _load(platform).symbols[kind].get(number, ())


def number(symbol: str, platform: "str | None" = None) -> "int | None":
    """The number that the socket layer of a system (default: this one) raises for a symbol, or `None`.

    Windows has two numbers for some symbols: its sockets raise `EAGAIN` as 10035, though `errno.EAGAIN` is 11 there.
    Raises `ValueError` for an unknown system.

    >>> number("EAGAIN", "win32"), table("win32")["EAGAIN"]
    (10035, 11)
    >>> number("EDOOFUS", "linux") is None
    True
    """
    if not isinstance(symbol, str):
        raise TypeError(f"symbol must be a str, not {type(symbol).__name__}")
    return _load(platform).numbers.get(symbol.removeprefix("WSA") if symbol.startswith("WSAE") else symbol)


def translate(number: int, *, source: str, target: "str | None" = None, kind: "Kind" = "errno") -> "int | None":
    """The number that `target` (default: this system) has for what `number` means on `source`, or `None`.

    >>> translate(10061, source="windows", target="macos")
    61
    """
    candidates = (_load(target).numbers.get(name) for name in symbols(number, source, kind=kind))
    return next((found for found in candidates if found is not None), None)


def by_number(platform: str, kind: "Kind") -> "Mapping[int, tuple[str, ...]]":
    """Every number of a kind that a system knows, with its symbols, the canonical one first."""
    return MappingProxyType(_load(platform).symbols[kind])


def windows_numbers() -> "Iterator[tuple[str, int, str]]":
    """Kind (`winerror` or `crt`), number and symbol of what Windows has besides Python's `errno`."""
    windows = _load("win32")
    yield from (("winerror", number, symbol) for number, symbol in windows.besides.items())
    yield from (("crt", number, symbol) for symbol, number in windows.crt.items())


def winerror_symbol(number: int) -> "str | None":
    """The canonical symbol of an `OSError.winerror` that means a socket failure; `None` for every other number."""
    found = _load("win32").winerrors.get(number)
    if found == _WINSOCK_CANCELLED:
        return "ECANCELED"
    return None if found is None else canonical(found)


def check_kind(kind: str) -> None:
    """Raise `ValueError` for an unknown kind of number."""
    if kind not in KINDS:
        raise ValueError(f"unknown kind {kind!r}: expected one of {', '.join(KINDS)}")


def canonical(symbol: str) -> str:
    """Return the one name of what has several: without Windows' `WSA`, and `EAGAIN` for `EWOULDBLOCK` everywhere."""
    name = symbol.removeprefix("WSA") if symbol.startswith("WSAE") else symbol
    return "EAGAIN" if name == "EWOULDBLOCK" else name


class _Table:
    """One system's numbers, by symbol and by number."""

    def __init__(
        self,
        errnos: "Mapping[str, int]",
        resolver: "Mapping[str, int]",
        herror: "Mapping[str, int]",
        besides: "Mapping[int, str]" = MappingProxyType({}),
        crt: "Mapping[str, int]" = MappingProxyType({}),
    ) -> None:
        self.table = MappingProxyType({**errnos, **resolver, **herror})
        self.numbers = dict(self.table)
        if "EWOULDBLOCK" in errnos:
            self.numbers["EAGAIN"] = errnos["EWOULDBLOCK"]
        self.besides, self.crt = besides, crt
        # Calls other than getaddrinfo() raise the resolver's numbers as a winerror.
        of_resolver = {v: k for k, v in resolver.items() if v > _WINSOCK_RESOLVER}
        self.winerrors = {**of_resolver, **besides, **{v: k for k, v in errnos.items() if v >= _WINSOCK}}
        self.symbols = {
            "errno": _by_number([*besides.items(), *((v, k) for k, v in errnos.items())]),
            "resolver": _by_number([(v, k) for k, v in resolver.items()]),
            "herror": _by_number([(v, k) for k, v in herror.items()]),
        }
        for symbol, value in crt.items():
            self.symbols["errno"].setdefault(value, (symbol,))


def _by_number(pairs: "list[tuple[int, str]]") -> dict[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = {}
    for value, symbol in pairs:
        both = (canonical(symbol), symbol) if value not in found else (symbol,)
        found[value] = tuple(dict.fromkeys((*found.get(value, ()), *both)))
    return found


_loaded: dict[str, _Table] = {}


def _load(platform: "str | None") -> _Table:
    name = current() if platform is None else known_name(platform)
    if name not in _loaded:
        _loaded[name] = _of_data(name) if name in _NAMES else _of_this_python()
    return _loaded[name]


def known_name(platform: str) -> str:
    """The name of a system as `names()` has it; raises `ValueError` for any other."""
    if not isinstance(platform, str):
        raise TypeError(f"platform must be a str, not {type(platform).__name__}")
    known = _known(platform)
    if known is None and platform != current():
        raise ValueError(f"unknown platform {platform!r}: expected one of {', '.join(_NAMES)}")
    return known or platform


def _known(name: str) -> "str | None":
    # sys.platform contained the release until recently: freebsd14, openbsd7, aix7.
    name = _ALIASES.get(name, name)
    return next((known for known in (name, name.rstrip("0123456789")) if known in _NAMES), None)


def _of_data(name: str) -> _Table:
    from importlib import import_module

    data = import_module(f"{__name__}.{name.replace('-', '_')}")
    windows = {**getattr(data, "WIN32", {}), **getattr(data, "WINSOCK", {})}
    return _Table(data.ERRNO, data.RESOLVER, data.HERROR, windows, getattr(data, "CRT", {}))


def _of_this_python() -> _Table:
    """The numbers that this Python itself has, for a system without a data module."""
    errnos = {symbol: getattr(errno, symbol) for symbol in sorted(errno.errorcode.values())}
    resolver = {symbol: getattr(socket, symbol) for symbol in dir(socket) if symbol.startswith("EAI_")}
    return _Table(errnos, resolver, {})
