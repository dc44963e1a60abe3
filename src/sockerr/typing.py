"""Types for annotations."""

from typing_extensions import TypedDict

from ._operations import Context

__all__ = ["Context", "ErrorRecord"]


class ErrorRecord(TypedDict):
    """What `SocketError.as_dict` returns: everything that is known about an error, in values that JSON has.

    It is `typing_extensions.TypedDict`, which pydantic can read on every Python.
    """

    error: str
    """The name of the class, such as `ConnectionRefused`."""
    symbol: str | None
    operation: str | None
    address: str | None
    located: str | None
    """Where operation and address come from."""
    message: str
    """`str(error)`."""
    errno: str | int | float | None
    strerror: str | int | float | None
    filename: str | int | float | None
    filename2: str | int | float | None
    winerror: str | int | float | None
    args: list[str | int | float | None]
    retry: str
    fault: str
    hint: str
    evidence: str
    library: str | None
    """The class of a library whose own codes decided, such as `pycurl.error`."""
    platform: str
    """The system that the error comes from."""
    code: str | int | float | None
    """The number that it had on `platform`."""
    causes: "list[ErrorRecord]"
