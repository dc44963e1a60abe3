"""The README's examples run, and what it shows is what the tour prints."""

import html
import re
from pathlib import Path

import pytest

import sockerr
from sockerr import platforms, testing
from sockerr._cli import main

PICTURE = Path(__file__).parents[1] / "docs" / "_static" / "tour.svg"
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


@pytest.mark.skipif(platforms.current() != "linux", reason="the picture shows Linux")
def test_picture_shows_what_the_tour_prints(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [each for each in testing.situations() if each.row and not each.needs]
    monkeypatch.setattr(testing, "situations", lambda: tuple(rows))
    main(["tour"])
    printed, _, _ = capsys.readouterr().out.partition("situations came out")
    lines = [line.rstrip() for line in printed.splitlines()[:-1]]
    assert len(lines) > 3 * len(rows)
    assert set(lines) <= set(_lines_of_picture())


def _lines_of_picture() -> list[str]:
    """Return the lines of the picture, each put together of the pieces that have the same height."""
    found: dict[str, str] = {}
    for height, text in re.findall(r'<text [^>]*y="([\d.]+)"[^>]*>([^<]*)</text>', PICTURE.read_text(encoding="utf-8")):
        found[height] = found.get(height, "") + html.unescape(text).replace("\xa0", " ")
    return ["", *(line.rstrip() for line in found.values())]
