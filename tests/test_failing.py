"""Every failure that `testing.failing` promises, met by a client."""

import socket
import ssl
import sys
import time
import urllib.request
from collections.abc import Callable

import pytest

import sockerr
from sockerr import Operation, SocketError, classify, testing
from sockerr.testing import _failing, _unavailable
from sockerr.testing._failing import FAILURES, Failure

TIMEOUT = 1.0


def ask(endpoint: testing.Endpoint) -> None:
    """Connect, send a request, and receive until the end."""
    with socket.create_connection((endpoint.host, endpoint.port), TIMEOUT) as client:
        client.sendall(b"anybody?")
        while client.recv(65536):
            pass


def tell(endpoint: testing.Endpoint) -> None:
    """Connect, and go on sending for some seconds."""
    with socket.create_connection((endpoint.host, endpoint.port), TIMEOUT) as client:
        end = time.monotonic() + 5
        while time.monotonic() < end:
            client.sendall(bytes(100_000))


def ask_over_tls(endpoint: testing.Endpoint) -> None:
    """Ask in TLS, trusting the endpoint's authority if it has one."""
    context = endpoint.client_context() if isinstance(endpoint, testing.TLSEndpoint) else ssl.create_default_context()
    with (
        socket.create_connection((endpoint.host, endpoint.port), TIMEOUT) as client,
        context.wrap_socket(client, server_hostname=endpoint.host) as secured,
    ):
        secured.sendall(b"anybody?")
        secured.recv(1)


def connect_to_path(endpoint: testing.Endpoint) -> None:
    with socket.socket(socket.AF_UNIX) as client:
        client.connect(endpoint.address)


def fetch(endpoint: testing.Endpoint) -> None:
    with urllib.request.urlopen(endpoint.url(), timeout=TIMEOUT):  # noqa: S310  # the endpoint's own URL
        pass


def client_for(failure: Failure) -> Callable[[testing.Endpoint], None]:
    if failure.error is sockerr.ConnectionLost:
        # That the reply is incomplete only its protocol knows.
        return fetch
    if failure.operation is Operation.SEND:
        return tell
    return {"TLS": ask_over_tls, "Unix": connect_to_path, "any": ask}[failure.client]


@pytest.mark.parametrize("failure", FAILURES, ids=lambda each: f"{each.operation}-{each.error.__name__}")
def test_client_meets_exactly_the_class_in_the_operation(failure: Failure, request: pytest.FixtureRequest) -> None:
    if failure.error is sockerr.ConnectionRefused:
        request.getfixturevalue("refusals")
    with testing.failing(failure.error, failure.operation) as endpoint:
        assert (endpoint.raises, endpoint.operation) == (failure.error, failure.operation)
        with pytest.raises(OSError) as caught:  # noqa: PT011  # `classify` says more than a message
            client_for(failure)(endpoint)
    found = classify(caught.value)
    assert found is not None
    if failure.error is sockerr.ConnectionLost:
        # What http.client raises is a ConnectionResetError, although nothing was reset.
        assert isinstance(found, failure.error)
        return
    assert type(found).__name__ == failure.error.__name__
    assert found.operation is failure.operation


def test_first_operation_is_taken_where_none_is_given() -> None:
    with testing.failing(sockerr.ConnectionReset) as endpoint:
        assert endpoint.operation is Operation.SEND


def test_name_of_a_socket_method_is_an_operation() -> None:
    with testing.failing(sockerr.ReceiveTimedOut, operation="recv") as endpoint:
        assert endpoint.operation is Operation.RECEIVE


@pytest.mark.parametrize("wrong", [OSError, "ConnectionReset", sockerr.ConnectionReset()])
def test_what_is_no_class_of_this_package_is_refused(wrong: type[SocketError]) -> None:
    with pytest.raises(TypeError, match=r"expected a class such as sockerr\.ConnectionReset"):
        testing.failing(wrong).__enter__()


def test_family_is_refused_with_its_members() -> None:
    with pytest.raises(ValueError, match=r"TimedOut is a family of failures: expected one of ConnectTimedOut, Send"):
        testing.failing(sockerr.TimedOut).__enter__()


def test_unknown_operation_is_refused() -> None:
    with pytest.raises(ValueError, match="'teatime'"):
        testing.failing(sockerr.ConnectionReset, operation="teatime").__enter__()


@pytest.mark.parametrize(
    ("error", "operation", "reason"),
    [
        (sockerr.HostUnreachable, None, "HostUnreachable: situation('connect-absent-host') provokes it"),
        (sockerr.ConnectionReset, "accept", "ConnectionReset in accept"),
        (sockerr.HostDown, None, "no endpoint on loopback makes a client meet HostDown"),
    ],
)
def test_what_cannot_be_provoked_on_loopback_is_unavailable(
    error: type[SocketError], operation: str | None, reason: str
) -> None:
    with pytest.raises(testing.Unavailable) as caught:
        testing.failing(error, operation).__enter__()
    assert reason in str(caught.value)


def test_unavailable_skips_a_test_of_unittest_too() -> None:
    import unittest

    assert issubclass(testing.Unavailable, unittest.SkipTest)


# Systems that lack something, imitated by taking it away from this one.


def test_system_that_connects_to_a_broadcast_address(monkeypatch: pytest.MonkeyPatch) -> None:
    with testing.silent() as endpoint:
        monkeypatch.setattr(_failing, "BROADCAST", endpoint.address)
        with pytest.raises(testing.Unavailable, match="this system connects to a broadcast address"):
            testing.failing(sockerr.NetworkUnreachable).__enter__()


def test_system_that_says_something_else_for_a_broadcast_address(monkeypatch: pytest.MonkeyPatch) -> None:
    with testing.refusing() as endpoint:
        monkeypatch.setattr(_failing, "BROADCAST", endpoint.address)
        with pytest.raises(testing.Unavailable, match="this system says something else for a broadcast address"):
            testing.failing(sockerr.NetworkUnreachable).__enter__()


def test_path_needs_unix_sockets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(socket, "AF_UNIX", raising=False)
    with pytest.raises(testing.Unavailable, match="this system has no AF_UNIX"):
        testing.failing(sockerr.PathNotFound).__enter__()


def test_broken_pipe_is_unknown_on_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    with pytest.raises(testing.Unavailable, match="instead of a broken pipe"):
        testing.failing(sockerr.BrokenPipe).__enter__()


@pytest.mark.usefixtures("loopback")
def test_certificates_need_trustme(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "trustme", None)
    testing._tls._authority.cache_clear()
    testing._tls._context.cache_clear()
    with pytest.raises(testing.Unavailable, match=r"pip install 'sockerr\[testing\]'"):
        testing.failing(sockerr.CertificateExpired).__enter__()


def test_certificates_need_ssl(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_unavailable, "can_import", lambda _: False)
    testing._tls._context.cache_clear()
    with pytest.raises(testing.Unavailable, match="this Python has no ssl"):
        testing.failing(sockerr.CertificateExpired).__enter__()
