"""The pytest plugin: each test here runs pytest on a test that uses it."""

import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

# Loaded here, or pytester would load it anew for each run, with classes that are not the same.
from sockerr import testing

pytestmark = pytest.mark.usefixtures("loopback")

WITHOUT = [word for each in ("asyncio", "cacheprovider", "randomly", "trio") for word in ("-p", f"no:{each}")]
OPTIONS = [*WITHOUT, "-W", "error", "--strict-markers"]
CLIENT = """
import socket
import pytest, sockerr
from sockerr import classify

def ask(address):
    with socket.create_connection(address, 0.3) as client:
        client.sendall(b"anybody?")
        if not client.recv(1):
            raise sockerr.ConnectionLost("no answer", operation="receive")
"""


def run(pytester: pytest.Pytester, test: str, *options: str) -> pytest.RunResult:
    """Run pytest on a file that begins with a client."""
    pytester.makepyfile(CLIENT + test)
    return pytester.runpytest(*OPTIONS, *options)


def run_in_process(pytester: pytest.Pytester, test: str, *options: str) -> pytest.RunResult:
    """Run it in a process of its own: pytester would unload parts of `cryptography` that cannot be loaded again."""
    pytester.makepyfile(CLIENT + test)
    return pytester.runpytest_subprocess(*OPTIONS, *options)


@pytest.mark.parametrize("name", ["refusing", "unresolvable", "busy", "silent", "resetting", "closing"])
def test_fixture_gives_its_endpoint(pytester: pytest.Pytester, name: str) -> None:
    test = f"""
def test({name}):
    with pytest.raises(OSError) as caught:
        ask({name}.address)
    assert classify(caught.value)
"""
    assert callable(getattr(testing, name))
    run(pytester, test).assert_outcomes(passed=1)


def test_fixture_for_plain_text(pytester: pytest.Pytester) -> None:
    run(pytester, "def test(not_tls): assert not_tls.url()").assert_outcomes(passed=1)


def test_fixture_takes_an_argument_or_several(pytester: pytest.Pytester) -> None:
    test = """
@pytest.mark.parametrize("closing", [0, {"after": 3, "reply": b"abcdef"}], indirect=True)
@pytest.mark.parametrize("stalling", [5], indirect=True)
@pytest.mark.parametrize("trickling", [1000], indirect=True)
def test(closing, stalling, trickling):
    with socket.create_connection(closing.address, 2) as client:
        client.sendall(b"anybody?")
        assert client.recv(100) in (b"", b"abc")
"""
    run(pytester, test).assert_outcomes(passed=2)


@pytest.mark.usefixtures("python")
def test_fixture_for_tls_takes_a_fault(pytester: pytest.Pytester) -> None:
    pytest.importorskip("trustme")
    test = """
@pytest.mark.parametrize("tls", ["expired", "wrong-host"], indirect=True)
def test(tls):
    assert tls.client_context().get_ca_certs()
"""
    result = run_in_process(pytester, test, "-v")
    result.assert_outcomes(passed=2)
    result.stdout.fnmatch_lines(["*test?expired? PASSED*", "*test?wrong-host? PASSED*"])


def test_proxies_end_with_the_test(pytester: pytest.Pytester) -> None:
    test = """
import threading

def test_first(sockerr_proxy, silent):
    first, second = sockerr_proxy(silent), sockerr_proxy(silent, port=0)
    assert first.address != second.address
    assert threading.active_count() > 3

def test_second():
    assert [each.name for each in threading.enumerate() if each.name == "sockerr.testing"] == []
"""
    run(pytester, test).assert_outcomes(passed=2)


@pytest.mark.usefixtures("refusals")
def test_marker_runs_the_test_for_every_failure_of_an_operation(pytester: pytest.Pytester) -> None:
    test = """
@pytest.mark.socket_failures(resolve=..., connect=..., receive=...)
def test(socket_failure):
    with pytest.raises(OSError) as caught:
        ask(socket_failure.address)
    assert isinstance(classify(caught.value), socket_failure.raises)
"""
    result = run(pytester, test, "-v")
    assert not result.parseoutcomes().get("failed")
    result.stdout.fnmatch_lines_random(
        [
            "*::test?resolve-NameNotFound? *",
            "*::test?connect-ConnectionRefused? *",
            "*::test?connect-ConnectTimedOut? *",
            "*::test?connect-NetworkUnreachable? *",
            "*::test?receive-ReceiveTimedOut? *",
            "*::test?receive-ConnectionReset? *",
            "*::test?receive-ConnectionLost? *",
        ]
    )


@pytest.mark.usefixtures("refusals")
def test_marker_takes_one_class_or_several(pytester: pytest.Pytester) -> None:
    test = """
@pytest.mark.socket_failures(
    connect=sockerr.ConnectionRefused, receive=[sockerr.ReceiveTimedOut, sockerr.ConnectionLost]
)
def test(socket_failure):
    with pytest.raises(socket_failure.raises):
        with sockerr.operation(socket_failure.operation):
            ask(socket_failure.address)
"""
    result = run(pytester, test, "-v")
    result.assert_outcomes(passed=3)


@pytest.mark.usefixtures("python")
def test_marker_for_handshakes(pytester: pytest.Pytester) -> None:
    pytest.importorskip("trustme")
    test = """
@pytest.mark.socket_failures(tls=...)
def test(socket_failure):
    assert issubclass(socket_failure.raises, sockerr.TLSError)
"""
    result = run_in_process(pytester, test, "-v")
    result.assert_outcomes(passed=7)
    result.stdout.fnmatch_lines(["*test?connect-CertificateExpired? PASSED*"])


def test_what_is_unavailable_skips_its_own_test_only(pytester: pytest.Pytester) -> None:
    test = """
@pytest.mark.socket_failures(connect=[sockerr.HostUnreachable, sockerr.ConnectionRefused])
def test(socket_failure):
    pass

@pytest.mark.socket_failures(tls=sockerr.HostDown)
def test_other(socket_failure):
    pass
"""
    result = run(pytester, test, "-rs", "-v")
    result.assert_outcomes(passed=1, skipped=2)
    result.stdout.fnmatch_lines(
        ["*test_other?any-HostDown? SKIPPED*", "SKIPPED*no endpoint on loopback makes a client meet HostUnreachable*"]
    )


@pytest.mark.parametrize(
    ("test", "message"),
    [
        (
            "@pytest.mark.socket_failures(connect=...)\ndef test(): pass",
            "a test that is marked with socket_failures must take the fixture socket_failure",
        ),
        (
            "@pytest.mark.socket_failures('connect')\ndef test(socket_failure): pass",
            "socket_failures takes keywords, such as socket_failures(connect=...)",
        ),
        (
            "@pytest.mark.socket_failures\ndef test(socket_failure): pass",
            "socket_failures takes keywords, such as socket_failures(connect=...)",
        ),
        (
            "@pytest.mark.socket_failures(teatime=...)\ndef test(socket_failure): pass",
            "socket_failures: *'teatime'*",
        ),
        (
            "@pytest.mark.socket_failures(receive=sockerr.TimedOut)\ndef test(socket_failure): pass",
            "socket_failures: TimedOut is a family of failures: expected one of ReceiveTimedOut",
        ),
        (
            "@pytest.mark.socket_failures(receive=OSError)\ndef test(socket_failure): pass",
            "socket_failures: error is <class 'OSError'>: expected a class such as sockerr.ConnectionReset",
        ),
    ],
)
def test_mistake_in_a_marker_is_named(pytester: pytest.Pytester, test: str, message: str) -> None:
    result = run(pytester, test)
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines([f"*{message}"])
    result.stdout.no_fnmatch_line("*Traceback*")


def test_fixture_without_the_marker_is_a_mistake(pytester: pytest.Pytester) -> None:
    result = run(pytester, "def test(socket_failure): pass")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*a test that takes socket_failure must be marked with socket_failures"])


@pytest.mark.usefixtures("refusals")
def test_report_shows_the_typed_error(pytester: pytest.Pytester) -> None:
    result = run(pytester, "def test(refusing): ask(refusing.address)")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            "* ConnectionRefusedError: *",
            "*- socket failure -*",
            "ConnectionRefused: connect 127.0.0.1:*ECONNREFUSED)",
            "operation: connect, address: ('127.0.0.1', *)",
            "retry: safe, fault: peer",
            "*listen*",
        ]
    )


@pytest.mark.usefixtures("resets")
def test_report_of_a_fixture_that_fails_shows_it_too(pytester: pytest.Pytester) -> None:
    test = """
@pytest.fixture
def client(resetting):
    with socket.create_connection(resetting.address, 2) as client:
        client.sendall(b"hello")
        return client.recv(1)

def test(client): pass
"""
    result = run(pytester, test)
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*- socket failure -*", "ConnectionReset: *", "operation: receive, address: unknown"])


@pytest.mark.parametrize(
    "test", ["def test(): assert 0", "def test(): open('nowhere')", "def test(): pytest.fail('x')"]
)
def test_report_of_another_failure_says_nothing(pytester: pytest.Pytester, test: str) -> None:
    result = run(pytester, test)
    result.assert_outcomes(failed=1)
    result.stdout.no_fnmatch_line("*socket failure*")


def test_report_without_a_traceback_is_left_alone(pytester: pytest.Pytester) -> None:
    result = run(pytester, "def test(refusing): ask(refusing.address)", "--tb=native")
    result.assert_outcomes(failed=1)
    run(pytester, "def test(refusing): ask(refusing.address)", "--tb=line").assert_outcomes(failed=1)


def test_everything_is_the_same_in_parallel(pytester: pytest.Pytester) -> None:
    pytest.importorskip("xdist")
    if sys.platform in ("win32", "emscripten"):
        pytest.skip("pytest-xdist is not installed there")
    test = """
@pytest.mark.socket_failures(connect=..., receive=...)
def test(socket_failure, sockerr_proxy):
    with pytest.raises(OSError):
        ask(socket_failure.address)

def test_that_fails(refusing): ask(refusing.address)
"""
    result = run(pytester, test, "-n", "2")
    assert result.parseoutcomes()["passed"] >= 5
    result.stdout.fnmatch_lines(["*- socket failure -*", "ConnectionRefused: connect 127.0.0.1:*"])


@pytest.mark.usefixtures("python")
@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no SIGINT to another process")
def test_interrupted_run_leaves_nothing(pytester: pytest.Pytester) -> None:
    test = """
import signal, time

# A shell starts what runs in the background with SIGINT ignored.
signal.signal(signal.SIGINT, signal.default_int_handler)

def test(silent, sockerr_proxy):
    address = sockerr_proxy(silent).address
    with open("address", "w") as file:
        file.write(f"{silent.port} {address[1]}")
    time.sleep(30)
"""
    pytester.makepyfile(CLIENT + test)
    command = [sys.executable, "-X", "dev", "-W", "error", "-m", "pytest", *WITHOUT]
    run = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    file = Path("address")
    deadline = time.monotonic() + 30
    while not (file.exists() and file.read_text()) and time.monotonic() < deadline:
        time.sleep(0.05)
    run.send_signal(signal.SIGINT)
    printed, _ = run.communicate(timeout=30)
    assert "KeyboardInterrupt" in printed
    assert "Warning" not in printed
    for port in file.read_text().split():
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", int(port)), 2)


def test_test_that_is_interrupted_leaves_no_thread(pytester: pytest.Pytester) -> None:
    before = threading.active_count()
    with pytest.raises(KeyboardInterrupt):
        run(pytester, "def test(silent): raise KeyboardInterrupt")
    assert threading.active_count() == before


@pytest.mark.usefixtures("python")
def test_a_suite_that_does_not_use_the_plugin_imports_nothing_of_sockerr(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
import sys

def test():
    assert "_sockerr_pytestplugin" in sys.modules
    assert not [name for name in sys.modules if name.partition(".")[0] == "sockerr"]
"""
    )
    pytester.runpytest_subprocess(*OPTIONS).assert_outcomes(passed=1)
