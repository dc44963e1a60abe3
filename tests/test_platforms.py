"""The tables as users read them: there and back, whichever system is asked about and whichever asks."""

import errno
import os
import socket
import sys
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sockerr import platforms

every_platform = pytest.mark.parametrize("name", platforms.names())


# On Windows, Python's errno has the numbers of the C runtime as well. Some of them mean a socket failure to the Windows
# API: 121 is ENOLINK to the one, and a timeout to the other. No socket raises ENOLINK, so that the timeout goes first.
TAKEN_BY_WINDOWS = {number for kind, number, _ in platforms.windows_numbers() if kind == "winerror"}


def kind_of(symbol: str) -> platforms.Kind:
    """Of which kind the number of a symbol is."""
    if symbol.startswith("EAI_"):
        return "resolver"
    return "errno" if symbol.startswith(("E", "WSA")) else "herror"


def raised(name: str) -> list[tuple[int, platforms.Kind]]:
    """Every number that the socket layer of a system may raise, with its kind."""
    numbered = ((platforms.number(symbol, name), kind_of(symbol)) for symbol in platforms.table(name))
    taken = TAKEN_BY_WINDOWS if name == "win32" else set()
    return sorted({(number, kind) for number, kind in numbered if number is not None and number not in taken})


class TestNames:
    def test_names_are_those_of_the_contract(self) -> None:
        assert set(platforms.names()) == set(
            "linux darwin win32 freebsd netbsd openbsd dragonfly sunos5 aix haiku1 gnu0 cygwin android emscripten wasi "
            "linux-mips linux-sparc linux-alpha linux-parisc linux-powerpc".split()
        )

    @pytest.mark.parametrize(
        ("alias", "name"),
        [("windows", "win32"), ("macos", "darwin"), ("ios", "darwin"), ("freebsd14", "freebsd"), ("aix7", "aix")],
    )
    def test_alias_is_the_system_it_stands_for(self, alias: str, name: str) -> None:
        assert platforms.table(alias) is platforms.table(name)

    @every_platform
    def test_table_is_read_only(self, name: str) -> None:
        table: Any = platforms.table(name)
        with pytest.raises(TypeError):
            table["EPERM"] = 0

    @every_platform
    def test_table_has_errno_and_what_is_refused(self, name: str) -> None:
        assert platforms.table(name)["EPERM"]
        assert platforms.table(name)["ECONNREFUSED"]


class TestCurrent:
    @pytest.mark.skipif(sys.platform not in platforms.names(), reason="no table for this system")
    def test_current_is_this_system(self) -> None:
        assert platforms.current().startswith(sys.platform)

    @pytest.mark.parametrize("symbol", sorted(errno.errorcode.values()))
    def test_table_of_current_has_the_numbers_of_this_python(self, symbol: str) -> None:
        if symbol == "WSABASEERR":
            pytest.skip("WSABASEERR is where Winsock's numbers begin, and no error")
        number: int = getattr(errno, symbol)
        assert platforms.canonical(symbol) in platforms.symbols(number)
        assert symbol.startswith("WSAE") or platforms.table(platforms.current())[symbol] == number

    @pytest.mark.parametrize("symbol", sorted(each for each in dir(socket) if each.startswith("EAI_")))
    def test_table_of_current_has_the_resolver_codes_of_this_python(self, symbol: str) -> None:
        if (sys.platform, symbol) == ("win32", "EAI_NODATA"):
            pytest.skip("getaddrinfo() raises 11004 there, and socket.EAI_NODATA is 11001")
        assert platforms.number(symbol) == getattr(socket, symbol)

    @pytest.mark.parametrize(
        ("machine", "name"),
        [
            ("x86_64", "linux"),
            ("aarch64", "linux"),
            ("mips64", "linux-mips"),
            ("sparc64", "linux-sparc"),
            ("alpha", "linux-alpha"),
            ("parisc64", "linux-parisc"),
            ("ppc64le", "linux-powerpc"),
        ],
    )
    @pytest.mark.skipif(not hasattr(os, "uname"), reason="os.uname() is what tells the processor")
    def test_processor_decides_on_linux(self, machine: str, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
        # Another processor is simulated here; the real ones are tried where the suite runs on them.
        monkeypatch.setattr(platforms, "_current", [])
        monkeypatch.setattr(sys, "platform", "linux")
        monkeypatch.setattr("os.uname", lambda: SimpleNamespace(machine=machine))
        assert platforms.current() == name

    @pytest.mark.parametrize(("platform", "name"), [("freebsd14", "freebsd"), ("plan9", "plan9")])
    def test_other_systems_go_by_their_name(self, platform: str, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
        # Another system is simulated here; the real ones are tried where the suite runs on them.
        monkeypatch.setattr(platforms, "_current", [])
        monkeypatch.setattr(sys, "platform", platform)
        assert platforms.current() == name

    @pytest.mark.skipif(sys.platform == "win32", reason="Windows has two names for its numbers, and a table")
    def test_system_without_a_table_is_read_from_this_python(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(platforms, "_current", ["plan9"])
        monkeypatch.setattr(platforms, "_loaded", {})
        assert platforms.number("ECONNREFUSED") == errno.ECONNREFUSED
        assert platforms.number("EAI_NONAME") == socket.EAI_NONAME
        assert platforms.symbols(errno.ECONNREFUSED, "plan9")[0] == "ECONNREFUSED"

    def test_system_without_a_table_is_none_of_the_names(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(platforms, "_current", ["plan9"])
        assert "plan9" not in platforms.names()


class TestRoundTrips:
    @every_platform
    def test_number_of_the_canonical_symbol_is_the_number(self, name: str) -> None:
        back = [
            (platforms.number(platforms.symbols(number, name, kind=kind)[0], name), kind)
            for number, kind in raised(name)
        ]
        assert back == raised(name)

    @every_platform
    def test_symbol_is_among_the_symbols_of_its_number(self, name: str) -> None:
        for symbol in platforms.table(name):
            number = platforms.number(symbol, name)
            assert number is not None
            assert symbol in platforms.symbols(number, name, kind=kind_of(symbol))

    @every_platform
    def test_many_numbers_make_the_round_trip(self, name: str) -> None:
        assert len(raised(name)) > 60

    @every_platform
    def test_translated_to_itself_is_the_same(self, name: str) -> None:
        for number, kind in raised(name):
            assert platforms.translate(number, source=name, target=name, kind=kind) == number

    @every_platform
    @given(data=st.data(), target=st.sampled_from(platforms.names()))
    def test_translated_there_and_back_is_the_same(self, name: str, data: st.DataObject, target: str) -> None:
        number, kind = data.draw(st.sampled_from(raised(name)))
        there = platforms.translate(number, source=name, target=target, kind=kind)
        assume(there is not None)
        assert there is not None
        back = platforms.translate(there, source=target, target=name, kind=kind)
        # Where only one of the systems has one number for two symbols, the way back leads to the canonical one.
        symbols = platforms.symbols(number, name, kind=kind), platforms.symbols(there, target, kind=kind)
        assert back == number or symbols[0][0] != symbols[1][0]

    @every_platform
    @given(data=st.data(), target=st.sampled_from(platforms.names()))
    def test_translation_keeps_a_symbol(self, name: str, data: st.DataObject, target: str) -> None:
        number, kind = data.draw(st.sampled_from(raised(name)))
        there = platforms.translate(number, source=name, target=target, kind=kind)
        assume(there is not None)
        assert there is not None
        meant, found = platforms.symbols(number, name, kind=kind), platforms.symbols(there, target, kind=kind)
        assert set(meant) & set(found)

    @every_platform
    def test_target_is_this_system_by_default(self, name: str) -> None:
        number = platforms.number("ECONNREFUSED", name)
        assert number is not None
        assert platforms.translate(number, source=name) == platforms.number("ECONNREFUSED")

    @given(st.integers(min_value=1_000_000))
    def test_number_that_nobody_knows_has_no_translation(self, number: int) -> None:
        assert platforms.translate(number, source="linux", target="darwin") is None


class TestCanonicalNames:
    @every_platform
    def test_canonical_name_is_first(self, name: str) -> None:
        for number, kind in raised(name):
            first = platforms.symbols(number, name, kind=kind)[0]
            assert first == platforms.canonical(first)

    @every_platform
    def test_would_block_is_eagain(self, name: str) -> None:
        number = platforms.number("EAGAIN", name)
        assert number is not None
        assert platforms.symbols(number, name)[0] == "EAGAIN"
        assert platforms.number("EWOULDBLOCK", name) == number

    @every_platform
    def test_enotsup_yields_to_eopnotsupp_where_they_share_a_number(self, name: str) -> None:
        number = platforms.number("EOPNOTSUPP", name)
        assert number is not None
        assert platforms.symbols(number, name)[0] == "EOPNOTSUPP"

    @every_platform
    def test_no_name_begins_with_wsa(self, name: str) -> None:
        firsts = {platforms.symbols(number, name, kind=kind)[0] for number, kind in raised(name)}
        assert not [each for each in firsts if each.startswith("WSAE")]

    def test_windows_spelling_is_understood(self) -> None:
        assert platforms.number("WSAECONNREFUSED", "win32") == 10061

    def test_windows_has_two_numbers_for_would_block(self) -> None:
        assert [platforms.symbols(number, "win32")[0] for number in (11, 10035)] == ["EAGAIN", "EAGAIN"]

    @pytest.mark.parametrize(
        ("number", "symbol"),
        [
            (64, "ECONNRESET"),
            (121, "ETIMEDOUT"),
            (1225, "ECONNREFUSED"),
            (1231, "ENETUNREACH"),
            (10061, "ECONNREFUSED"),
            (2, None),
            (424242, None),
        ],
    )
    def test_windows_number_that_means_a_socket_failure(self, number: int, symbol: str | None) -> None:
        assert platforms.winerror_symbol(number) == symbol


class TestKinds:
    @pytest.mark.parametrize(
        ("number", "name", "kind", "symbols"),
        [
            (1, "linux", "errno", ("EPERM",)),
            (1, "linux", "herror", ("HOST_NOT_FOUND",)),
            (1, "linux", "resolver", ()),
            (8, "darwin", "errno", ("ENOEXEC",)),
            (8, "darwin", "resolver", ("EAI_NONAME",)),
            (61, "darwin", "errno", ("ECONNREFUSED",)),
            (61, "linux", "errno", ("ENODATA",)),
            (99999, "linux", "errno", ()),
        ],
    )
    def test_kind_tells_numbers_apart(
        self, number: int, name: str, kind: platforms.Kind, symbols: tuple[str, ...]
    ) -> None:
        assert platforms.symbols(number, name, kind=kind) == symbols

    @every_platform
    def test_kinds_are_translated_apart(self, name: str) -> None:
        number = platforms.number("EAI_NONAME", name)
        assert number is not None
        assert platforms.translate(number, source=name, target="linux", kind="resolver") == -2
