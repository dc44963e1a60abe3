"""The functions of libraries in which a program waits for a socket are those that the table names."""

import asyncio
import contextlib
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

import sockerr
from sockerr import classify
from sockerr._classification.functions import FUNCTIONS
from sockerr.testing import busy, failing, silent

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="only Linux drops what a full backlog does not hold"),
    pytest.mark.filterwarnings("ignore"),
]

SOON = 0.05  # seconds
TRIO: dict[str, Callable[[], Awaitable[object]]] = {}
ASYNCIO: dict[str, Callable[[], Awaitable[object]]] = {}
Scenario = Callable[[], Awaitable[object]]


def scenario(scenarios: dict[str, Scenario], function: str) -> Callable[[Scenario], Scenario]:
    def register(run: Scenario) -> Scenario:
        scenarios[function] = run
        return run

    return register


# Trio


@scenario(TRIO, "trio._socket._SocketType.connect")
async def connect() -> None:
    import trio

    with busy() as place, trio.socket.socket() as sock, trio.fail_after(SOON):
        await sock.connect((place.host, place.port))


@scenario(TRIO, "trio._highlevel_open_tcp_stream.open_tcp_stream")
async def open_stream() -> None:
    import trio

    with busy() as place, trio.fail_after(SOON):
        await trio.open_tcp_stream(place.host, place.port)


@scenario(TRIO, "trio._socket.getaddrinfo")
async def resolve() -> None:
    import trio

    limiter = trio.to_thread.current_default_thread_limiter()
    while limiter.available_tokens:
        limiter.acquire_on_behalf_of_nowait(object())
    with trio.fail_after(SOON):
        await trio.socket.getaddrinfo("db.invalid", 1)


@scenario(TRIO, "trio._highlevel_socket.SocketStream.receive_some")
async def receive_some() -> None:
    import trio

    with silent() as place:
        async with await trio.open_tcp_stream(place.host, place.port) as stream:
            with trio.fail_after(SOON):
                await stream.receive_some(1)


@scenario(TRIO, "trio._highlevel_socket.SocketStream.send_all")
async def send_all() -> None:
    import trio

    with failing(sockerr.SendTimedOut) as place:
        async with await trio.open_tcp_stream(place.host, place.port) as stream:
            with trio.fail_after(SOON):
                await stream.send_all(bytes(50_000_000))


@scenario(TRIO, "trio._highlevel_socket.SocketListener.accept")
async def accept() -> None:
    import trio

    (listener,) = await trio.open_tcp_listeners(0, host="127.0.0.1")
    async with listener:
        with trio.fail_after(SOON):
            await listener.accept()


# anyio


@scenario(ASYNCIO, "anyio._core._sockets.connect_tcp")
async def connect_tcp() -> None:
    import anyio

    with busy() as place, anyio.fail_after(SOON):
        await anyio.connect_tcp(place.host, place.port)


@scenario(ASYNCIO, "anyio._backends._asyncio.SocketStream.receive")
async def receive() -> None:
    import anyio

    with silent() as place:
        async with await anyio.connect_tcp(place.host, place.port) as stream:
            with anyio.fail_after(SOON):
                await stream.receive()


@scenario(ASYNCIO, "anyio._backends._asyncio.SocketStream.send")
async def send() -> None:
    import anyio

    with failing(sockerr.SendTimedOut) as place:
        async with await anyio.connect_tcp(place.host, place.port) as stream:
            with anyio.fail_after(SOON):
                for _ in range(100):
                    await stream.send(bytes(1_000_000))


async def _at_a_path(use: Callable[[Any], Awaitable[object]]) -> None:
    import anyio

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "s")
        async with await anyio.create_unix_listener(path), await anyio.connect_unix(path) as stream:
            with anyio.fail_after(SOON):
                await use(stream)


@scenario(ASYNCIO, "anyio._backends._asyncio.UNIXSocketStream.receive")
async def receive_at_a_path() -> None:
    await _at_a_path(lambda stream: stream.receive())


@scenario(ASYNCIO, "anyio._backends._asyncio.UNIXSocketStream.send")
async def send_at_a_path() -> None:
    await _at_a_path(lambda stream: stream.send(bytes(50_000_000)))


@scenario(ASYNCIO, "anyio._backends._asyncio.UDPSocket.receive")
async def receive_a_datagram() -> None:
    import anyio

    async with await anyio.create_udp_socket(local_host="127.0.0.1") as sock:
        with anyio.fail_after(SOON):
            await sock.receive()


@scenario(ASYNCIO, "anyio._backends._asyncio.ConnectedUDPSocket.receive")
async def receive_a_datagram_of_one_peer() -> None:
    import anyio

    async with await anyio.create_connected_udp_socket("127.0.0.1", 9) as sock:
        with anyio.fail_after(SOON):
            await sock.receive()


@scenario(ASYNCIO, "anyio._backends._asyncio.TCPSocketListener.accept")
async def accept_with_anyio() -> None:
    import anyio

    async with await anyio.create_tcp_listener(local_host="127.0.0.1") as listener:
        with anyio.fail_after(SOON):
            await listener.listeners[0].accept()


# aiohttp


@scenario(ASYNCIO, "aiohttp.connector.TCPConnector._resolve_host")
async def resolve_with_aiohttp() -> None:
    import aiohttp

    executor = ThreadPoolExecutor(1)
    executor.submit(time.sleep, 4 * SOON)
    asyncio.get_running_loop().set_default_executor(executor)
    # Where aiodns is installed, it would be asked.
    connector = aiohttp.TCPConnector(resolver=aiohttp.ThreadedResolver())
    async with aiohttp.ClientSession(connector=connector, timeout=aiohttp.ClientTimeout(SOON)) as session:
        await session.get("http://db.invalid/")


@scenario(ASYNCIO, "aiohttp.streams.DataQueue.read")
async def wait_for_a_response() -> None:
    import aiohttp

    with silent() as place:
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(SOON)) as session:
            await session.get(place.url())


@scenario(ASYNCIO, "aiohttp.streams.StreamReader._wait")
async def wait_for_a_body() -> None:
    import aiohttp

    async def begin(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.closing(writer):
            await reader.readuntil(b"\r\n\r\n")
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly a part")
            await asyncio.sleep(10)

    # Not `async with`, which waits for the connections to end.
    with contextlib.closing(await asyncio.start_server(begin, "127.0.0.1", 0)) as server:
        host, port = server.sockets[0].getsockname()
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(4 * SOON)) as session:
            response = await session.get(f"http://{host}:{port}/")
            await response.read()


def _caught(run: Callable[..., Any], main: Scenario) -> Exception:
    try:
        run(main)
    except Exception as error:  # noqa: BLE001  # whatever it is
        return error
    raise AssertionError("nothing was raised")


@pytest.mark.parametrize("function", TRIO)
def test_trio(function: str) -> None:
    trio = pytest.importorskip("trio")
    check(function, _caught(trio.run, TRIO[function]))


@pytest.mark.parametrize("function", ASYNCIO)
def test_asyncio(function: str) -> None:
    pytest.importorskip(function.partition(".")[0])
    check(function, _caught(lambda main: asyncio.run(main()), ASYNCIO[function]))


def check(function: str, error: Exception) -> None:
    found = classify(error)
    assert found is not None
    assert isinstance(found, sockerr.TimedOut)
    operation, names = next(row for (module, name), row in FUNCTIONS.items() if f"{module}.{name}" == function)
    assert (found.operation, found.located) == (operation, "traceback")
    assert (found.address is not None) is bool(names)


def test_every_function_of_a_library_is_tried() -> None:
    packages = ("aiohttp.", "anyio.", "trio.")
    functions = {f"{module}.{name}" for module, name in FUNCTIONS}
    assert {each for each in functions if each.startswith(packages)} == TRIO.keys() | ASYNCIO.keys()


# Timeouts that are none of a socket's


def test_trio_waits_for_something_else() -> None:
    trio = pytest.importorskip("trio")

    async def wait_for_memory() -> None:
        _, receiver = trio.open_memory_channel(0)
        await receiver.receive()

    waits = (trio.Event().wait, trio.Semaphore(0).acquire, trio.sleep_forever, lambda: trio.sleep(10), wait_for_memory)
    for wait in waits:

        async def main(wait: Any = wait) -> None:
            with trio.fail_after(SOON):
                await wait()

        assert classify(_caught(trio.run, main)) is None


def test_anyio_waits_for_something_else() -> None:
    anyio = pytest.importorskip("anyio")

    async def wait_for_event() -> None:
        await anyio.Event().wait()

    async def wait_for_memory() -> None:
        sender, receiver = anyio.create_memory_object_stream()
        with sender, receiver:
            await receiver.receive()

    for wait in (wait_for_event, wait_for_memory, anyio.sleep_forever, lambda: anyio.sleep(10)):

        async def main(wait: Any = wait) -> None:
            with anyio.fail_after(SOON):
                await wait()

        for backend in ("asyncio", "trio"):
            assert classify(_caught(lambda main, backend=backend: anyio.run(main, backend=backend), main)) is None


# Several attempts


def test_happy_eyeballs_names_the_address_of_every_attempt() -> None:
    trio = pytest.importorskip("trio")

    class Resolver(trio.abc.HostnameResolver):  # type: ignore[misc,name-defined]  # trio may not be there
        async def getaddrinfo(self, _: object, port: int, *__: object) -> list[Any]:
            hosts = ("127.0.0.1", "127.0.0.2")
            return [(trio.socket.AF_INET, trio.socket.SOCK_STREAM, 6, "", (host, port)) for host in hosts]

        async def getnameinfo(self, *_: object) -> Any:
            raise NotImplementedError

    async def main() -> None:
        trio.socket.set_custom_hostname_resolver(Resolver())
        await trio.open_tcp_stream("db.invalid", 1)

    found = classify(_caught(trio.run, main))
    assert isinstance(found, sockerr.ConnectionRefused)
    assert (found.operation, found.retry, found.located) == ("connect", "safe", "traceback")
    assert [each.address for each in found.causes] == [("127.0.0.1", 1), ("127.0.0.2", 1)]


# Requests that were repeated


def _with_requests(url: str) -> object:
    return pytest.importorskip("requests").get(url)


def _with_httpx(url: str) -> object:
    return pytest.importorskip("httpx").get(url, follow_redirects=True)


def _with_urllib3(url: str) -> object:
    return pytest.importorskip("urllib3").PoolManager().request("GET", url, retries=3)


def _with_aiohttp(url: str) -> object:
    aiohttp = pytest.importorskip("aiohttp")

    async def get() -> None:
        async with aiohttp.ClientSession() as session:
            await session.get(url)

    return asyncio.run(get())


@pytest.mark.parametrize("get", [_with_requests, _with_httpx, _with_urllib3, _with_aiohttp])
def test_request_that_was_redirected_is_not_safe_to_retry(get: Callable[[str], object], redirecting: str) -> None:
    for url, retry in ((redirecting, "if_idempotent"), ("http://127.0.0.1:1/", "safe")):
        try:
            get(url)
        except Exception as error:  # noqa: BLE001  # each library has its own
            found = classify(error)
            assert isinstance(found, sockerr.ConnectionRefused)
            assert (found.operation, found.address, found.retry) == ("connect", ("127.0.0.1", 1), retry)
        else:
            raise AssertionError("nothing was raised")
