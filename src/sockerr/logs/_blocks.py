"""The messages in a text: a line, with the lines below that belong to it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

TRACEBACK = "Traceback (most recent call last):"
_CHAINED = ("During handling of the above exception", "The above exception was the direct cause")
# What goes on with the message of the line above, though it is not indented.
_GOES_ON = ("Caused by", "Suppressed:", "} ", "}", ")", "]", "at ", "... ", "---> ", "--- End of", *_CHAINED)
# An exception of Java, below the line in which a program says that it has met one.
_EXCEPTION = re.compile(r"(?:[a-z]\w{0,40}\.){1,10}[A-Z][\w$]{0,80}(?:Exception|Error)\b")
# Programs that write a message as several lines, each of which begins in this way.
_SERIAL = re.compile(r"(?:npm (?:ERR!|error)|pnpm ERR!)")
# What OpenSSH says twice.
_KEX = ("kex_exchange_identification: ", "ssh_exchange_identification: ")
# A frame of a traceback of Python whose first lines are not there.
_FRAME_OF_PYTHON = re.compile(r"\s{1,12}File \"[^\"\n]{1,300}\", line \d")
# The exception below such frames.
_EXCEPTION_OF_PYTHON = re.compile(r"(?:\w{1,40}\.){0,5}\w{0,60}(?:Error|Exception|timeout)\b(?=:|$)")
# A message does not grow without bound where every line is indented.
_MOST_LINES = 500


@dataclass(slots=True)
class Line:
    """A line of a message."""

    text: str
    start: int
    """Where it begins in the whole text."""
    section: int = 0
    """Which exception of a chain it belongs to."""
    is_source: bool = False
    """Whether it shows code, or where that is."""
    number: int = 0
    """Which line of a file it is."""


@dataclass(slots=True)
class Block:
    """A message: its lines, and whether they are a chain of exceptions, the last of which decides."""

    lines: list[Line] = field(default_factory=list[Line])
    is_chain: bool = False


class Blocks:
    """Put lines together to messages, one line after the other."""

    def __init__(self) -> None:
        self._block = Block()
        self._in_frames = False
        self._prefix = ""
        self._section = 0
        self._ended = False

    def add(self, text: str, start: int, number: int = 0) -> Block | None:
        """Take the next line; return the message before it, if the line begins another."""
        done = None
        if self._block.lines and (not self._goes_on(text) or len(self._block.lines) >= _MOST_LINES):
            done = self.flush()
        line = self._line(text, start)
        line.number = number
        self._block.lines.append(line)
        return done

    def flush(self) -> Block:
        """Return what there is of the last message."""
        block, self._block = self._block, Block()
        self._in_frames, self._prefix, self._section, self._ended = False, "", 0, False
        return block

    def _goes_on(self, text: str) -> bool:
        bare = text.removeprefix(self._prefix)
        if self._in_frames:
            return True
        if self._ended and TRACEBACK in text:
            return True
        if not bare.strip() or bare[0] in " \t" or bare.startswith(_GOES_ON):
            return True
        return self._goes_with(bare, self._block.lines[-1].text, self._block.lines[0].text)

    def _goes_with(self, text: str, above: str, first: str) -> bool:
        """Return whether a line is a part of the message of the lines above by what both of them say."""
        serial = _SERIAL.match(text)
        if serial is not None:
            return first.startswith(serial[0])
        if text.startswith(("Connection closed by ", "Connection reset by ")):
            return above.startswith(_KEX)
        if above.endswith("):") and "AMQP connection <" in above:
            return True
        if above[:4].isspace() and _EXCEPTION_OF_PYTHON.match(text):
            return True
        if "Fatal Exception: " in above or (above.startswith("Caused by ") and "Fatal Exception: " in first):
            return True
        return _EXCEPTION.match(text) is not None and _EXCEPTION.match(first) is None

    def _line(self, text: str, start: int) -> Line:
        bare = text.removeprefix(self._prefix)
        line = Line(text, start, self._section)
        if TRACEBACK in text:
            self._prefix = (
                text[: text.index(TRACEBACK)].rstrip(" |+") if self._in_frames else text.partition(TRACEBACK)[0]
            )
            self._in_frames, self._ended, self._block.is_chain = True, False, True
        elif not self._in_frames and _FRAME_OF_PYTHON.match(text):
            self._in_frames = self._block.is_chain = line.is_source = True
        elif self._in_frames:
            line.is_source = bare[:1] in (" ", "\t") and "|" not in bare[:12]
            self._in_frames = line.is_source or not bare.strip()
        elif bare.startswith(_CHAINED):
            self._section += 1
            self._ended = True
        elif bare.startswith("Caused by"):
            self._section += 1
            line.section = self._section
            self._block.is_chain = True
        return line


def blocks(lines: Iterable[tuple[str, int]]) -> Iterator[Block]:
    """Yield the messages of some lines, each given with where it begins."""
    collected = Blocks()
    for text, start in lines:
        done = collected.add(text, start)
        if done is not None:
            yield done
    yield collected.flush()
