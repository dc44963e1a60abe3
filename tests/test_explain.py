"""`explain`: numbers, symbols and pasted lines."""

import subprocess

import pytest

import sockerr
from sockerr import platforms
from sockerr._cli import main


def explain(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["explain", *arguments]) == 0
    return capsys.readouterr().out


def test_symbol_is_explained_with_meaning_advice_and_numbers(capsys: pytest.CaptureFixture[str]) -> None:
    text = explain(capsys, "ECONNREFUSED")
    assert text.startswith("ECONNREFUSED\n  ConnectionRefused: The host answered that nobody is listening")
    assert "connect: ConnectionRefused, retry safe, fault: peer" in text
    assert sockerr.ConnectionRefused(operation="connect").hint in " ".join(text.split())
    assert "     111  linux, linux-powerpc, android, cygwin\n" in text
    assert "   10061  win32\n" in text


@pytest.mark.parametrize("spelling", ["EWOULDBLOCK", "WSAEWOULDBLOCK", "eagain"])
def test_every_spelling_leads_to_the_canonical_symbol(capsys: pytest.CaptureFixture[str], spelling: str) -> None:
    assert explain(capsys, spelling).startswith("EAGAIN\n")


def test_number_is_explained_for_every_system_the_socket_failure_first(capsys: pytest.CaptureFixture[str]) -> None:
    text = explain(capsys, "61")
    first = text.index("61 is ECONNREFUSED (ConnectionRefused), as an errno\n  on linux-alpha, linux-sparc, darwin")
    assert first == 0
    assert text.index("61 is ENODATA") > first


def test_what_a_number_means_on_this_system_goes_before_what_it_means_on_more(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # Both are failures of sockets; the second is what BSD, macOS and others mean.
    monkeypatch.setattr(platforms, "_current", ["linux"])
    text = explain(capsys, "40")
    assert text.startswith("40 is ELOOP ")
    assert "40 is EMSGSIZE " in text


def test_number_of_one_system_is_explained_for_that_system(capsys: pytest.CaptureFixture[str]) -> None:
    text = explain(capsys, "61", "--platform", "linux")
    assert text.startswith("61 is ENODATA")
    assert "61 is ECONNREFUSED" not in text


def test_alias_of_a_system_is_understood(capsys: pytest.CaptureFixture[str]) -> None:
    assert explain(capsys, "61", "--platform", "macos").startswith("61 is ECONNREFUSED")


def test_negative_number_is_no_option(capsys: pytest.CaptureFixture[str]) -> None:
    assert explain(capsys, "-2").startswith("-2 is EAI_NONAME (NameNotFound), in a gaierror")


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("OSError: [WinError 121] The semaphore timeout period has expired", "121 is ETIMEDOUT (TimedOut)"),
        ("socket.gaierror: [Errno 8] nodename nor servname provided", "8 is EAI_NONAME (NameNotFound), in a gaierror"),
        ("socket.herror: [Errno 1] Unknown host", "1 is HOST_NOT_FOUND (NameNotFound), in an herror"),
        ("ConnectionRefusedError: [Errno 146] Connection refused", "146 is ECONNREFUSED (ConnectionRefused)"),
        ("read ECONNRESET at TCP.onStreamRead", "ECONNRESET\n  ConnectionReset: "),
        ("connect: WSAECONNREFUSED", "ECONNREFUSED\n  ConnectionRefused: "),
    ],
)
def test_pasted_line_is_understood(capsys: pytest.CaptureFixture[str], line: str, answer: str) -> None:
    assert answer in explain(capsys, *line.split())


def test_same_advice_everywhere_is_said_once(capsys: pytest.CaptureFixture[str]) -> None:
    assert "every operation: NameNotFound, retry never" in explain(capsys, "EAI_NONAME")


def test_number_that_nobody_knows_is_answered_plainly(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "99999"]) == 1
    assert capsys.readouterr().err == "sockerr explain: number 99999 means nothing on any known system\n"


def test_number_that_one_system_does_not_know_is_answered_plainly(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "[Errno 10061]", "--platform", "linux"]) == 1
    assert capsys.readouterr().err == "sockerr explain: errno 10061 means nothing on linux\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["explain", "EFOO"], "unknown symbol 'EFOO': did you mean"),
        (["explain", "oh dear"], "no number and no symbol in 'oh dear': expected one like 61"),
        (["explain", "1", "--platform", "beos"], "unknown platform 'beos': expected one of linux,"),
        (["explain"], "the following arguments are required: code"),
        (["fly"], "invalid choice: 'fly'"),
        ([], "the following arguments are required"),
        (["table", "--format", "xml"], "invalid choice: 'xml'"),
    ],
)
def test_bad_input_is_one_line_and_status_two(python: str, arguments: list[str], said: str) -> None:
    done = subprocess.run([python, "-m", "sockerr", *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
    assert done.stdout == ""
