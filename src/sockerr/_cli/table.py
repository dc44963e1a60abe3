"""`table`: every symbol with its number on every system, for people and for programs.

A row is a symbol of one kind. The kinds are those of `sockerr.platforms`, and two more for Windows: `winerror` (numbers
that reach Python as `winerror` and mean a socket failure) and `crt` (the C runtime's own numbers), where a symbol can
have several rows. So a log can be joined with the table on system, kind and number.
"""

import csv
import json
import sys
from typing import TYPE_CHECKING, NamedTuple

from sockerr import SocketError, platforms
from sockerr._numbers import kind_of_symbol
from sockerr._socket_error import class_for, meaning

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

COLUMNS = ("symbol", "kind", "error", "meaning")


class Row(NamedTuple):
    """A symbol with its class where the operation is not known, and its number on each of `platforms.names()`."""

    symbol: str
    kind: str
    error: str
    meaning: str
    numbers: tuple[int | None, ...]


def rows() -> "Iterator[Row]":
    """Every row, by kind and symbol."""
    tables = [platforms.table(name) for name in platforms.names()]
    for kind in platforms.KINDS:
        symbols = {symbol for table in tables for symbol in table if kind_of_symbol(symbol) == kind}
        for symbol in sorted(symbols):
            yield _row(symbol, kind, tuple(table.get(symbol) for table in tables))
    for kind_on_windows, number, symbol in sorted(platforms.windows_numbers()):
        on_windows = (number if name == "win32" else None for name in platforms.names())
        yield _row(symbol, kind_on_windows, tuple(on_windows))


def _row(symbol: str, kind: str, numbers: tuple[int | None, ...]) -> Row:
    cls = class_for(platforms.canonical(symbol), None, None, "linux")
    return Row(symbol, kind, cls.__name__, "" if cls is SocketError else meaning(cls), numbers)


def run(form: str) -> int:
    """Print the table in one of the formats."""
    _PRINTERS[form]()
    return 0


def _print_csv() -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow((*COLUMNS, *platforms.names()))
    writer.writerows((*row[:-1], *row.numbers) for row in rows())


def _print_json() -> None:
    records = [{**row._asdict(), "numbers": dict(zip(platforms.names(), row.numbers, strict=True))} for row in rows()]
    print(json.dumps(records, indent=1))


def _print_markdown() -> None:
    heads = ("symbol", "kind", "error", *platforms.names())
    print(f"| {' | '.join(heads)} |")
    print(f"| {' | '.join('---' for _ in heads)} |")
    for row in rows():
        print(f"| {' | '.join((row.symbol, row.kind, row.error, *_spelled(row)))} |")


def _print_text() -> None:
    lines = [("symbol", "kind", *platforms.names()), *((row.symbol, row.kind, *_spelled(row)) for row in rows())]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for symbol, kind, *numbers in lines:
        words = f"{symbol:<{widths[0]}}  {kind:<{widths[1]}}"
        print("  ".join([words, *map(str.rjust, numbers, widths[2:])]))


def _spelled(row: Row) -> tuple[str, ...]:
    return tuple("-" if number is None else str(number) for number in row.numbers)


_PRINTERS: "dict[str, Callable[[], None]]" = {
    "csv": _print_csv,
    "json": _print_json,
    "markdown": _print_markdown,
    "text": _print_text,
}
