"""The examples in the documentation run, page by page, and give what they show."""

import doctest
import re
import shlex
import shutil
from pathlib import Path

import pytest

from sockerr import platforms
from sockerr._cli import main

DOCS = Path(__file__).parents[1] / "docs"
PAGES = {
    path.stem: blocks
    for path in sorted(DOCS.glob("*.md"))
    if (blocks := re.findall(r"```python\n(.*?)```", path.read_text(encoding="utf-8"), re.DOTALL))
}
# Commands of sockerr itself, with what a page shows of their output.
COMMANDS = [
    pytest.param(command, output, id=f"{path.stem}-{command}")
    for path in (*sorted(DOCS.glob("*.md")), DOCS.parent / "README.md")
    for block in re.findall(r"```console\n(.*?)```", path.read_text(encoding="utf-8"), re.DOTALL)
    for command, output in re.findall(r"^\$ (?:\S*python -m )?sockerr (.*)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE)
]
FLAGS = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS


@pytest.mark.skipif(platforms.current() != "linux", reason="the documentation shows Linux")
@pytest.mark.parametrize("page", PAGES)
def test_examples_give_what_they_show(page: str) -> None:
    names: dict[str, object] = {"__name__": "__main__"}  # as in an interactive session
    for number, block in enumerate(PAGES[page]):
        if "def test_" in block:
            continue
        _require_what_is_used(block)
        if ">>>" not in block:
            _run(block, names)
            continue
        example = doctest.DocTestParser().get_doctest(block, names, f"{page}-{number}", f"{page}.md", 0)
        runner = doctest.DocTestRunner(optionflags=FLAGS)
        assert runner.run(example, clear_globs=False).failed == 0
        names = example.globs


@pytest.mark.skipif(platforms.current() != "linux", reason="the documentation shows Linux")
@pytest.mark.usefixtures("python", "loopback")
@pytest.mark.parametrize(
    "page", [page for page, blocks in PAGES.items() if any("def test_" in each for each in blocks)]
)
def test_tests_on_a_page_pass(page: str, pytester: pytest.Pytester) -> None:
    for example in (DOCS / "examples").glob("*.py"):
        shutil.copy(example, pytester.path)
    pytester.makeconftest("from test_echo_client import server")
    blocks = [each for each in PAGES[page] if "def test_" in each]
    file = pytester.makepyfile("\n".join(blocks))
    without = [word for name in ("asyncio", "cacheprovider", "trio") for word in ("-p", f"no:{name}")]
    result = pytester.runpytest_subprocess(*without, "-W", "error", file)
    outcomes = result.parseoutcomes()
    assert outcomes.keys() == {"passed"}
    assert outcomes["passed"] >= sum(each.count("def test_") for each in blocks)


@pytest.mark.usefixtures("python", "refusals")
def test_tests_of_the_example_pass(pytester: pytest.Pytester) -> None:
    for example in (DOCS / "examples").glob("*.py"):
        shutil.copy(example, pytester.path)
    without = [word for name in ("asyncio", "cacheprovider", "trio") for word in ("-p", f"no:{name}")]
    result = pytester.runpytest_subprocess(*without, "-W", "error", "test_echo_client.py")
    outcomes = result.parseoutcomes()
    assert outcomes.keys() <= {"passed", "skipped"}
    assert outcomes["passed"] > 0


@pytest.mark.skipif(platforms.current() != "linux", reason="the documentation shows Linux")
@pytest.mark.parametrize(("command", "output"), COMMANDS)
def test_commands_print_what_is_shown(
    command: str, output: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(DOCS / "examples")
    words = shlex.split(command.partition(" > ")[0])
    assert main(words) == 0
    printed = capsys.readouterr().out
    assert printed
    assert not output or doctest.OutputChecker().check_output(output, printed, FLAGS)


def test_there_are_commands_on_the_pages() -> None:
    assert len(COMMANDS) >= 8
    assert sum(bool(command.values[1]) for command in COMMANDS) >= 2


def _require_what_is_used(block: str) -> None:
    """Skip a page whose examples need what is not installed."""
    for words, module in (("testing.tls(", "trustme"), *((name, name) for name in _LIBRARIES)):
        if words in block:
            pytest.importorskip(module)


_LIBRARIES = ("stamina", "structlog", "trio", "httpx")


def _run(block: str, names: dict[str, object]) -> None:
    exec(compile(block, "docs", "exec"), names)  # noqa: S102  # that is the test
