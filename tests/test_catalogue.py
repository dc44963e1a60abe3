"""The pages of the classes, which `docs/_ext` makes, are whole and true."""

import contextlib
import io
import re
import sys
from pathlib import Path
from typing import Any

import pytest

import sockerr
from sockerr import platforms
from sockerr._socket_error import catalogue as classes
from sockerr.testing import Unavailable

DOCS = Path(__file__).parents[1] / "docs"
sys.path.insert(0, str(DOCS / "_ext"))

# What makes the pages is no part of the package.
import apart  # noqa: E402  # found only now
import catalogue  # noqa: E402  # found only now
import reasons  # noqa: E402  # found only now
import spellings  # noqa: E402  # found only now

# They are made on one system, and read on all.
pytestmark = pytest.mark.skipif(platforms.current() != "linux", reason="the documentation shows Linux")

CLASSES = list(classes())
NAMES = [cls.__name__ for cls in CLASSES]
EVERY_CLASS = pytest.mark.parametrize("cls", CLASSES, ids=NAMES)


@EVERY_CLASS
def test_page_has_what_a_reader_looks_for(cls: type[sockerr.SocketError]) -> None:
    page = catalogue.page(cls)
    assert page.startswith(f"# {cls.__name__}")
    for section in ("What to do", "Is a retry safe, and who can fix it?", "Make it happen", "Reference"):
        assert f"## {section}\n" in page
    assert cls is sockerr.SocketError or "## Tell it apart\n" in page


@EVERY_CLASS
def test_retry_and_fault_have_reasons_of_the_class_itself(cls: type[sockerr.SocketError]) -> None:
    own = reasons.reasons(cls)
    assert all(own.values())
    assert cls is sockerr.SocketError or own != reasons.reasons(cls.__bases__[0])


@EVERY_CLASS
def test_recipe_prints_an_error_of_the_class(cls: type[sockerr.SocketError]) -> None:
    program, _ = catalogue.recipe(cls)
    printed = io.StringIO()
    names: dict[str, Any] = {}
    with contextlib.redirect_stdout(printed):
        try:
            exec(compile(program, cls.__name__, "exec"), names)  # noqa: S102  # that is the test
        except Unavailable as reason:
            pytest.skip(str(reason))
    if "outcome" in names and names["outcome"].unavailable:
        pytest.skip(names["outcome"].unavailable)
    first, second = printed.getvalue().splitlines()
    named = {name for name in NAMES if first.startswith(f"{name}(") or second.startswith(f"{name}:")}
    assert any(issubclass(getattr(sockerr, name), cls) for name in named)


def test_every_class_that_no_recipe_provokes_says_why() -> None:
    built = {cls.__name__ for cls in CLASSES if "sockerr.from_code(" in catalogue.recipe(cls)[0]}
    built |= {cls.__name__ for cls in CLASSES if re.search(r"error = sockerr\.\w+\(\)", catalogue.recipe(cls)[0])}
    assert built == catalogue.NOT_PROVOKED.keys()


def test_every_class_is_told_apart_from_others() -> None:
    told = {name for group in apart.GROUPS.values() for name in group}
    assert told == set(NAMES) - {"SocketError"}
    assert all(len(group) > 1 for group in apart.GROUPS.values())


@pytest.mark.parametrize(
    ("cls", "words"),
    [
        (sockerr.ConnectionRefused, "10061"),
        (sockerr.ConnectionRefused, "WSAECONNREFUSED"),
        (sockerr.ConnectionRefused, "0x8007274D"),
        (sockerr.ConnectionRefused, "-2147014835"),
        (sockerr.ConnectionRefused, "errno 61"),
        (sockerr.ConnectionRefused, "WinError 1225"),
        (sockerr.ConnectionRefused, "Connection refused"),
        (
            sockerr.ConnectionRefused,
            "No connection could be made because the target machine actively refused it",
        ),
        (sockerr.NameNotFound, "nodename nor servname provided"),
        (sockerr.NameNotFound, "[Errno -2] Name or service not known"),
        (sockerr.SocketClosed, "WinError 10038"),
        (sockerr.CertificateExpired, "certificate has expired"),
        (sockerr.NotTLS, "wrong version number"),
    ],
)
def test_index_leads_from_what_people_search_for(cls: type[sockerr.SocketError], words: str) -> None:
    assert f"   ! single: {words}\n" in spellings.index(cls) + "\n"


def test_class_for_every_operation_comes_before_those_for_some() -> None:
    assert "! single: EINVAL\n" in spellings.index(sockerr.MisuseError)
    assert "   single: EINVAL\n" in spellings.index(sockerr.AlreadyBound)


@pytest.mark.parametrize(
    ("cls", "title"),
    [
        (
            sockerr.ConnectionRefused,
            "ConnectionRefused: ECONNREFUSED, errno 111 (Linux), 61 (macOS), WinError 10061",
        ),
        (sockerr.NameNotFound, "NameNotFound: EAI_NONAME, -2 (Linux), 8 (macOS), WinError 11001"),
        (sockerr.BrokenPipe, "BrokenPipe: EPIPE, errno 32"),
        (sockerr.WinsockUnavailable, "WinsockUnavailable: WSASYSNOTREADY, WinError 10091"),
        (sockerr.NotTLS, "NotTLS: WRONG_VERSION_NUMBER"),
        (sockerr.ConnectFailed, "ConnectFailed"),
        (
            sockerr.ConnectTimedOut,
            "ConnectTimedOut: ETIMEDOUT in connect, errno 110 (Linux), 60 (macOS), WinError 10060",
        ),
    ],
)
def test_title_is_what_people_search_for(cls: type[sockerr.SocketError], title: str) -> None:
    assert spellings.title(cls) == title


def test_only_pages_that_differ_are_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue, "DIRECTORY", tmp_path / "errors")
    catalogue.write()
    pages = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "errors").iterdir()}
    assert pages.keys() == {f"{name}.md" for name in NAMES}
    (tmp_path / "errors" / "Gone.md").write_text("", encoding="utf-8")
    catalogue.write()
    assert {path.name: path.stat().st_mtime_ns for path in (tmp_path / "errors").iterdir()} == pages
