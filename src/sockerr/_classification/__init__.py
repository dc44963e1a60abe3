"""Classify an exception: find the socket failure that it means.

`order` asks each step in turn until one decides, and each step is a module of its own:

itself      the number, class or text of an exception that the socket or ssl module raised
registered  what a library has codes of its own for
location    where it was raised: the operation and the address, if the caller has not given them
wrapped     what another exception wraps: its cause, its attributes, its group
groups      what the failures of several attempts mean together
message     the text of an exception that has nothing else
delivery    whether something may have been sent before the failure
remembered  what was decided for an error like this one before
"""

from sockerr._instances import is_a
from sockerr._socket_error import SocketError, mark_located
from sockerr._vocabulary import Operation, Retry

from .itself import from_itself
from .registered import is_registered, register
from .remembered import memory

_new = OSError.__new__

__all__ = ["classify", "is_retryable", "is_safe_to_retry", "register"]


def classify(
    error: BaseException, *, operation: "Operation | str | None" = None, address: object = None
) -> "SocketError | None":
    """Return the socket failure that an exception means, as a typed error; `None` if it means none.

    Takes any exception. `operation` and `address` say which operation failed and which address it was given; they
    refine the class and the advice. Without an operation, `classify` reads both from the traceback of the exception
    that decides, as far as the traceback shows them. It returns an existing `SocketError` as it is. Every other result
    has the exception as its `__cause__`, so a handler can say:

    >>> import socket
    >>> from sockerr import classify
    >>> try:
    ...     socket.create_connection(("127.0.0.1", 1))
    ... except OSError as error:
    ...     failure = classify(error) or error
    >>> failure.symbol, failure.operation, failure.address, failure.retry
    ('ECONNREFUSED', <Operation.CONNECT: 'connect'>, ('127.0.0.1', 1), <Retry.SAFE: 'safe'>)

    Raises `TypeError` if `error` is not an exception and `ValueError` for an unknown operation, and nothing else.
    """
    # Most failures are like one seen before, and need no more than this. See the strategy in `remembered`.
    try:
        known: OSError = error  # type: ignore[assignment]  # only an OSError is ever remembered
        decisions = memory.decisions[type(known)]
        if operation is None and known.__traceback__ is not None:
            read, where = memory.recall_place(known, address)
            if read is not None:
                return mark_located(classify(error, operation=read, address=where))
        number, text = known.args
        cls, symbol, doing = decisions[operation][number]
        if number is known.errno and text is known.strerror and known.filename is None and not known.__dict__:
            made = _new(cls, number, text)
            if symbol is not None:
                made.symbol = symbol
            made.operation = doing
            made.address = address
            made.__cause__ = error
            return made
    except Exception:  # noqa: BLE001, S110  # whatever is unusual is asked anew
        pass
    return _classify(error, operation, address)


def _classify(error: BaseException, operation: "Operation | str | None", address: object) -> "SocketError | None":
    if not is_a(error, BaseException):
        raise TypeError(f"classify() takes an exception, not {type(error).__name__}")
    doing = None if operation is None else Operation(operation)
    if is_a(error, SocketError):
        return error
    try:
        if not is_a(error, (Exception, BaseExceptionGroup)) and not is_registered(type(error)):
            # KeyboardInterrupt and CancelledError tell the program to stop, whatever led to them.
            return None
        found = None if doing is None else from_itself(error, doing, address)
        found = found or _search(error, doing, address)
    except Exception:  # noqa: BLE001  # with a hostile metaclass even a comparison can fail
        return None
    if found is not None:
        found.__cause__ = error
    return found


def _search(error: BaseException, operation: "Operation | None", address: object) -> "SocketError | None":
    # Loaded with the first exception that the socket module did not raise, or whose operation is in its traceback.
    try:
        from .order import Search
    except Exception:  # noqa: BLE001  # if no descriptor is left to load it with
        return from_itself(error, operation, address)
    return Search(operation, address).answer(error)


def is_retryable(error: BaseException) -> bool:
    """Return whether the exception means a socket failure whose advice is `SAFE` or `IF_IDEMPOTENT`.

    >>> import errno, sockerr
    >>> is_retryable(ConnectionResetError(errno.ECONNRESET, "Connection reset by peer"))
    True
    >>> is_retryable(sockerr.NameNotFound())
    False
    """
    failure = classify(error)
    return failure is not None and failure.retry in (Retry.SAFE, Retry.IF_IDEMPOTENT)


def is_safe_to_retry(error: BaseException) -> bool:
    """Return whether the exception means a socket failure whose advice is `SAFE`: the peer cannot have acted.

    >>> import sockerr
    >>> is_safe_to_retry(sockerr.ConnectTimedOut())
    True
    >>> is_safe_to_retry(sockerr.ReceiveTimedOut())
    False
    """
    failure = classify(error)
    return failure is not None and failure.retry is Retry.SAFE
