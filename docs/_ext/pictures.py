"""The pictures of the documentation, drawn from what the package knows."""

import textwrap
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import svg
from svg import CHARACTER, LINE

from sockerr import Evidence, Operation, Retry, SocketError, TimedOut, testing
from sockerr._socket_error import catalogue
from sockerr._vocabulary import _FUNCTIONS

_WIDTH = 720
_GAP = 14


def page_of(name: str) -> str:
    """Return the address of the page of a class, from any page at the top level."""
    return f"errors/{name}.html"


# The hierarchy: a box for each family


def hierarchy() -> str:
    """Return the classes, each a link to its page, in boxes with their families."""
    families = [list(_family(cls)) for cls in catalogue() if cls.__bases__[0] is SocketError]
    alone = [family[0] for family in families if len(family) == 1]
    boxes = [*(family for family in families if len(family) > 1), alone]
    width = (_WIDTH - 2 * _GAP) / 3
    shapes = [svg.box(0, 0, _WIDTH, 2 * LINE), svg.text(12, 24, "SocketError", "name", href=page_of("SocketError"))]
    shapes.append(svg.text(12 + 13 * CHARACTER, 24, "is an OSError", "note"))
    heights = [2.0 * LINE + _GAP] * 3
    for family in sorted(boxes, key=len, reverse=True):
        column = heights.index(min(heights))
        x, y = column * (width + _GAP), heights[column]
        height = len(family) * LINE + 16
        shapes.append(svg.box(x, y, width, height))
        for row, (depth, name) in enumerate(family):
            style = "name" if depth == 0 and family is not alone else "code"
            shapes.append(svg.text(x + 12 + 14 * depth, y + 22 + row * LINE, name, style, href=page_of(name)))
        heights[column] += height + _GAP
    return svg.picture("The classes and their families", _WIDTH, max(heights), shapes)


def _family(cls: type[SocketError], depth: int = 0) -> Iterator[tuple[int, str]]:
    yield depth, cls.__name__
    for derived in catalogue():
        if derived.__bases__[0] is cls:
            yield from _family(derived, depth + 1)


# What decides


class _Step(NamedTuple):
    question: str
    evidence: Evidence | None


_STEPS = (
    _Step("Is it a SocketError already?", None),
    _Step("Does it have a winerror?", Evidence.WINERROR),
    _Step("Is it a gaierror or herror, with the resolver's code?", Evidence.RESOLVER),
    _Step("Is it an exception of ssl?", Evidence.TLS),
    _Step("Does it have an errno?", Evidence.ERRNO),
    _Step("Does its type say what happened, as TimeoutError does?", Evidence.TYPE),
    _Step("Does a function know its library's codes?", Evidence.LIBRARY),
    _Step("Does it wrap an exception? Then the same questions for that one.", None),
    _Step("Does its text have a system's sentence?", Evidence.MESSAGE),
)


def decision() -> str:
    """Return the questions that `classify` asks, in order, with the evidence that an answer has."""
    height = 2 * LINE
    shapes = []
    tops = [index * (height + _GAP) for index in range(len(_STEPS) + 1)]
    for (question, evidence), top in zip(_STEPS, tops, strict=False):
        shapes.append(svg.box(0, top, 500, height))
        shapes.append(svg.text(14, top + 23, question))
        if evidence is not None:
            shapes.append(svg.arrow((500, top + LINE), (560, top + LINE)))
            shapes.append(svg.text(570, top + 23, evidence.value, "name", href="api.html#sockerr.Evidence"))
    shapes.extend(svg.arrow((30, above + height), (30, below)) for above, below in pairwise(tops))
    shapes.append(svg.text(14, tops[-1] + 20, "None: it is not a socket failure", "name"))
    return svg.picture("What decides, in order", _WIDTH, tops[-1] + 2 * LINE, shapes)


# The life of a socket


def life() -> str:
    """Return the operations of a client and of a server, each with the classes that the tour meets there."""
    shapes: list[str] = []
    half = (_WIDTH - _GAP) / 2
    right = half + _GAP
    top = _row((Operation.RESOLVE, Operation.OPEN), 0, shapes)
    # What a server does before it exchanges anything goes beside what a client does.
    beside = top
    for operation in (Operation.BIND, Operation.LISTEN, Operation.ACCEPT):
        height = _height(operation)
        shapes.extend(_operation(operation, svg.Area(right, beside, half, height), "server"))
        beside += height + _GAP
    height = max(_height(Operation.CONNECT), beside - top - _GAP)
    shapes.extend(_operation(Operation.CONNECT, svg.Area(0, top, half, height), "client"))
    top = _row((Operation.SEND, Operation.RECEIVE), top + height + _GAP, shapes)
    top = _row((Operation.SHUTDOWN, Operation.CONFIGURE, Operation.INSPECT), top, shapes)
    return svg.picture("The operations of a socket, and what fails in each", _WIDTH, top, shapes)


def _row(operations: Sequence[Operation], top: float, shapes: list[str]) -> float:
    """Draw operations side by side, and return where the next row begins."""
    width = (_WIDTH - _GAP * (len(operations) - 1)) / len(operations)
    height = max(map(_height, operations))
    for place, operation in enumerate(operations):
        shapes.extend(_operation(operation, svg.Area(place * (width + _GAP), top, width, height), ""))
    return top + height + _GAP


def _met(operation: Operation) -> list[str]:
    """Return the classes that the situations of an operation end in, the most frequent first."""
    found = [each.expected[0].__name__ for each in testing.situations() if each.operation is operation]
    return sorted(dict.fromkeys(found), key=lambda name: -found.count(name))


def _columns(operation: Operation) -> int:
    return 1 if len(_met(operation)) <= 5 else 2


def _height(operation: Operation) -> float:
    return 3.2 * LINE + -(-len(_met(operation)) // _columns(operation)) * LINE


def _operation(operation: Operation, area: "svg.Area", side: str) -> Iterator[str]:
    x, y = area.x + 12, area.y + 22
    yield svg.box(*area)
    yield svg.text(x, y, operation.value, "name")
    yield svg.text(x + CHARACTER * (len(operation) + 2), y, side, "note")
    yield svg.text(x, y + LINE, ", ".join(_FUNCTIONS[operation].split()[:2]), "note")
    columns = _columns(operation)
    for number, name in enumerate(_met(operation)):
        row, column = divmod(number, columns)
        left = x + column * (area.width / columns - 4)
        yield svg.text(left, y + 4 + (row + 2) * LINE, name, "code small", href=page_of(name))


# The delivery question


def delivery() -> str:
    """Return the steps of an exchange, with the moment from which the peer can have acted on it."""
    steps = (
        (Operation.RESOLVE, "asks a name server", None),
        (Operation.CONNECT, "SYN", "the kernel answers; no program has seen anything yet"),
        (Operation.SEND, "the request", "the program may read it, and may act on it"),
        (Operation.RECEIVE, "the reply", "what it has done is done, whether the reply arrives or not"),
    )
    left, right = 190.0, 420.0
    shapes = [
        svg.text(left - 40, 16, "this side", "name"),
        svg.text(right - 20, 16, "the peer", "name"),
    ]
    top = 30.0
    step = 3.4 * LINE
    bottom = top + step * len(steps)
    shapes.extend((svg.line((left, top), (left, bottom)), svg.line((right, top), (right, bottom))))
    advice = [TimedOut("", operation=operation).retry for operation, _, _ in steps]
    boundary = top + step * advice.index(Retry.IF_IDEMPOTENT)
    shapes.insert(0, svg.box(0, top, _WIDTH, boundary - top, "band safe"))
    shapes.insert(1, svg.box(0, boundary, _WIDTH, bottom - boundary, "band caution"))
    for number, (operation, message, there) in enumerate(steps):
        y = top + step * number + 1.8 * LINE
        shapes.append(svg.text(12, y, operation.value, "name"))
        shapes.append(svg.text(12, y + LINE, advice[number].value, "code"))
        ends = (right, left) if operation is Operation.RECEIVE else (left, right)
        if there is not None:
            shapes.append(svg.arrow((ends[0], y - 4), (ends[1], y - 4)))
            for line, words in enumerate(textwrap.wrap(there, 38)):
                shapes.append(svg.text(right + 14, y - 8 + line * LINE, words, "small"))
        shapes.append(svg.text(left + 14, y - 12, message, "small"))
    return svg.picture("When the peer can have acted", _WIDTH, bottom + 4, shapes)
