"""`explain`: what a number, a symbol or a pasted line means, on every system or on one."""

import re
import sys
import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sockerr import Operation, from_code, platforms
from sockerr._numbers import kind_of_symbol
from sockerr._registry import all_claims
from sockerr._socket_error import class_for, meaning

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sockerr.platforms import Kind

WIDTH = 100


@dataclass(frozen=True)
class _Number:
    """A number as it was asked for: of one kind and one system, or of any."""

    value: int
    kind: "Kind | None" = None
    platform: str | None = None

    def __str__(self) -> str:
        return f"{self.kind or 'number'} {self.value}"


@dataclass(frozen=True)
class _Meaning:
    """A symbol that a number can stand for, and the systems where it does."""

    symbol: str
    kind: "Kind"
    systems: tuple[str, ...]

    def rank(self) -> tuple[bool, bool, int]:
        """A failure of sockets comes first, then what this system means, then what most systems mean."""
        claimed = any(symbol == self.symbol for symbol, _, _ in all_claims())
        return (not claimed, platforms.current() not in self.systems, -len(self.systems))


def run(text: str, platform: "str | None") -> int:
    """Print what `text` means and return 0; return 1 where no system knows it."""
    asked = _read(text.strip(), None if platform is None else platforms.known_name(platform))
    if isinstance(asked, str):
        print("\n".join(_about_symbol(asked, platform)))
        return 0
    found = sorted(_meanings(asked), key=_Meaning.rank)
    if not found:
        sys.stderr.write(f"sockerr explain: {asked} means nothing on {asked.platform or 'any known system'}\n")
        return 1
    print("\n".join(_about_number(asked, found)))
    return 0


def _read(text: str, platform: "str | None") -> "str | _Number":
    """The symbol or the number in what was typed or pasted."""
    if re.fullmatch(r"-?\d+", text):
        return _Number(int(text), None, platform)
    if re.fullmatch(r"\w+", text):
        return _symbol(text)
    kind: Kind | None = None
    if "gaierror" in text:
        kind = "resolver"
    elif "herror" in text:
        kind = "herror"
    if found := re.search(r"\[WinError (\d+)\]", text):
        return _Number(int(found[1]), kind, platform or "win32")
    if found := re.search(r"\[Errno (-?\d+)\]", text):
        return _Number(int(found[1]), kind or "errno", platform)
    if found := re.search(r"\b(?:WSA)?E(?:AI_)?[A-Z0-9]{2,}\b", text):
        return _symbol(found[0])
    raise ValueError(f"no number and no symbol in {text!r}: expected one like 61, ECONNREFUSED or '[Errno 61] ...'")


def _symbol(text: str) -> str:
    symbol = from_code(text.upper()).symbol
    assert symbol is not None  # noqa: S101  # from_code raises for an unknown one
    return symbol


def _meanings(asked: _Number) -> "Iterator[_Meaning]":
    names = platforms.names() if asked.platform is None else (asked.platform,)
    for kind in platforms.KINDS if asked.kind is None else (asked.kind,):
        systems: dict[str, list[str]] = {}
        for name in names:
            for symbol in platforms.symbols(asked.value, name, kind=kind)[:1]:
                systems.setdefault(symbol, []).append(name)
        for symbol, where in systems.items():
            yield _Meaning(symbol, kind, tuple(where))


def _about_number(asked: _Number, found: list[_Meaning]) -> "Iterator[str]":
    for each in found:
        cls = class_for(each.symbol, None, None, each.systems[0])
        yield f"{asked.value} is {each.symbol} ({cls.__name__}), {_as_raised(each.kind)}"
        yield _wrapped(f"on {', '.join(each.systems)}", 2)
    yield ""
    yield from _about_symbol(found[0].symbol, asked.platform)


def _as_raised(kind: "Kind") -> str:
    return {"errno": "as an errno", "resolver": "in a gaierror", "herror": "in an herror"}[kind]


def _about_symbol(symbol: str, platform: "str | None") -> "Iterator[str]":
    born = platforms.current() if platform is None else platforms.known_name(platform)
    general = class_for(symbol, None, None, born)
    yield symbol
    yield _wrapped(f"{general.__name__}: {meaning(general)}.", 2)
    for (name, retry, fault, hint), operations in _advice(symbol, born).items():
        yield ""
        where = "every operation" if len(operations) > len(Operation) else ", ".join(operations)
        yield f"  {where}: {name}, retry {retry.replace('_', ' ')}, fault: {fault}"
        yield _wrapped(hint, 4)
    yield ""
    yield "  Numbers"
    for number, systems in _numbers(symbol).items():
        yield _wrapped(f"{number:>6}  {', '.join(systems)}", 2, 10)


def _advice(symbol: str, platform: str) -> "dict[tuple[str, str, str, str], list[str]]":
    """What is said of a symbol, with the operations in which it is said; `unknown` where none is named."""
    found: dict[tuple[str, str, str, str], list[str]] = {}
    for operation in (*Operation, None):
        error = class_for(symbol, operation, None, platform)(0, "", operation=operation)
        said = (type(error).__name__, error.retry.value, error.fault.value, error.hint)
        found.setdefault(said, []).append(operation or "unknown")
    return found


def _numbers(symbol: str) -> dict[int, list[str]]:
    kind = kind_of_symbol(symbol)
    found: dict[int, list[str]] = {}
    for name in platforms.names():
        for number, symbols in platforms.by_number(name, kind).items():
            if symbol in symbols:
                found.setdefault(number, []).append(name)
    return found


def _wrapped(text: str, indent: int, hanging: "int | None" = None) -> str:
    below = indent if hanging is None else hanging
    return textwrap.fill(text, WIDTH, initial_indent=" " * indent, subsequent_indent=" " * below)
