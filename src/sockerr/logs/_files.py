"""The lines of log files: plain, gzip or zstd, whatever their bytes."""

import gzip
import sys
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import IO, cast

from ._blocks import Block, Blocks

# Longer lines are read in pieces of this size, in bytes.
LONGEST = 1_000_000
_GZIP, _ZSTD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"
# How long to wait for more of a file that is followed, in seconds.
_PAUSE = 0.2


@dataclass
class Source:
    """A file that is read, and what was odd about it."""

    name: str
    lines: int = 0
    size: int = 0
    """How many bytes were read."""
    odd: int = 0
    """Lines with bytes that are not UTF-8."""
    long: int = 0
    """Lines longer than `LONGEST`."""
    problem: str | None = None
    """Why it could not be read to its end."""
    step: Callable[[], None] = field(default=lambda: None, repr=False)
    """Called after each line."""

    def blocks(self, stream: IO[bytes], *, follow: bool = False) -> Iterator[Block]:
        """Yield the messages of a file, and at the end record why it ended too early, if it did."""
        collected = Blocks()
        try:
            for line in self._lines(stream, follow=follow):
                done = collected.flush() if line is None else collected.add(line, 0, self.lines)
                if done is not None:
                    yield done
        except _errors_of_reading() as error:
            self.problem = f"{error}"
        yield collected.flush()

    def _lines(self, stream: IO[bytes], *, follow: bool) -> Iterator[str | None]:
        """Yield every line, and `None` where there is nothing more for now."""
        is_inside = False
        while True:
            data = stream.readline(LONGEST)
            if not data:
                if not follow:
                    return
                yield None
                time.sleep(_PAUSE)
                continue
            if follow and not data.endswith(b"\n"):
                # The program may have written a part of its line so far.
                time.sleep(_PAUSE)
                data += stream.readline(LONGEST - len(data))
            is_whole = data.endswith(b"\n")
            if not is_inside:
                self.lines += 1
                self.long += not is_whole and len(data) == LONGEST
            is_inside = not is_whole and len(data) == LONGEST
            self.size += len(data)
            yield self._decoded(data.rstrip(b"\r\n"))
            self.step()

    def _decoded(self, data: bytes) -> str:
        try:
            return data.decode()
        except UnicodeDecodeError:
            self.odd += 1
            return data.decode(errors="replace")


def _errors_of_reading() -> tuple[type[Exception], ...]:
    """Return what is raised where a file cannot be read, is damaged, or ends too early."""
    errors = (EOFError, OSError, zlib.error)
    zstd = sys.modules.get("compression.zstd")
    return errors if zstd is None else (*errors, zstd.ZstdError)


def opened(path: Path) -> IO[bytes]:
    """Open a file, and unpack it while it is read.

    Raises `OSError` if it cannot be opened, and `ValueError` if this Python cannot unpack it.
    """
    with path.open("rb") as file:
        magic = file.read(4)
    if magic.startswith(_GZIP):
        return cast("IO[bytes]", gzip.open(path))
    if magic == _ZSTD:
        return _zstd(path)
    return path.open("rb")


def _zstd(path: Path) -> IO[bytes]:
    try:
        zstd = import_module("compression.zstd")
    except ImportError:
        raise ValueError(f"{path} is compressed with zstd, which Python reads from 3.14 on: unpack it first") from None
    stream: IO[bytes] = zstd.open(path)
    return stream
