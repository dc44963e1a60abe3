"""Add what a socket failure means to the events of `logging` and structlog."""

import logging
import sys
from collections.abc import Mapping, MutableMapping
from typing import Any

from sockerr._classification import classify
from sockerr._socket_error import SocketError

# The keys of a record that `logging.LogRecord` has for something else.
_TAKEN = {"args": "error_args"}


def event_fields(error: BaseException) -> dict[str, object]:
    """Return what to add to a log event about an exception; nothing if it is not a socket failure.

    The keys are those of `SocketError.as_dict`, and beside them `error.type`, `server.address` and `server.port` of
    OpenTelemetry. Nothing of what was sent or received is among them.

    >>> import sockerr
    >>> from sockerr.logs import event_fields
    >>> fields = event_fields(sockerr.ConnectionRefused())
    >>> fields["error"], fields["error.type"]
    ('ConnectionRefused', 'ConnectionRefused')

    Source: OpenTelemetry, Semantic Conventions, registry of attributes.
    """
    failure = classify(error)
    return {} if failure is None else {**failure.as_dict(), **_of_opentelemetry(failure)}


def _of_opentelemetry(failure: SocketError) -> dict[str, object]:
    named: dict[str, object] = {"error.type": failure.as_dict()["error"]}
    address: Any = failure.address
    match address:
        case (str(host), int(port), *_):
            named |= {"server.address": host, "server.port": port}
        case str(path):
            named |= {"server.address": path}
        case _:
            pass
    return named


class SocketErrorFilter(logging.Filter):
    """Add what a socket failure means to the log records that carry its exception.

    Attach it to a handler. `record.sockerr` is then the mapping that `event_fields` returns, for a formatter to print,
    and each of its keys is an attribute of the record too, unless a record has one of that name for something else
    (`args` is `error_args`). Every record passes.

    >>> import io, logging, socket
    >>> from sockerr.logs import SocketErrorFilter
    >>> stream = io.StringIO()
    >>> handler = logging.StreamHandler(stream)
    >>> handler.addFilter(SocketErrorFilter())
    >>> handler.setFormatter(logging.Formatter("%(message)s: %(symbol)s, retry %(retry)s", defaults={"symbol": None}))
    >>> logger = logging.getLogger("example")
    >>> logger.addHandler(handler)
    >>> try:
    ...     socket.create_connection(("127.0.0.1", 1))
    ... except OSError as error:
    ...     logger.error("no connection", exc_info=error)
    >>> stream.getvalue().splitlines()[0]
    'no connection: ECONNREFUSED, retry safe'
    >>> logger.removeHandler(handler)
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Add the fields to a record, and let it pass."""
        error = record.exc_info[1] if record.exc_info else None
        fields = {} if error is None else event_fields(error)
        if fields:
            record.sockerr = fields
            for name, value in fields.items():
                free = _TAKEN.get(name, name)
                if not hasattr(record, free):
                    setattr(record, free, value)
        return True


def add_socket_error(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Add what a socket failure means to an event of structlog: a processor.

    Place it before `structlog.processors.format_exc_info`. It reads `exc_info` as structlog does: an exception, the
    triple of `sys.exc_info()`, or `True` for the exception that is being handled. What the event has already stays.

    >>> import sockerr
    >>> from sockerr.logs import add_socket_error
    >>> event = {"event": "no connection", "exc_info": sockerr.ConnectionReset()}
    >>> add_socket_error(None, "error", event)["error.type"]
    'ConnectionReset'
    """
    error = _exception_of(event)
    for name, value in ({} if error is None else event_fields(error)).items():
        event.setdefault(name, value)
    return event


def _exception_of(event: Mapping[str, Any]) -> BaseException | None:
    given: Any = event.get("exc_info")
    match given:
        case BaseException():
            return given
        case (_, BaseException() as error, _):
            return error
        case True:
            return sys.exc_info()[1]
        case _:
            return None
