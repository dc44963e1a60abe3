"""Find signs that something may have been sent before the failure: then a retry is not as safe as the failure alone.

A refused connection says that nothing reached the peer. But the exchange may have had a part before: a request whose
connection was reset, so that a new one was opened; or a request that was answered with a redirect. Only advice that
rests on an operation that was read from a traceback, or told by a library, is limited.
"""

from itertools import islice

from sockerr._instances import is_a
from sockerr._socket_error import SocketError, is_located, set_caution
from sockerr._vocabulary import Evidence, Operation, Retry

from .attributes import Budget
from .groups import ONLY_THIS_MACHINE
from .itself import base_class_of, from_itself, from_timeout
from .location import is_too_slow, locate, module_of
from .registered import ask
from .slots import LIMIT, frames, slot
from .wrapped import attempts_in, exceptions_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

# What happens to a socket before anything is exchanged. Programs probe in this way: is this text an address?
_PREPARATION = frozenset(
    {Operation.RESOLVE, Operation.OPEN, Operation.BIND, Operation.LISTEN, Operation.CONFIGURE, Operation.INSPECT}
)

# Of libraries that follow redirects or repeat requests: the functions that run only then, and those that keep a record
# of what was sent before, with the local variable that holds it.
_ONLY_THEN = frozenset(
    {
        ("requests.sessions", "SessionRedirectMixin.resolve_redirects"),
        ("urllib.request", "HTTPRedirectHandler.http_error_302"),
    }
)
_RECORDS = {
    ("aiohttp.client", "ClientSession._request"): "history",  # the responses before
    ("ftplib", "FTP.ntransfercmd"): "resp",  # the server has accepted the command
    ("httpx._client", "AsyncClient._send_handling_redirects"): "history",
    ("httpx._client", "Client._send_handling_redirects"): "history",
    ("urllib3.connectionpool", "HTTPConnectionPool.urlopen"): "retries",
    ("opensearchpy._async.transport", "AsyncTransport.perform_request"): "attempt",
    ("opensearchpy.transport", "Transport.perform_request"): "attempt",
    ("elastic_transport._async_transport", "AsyncTransport.perform_request"): "attempt",
    ("elastic_transport._transport", "Transport.perform_request"): "attempt",
    ("xmlrpc.client", "Transport.request"): "i",  # how often it was sent
}
# As these, but the first attempt has the number 1.
_FROM_ONE = {
    ("aiobotocore.endpoint", "AioEndpoint._send_request"): "attempts",
    ("botocore.endpoint", "Endpoint._send_request"): "attempts",
}


def be_cautious(found: SocketError, error: BaseException) -> SocketError:
    """Limit the advice of what was found in an exception by what the exception tells of an earlier exchange."""
    if found.retry is Retry.SAFE and (_rests_on_traceback(found) or found.evidence is Evidence.LIBRARY):
        advice = _advice_before(error, found)
        if advice is not None:
            set_caution(found, advice)
    return found


def _rests_on_traceback(found: SocketError) -> bool:
    return is_located(found) or any(map(_rests_on_traceback, found.causes))


def _advice_before(error: BaseException, found: SocketError) -> "Retry | None":
    try:
        return min(_all_advice_before(error, found), key=_CAUTIOUS.index, default=None)
    except Exception:  # noqa: BLE001  # what cannot be read may tell of anything
        return Retry.IF_IDEMPOTENT


# The advice that is more cautious than `SAFE`.
_CAUTIOUS = (Retry.NEVER, Retry.IF_IDEMPOTENT)


def _all_advice_before(error: BaseException, found: SocketError) -> "Iterator[Retry]":
    budget = Budget()
    for each in _linked(error, budget):
        # What a library's code says without an operation is not an earlier failure if it is the answer itself.
        is_answer = each is error and found.evidence is Evidence.LIBRARY
        failure = None if is_answer else _failure(each, budget)
        if failure is not None:
            yield from _advice_of(failure)
        elif is_a(each, EOFError):
            # The peer went away in the middle of a message, as asyncio's `IncompleteReadError` says.
            yield Retry.IF_IDEMPOTENT
        if _has_repeated(each, budget):
            yield Retry.IF_IDEMPOTENT


def _advice_of(failure: SocketError) -> "Iterator[Retry]":
    if failure.operation in _PREPARATION:
        return
    if failure.operation is Operation.CONNECT and isinstance(failure, ONLY_THIS_MACHINE):
        return
    if failure.retry in _CAUTIOUS:
        yield failure.retry
    elif failure.operation is Operation.RECEIVE:
        # It was not ready in the time of SO_RCVTIMEO, perhaps.
        yield Retry.IF_IDEMPOTENT


def _linked(error: BaseException, budget: Budget) -> "Iterator[BaseException]":
    """Yield an exception, and every other one that it knows of: even those that it replaces by accident."""
    pending, seen = [error], set[int]()
    while pending and len(seen) < LIMIT:
        each = pending.pop()
        if id(each) in seen:
            continue
        seen.add(id(each))
        yield each
        pending.extend(exceptions_in(each, budget))
        pending.extend(islice(attempts_in(each, budget), LIMIT))
        context: BaseException | None = slot(each, "__context__")
        if context is not None:
            pending.append(context)


def _failure(error: BaseException, budget: Budget) -> "SocketError | None":
    """Return the failure that an exception is itself."""
    if is_a(error, SocketError):
        return error
    place = locate(error)
    if is_too_slow(error) and is_a(error, Exception):
        return from_timeout(error, place.operation, place.address)
    answer = ask(error, None, None) or ask(error, None, None, about_text=True)
    if is_a(answer, SocketError):
        return answer
    if not is_a(error, OSError):
        return None
    # A library's exception that wraps another one tells of no other failure.
    as_base = base_class_of(error) if next(exceptions_in(error, budget), None) is None else None
    return from_itself(as_base or error, place.operation, place.address)


def _has_repeated(error: BaseException, budget: Budget) -> bool:
    """Return whether the functions that an exception has passed show that something was sent before."""
    for frame in frames(error):
        function = (module_of(frame), frame.f_code.co_qualname)
        if function in _ONLY_THEN:
            return True
        if function in _RECORDS and _tells_of_another(frame.f_locals.get(_RECORDS[function]), budget):
            return True
        if function in _FROM_ONE and frame.f_locals.get(_FROM_ONE[function]) != 1:
            return True
    return False


def _tells_of_another(record: "Any", budget: Budget) -> bool:
    """Return whether a record of requests has one that may have reached a server."""
    if type(record).__module__.startswith("urllib3."):
        # A `Retry`, whose history has the exception that each attempt ended with, or none if it was a redirect.
        history: tuple[tuple[Any, ...], ...] = object.__getattribute__(record, "__dict__")["history"]
        return any(_may_have_arrived(attempt, budget) for attempt in history[:LIMIT])
    is_plain = type(record) in (int, list, str)
    return is_plain and bool(record)


def _may_have_arrived(attempt: "tuple[Any, ...]", budget: Budget) -> bool:
    errors = [each for each in attempt if is_a(each, BaseException)]
    known = [_failure(each, budget) for error in errors for each in _linked(error, budget)]
    failures = [failure for failure in known if failure is not None]
    return not failures or any(failure.retry is not Retry.SAFE for failure in failures)
