"""Failures as real libraries raise them are named, or honestly not."""

from typing import Any

import pytest

import sockerr
from sockerr import platforms

from . import Answer, Client, clients
from .places import Place

CASES = [(client, failure) for client in clients for failure in client.answers]

pytestmark = [
    pytest.mark.skipif(
        platforms.current() != "linux", reason="full backlogs and refused names are provoked in the way of this Linux"
    ),
    # What the libraries themselves are warned of, and leave behind when they fail, is theirs.
    pytest.mark.filterwarnings("ignore"),
]


@pytest.mark.parametrize(("client", "failure"), CASES, ids=[f"{client.library}-{kind}" for client, kind in CASES])
def test_failure_is_named(client: Client, failure: str) -> None:
    expected = client.answers[failure]
    if isinstance(expected, str):
        pytest.skip(f"{client.library}: {expected}")
    if not client.is_installed:
        pytest.skip("the library is not installed: the extra `libraries` has it")
    failed = client.fail(failure)
    assert failed is not None
    error, place = failed
    found = sockerr.classify(error)
    assert answer(found) == expected
    # Before it is connected, nothing can have been sent.
    assert sockerr.is_safe_to_retry(error) is (expected.operation == "connect")
    if found is not None:
        assert found.located == ("traceback" if expected.operation else None)
        assert names(found.address, place) is (expected.operation in ("connect", "resolve"))


def answer(found: sockerr.SocketError | None) -> Answer:
    if found is None:
        return Answer(None, None, None)
    return Answer(type(found).__name__, found.symbol, found.evidence, found.operation)


def names(address: Any, place: Place) -> bool:
    """Return whether an address is that of the place; a resolver is asked for the host alone."""
    match address:
        case (str(host), int(port)):
            return (host, port) == (place.host, place.port)
        case str() | bytes():
            return address in (place.host, place.host.encode())
    return False


def test_most_failures_tell_where_they_were_raised() -> None:
    """At least nine of ten whose traceback can tell it: those that are not read from a text alone."""
    answers = [each for client in clients for each in client.answers.values() if isinstance(each, Answer)]
    told = [each.operation is not None for each in answers if each.evidence not in (None, "message")]
    assert sum(told) >= 0.9 * len(told)
