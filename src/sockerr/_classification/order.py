"""The order of precedence: which step is asked first, and which exception is looked at next."""

from sockerr._instances import fields_of, is_a
from sockerr._socket_error import SocketError, clone, is_located, mark_located

from . import groups, message, registered, wrapped
from .attributes import Budget
from .delivery import be_cautious
from .itself import ADDRESS_CLASSES, base_class_of, from_itself, from_timeout, has_number
from .location import NO_SOCKET, UNKNOWN, Place, is_too_slow, locate
from .slots import LIMIT, frames, slot

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import TypeAlias, TypeVar

    from sockerr._vocabulary import Operation

    E = TypeVar("E", bound=BaseException)
    Step: TypeAlias = Callable[[E, Operation | None, object], SocketError | None]

# How deep groups within what groups wrap are followed.
_DEPTH = 8


class Search:
    """A search through an exception and all that it wraps, which looks at no more than `LIMIT` exceptions."""

    def __init__(self, operation: "Operation | None", address: object) -> None:
        self._operation = operation
        self._address = address
        self._seen: set[int] = set()
        self._budget = Budget()
        self._referred_to: list[BaseException] = []

    def answer(self, error: BaseException) -> "SocketError | None":
        """Return the socket failure that an exception means, with advice that takes earlier failures into account."""
        found = self.decide(error)
        # A caller who names the operation knows the exchange.
        return found if found is None or self._operation is not None else be_cautious(found, error)

    def decide(self, error: BaseException, depth: int = 0) -> "SocketError | None":
        """Ask each step in order of precedence; the first answer decides."""
        silent: list[BaseException] = []
        for each in self._unwrap(error):
            found = self._typed_before(each) or self._itself(each, depth) or self._library(each)
            if found is None and not self._referred_to:
                found = self._group(each, depth)
            if found is not None:
                return found
            silent.append(each)
        if self._is_exhausted():
            return None
        # What is left is text, and libraries' classes derived from OSError. The innermost exception knows most. A text
        # that a registered function has read says nothing, nor does a copy of it.
        silent.reverse()
        texts = {wrapped.text_of(each) for each in silent if registered.is_registered(type(each))}
        unread = (each for each in silent if wrapped.text_of(each) not in texts and not has_number(each))
        return _first(self._base_class, silent) or _first(self._library_text, silent) or _first(self._message, unread)

    def _unwrap(self, error: BaseException) -> "Iterator[BaseException]":
        """Yield an exception, and then what it wraps, the most deliberate first."""
        pending = [error]
        while pending and not self._is_exhausted():
            each = pending.pop()
            if id(each) in self._seen:
                continue
            self._seen.add(id(each))
            yield each
            if not is_a(each, BaseExceptionGroup):
                pending.extend(reversed(list(wrapped.exceptions_in(each, self._budget))))
            while self._referred_to:
                pending.append(self._referred_to.pop())

    def _is_exhausted(self) -> bool:
        return len(self._seen) >= LIMIT

    def _typed_before(self, error: BaseException) -> "SocketError | None":
        return clone(error) if is_a(error, SocketError) else None

    def _itself(self, error: BaseException, depth: int) -> "SocketError | None":
        if is_a(error, OSError) or type(error) in ADDRESS_CLASSES:
            found = self._at(self._where(error), error, from_itself)
            cause = slot(error, "__cause__")
            if found is not None and type(error) is ConnectionError and is_a(cause, OSError) and depth < _DEPTH:
                # The type alone says less than the failure that it was raised from.
                return self.decide(cause, depth + 1) or found
            return found
        if is_too_slow(error) and is_a(error, Exception):
            place = self._where(error)
            known = self._operation or place.operation
            return None if known is None else self._at(place, error, from_timeout)
        return None

    def _where(self, error: BaseException) -> "Place":
        """Return where an exception was raised, unless the caller has said it, or it is a file's failure."""
        if self._operation is not None or (is_a(error, OSError) and fields_of(error)["filename"] is not None):
            return UNKNOWN
        return locate(error)

    def _at(self, place: "Place", error: "E", decide: "Step[E]") -> "SocketError | None":
        """Take a step with what the caller has given, and otherwise with what the traceback tells."""
        if place is NO_SOCKET:
            return None
        if place is UNKNOWN:
            return decide(error, self._operation, self._address)
        return mark_located(decide(error, place.operation, place.address if self._address is None else self._address))

    def _library(self, error: BaseException) -> "SocketError | None":
        """Ask the function that is registered for a library's exception; it may refer to another exception."""
        answer = registered.ask(error, self._operation, self._address)
        if answer is None or is_a(answer, SocketError):
            return answer
        self._referred_to.append(answer)
        return None

    def _group(self, error: BaseException, depth: int) -> "SocketError | None":
        """Classify several attempts together: `None` if one of them failed for another reason than its socket."""
        members: list[SocketError] = []
        for each in wrapped.attempts_in(error, self._budget) if depth < _DEPTH else ():
            found = self.decide(each, depth + 1)
            if found is None:
                # Nothing more is known past the limit.
                return SocketError("too many failures to look at") if members and self._is_exhausted() else None
            found.__cause__ = each
            members.append(found)
        if not members:
            return None
        _forget_shared_addresses(members)
        return groups.merge(members, self._operation, self._address)

    def _base_class(self, error: BaseException) -> "SocketError | None":
        as_base = base_class_of(error)
        found = None if as_base is None else self._at(self._where(error), as_base, from_itself)
        # A number without a class is more likely the library's own than the system's.
        return None if found is not None and groups.is_plain(found) else found

    def _library_text(self, error: BaseException) -> "SocketError | None":
        answer = registered.ask(error, self._operation, self._address, about_text=True)
        return answer if is_a(answer, SocketError) else None

    def _message(self, error: BaseException) -> "SocketError | None":
        # The argument of a library's function that is called `connect` may hold a password.
        place = self._where(error)
        return self._at(place if place in (UNKNOWN, NO_SOCKET) else Place(place.operation), error, _from_message)


def _from_message(error: BaseException, operation: "Operation | None", address: object) -> "SocketError | None":
    found = message.from_message(error, operation, address)
    return groups.merge(found, operation, address) if len(found) > 1 else next(iter(found), None)


def _forget_shared_addresses(members: "list[SocketError]") -> None:
    """Forget the addresses of attempts that one frame has made: its variable holds that of the last."""
    by_frame: dict[int, list[SocketError]] = {}
    for each in members:
        if is_located(each) and each.__cause__ is not None:
            innermost = [id(frame) for frame in frames(each.__cause__)][-1:] or [id(each)]
            by_frame.setdefault(innermost[0], []).append(each)
    for together in by_frame.values():
        for each in together if len(together) > 1 else ():
            each.address = None


def _first(
    step: "Callable[[BaseException], SocketError | None]", errors: "Iterable[BaseException]"
) -> "SocketError | None":
    return next((found for found in map(step, errors) if found is not None), None)
