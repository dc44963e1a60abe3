"""The proxy of `sockerr.testing`, between plain clients and plain servers."""

import contextlib
import gc
import hashlib
import os
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

import sockerr
from sockerr import testing
from sockerr.testing import Proxy, _engine

pytestmark = pytest.mark.usefixtures("loopback")

TIMEOUT = 5.0
SOON = 0.2


class Echo:
    """A server that sends back what it gets."""

    def __init__(self, family: int = socket.AF_INET, address: object = ("127.0.0.1", 0)) -> None:
        self._listener = socket.socket(family)
        self._listener.bind(address)  # type: ignore[arg-type]  # a pair or a path
        self._listener.listen()
        self.address = self._listener.getsockname()
        self.ended: list[str] = []
        """How each connection ended: `"end"`, or the name of the exception."""
        self._threads = [threading.Thread(target=self._accept_all)]
        self._threads[0].start()

    def _accept_all(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                accepted, _ = self._listener.accept()
                thread = threading.Thread(target=self._echo, args=(accepted,))
                self._threads.append(thread)
                thread.start()

    def _echo(self, accepted: socket.socket) -> None:
        with accepted:
            try:
                while data := accepted.recv(65536):
                    accepted.sendall(data)
                self.ended.append("end")
            except OSError as error:
                self.ended.append(type(error).__name__)

    def close(self) -> None:
        # Shutting it down wakes accept() on Linux, closing it does so on Windows.
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for each in self._threads:
            each.join(10)
            assert not each.is_alive()


@pytest.fixture
def echo() -> Iterator[Echo]:
    server = Echo()
    yield server
    server.close()


@pytest.fixture
def proxy(echo: Echo) -> Iterator[Proxy]:
    with testing.proxy(echo.address) as proxy:
        yield proxy


@pytest.fixture
def clients() -> Iterator[Callable[[Proxy], socket.socket]]:
    with contextlib.ExitStack() as stack:

        def connect(proxy: Proxy) -> socket.socket:
            return stack.enter_context(socket.create_connection(proxy.address, TIMEOUT))

        yield connect


Connect = Callable[[Proxy], socket.socket]


def exchange(client: socket.socket, data: bytes) -> bytes:
    """Send, and return as much as was sent."""
    sender = threading.Thread(target=client.sendall, args=(data,))
    sender.start()
    got = receive(client, len(data))
    sender.join()
    return got


def receive(client: socket.socket, size: int) -> bytes:
    """Receive so many bytes, or all until the end."""
    got = bytearray()
    while len(got) < size and (piece := client.recv(size - len(got))):
        got += piece
    return bytes(got)


def is_silent(client: socket.socket) -> bool:
    client.settimeout(SOON)
    try:
        return not client.recv(1)
    except TimeoutError:
        return True
    finally:
        client.settimeout(TIMEOUT)


def is_reset(client: socket.socket) -> bool:
    try:
        receive(client, 1_000_000)
    except ConnectionResetError:
        return True
    return False


@pytest.mark.parametrize("size", [1, 1000, 10_000_000])
def test_everything_is_passed_on(proxy: Proxy, clients: Connect, size: int) -> None:
    data = os.urandom(size)
    assert hashlib.sha256(exchange(clients(proxy), data)).digest() == hashlib.sha256(data).digest()
    connection = proxy.wait_connected()
    assert connection.received == data[:1_000_000]
    assert connection.is_open
    assert connection.error is None


def test_end_of_the_client_is_passed_on_while_the_server_goes_on(proxy: Proxy, clients: Connect) -> None:
    client = clients(proxy)
    client.sendall(b"the last word")
    client.shutdown(socket.SHUT_WR)
    assert receive(client, 1000) == b"the last word"


@pytest.mark.usefixtures("resets")
def test_reset_of_the_client_is_passed_on(echo: Echo, proxy: Proxy) -> None:
    with socket.create_connection(proxy.address, TIMEOUT) as client:
        assert exchange(client, b"hello") == b"hello"
        testing._serving.reset_on_close(client)
    until(lambda: echo.ended == ["ConnectionResetError"])
    until(lambda: not proxy.connections[0].is_open)


def until(condition: Callable[[], bool]) -> None:
    for _ in range(1000):
        if condition():
            return
        time.sleep(0.005)
    pytest.fail("it did not happen within 5 s")


@pytest.mark.usefixtures("resets")
def test_reset_of_the_server_is_passed_on(clients: Connect) -> None:
    with testing.resetting(after=10, reply=b"a long story") as server, testing.proxy(server) as proxy:
        client = clients(proxy)
        client.sendall(b"tell me")
        assert receive(client, 10) == b"a long sto"
        assert is_reset(client)


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="this system has no AF_UNIX")
def test_paths_on_both_sides(tmp_path: Path) -> None:
    server = Echo(socket.AF_UNIX, str(tmp_path / "echo"))
    with testing.proxy(str(tmp_path / "echo"), family=socket.AF_UNIX) as proxy:
        for _ in range(2):
            with socket.socket(socket.AF_UNIX) as client:
                client.connect(proxy.address)
                assert exchange(client, b"hello") == b"hello"
            proxy.refuse()
            with socket.socket(socket.AF_UNIX) as client, pytest.raises(ConnectionRefusedError):
                client.connect(proxy.address)
            proxy.restore()
    server.close()


def test_ipv6() -> None:
    server = Echo(socket.AF_INET6, ("::1", 0))
    with testing.proxy(server.address, family=socket.AF_INET6) as proxy:
        assert proxy.host == "::1"
        with socket.create_connection(proxy.address, TIMEOUT) as client:
            assert exchange(client, b"hello") == b"hello"
    server.close()


# What can be done


@pytest.mark.usefixtures("resets")
def test_reset(echo: Echo, proxy: Proxy, clients: Connect) -> None:
    both = [clients(proxy), clients(proxy)]
    for each in both:
        exchange(each, b"hello")
    proxy.reset()
    assert not any(each.is_open for each in proxy.connections)
    assert all(map(is_reset, both))
    until(lambda: echo.ended == 2 * ["ConnectionResetError"])
    assert exchange(clients(proxy), b"again") == b"again"


def test_close(echo: Echo, proxy: Proxy, clients: Connect) -> None:
    both = [clients(proxy), clients(proxy)]
    for each in both:
        exchange(each, b"hello")
    proxy.close()
    assert not any(each.is_open for each in proxy.connections)
    assert [each.recv(1) for each in both] == [b"", b""]
    until(lambda: echo.ended == ["end", "end"])


def test_close_while_the_client_goes_on_sending(proxy: Proxy, clients: Connect) -> None:
    client = clients(proxy)
    exchange(client, b"hello")
    proxy.silence()

    def send() -> None:
        # Some systems tell who goes on sending that the connection has been closed.
        with suppress(OSError):
            client.sendall(bytes(50_000_000))

    sender = threading.Thread(target=send)
    sender.start()
    until(lambda: len(proxy.connections[0].received) == 1_000_000)
    proxy.close()
    assert client.recv(1) == b""
    sender.join()


def test_silence_loses_nothing(proxy: Proxy, clients: Connect) -> None:
    client = clients(proxy)
    proxy.silence()
    client.sendall(b"anybody?")
    assert is_silent(client)
    later = clients(proxy)
    later.sendall(b"and here?")
    assert is_silent(later)
    proxy.restore()
    assert receive(client, 8) == b"anybody?"
    assert receive(later, 9) == b"and here?"


@pytest.mark.usefixtures("refusals")
def test_refuse_spares_what_is_open(proxy: Proxy, clients: Connect) -> None:
    client = clients(proxy)
    exchange(client, b"hello")
    proxy.refuse()
    with pytest.raises(ConnectionRefusedError):
        clients(proxy)
    assert exchange(client, b"still here") == b"still here"
    proxy.restore()
    assert exchange(clients(proxy), b"again") == b"again"


def test_delay(proxy: Proxy, clients: Connect) -> None:
    client = clients(proxy)
    proxy.delay(SOON)
    started = time.monotonic()
    assert exchange(client, b"hello") == b"hello"
    assert time.monotonic() - started >= SOON
    client.shutdown(socket.SHUT_WR)
    started = time.monotonic()
    assert client.recv(1) == b""
    assert time.monotonic() - started >= SOON


def test_delay_ends_with_restore(proxy: Proxy, clients: Connect) -> None:
    client = clients(proxy)
    proxy.delay(1000)
    client.sendall(b"hello")
    assert is_silent(client)
    proxy.restore()
    assert receive(client, 5) == b"hello"


def test_limit(proxy: Proxy, clients: Connect) -> None:
    client = clients(proxy)
    proxy.limit(100)
    started = time.monotonic()
    assert exchange(client, bytes(30)) == bytes(30)
    assert time.monotonic() - started >= 0.2
    proxy.limit(1)
    client.sendall(bytes(1000))
    proxy.restore()
    assert receive(client, 1000) == bytes(1000)


def test_slice(proxy: Proxy, clients: Connect) -> None:
    client = clients(proxy)
    proxy.slice(3)
    # A thousand pieces take a second, in which even a busy machine begins to read.
    story = bytes(range(250)) * 12
    client.sendall(story)
    beginning = client.recv(len(story))
    assert len(beginning) < len(story)
    proxy.restore()
    assert beginning + receive(client, len(story) - len(beginning)) == story


@pytest.mark.usefixtures("resets")
@pytest.mark.parametrize("act", ["reset", "close", "silence"])
def test_after_so_many_bytes(proxy: Proxy, clients: Connect, act: str) -> None:
    client = clients(proxy)
    exchange(client, b"hello")
    getattr(proxy, act)(after=1000)
    client.sendall(bytes(5000))
    assert receive(client, 1000) == bytes(1000)
    if act == "reset":
        assert is_reset(client)
    elif act == "close":
        assert client.recv(1) == b""
    else:
        assert is_silent(client)
        proxy.restore()
        assert receive(client, 4000) == bytes(4000)


@pytest.mark.usefixtures("resets")
def test_after_so_many_bytes_of_all_connections(proxy: Proxy, clients: Connect) -> None:
    proxy.reset(after=10)
    first, second = clients(proxy), clients(proxy)
    assert exchange(first, b"hello") == b"hello"
    second.sendall(b"hello, world")
    assert receive(second, 5) == b"hello"
    assert is_reset(second)
    assert is_reset(first)


@pytest.mark.usefixtures("refusals")
def test_refuse_after_so_many_bytes(proxy: Proxy, clients: Connect) -> None:
    client = clients(proxy)
    proxy.refuse(after=5)
    exchange(client, b"hello")
    until(lambda: refuses(proxy))
    assert exchange(client, b"still here") == b"still here"
    proxy.restore()
    assert not refuses(proxy)


def refuses(proxy: Proxy) -> bool:
    try:
        socket.create_connection(proxy.address, TIMEOUT).close()
    except ConnectionRefusedError:
        return True
    except ConnectionResetError:
        # It was in the backlog of a listener that is gone.
        return False
    return False


@pytest.mark.usefixtures("refusals")
def test_refuse_that_came_first_stays(proxy: Proxy, clients: Connect) -> None:
    client = clients(proxy)
    proxy.refuse(after=5)
    proxy.refuse()
    exchange(client, b"hello, world")
    assert refuses(proxy)


def test_restore_forgets_what_was_to_come(proxy: Proxy, clients: Connect) -> None:
    client = clients(proxy)
    exchange(client, b"hello")
    proxy.reset(after=5)
    proxy.connections[0].close(after=5)
    proxy.restore()
    assert exchange(client, b"hello, world") == b"hello, world"


def test_one_connection_by_itself(proxy: Proxy, clients: Connect) -> None:
    first, second = clients(proxy), clients(proxy)
    exchange(first, b"hello")
    exchange(second, b"hello")
    mine = next(each for each in proxy.connections if each.is_open)
    mine.silence()
    mine.reset(after=1)
    mine.restore()
    mine.reset()
    assert sorted(each.is_open for each in proxy.connections) == [False, True]
    mine.close()
    assert exchange(second if is_reset_now(first) else first, b"still here") == b"still here"


def is_reset_now(client: socket.socket) -> bool:
    client.setblocking(False)
    try:
        return not client.recv(1)
    except BlockingIOError:
        return False
    except ConnectionResetError:
        return True
    finally:
        client.settimeout(TIMEOUT)


# What is wrong


def test_second_refuse_is_a_mistake(proxy: Proxy) -> None:
    proxy.refuse()
    with pytest.raises(RuntimeError, match=r"refuses connections already: restore\(\) ends that"):
        proxy.refuse()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda proxy: proxy.reset(after=-1), "after is -1: expected a number of bytes, 0 or more"),
        (lambda proxy: proxy.delay(-1), "seconds is -1: expected 0 or more"),
        (lambda proxy: proxy.limit(0), r"bytes_per_second is 0: expected at least 1; silence\(\)"),
        (lambda proxy: proxy.slice(0), r"size is 0: expected at least 1; silence\(\)"),
    ],
)
def test_wrong_number_is_named(proxy: Proxy, call: Callable[[Proxy], None], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call(proxy)


@pytest.mark.parametrize(
    ("upstream", "error"),
    [
        ("localhost:6379", ValueError),
        (("127.0.0.1", 0), ValueError),
        (("127.0.0.1", 70000), ValueError),
        (("127.0.0.1", "http"), ValueError),
        (6379, TypeError),
        (None, TypeError),
        (("127.0.0.1",), TypeError),
    ],
)
def test_what_is_no_address_is_refused(upstream: tuple[str, int], error: type[Exception]) -> None:
    with pytest.raises(error, match=r"upstream is .*: expected \(host, port\), "):
        testing.proxy(upstream).__enter__()


def test_upstream_whose_name_does_not_resolve() -> None:
    with testing.unresolvable() as endpoint, pytest.raises(sockerr.NameNotFound):
        testing.proxy(endpoint).__enter__()


def test_port_in_use(echo: Echo) -> None:
    with pytest.raises(sockerr.AddressInUse):
        testing.proxy(echo.address, port=echo.address[1]).__enter__()


@pytest.mark.usefixtures("refusals")
@pytest.mark.usefixtures("resets")
def test_upstream_that_is_gone_resets_the_client_and_says_why() -> None:
    def use() -> None:
        with testing.refusing() as gone, testing.proxy(gone) as proxy:
            made.append(proxy)
            with socket.create_connection(proxy.address, TIMEOUT) as client:
                client.recv(1)

    made: list[Proxy] = []
    with pytest.raises(ConnectionResetError) as caught:
        use()
    assert isinstance(made[0].connections[0].error, sockerr.ConnectionRefused)
    (note,) = caught.value.__notes__
    assert note.startswith("sockerr.testing.proxy could not reach its upstream: connect 127.0.0.1:")


@pytest.mark.usefixtures("resets")
def test_upstream_that_takes_no_connection_has_a_limit(monkeypatch: pytest.MonkeyPatch, clients: Connect) -> None:
    monkeypatch.setattr(testing._passage, "LIMIT", 0.1)
    with testing.busy() as endpoint, testing.proxy(endpoint) as proxy:
        assert is_reset(clients(proxy))
        assert isinstance(proxy.connections[0].error, sockerr.ConnectTimedOut)


def test_exception_that_has_nothing_to_do_with_the_upstream_gets_no_note(echo: Echo) -> None:
    def use() -> None:
        with testing.proxy(echo.address) as proxy, socket.create_connection(proxy.address, TIMEOUT) as client:
            exchange(client, b"hello")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError) as caught:
        use()
    assert not hasattr(caught.value, "__notes__")


def test_proxy_that_has_ended_says_so(echo: Echo) -> None:
    with testing.proxy(echo.address) as proxy:
        pass
    with pytest.raises(RuntimeError, match="this works inside the with block only, which has ended"):
        proxy.reset()


def test_address_taken_while_refusing(echo: Echo, monkeypatch: pytest.MonkeyPatch) -> None:
    def taken(*_: object, **__: object) -> None:
        raise sockerr.AddressInUse

    with testing.proxy(echo.address) as proxy:
        monkeypatch.setattr(testing._proxy, "listener_at", taken)
        with pytest.raises(sockerr.AddressInUse):
            proxy.refuse()


def test_client_that_is_not_there_to_be_accepted(proxy: Proxy, caplog: pytest.LogCaptureFixture) -> None:
    proxy._engine.loop.call_soon_threadsafe(_engine._accept, proxy._listener, print)
    proxy.restore()
    assert not caplog.records
    assert not proxy.connections


def test_client_that_leaves_at_once() -> None:
    with testing.silent() as server, testing.proxy(server) as proxy:
        for _ in range(50):
            with testing.leaving_client(proxy.address):
                pass


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lists the open files in /proc")
@pytest.mark.parametrize("state", ["restore", "silence", "refuse"])
def test_nothing_is_left_behind(echo: Echo, state: str) -> None:
    def once() -> None:
        with testing.proxy(echo.address) as proxy, contextlib.ExitStack() as stack:
            for _ in range(3):
                client = stack.enter_context(socket.create_connection(proxy.address, TIMEOUT))
                exchange(client, b"hello")
            getattr(proxy, state)()
            client.sendall(b"more")
        until(lambda: len(echo.ended) == 3)
        echo.ended.clear()

    once()
    gc.collect()
    before = threading.active_count(), len(os.listdir("/proc/self/fd"))  # noqa: PTH208  # a count is all there is to see
    for _ in range(10):
        once()
    until(lambda: threading.active_count() <= before[0])
    assert len(os.listdir("/proc/self/fd")) == before[1]  # noqa: PTH208  # the same
