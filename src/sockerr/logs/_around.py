"""What stands around a failure in a line, and whether the line reports a failure of a socket at all."""

import re
from dataclasses import dataclass
from itertools import takewhile

from sockerr._vocabulary import Operation

from ._atoms import Atom, is_of_files
from ._blocks import Block, Line
from ._names import names
from ._operations import (
    AFTER,
    BEFORE,
    Peer,
    operation_after,
    operation_before,
    operation_of_frames,
    peer_near,
    peer_of_frames,
)
from ._spellings import PHRASES

# What a line says that tells of an earlier failure, which has been overcome.
_OVERCOME = re.compile(
    r"(?<!not )(?<!successfully )\b(?:succeeded|recovered|re-?established|reconnected|successful(?:ly)?)\b"
)
# What is written to the standard output breaks a pipe as well.
_STANDARD_OUTPUT = re.compile(
    r"(?:\b(?:write error|stdout|flush|cat|grep|head|tail|sort|echo|printf|tee|yes|ls)\b|<fdopen|/dev/std)"
    r"[^\n]{0,20}: $"
)
# As Ruby says so.
_STANDARD_OUTPUT_AFTER = re.compile(r"[^\n]{0,40}<STDOUT>")
# The spellings in words that only sockets have.
_OF_SOCKETS = frozenset(row.name for row in PHRASES if names(row.means) is None)


@dataclass(slots=True)
class Around:
    """A failure in a line, and what stands around it."""

    before: str
    core: str
    """From the first to the last piece that reports it."""
    after: str
    last: int
    """Where the last piece begins in `before + core`."""
    above: str = ""
    """The line above, if it belongs to the same message."""
    frames: tuple[str, ...] = ()
    """The lines that show where an exception was raised, the innermost last."""

    def peer(self, operation: Operation | None) -> Peer:
        """Return the peer that is named here."""
        start = len(self.before)
        found = peer_near(self.before + self.core + self.after, start, start + len(self.core), operation)
        if not any(found):
            found = peer_near(self.above, len(self.above), len(self.above), operation)
        return found if any(found) else peer_of_frames(self.frames)

    @property
    def operation(self) -> Operation | None:
        """The operation that is named here."""
        named = operation_before(self.before + self.core, self.last) or operation_after(self.after)
        return named or self.framed or operation_before(self.above, len(self.above))

    @property
    def framed(self) -> Operation | None:
        """The operation that the frames above an exception show."""
        return operation_of_frames(self.frames)


# A line that says where in a program something happened.
_FRAME = re.compile(r"\s{0,40}at ")


def below(block: Block, at: int) -> str:
    """Return the beginning of what follows a line in its message; in a chain, of the frames that belong to it."""
    following = block.lines[at + 1 : at + 1 + _MOST_BELOW]
    if block.is_chain:
        following = list(takewhile(lambda each: _FRAME.match(each.text), following))
    return "".join(f"\n{each.text[:AFTER]}" for each in following)


_MOST_BELOW = 4


def above(block: Block, at: int) -> str:
    """Return the nearest line above in the same message that does not show where something happened."""
    for line in reversed(block.lines[:at]):
        if not line.is_source and not _FRAME.match(line.text):
            return line.text[-BEFORE:]
    return ""


def frames(block: Block, at: int) -> tuple[str, ...]:
    """Return the last lines above an exception that show where it was raised."""
    first = max(0, at - _MOST_FRAMES)
    shown = takewhile(_shows_source, reversed(block.lines[first:at]))
    return tuple(each.text[:AFTER] for each in shown)[::-1]


_MOST_FRAMES = 24


def _shows_source(line: Line) -> bool:
    return line.is_source or line.text[:4].isspace()


def counts(symbol: str | None, group: list[Atom], around: Around) -> bool:
    """Return whether this is a failure of a socket that the line reports, and not one of a file or of the past."""
    if _OVERCOME.search(around.after) or (symbol == "EPIPE" and _STANDARD_OUTPUT.search(around.before)):
        return False
    if symbol == "EPIPE" and _STANDARD_OUTPUT_AFTER.match(around.after):
        return False
    if symbol is None or not is_of_files(symbol) or any(_is_of_sockets(each) for each in group):
        return True
    if _OPENED.search(around.before):
        return False
    nearest = (around.before + around.core)[max(0, around.last - 160) :]
    named = operation_before(nearest, len(nearest))
    if named is not None:
        return symbol not in _OF_PATHS or named not in (Operation.RECEIVE, Operation.SEND)
    if operation_of_frames(around.frames[-_INNERMOST:]) is not None or _OF_JAVA.search(around.before):
        return True
    frame = _FRAME_BELOW.match(around.after)
    return frame is not None and operation_after(frame[0]) is not None


# The exceptions of Java that only sockets raise, and the first frame below an exception.
_OF_JAVA = re.compile(r"\b(?:Socket|Bind|Connect)Exception: $")
_FRAME_BELOW = re.compile(r"\s{1,8}at [^\n]{1,200}")


# How many of the last lines of a traceback show the call that failed itself.
_INNERMOST = 3
# What operations on files fail with that name them by a path: not what reading and writing fail with.
_OF_PATHS = frozenset({"EACCES", "ENOENT"})
# As Go names an operation on a file.
_OPENED = re.compile(r"\b(?:open|stat|lstat|mkdir|readlink|rename|chdir|exec) (?:[/.~]|[A-Z]:\\)\S{0,250}: $")


def _is_of_sockets(atom: Atom) -> bool:
    return bool(atom.operation) or _is_of_winsock(atom) or atom.spelling in _OF_SOCKETS


def _is_of_winsock(atom: Atom) -> bool:
    """Return whether it is a number or a sentence that Windows has for sockets alone."""
    return (atom.number or 0) >= _WINSOCK or (atom.spelling == "sentence" and atom.platforms == ("win32",))


_WINSOCK = 10000
