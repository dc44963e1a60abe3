"""What the pages show of what the package knows.

`substitutions` gives tables as Markdown. As a Sphinx extension, it writes the pages of the classes.
"""

import inspect
import re
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

import catalogue
import clients
import pictures
import structure
import test_corpus
from evidence import by_name, first_provoked, from_table, newest, raised, system, tours
from matrix import matrix, totals
from pieces import link, link_by_name, table
from sphinx.pycode import ModuleAnalyzer

from sockerr import SocketError, _sentences, platforms
from sockerr._registry import all_claims
from sockerr._socket_error import catalogue as classes
from sockerr._socket_error import meaning
from sockerr.logs import _names, _spellings, _translations

if TYPE_CHECKING:
    from sphinx.application import Sphinx

# What annotations name that is documented elsewhere.
FOREIGN = (
    "OSError",
    "BaseException",
    "Exception",
    "TracebackType",
    "F",
    "T",
    "Self",
    "Address",
    "FindingRecord",
    "Any",
    "Kind",
    "Needs",
    "Settles",
    "PerOperation",
    r"(logging|socket|ssl|enum|collections|typing|typing_extensions|builtins|types|unittest)\..*",
    # What public classes of sockerr.testing are made of.
    r"sockerr\.testing\._.*",
)

# The systems that most readers look for; the command line shows them all.
COMMON = ("linux", "linux-mips", "darwin", "win32", "freebsd", "sunos5", "emscripten")


def substitutions() -> dict[str, str]:
    """The tables that pages name in double braces."""
    return {
        "hierarchy": _hierarchy(),
        "class_pages": _class_pages(),
        "numbers": _numbers(),
        "refused": _refused(),
        "sources": _sources(),
        "situations": _situations(),
        "clients": _clients(),
        **_grammar(),
        "picture_of_classes": pictures.hierarchy(),
        "picture_of_decision": pictures.decision(),
        "picture_of_delivery": pictures.delivery(),
        "picture_of_life": pictures.life(),
        "libraries": matrix(),
        "libraries_total": totals(),
        "runs": _runs(),
        "layers": _layers(),
    }


def _layers() -> str:
    """The parts of the package from the top down, and what each is."""
    rows = [
        (level, f"`{part.removeprefix('sockerr.')}`", structure.summary(part))
        for level, layer in enumerate(structure.layers(), start=1)
        for part in layer
    ]
    return table(("", "Part", "What it is"), rows)


def _grammar() -> dict[str, str]:
    """What the page about logs says of the grammar, and of the lines that it was measured with."""
    known = (_sentences.UNIX, _sentences.WINDOWS, _sentences.RESOLVER)
    translated = (_translations.GLIBC, _translations.WINDOWS)
    parts = {part: test_corpus.measured(part) for part in test_corpus.PARTS}
    now = (
        f"precision {each.precision:.3f} and recall {each.recall:.3f} of the {name.replace('_', '-')} part"
        for name, each in parts.items()
    )
    return {
        "spellings": str(len(_spellings.NUMBERS) + len(_spellings.PHRASES)),
        "families": str(len(_names.FAMILIES)),
        "sentences": str(sum(map(len, known)) + sum(len(said) for table in translated for said in table.values())),
        **{f"corpus_{part}": _lines_of(part) for part in parts},
        "corpus_now": f"{', '.join(now)}.",
    }


def _lines_of(part: str) -> str:
    records = test_corpus.records(part)
    reporting = [each for each in records if each["findings"]]
    programs = {each["program"] for each in reporting}
    return (
        f"{len(reporting)} texts that report a failure, of {len(programs)} programs, "
        f"and {len(records) - len(reporting)} that do not"
    )


def _clients() -> str:
    """What each endpoint makes clients meet, with a note where a client meets something else."""
    notes = list(dict.fromkeys(clients.DIFFERENT.values()))
    cells = {cell: f"({notes.index(note) + 1})" for cell, note in clients.DIFFERENT.items()}
    rows = [
        (
            f"`{endpoint}`",
            _met(promise),
            *(cells.get((endpoint, client), "✓") for client in clients.CLIENTS),
        )
        for endpoint, promise in clients.PROMISES.items()
    ]
    said = "\n".join(f"{number}. {_met(met)}: {reason}." for number, (met, reason) in enumerate(notes, start=1))
    return f"{table(('Endpoint', 'Class, operation', *clients.CLIENTS), rows)}\n\n{said}"


def _met(met: "clients.Met | None") -> str:
    return "No failure" if met is None else f"{link_by_name(met[0])}, {met[1] or 'not known'}"


def _hierarchy() -> str:
    """Every class under its base, with its meaning."""
    return "\n".join(f"{'  ' * _depth(cls)}- {link(cls)}: {meaning(cls)}." for cls in classes())


def _class_pages() -> str:
    """The list of the pages, as the sidebar shows it."""
    lines = "\n".join(f"{cls.__name__} <errors/{cls.__name__}>" for cls in classes())
    return f"```{{toctree}}\n:hidden:\n\n{lines}\n```"


def _depth(cls: type[SocketError]) -> int:
    return 0 if cls is SocketError else 1 + _depth(cls.__bases__[0])


def _numbers() -> str:
    symbols = dict.fromkeys(symbol for symbol, _, _ in all_claims() if not symbol.startswith("WSA"))
    rows = ((f"`{symbol}`", *(platforms.number(symbol, name) for name in COMMON)) for symbol in symbols)
    return table(("Symbol", *(f"`{name}`" for name in COMMON)), rows)


def _refused() -> str:
    """A refused connection, as Python reports it on some systems."""
    windows = [sentence for sentence, (symbol, _) in _sentences.WINDOWS.items() if symbol == "ECONNREFUSED"]
    rows = [
        (system, f"`ConnectionRefusedError: [Errno {platforms.number('ECONNREFUSED', name)}] Connection refused`")
        for system, name in _UNIX_SYSTEMS.items()
    ]
    number = platforms.number("ECONNREFUSED", "win32")
    rows.append(("Windows", f"`ConnectionRefusedError: [WinError {number}] {windows[0]}`"))
    rows.append(("Windows, asyncio", f"`ConnectionRefusedError: [WinError 1225] {windows[-1]}`, with `errno` 22"))
    return table(("System", "What Python raises"), rows)


_UNIX_SYSTEMS = {
    "Linux": "linux",
    "Linux on MIPS, Solaris": "linux-mips",
    "macOS, FreeBSD": "darwin",
    "WebAssembly": "emscripten",
}


def _sources() -> str:
    """What each table says of its own origin."""
    modules = [import_module(f"sockerr.platforms.{name.replace('-', '_')}") for name in platforms.names()]
    notes = [inspect.getdoc(module) or "" for module in modules]
    counts = [len(platforms.table(name)) for name in platforms.names()]
    rows = zip((f"`{name}`" for name in platforms.names()), counts, notes, strict=True)
    return table(("System", "Symbols", "Where the numbers come from"), rows)


def _situations() -> str:
    """One column for each system on which the tour was run, with its newest Python, and one for macOS."""
    runs = {name: by_name(tour) for name, tour in newest().items()}
    best = {name: first_provoked(runs.values(), name) for name in next(iter(runs.values()))}
    heads = [f"{system(tour)}, {tour['python']}" for tour in newest().values()]
    rows = [
        (
            f"{each['operation']}: {each['sentence']}",
            link_by_name(each["error"]["error"]),
            *(raised(run[name], each, platform) for platform, run in runs.items()),
            from_table(each, "darwin"),
        )
        for name, each in best.items()
    ]
    return table(("Situation", "Class", *heads, "macOS, not run"), rows)


def _runs() -> str:
    """Where and when the tour was run, and what stood in for the machine."""
    rows = ((system(tour), *(tour[name] for name in ("python", "date", *_COUNTS))) for tour in tours())
    return table(("System", "Python", "Date", *_COUNTS.values()), rows)


_COUNTS = {"as_expected": "Situations as expected", "not_provoked": "Not provoked there"}


def _leave_out_what_all_take(
    _app: "Sphinx", _what: str, _name: str, documented: object, *_rest: object
) -> tuple[str, str] | None:
    """Every class takes what its base, `SocketError`, takes."""
    is_derived = isinstance(documented, type) and issubclass(documented, SocketError) and documented is not SocketError
    return ("", "") if is_derived else None


def _read_attributes_where_they_stand() -> None:
    """The public names say that they are `sockerr`'s, where autodoc finds no docstrings of attributes."""
    package = ModuleAnalyzer.for_module("sockerr")
    package.analyze()
    for name in ("_socket_error", "_vocabulary"):
        module = ModuleAnalyzer.for_module(f"sockerr.{name}")
        module.analyze()
        package.attr_docs.update(module.attr_docs)
        package.tagorder.update(module.tagorder)


def _defining_module(_app: "Sphinx", module: str, attribute: str) -> str:
    """Return the module whose source defines a public name, which says that it is of the package."""
    name = attribute.partition(".")[0]
    # On a page, the source of a module is marked by its functions and classes.
    statement = re.compile(rf"^(?:async def|class|def) {re.escape(name)}\b", re.MULTILINE)
    defining = [each for each, source in _sources_of_modules().items() if statement.search(source)]
    # `sockerr.testing.run` is defined in a part of `sockerr.testing`, and not in one of the command line.
    defining.sort(key=lambda each: not each.startswith(module))
    return defining[0] if defining else module


@cache
def _sources_of_modules() -> dict[str, str]:
    return {name: path.read_text(encoding="utf-8") for name, path in structure.modules().items()}


def setup(app: "Sphinx") -> dict[str, bool]:
    _read_attributes_where_they_stand()
    app.connect("builder-inited", lambda _app: catalogue.write())
    app.connect("autodoc-process-signature", _leave_out_what_all_take)
    app.connect("viewcode-follow-imported", _defining_module)
    return {"parallel_read_safe": True}
