"""Every handler of the echo client, tested on the failure that it handles."""

import threading
from collections.abc import Callable, Iterator
from socketserver import BaseRequestHandler, ThreadingTCPServer

import pytest
from echo_client import EchoError, echo

from sockerr.testing import Endpoint, Proxy


class Echo(BaseRequestHandler):
    """The server's side of a connection."""

    def handle(self) -> None:
        """Send back everything, until the client leaves."""
        try:
            while data := self.request.recv(65536):
                self.request.sendall(data)
        except ConnectionError:
            pass


@pytest.fixture
def server() -> Iterator[tuple[str, int]]:
    """The address of a real echo server."""
    with ThreadingTCPServer(("127.0.0.1", 0), Echo) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        host, port = server.server_address[:2]
        yield str(host), port
        server.shutdown()
        thread.join()


def test_echo(server: tuple[str, int]) -> None:
    assert echo(server, b"hello") == b"hello"


def test_unknown_name_is_a_matter_of_configuration(unresolvable: Endpoint) -> None:
    with pytest.raises(EchoError, match="check the configuration"):
        echo(unresolvable.address, b"hello")


def test_server_that_is_silent_is_asked_three_times(silent: Endpoint) -> None:
    with pytest.raises(EchoError, match="gave up after 3 attempts"):
        echo(silent.address, b"hello", timeout=0.1)
    assert [each.received for each in silent.connections] == [b"hello", b"hello", b"hello"]


@pytest.mark.parametrize("closing", [0, 3], indirect=True, ids=["before-the-reply", "within-the-reply"])
def test_server_that_closes_early_is_asked_again(closing: Endpoint) -> None:
    with pytest.raises(EchoError, match="gave up after 3 attempts"):
        echo(closing.address, b"hello")
    assert len(closing.connections) == 3


def test_reset_within_the_reply_is_survived(
    server: tuple[str, int], sockerr_proxy: Callable[[tuple[str, int]], Proxy]
) -> None:
    proxy = sockerr_proxy(server)
    proxy.reset(after=3)
    assert echo(proxy.address, b"hello") == b"hello"
    assert len(proxy.connections) == 2


def test_slow_server_is_waited_for(server: tuple[str, int], sockerr_proxy: Callable[[tuple[str, int]], Proxy]) -> None:
    proxy = sockerr_proxy(server)
    proxy.delay(0.1)
    proxy.slice(1)
    assert echo(proxy.address, b"hello") == b"hello"


@pytest.mark.socket_failures(resolve=..., connect=..., send=..., receive=...)
def test_whatever_fails_ends_in_one_exception(socket_failure: Endpoint) -> None:
    with pytest.raises(EchoError) as caught:
        echo(socket_failure.address, bytes(10_000_000), timeout=0.2)
    assert caught.value.__cause__ is not None


def test_attempts_must_be_positive() -> None:
    with pytest.raises(ValueError, match="expected at least 1"):
        echo(("127.0.0.1", 9), b"hello", attempts=0)
