"""Find what an exception wraps: the exceptions inside it, the failures of several attempts, and its own text."""

from itertools import islice

from sockerr._instances import is_a

from .attributes import Budget, is_exception, kept_in
from .slots import LIMIT, frames, slot

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

# Where libraries keep a server's reply. The server may have written the text then, about a connection of its own.
_REPLIES = frozenset(("body", "code", "meta", "reply_code", "response", "smtp_code", "status", "status_code"))
# The codes of HTTP, SMTP, FTP and protocols like them.
_REPLY_CODES = range(100, 600)
_MRO: "Any" = vars(type)["__mro__"]
_NAMESPACE: "Any" = vars(type)["__dict__"]
# How to read the names in an instance dictionary, even if it is of a class with methods of its own.
_KEYS: "Any" = vars(dict)["keys"]
_MEMBERS: "Any" = vars(BaseExceptionGroup)["exceptions"]


def exceptions_in(error: BaseException, budget: Budget) -> "Iterator[BaseException]":
    """Yield the exceptions that one wraps, the most deliberate first.

    These are its cause, the attributes that are named for what went wrong, its arguments, the context that it replaces,
    and what other attributes hold.
    """
    kept = kept_in(error, budget)
    yield from filter(is_exception, [slot(error, "__cause__"), *kept.deliberate])
    arguments: tuple[Any, ...] = slot(error, "args")
    if not is_a(error, (LookupError, StopIteration)):
        # There an exception is the key that was not found, or a result.
        yield from filter(is_exception, arguments[:LIMIT])
    context = slot(error, "__context__")
    if context is not None and _was_replaced_on_purpose(error, context):
        yield context
    yield from kept.others


def attempts_in(error: BaseException, budget: Budget) -> "Iterator[BaseException]":
    """Yield the failures of several attempts, any of which could have succeeded, those of nested groups included."""
    pending = [error]
    seen: set[int] = set()
    for _ in range(LIMIT):
        if not pending:
            return
        each = pending.pop()
        if id(each) in seen:
            continue
        seen.add(id(each))
        # What a member keeps of attempts of its own is looked at when the member is.
        members = _members(each, budget) if each is error or is_a(each, BaseExceptionGroup) else []
        if members:
            pending.extend(reversed(members))
        elif each is not error:
            yield each
    if pending:
        # There are more than may be looked at. The group itself stands for them: asked again, it gives no answer.
        yield error


def _members(error: BaseException, budget: Budget) -> "list[BaseException]":
    if not is_a(error, BaseExceptionGroup):
        return kept_in(error, budget).attempts
    members: tuple[BaseException, ...] = _MEMBERS.__get__(error)
    return list(members[:LIMIT])


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


def text_of(error: BaseException) -> str:
    """Return the text of an exception, or an empty one if a server may have written it."""
    arguments: tuple[Any, ...] = slot(error, "args")
    names = (name for name in islice(_KEYS(slot(error, "__dict__")), LIMIT) if type(name) is str)
    if any(name in _REPLIES for name in names) or _has_code_of_class(type(error)):
        return ""
    if arguments and type(arguments[0]) is int and arguments[0] in _REPLY_CODES:
        return ""
    text: str = next((each for each in arguments[:LIMIT] if type(each) is str), "")
    return "" if _begins_with_code(text) else text


def _begins_with_code(text: str) -> bool:
    """Return whether a text is a reply, as of FTP: `425 Can't build data connection: Connection refused`."""
    return text[:3].isdecimal() and text[3:4] in (" ", "-") and int(text[:3]) in _REPLY_CODES


def _has_code_of_class(cls: type[BaseException]) -> bool:
    """Return whether a class stands for one code of a protocol, as `class NotFound` with `code = 404` does."""
    namespaces = (_NAMESPACE.__get__(each) for each in _MRO.__get__(cls))
    return any(is_a(namespace.get(name), int) for namespace in namespaces for name in _REPLIES)
