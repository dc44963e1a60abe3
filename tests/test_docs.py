"""The examples in the documentation run, page by page, and give what they show."""

import doctest
import re
from pathlib import Path

import pytest

from sockerr import platforms

DOCS = Path(__file__).parents[1] / "docs"
PAGES = {
    path.stem: blocks
    for path in sorted(DOCS.glob("*.md"))
    if (blocks := re.findall(r"```python\n(.*?)```", path.read_text(encoding="utf-8"), re.DOTALL))
}
FLAGS = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS


@pytest.mark.skipif(platforms.current() != "linux", reason="the documentation shows Linux")
@pytest.mark.parametrize("page", PAGES)
def test_examples_give_what_they_show(page: str) -> None:
    names: dict[str, object] = {"__name__": "__main__"}  # as in an interactive session
    for number, block in enumerate(PAGES[page]):
        if ">>>" not in block:
            _run(block, names)
            continue
        example = doctest.DocTestParser().get_doctest(block, names, f"{page}-{number}", f"{page}.md", 0)
        runner = doctest.DocTestRunner(optionflags=FLAGS)
        assert runner.run(example, clear_globs=False).failed == 0
        names = example.globs


def _run(block: str, names: dict[str, object]) -> None:
    if "stamina" in block:
        pytest.importorskip("stamina")
    exec(compile(block, "docs", "exec"), names)  # noqa: S102  # that is the test
