"""`table`: for people, for programs, and for joining with logs."""

import contextlib
import csv
import errno
import io
import json
import re
import subprocess
from pathlib import Path

import pytest

from sockerr import platforms
from sockerr._cli import main

DOCS = Path(__file__).parents[1] / "docs"


def table(form: str) -> str:
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        assert main(["table", "--format", form]) == 0
    return printed.getvalue()


def test_csv_has_a_row_for_each_symbol_and_a_column_for_each_system() -> None:
    rows = {(row["symbol"], row["kind"]): row for row in csv.DictReader(io.StringIO(table("csv")))}
    refused = rows["ECONNREFUSED", "errno"]
    assert refused["error"] == "ConnectionRefused"
    assert [refused[name] for name in ("linux", "linux-mips", "darwin", "win32", "emscripten")] == [
        "111",
        "146",
        "61",
        "10061",
        "14",
    ]
    assert set(platforms.names()) <= refused.keys()


def test_every_number_of_every_system_is_in_the_table() -> None:
    rows = list(csv.DictReader(io.StringIO(table("csv"))))
    for name in platforms.names():
        shown = {row["symbol"]: int(row[name]) for row in rows if row[name] and row["kind"] not in ("winerror", "crt")}
        assert shown == dict(platforms.table(name))


def test_windows_numbers_beside_errno_have_rows_of_their_own() -> None:
    rows = list(csv.DictReader(io.StringIO(table("csv"))))
    assert {row["win32"] for row in rows if (row["symbol"], row["kind"]) == ("ECONNREFUSED", "winerror")} >= {"1225"}
    assert {row["win32"] for row in rows if (row["symbol"], row["kind"]) == ("ECONNREFUSED", "crt")} == {"107"}


def test_json_says_the_same_as_csv() -> None:
    rows = list(csv.DictReader(io.StringIO(table("csv"))))
    records = json.loads(table("json"))
    assert [record["symbol"] for record in records] == [row["symbol"] for row in rows]
    refused = next(record for record in records if record["symbol"] == "ECONNREFUSED")
    assert refused["numbers"]["linux"] == 111
    assert refused["numbers"]["wasi"] == 14


def test_markdown_is_a_table() -> None:
    lines = table("markdown").splitlines()
    assert lines[0].startswith("| symbol | kind | error | linux |")
    assert set(lines[1]) == set("|- ")
    assert len({line.count("|") for line in lines}) == 1


def test_text_is_aligned() -> None:
    lines = table("text").splitlines()
    assert len({len(line) for line in lines}) == 1


def test_a_reader_that_has_seen_enough_is_no_error(python: str) -> None:
    table_command = subprocess.Popen([python, "-m", "sockerr", "table"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert table_command.stdout is not None
    assert table_command.stderr is not None
    table_command.stdout.readline()
    table_command.stdout.close()
    assert table_command.stderr.read() == b""
    table_command.stderr.close()
    assert table_command.wait(timeout=20) in (0, 1)


def test_output_that_cannot_be_written_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_form: str) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("sockerr._cli.table.run", fail)
    with pytest.raises(OSError, match="No space left"):
        main(["table"])


def test_a_million_log_rows_are_joined_in_duckdb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    duckdb = pytest.importorskip("duckdb")
    (query,) = re.findall(r"```sql\n(.*?)```", (DOCS / "tables.md").read_text(encoding="utf-8"), re.DOTALL)
    monkeypatch.chdir(tmp_path)
    Path("numbers.csv").write_text(table("csv"), encoding="utf-8")
    connection = duckdb.connect()
    connection.execute("""
        create table log as
        select ['linux', 'darwin', 'win32', 'linux-mips'][i % 4 + 1] as platform,
               [111, 61, 10061, 146][i % 4 + 1] as errno
        from range(1000000) as numbers(i)
    """)
    assert connection.execute(query).fetchall() == [("ECONNREFUSED", "ConnectionRefused", 1_000_000)]
