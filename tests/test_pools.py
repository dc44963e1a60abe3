"""A real Redis and a real PostgreSQL behind the proxy: what a pool of connections survives, with the data whole."""

import contextlib
import hashlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import sockerr
from sockerr import Operation, SocketError, classify, testing
from sockerr.testing import Proxy

if sys.platform != "linux" or "QEMU_LD_PREFIX" in os.environ:
    pytest.skip("these servers run on this machine's own Linux only", allow_module_level=True)

redis = pytest.importorskip("redis", reason="needs redis: pip install -e '.[clients]'")
psycopg = pytest.importorskip("psycopg", reason="needs psycopg: pip install -e '.[clients]'")
psycopg_pool = pytest.importorskip("psycopg_pool", reason="needs psycopg_pool: pip install -e '.[clients]'")

VALUE = os.urandom(2_000_000)
WHOLE = hashlib.sha256(VALUE).hexdigest()
SOON = 0.3


def command(name: str) -> str:
    """Return the path of a server's command; skip the test where it is missing."""
    folders = [os.environ["PATH"], *sorted(map(str, Path("/usr/lib/postgresql").glob("*/bin")))]
    found = shutil.which(name, path=os.pathsep.join(folders))
    if found is None:
        pytest.skip(f"needs the command {name}")
    return found


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


@contextlib.contextmanager
def started(arguments: list[str], is_ready: Callable[[], object], user: str | None = None) -> Iterator[None]:
    """Run a server until the block ends."""
    server = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, user=user)
    try:
        for _ in range(200):
            with contextlib.suppress(redis.ConnectionError, psycopg.OperationalError):
                is_ready()
                break
            time.sleep(0.05)
        else:
            pytest.fail(f"{arguments[0]} is not ready after 10 s")
        yield
    finally:
        server.terminate()
        server.wait(10)


@pytest.fixture(scope="module")
def redis_server() -> Iterator[tuple[str, int]]:
    port = free_port()
    arguments = [
        command("redis-server"),
        "--port",
        str(port),
        "--bind",
        "127.0.0.1",
        "--save",
        "",
        "--appendonly",
        "no",
    ]
    client = redis.Redis(port=port)
    with started(arguments, client.ping), client:
        client.set("value", VALUE)
        yield "127.0.0.1", port


@pytest.fixture(scope="module")
def postgres_server() -> Iterator[tuple[str, int]]:
    # It refuses to run as root.
    user = "nobody" if os.getuid() == 0 else None
    # Not in pytest's own folder, which is closed to others.
    with tempfile.TemporaryDirectory() as folder:
        if user:
            shutil.chown(folder, user)
        create = [command("initdb"), "-D", f"{folder}/data", "--no-sync", "--auth=trust", "--username=postgres"]
        subprocess.run(create, check=True, capture_output=True, user=user)
        port = free_port()
        settings = [f"port={port}", "listen_addresses=127.0.0.1", f"unix_socket_directories={folder}", "fsync=off"]
        arguments = [command("postgres"), "-D", f"{folder}/data", *(word for each in settings for word in ("-c", each))]
        where = f"host=127.0.0.1 port={port} user=postgres dbname=postgres"
        with started(arguments, lambda: psycopg.connect(where).close(), user):
            with psycopg.connect(where) as connection:
                connection.execute("create table kept (value bytea)")
                connection.execute("insert into kept values (%s)", (VALUE,))
            yield "127.0.0.1", port


class Store:
    """What an application has between itself and its server: a pool of connections, and one way to read."""

    def __init__(self, read: Callable[[], bytes], connect: Callable[[], object]) -> None:
        self._read = read
        self.connect = connect

    def is_whole(self) -> bool:
        return hashlib.sha256(self._read()).hexdigest() == WHOLE

    def failure(self) -> SocketError:
        """Return what the next reading fails with."""
        return failure_of(self._read)


def failure_of(call: Callable[[], object]) -> SocketError:
    with pytest.raises(Exception) as caught:  # noqa: PT011  # `classify` says more than a message
        call()
    found = classify(caught.value)
    assert found is not None, repr(caught.value)
    return found


@pytest.fixture
def redis_store(redis_server: tuple[str, int]) -> Iterator[tuple[Store, Proxy]]:
    with testing.proxy(redis_server) as proxy:
        no_retries = redis.retry.Retry(redis.backoff.NoBackoff(), 0)
        pool: Any = redis.ConnectionPool(host=proxy.host, port=proxy.port, socket_timeout=SOON, retry=no_retries)
        client = redis.Redis(connection_pool=pool)
        yield Store(lambda: client.get("value"), client.ping), proxy
        client.close()
        pool.disconnect()


@pytest.fixture
def postgres_store(postgres_server: tuple[str, int]) -> Iterator[tuple[Store, Proxy]]:
    with testing.proxy(postgres_server) as proxy:
        where = f"host={proxy.host} port={proxy.port} user=postgres dbname=postgres connect_timeout=2"

        def read() -> bytes:
            with pool.connection() as connection:
                value: bytes = connection.execute("select value from kept", binary=True).fetchone()[0]
                return value

        check = psycopg_pool.ConnectionPool.check_connection
        with psycopg_pool.ConnectionPool(where, min_size=1, max_size=2, timeout=2, check=check) as pool:
            pool.wait(5)
            yield Store(read, lambda: psycopg.connect(where)), proxy


@pytest.fixture(params=["redis", "postgres"])
def store(request: pytest.FixtureRequest) -> tuple[Store, Proxy]:
    found: tuple[Store, Proxy] = request.getfixturevalue(f"{request.param}_store")
    return found


def test_nothing_is_changed_on_the_way(store: tuple[Store, Proxy]) -> None:
    application, _ = store
    assert application.is_whole()


def test_reset_within_a_reply(store: tuple[Store, Proxy]) -> None:
    application, proxy = store
    assert application.is_whole()
    proxy.reset(after=500_000)
    found = application.failure()
    assert isinstance(found, sockerr.ConnectionLost)
    assert application.is_whole()


def test_idle_connections_are_reset(store: tuple[Store, Proxy]) -> None:
    application, proxy = store
    assert application.is_whole()
    before = len(proxy.connections)
    proxy.reset()
    assert application.is_whole()
    assert len(proxy.connections) > before


def test_close_within_a_reply(store: tuple[Store, Proxy]) -> None:
    application, proxy = store
    assert application.is_whole()
    proxy.close(after=500_000)
    assert isinstance(application.failure(), sockerr.ConnectionLost)
    assert application.is_whole()


def test_failover_within_a_reply(store: tuple[Store, Proxy]) -> None:
    application, proxy = store
    assert application.is_whole()
    proxy.refuse(after=500_000)
    proxy.reset(after=500_000)
    assert isinstance(application.failure(), sockerr.ConnectionLost)
    # Not of the pool: psycopg's says only that no connection came in time.
    assert isinstance(failure_of(application.connect), sockerr.ConnectionRefused)
    proxy.restore()
    assert eventually(application.is_whole)


def eventually(succeeds: Callable[[], bool]) -> bool:
    """A pool connects again in a thread of its own, after a pause."""
    for _ in range(50):
        try:
            return succeeds()
        except (redis.ConnectionError, psycopg.OperationalError):
            time.sleep(0.1)
    return False


def test_slow_link(store: tuple[Store, Proxy]) -> None:
    application, proxy = store
    proxy.delay(0.02)
    proxy.slice(50_000)
    assert application.is_whole()
    proxy.limit(20_000_000)
    assert application.is_whole()


def test_silence_of_redis(redis_store: tuple[Store, Proxy]) -> None:
    application, proxy = redis_store
    proxy.silence(after=500_000)
    found = application.failure()
    assert isinstance(found, sockerr.TimedOut)
    proxy.restore()
    assert application.is_whole()


def test_silence_of_postgres(postgres_store: tuple[Store, Proxy]) -> None:
    application, proxy = postgres_store
    proxy.silence(after=500_000)
    # libpq waits without a limit, unless somebody ends the connection.
    from threading import Timer

    timer = Timer(SOON, proxy.reset)
    timer.start()
    assert isinstance(application.failure(), sockerr.ConnectionLost)
    timer.join()
    proxy.restore()
    assert application.is_whole()


def test_operation_is_known_where_python_itself_receives(redis_store: tuple[Store, Proxy]) -> None:
    application, proxy = redis_store
    assert application.is_whole()
    proxy.reset(after=500_000)
    found = application.failure()
    assert (type(found), found.operation) == (sockerr.ConnectionReset, Operation.RECEIVE)
