"""What is added to log events, with `logging` and with structlog."""

import io
import json
import logging
import socket
from collections.abc import Iterator

import pytest

import sockerr
from sockerr.logs import SocketErrorFilter, add_socket_error, event_fields

structlog = pytest.importorskip("structlog", reason="needs structlog: pip install -e '.[tests]'")


@pytest.fixture
def refused(loopback: None) -> OSError:  # noqa: ARG001  # it needs connections
    with pytest.raises(OSError, match="refused") as caught:
        socket.create_connection(("127.0.0.1", 1))
    return caught.value


class Records(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.records: list[logging.LogRecord] = []
        self.addFilter(SocketErrorFilter())

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@pytest.fixture
def handler() -> Iterator[Records]:
    handler = Records()
    logger = logging.getLogger("test_events")
    logger.addHandler(handler)
    logger.propagate = False
    yield handler
    logger.removeHandler(handler)


def test_filter_adds_the_record_of_the_error(handler: Records, refused: OSError) -> None:
    logging.getLogger("test_events").error("no connection to %s", "db", exc_info=refused)
    (record,) = handler.records
    fields = vars(record)
    assert fields["sockerr"] == event_fields(refused)
    assert (fields["symbol"], fields["retry"], fields["operation"]) == ("ECONNREFUSED", "safe", "connect")
    assert (fields["error.type"], fields["server.address"], fields["server.port"]) == (
        "ConnectionRefused",
        "127.0.0.1",
        1,
    )
    assert record.getMessage() == "no connection to db"
    assert fields["error_args"] == fields["sockerr"]["args"]


@pytest.mark.parametrize("exc_info", [None, ValueError("no failure of a socket")])
def test_filter_lets_every_other_record_pass(handler: Records, exc_info: Exception | None) -> None:
    logging.getLogger("test_events").error("something else", exc_info=exc_info)
    assert not hasattr(handler.records[0], "sockerr")


def test_processor_adds_the_record_to_an_event(refused: OSError) -> None:
    stream = io.StringIO()
    logger = structlog.wrap_logger(
        structlog.PrintLogger(stream),
        processors=[add_socket_error, structlog.processors.format_exc_info, structlog.processors.JSONRenderer()],
    )
    try:
        raise refused
    except OSError:
        logger.exception("no connection")
    logger.error("again", exc_info=refused, symbol="mine")
    logger.error("a triple", exc_info=(type(refused), refused, refused.__traceback__))
    logger.error("no exception")
    first, second, third, fourth = map(json.loads, stream.getvalue().splitlines())
    assert (first["error.type"], first["server.port"], first["symbol"]) == ("ConnectionRefused", 1, "ECONNREFUSED")
    assert "Traceback" in first["exception"]
    assert second["symbol"] == "mine"
    assert third["symbol"] == "ECONNREFUSED"
    assert fourth == {"event": "no exception"}


def test_path_is_the_address_of_a_unix_socket() -> None:
    error = sockerr.PathNotFound(2, "No such file", operation="connect", address="/run/app.sock")
    assert event_fields(error)["server.address"] == "/run/app.sock"
    assert "server.address" not in event_fields(sockerr.ConnectionReset())


def test_nothing_of_a_payload_is_added() -> None:
    error = ConnectionResetError(104, "Connection reset by peer")
    error.add_note("payload: secret")
    error.request = b"secret"  # type: ignore[attr-defined]  # as libraries do
    assert "secret" not in json.dumps(event_fields(error))
