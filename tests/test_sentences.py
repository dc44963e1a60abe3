"""The sentences of systems, compared with the tables of Go, which were made on each of them."""

import re
from pathlib import Path

import pytest

from sockerr import _sentences, platforms

GO = (
    Path(__file__).parents[1]
    / ".cache"
    / "debian"
    / "golang-1.19-src"
    / "usr"
    / "share"
    / "go-1.19"
    / "src"
    / "syscall"
)
FILES = {
    "linux": "linux_amd64",
    "darwin": "darwin_amd64",
    "freebsd": "freebsd_amd64",
    "netbsd": "netbsd_amd64",
    "openbsd": "openbsd_amd64",
    "dragonfly": "dragonfly_amd64",
    "sunos5": "solaris_amd64",
    "aix": "aix_ppc64",
}


@pytest.mark.parametrize("system", FILES)
def test_sentences_are_those_that_go_found(system: str) -> None:
    path = GO / f"zerrors_{FILES[system]}.go"
    if not path.exists():
        pytest.skip("needs headers: python -m tests.headers fetch")
    table = path.read_text(encoding="utf-8").partition("// Error table")[2].partition("// Signal table")[0]
    said = {int(number): text for number, text in re.findall(r'^\s(\d+):\s+"(.*)",$', table, re.MULTILINE)}
    ours = {
        sentence.lower(): symbol for sentence, (symbol, systems) in _sentences.UNIX.items() if system in systems.split()
    }
    theirs = {
        text.lower(): names[0]
        for number, text in said.items()
        if (names := platforms.symbols(number, system)) and names[0] in ours.values()
    }
    missing = {text: symbol for text, symbol in ours.items() if theirs.get(text) != symbol}
    # musl's own sentences are said on Linux too.
    assert system == "linux" or missing == {}
    assert theirs.items() - ours.items() <= KNOWN
    assert len(theirs) > 25


# Said by no operation on a socket, or a second spelling.
KNOWN = {("not owner", "EPERM"), ("error in protocol", "EPROTO"), ("not supported", "ENOTSUP")}
