"""Read what an exception wraps: the exceptions inside it, the failures of several attempts, and its own text.

Strategy: read other people's exceptions only through the slots that every exception has (cause, context, arguments,
traceback, instance dictionary), never through attribute access, `str` or `isinstance`. None of their code runs, so none
of it can raise, lie or take forever.
"""

from itertools import islice

from sockerr._instances import is_a

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from types import FrameType, TracebackType
    from typing import Any

    from typing_extensions import TypeIs


LIMIT = 1000
"""How many exceptions are looked at, how many items of a container, and how many frames of a traceback."""

# Where libraries keep what they wrap: urllib and urllib3, aiohttp, PyMySQL, and several others.
_ATTRIBUTES = ("reason", "os_error", "original_exception", "exception")
# Where libraries keep the failure of each address they tried: paramiko.
_ATTEMPTS = "errors"
# Where libraries keep a server's reply. The server may have written the text then, about a connection of its own.
_REPLIES = frozenset(("smtp_code", "status", "status_code", "code", "response", "reply_code"))

# How to read the items of a container. Reading a derived class could run its code, so it is left out.
_READERS: "dict[object, Callable[[Any], Iterable[Any]]]" = {dict: vars(dict)["values"], list: iter, tuple: iter}

_SLOTS: "dict[str, Any]" = {
    name: vars(BaseException)[name]
    for name in ("args", "__cause__", "__context__", "__dict__", "__suppress_context__", "__traceback__")
}
_MEMBERS: "Any" = vars(BaseExceptionGroup)["exceptions"]


def slot(error: BaseException, name: str) -> "Any":
    """Return what a slot of an exception holds, even if its class defines a property of the same name."""
    return _SLOTS[name].__get__(error)


def _is_exception(value: object) -> "TypeIs[BaseException]":
    return is_a(value, BaseException)


def exceptions_in(error: BaseException) -> "Iterator[BaseException]":
    """Yield the exceptions that one wraps, the most deliberate first: its cause, attributes, arguments, context."""
    attributes = slot(error, "__dict__")
    inner = [slot(error, "__cause__"), *(attributes.get(name) for name in _ATTRIBUTES)]
    yield from filter(_is_exception, inner)
    arguments: tuple[Any, ...] = slot(error, "args")
    yield from filter(_is_exception, arguments[:LIMIT])
    context = slot(error, "__context__")
    if context is not None and _was_replaced_on_purpose(error, context):
        yield context


def attempts_in(error: BaseException) -> "Iterator[BaseException]":
    """Yield the failures of several attempts, any of which could have succeeded, those of nested groups included."""
    pending = [error]
    for _ in range(LIMIT):
        if not pending:
            return
        each = pending.pop()
        members = _members(each)
        if members:
            pending.extend(reversed(members))
        elif each is not error:
            yield each
    if pending:
        # There are more than may be looked at. The group itself stands for them: asked again, it gives no answer.
        yield error


def _members(error: BaseException) -> "list[BaseException]":
    if is_a(error, BaseExceptionGroup):
        members: tuple[BaseException, ...] = _MEMBERS.__get__(error)
        return list(members[:LIMIT])
    errors: Any = slot(error, "__dict__").get(_ATTEMPTS)
    read = _READERS.get(type(errors))  # pyright: ignore[reportUnknownArgumentType]
    found: list[Any] = [] if read is None else list(islice(read(errors), LIMIT))
    return found if all(map(_is_exception, found)) else []


def _was_replaced_on_purpose(error: BaseException, context: BaseException) -> bool:
    """Return whether an exception was raised to replace the one being handled, and not by a mistake in the handler.

    A library's own exception that is raised in the frame that caught the other one replaces it. A built-in exception,
    or one raised by a function that the handler called, is most likely a bug.
    """
    if slot(error, "__suppress_context__") or not is_a(error, Exception):
        return False
    if type.__getattribute__(type(error), "__module__") == "builtins":
        return False
    raised_in = list(frames(error))[-1:]
    return any(frame is raised_in[0] for frame in frames(context)) if raised_in else False


def frames(error: BaseException) -> "Iterator[FrameType]":
    """Yield the frames of an exception's traceback, the innermost last."""
    traceback: TracebackType | None = slot(error, "__traceback__")
    for _ in range(LIMIT):
        if traceback is None:
            return
        yield traceback.tb_frame
        traceback = traceback.tb_next


def text_of(error: BaseException) -> str:
    """Return the text of an exception, or an empty one if a server may have written it."""
    if not _REPLIES.isdisjoint(slot(error, "__dict__")):
        return ""
    texts = (each for each in islice(slot(error, "args"), LIMIT) if type(each) is str)
    return next(texts, "")
