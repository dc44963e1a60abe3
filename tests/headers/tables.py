"""The tables of sockerr as files: what they hold, and how new numbers get into them."""

import re
import runpy
from collections.abc import Mapping
from pathlib import Path

from .cache import ROOT
from .symbols import Numbers, in_order

_DIRECTORY = ROOT / "src" / "sockerr" / "platforms"
_GENERATED = ("ERRNO", "RESOLVER", "HERROR", "CRT", "C_ARES", "RCODE")


def names() -> tuple[str, ...]:
    """The module names of the tables."""
    return tuple(sorted(file.stem for file in _DIRECTORY.glob("[!_]*.py")))


def read(table: str) -> Numbers:
    """The numbers of a table; of win32's WIN32 the constants that its comments name."""
    file = _file(table)
    contents = runpy.run_path(str(file))
    numbers: Numbers = {kind: contents[kind] for kind in _GENERATED if kind in contents}
    if "WINSOCK" in contents:
        numbers["WINSOCK"] = {symbol: number for number, symbol in contents["WINSOCK"].items()}
    if "WIN32" in contents:
        numbers["WIN32"] = _named_in_comments(file.read_text(encoding="utf-8"))
        if len(numbers["WIN32"]) != len(contents["WIN32"]):
            raise ValueError("win32: a line of WIN32 does not name its constant")
    return numbers


def write(table: str, numbers: Numbers) -> None:
    """Replace the dicts of a table that hold nothing but numbers read from headers."""
    file = _file(table)
    text = file.read_text(encoding="utf-8")
    for kind in _GENERATED:
        literal = _literal(kind, numbers.get(kind, {}))
        text = re.sub(rf"^{kind}: dict.*?\}}$", literal, text, flags=re.MULTILINE | re.DOTALL)
    file.write_text(text, encoding="utf-8")


def _file(table: str) -> Path:
    return _DIRECTORY / f"{table}.py"


def _literal(kind: str, numbers: Mapping[str, int]) -> str:
    lines = "".join(f'\n    "{symbol}": {number},' for symbol, number in in_order(numbers))
    return f"{kind}: dict[str, int] = {{{lines}\n}}" if lines else f"{kind}: dict[str, int] = {{}}"


def _named_in_comments(text: str) -> dict[str, int]:
    found = re.findall(r'^    (\d+): "\w+",  # (\w+)', text, re.MULTILINE)
    return {constant: int(number) for number, constant in found}
