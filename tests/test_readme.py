"""The README's examples run, and what it shows is what the tour prints."""

import re
from pathlib import Path

import pytest

import sockerr
from sockerr import platforms, testing
from sockerr._cli import main

README = Path(__file__).parents[1] / "README.md"
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
PYTHON = [body for language, body in BLOCKS if language == "python"]


@pytest.mark.usefixtures("loopback")
@pytest.mark.parametrize("example", PYTHON, ids=range(len(PYTHON)))
def test_example_runs(example: str) -> None:
    if "stamina" in example:
        pytest.importorskip("stamina")
    names: dict[str, object] = {}
    exec(compile(example, "README.md", "exec"), names)  # noqa: S102  # that is the test
    if "connect" in names:
        with pytest.raises(sockerr.ConnectionRefused):
            names["connect"](("127.0.0.1", 9))  # type: ignore[operator]  # the README defines it


def test_there_are_examples_for_catching_classifying_and_retrying() -> None:
    text = "".join(PYTHON)
    assert "except sockerr.ConnectionRefused" in text
    assert "sockerr.classify(" in text
    assert "sockerr.is_safe_to_retry" in text


@pytest.mark.skipif(platforms.current() != "linux", reason="the README shows Linux")
def test_tour_shown_is_the_tour(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [each for each in testing.situations() if each.row and not each.needs]
    monkeypatch.setattr(testing, "situations", lambda: tuple(rows))
    main(["tour"])
    printed = [line.rstrip() for line in capsys.readouterr().out.splitlines()]
    (shown,) = [body for language, body in BLOCKS if language == "text"]
    for line in filter(None, shown.splitlines()):
        if "no host has it" not in line and "EHOSTUNREACH" not in line:
            assert line in printed
