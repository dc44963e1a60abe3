"""The pytest plugin: fixtures, the marker `socket_failures`, and what the report of a failed test says.

pytest loads it wherever sockerr is installed, even for tests that do not use it. So it imports what it needs only when
a test uses it, and it is not part of the package `sockerr`, which Python would import first: from a wheel, that makes
`pytest --co` on an empty suite take 1.06 times as long instead of 1.00. (Hypothesis keeps its plugin apart as well.)
"""

from contextlib import ExitStack, suppress
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Generator, Iterator
    from contextlib import AbstractContextManager
    from types import EllipsisType
    from typing import TypeAlias

    from sockerr import Operation, SocketError
    from sockerr.testing import Endpoint, Proxy

    # What a keyword of the marker takes.
    Wanted: TypeAlias = type[SocketError] | list[type[SocketError]] | tuple[type[SocketError], ...] | EllipsisType
    # A class, and the operation in which a client is to meet it; any if it is `None`.
    Choice: TypeAlias = tuple[type[SocketError], Operation | None]

_MARKER = """\
socket_failures(connect=..., receive=[sockerr.ConnectionReset], tls=...): run the test once for each failure that a \
client can meet in these operations, or in a TLS handshake. `...` stands for all of them. The test takes the fixture \
socket_failure, the endpoint on which the client meets the failure."""


def pytest_configure(config: pytest.Config) -> None:
    """Register the marker."""
    config.addinivalue_line("markers", _MARKER)


def _fixture(name: str, what: str) -> "Callable[..., Generator[Endpoint]]":
    def endpoint(request: pytest.FixtureRequest) -> "Generator[Endpoint]":
        from sockerr import testing

        given = getattr(request, "param", {})
        make: Callable[..., AbstractContextManager[Endpoint]] = getattr(testing, name)
        with make(**given) if isinstance(given, dict) else make(given) as endpoint:
            yield endpoint

    endpoint.__doc__ = f"""{what}

    Indirect parametrization gives it an argument of `sockerr.testing.{name}`, or a dictionary of them.
    """
    return pytest.fixture(name=name)(endpoint)


refusing = _fixture("refusing", "An address where nobody listens.")
unresolvable = _fixture("unresolvable", "A host name that does not resolve.")
busy = _fixture("busy", "A server whose backlog is full: connecting takes until the client gives up.")
silent = _fixture("silent", "A server that accepts, reads, and never answers.")
resetting = _fixture("resetting", "A server that resets every connection.")
closing = _fixture("closing", "A server that closes every connection in good order.")
stalling = _fixture("stalling", "A server that sends a part of its answer, and then nothing more.")
trickling = _fixture("trickling", "A server that sends its answer slowly.")
not_tls = _fixture("not_tls", "A server that answers a TLS handshake in plain text.")
tls = _fixture("tls", "A server whose TLS handshake fails.")


@pytest.fixture
def sockerr_proxy() -> "Iterator[Callable[..., Proxy]]":
    """Start proxies with the arguments of `sockerr.testing.proxy`; they end with the test."""
    from sockerr import testing

    with ExitStack() as proxies:
        yield lambda *args, **kwargs: proxies.enter_context(testing.proxy(*args, **kwargs))


@pytest.fixture
def socket_failure(request: pytest.FixtureRequest) -> "Iterator[Endpoint]":
    """The endpoint on which the client meets the failure that the marker `socket_failures` asks for."""
    from sockerr import testing

    if not hasattr(request, "param"):
        pytest.fail("a test that takes socket_failure must be marked with socket_failures", pytrace=False)
    error, operation = request.param
    with testing.failing(error, operation) as endpoint:
        yield endpoint


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a marked test once for each failure."""
    marker = metafunc.definition.get_closest_marker("socket_failures")
    if marker is None:
        return
    if mistake := _mistake(marker, metafunc.fixturenames):
        pytest.fail(mistake, pytrace=False)
    chosen = [each for place, wanted in marker.kwargs.items() for each in _chosen(place, wanted)]
    ids = [f"{operation or 'any'}-{error.__name__}" for error, operation in chosen]
    metafunc.parametrize("socket_failure", chosen, ids=ids, indirect=True)


def _mistake(marker: pytest.Mark, fixtures: "Collection[str]") -> str:
    """Return what is wrong with a marker; nothing if it can be used."""
    from sockerr import testing
    from sockerr.testing._failing import find

    if "socket_failure" not in fixtures:
        return "a test that is marked with socket_failures must take the fixture socket_failure"
    if marker.args or not marker.kwargs:
        return "socket_failures takes keywords, such as socket_failures(connect=...)"
    try:
        for place, wanted in marker.kwargs.items():
            for error, operation in _chosen(place, wanted):
                # What is unavailable skips its own test only, when that runs.
                with suppress(testing.Unavailable):
                    find(error, operation)
    except (TypeError, ValueError) as error:
        return f"socket_failures: {error}"
    return ""


def _chosen(place: str, wanted: "Wanted") -> "list[Choice]":
    """Return the failures that one keyword of the marker asks for."""
    from sockerr import Operation
    from sockerr.testing._failing import FAILURES

    client = "TLS" if place == "tls" else "any"
    operation = None if place == "tls" else Operation(place)
    if wanted is ...:
        there = [each for each in FAILURES if each.client == client and operation in (None, each.operation)]
        return [(each.error, each.operation) for each in there]
    return [(each, operation) for each in (wanted if isinstance(wanted, (list, tuple)) else (wanted,))]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,  # noqa: ARG001  # pytest passes arguments by their names
    call: "pytest.CallInfo[None]",
) -> "Generator[None, pytest.TestReport, pytest.TestReport]":
    """Add the typed error to the report of a test that failed because of a socket."""
    report = yield
    add_section = getattr(report.longrepr, "addsection", None)
    if report.failed and call.excinfo is not None and add_section is not None:
        from sockerr import classify

        if error := classify(call.excinfo.value):
            add_section("socket failure", _explained(error))
    return report


def _explained(error: "SocketError") -> str:
    return (
        f"{type(error).__name__}: {error}\n"
        f"operation: {error.operation or 'unknown'}, address: {error.address or 'unknown'}\n"
        f"retry: {error.retry}, fault: {error.fault}\n"
        f"{error.hint}"
    )
