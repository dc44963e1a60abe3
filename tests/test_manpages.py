"""Every error that the manual pages of the socket calls document has a class and a hint that say something of it.

The pages are those of the Linux man-pages project, in Debian's packages manpages and manpages-dev. They are read where
they are installed, or under the directory that the environment variable MANPAGES names.
"""

import gzip
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from sockerr import Operation, SocketError, from_code
from sockerr._registry import all_claims

CLAIMED = {(operation, symbol) for symbol, operation, _ in all_claims()}
ROOT = Path(os.environ.get("MANPAGES", "/usr/share/man"))

# The pages of sections 2 and 3 are about one call, or two.
CALLS = {
    "socket.2": (Operation.OPEN,),
    "bind.2": (Operation.BIND,),
    "listen.2": (Operation.LISTEN,),
    "accept.2": (Operation.ACCEPT,),
    "connect.2": (Operation.CONNECT,),
    "send.2": (Operation.SEND,),
    "recv.2": (Operation.RECEIVE,),
    "shutdown.2": (Operation.SHUTDOWN,),
    "getsockopt.2": (Operation.CONFIGURE, Operation.INSPECT),
    "getaddrinfo.3": (Operation.RESOLVE,),
}
# Those of section 7 are about a protocol: the text of an entry says in which operation, if it does.
PROTOCOLS = ("ip.7", "tcp.7", "udp.7", "unix.7")
NAMED_BY = {
    Operation.BIND: r"\bbind \(2\)|[Bb]ind(ing)? to",
    Operation.ACCEPT: r"\baccept \(2\)",
    Operation.CONNECT: r"\bconnect \(2\)|connection operation",
    Operation.SEND: r"\bsend(msg)? \(2\)|[Ss]ending|[Ss]end operations|The sender|retransmitted",
    Operation.RECEIVE: r"a read is executed",
    Operation.CONFIGURE: r"socket option|set high priority",
    Operation.INSPECT: r"SIOCGSTAMP",
}
# What tcp(7) calls EAFNOSUPPORT.
MISSPELT = {"EAFNOTSUPPORT": "EAFNOSUPPORT"}


def entries(page: Path) -> Iterator[tuple[str, str]]:
    """Each symbol that a page documents, with the text that follows it."""
    source = gzip.decompress(page.read_bytes()).decode()
    source = re.sub(r'(?m)^\.?\\".*\n', "", source)
    # getaddrinfo() returns its errors, so that they are listed under RETURN VALUE.
    section = re.search(r"(?ms)^\.SH (?:ERRORS|RETURN VALUE)\n(?:(?!^\.SH).)*?^\.TP\n.*?(?=^\.SH |\Z)", source)
    assert section is not None, f"no errors are listed in {page}"
    for entry in re.split(r"(?m)^\.TP\n", section[0])[1:]:
        # After the last entry, a paragraph of its own says where others are documented.
        tag, _, text = entry.partition("\n.PP\n")[0].partition("\n")
        # Macros and quotes are layout: what is left is "connect (2) was called on an already connected socket."
        words = " ".join(re.sub(r'(?m)^\.\w+ ?|"|\\f.', "", text).split())
        for symbol in re.findall(r"\bE[A-Z_0-9]+\b", tag):
            yield MISSPELT.get(symbol, symbol), words


def operations_of_entry(symbol: str, words: str) -> list[Operation | None]:
    """The operations that a text names; where it names none, those that a class claims the symbol for."""
    named: list[Operation | None] = [each for each, pattern in NAMED_BY.items() if re.search(pattern, words)]
    if named:
        return named
    if (None, symbol) in CLAIMED:
        return [None, *Operation]
    # With no class at all, one pair is left, which fails.
    return [operation for operation in Operation if (operation, symbol) in CLAIMED] or [None]


def pairs() -> list[tuple[str, str, Operation | None]]:
    """Every page, symbol and operation that the installed pages document."""
    found: set[tuple[str, str, Operation | None]] = set()
    for name in (*CALLS, *PROTOCOLS):
        page = ROOT / f"man{name[-1]}" / f"{name}.gz"
        if page.exists():
            for symbol, words in entries(page):
                operations = CALLS.get(name) or operations_of_entry(symbol, words)
                found |= {(name, symbol, operation) for operation in operations}
    return sorted(found, key=str)


PAIRS = pairs()
needs_pages = pytest.mark.skipif(not PAIRS, reason=f"no manual pages of socket calls under {ROOT}")
every_pair = pytest.mark.parametrize(("page", "symbol", "operation"), PAIRS, ids=str)


@needs_pages
@every_pair
def test_documented_error_has_a_class_that_says_more(page: str, symbol: str, operation: Operation | None) -> None:
    made = from_code(symbol, platform="linux", operation=operation)
    assert type(made).__name__ != "SocketError", f"{page} documents {symbol}"


@needs_pages
@every_pair
def test_documented_error_has_a_hint_of_its_own(page: str, symbol: str, operation: Operation | None) -> None:
    made = from_code(symbol, platform="linux", operation=operation)
    assert made.hint != SocketError().hint, f"{page} documents {symbol}"


@needs_pages
@pytest.mark.parametrize("page", [*CALLS, *PROTOCOLS])
def test_every_page_was_read(page: str) -> None:
    assert any(each == page for each, _, _ in PAIRS)


@needs_pages
def test_pages_document_more_than_a_hundred_pairs() -> None:
    # An empty or a broken reading of the pages must not look like success.
    assert len(PAIRS) > 100


@needs_pages
@pytest.mark.parametrize(
    "pair",
    [
        ("bind.2", "EADDRINUSE", Operation.BIND),
        ("send.2", "EAGAIN", Operation.SEND),
        ("accept.2", "ENOMEM", Operation.ACCEPT),
        ("getsockopt.2", "ENOPROTOOPT", Operation.CONFIGURE),
        ("getaddrinfo.3", "EAI_SYSTEM", Operation.RESOLVE),
        ("ip.7", "EACCES", Operation.BIND),
        ("ip.7", "ENOENT", Operation.INSPECT),
        ("tcp.7", "EAFNOSUPPORT", Operation.CONNECT),
        ("unix.7", "ESRCH", Operation.SEND),
    ],
    ids=str,
)
def test_pages_are_read_rightly(pair: tuple[str, str, Operation | None]) -> None:
    assert pair in PAIRS
