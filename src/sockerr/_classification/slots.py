"""Read other people's exceptions through the slots that every exception has: arguments, traceback, instance dictionary.

Nothing is read through attribute access, `str` or `isinstance`. None of their code runs, so none of it can raise, lie
or take forever.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType, TracebackType
    from typing import Any

LIMIT = 1000
"""How many exceptions are looked at, how many items of a container, and how many frames of a traceback."""

_SLOTS: "dict[str, Any]" = {
    name: vars(BaseException)[name]
    for name in ("args", "__cause__", "__context__", "__dict__", "__suppress_context__", "__traceback__")
}


def slot(error: BaseException, name: str) -> "Any":
    """Return what a slot of an exception holds, even if its class defines a property of the same name."""
    return _SLOTS[name].__get__(error)


def frames(error: BaseException) -> "Iterator[FrameType]":
    """Yield the frames of an exception's traceback, the innermost last."""
    traceback: TracebackType | None = slot(error, "__traceback__")
    for _ in range(LIMIT):
        if traceback is None:
            return
        yield traceback.tb_frame
        traceback = traceback.tb_next
