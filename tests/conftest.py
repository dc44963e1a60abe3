"""What the whole suite shares."""

import doctest
import os
import sys
import threading
import unittest
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from hypothesis import settings

# How long an example takes says more of the machine than of the code.
settings.register_profile("default", deadline=None)
settings.load_profile("default")
# For systems that are emulated, and slow: pytest --hypothesis-profile=emulated
settings.register_profile("emulated", max_examples=15, deadline=None)
# For a night: pytest --hypothesis-profile=thorough
settings.register_profile("thorough", max_examples=1000, deadline=None)
# For mutation testing, where a result must be one that can be repeated.
settings.register_profile("mutation", max_examples=15, deadline=None, derandomize=True, database=None)


@pytest.fixture
def python() -> str:
    """The command that starts another Python like this one."""
    if sys.platform == "emscripten":
        pytest.skip("Emscripten starts no processes")
    if "QEMU_LD_PREFIX" in os.environ:
        pytest.skip("under qemu-user a program cannot start another one of its processor")
    return sys.executable


@pytest.fixture
def event_loop() -> None:
    """An event loop that `asyncio.run` can start."""
    if sys.platform == "emscripten":
        pytest.skip("Emscripten has the event loop of its host, which asyncio.run() cannot start again")


IS_WINE = sys.platform == "win32" and "WINEPREFIX" in os.environ
NO_CONNECTIONS = "Emscripten's sockets do not connect"
NO_RESETS = "this is Wine, which reports the end of the stream instead of a reset"


@pytest.fixture
def loopback() -> None:
    """Sockets that connect."""
    if sys.platform == "emscripten":
        pytest.skip(NO_CONNECTIONS)


@pytest.fixture
def resets(loopback: None) -> None:  # noqa: ARG001  # both are needed
    """Connections whose reset the other end sees."""
    if IS_WINE:
        pytest.skip(NO_RESETS)


@pytest.fixture
def refusals(loopback: None) -> None:  # noqa: ARG001  # both are needed
    """Connections whose refusal is seen by who waits for them."""
    if "QEMU_LD_PREFIX" in os.environ:
        pytest.skip("qemu-user does not translate the number that SO_ERROR gives")


class Redirecting(BaseHTTPRequestHandler):
    """Answers every request with a redirect to where nobody listens."""

    def do_GET(self) -> None:
        self.send_response(302)
        self.send_header("Location", "http://127.0.0.1:1/")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def redirecting() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), Redirecting) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield "http://{}:{}/".format(*server.server_address)
        server.shutdown()
        thread.join()


def _why_not(test: doctest.DocTest) -> str:
    """Return why the examples of a docstring do not run here; nothing if they do."""
    sources = "".join(each.source for each in test.examples)
    if sys.platform == "emscripten" and ("socket." in sources or "testing." in sources):
        return NO_CONNECTIONS
    return NO_RESETS if IS_WINE and "ConnectionReset" in sources and "testing." in sources else ""


def _run_or_skip(run: Callable[[], None]) -> None:
    """Run the examples of a docstring; what a machine cannot provoke skips them, as it skips a test."""
    try:
        run()
    except doctest.UnexpectedException as error:
        if isinstance(error.exc_info[1], unittest.SkipTest):
            pytest.skip(str(error.exc_info[1]))
        raise


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out the examples in docstrings that cannot run here."""
    for item in items:
        if isinstance(item, pytest.DoctestItem):
            reason = _why_not(item.dtest)
            # Not by a mark: pytest would look for the line of the example, which doctest does not always know.
            run = partial(pytest.skip, reason) if reason else partial(_run_or_skip, item.runtest)
            item.runtest = run  # type: ignore[method-assign]  # a hook around the call sees the tests of this folder alone


# How to run what was left out, by a word in the reason.
_HOW_TO_RUN = {
    "libraries": "pip install -e '.[libraries]' && python -m tests.libraries install",
    "headers": "pip install -e '.[headers]' && python -m tests.headers fetch",
    "clients": "pip install -e '.[clients]'",
    "engines": "pip install -e '.[engines]'",
    "browser": "pip install -e '.[docs,browser]' && sphinx-build docs docs/_build/html",
    "frameworks": "pip install -e '.[frameworks]'",
}


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in one line what was left out and how to run it."""
    reasons = [report.longrepr[2] for report in terminalreporter.stats.get("skipped", ())]
    groups = Counter(next((word for word in _HOW_TO_RUN if word in reason), "") for reason in reasons)
    parts = [f"{groups[word]} that need {word}: {how}" for word, how in _HOW_TO_RUN.items() if groups[word]]
    if groups[""]:
        parts.append(f"{groups['']} that do not apply here: -rs says why")
    if parts:
        terminalreporter.write_line(f"Left out: {'; '.join(parts)}")
