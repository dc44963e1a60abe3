"""Pieces of Markdown that several pages are made of."""

from collections.abc import Iterable

from sockerr import Operation, SocketError


def table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """Return a table."""
    lines = [list(head), *([cell(each) for each in row] for row in rows)]
    lines.insert(1, ["---"] * len(lines[0]))
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def cell(value: object) -> str:
    """Return the text of a cell of a table; nothing for `None`."""
    return "" if value is None else str(value).replace("|", "\\|").replace("\n", " ")


def link(cls: type[SocketError]) -> str:
    """Return a link to the page of a class."""
    return link_by_name(cls.__name__)


def link_by_name(name: str) -> str:
    """Return a link to the page of a class, given its name."""
    return f"{{exc}}`~sockerr.{name}`"


def code(text: str) -> str:
    """Return a text as code, whatever quotation marks are in it."""
    return f"`` {text} ``" if "`" in text else f"`{text}`"


def listed(words: Iterable[str]) -> str:
    """Return words as a sentence lists them: "a, b and c"."""
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last


def operations(of: Iterable[Operation | None]) -> str:
    """Return " in connect and send", or nothing if no operation is named."""
    named = [operation for operation in of if operation is not None]
    return f" in {listed(named)}" if named else ""


def details(summary: str, body: str) -> str:
    """Return a part that is folded until somebody opens it."""
    return f"<details>\n<summary>{summary}</summary>\n\n{body}\n\n</details>"
