"""What decides what an exception means: what it says of itself, or else what it carries."""

from . import platforms
from .base import SocketError, is_a, kind_of, natural_origin, symbol_of
from .evidence import of_symbol, routes, speak
from .platforms import Kind  # noqa: TC001  # typing.get_type_hints looks it up
from .vocabulary import Operation, Retry

_new = OSError.__new__


def classify(
    error: BaseException, *, operation: "Operation | str | None" = None, address: object = None
) -> "SocketError | None":
    """The socket failure that an exception means, as a typed error; `None` if it means none.

    Takes any exception, and optionally what was being done (`operation`) and to whom (`address`), which refine the
    class and the advice. An existing `SocketError` is returned as it is. Every other answer has the exception as its
    `__cause__`, so that the idiom in a handler is:

    >>> import socket
    >>> from sockerr import classify
    >>> try:
    ...     socket.create_connection(("127.0.0.1", 1))
    ... except OSError as error:
    ...     failure = classify(error, operation="connect") or error
    >>> failure.symbol, failure.retry
    ('ECONNREFUSED', <Retry.SAFE: 'safe'>)

    Raises `TypeError` for what is no exception and `ValueError` for an unknown operation, and nothing else.
    """
    # Strategy: nearly every failure is like one seen before, an OSError with a number, a message and nothing else. It
    # takes the way that was found for that one; whatever is unusual about it, down to a class whose hash raises, falls
    # through. On Windows, where `winerror` decides, no ways are kept.
    try:
        by_number = routes[type(error)][operation]
        known: OSError = error  # type: ignore[assignment]  # only such have a way
        number, text = known.args
        if number is known.errno and text is known.strerror and known.filename is None and not known.__dict__:
            cls, symbol, doing = by_number[number]
            made = _new(cls, number, text)
            if symbol is not None:
                made.symbol = symbol
            if doing is not None:
                made.operation = doing
            if address is not None:
                made.address = address
            made.__cause__ = error
            return made
    except Exception:  # noqa: BLE001, S110
        pass
    return _classify(error, operation, address)


def _classify(error: BaseException, operation: "Operation | str | None", address: object) -> "SocketError | None":
    if not is_a(error, BaseException):
        raise TypeError(f"classify() takes an exception, not {type(error).__name__}")
    doing = None if operation is None else Operation(operation)
    if is_a(error, SocketError):
        return error
    if not is_a(error, (Exception, BaseExceptionGroup)):
        # KeyboardInterrupt and CancelledError are orders, whatever led to them.
        return None
    try:
        found = speak(error, doing, address) or _look_into(error, doing, address)
    except Exception:  # noqa: BLE001  # with a hostile metaclass even a comparison can fail
        return None
    if found is not None:
        found.__cause__ = error
    return found


def _look_into(error: BaseException, operation: "Operation | None", address: object) -> "SocketError | None":
    # Loaded when the first exception comes that does not speak for itself.
    from .unwrapping import Search

    return Search(operation, address).find(error)


def is_retryable(error: BaseException) -> bool:
    """Whether the exception means a socket failure that a retry can help with, be it safe or only if idempotent.

    >>> import errno, sockerr
    >>> is_retryable(ConnectionResetError(errno.ECONNRESET, "Connection reset by peer"))
    True
    >>> is_retryable(sockerr.NameNotFound())
    False
    """
    failure = classify(error)
    return failure is not None and failure.retry in (Retry.SAFE, Retry.IF_IDEMPOTENT)


def is_safe_to_retry(error: BaseException) -> bool:
    """Whether the exception means a socket failure after which the peer cannot have acted, so that a retry is safe.

    >>> import sockerr
    >>> is_safe_to_retry(sockerr.ConnectTimedOut())
    True
    >>> is_safe_to_retry(sockerr.ReceiveTimedOut())
    False
    """
    failure = classify(error)
    return failure is not None and failure.retry is Retry.SAFE


def from_code(
    code: "int | str",
    message: "str | None" = None,
    *,
    platform: "str | None" = None,
    kind: "Kind | None" = None,
    operation: "Operation | str | None" = None,
    address: object = None,
) -> SocketError:
    """The typed error of a symbol, or of the number that a system has for it.

    `code` is a symbol (`"ECONNREFUSED"`), or a number of `platform` (default: this system). Since numbers of different
    kinds overlap, `kind` says whether it is an `errno`, a `resolver` code or an `herror`; without it the first kind
    that knows the number is taken, in this order. `message` defaults to this system's.

    >>> import sockerr
    >>> error = sockerr.from_code(10061, platform="win32", operation="connect")
    >>> error.symbol, error.platform, error.code
    ('ECONNREFUSED', 'win32', 10061)

    An unknown number makes a plain `SocketError` without a symbol; an unknown symbol, platform, kind or operation
    raises `ValueError`.
    """
    doing = None if operation is None else Operation(operation)
    if kind is not None:
        platforms.check_kind(kind)
    symbol: str | None
    number: int | None
    if isinstance(code, str):
        symbol, number = _known_symbol(code), None
    elif isinstance(code, int) and not isinstance(code, bool):
        symbol, number = _symbol_of_code(code, platform, kind), code
    else:
        raise TypeError(f"code must be a symbol or a number, not {type(code).__name__}")
    return of_symbol(symbol, number, message, platform, doing, address)


def _known_symbol(code: str) -> str:
    symbol = platforms.canonical(code)
    number = platforms.number(symbol)
    if number is not None:
        kind = kind_of(natural_origin(symbol, None))
        return symbol_of(number, kind) or symbol
    everywhere = {each for name in platforms.names() for each in platforms.table(name)}
    if symbol in everywhere:
        return symbol
    from difflib import get_close_matches

    near = get_close_matches(symbol.upper(), sorted(everywhere), n=3, cutoff=0.5)
    hint = f": did you mean {' or '.join(near)}?" if near else ""
    raise ValueError(f"unknown symbol {code!r}{hint}")


def _symbol_of_code(code: int, platform: "str | None", kind: "Kind | None") -> "str | None":
    for each in platforms.KINDS if kind is None else (kind,):
        names = platforms.symbols(code, platform, kind=each)
        if names:
            return names[0]
    return None
