"""A timeout that somebody else raises says what was being waited for: a socket, something else, or nothing."""

import asyncio
import concurrent.futures
import functools
import http.client
import importlib
import os
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager
from typing import Any

import pytest

import sockerr
from sockerr import classify
from sockerr._classification.functions import FUNCTIONS
from sockerr.testing import busy, failing, silent
from sockerr.testing._serving import reset_on_close

pytestmark = pytest.mark.usefixtures("event_loop", "loopback")

SOON = 0.05  # seconds


Scenario = Callable[[], Awaitable[object]]


def raised_by(scenario: Scenario, loop: Any = None) -> Exception:
    async def run() -> Exception:
        try:
            await scenario()
        except Exception as error:  # noqa: BLE001  # whatever it is
            return error
        raise AssertionError("nothing was raised")

    with asyncio.Runner(loop_factory=loop) as runner:
        return runner.run(run())


@contextmanager
def pair() -> Iterator[tuple[socket.socket, socket.socket]]:
    """Two sockets that are connected, and do not block."""
    with ExitStack() as stack:
        first, second = (stack.enter_context(each) for each in socket.socketpair())
        first.setblocking(False)
        second.setblocking(False)
        yield first, second


@contextmanager
def datagrams() -> Iterator[socket.socket]:
    with socket.socket(type=socket.SOCK_DGRAM) as sock:
        sock.bind(("127.0.0.1", 0))
        sock.setblocking(False)
        yield sock


# Each waits in a function of the table, or has it raise, and says what the answer is.

SCENARIOS: dict[str, tuple[Scenario, type[sockerr.SocketError], object]] = {}
AN_ADDRESS = object()
"""Stands for the address that the scenario has made up itself."""


def scenario(
    function: str, cls: type[sockerr.SocketError], address: object = None, when: bool = True
) -> Callable[[Scenario], Scenario]:
    def register(run: Scenario) -> Scenario:
        if when:
            SCENARIOS[function] = (run, cls, address)
        return run

    return register


LOOP = (
    "asyncio.proactor_events.BaseProactorEventLoop"
    if sys.platform == "win32"
    else "asyncio.selector_events.BaseSelectorEventLoop"
)
ON_LINUX = sys.platform == "linux"
# qemu-user hands the host's numbers through where a program reads SO_ERROR.
SO_ERROR_IS_RIGHT = sys.platform != "win32" and "QEMU_LD_PREFIX" not in os.environ


@scenario(f"{LOOP}.sock_connect", sockerr.ConnectTimedOut, AN_ADDRESS, when=ON_LINUX)
async def wait_to_connect() -> None:
    with busy() as place, socket.socket() as sock:
        sock.setblocking(False)
        async with asyncio.timeout(SOON):
            await asyncio.get_running_loop().sock_connect(sock, (place.host, place.port))


@scenario(
    "asyncio.selector_events.BaseSelectorEventLoop._sock_connect_cb",
    sockerr.ConnectionRefused,
    AN_ADDRESS,
    SO_ERROR_IS_RIGHT,
)
async def be_refused() -> None:
    await asyncio.open_connection("127.0.0.1", 1)


@scenario(f"{LOOP}.sock_accept", sockerr.AcceptTimedOut)
async def wait_to_accept() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        await asyncio.wait_for(asyncio.get_running_loop().sock_accept(server), SOON)


@scenario(f"{LOOP}.sock_recv", sockerr.ReceiveTimedOut)
async def wait_to_receive() -> None:
    with pair() as (sock, _):
        await asyncio.wait_for(asyncio.get_running_loop().sock_recv(sock, 1), SOON)


@scenario(f"{LOOP}.sock_recv_into", sockerr.ReceiveTimedOut)
async def wait_to_receive_into() -> None:
    with pair() as (sock, _):
        async with asyncio.timeout(SOON):
            await asyncio.get_running_loop().sock_recv_into(sock, bytearray(1))


@scenario(f"{LOOP}.sock_recvfrom", sockerr.ReceiveTimedOut)
async def wait_for_a_datagram() -> None:
    with datagrams() as sock:
        await asyncio.wait_for(asyncio.get_running_loop().sock_recvfrom(sock, 1), SOON)


@scenario(f"{LOOP}.sock_recvfrom_into", sockerr.ReceiveTimedOut)
async def wait_for_a_datagram_into() -> None:
    with datagrams() as sock:
        await asyncio.wait_for(asyncio.get_running_loop().sock_recvfrom_into(sock, bytearray(1)), SOON)


@scenario(f"{LOOP}.sock_sendall", sockerr.SendTimedOut)
async def wait_to_send() -> None:
    with pair() as (sock, _):
        await asyncio.wait_for(asyncio.get_running_loop().sock_sendall(sock, bytes(50_000_000)), SOON)


@scenario(f"{LOOP}.sock_sendto", sockerr.SendTimedOut, AN_ADDRESS, when=ON_LINUX)
async def wait_to_send_to() -> None:
    # On Linux a datagram of AF_UNIX waits until the receiver has room. The name is an abstract one.
    name = f"\0sockerr-{os.getpid()}-{time.monotonic_ns()}"
    kind = socket.AF_UNIX, socket.SOCK_DGRAM
    with socket.socket(*kind) as receiver, socket.socket(*kind) as sock:
        receiver.bind(name)
        sock.setblocking(False)
        async with asyncio.timeout(SOON):
            while True:
                await asyncio.get_running_loop().sock_sendto(sock, b"x", name)


@scenario("asyncio.streams.StreamReader._wait_for_data", sockerr.ReceiveTimedOut)
async def wait_to_read() -> None:
    with silent() as place:
        reader, writer = await asyncio.open_connection(place.host, place.port)
        try:
            await asyncio.wait_for(reader.readline(), SOON)
        finally:
            writer.transport.abort()


@scenario("asyncio.streams.FlowControlMixin._drain_helper", sockerr.SendTimedOut)
async def wait_to_drain() -> None:
    with failing(sockerr.SendTimedOut) as place:
        _, writer = await asyncio.open_connection(place.host, place.port)
        try:
            writer.write(bytes(50_000_000))
            await asyncio.wait_for(writer.drain(), SOON)
        finally:
            writer.transport.abort()


async def _occupy_resolver() -> concurrent.futures.ThreadPoolExecutor:
    # The event loop looks names up in the threads of its executor: here it has one, which sleeps.
    executor = concurrent.futures.ThreadPoolExecutor(1)
    executor.submit(time.sleep, 4 * SOON)
    asyncio.get_running_loop().set_default_executor(executor)
    return executor


@scenario("asyncio.base_events.BaseEventLoop.getaddrinfo", sockerr.TimedOut, "db.invalid")
async def wait_to_resolve() -> None:
    await _occupy_resolver()
    await asyncio.wait_for(asyncio.open_connection("db.invalid", 1), SOON)


@scenario("asyncio.base_events.BaseEventLoop.getnameinfo", sockerr.TimedOut, ("127.0.0.1", 1))
async def wait_to_look_an_address_up() -> None:
    await _occupy_resolver()
    await asyncio.wait_for(asyncio.get_running_loop().getnameinfo(("127.0.0.1", 1)), SOON)


@scenario("asyncio.base_events.BaseEventLoop.create_connection", sockerr.ConnectTimedOut, AN_ADDRESS, when=ON_LINUX)
async def wait_for_the_first_of_several() -> None:
    with busy() as place:
        happy = asyncio.open_connection(place.host, place.port, happy_eyeballs_delay=0.01)
        async with asyncio.timeout(SOON):
            await happy


@scenario("asyncio.base_events.BaseEventLoop._create_connection_transport", sockerr.ConnectTimedOut)
async def wait_for_a_handshake() -> None:
    context = ssl.create_default_context()
    with silent() as place:
        async with asyncio.timeout(10 * SOON):
            await asyncio.open_connection(place.host, place.port, ssl=context)


@scenario("asyncio.base_events.BaseEventLoop.start_tls", sockerr.ConnectTimedOut)
async def wait_for_a_later_handshake() -> None:
    context = ssl.create_default_context()
    with silent() as place:
        _, writer = await asyncio.open_connection(place.host, place.port)
        async with asyncio.timeout(10 * SOON):
            await writer.start_tls(context, server_hostname="localhost")


@scenario("asyncio.base_events.BaseEventLoop.create_server", sockerr.AddressInUse, AN_ADDRESS)
async def serve_where_somebody_serves() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        await asyncio.start_server(lambda *_: None, *server.getsockname())


@scenario(
    "asyncio.unix_events._UnixSelectorEventLoop.create_unix_server", sockerr.AddressInUse, AN_ADDRESS, when=ON_LINUX
)
async def serve_at_a_path_where_somebody_serves() -> None:
    name = f"\0sockerr-{os.getpid()}-{time.monotonic_ns()}"
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(name)
        await asyncio.start_unix_server(lambda *_: None, name)


@scenario("asyncio.base_events.BaseEventLoop._connect_sock", sockerr.AddressInUse, when=ON_LINUX)
async def connect_from_where_somebody_serves() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        await asyncio.open_connection("127.0.0.1", 1, local_addr=server.getsockname())


@scenario("socket.create_server", sockerr.AddressInUse, AN_ADDRESS)
async def create_a_server_where_somebody_serves() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = server.getsockname()
        socket.create_server(address)


@scenario("http.client.HTTPResponse._read_status", sockerr.ConnectionReset)
async def be_left_without_a_response() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def close_the_first() -> None:
            connection, _ = server.accept()
            with connection:
                connection.recv(4096)

        thread = threading.Thread(target=close_the_first)
        thread.start()
        host, port = server.getsockname()
        client = http.client.HTTPConnection(host, port, timeout=5)
        try:
            client.request("GET", "/")
            client.getresponse()
        finally:
            client.close()
            thread.join()


@pytest.mark.parametrize("function", SCENARIOS)
def test_function_of_the_table_tells_the_operation(function: str) -> None:
    run, cls, address = SCENARIOS[function]
    found = classify(raised_by(run))
    assert found is not None
    assert type(found).__name__ == cls.__name__
    assert found.located == "traceback"
    assert found.operation == _row(function)[0]
    if address is AN_ADDRESS:
        assert isinstance(found.address, (tuple, str))
    else:
        assert found.address == address


def _row(function: str) -> Any:
    return next(row for (module, name), row in FUNCTIONS.items() if f"{module}.{name}" == function)


@pytest.mark.skipif(not (ON_LINUX and SO_ERROR_IS_RIGHT), reason="elsewhere some functions cannot be made to wait")
def test_every_function_of_the_standard_library_is_tried() -> None:
    """Those of the proactor are tried on Windows, and those of other libraries in `tests/libraries`."""
    packages = ("asyncio.", "http.", "socket.")
    names = {f"{module}.{name}" for module, name in FUNCTIONS}
    ours = {each for each in names if each.startswith(packages) and not each.startswith("asyncio.proactor_events.")}
    assert ours == SCENARIOS.keys()


STANDARD = [each for each in FUNCTIONS if each[0].partition(".")[0] in sys.stdlib_module_names]


@pytest.mark.parametrize(("module", "name"), STANDARD)
def test_function_of_the_table_exists(module: str, name: str) -> None:
    try:
        found: Any = importlib.import_module(module)
    except ImportError:
        pytest.skip(f"this system has no {module}")
    for part in name.split("."):
        found = getattr(found, part)
    assert found.__code__.co_qualname == name
    _, variables = FUNCTIONS[module, name]
    assert set(variables) <= {*found.__code__.co_varnames, *found.__code__.co_cellvars}


async def be_reset() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        reader, writer = await asyncio.open_connection(*server.getsockname())
        accepted, _ = server.accept()
        reset_on_close(accepted)
        accepted.close()
        try:
            await reader.read(1)
        finally:
            writer.transport.abort()


LOOPS = [asyncio.SelectorEventLoop, getattr(asyncio, "ProactorEventLoop", None)]
ON_EVERY_LOOP: list[tuple[Scenario, type[sockerr.SocketError], str]] = [
    (wait_to_receive, sockerr.ReceiveTimedOut, "receive"),
    (wait_to_read, sockerr.ReceiveTimedOut, "receive"),
    (wait_to_drain, sockerr.SendTimedOut, "send"),
    (wait_to_accept, sockerr.AcceptTimedOut, "accept"),
    (be_refused, sockerr.ConnectionRefused, "connect"),
    (be_reset, sockerr.ConnectionReset, "receive"),
]


@pytest.mark.parametrize("loop", [each for each in LOOPS if each is not None])
@pytest.mark.parametrize(("run", "cls", "operation"), ON_EVERY_LOOP)
def test_every_event_loop(loop: Any, run: Scenario, cls: type[sockerr.SocketError], operation: str) -> None:
    if run is be_refused and "QEMU_LD_PREFIX" in os.environ:
        pytest.skip("qemu-user hands the host's numbers through where a program reads SO_ERROR")
    if run is be_reset and sys.platform == "win32" and loop is asyncio.SelectorEventLoop:
        pytest.skip("under Wine a socket that does not block reads an end, and not the reset")
    found = classify(raised_by(run, loop))
    assert found is not None
    assert type(found).__name__ == cls.__name__
    assert (found.operation, found.located) == (operation, "traceback")
    assert (found.address is not None) is (run is be_refused)


# What is no socket


async def _wait_for_event() -> None:
    await asyncio.Event().wait()


async def _wait_for_lock() -> None:
    lock = asyncio.Lock()
    async with lock:
        await lock.acquire()


async def _wait_for_condition() -> None:
    condition = asyncio.Condition()
    async with condition:
        await condition.wait()


async def _wait_for_semaphore() -> None:
    await asyncio.Semaphore(0).acquire()


async def _wait_for_barrier() -> None:
    await asyncio.Barrier(2).wait()


async def _wait_for_queue() -> None:
    await asyncio.Queue[int]().get()


async def _wait_for_room() -> None:
    queue = asyncio.Queue[int](1)
    await queue.put(1)
    await queue.put(2)


async def _sleep() -> None:
    await asyncio.sleep(10)


@asynccontextmanager
async def _process(stdin: int | None = None, stdout: int | None = None) -> AsyncIterator[asyncio.subprocess.Process]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", "import time; time.sleep(30)", stdin=stdin, stdout=stdout
    )
    try:
        yield process
    finally:
        process.kill()
        await process.communicate()


async def _wait_for_process() -> None:
    async with _process() as process:
        await process.wait()


async def _wait_for_output() -> None:
    async with _process(stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        await process.stdout.readline()


async def _wait_for_all_output() -> None:
    async with _process(stdout=subprocess.PIPE) as process:
        await process.communicate()


async def _wait_to_feed() -> None:
    async with _process(stdin=subprocess.PIPE) as process:
        assert process.stdin is not None
        process.stdin.write(bytes(1_000_000))
        await process.stdin.drain()


NO_SOCKETS = [
    _wait_for_event,
    _wait_for_lock,
    _wait_for_condition,
    _wait_for_semaphore,
    _wait_for_barrier,
    _wait_for_queue,
    _wait_for_room,
    _sleep,
]
PROCESSES = [_wait_for_process, _wait_for_output, _wait_for_all_output, _wait_to_feed]


async def _by_timeout(wait: Callable[[], Awaitable[object]]) -> None:
    async with asyncio.timeout(SOON):
        await wait()


async def _by_wait_for(wait: Callable[[], Coroutine[Any, Any, None]]) -> None:
    await asyncio.wait_for(wait(), SOON)


async def _raised_again(wait: Callable[[], Awaitable[None]]) -> None:
    try:
        await _by_timeout(wait)
    except TimeoutError as error:
        raise TimeoutError("too slow") from error


@pytest.mark.parametrize("limit", [_by_timeout, _by_wait_for, _raised_again])
@pytest.mark.parametrize("wait", NO_SOCKETS)
def test_wait_for_something_else_is_no_socket_failure(limit: Any, wait: Any) -> None:
    error = raised_by(lambda: limit(wait))
    assert type(error) is TimeoutError
    assert classify(error) is None


@pytest.mark.usefixtures("python")
@pytest.mark.parametrize("limit", [_by_timeout, _by_wait_for])
@pytest.mark.parametrize("wait", PROCESSES)
def test_wait_for_a_process_is_no_socket_failure(limit: Any, wait: Any) -> None:
    error = raised_by(lambda: limit(wait))
    assert type(error) is TimeoutError
    assert classify(error) is None


async def _wait_to_drain_a_pipe() -> None:
    loop = asyncio.get_running_loop()
    read_end, write_end = os.pipe()
    with os.fdopen(read_end, "rb"), os.fdopen(write_end, "wb", 0) as pipe:
        transport, protocol = await loop.connect_write_pipe(asyncio.streams.FlowControlMixin, pipe)
        writer = asyncio.StreamWriter(transport, protocol, None, loop)
        writer.write(bytes(1_000_000))
        try:
            await asyncio.wait_for(writer.drain(), SOON)
        finally:
            transport.abort()


@pytest.mark.skipif(sys.platform == "win32", reason="the proactor takes pipes of a kind of its own")
def test_wait_for_a_pipe_is_no_socket_failure() -> None:
    assert classify(raised_by(_wait_to_drain_a_pipe)) is None


def test_wait_for_the_result_of_a_thread_is_no_socket_failure() -> None:
    future = concurrent.futures.Future[int]()
    for wait in (lambda: future.result(0), lambda: future.exception(0)):
        with pytest.raises(TimeoutError) as caught:
            wait()
        assert classify(caught.value) is None


def _handler(*_: object) -> None:
    raise TimeoutError("the alarm went off")


def _handler_with_names(signum: int, frame: object) -> None:
    _handler(signum, frame)


class Handler:
    def handle(self, signum: int, frame: object) -> None:
        _handler(signum, frame)


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="this system has no alarms")
@pytest.mark.parametrize("handler", [_handler, _handler_with_names, Handler().handle])
def test_alarm_is_no_socket_failure(handler: Any) -> None:
    before = signal.signal(signal.SIGALRM, handler)
    signal.setitimer(signal.ITIMER_REAL, SOON)
    try:
        with pytest.raises(TimeoutError) as caught:
            time.sleep(10)
    finally:
        signal.signal(signal.SIGALRM, before)
    assert classify(caught.value) is None


# Two timeouts, one after the other


async def _sleep_then_receive() -> None:
    with pair() as (sock, _):
        try:
            await _by_timeout(_sleep)
        except TimeoutError:
            await _by_timeout(lambda: asyncio.get_running_loop().sock_recv(sock, 1))


async def _receive_then_sleep() -> None:
    with pair() as (sock, _):
        try:
            await _by_timeout(lambda: asyncio.get_running_loop().sock_recv(sock, 1))
        except TimeoutError:
            await _by_timeout(_sleep)


async def _sleep_then_receive_in_a_call() -> None:
    with pair() as (sock, _):
        try:
            await _by_timeout(_sleep)
        except TimeoutError:
            sock.settimeout(SOON)
            functools.partial(sock.recv, 1)()


@pytest.mark.skipif(sys.version_info < (3, 11, 3), reason="the second timeout forgets what it has cancelled")
def test_last_of_two_timeouts_decides() -> None:
    assert isinstance(classify(raised_by(_sleep_then_receive)), sockerr.ReceiveTimedOut)
    assert classify(raised_by(_receive_then_sleep)) is None


def test_earlier_timeout_says_nothing_of_a_socket() -> None:
    assert isinstance(classify(raised_by(_sleep_then_receive_in_a_call)), sockerr.TimedOut)


def test_timeout_that_a_future_passes_on_is_one() -> None:
    future = concurrent.futures.Future[int]()
    future.set_exception(TimeoutError("timed out"))
    with pytest.raises(TimeoutError) as caught:
        future.result()
    assert isinstance(classify(caught.value), sockerr.TimedOut)


def test_function_that_is_given_a_frame_is_no_signal_handler() -> None:
    first, second = socket.socketpair()

    def receive(_: object) -> None:
        first.settimeout(SOON)
        functools.partial(first.recv, 1)()

    with first, second, pytest.raises(TimeoutError) as caught:
        receive(sys._getframe())
    assert isinstance(classify(caught.value), sockerr.TimedOut)

    def receive_with_name(_: str, __: object) -> None:
        functools.partial(first.recv, 1)()

    first, second = socket.socketpair()
    first.settimeout(SOON)
    with first, second, pytest.raises(TimeoutError) as caught:
        receive_with_name("no number of a signal", sys._getframe())
    assert isinstance(classify(caught.value), sockerr.TimedOut)


def test_cause_that_is_no_timeout_says_nothing_of_the_wait() -> None:
    error = TimeoutError("gave up")
    try:
        socket.create_connection(("127.0.0.1", 1))
    except OSError as refused:
        error.__cause__ = refused
    found = classify(error)
    assert found is not None
    assert (type(found).__name__, found.operation) == ("TimedOut", None)


def test_timeout_of_a_call_is_its_own_whatever_was_cancelled_before() -> None:
    first, second = socket.socketpair()
    first.settimeout(SOON)
    with first, second, pytest.raises(TimeoutError) as caught:
        first.recv(1)
    caught.value.__context__ = raised_by(lambda: _by_timeout(_sleep)).__context__
    assert isinstance(classify(caught.value), sockerr.ReceiveTimedOut)


def test_whatever_goes_by_the_name_of_trio_is_survived(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "trio", object())
    assert isinstance(classify(TimeoutError()), sockerr.TimedOut)


# What cannot be told


async def _wait_for_bare_future() -> None:
    await asyncio.get_running_loop().create_future()


async def _wait_for_tasks() -> None:
    task = asyncio.create_task(asyncio.sleep(10))
    try:
        await asyncio.wait({task})
    finally:
        task.cancel()


@pytest.mark.parametrize("wait", [_wait_for_bare_future, _wait_for_tasks])
def test_wait_that_cannot_be_told_stays_a_timeout(wait: Any) -> None:
    found = classify(raised_by(lambda: _by_timeout(wait)))
    assert found is not None
    assert (type(found).__name__, found.operation, found.evidence) == ("TimedOut", None, "type")


def test_traceback_that_is_gone_tells_nothing() -> None:
    error = raised_by(lambda: _by_timeout(_sleep))
    # Before Python 3.11.3 it was not the cause.
    assert error.__context__ is not None
    error.__context__.__traceback__ = None
    assert isinstance(classify(error), sockerr.TimedOut)
    assert isinstance(classify(TimeoutError()), sockerr.TimedOut)


def test_long_chain_of_timeouts_tells_nothing() -> None:
    error = first = TimeoutError()
    for _ in range(20):
        error.__cause__ = TimeoutError()
        error = error.__cause__
    assert isinstance(classify(first), sockerr.TimedOut)


def test_timeout_while_the_program_is_told_to_stop_tells_nothing() -> None:
    error = TimeoutError()
    error.__context__ = KeyboardInterrupt()
    assert isinstance(classify(error), sockerr.TimedOut)


def test_timeout_in_an_operation_that_is_given_is_one() -> None:
    found = classify(raised_by(lambda: _by_timeout(_sleep)), operation="connect")
    assert isinstance(found, sockerr.ConnectTimedOut)
