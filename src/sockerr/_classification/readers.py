"""What the exceptions of libraries mean that keep codes or words of their own, instead of the exception they met.

One function for each, with the source of its codes. This module is imported with the first exception of a library that
it knows; it imports none of them.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeAlias

    Reader: TypeAlias = Callable[[Any], str | BaseException | None]

READERS: "dict[str, Reader]" = {}
"""The functions, by the dotted names of the classes that they read."""


def reads(*names: str) -> "Callable[[Reader], Reader]":
    """Enter a function for the classes of these names."""

    def enter(function: "Reader") -> "Reader":
        READERS.update(dict.fromkeys(names, function))
        return function

    return enter


@reads("twisted.python.failure.Failure")
def twisted_failure(failure: "Any") -> "Any":
    """Look at the exception that an errback is given in a Failure.

    Source: the Twisted documentation of twisted.python.failure.Failure.value.
    """
    return failure.value
