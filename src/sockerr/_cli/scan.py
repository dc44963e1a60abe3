"""`scan`: the socket failures in log files, one row for each failure of each peer."""

import json
import os
import re
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from sockerr.logs import Finding
from sockerr.logs._blocks import Line
from sockerr.logs._files import Source, opened
from sockerr.logs._parse import findings_in

from ._printing import printable

# The table does not grow without bound, whatever the files hold.
MOST_ROWS = 1000
_INTERRUPTED = 130
# On a terminal: to the beginning of the line, which is erased.
_ERASE = "\r\033[K"
_EXAMPLE = 200
# In seconds.
_PROGRESS_EVERY = 0.5

# The beginnings of lines by which programs say when something happened.
_TIME = re.compile(
    r"\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?"
    r"|\d\d/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d(?: [+-]\d{4})?"
    r"|[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d"
)
_TIME_WITHIN = 80
# How wide a bar of progress is, in characters.
_BAR = 40


@dataclass
class _Row:
    """A failure of a peer, and where it was seen."""

    failure: str
    operation: str
    peer: str
    times: int
    first: str
    last: str
    example: str


class Table:
    """What was found so far."""

    def __init__(self) -> None:
        self.rows: dict[tuple[str, str, str], _Row] = {}
        self.others = 0
        """Findings for which there was no row left."""

    def add(self, source: Source, line: Line, finding: Finding) -> None:
        key = _named(finding)
        when = _when(source, line)
        row = self.rows.get(key)
        if row is not None:
            row.times, row.last = row.times + 1, when
        elif len(self.rows) < MOST_ROWS:
            self.rows[key] = _Row(*key, 1, when, when, printable(line.text.strip()[:_EXAMPLE]))
        else:
            self.others += 1

    def lines(self) -> Iterator[str]:
        """The rows, the most frequent first."""
        for row in sorted(self.rows.values(), key=lambda each: -each.times):
            yield f"{row.times:>9}  {row.failure}  {row.operation} {row.peer}"
            yield f"{'':9}  {row.first} to {row.last}"
            yield f"{'':9}  {row.example}"
        if self.others:
            yield f"{self.others:>9}  of more than {MOST_ROWS} kinds, not listed one by one"


def _named(finding: Finding) -> tuple[str, str, str]:
    """Return failure, operation and peer."""
    name = type(finding.error).__name__
    failure = name if finding.symbol is None else f"{name} {finding.symbol}"
    return failure, finding.operation or "-", printable(_peer(finding))


def _peer(finding: Finding) -> str:
    if finding.port is None:
        return finding.host or "-"
    return f"[{finding.host}]:{finding.port}" if ":" in (finding.host or "") else f"{finding.host or ''}:{finding.port}"


def _when(source: Source, line: Line) -> str:
    found = _TIME.search(line.text, 0, _TIME_WITHIN)
    return found[0] if found else f"{source.name}:{line.number}"


def run(files: list[str], *, as_json: bool, follow: bool) -> int:
    """Scan files, print what they report, and return 0, 1 if one could not be read to its end, or 130."""
    if follow and files != ["-"] and len(files) != 1:
        raise ValueError("--follow reads one file")
    table, sources = Table(), list[Source]()
    status = 0
    try:
        for name in files:
            source = Source(name)
            sources.append(source)
            _scan(source, table, as_json=as_json, follow=follow)
    except KeyboardInterrupt:
        status = _INTERRUPTED
    if sys.stderr.isatty():
        # The table must not begin in a line that shows progress.
        sys.stderr.write(_ERASE)
    if not as_json:
        for line in table.lines():
            print(line)
    for source in sources:
        for note in _notes(source):
            sys.stderr.write(f"sockerr scan: {source.name}: {note}\n")
    return status or int(any(each.problem is not None for each in sources))


def _scan(source: Source, table: Table, *, as_json: bool, follow: bool) -> None:
    try:
        stream, size = _open(source.name)
    except (OSError, ValueError) as error:
        source.problem = str(error)
        return
    source.step = _progress(source, stream, size)
    with closing(stream):
        for block in source.blocks(stream, follow=follow):
            for line, finding in findings_in(block):
                table.add(source, line, finding)
                if as_json:
                    print(json.dumps({"file": source.name, "line": line.number, **finding.as_dict()}))
                elif follow:
                    print(_when(source, line), *_named(finding), sep="  ", flush=True)


def _open(name: str) -> tuple[IO[bytes], int]:
    if name == "-":
        return os.fdopen(os.dup(sys.stdin.fileno()), "rb"), 0
    return opened(Path(name)), Path(name).stat().st_size


def _progress(source: Source, stream: IO[bytes], size: int) -> Callable[[], None]:
    """Return what shows on a terminal how far a file has been read."""
    if not sys.stderr.isatty():
        return lambda: None
    shown = time.monotonic()

    def show() -> None:
        nonlocal shown
        if source.lines % 1000 or time.monotonic() - shown < _PROGRESS_EVERY:
            return
        shown = time.monotonic()
        raw = getattr(stream, "fileobj", stream)
        part = _bar(raw.tell() / size) if size else f"{source.size // 1_000_000} MB"
        sys.stderr.write(f"{_ERASE}{source.name}: {part}")

    return show


def _bar(part: float) -> str:
    return f"[{'#' * int(_BAR * part):{_BAR}}] {int(100 * part)} %"


def _notes(source: Source) -> Iterator[str]:
    if source.problem is not None:
        yield f"{source.problem}; lines read: {source.lines}"
    if source.odd:
        yield f"lines that are not UTF-8: {source.odd}; their odd bytes were replaced"
    if source.long:
        yield f"lines longer than a million bytes: {source.long}; they were read in pieces"
