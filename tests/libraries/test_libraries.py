"""Failures as real libraries raise them are named, or honestly not."""

import pytest

import sockerr
from sockerr import platforms

from . import Answer, Client, clients

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
    error = client.fail(failure)
    assert error is not None
    assert answer(error) == expected


def answer(error: BaseException) -> Answer:
    found = sockerr.classify(error)
    if found is None:
        return Answer(None, None, None)
    return Answer(type(found).__name__, found.symbol, found.evidence)
