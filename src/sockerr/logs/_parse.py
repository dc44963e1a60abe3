"""`parse`: the socket failures that a text reports."""

import re
from collections.abc import Iterator
from functools import cache

from sockerr import platforms
from sockerr._codes import from_symbol
from sockerr._errors import ConnectFailed, TLSError
from sockerr._numbers import kind_of_symbol
from sockerr._socket_error import SocketError, catalogue
from sockerr._vocabulary import Evidence, Operation

from ._around import Around, above, below, counts, frames
from ._atoms import Atom, atoms
from ._blocks import Block, Line, blocks
from ._codes import symbol_of_bare, systems_of
from ._finding import Finding
from ._operations import AFTER, BEFORE, Peer, is_of_client
from ._spellings import PHRASES

# How far two pieces may stand apart that report the same failure, in characters.
_NEAR = 200


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
    found: list[tuple[Line, Finding]] = []
    for block in blocks(_lines(text)):
        for line, finding in findings_in(block):
            if found and (
                _says_again(text, *found[-1], line, finding) or _speaks_of_it(text, *found[-1], line, finding)
            ):
                found[-1] = (line, _joined(found[-1][1], finding))
            else:
                found.append((line, finding))
    return [finding for _, finding in found]


# The beginning of a line that says when something happened.
_TIME = re.compile(r"[^\n]{0,60}?(\d\d:\d\d:\d\d)")


def _says_again(text: str, earlier: Line, one: Finding, later: Line, other: Finding) -> bool:
    """Return whether the next line but for empty ones says in other words what a line has said."""
    between = text[earlier.start + len(earlier.text) : later.start]
    if between.strip() or not between or _TIME.match(later.text) or not _is_same(type(one.error), type(other.error)):
        return False
    if None not in (one.host, other.host) and (one.host, one.port) != (other.host, other.port):
        return False
    first, second = earlier.text.strip(), later.text.strip()
    if first == second:
        return False
    return first in second or second in first or text[one.start : one.end] != text[other.start : other.end]


def _speaks_of_it(text: str, earlier: Line, one: Finding, later: Line, other: Finding) -> bool:
    """Return whether one of two lines that follow each other says only that there is a failure, and the other which."""
    if text[earlier.start + len(earlier.text) : later.start].strip() or earlier.start == later.start:
        return False
    if _is_of_another_time(earlier, later):
        return False
    if one.spelling not in _GENERAL and other.spelling not in _GENERAL:
        return False
    return one.host is None or other.host is None or one.host == other.host


def _is_of_another_time(earlier: Line, later: Line) -> bool:
    """Return whether a line has a time of its own, so that it is about something else than the line before."""
    before, after = _TIME.match(earlier.text), _TIME.match(later.text)
    return after is not None and (before is None or before[1] != after[1])


def _joined(one: Finding, other: Finding) -> Finding:
    """Return one finding for two lines: what only one of them says exactly decides."""
    general = [each for each in (one, other) if each.spelling in _GENERAL]
    if len(general) != 1:
        return _merged(one, other)
    return _with(one, other) if general[0] is other else _with(other, one)


# The spellings that say no more than that something has failed.
_GENERAL = frozenset(row.name for row in PHRASES if row.is_general)


def _lines(text: str) -> Iterator[tuple[str, int]]:
    start = 0
    for line in text.split("\n"):
        yield line, start
        start += len(line) + 1


def findings_in(block: Block) -> list[tuple[Line, Finding]]:
    """Return the failures that a message reports, each with its line."""
    found: list[tuple[Line, Finding]] = []
    # What only wraps a failure, and what to call it if nothing else is said of it.
    wrapping: list[tuple[Line, Finding]] = []
    for at, line in enumerate(block.lines):
        if not line.is_source:
            for finding, is_general in _of_line(line, block, at):
                _add(wrapping if is_general else found, finding, line)
    if found:
        codes = {_CODES.get(finding.spelling) for _, finding in found}
        found = [
            (line, _completed(finding, wrapping)) for line, finding in found if finding.symbol not in codes - {None}
        ]
    found = found or wrapping
    if block.is_chain and found:
        # The exception that was raised last, or the cause that Java names last, decides.
        last = max(line.section for line, _ in found)
        found = [(line, finding) for line, finding in found if line.section == last]
    return found


# Symbols that a library gives as the code of a failure that it names in words.
_CODES = {"axios-timeout": "ECONNABORTED"}


def _completed(finding: Finding, wrapping: list[tuple[Line, Finding]]) -> Finding:
    """Add what a wrapper knows of the same failure: the operation, the peer."""
    for _, each in wrapping:
        finding = _with(finding, each)
    return finding


def _add(found: list[tuple[Line, Finding]], finding: Finding, line: Line) -> None:
    """Add a finding, or what it says more, to that of an earlier line of the same message."""
    for at, (_, earlier) in enumerate(found):
        if _is_same(type(earlier.error), type(finding.error)):
            found[at] = (line, _merged(earlier, finding))
            return
    found.append((line, finding))


def _is_same(one: type[SocketError], other: type[SocketError]) -> bool:
    first, second = _public(one), _public(other)
    # A library that could not connect says so whatever the reason.
    return issubclass(first, second) or issubclass(second, first) or ConnectFailed in (first, second)


def _public(cls: type[SocketError]) -> type[SocketError]:
    return _class_named(cls.__name__)


@cache
def _classes() -> dict[str, type[SocketError]]:
    return {cls.__name__: cls for cls in catalogue()}


def _class_named(name: str | None) -> type[SocketError]:
    return _classes().get(name or "", SocketError)


def _merged(one: Finding, other: Finding) -> Finding:
    """Return the more exact of two findings of one failure, with what the other knows besides."""
    return _with(other, one) if _knows(other) > _knows(one) else _with(one, other)


def _with(best: Finding, rest: Finding) -> Finding:
    is_same = _is_same(type(best.error), type(rest.error))
    operation = best.operation or rest.operation
    cls = _public(type(best.error)).__name__
    return _made(
        best.error.symbol or (rest.error.symbol if is_same else None),
        cls if operation is None or cls != "TimedOut" else _timed_out(operation),
        rest.number if best.number is None and is_same else best.number,
        best.platforms or (rest.platforms if is_same else ()),
        operation,
        (best.host or rest.host, best.port if best.host or best.port else rest.port),
        best.error.strerror or "",
        (best.start, best.end),
        best.spelling,
    )


def _knows(finding: Finding) -> tuple[bool, int, bool, bool]:
    depth = len(_public(type(finding.error)).__mro__)
    return (finding.symbol is not None, depth, finding.number is not None, finding.host is not None)


# One line


def _of_line(line: Line, block: Block, at_line: int) -> Iterator[tuple[Finding, bool]]:
    """Yield the failures of a line, each with whether it is only said that there is one."""
    groups = _grouped(atoms(line.text))
    starts = [group[0].start for group in groups] + [len(line.text)]
    end = 0
    for at, group in enumerate(groups):
        start, following = group[0].start, starts[at + 1]
        before = line.text[max(end, start - BEFORE) : start]
        end = group[-1].end
        after = line.text[end : min(following, end + AFTER)]
        if following == len(line.text):
            after = (after + below(block, at_line))[:AFTER]
        around = Around(before, line.text[start:end], after, len(before) + group[-1].start - start)
        around.above = above(block, at_line)
        around.frames = frames(block, at_line)
        finding = _of_group(line, group, around)
        if finding is not None:
            yield finding, all(each.is_general for each in group)


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
        return (
            one.symbol == other.symbol
            or {one.symbol, other.symbol} <= _RESOLVER
            or "EPROTO" in (one.symbol, other.symbol)
        )
    return _is_same(_class_of(one), _class_of(other))


# A name is looked up once. What is not found has several names, and a wrapper says so of any failure.
_NOT_FOUND = {"EAI_NONAME", "EAI_NODATA", "HOST_NOT_FOUND", "NO_DATA"}
_RESOLVER = {*_NOT_FOUND, "EAI_AGAIN", "EAI_FAIL", "TRY_AGAIN", "NO_RECOVERY"}


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


def _of_group(line: Line, group: list[Atom], around: Around) -> Finding | None:
    deciding = [each for each in group if not each.is_general] or [max(group, key=_exactness)]
    named = _symbol_of(deciding)
    number = next((each.number for each in group if each.number is not None), None)
    operation = _operation_of(group, deciding, around, named)
    if operation is Operation.LISTEN and named == "EACCES":
        # listen() does not fail with it, but what is said of both calls does.
        operation = Operation.BIND
    if named is None and all(each.is_open for each in deciding):
        named = None if number is None else symbol_of_bare(number, operation)
        deciding = [each for each in group if not each.is_open or named is not None]
        if not deciding:
            return None
    if not counts(named, group, around):
        return None
    cls = max((each for each in deciding if each.cls is not None), key=_exactness, default=_NOTHING).cls
    if cls == "TimedOut" and operation is not None:
        cls = _timed_out(operation)
    if operation is Operation.RESOLVE and named in _OF_NAME_SERVER:
        # So a name server was asked, and not the peer.
        named, cls = None, "ResolverUnavailable"
    return _made(
        named,
        cls,
        number,
        _systems(group, named, number),
        operation,
        Peer(None, None) if deciding[0].spelling in _FLAGS else around.peer(operation),
        around.core,
        (line.start + group[0].start, line.start + group[-1].end),
        deciding[0].spelling,
    )


# What happens to a question to a name server.
_OF_NAME_SERVER = frozenset({"ECONNREFUSED", "ECONNRESET", "EHOSTUNREACH", "ENETUNREACH", "ETIMEDOUT"})


_NOTHING = Atom(0, 0, "")


def _exactness(atom: Atom) -> tuple[bool, int]:
    """Return how exact a general piece is; of equal ones, the first counts."""
    cls = _class_of(atom)
    return (cls is not ConnectFailed, len(_public(cls).__mro__))


# Flags in a line that names clients first, and other addresses in an order that is configured.
_FLAGS = {
    *("envoy-dc", "envoy-uc", "envoy-uf"),
    *("haproxy-client-aborted", "haproxy-connect", "haproxy-connect-timeout", "haproxy-server-aborted"),
    "haproxy-server-timeout",
}


def _timed_out(operation: Operation) -> str:
    """Return the class of a timeout in an operation."""
    if operation is Operation.RESOLVE:
        return "ResolverUnavailable"
    return type(from_symbol("ETIMEDOUT", None, None, "linux", operation, None)).__name__


def _symbol_of(deciding: list[Atom]) -> str | None:
    symbols = [each.symbol for each in deciding if each.symbol is not None]
    return next((each for each in symbols if each in _RESOLVER - _NOT_FOUND), next(iter(symbols), None))


# The operation that a class tells of by itself.
_OPERATIONS = {
    "CertificateExpired": Operation.CONNECT,
    "CertificateNameMismatch": Operation.CONNECT,
    "CertificateRejected": Operation.CONNECT,
    "CertificateUntrusted": Operation.CONNECT,
    "ConnectFailed": Operation.CONNECT,
    "ConnectTimedOut": Operation.CONNECT,
    "NameNotFound": Operation.RESOLVE,
    "NotTLS": Operation.CONNECT,
    "ReceiveTimedOut": Operation.RECEIVE,
    "ResolutionError": Operation.RESOLVE,
    "ResolverFailed": Operation.RESOLVE,
    "ResolverUnavailable": Operation.RESOLVE,
    "SendTimedOut": Operation.SEND,
}


def _operation_of(group: list[Atom], deciding: list[Atom], around: Around, symbol: str | None) -> Operation | None:
    if symbol is not None and kind_of_symbol(symbol) != "errno":
        return Operation.RESOLVE
    given = next((each.operation for each in (*deciding, *group) if each.operation is not None), None)
    is_tls = any(issubclass(_class_of(each), TLSError) for each in deciding)
    if is_tls and is_of_client(around.before + around.core):
        return None
    if given is not None:
        return Operation(given) if given else None
    implied = None if symbol is not None else next((_OPERATIONS.get(each.cls or "") for each in deciding), None)
    return implied or around.operation


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
    if symbol == "EACCES" and operation is Operation.BIND and host is None and port is not None:
        # The port tells whether it is a privileged one; any address of this machine is an empty host.
        address = ("", port)
    if symbol is not None:
        platform = systems[0] if systems else None
        known = number if platform is not None and number == platforms.number(symbol, platform) else None
        error = from_symbol(symbol, known, message, platform, operation, address)
    else:
        error = _class_named(cls)(message, operation=operation, address=address)
    error.evidence = Evidence.MESSAGE
    return Finding(error, number, systems, host, port, *span, spelling)
