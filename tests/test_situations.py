"""Every situation, on real sockets."""

import sys

import pytest

import sockerr
from sockerr import testing

SITUATIONS = testing.situations()


@pytest.mark.parametrize("situation", SITUATIONS, ids=lambda each: each.name)
def test_situation_comes_out_as_its_class(situation: testing.Situation) -> None:
    outcome = testing.run(situation)
    if outcome.unavailable is not None:
        pytest.skip(outcome.unavailable)
    assert outcome.error is not None
    # The first class is Linux's; further ones are for systems that differ in kind.
    expected = situation.expected[:1] if sys.platform == "linux" else situation.expected
    assert type(outcome.error).__name__ in [each.__name__ for each in expected]
    assert outcome.as_expected
    assert outcome.error.operation is situation.operation


def test_rows_one_to_sixteen_are_all_there() -> None:
    assert sorted(each.row for each in SITUATIONS if each.row) == list(range(1, 17))


def test_every_situation_says_what_it_is() -> None:
    for situation in SITUATIONS:
        assert situation.sentence
        assert situation.expected


def test_send_that_reported_success_proves_nothing() -> None:
    outcome = testing.run(testing.situation("send-to-gone-server"))
    if outcome.unavailable is not None:
        pytest.skip(outcome.unavailable)
    assert outcome.error is not None
    note = outcome.error.__notes__[0]
    assert note.startswith("send() reported success ")
    assert "success 0" not in note


def test_unknown_situation_is_refused_with_the_names_there_are() -> None:
    with pytest.raises(ValueError, match=r"unknown situation 'teatime'.*connect-refused"):
        testing.situation("teatime")


def test_situation_that_raises_nothing_is_not_as_expected() -> None:
    situation = testing.Situation("calm", sockerr.Operation.CONNECT, "nothing happens", (), lambda: None)
    outcome = testing.run(situation)
    assert not outcome.as_expected
    assert outcome.error is None
    assert outcome.original is None


def test_situation_of_another_class_is_not_as_expected() -> None:
    def provoke() -> None:
        raise sockerr.ConnectionReset

    situation = testing.Situation(
        "other", sockerr.Operation.CONNECT, "another class", (sockerr.ConnectionRefused,), provoke
    )
    assert not testing.run(situation).as_expected


def test_a_bug_in_a_situation_is_not_hidden() -> None:
    def provoke() -> None:
        raise ZeroDivisionError

    situation = testing.Situation("bug", sockerr.Operation.CONNECT, "a bug", (), provoke)
    with pytest.raises(ZeroDivisionError):
        testing.run(situation)
