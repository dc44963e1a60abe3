"""The tour: the real one, and how it shows what it found."""

import contextlib
import json
import os
import subprocess

import pytest

import sockerr
from sockerr import testing
from sockerr._cli import main

FEW = ("connect-refused", "accept-timeout", "send-to-gone-server")


def provoke_nothing() -> None:
    raise testing.Unavailable("the moon is not full")


def provoke_reset() -> None:
    raise sockerr.ConnectionReset(operation="connect")


UNAVAILABLE = testing.Situation(
    "unavailable", sockerr.Operation.CONNECT, "cannot be had", (sockerr.ConnectionRefused,), provoke_nothing
)
CALM = testing.Situation(
    "calm", sockerr.Operation.CONNECT, "nothing happens", (sockerr.ConnectionRefused,), lambda: None
)
WRONG = testing.Situation(
    "wrong", sockerr.Operation.CONNECT, "another class", (sockerr.ConnectionRefused,), provoke_reset
)


@pytest.fixture
def few(
    monkeypatch: pytest.MonkeyPatch,
    loopback: None,  # noqa: ARG001  # skips where there is no loopback
) -> list[testing.Situation]:
    """A tour of a few situations; add to the list what the test wants to see."""
    situations = [testing.situation(name) for name in FEW]
    monkeypatch.setattr(testing, "situations", lambda: tuple(situations))
    return situations


def test_whole_tour_succeeds(python: str) -> None:
    done = subprocess.run([python, "-m", "sockerr", "tour", "--json"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stderr == ""
    record = json.loads(done.stdout)
    assert record["otherwise"] == 0
    assert record["as_expected"] + record["not_provoked"] == len(testing.situations())
    for each in record["situations"]:
        assert each["as_expected"] or each["not_provoked"], each


def test_table_fits_a_hundred_columns(few: list[testing.Situation], capsys: pytest.CaptureFixture[str]) -> None:
    few += [UNAVAILABLE, WRONG, CALM]
    main(["tour", "--verbose"])
    assert max(map(len, capsys.readouterr().out.splitlines())) <= 100


@pytest.mark.usefixtures("few")
def test_row_shows_what_was_raised_what_it_means_and_the_numbers(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["tour"]) == 0
    lines = capsys.readouterr().out.splitlines()
    row = next(n for n, line in enumerate(lines) if "the host is up, nothing is on the port" in line)
    assert lines[row].split()[0] == "connect"
    assert lines[row].split()[-4:] == ["safe", "111", "61", "10061"]
    raised, number, says, symbol = lines[row + 1].split()
    assert raised == "ConnectionRefusedError"
    assert number.isdigit()
    assert (says, symbol) == ("ConnectionRefused", "ECONNREFUSED")


@pytest.mark.usefixtures("few")
def test_verbose_adds_meaning_and_hint(capsys: pytest.CaptureFixture[str]) -> None:
    main(["tour", "--verbose"])
    text = " ".join(capsys.readouterr().out.split())
    assert "means: The host answered that nobody is listening at that port or path." in text
    assert f"to do: {sockerr.ConnectionRefused(operation='connect').hint}" in text


@pytest.mark.usefixtures("few")
def test_tour_answers_the_two_questions(capsys: pytest.CaptureFixture[str]) -> None:
    main(["tour"])
    text = capsys.readouterr().out
    assert "Why did sending to a dead server raise nothing?" in text
    assert "Here send() reported success" in text
    assert "Seen here: AcceptTimedOut - (nobody connects before the timeout)." in text
    assert "ConnectionAborted ECONNABORTED" in text


@pytest.mark.usefixtures("loopback")
def test_what_cannot_be_provoked_says_why_and_is_no_failure(
    few: list[testing.Situation], capsys: pytest.CaptureFixture[str]
) -> None:
    few.append(UNAVAILABLE)
    assert main(["tour"]) == 0
    text = capsys.readouterr().out
    assert "not provoked here: the moon is not full" in text
    assert "3 situations came out as expected, 0 as something else, 1 could not be provoked here." in text


@pytest.mark.parametrize(("situation", "said"), [(WRONG, "expected: ConnectionRefused"), (CALM, "nothing was raised")])
def test_another_outcome_is_shown_and_makes_the_status_one(
    few: list[testing.Situation], capsys: pytest.CaptureFixture[str], situation: testing.Situation, said: str
) -> None:
    few.append(situation)
    assert main(["tour"]) == 1
    assert said in capsys.readouterr().out


def test_json_has_all_of_it(few: list[testing.Situation], capsys: pytest.CaptureFixture[str]) -> None:
    few += [UNAVAILABLE, CALM]
    assert main(["tour", "--json"]) == 1
    record = json.loads(capsys.readouterr().out)
    refused = next(each for each in record["situations"] if each["name"] == "connect-refused")
    assert refused["raised"] == "ConnectionRefusedError"
    assert refused["error"]["error"] == "ConnectionRefused"
    assert refused["numbers"] == {"linux": 111, "darwin": 61, "win32": 10061}
    assert (record["as_expected"], record["otherwise"], record["not_provoked"]) == (3, 1, 1)
    assert record["platform"] == sockerr.platforms.current()


def test_no_colour_and_no_progress_in_a_pipe(few: list[testing.Situation], capsys: pytest.CaptureFixture[str]) -> None:
    assert few
    main(["tour"])
    printed = capsys.readouterr()
    assert "\033" not in printed.out
    assert printed.err == ""


# On a terminal, which takes a pseudo-terminal to try.

_CHILD = f"""
import sys
from sockerr import testing
from sockerr._cli import main
few = tuple(testing.situation(name) for name in {FEW[:2]})
testing.situations = lambda: few
sys.exit(main(["tour"]))
"""


def on_a_terminal(python: str, **environment: str) -> str:
    pty = pytest.importorskip("pty")
    master, slave = pty.openpty()
    child = subprocess.Popen(
        [python, "-c", _CHILD],
        stdin=slave,
        stdout=slave,
        stderr=slave,
        env={**{name: value for name, value in os.environ.items() if name != "NO_COLOR"}, **environment},
    )
    os.close(slave)
    shown = b""
    # Linux reports the end of a pseudo-terminal as EIO.
    with contextlib.suppress(OSError):
        while piece := os.read(master, 4096):
            shown += piece
    os.close(master)
    assert child.wait(timeout=20) == 0
    return shown.decode()


def test_terminal_shows_colour_and_progress(python: str) -> None:
    shown = on_a_terminal(python)
    assert "\033[32mConnectionRefused\033[0m" in shown
    assert "1/2 connect: " in shown


def test_no_color_is_honoured_on_a_terminal(python: str) -> None:
    assert "\033[32m" not in on_a_terminal(python, NO_COLOR="1")
