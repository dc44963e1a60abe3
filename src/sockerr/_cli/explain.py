"""`explain`: what a number, a symbol or a pasted line means, on every system or on one."""

import json
import re
import sys
import textwrap
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import sockerr
from sockerr import Operation, from_code, parse, platforms
from sockerr._numbers import kind_of_symbol
from sockerr._registry import all_claims
from sockerr._socket_error import catalogue, class_for, meaning

from ._printing import printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sockerr import SocketError
    from sockerr.logs import Finding
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


def run(text: str, file: "str | None", platform: "str | None", *, as_json: bool) -> int:
    """Print what a text means and return 0; return 1 if it says nothing about a socket."""
    asked = _text(text, file)
    system = None if platform is None else platforms.known_name(platform)
    code = _code(asked, system)
    answers = _readings(code) if isinstance(code, _Number) else [] if code is None else [_Meaning(code, "errno", ())]
    if code is None or (isinstance(code, _Number) and not answers and code.kind is None):
        found = parse(asked)
        if found:
            _print_findings(found, as_json=as_json)
            return 0
    if not answers:
        what = f"{code} means nothing on {system or 'any known system'}" if code else _NOTHING.format(_shortened(asked))
        sys.stderr.write(f"sockerr explain: {what}\n")
        return 1
    if as_json:
        print(json.dumps([_record(each, code) for each in answers], indent=1))
    elif isinstance(code, _Number):
        print("\n".join(_about_number(code, answers)))
    else:
        print("\n".join(_about_symbol(answers[0].symbol, platform)))
    return 0


_NOTHING = (
    "no number, no symbol and no failure of a socket in {!r}: expected one like 61, ECONNREFUSED or a line of a log"
)


def _text(text: str, file: "str | None") -> str:
    if file is not None and file != "-":
        return Path(file).read_text(encoding="utf-8", errors="replace").strip()
    if file == "-" or text == "-":
        return sys.stdin.read().strip()
    if not text.strip():
        raise ValueError("expected a number, a symbol or a line of a log; - reads the standard input")
    return text.strip()


def _shortened(text: str) -> str:
    return printable(textwrap.shorten(text, 60, placeholder=" ..."))


def _readings(asked: _Number) -> list[_Meaning]:
    return sorted(_meanings(asked), key=_Meaning.rank)


def _record(each: _Meaning, code: "str | _Number | None") -> dict[str, object]:
    cls = class_for(each.symbol, None, None, each.systems[0] if each.systems else platforms.current())
    number = code.value if isinstance(code, _Number) else None
    return {
        "number": number,
        "symbol": each.symbol,
        "kind": kind_of_symbol(each.symbol) if number is None else each.kind,
        "platforms": list(each.systems),
        "error": cls.__name__,
        "meaning": meaning(cls),
    }


def _print_findings(found: "list[Finding]", *, as_json: bool) -> None:
    if as_json:
        print(json.dumps([each.as_dict() for each in found], indent=1))
        return
    # The same failure is explained once, however often a text reports it.
    texts = Counter("\n".join(_about_finding(each)) for each in found)
    print("\n\n".join(text if count == 1 else f"{count} times: {text}" for text, count in texts.items()))


def _about_finding(found: "Finding") -> "Iterator[str]":
    """What a line means: what failed, where, who can fix it and how; then the system, and what shows that."""
    record = found.as_dict()
    error = found.error
    where = printable(" ".join(filter(None, (record["operation"], record["address"]))))
    yield f"{record['error']}{f': {where}' if where else ''}{f' ({found.symbol})' if found.symbol else ''}"
    yield _wrapped(f"{meaning(type(error))}.", 2)
    yield f"  Retry: {error.retry.replace('_', ' ')}. Fault: {error.fault}."
    yield _wrapped(error.hint, 2)
    yield from _about_system(found)


def _about_system(found: "Finding") -> "Iterator[str]":
    if not found.platforms:
        return
    first, *others = found.platforms
    why = "the sentence" if found.number is None else f"the number {found.number}"
    also = f"; the same on {', '.join(others[:_FEW])}{' and others' if len(others) > _FEW else ''}" if others else ""
    yield _wrapped(f"System: {first}, by {why}{also}.", 2)
    if found.number is None:
        return
    readings = [each for each in _meanings(_Number(found.number)) if each.symbol != found.symbol]
    readings.sort(key=lambda each: platforms.names().index(each.systems[0]))
    named = [f"{each.symbol} on {each.systems[0]}" for each in readings][:_FEW]
    if named:
        yield _wrapped(f"The number alone could also be {', '.join(named)}.", 2)


_FEW = 3


def _code(text: str, platform: "str | None") -> "str | _Number | None":
    """Return the symbol or the number that was asked for; `None` for a text that is to be read."""
    if re.fullmatch(r"-?\d{1,9}", text):
        return _Number(int(text), None, platform)
    if re.fullmatch(r"\w+", text) and not text.startswith("0x"):
        return _symbol(text)
    # Only the system that the caller names can tell what a number without a sentence means.
    number = re.search(r"\[(?:Errno|WinError) (-?\d{1,9})\]", text)
    number = number or re.fullmatch(r"(?:errno|winerror)[ =:]{1,3}(-?\d{1,9})", text, re.IGNORECASE)
    if number is not None and (platform is not None or not parse(text)):
        return _Number(int(number[1]), _kind(text), platform)
    return None


def _kind(text: str) -> "Kind":
    return "resolver" if "gaierror" in text else "herror" if "herror" in text else "errno"


def _symbol(text: str) -> str:
    named: type[SocketError] | None = getattr(sockerr, text, None) if text in _class_names() else None
    if named is not None:
        return _symbol_of_class(named)
    symbol = from_code(text.upper()).symbol
    assert symbol is not None  # noqa: S101  # from_code raises for an unknown one
    return symbol


def _class_names() -> set[str]:
    return {cls.__name__ for cls in catalogue()}


def _symbol_of_class(cls: "type[SocketError]") -> str:
    """Return the first symbol of a class."""
    symbol = next((symbol for symbol, _, of in all_claims() if of is cls), None)
    if symbol is not None:
        return platforms.canonical(symbol)
    derived = [each.__name__ for each in catalogue() if issubclass(each, cls) and each is not cls]
    covers = f"; it covers {', '.join(derived)}" if derived else ""
    raise ValueError(f"{cls.__name__} has no symbol of its own{covers}: {meaning(cls)}")


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
    """The class, advice and hint of a symbol, with the operations that share them; `unknown` means no operation."""
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
