"""A spelling: one way in which programs write that an operation on a socket has failed."""

import re
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Spelling:
    """A row of the grammar."""

    name: str
    needle: str
    """A part of every text that is spelled like this, in lower case."""
    means: str
    """A symbol, the name of a class, or the kind of number or the family of names that the pattern captures."""
    example: str
    """A text that is spelled like this."""
    source: str
    """Where it is documented, or the program that writes it."""
    pattern: str | None = None
    """What is searched for, beginning at the needle or shortly before it; `None` for the needle itself."""
    operation: str | None = None
    """The operation that failed, where the words say so; empty if it was the peer's, which no word around names."""
    is_general: bool = False
    """Whether a more exact failure beside it says what this one means: "could not connect: connection refused"."""

    @cached_property
    def regex(self) -> "re.Pattern[str]":
        return re.compile(self.pattern or re.escape(self.needle), 0 if self.pattern else re.IGNORECASE)
