"""`scan`: log files of every kind, whole or not."""

import gzip
import io
import json
import os
import signal
import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from sockerr._cli import main, scan
from sockerr.logs import _files

# How a file that is compressed with zstd begins.
ZSTD = b"\x28\xb5\x2f\xfd"
REFUSED = "2024-01-01T00:00:0{} connect ECONNREFUSED 10.0.0.1:80\n"


# A shell starts what runs in the background with SIGINT ignored.
FOLLOWING = """
import signal, sys
from sockerr._cli import main
signal.signal(signal.SIGINT, signal.default_int_handler)
sys.exit(main(sys.argv[1:]))
"""


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = tmp_path / "app.log"
    lines = [REFUSED.format(1), "all is well\n", REFUSED.format(2), "read ECONNRESET\n"]
    path.write_text("".join(lines), encoding="utf-8")
    return path


def run(capsys: pytest.CaptureFixture[str], *arguments: object, status: int = 0) -> tuple[str, str]:
    assert main(["scan", *map(str, arguments)]) == status
    printed = capsys.readouterr()
    return printed.out, printed.err


def test_table_has_a_row_for_each_failure_of_each_peer(capsys: pytest.CaptureFixture[str], log: Path) -> None:
    out, err = run(capsys, log)
    assert err == ""
    assert out.splitlines() == [
        "        2  ConnectionRefused ECONNREFUSED  connect 10.0.0.1:80",
        "           2024-01-01T00:00:01 to 2024-01-01T00:00:02",
        "           2024-01-01T00:00:01 connect ECONNREFUSED 10.0.0.1:80",
        "        1  ConnectionReset ECONNRESET  receive -",
        f"           {log}:4 to {log}:4",
        "           read ECONNRESET",
    ]


def test_json_has_a_record_for_each_finding(capsys: pytest.CaptureFixture[str], log: Path) -> None:
    out, _ = run(capsys, "--json", log)
    records = [json.loads(line) for line in out.splitlines()]
    assert [(each["line"], each["symbol"]) for each in records] == [
        (1, "ECONNREFUSED"),
        (3, "ECONNREFUSED"),
        (4, "ECONNRESET"),
    ]
    assert records[0]["file"] == str(log)


@pytest.mark.parametrize(
    ("line", "row"),
    [
        ("connect ECONNREFUSED ::1:80", "connect [::1]:80"),
        ("listen tcp :80: bind: address already in use", "bind :80"),
        ("Read timed out", "ReceiveTimedOut  receive -"),
        ("getaddrinfo ENOTFOUND db", "resolve db"),
    ],
)
def test_peer_of_a_row(capsys: pytest.CaptureFixture[str], tmp_path: Path, line: str, row: str) -> None:
    path = tmp_path / "a"
    path.write_text(line, encoding="utf-8")
    assert row in run(capsys, path)[0]


def test_gzip_is_unpacked(capsys: pytest.CaptureFixture[str], log: Path) -> None:
    path = log.with_suffix(".gz")
    path.write_bytes(gzip.compress(log.read_bytes()))
    assert run(capsys, path)[0].startswith("        2  ConnectionRefused")


def test_truncated_gzip_gives_what_it_has_and_is_named(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "app.log.gz"
    # What is lost is less than what is there.
    path.write_bytes(
        gzip.compress(b"".join(os.urandom(50).hex().encode() + b" read ECONNRESET\n" for _ in range(5000)))[:-5000]
    )
    out, err = run(capsys, path, status=1)
    assert "ConnectionReset" in out
    assert "Compressed file ended before the end-of-stream marker was reached" in err
    assert "; lines read: " in err


def test_corrupt_gzip_is_named(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "app.log.gz"
    data = bytearray(gzip.compress(b"read ECONNRESET\n" * 5000))
    data[20:40] = bytes(20)
    path.write_bytes(bytes(data))
    assert "app.log.gz: " in run(capsys, path, status=1)[1]


@pytest.mark.skipif(sys.version_info < (3, 14), reason="Python reads zstd from 3.14 on")
def test_zstd_is_unpacked_and_damage_is_named(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    zstd = import_module("compression.zstd")
    path = tmp_path / "app.log.zst"
    whole = zstd.compress(b"read ECONNRESET\n" * 100)
    path.write_bytes(whole)
    assert "ConnectionReset" in run(capsys, path)[0]
    for damaged in (whole[:-3], whole[:4] + b"\xff" * 40):
        path.write_bytes(damaged)
        assert "app.log.zst: " in run(capsys, path, status=1)[1]


@pytest.mark.skipif(sys.version_info >= (3, 14), reason="this Python reads zstd")
def test_zstd_that_python_cannot_read_is_named(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "app.log.zst"
    path.write_bytes(ZSTD)
    out, err = run(capsys, path, status=1)
    assert out == ""
    assert "which Python reads from 3.14 on: unpack it first" in err


def test_damaged_zstd_is_named_everywhere(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class ZstdError(Exception): ...

    class Damaged(io.BytesIO):
        def readline(self, _: object = None) -> bytes:
            raise ZstdError("corrupt")

    # A fake: Python has this module from 3.14 on.
    module = ModuleType("zstd")
    module.__dict__.update(open=lambda _: io.BytesIO(b"read ECONNRESET\n"), ZstdError=ZstdError)
    monkeypatch.setitem(sys.modules, "compression.zstd", module)
    path = tmp_path / "app.log.zst"
    path.write_bytes(ZSTD)
    assert "ConnectionReset" in run(capsys, path)[0]
    module.__dict__["open"] = lambda _: Damaged()
    assert "app.log.zst: corrupt" in run(capsys, path, status=1)[1]


def test_missing_file_is_named_and_the_others_are_read(capsys: pytest.CaptureFixture[str], log: Path) -> None:
    out, err = run(capsys, log.with_name("none"), log, status=1)
    assert "ConnectionRefused" in out
    assert "No such file or directory" in err


def test_odd_bytes_and_long_lines_are_counted(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "app.log"
    path.write_bytes(b"\xff\xfe read ECONNRESET\n" + b"x" * 3_000_000 + b" read ECONNRESET\nread ECONNRESET\n")
    out, err = run(capsys, path)
    assert out.startswith("        3  ConnectionReset")
    assert "lines that are not UTF-8: 1" in err
    assert "lines longer than a million bytes: 1" in err


def test_table_is_bounded(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "MOST_ROWS", 2)
    path = tmp_path / "app.log"
    path.write_text("\n".join(f"connect ECONNREFUSED 10.0.0.{each}:80" for each in range(1, 6)), encoding="utf-8")
    out, _ = run(capsys, path)
    assert out.count("ConnectionRefused ECONNREFUSED") == 2
    assert "3  of more than 2 kinds, not listed one by one" in out


def test_standard_input_is_read(python: str) -> None:
    command = [python, "-m", "sockerr", "scan", "-"]
    done = subprocess.run(command, input=b"read ECONNRESET\n", capture_output=True, check=False)
    assert b"1  ConnectionReset ECONNRESET  receive -" in done.stdout


def test_progress_is_shown_on_a_terminal(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "app.log"
    path.write_text("all is well\n" * 2500, encoding="utf-8")
    monkeypatch.setattr(scan, "_PROGRESS_EVERY", 0)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    err = run(capsys, path)[1]
    assert "app.log: " in err
    assert err.endswith("\r\033[K")
    packed = path.with_suffix(".gz")
    packed.write_bytes(gzip.compress(path.read_bytes()))
    assert "100 %" in run(capsys, packed)[1]


def test_control_characters_of_a_log_do_not_reach_the_terminal(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "app.log"
    path.write_text("\x1b]0;title\x07connect ECONNREFUSED 10.0.0.1:80\x1b[31m\n", encoding="utf-8")
    out, _ = run(capsys, path)
    assert "\x1b" not in out
    assert "\\x1b]0;title\\x07connect" in out


def test_bar_grows() -> None:
    assert scan._bar(0) == f"[{' ' * 40}] 0 %"
    assert scan._bar(0.5) == f"[{'#' * 20}{' ' * 20}] 50 %"
    assert scan._bar(1) == f"[{'#' * 40}] 100 %"


def test_progress_of_a_stream_is_what_was_read(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(scan, "_PROGRESS_EVERY", 0)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    source = _files.Source("-")
    source.step = scan._progress(source, io.BytesIO(), 0)
    assert list(source.blocks(io.BytesIO(b"all is well\n" * 1000)))
    assert "-: 0 MB" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no SIGINT to another process")
def test_followed_file_is_read_as_it_grows_and_an_interrupt_prints_the_table(python: str, log: Path) -> None:
    command = [python, "-c", FOLLOWING, "scan", "--follow", str(log)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as follower:
        try:
            assert follower.stdout is not None
            assert "ConnectionReset" in [follower.stdout.readline() for _ in range(3)][-1]
            with log.open("a", encoding="utf-8") as file:
                file.write("bind: address already in use\n")
            assert "AddressInUse" in follower.stdout.readline()
            follower.send_signal(signal.SIGINT)
            out, _ = follower.communicate(timeout=30)
        finally:
            follower.kill()
    assert follower.returncode == 130
    assert "2  ConnectionRefused" in out


@pytest.mark.skipif("WINEPREFIX" in os.environ, reason="Wine reads nothing more of a file whose end it has met")
def test_followed_line_is_read_when_it_is_whole(log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parts = ["connect ECONN", "REFUSED\n", "half a line", "", None]

    def write(_: float) -> None:
        if (part := parts.pop(0)) is None:
            raise KeyboardInterrupt
        with log.open("a", encoding="utf-8") as file:
            file.write(part)

    monkeypatch.setattr(time, "sleep", write)
    source = _files.Source(str(log))
    found: list[str] = []
    with log.open("rb") as stream, pytest.raises(KeyboardInterrupt):
        found.extend(line.text for block in source.blocks(stream, follow=True) for line in block.lines)
    assert parts == []
    assert found[4:] == ["connect ECONNREFUSED", "half a line"]


def test_interrupt_prints_what_there_is(
    capsys: pytest.CaptureFixture[str], log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(_: float) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(time, "sleep", interrupt)
    out, _ = run(capsys, "--follow", log, status=130)
    assert "2  ConnectionRefused" in out


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    import tracemalloc

    path = tmp_path / "app.log"
    path.write_text("2024-01-01 all is well, and so on\n" * 20_000, encoding="utf-8")
    source = _files.Source("app.log")
    with path.open("rb") as stream:
        blocks = source.blocks(stream)
        next(blocks)
        tracemalloc.start()
        for _ in blocks:
            pass
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert source.lines == 20_000
    assert peak < 500_000
