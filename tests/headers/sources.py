"""Which sources each table rests on, and how a table compares with one of them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from . import pythons, readers, tables
from .symbols import Numbers


@dataclass(frozen=True)
class Source:
    """Something that numbers of one table can be read from."""

    table: str
    name: str
    read: Callable[[], Numbers]
    differences: dict[str, str] = field(default_factory=dict)
    """Symbols on which the table is known to follow another source, with the reason."""


@dataclass(frozen=True)
class Comparison:
    """How a table compares with one of its sources."""

    compared: int
    differing: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Whether the table has every symbol of the source, with the same number."""
        return self.compared > 0 and not self.differing and not self.missing


def compare(source: Source) -> Comparison:
    """Hold a table against one of its sources."""
    table = tables.read(source.table)
    found = _relevant(source.read(), table)
    expected = {key: n for key, n in _flat(found).items() if key[1] not in source.differences}
    actual = _flat(table)
    common = expected.keys() & actual.keys()
    differing = (f"{key[1]} {actual[key]}, not {expected[key]}" for key in common if actual[key] != expected[key])
    missing = (key[1] for key in expected.keys() - actual.keys())
    return Comparison(len(common), tuple(sorted(differing)), tuple(sorted(missing)))


def combined(table: str) -> Numbers:
    """The numbers of all sources of a table; where two differ, those of the one listed first."""
    if not of(table):
        raise ValueError(f"{table} has no source: add one to SOURCES")
    numbers: Numbers = {}
    for source in reversed(of(table)):
        for kind, found in source.read().items():
            numbers[kind] = numbers.get(kind, {}) | found
    return numbers


def unsourced(table: str) -> tuple[str, ...]:
    """The symbols of a table that none of its sources has."""
    found = _flat(combined(table))
    return tuple(sorted(key[1] for key in _flat(tables.read(table)) if key not in found))


def of(table: str) -> tuple[Source, ...]:
    """The sources of a table, the most trusted one first."""
    return tuple(source for source in SOURCES if source.table == table)


def _relevant(found: Numbers, table: Numbers) -> Numbers:
    # winerror.h names thousands of failures, and WIN32 only those of networks.
    if "WIN32" not in found:
        return found
    return {"WIN32": {name: n for name, n in found["WIN32"].items() if name in table["WIN32"]}}


def _flat(numbers: Numbers) -> dict[tuple[str, str], int]:
    return {(kind, name): n for kind, found in numbers.items() for name, n in found.items()}


def _source(table: str, name: str, reader: Callable[..., Numbers], *arguments: str) -> Source:
    return Source(table, name, partial(reader, *arguments))


def _headers(table: str, target: str) -> Source:
    return _source(table, f"headers of {target} (ziglang)", readers.headers, target)


def _kernel(table: str, package: str, triplet: str) -> Source:
    return _source(table, f"linux headers ({package})", readers.kernel, package, triplet)


def _go(table: str, *files: str) -> Source:
    return _source(table, "Go (golang-1.19-src)", readers.go, *files)


def _reference(table: str) -> Source:
    return _source(table, "reference.json", readers.reference, table)


def _this_python(table: str) -> Source:
    excused = {"EAI_NODATA": _WINDOWS_EAI_NODATA} if table == "win32" else {}
    return Source(table, "errno and socket of this Python", pythons.this_python, excused)


_AIX_ENOTEMPTY = "17 like EEXIST there; the table follows reference.json"
_WINDOWS_EAI_NODATA = "EAI_NONAME's there; the table has the number that getaddrinfo() raises"

SOURCES: tuple[Source, ...] = (
    _headers("linux", "x86_64-linux-gnu"),
    _headers("linux", "x86_64-linux-musl"),
    _go("linux", "linux", "linux_amd64"),
    _headers("linux_mips", "mips-linux-gnueabi"),
    _kernel("linux_mips", "linux-libc-dev-mips-cross", "mips-linux-gnu"),
    _go("linux_mips", "linux", "linux_mips"),
    _headers("linux_sparc", "sparc-linux-gnu"),
    _kernel("linux_sparc", "linux-libc-dev-sparc64-cross", "sparc64-linux-gnu"),
    _go("linux_sparc", "linux", "linux_sparc64"),
    _kernel("linux_alpha", "linux-libc-dev-alpha-cross", "alpha-linux-gnu"),
    _kernel("linux_parisc", "linux-libc-dev-hppa-cross", "hppa-linux-gnu"),
    _headers("linux_powerpc", "powerpc64le-linux-gnu"),
    _kernel("linux_powerpc", "linux-libc-dev-powerpc-cross", "powerpc-linux-gnu"),
    _go("linux_powerpc", "linux", "linux_ppc"),
    _headers("darwin", "aarch64-macos"),
    _go("darwin", "darwin_arm64"),
    _source("win32", "headers of mingw-w64 (ziglang)", readers.mingw),
    _source("win32", "winerror.h of mingw-w64 (ziglang)", readers.winerror),
    Source(
        "win32",
        "CPython 3.13 for Windows, under Wine",
        pythons.windows_python,
        {"EAI_NODATA": _WINDOWS_EAI_NODATA},
    ),
    _headers("freebsd", "x86_64-freebsd"),
    _go("freebsd", "freebsd_amd64"),
    _headers("netbsd", "x86_64-netbsd"),
    _go("netbsd", "netbsd_amd64"),
    _headers("openbsd", "x86_64-openbsd"),
    _go("openbsd", "openbsd_amd64"),
    _reference("dragonfly"),
    _go("dragonfly", "dragonfly_amd64"),
    _reference("sunos5"),
    _go("sunos5", "solaris_amd64"),
    _reference("aix"),
    Source(
        "aix",
        "Go (golang-1.19-src)",
        partial(readers.go, "aix_ppc64"),
        {"ENOTEMPTY": _AIX_ENOTEMPTY},
    ),
    _reference("haiku1"),
    _source(
        "haiku1",
        "Zig's standard library (ziglang)",
        readers.zig,
        "c/haiku.zig",
        "pub const E = enum(i32) {",
    ),
    _reference("gnu0"),
    _reference("cygwin"),
    _source("cygwin", "newlib's headers (libnewlib-dev)", readers.newlib_as_cygwin),
    _reference("android"),
    _source(
        "android",
        "Zig's standard library (ziglang)",
        readers.zig,
        "c.zig",
        "pub const EAI = if (builtin.abi.isAndroid()) enum(c_int) {",
        "EAI_",
    ),
    _go("android", "linux", "linux_arm64"),
    _source("emscripten", "headers of Emscripten (emscripten)", readers.emscripten),
    _source("emscripten", "CPython 3.14 for Emscripten (pyodide)", pythons.pyodide),
    _headers("wasi", "wasm32-wasi"),
    _source(
        "wasi",
        "Zig's standard library (ziglang)",
        readers.zig,
        "os/wasi.zig",
        "pub const errno_t = enum(u16) {",
    ),
    _source("resolvers", "ares.h (pycares)", readers.c_ares),
    _source("resolvers", "glibc's arpa/nameser.h (ziglang)", readers.nameser),
    *(_this_python(table) for table in tables.names() if table == pythons.this_table()),
)
