"""The endpoints, the fixtures and the proxy in other frameworks for tests.

Each test here runs a test of that framework, in a process of its own.
"""

import subprocess
import sys

import pytest

pytestmark = pytest.mark.usefixtures("loopback", "python")

ASYNCIO = """
import asyncio, socket
import pytest, sockerr
from sockerr import testing

async def ask(address):
    reader, writer = await asyncio.open_connection(*address)
    try:
        writer.write(b"anybody?")
        return await asyncio.wait_for(reader.read(100), 0.3)
    finally:
        writer.close()
"""

TRIO = """
import pytest, sockerr, trio
from sockerr import testing

async def ask(address):
    async with await trio.open_tcp_stream(*address) as stream:
        await stream.send_all(b"anybody?")
        with trio.fail_after(0.3):
            return await stream.receive_some(100)
"""

ANYIO = """
import anyio
import pytest, sockerr
from sockerr import testing

async def ask(address):
    async with await anyio.connect_tcp(*address) as stream:
        await stream.send(b"anybody?")
        with anyio.fail_after(0.3):
            return await stream.receive(100)
"""

TESTS = """
@pytest.mark.{mark}
async def test_silence(silent):
    with pytest.raises(TimeoutError if {mark!r} != "trio" else Exception):
        await ask(silent.address)
    assert silent.connections[0].received == b"anybody?"

@pytest.mark.{mark}
@pytest.mark.socket_failures(connect=sockerr.ConnectionRefused, receive=sockerr.ConnectionReset)
async def test_failures(socket_failure):
    with pytest.raises(Exception) as caught:
        await ask(socket_failure.address)
    assert isinstance(sockerr.classify(caught.value), socket_failure.raises)

@pytest.mark.{mark}
async def test_proxy(closing, sockerr_proxy):
    proxy = sockerr_proxy(closing)
    proxy.refuse()
    with pytest.raises(Exception) as caught:
        await ask(proxy.address)
    assert isinstance(sockerr.classify(caught.value), sockerr.ConnectionRefused)
    proxy.restore()

@pytest.mark.{mark}
async def test_block():
    with testing.refusing() as endpoint, pytest.raises(Exception) as caught:
        await ask(endpoint.address)
    assert isinstance(sockerr.classify(caught.value), sockerr.ConnectionRefused)
"""

UNITTEST = """
import socket, unittest
import sockerr
from sockerr import testing

class Client(unittest.TestCase):
    def test_refused(self):
        with testing.refusing() as endpoint, self.assertRaises(ConnectionRefusedError):
            socket.create_connection(endpoint.address)

    def test_unavailable(self):
        with testing.failing(sockerr.HostDown):
            self.fail("it is available")

    def test_context(self):
        endpoint = self.enterContext(testing.silent())
        with socket.create_connection(endpoint.address, 0.1) as client, self.assertRaises(TimeoutError):
            client.recv(1)

class AsyncClient(unittest.IsolatedAsyncioTestCase):
    async def test_refused(self):
        import asyncio
        with testing.refusing() as endpoint, self.assertRaises(ConnectionRefusedError):
            await asyncio.open_connection(*endpoint.address)
"""


@pytest.mark.parametrize(
    ("plugin", "client", "mark", "options"),
    [
        ("pytest_asyncio", ASYNCIO, "asyncio", ()),
        ("pytest_trio", TRIO, "trio", ()),
        ("anyio", ANYIO, "anyio", ()),
    ],
)
def test_plugin_for_coroutines(
    pytester: pytest.Pytester, plugin: str, client: str, mark: str, options: tuple[str, ...]
) -> None:
    pytest.importorskip(plugin, reason=f"needs {plugin}, as the extra `frameworks` has it")
    pytester.makepyfile(client + TESTS.format(mark=mark))
    # The plugins warn of each other's settings, and of their own.
    result = pytester.runpytest_subprocess("-p", "no:randomly", "-p", "no:cacheprovider", *options)
    backends = 2 if mark == "anyio" else 1
    result.assert_outcomes(passed=5 * backends)


def test_unittest(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(test_client=UNITTEST)
    command = [sys.executable, "-X", "dev", "-W", "error", "-m", "unittest", "-v"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert "Ran 4 tests" in done.stderr
    assert 'skipped "no endpoint on loopback makes a client meet HostDown: ' in done.stderr
    assert "Warning" not in done.stderr
