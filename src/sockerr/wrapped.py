"""What an exception carries: the exceptions inside it, its alternatives, and its own words.

Strategy: other people's exceptions are read only through the slots that every exception has (cause, context, arguments,
traceback, instance dictionary), never through attribute access, `str` or `isinstance`. None of their code runs, so none
of it can raise, lie or take forever in here.
"""

from itertools import islice

from .base import is_a

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from types import FrameType, TracebackType
    from typing import Any

    from typing_extensions import TypeIs


LIMIT = 1000
"""How many exceptions are looked at, how many parts of each, and how many frames of a traceback."""

# Where libraries keep what they wrap: urllib and urllib3, aiohttp, PyMySQL, and several others.
_ATTRIBUTES = ("reason", "os_error", "original_exception", "exception")
# Where libraries keep the failure of each address they tried: paramiko.
_ALTERNATIVES = "errors"
# Where libraries keep a server's reply: then the text may be the server's, and says nothing of this connection.
_REPLIES = frozenset(("smtp_code", "status", "status_code", "code", "response", "reply_code"))

# How the parts of a container are read; one of a derived class could run code of its own.
_READERS: "dict[object, Callable[[Any], Iterable[Any]]]" = {dict: vars(dict)["values"], list: iter, tuple: iter}

_SLOTS: "dict[str, Any]" = {
    name: vars(BaseException)[name]
    for name in ("args", "__cause__", "__context__", "__dict__", "__suppress_context__", "__traceback__")
}
_MEMBERS: "Any" = vars(BaseExceptionGroup)["exceptions"]


def slot(error: BaseException, name: str) -> "Any":
    """What an exception has in one of its own slots, whatever its class shows under that name."""
    return _SLOTS[name].__get__(error)


def _is_exception(value: object) -> "TypeIs[BaseException]":
    return is_a(value, BaseException)


def carried(error: BaseException) -> "Iterator[BaseException]":
    """The exceptions that one wraps, the most deliberate first: its cause, attributes, arguments, context."""
    attributes = slot(error, "__dict__")
    inner = [slot(error, "__cause__"), *(attributes.get(name) for name in _ATTRIBUTES)]
    yield from filter(_is_exception, inner)
    arguments: tuple[Any, ...] = slot(error, "args")
    yield from filter(_is_exception, arguments[:LIMIT])
    context = slot(error, "__context__")
    if context is not None and _was_wrapped_on_purpose(error, context):
        yield context


def alternatives(error: BaseException) -> "Iterator[BaseException]":
    """The failures of several attempts, any of which could have succeeded; groups within groups are laid flat."""
    pending = [error]
    # One more than will be looked at, so that who looks sees that there are more.
    for _ in range(LIMIT + 1):
        if not pending:
            return
        each = pending.pop()
        members = _members(each)
        if members:
            pending.extend(reversed(members))
        elif each is not error:
            yield each


def _members(error: BaseException) -> "list[BaseException]":
    if is_a(error, BaseExceptionGroup):
        members: tuple[BaseException, ...] = _MEMBERS.__get__(error)
        return list(members[: LIMIT + 1])
    errors: Any = slot(error, "__dict__").get(_ALTERNATIVES)
    read = _READERS.get(type(errors))  # pyright: ignore[reportUnknownArgumentType]
    found: list[Any] = [] if read is None else list(islice(read(errors), LIMIT + 1))
    return found if all(map(_is_exception, found)) else []


def _was_wrapped_on_purpose(error: BaseException, context: BaseException) -> bool:
    """Whether an exception was raised to replace the one being handled, not by a mistake while handling it.

    A library's own exception, raised in the very frame that caught the other one, replaces it. A built-in one, or one
    from a function called in the handler, is most likely a bug there.
    """
    if slot(error, "__suppress_context__") or not is_a(error, Exception):
        return False
    if type.__getattribute__(type(error), "__module__") == "builtins":
        return False
    raised_in = list(_frames(error))[-1:]
    return any(frame is raised_in[0] for frame in _frames(context)) if raised_in else False


def _frames(error: BaseException) -> "Iterator[FrameType]":
    traceback: TracebackType | None = slot(error, "__traceback__")
    for _ in range(LIMIT):
        if traceback is None:
            return
        yield traceback.tb_frame
        traceback = traceback.tb_next


def text(error: BaseException) -> str:
    """What an exception says in its own words; nothing where the words may be a server's."""
    if not _REPLIES.isdisjoint(slot(error, "__dict__")):
        return ""
    said = (each for each in islice(slot(error, "args"), LIMIT) if type(each) is str)
    return next(said, "")
