"""What `parse` finds in a text."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sockerr._socket_error import SocketError
    from sockerr._vocabulary import Evidence, Operation

    from ._record import FindingRecord


@dataclass(frozen=True, slots=True)
class Finding:
    """A socket failure that a text reports.

    >>> import sockerr
    >>> (found,) = sockerr.parse("dial tcp 10.0.0.1:80: connect: connection refused")
    >>> found.error.symbol, found.operation, found.host, found.port
    ('ECONNREFUSED', <Operation.CONNECT: 'connect'>, '10.0.0.1', 80)
    """

    error: "SocketError"
    """The typed error, with its advice. It rests on a text alone, and so its advice is never `Retry.SAFE`."""
    number: int | None
    """The number that the text gives, without the sign that libuv and the Linux kernel add; `None` without one."""
    platforms: tuple[str, ...]
    """The systems that the number and the sentence can come from, as `sockerr.platforms.names()` has them, the most
    common first; empty if the text does not tell."""
    host: str | None
    """The host that the operation was about, if the text names it."""
    port: int | None
    """The port, if the text names it."""
    start: int
    """Where the failure begins in the text: `text[start:end]` is what reports it."""
    end: int
    """Where it ends."""
    spelling: str
    """The name of the spelling that was recognized, such as `python-errno`."""

    @property
    def symbol(self) -> str | None:
        """The canonical symbol, such as `ECONNREFUSED`; `None` for a failure without one, such as a timeout."""
        return self.error.symbol

    @property
    def operation(self) -> "Operation | None":
        """The operation that failed, if the text names it."""
        return self.error.operation

    @property
    def evidence(self) -> "Evidence":
        """What decided: always the text, `Evidence.MESSAGE`."""
        return self.error.evidence

    def as_dict(self) -> "FindingRecord":
        """Return the record of the error, and what the text adds to it, in values that JSON has.

        >>> import sockerr
        >>> sockerr.parse("connect ECONNREFUSED 127.0.0.1:80")[0].as_dict()["host"]
        '127.0.0.1'
        """
        return {
            **self.error.as_dict(),
            "number": self.number,
            "platforms": list(self.platforms),
            "host": self.host,
            "port": self.port,
            "start": self.start,
            "end": self.end,
            "spelling": self.spelling,
        }
