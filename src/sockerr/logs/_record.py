"""The record of a finding, for type checkers."""

from sockerr.typing import ErrorRecord


class FindingRecord(ErrorRecord):
    """What `Finding.as_dict` returns: the record of the error, and what the text adds to it."""

    number: int | None
    platforms: list[str]
    host: str | None
    port: int | None
    start: int
    end: int
    spelling: str
