"""The endpoints of `sockerr.testing`: what a plain client gets, and what is left behind."""

import asyncio
import gc
import os
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from functools import partial
from pathlib import Path

import pytest

import sockerr
from sockerr import testing
from sockerr.testing import Endpoint, _endpoint, _endpoints, _engine, _serving

pytestmark = pytest.mark.usefixtures("loopback")

TIMEOUT = 2.0
FAMILIES = [name for name in ("AF_INET", "AF_INET6", "AF_UNIX") if hasattr(socket, name)]
# What serves clients, with what it needs.
SERVING: dict[str, Callable[..., AbstractContextManager[Endpoint]]] = {
    "silent": testing.silent,
    "resetting": testing.resetting,
    "closing": testing.closing,
    "stalling": partial(testing.stalling, 5),
    "trickling": partial(testing.trickling, 1000),
    "not_tls": testing.not_tls,
    "tls": partial(testing.tls, "expired"),
}
ALL = {**SERVING, "refusing": testing.refusing, "busy": testing.busy, "unresolvable": testing.unresolvable}


def connect(endpoint: Endpoint) -> socket.socket:
    client = socket.socket(_endpoint.family_of(endpoint.address))
    client.settimeout(TIMEOUT)
    try:
        client.connect(endpoint.address)
    except BaseException:
        client.close()
        raise
    return client


def ask(endpoint: Endpoint, request: bytes = b"anybody?") -> bytes:
    """Send a request, and return everything until the end."""
    with connect(endpoint) as client:
        client.sendall(request)
        return receive_all(client)


def receive_all(client: socket.socket) -> bytes:
    pieces: list[bytes] = []
    while piece := client.recv(65536):
        pieces.append(piece)
    return b"".join(pieces)


@pytest.mark.usefixtures("refusals")
@pytest.mark.parametrize("family", FAMILIES)
def test_refusing_refuses(family: str) -> None:
    with testing.refusing(family=getattr(socket, family)) as endpoint, pytest.raises(ConnectionRefusedError):
        connect(endpoint)


def test_refusing_keeps_its_port() -> None:
    with testing.refusing() as endpoint, socket.socket() as other, pytest.raises(OSError, match=r".") as caught:
        other.bind(endpoint.address)
    assert isinstance(sockerr.classify(caught.value), sockerr.AddressInUse)


@pytest.mark.parametrize("family", [each for each in FAMILIES if each != "AF_UNIX"])
def test_busy_takes_for_ever(family: str) -> None:
    with testing.busy(family=getattr(socket, family)) as endpoint, pytest.raises(TimeoutError):
        socket.create_connection(endpoint.address, 0.2)


@pytest.mark.parametrize("family", FAMILIES)
def test_silent_keeps_what_it_hears(family: str) -> None:
    with testing.silent(family=getattr(socket, family)) as endpoint, connect(endpoint) as client:
        client.settimeout(0.1)
        client.sendall(b"anybody?")
        with pytest.raises(TimeoutError):
            client.recv(1)
        connection = endpoint.wait_connected()
        assert connection.received == b"anybody?"
        assert connection.is_open
        assert endpoint.connections == (connection,)


def test_connection_that_the_client_closes_is_closed() -> None:
    with testing.silent() as endpoint:
        connect(endpoint).close()
        connection = endpoint.wait_connected()
        until(lambda: not connection.is_open)
        assert repr(connection) == "<Connection: closed, 0 bytes received>"


def receive_until_it_fails(client: socket.socket) -> tuple[bytes, OSError | None]:
    got = bytearray()
    try:
        while piece := client.recv(65536):
            got += piece
    except OSError as error:
        return bytes(got), error
    return bytes(got), None


def until(condition: Callable[[], bool]) -> None:
    for _ in range(1000):
        if condition():
            return
        time.sleep(0.005)
    pytest.fail("it did not happen within 5 s")


@pytest.mark.usefixtures("resets")
@pytest.mark.parametrize("after", [0, 1, 1000, 500_000])
def test_resetting_resets_after_so_many_bytes(after: int) -> None:
    with testing.resetting(after) as endpoint, connect(endpoint) as client:
        client.sendall(b"anybody?")
        got, failed = receive_until_it_fails(client)
    assert isinstance(failed, ConnectionResetError)
    if sys.platform == "linux":
        assert got == _endpoints.REPLY[:after]


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("after", [0, 1, 1000])
def test_closing_closes_after_so_many_bytes(after: int, family: str) -> None:
    with testing.closing(after, family=getattr(socket, family)) as endpoint:
        assert ask(endpoint) == _endpoints.REPLY[:after]


def test_closing_does_not_reset_although_more_arrives() -> None:
    with testing.closing() as endpoint:
        assert ask(endpoint, bytes(3_000_000)) == b""
        assert endpoint.connections[0].received == bytes(1_000_000)


def test_whole_reply_is_an_http_response() -> None:
    with testing.closing(after=len(_endpoints.REPLY)) as endpoint:
        from urllib.request import urlopen

        with urlopen(endpoint.url()) as response:  # noqa: S310  # the endpoint's own URL
            assert len(response.read()) == 1_000_000


@pytest.mark.parametrize("after", [0, 1, 1000])
def test_stalling_sends_so_many_bytes_and_nothing_more(after: int) -> None:
    with testing.stalling(after) as endpoint, connect(endpoint) as client:
        client.settimeout(0.3)
        client.sendall(b"anybody?")
        got, failed = receive_until_it_fails(client)
    assert isinstance(failed, TimeoutError)
    assert got == _endpoints.REPLY[:after]


@pytest.mark.parametrize(
    "place",
    [
        testing.closing(4, reply=b"220 hello"),
        testing.resetting(4, reply=b"220 hello"),
        testing.stalling(4, reply=b"220 hello"),
        testing.trickling(1000, reply=b"220 "),
        testing.not_tls(b"220 "),
    ],
    ids=["closing", "resetting", "stalling", "trickling", "not_tls"],
)
def test_client_that_waits_for_the_server_to_begin_is_greeted(place: AbstractContextManager[Endpoint]) -> None:
    with place as endpoint, connect(endpoint) as client:
        client.settimeout(0.5)
        got, _ = receive_until_it_fails(client)
        assert got == b"220 "


def test_request_in_pieces_is_answered_once_it_is_complete() -> None:
    with testing.closing(2, reply=b"ok") as endpoint, connect(endpoint) as client:
        for _ in range(5):
            client.sendall(b"more ")
            time.sleep(0.01)
        assert receive_all(client) == b"ok"
        assert endpoint.connections[0].received == 5 * b"more "


@pytest.mark.parametrize("speed", [20, 200])
def test_trickling_takes_its_time(speed: int) -> None:
    with testing.trickling(speed, reply=bytes(speed // 4)) as endpoint:
        started = time.monotonic()
        assert ask(endpoint) == bytes(speed // 4)
        assert time.monotonic() - started >= 0.1


def test_not_tls_answers_in_plain_text() -> None:
    with testing.not_tls(b"220 mail.example ESMTP\r\n") as endpoint:
        assert ask(endpoint) == b"220 mail.example ESMTP\r\n"


def test_unresolvable_does_not_resolve() -> None:
    with testing.unresolvable() as endpoint, pytest.raises(socket.gaierror):
        socket.getaddrinfo(endpoint.host, endpoint.port)


@pytest.mark.usefixtures("resets")
@pytest.mark.parametrize("family", [socket.AF_INET, socket.AF_INET6])
def test_leaving_client_is_lost_when_it_is_accepted(family: socket.AddressFamily) -> None:
    host = {socket.AF_INET: "127.0.0.1", socket.AF_INET6: "::1"}[family]
    with socket.create_server((host, 0), family=family) as server, testing.leaving_client(server.getsockname()):
        server.settimeout(TIMEOUT)
        with pytest.raises(OSError, match=r".") as caught:
            serve_once(server)
    assert isinstance(sockerr.classify(caught.value), sockerr.ConnectionReset | sockerr.ConnectionAborted)


def serve_once(server: socket.socket) -> None:
    accepted, _ = server.accept()
    with accepted:
        accepted.recv(1)


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="this system has no AF_UNIX")
def test_leaving_client_leaves_a_path_too(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "socket"))
        server.listen()
        with testing.leaving_client(str(tmp_path / "socket")):
            accepted, _ = server.accept()
            with accepted:
                assert accepted.recv(1) == b""


@pytest.mark.usefixtures("refusals")
def test_leaving_client_needs_a_server() -> None:
    with testing.refusing() as endpoint, pytest.raises(sockerr.ConnectionRefused):
        testing.leaving_client(endpoint.address).__enter__()


# The endpoint


def test_address_in_its_parts() -> None:
    with testing.silent() as endpoint:
        assert (endpoint.host, endpoint.port) == endpoint.address
        assert endpoint.url() == f"http://127.0.0.1:{endpoint.port}"
        assert endpoint.url("redis") == f"redis://127.0.0.1:{endpoint.port}"
        assert repr(endpoint) == f"<Endpoint ('127.0.0.1', {endpoint.port})>"


def test_ipv6_address_gets_brackets() -> None:
    assert Endpoint(("::1", 80, 0, 0)).url() == "http://[::1]:80"


@pytest.mark.parametrize("part", ["host", "port", "url"])
def test_path_has_neither_host_nor_port(part: str) -> None:
    endpoint = Endpoint("/run/socket")
    with pytest.raises(ValueError, match=r"a Unix socket has a path .* use address \('/run/socket'\)"):
        endpoint.url() if part == "url" else getattr(endpoint, part)


def test_waiting_for_a_client_that_never_comes_has_a_limit() -> None:
    with testing.silent() as endpoint, pytest.raises(TimeoutError, match=r"nobody connected to .* within 0\.01 s"):
        endpoint.wait_connected(timeout=0.01)


def test_waiting_returns_when_a_client_connects() -> None:
    with testing.silent() as endpoint:
        clients: list[socket.socket] = []
        timer = threading.Timer(0.1, lambda: clients.append(connect(endpoint)))
        timer.start()
        assert endpoint.wait_connected().is_open
        timer.join()
        clients[0].close()


# Bad input


@pytest.mark.parametrize("name", [*SERVING, "refusing", "busy"])
def test_port_in_use_is_named(name: str) -> None:
    with testing.silent() as endpoint, pytest.raises(sockerr.AddressInUse) as caught:
        ALL[name](port=endpoint.port).__enter__()
    assert caught.value.address == endpoint.address


def test_port_is_used() -> None:
    with testing.silent() as endpoint:
        port = endpoint.port
    with testing.refusing(port=port) as refusing:
        assert refusing.port == port


@pytest.mark.parametrize("after", [-1, 1_000_097, 10_000_000])
@pytest.mark.parametrize("name", ["resetting", "closing", "stalling"])
def test_after_must_be_within_the_reply(name: str, after: int) -> None:
    with pytest.raises(ValueError, match=rf"after is {after}: expected 0 to \d+"):
        getattr(testing, name)(after).__enter__()


@pytest.mark.parametrize("speed", [0, -1, 0.5])
def test_trickling_needs_a_speed(speed: int) -> None:
    with pytest.raises(ValueError, match="expected at least 1; stalling"):
        testing.trickling(speed).__enter__()


def test_unknown_fault_is_refused_with_those_there_are() -> None:
    with pytest.raises(ValueError, match="unknown fault 'rotten': expected one of expired, not-yet-valid"):
        testing.tls("rotten").__enter__()  # type: ignore[arg-type]  # that is the point


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="this system has no AF_UNIX")
def test_path_has_no_port_and_is_never_busy() -> None:
    with pytest.raises(ValueError, match="port is 80: a Unix socket has a path and no port"):
        testing.silent(family=socket.AF_UNIX, port=80).__enter__()
    with pytest.raises(ValueError, match="family is AF_UNIX: connecting to a Unix socket with a full backlog"):
        testing.busy(family=socket.AF_UNIX).__enter__()


def test_unknown_family_is_refused() -> None:
    with pytest.raises(ValueError, match=r"family is 12345: expected socket\.AF_INET, AF_INET6 or AF_UNIX"):
        testing.silent(family=12345).__enter__()


# Systems that lack something, imitated by taking it away from this one.


@pytest.mark.parametrize("name", ALL)
def test_system_where_sockets_do_not_connect(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "emscripten")
    with pytest.raises(testing.Unavailable, match=r"sockets do not connect|stands in for one with OpenSSL"):
        ALL[name]().__enter__()


def test_system_without_a_family(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(97, "Address family not supported by protocol")

    monkeypatch.setattr(socket, "socket", refuse)
    with pytest.raises(testing.Unavailable, match="this machine has no AF_INET6: Address family not supported"):
        testing.silent(family=socket.AF_INET6).__enter__()


def test_machine_without_an_address(monkeypatch: pytest.MonkeyPatch) -> None:
    # An address for documentation, which no machine has.
    monkeypatch.setitem(_endpoint.LOOPBACK, int(socket.AF_INET), "192.0.2.1")
    with pytest.raises(testing.Unavailable, match=r"this machine has no address \('192\.0\.2\.1', 0\)"):
        testing.silent().__enter__()


def test_system_without_unix_sockets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(socket, "AF_UNIX", raising=False)
    with pytest.raises(testing.Unavailable, match="this system has no AF_UNIX"):
        testing.leaving_client("/run/socket").__enter__()


def test_system_that_takes_more_than_the_backlog(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_endpoints, "_MOST", 1)
    with pytest.raises(testing.Unavailable, match="this system takes more connections than the backlog says"):
        testing.busy().__enter__()


@pytest.mark.usefixtures("refusals")
def test_system_that_refuses_what_a_full_backlog_does_not_hold() -> None:
    with (
        testing.refusing() as endpoint,
        socket.socket() as client,
        pytest.raises(testing.Unavailable, match="this system refuses what a full backlog does not hold: Connection"),
    ):
        _endpoints._hangs(client, endpoint.address)


def test_system_that_does_not_tell_what_has_arrived(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    with socket.socket() as sock:
        asyncio.run(_serving.delivered(sock))


def test_waiting_for_a_client_that_takes_nothing_has_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_serving, "LIMIT", 0.05)
    monkeypatch.setattr(_serving, "_in_flight", lambda _: 1)
    with socket.socket() as sock:
        asyncio.run(_serving.delivered(sock))


def test_machine_without_another_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", refuse)
    with pytest.raises(RuntimeError, match="can't start new thread"):
        testing.silent().__enter__()


def test_thread_that_does_not_end_has_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_engine, "LIMIT", 0.05)
    goes_on = threading.Event()
    engine = _engine.Engine()
    engine.start()
    engine.loop.call_soon_threadsafe(goes_on.wait)
    with pytest.raises(RuntimeError, match=r"the thread that serves an endpoint did not end within 0\.05 s"):
        engine.stop()
    goes_on.set()
    engine._thread.join()


# What is left behind


def open_files() -> int:
    return len(os.listdir("/proc/self/fd"))  # noqa: PTH208  # a count is all there is to see


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lists the open files in /proc")
@pytest.mark.parametrize("name", ALL)
def test_nothing_is_left_behind(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    def once() -> None:
        with ALL[name]() as endpoint, ExitStack() as clients:
            if name in SERVING:
                for _ in range(3):
                    clients.enter_context(connect(endpoint)).sendall(b"anybody?")

    once()
    gc.collect()
    before = threading.active_count(), open_files()
    for _ in range(20):
        once()
    assert (threading.active_count(), open_files()) == before
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("refusals")
@pytest.mark.parametrize("failure", [ZeroDivisionError, KeyboardInterrupt])
@pytest.mark.parametrize("name", SERVING)
def test_block_that_fails_ends_the_endpoint(name: str, failure: type[BaseException]) -> None:
    endpoints: list[Endpoint] = []

    def fail() -> None:
        with ALL[name]() as endpoint, connect(endpoint):
            endpoints.append(endpoint)
            raise failure

    before = threading.active_count()
    with pytest.raises(failure):
        fail()
    assert threading.active_count() == before
    assert not any(each.is_open for each in endpoints[0].connections)
    with pytest.raises(ConnectionRefusedError):
        connect(endpoints[0])
