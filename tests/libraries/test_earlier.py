"""What an exception keeps of an earlier time is not why it was raised, though it may make a retry unsafe."""

import asyncio
import contextlib
import http.server
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

import sockerr
from sockerr import Retry, classify

pytestmark = [pytest.mark.filterwarnings("ignore"), pytest.mark.usefixtures("loopback")]


@contextlib.contextmanager
def once(end: Callable[[socket.socket], object], then: bytes | None = None) -> Iterator[str]:
    """Let the first request fail; answer the others with `then`, or refuse them."""
    server = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with server:
            _serve_one(server, end)
            while then is not None:
                _serve_one(server, lambda accepted: accepted.sendall(then))

    def run() -> None:
        with contextlib.suppress(OSError):
            serve()

    thread = threading.Thread(target=run)
    thread.start()
    host, port = server.getsockname()
    try:
        yield f"http://{host}:{port}"
    finally:
        # Shutting down wakes accept() on Linux, closing wakes it on Windows.
        with contextlib.suppress(OSError):
            server.shutdown(socket.SHUT_RDWR)
        server.close()
        thread.join(10)
        assert not thread.is_alive()


def _serve_one(server: socket.socket, end: Callable[[socket.socket], object]) -> None:
    accepted, _ = server.accept()
    if end is _reset:
        server.listen(0)
    with accepted:
        accepted.recv(65536)
        end(accepted)


def _reset(accepted: socket.socket) -> None:
    # Closing with no time to linger sends a reset: socket(7), SO_LINGER.
    accepted.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


BODY = b'{"error": "backend: Connection refused"}'
UNAVAILABLE = b"\r\n".join(
    (
        b"HTTP/1.1 503 Service Unavailable",
        b"Content-Type: application/json",
        b"Content-Length: %d" % len(BODY),
        b"Connection: close",
        b"X-Elastic-Product: Elasticsearch",
        b"",
        BODY,
    )
)


def raised(call: Callable[..., object], *args: Any, **keywords: Any) -> Exception:
    with pytest.raises(Exception) as caught:  # noqa: PT011  # any will do
        call(*args, **keywords)
    return caught.value


def ask_elasticsearch(url: str) -> object:
    elasticsearch = pytest.importorskip("elasticsearch")
    with elasticsearch.Elasticsearch(url, max_retries=1, retry_on_timeout=True) as client:
        return client.info()


def ask_elasticsearch_asyncio(url: str) -> object:
    elasticsearch = pytest.importorskip("elasticsearch")
    pytest.importorskip("aiohttp")

    async def ask() -> object:
        async with elasticsearch.AsyncElasticsearch(url, max_retries=1, retry_on_timeout=True) as client:
            return await client.info()

    return asyncio.run(ask())


def ask_opensearch(url: str) -> object:
    opensearchpy = pytest.importorskip("opensearchpy")
    return opensearchpy.OpenSearch(url, max_retries=1).info()


def ask_botocore(url: str) -> object:
    pytest.importorskip("botocore")
    from botocore.config import Config
    from botocore.session import Session

    session = Session()
    session.set_credentials("key", "secret")
    config = Config(retries={"max_attempts": 1, "mode": "standard", "total_max_attempts": 2}, proxies={})
    return session.create_client("sqs", region_name="here", endpoint_url=url, config=config).list_queues()


def ask_requests(url: str) -> object:
    requests = pytest.importorskip("requests")
    with requests.Session() as session:
        session.mount("http://", requests.adapters.HTTPAdapter(max_retries=1))
        return session.get(url)


CLIENTS = [ask_elasticsearch, ask_elasticsearch_asyncio, ask_opensearch, ask_botocore, ask_requests]


@pytest.mark.parametrize("ask", CLIENTS)
def test_last_attempt_decides_and_the_earlier_one_makes_it_unsafe(ask: Callable[[str], object]) -> None:
    with once(_reset) as url:
        found = classify(raised(ask, url))
    assert isinstance(found, sockerr.ConnectionRefused)
    assert found.retry is Retry.IF_IDEMPOTENT


@pytest.mark.parametrize("ask", [ask_elasticsearch, ask_elasticsearch_asyncio, ask_opensearch, ask_botocore])
def test_answer_after_a_failure_is_an_answer(ask: Callable[[str], object]) -> None:
    with once(_reset, UNAVAILABLE) as url:
        assert classify(raised(ask, url)) is None


class NotFound(http.server.BaseHTTPRequestHandler):
    """Finds nothing."""

    def do_GET(self) -> None:
        self.send_error(404)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def test_exception_that_the_caller_is_handling_is_none_of_the_librarys() -> None:
    """azure-core keeps whatever sys.exc_info() has."""
    azure = pytest.importorskip("azure.core")
    from azure.core.exceptions import HttpResponseError
    from azure.core.rest import HttpRequest

    with http.server.HTTPServer(("127.0.0.1", 0), NotFound) as server:
        thread = threading.Thread(target=server.handle_request)
        thread.start()
        url = f"http://127.0.0.1:{server.server_port}"

        def fall_back() -> None:
            try:
                socket.create_connection(("127.0.0.1", 1))
            except ConnectionRefusedError:
                with azure.PipelineClient(url) as client:
                    client.send_request(HttpRequest("GET", url)).raise_for_status()

        error = raised(fall_back)
        thread.join()
    assert isinstance(error, HttpResponseError)
    assert isinstance(vars(error)["exc_value"], ConnectionRefusedError)
    assert classify(error) is None


def test_download_that_was_given_up_tells_of_its_last_attempt() -> None:
    pytest.importorskip("boto3")
    from boto3.exceptions import RetriesExceededError

    last = ConnectionResetError(104, "Connection reset by peer")
    assert isinstance(classify(RetriesExceededError(last)), sockerr.ConnectionReset)


def test_words_of_a_server_are_not_read() -> None:
    """As google.api_core passes them on, with an HTTP code in the class alone."""
    exceptions = pytest.importorskip("google.api_core.exceptions")
    for text in ("backend: Connection refused", "[Errno 111] Connection refused"):
        assert classify(exceptions.ServiceUnavailable(text)) is None


def test_text_that_stands_for_a_timeout_as_well_says_nothing() -> None:
    exceptions = pytest.importorskip("engineio.exceptions")
    assert classify(exceptions.ConnectionError("Connection refused by the server")) is None


def test_disconnected_server_may_have_acted_before_the_next_one_is_refused() -> None:
    aiohttp = pytest.importorskip("aiohttp")
    error = raised(socket.create_connection, ("127.0.0.1", 1))
    assert sockerr.is_safe_to_retry(error)
    error.__context__ = aiohttp.ServerDisconnectedError()
    found = classify(error)
    assert found is not None
    assert found.retry is Retry.IF_IDEMPOTENT
