"""`explain`: numbers, symbols and pasted lines."""

import json
import subprocess
from pathlib import Path

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
        ("OSError: [WinError 121] The semaphore timeout period has expired", "TimedOut (ETIMEDOUT)\n"),
        ("socket.gaierror: [Errno 8] nodename nor servname provided", "8 is EAI_NONAME (NameNotFound), in a gaierror"),
        ("socket.herror: [Errno 1] Unknown host", "NameNotFound: resolve (HOST_NOT_FOUND)"),
        ("socket.herror: [Errno 1] something else", "1 is HOST_NOT_FOUND (NameNotFound), in an herror"),
        (
            "ConnectionRefusedError: [Errno 146] Connection refused",
            "System: sunos5, by the number 146; the same on linux-mips",
        ),
        ("OSError: [Errno 12345678] what is this", ""),
        ("errno 49", "49 is EADDRNOTAVAIL (AddressNotAvailable)"),
        ("ERRNO=49", "49 is EADDRNOTAVAIL (AddressNotAvailable)"),
        ("read ECONNRESET at TCP.onStreamRead", "ConnectionReset: receive (ECONNRESET)\n"),
        ("connect: WSAECONNREFUSED", "ConnectionRefused: connect (ECONNREFUSED)\n"),
        (
            "dial tcp 10.0.0.1:80: connect: connection refused",
            "ConnectionRefused: connect 10.0.0.1:80 (ECONNREFUSED)\n",
        ),
        ("Read timed out", "ReceiveTimedOut: receive\n"),
        ("0x8007274D", "System: win32, by the number 10061."),
        ("-2147014835", "ConnectionRefused (ECONNREFUSED)\n"),
        ("ConnectionRefused", "ECONNREFUSED\n"),
    ],
)
def test_pasted_line_is_understood(capsys: pytest.CaptureFixture[str], line: str, answer: str) -> None:
    status = main(["explain", "--", *line.split()])
    text = capsys.readouterr().out
    assert (status == 0) == bool(answer)
    assert answer in text


def test_line_is_answered_with_what_it_means_first(capsys: pytest.CaptureFixture[str]) -> None:
    text = explain(capsys, "connect() failed (61: Connection refused)")
    lines = text.splitlines()
    assert lines[0] == "ConnectionRefused: connect (ECONNREFUSED)"
    assert "Retry: if idempotent. Fault: peer." in text
    assert "The number alone could also be ENODATA on linux" in " ".join(text.split())
    assert len(lines) <= 24


def test_failure_that_is_reported_often_is_explained_once(capsys: pytest.CaptureFixture[str]) -> None:
    text = explain(capsys, "connect ECONNREFUSED 10.0.0.1:80\nconnect ECONNREFUSED 10.0.0.1:80\nread ECONNRESET")
    assert text.startswith("2 times: ConnectionRefused: connect 10.0.0.1:80")
    assert "\n\nConnectionReset: receive" in text


@pytest.mark.parametrize("arguments", [["-"], ["--file", "-"]])
def test_text_is_read_from_the_standard_input(python: str, arguments: list[str]) -> None:
    command = [python, "-m", "sockerr", "explain", *arguments]
    done = subprocess.run(command, input="connect ECONNREFUSED\n", capture_output=True, text=True, check=False)
    assert done.stdout.startswith("ConnectionRefused: connect")


def test_text_is_read_from_a_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "app.log"
    path.write_bytes(b"\xff read ECONNRESET\n")
    assert explain(capsys, "--file", str(path)).startswith("ConnectionReset: receive")


@pytest.mark.parametrize(
    ("arguments", "key", "value"),
    [
        (["connect ECONNREFUSED 10.0.0.1:80"], "host", "10.0.0.1"),
        (["61"], "symbol", "ECONNREFUSED"),
        (["ECONNREFUSED"], "kind", "errno"),
        (["[Errno 10061]", "--platform", "windows"], "number", 10061),
    ],
)
def test_json_has_a_record_for_each_reading(
    capsys: pytest.CaptureFixture[str], arguments: list[str], key: str, value: object
) -> None:
    records = json.loads(explain(capsys, *arguments, "--json"))
    assert records[0][key] == value


def test_text_with_nothing_in_it_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "all is well " * 20]) == 1
    said = capsys.readouterr().err
    assert said.startswith("sockerr explain: no number, no symbol and no failure of a socket in 'all is well")
    assert len(said) < 200


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
        (["explain", "TLSError"], "TLSError has no symbol of its own; it covers TLSConnectionLost, "),
        (["explain", "1", "--platform", "beos"], "unknown platform 'beos': expected one of linux,"),
        (["explain"], "expected a number, a symbol or a line of a log"),
        (["fly"], "invalid choice: 'fly'"),
        (["scan"], "the following arguments are required: file"),
        (["scan", "--follow", "a", "b"], "--follow reads one file"),
        (["table", "--format", "xml"], "invalid choice: 'xml'"),
    ],
)
def test_bad_input_is_one_line_and_status_two(python: str, arguments: list[str], said: str) -> None:
    done = subprocess.run([python, "-m", "sockerr", *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
    assert done.stdout == ""


def test_command_without_arguments_prints_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    said = capsys.readouterr().err
    assert all(name in said for name in ("tour", "explain", "scan", "table", "--version"))


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["--version"])
    assert end.value.code == 0
    assert capsys.readouterr().out == f"sockerr {sockerr.__version__}\n"


@pytest.mark.parametrize("command", ["tour", "explain", "scan", "table"])
def test_help_of_a_command_has_two_examples(capsys: pytest.CaptureFixture[str], command: str) -> None:
    with pytest.raises(SystemExit):
        main([command, "--help"])
    assert capsys.readouterr().out.partition("examples:")[2].count("sockerr") >= 2


def test_number_in_the_middle_of_a_sentence_is_no_question(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "the errno 5 of the file"]) == 1
    assert capsys.readouterr().out == ""
