"""`parse`: the socket failures that a text reports."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from sockerr import platforms
from sockerr._codes import from_symbol
from sockerr._numbers import kind_of_symbol
from sockerr._socket_error import SocketError, catalogue
from sockerr._vocabulary import Evidence, Operation

from ._atoms import Atom, atoms, is_of_files
from ._blocks import Block, Line, blocks
from ._codes import symbol_of_bare, systems_of
from ._finding import Finding
from ._operations import AFTER, BEFORE, Peer, operation_after, operation_before, peer_near

# How far two pieces may stand apart that report the same failure, in characters.
_NEAR = 200
# What a line says that tells of an earlier failure, which has been overcome.
_OVERCOME = re.compile(r"(?<!not )\b(?:succeeded|recovered|re-?established|reconnected|successful(?:ly)?)\b")
# What is written to the standard output breaks a pipe as well.
_STANDARD_OUTPUT = re.compile(
    r"(?:\b(?:write error|stdout|flush|cat|grep|head|tail|sort|echo|printf|tee|yes|ls)\b|<fdopen|/dev/std)"
    r"[^\n]{0,20}: $"
)


def parse(text: str) -> list[Finding]:
    """Return the socket failures that a text reports, in the order of the text.

    The text may be a line of a log, a traceback, or a whole file, of any program on any system. Several spellings of
    one failure give one finding: a wrapper around an exception does not count beside the exception. What only speaks of
    failures, such as documentation, gives none; neither do failures of files, answers such as HTTP 502, or a failure
    that the same line says has been overcome.

    Raises `TypeError` for what is not a `str`.

    >>> import sockerr
    >>> (found,) = sockerr.parse("connect() failed (61: Connection refused) while connecting to upstream")
    >>> found.symbol, found.number, "darwin" in found.platforms, "linux" in found.platforms
    ('ECONNREFUSED', 61, True, False)
    >>> sockerr.parse("all is well")
    []
    """
    if not isinstance(text, str):
        raise TypeError(f"text must be a str, not {type(text).__name__}")
    return [finding for block in blocks(_lines(text)) for _, finding in findings_in(block)]


def _lines(text: str) -> Iterator[tuple[str, int]]:
    start = 0
    for line in text.split("\n"):
        yield line, start
        start += len(line) + 1


def findings_in(block: Block) -> list[tuple[Line, Finding]]:
    """Return the failures that a message reports, each with its line."""
    found: list[tuple[Line, Finding]] = []
    for at, line in enumerate(block.lines):
        if not line.is_source:
            for finding in _of_line(line, block, at):
                _add(found, finding, line)
    if block.is_chain and found:
        # The exception that was raised last, or the cause that Java names last, decides.
        last = max(line.section for line, _ in found)
        found = [(line, finding) for line, finding in found if line.section == last]
    return found


def _add(found: list[tuple[Line, Finding]], finding: Finding, line: Line) -> None:
    """Add a finding, or what it says more, to that of an earlier line of the same message."""
    for at, (_, earlier) in enumerate(found):
        if _is_same(type(earlier.error), type(finding.error)):
            found[at] = (line, _merged(earlier, finding))
            return
    found.append((line, finding))


def _is_same(one: type[SocketError], other: type[SocketError]) -> bool:
    first, second = _public(one), _public(other)
    return issubclass(first, second) or issubclass(second, first)


def _public(cls: type[SocketError]) -> type[SocketError]:
    return _class_named(cls.__name__)


@cache
def _classes() -> dict[str, type[SocketError]]:
    return {cls.__name__: cls for cls in catalogue()}


def _class_named(name: str | None) -> type[SocketError]:
    return _classes().get(name or "", SocketError)


def _merged(one: Finding, other: Finding) -> Finding:
    """Return the more exact of two findings of one failure, with what the other knows besides."""
    best, rest = (other, one) if _knows(other) > _knows(one) else (one, other)
    return _made(
        best.error.symbol or rest.error.symbol,
        _public(type(best.error)).__name__,
        best.number if best.number is not None else rest.number,
        best.platforms or rest.platforms,
        best.operation or rest.operation,
        (best.host or rest.host, best.port if best.host or best.port else rest.port),
        best.error.strerror or "",
        (best.start, best.end),
        best.spelling,
    )


def _knows(finding: Finding) -> tuple[bool, int, bool, bool]:
    depth = len(_public(type(finding.error)).__mro__)
    return (finding.symbol is not None, depth, finding.number is not None, finding.host is not None)


# One line


@dataclass(slots=True)
class _Around:
    """A failure in a line, and what stands around it."""

    before: str
    core: str
    """From the first to the last piece that reports it."""
    after: str
    last: int
    """Where the last piece begins in `before + core`."""

    def peer(self, operation: Operation | None) -> Peer:
        """Return the peer that is named here."""
        start = len(self.before)
        return peer_near(self.before + self.core + self.after, start, start + len(self.core), operation)

    @property
    def operation(self) -> Operation | None:
        """The operation that is named here."""
        return operation_before(self.before + self.core, self.last) or operation_after(self.after)


def _of_line(line: Line, block: Block, at_line: int) -> Iterator[Finding]:
    groups = _grouped(atoms(line.text))
    starts = [group[0].start for group in groups] + [len(line.text)]
    end = 0
    for at, group in enumerate(groups):
        start, following = group[0].start, starts[at + 1]
        before = line.text[max(end, start - BEFORE) : start]
        end = group[-1].end
        after = line.text[end : min(following, end + AFTER)]
        if following == len(line.text):
            after = (after + _below(block, at_line))[:AFTER]
        around = _Around(before, line.text[start:end], after, len(before) + group[-1].start - start)
        finding = _of_group(line, group, around)
        if finding is not None:
            yield finding


def _below(block: Block, at: int) -> str:
    """Return the beginning of what follows a line in its message; in a chain it is about other things."""
    if block.is_chain:
        return ""
    return "".join(f"\n{each.text[:AFTER]}" for each in block.lines[at + 1 : at + 4])


def _grouped(found: list[Atom]) -> list[list[Atom]]:
    """Put pieces together that report the same failure."""
    groups: list[list[Atom]] = []
    for atom in found:
        if groups and atom.start - groups[-1][-1].end < _NEAR and all(_goes_with(each, atom) for each in groups[-1]):
            groups[-1].append(atom)
        else:
            groups.append([atom])
    return groups


def _goes_with(one: Atom, other: Atom) -> bool:
    if one.is_general or other.is_general:
        return True
    if one.number is not None and other.number is not None and one.number != other.number:
        return False
    if one.is_open or other.is_open:
        return _number_fits(one, other)
    if one.symbol is not None and other.symbol is not None:
        return one.symbol == other.symbol or {one.symbol, other.symbol} <= _SAME
    return _is_same(_class_of(one), _class_of(other))


# getaddrinfo() and the older functions have names of their own for a host that is not found.
_SAME = {"EAI_NONAME", "EAI_NODATA", "HOST_NOT_FOUND", "NO_DATA"}


def _number_fits(one: Atom, other: Atom) -> bool:
    number = one if one.is_open else other
    rest = other if one.is_open else one
    if rest.symbol is None or number.number is None:
        return True
    return bool(systems_of(number.number, rest.symbol))


def _class_of(atom: Atom) -> type[SocketError]:
    if atom.symbol is not None:
        return type(from_symbol(atom.symbol, None, None, "linux", None, None))
    return _class_named(atom.cls)


def _of_group(line: Line, group: list[Atom], around: _Around) -> Finding | None:
    deciding = [each for each in group if not each.is_general] or group
    named = next((each.symbol for each in deciding if each.symbol is not None), None)
    number = next((each.number for each in group if each.number is not None), None)
    operation = _operation_of(group, around, named)
    if named is None and all(each.is_open for each in deciding):
        named = None if number is None else symbol_of_bare(number, operation)
        deciding = [each for each in group if not each.is_open or named is not None]
        if not deciding:
            return None
    if not _counts(named, group, around):
        return None
    cls = next((each.cls for each in deciding if each.cls is not None), None)
    if cls == "TimedOut" and operation is not None:
        cls = _timed_out(operation)
    return _made(
        named,
        cls,
        number,
        _systems(group, named, number),
        operation,
        around.peer(operation),
        around.core,
        (line.start + group[0].start, line.start + group[-1].end),
        deciding[0].spelling,
    )


def _timed_out(operation: Operation) -> str:
    """Return the class of a timeout in an operation."""
    if operation is Operation.RESOLVE:
        return "ResolverUnavailable"
    return type(from_symbol("ETIMEDOUT", None, None, "linux", operation, None)).__name__


def _operation_of(group: list[Atom], around: _Around, symbol: str | None) -> Operation | None:
    if symbol is not None and kind_of_symbol(symbol) != "errno":
        return Operation.RESOLVE
    given = next((each.operation for each in group if each.operation is not None), None)
    return around.operation if given is None else Operation(given)


def _counts(symbol: str | None, group: list[Atom], around: _Around) -> bool:
    """Return whether this is a failure of a socket that the line reports, and not one of a file or of the past."""
    if _OVERCOME.search(around.after) or (symbol == "EPIPE" and _STANDARD_OUTPUT.search(around.before)):
        return False
    if symbol is None or not is_of_files(symbol) or any(each.operation for each in group):
        return True
    nearest = (around.before + around.core)[max(0, around.last - 160) :]
    return operation_before(nearest, len(nearest)) is not None


def _systems(group: list[Atom], symbol: str | None, number: int | None) -> tuple[str, ...]:
    """Return the systems on which the number means the symbol, and of those the ones that say the sentence."""
    by_number = () if number is None or symbol is None else systems_of(number, symbol)
    stated = [each.platforms for each in group if each.platforms]
    by_words = [name for name in platforms.names() if stated and all(name in each for each in stated)]
    both = [name for name in by_number if name in by_words]
    # A processor whose numbers are its own is less common than any system.
    return tuple(sorted(both or by_number or by_words, key=lambda name: "-" in name))


def _made(
    symbol: str | None,
    cls: str | None,
    number: int | None,
    systems: tuple[str, ...],
    operation: Operation | None,
    peer: tuple[str | None, int | None],
    message: str,
    span: tuple[int, int],
    spelling: str,
) -> Finding:
    host, port = peer
    address = None if host is None else host if port is None else (host, port)
    if symbol is not None:
        platform = systems[0] if systems else None
        known = number if platform is not None and number == platforms.number(symbol, platform) else None
        error = from_symbol(symbol, known, message, platform, operation, address)
    else:
        error = _class_named(cls)(message, operation=operation, address=address)
    error.evidence = Evidence.MESSAGE
    return Finding(error, number, systems, host, port, *span, spelling)
