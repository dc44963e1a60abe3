"""Find where an exception was raised: the operation that failed, and the address that it was given.

The traceback ends in the call that failed. Where a library raises the exception itself, or waits for what is cancelled,
its function is in a table (see `functions`). Nothing of anybody's is called: what is read are code objects, names and
local variables.
"""

import sys
from errno import EINVAL
from itertools import pairwise
from types import ModuleType

from sockerr._instances import is_a
from sockerr._vocabulary import ACCEPT, CONNECT

from .calls import call_at, together, variable
from .functions import CALLS, CALLS_WITHIN, ELSEWHERE, FILE_CALLS, FUNCTIONS, PASSED, PIPES, RAISES_FOR_ITSELF, STREAMS
from .remembered import address_of, memory
from .slots import LIMIT, slot

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType, TracebackType
    from typing import Any

    from sockerr._vocabulary import Operation

    from .calls import Argument
    from .remembered import PlaceRow


class Place:
    """An operation and the address that it was given; `None` for what is not known."""

    __slots__ = ("address", "operation")

    def __init__(self, operation: "Operation | None" = None, address: object = None) -> None:
        self.operation = operation
        self.address = address


UNKNOWN = Place()
NO_SOCKET = Place()
"""The place of a timeout that ended a wait for something else than a socket."""

# A timeout may be raised again several times before it reaches the caller.
_LINKS = 8
_CO_VARARGS = 4
# The name of a class, even if its metaclass defines a property of the same name.
_NAME: "Any" = vars(type)["__name__"]
# How to read a dictionary, even if its class defines a method of the same name.
_GET: "Any" = vars(dict)["get"]
_NOTHING: "PlaceRow" = (None, None)
_NO_CANCELLATION = (KeyboardInterrupt, SystemExit, GeneratorExit)


def locate(error: BaseException) -> Place:
    """Return where an exception was raised; `UNKNOWN` if that cannot be told, and `NO_SOCKET` for such a timeout."""
    try:
        return _locate(error)
    except Exception:  # noqa: BLE001  # what cannot be read is not known
        return UNKNOWN


def _locate(error: BaseException) -> Place:
    tracebacks = _tracebacks(error)
    if tracebacks and _may_be_a_broken_pipe(error) and _writes_to_file(tracebacks[-1]):
        return NO_SOCKET
    if not _is_timeout(error):
        place = _innermost(tracebacks)
        return UNKNOWN if place is NO_SOCKET else place
    # A timeout of the socket's own is raised by the call itself. Any other cancels what was being waited for.
    called = _of_call(tracebacks[-1]) if tracebacks else None
    awaited = called or _awaited(error)
    if awaited is not UNKNOWN:
        return awaited
    return NO_SOCKET if _is_from_signal(tracebacks) else _innermost(tracebacks)


def is_too_slow(error: BaseException) -> bool:
    """Return whether an exception is the one that Trio raises for a timeout."""
    trio = sys.modules.get("trio")
    return type(trio) is ModuleType and type(error) is vars(trio).get("TooSlowError")


def _is_timeout(error: BaseException) -> bool:
    return is_too_slow(error) or (type(error) is TimeoutError and error.errno is None)


def _tracebacks(error: BaseException) -> "list[TracebackType]":
    """Return the entries of an exception's traceback, the innermost last; none if there are too many."""
    found: list[TracebackType] = []
    each: TracebackType | None = slot(error, "__traceback__")
    while each is not None:
        if len(found) == LIMIT:
            return []
        found.append(each)
        each = each.tb_next
    # The functions in C that take a host name call functions in Python to encode it.
    while found and _package(found[-1].tb_frame) == "encodings":
        found.pop()
    return found


def _innermost(tracebacks: "list[TracebackType]") -> Place:
    """Return the place that the innermost frame shows, or one further out where frames of libraries lie between."""
    place = UNKNOWN
    for traceback in reversed(tracebacks):
        is_innermost = traceback is tracebacks[-1]
        found = (_of_call(traceback) if is_innermost else None) or _of_function(traceback.tb_frame, is_innermost)
        if found is not None and found is not NO_SOCKET:
            return found
        place = found or place
        if _package(traceback.tb_frame) not in PASSED:
            if is_innermost:
                # Whatever else the traceback has, it is not looked at.
                memory.places_in(traceback.tb_frame.f_code)[traceback.tb_lasti] = _NOTHING
            break
    return place


def _of_call(traceback: "TracebackType") -> "Place | None":
    """Return the place of the call that a frame makes, if the name of the function means an operation there."""
    frame = traceback.tb_frame
    rows = memory.places_in(frame.f_code)
    if traceback.tb_lasti not in rows:
        rows[traceback.tb_lasti] = _read_call(traceback)
    operation, argument = rows[traceback.tb_lasti] or _NOTHING
    if operation is None:
        return None
    if operation is CONNECT and module_of(frame) == "ssl" and _is_of_server(frame.f_locals.get("self")):
        return Place(ACCEPT)
    return _place(operation, argument, frame)


def _read_call(traceback: "TracebackType") -> "PlaceRow | None":
    frame = traceback.tb_frame
    call = call_at(frame.f_code, traceback.tb_lasti)
    if call is None:
        return None
    function, arguments = call
    row = CALLS_WITHIN.get(module_of(frame), {}).get(function) or CALLS.get(function)
    if row is None:
        return None
    operation, index = row
    return operation, None if index is None else next(iter(arguments[index:]), None)


def _may_be_a_broken_pipe(error: BaseException) -> bool:
    # On Windows a pipe that nobody reads is EINVAL.
    return type(error) is BrokenPipeError or (type(error) is OSError and error.errno == EINVAL)


def _writes_to_file(traceback: "TracebackType") -> bool:
    """Return whether a frame writes to a file: a pipe, such as the standard output, breaks as a socket does."""
    frame = traceback.tb_frame
    call = call_at(frame.f_code, traceback.tb_lasti)
    is_write = call is not None and call[0] in FILE_CALLS
    return is_write and module_of(frame) not in CALLS_WITHIN and _of_function(frame, is_innermost=True) is None


def _of_function(frame: "FrameType", is_innermost: bool) -> "Place | None":
    """Return the place of a function that is in the table."""
    module, name = module_of(frame), frame.f_code.co_qualname
    if module in ELSEWHERE or f"{module}.{name}" in ELSEWHERE:
        return NO_SOCKET
    if is_innermost and (module, name) in RAISES_FOR_ITSELF:
        return NO_SOCKET
    row = FUNCTIONS.get((module, name))
    if row is None:
        return None
    if module in STREAMS and _is_of_pipe(frame.f_locals.get("self")):
        return NO_SOCKET
    operation, names = row
    parts: list[Argument | None] = [variable(each) for each in names]
    return _place(operation, together(parts) if len(parts) > 1 else next(iter(parts), None), frame)


def _place(operation: "Operation", argument: "Argument | None", frame: "FrameType") -> Place:
    return Place(operation, None if argument is None else address_of(argument, frame))


def _is_of_pipe(owner: object) -> bool:
    """Return whether a stream of asyncio's, its transport or its protocol, leads to a pipe."""
    attributes: dict[str, Any] = object.__getattribute__(owner, "__dict__")
    return not PIPES.isdisjoint(_NAME.__get__(type(each)) for each in (owner, attributes.get("_transport")))


def _is_of_server(owner: object) -> bool:
    """Return whether an `SSLSocket` is the server's end of a connection."""
    attributes: dict[str, Any] = object.__getattribute__(owner, "__dict__")
    return attributes.get("server_side") is True


def _awaited(error: BaseException) -> Place:
    """Return what was being waited for when a timeout cancelled it."""
    each = error
    for _ in range(_LINKS):
        cause: BaseException | None = slot(each, "__cause__")
        context: BaseException | None = slot(each, "__context__")
        # The context of a timeout may be another one, which the program has handled before.
        before = context if cause is None and context is not None and _is_cancellation(context) else cause
        if before is None or not (_is_cancellation(before) or _is_timeout(before)):
            return UNKNOWN
        place = _innermost(_tracebacks(before))
        if place is not UNKNOWN:
            return place
        each = before
    return UNKNOWN


def _is_cancellation(error: BaseException) -> bool:
    return not is_a(error, (Exception, *_NO_CANCELLATION))


def _is_from_signal(tracebacks: "list[TracebackType]") -> bool:
    """Return whether a signal handler raised the exception: nobody else is given the frame that it interrupts."""
    frames = [each.tb_frame for each in tracebacks]
    for interrupted, handler in pairwise(frames):
        for number, frame in pairwise(_arguments_of(handler)):
            if frame is interrupted and isinstance(number, int):
                return True
    return False


def _arguments_of(frame: "FrameType") -> "Iterator[object]":
    code = frame.f_code
    names = code.co_varnames[: code.co_argcount]
    yield from (frame.f_locals.get(name) for name in names)
    if code.co_flags & _CO_VARARGS:
        rest = frame.f_locals.get(code.co_varnames[code.co_argcount + code.co_kwonlyargcount])
        yield from rest if type(rest) is tuple else ()


def module_of(frame: "FrameType") -> str:
    """Return the name of the module that a frame runs code of."""
    name: Any = _GET(frame.f_globals, "__name__")
    return name if type(name) is str else ""


def _package(frame: "FrameType") -> str:
    return module_of(frame).partition(".")[0]
