"""What the pages show of what the package knows: nothing is written here that stands somewhere else.

`substitutions` gives the tables as Markdown; as a Sphinx extension, it adds to the description of each class its row.
"""

import inspect
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import clients
import structure
import test_corpus
from matrix import matrix, totals
from sphinx.pycode import ModuleAnalyzer

from sockerr import Evidence, Operation, SocketError, _sentences, platforms
from sockerr._registry import all_claims
from sockerr._socket_error import catalogue, meaning
from sockerr.logs import _names, _spellings, _translations

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sphinx.application import Sphinx

HERE = Path(__file__).parent
EVIDENCE = HERE / "evidence"

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
        "classes": _classes(),
        "numbers": _numbers(),
        "sources": _sources(),
        "situations": _situations(),
        "clients": _clients(),
        **_grammar(),
        "libraries": matrix(),
        "libraries_total": totals(),
        "runs": _runs(),
        "layers": _layers(),
    }


def _table(head: "Iterable[str]", rows: "Iterable[Iterable[object]]") -> str:
    lines = [list(head), *([_cell(each) for each in row] for row in rows)]
    lines.insert(1, ["---"] * len(lines[0]))
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(value: object) -> str:
    return "" if value is None else str(value).replace("|", "\\|").replace("\n", " ")


def _class_link(cls: type[SocketError]) -> str:
    return f"{{exc}}`~sockerr.{cls.__name__}`"


def _layers() -> str:
    """The parts of the package from the top down, and what each is."""
    rows = [
        (level, f"`{part.removeprefix('sockerr.')}`", structure.summary(part))
        for level, layer in enumerate(structure.layers(), start=1)
        for part in layer
    ]
    return _table(("", "Part", "What it is"), rows)


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
    return f"{_table(('Endpoint', 'Class, operation', *clients.CLIENTS), rows)}\n\n{said}"


def _met(met: "clients.Met | None") -> str:
    return "No failure" if met is None else f"{{exc}}`~sockerr.{met[0]}`, {met[1] or 'not known'}"


def _hierarchy() -> str:
    """Every class under its base, with its meaning."""
    return "\n".join(f"{'  ' * _depth(cls)}- {_class_link(cls)}: {meaning(cls)}." for cls in catalogue())


def _depth(cls: type[SocketError]) -> int:
    return 0 if cls is SocketError else 1 + _depth(cls.__bases__[0])


def _classes() -> str:
    names = [cls.__name__ for cls in catalogue() if cls is not SocketError]
    blocks = "\n\n".join(f".. autoexception:: sockerr.{name}\n   :no-members:" for name in names)
    return f"```{{eval-rst}}\n{blocks}\n```"


def _numbers() -> str:
    symbols = dict.fromkeys(symbol for symbol, _, _ in all_claims() if not symbol.startswith("WSA"))
    rows = ((f"`{symbol}`", *(platforms.number(symbol, name) for name in COMMON)) for symbol in symbols)
    return _table(("Symbol", *(f"`{name}`" for name in COMMON)), rows)


def _sources() -> str:
    """What each table says of its own origin."""
    from importlib import import_module

    modules = [import_module(f"sockerr.platforms.{name.replace('-', '_')}") for name in platforms.names()]
    notes = [inspect.getdoc(module) or "" for module in modules]
    counts = [len(platforms.table(name)) for name in platforms.names()]
    rows = zip((f"`{name}`" for name in platforms.names()), counts, notes, strict=True)
    return _table(("System", "Symbols", "Where the numbers come from"), rows)


def _situations() -> str:
    """One column for each system on which the tour was run, with its newest Python, and one for macOS."""
    tours = {tour["platform"]: tour for tour in _tours()}
    runs = {name: {each["name"]: each for each in tour["situations"]} for name, tour in tours.items()}
    best = {name: _first_provoked(runs.values(), name) for name in next(iter(runs.values()))}
    heads = [f"{_system(tour)}, {tour['python']}" for tour in tours.values()]
    rows = [
        (
            f"{each['operation']}: {each['sentence']}",
            f"{{exc}}`~sockerr.{each['error']['error']}`",
            *(_raised(run[name], each, system) for system, run in runs.items()),
            _from_table(each, "darwin"),
        )
        for name, each in best.items()
    ]
    return _table(("Situation", "Class", *heads, "macOS, not run"), rows)


def _runs() -> str:
    """Where and when the tour was run, and what stood in for the machine."""
    rows = ((_system(tour), *(tour[name] for name in ("python", "date", *_COUNTS))) for tour in _tours())
    return _table(("System", "Python", "Date", *_COUNTS.values()), rows)


_COUNTS = {"as_expected": "Situations as expected", "not_provoked": "Not provoked there"}


def _tours() -> "list[Mapping[str, Any]]":
    """What the tour printed everywhere, in the order in which systems are named."""
    found = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(EVIDENCE.glob("*.json"))]
    return sorted(found, key=lambda tour: platforms.names().index(tour["platform"]))


def _system(tour: "Mapping[str, Any]") -> str:
    return tour["platform"] if tour["emulator"] is None else f"{tour['platform']} ({tour['emulator']})"


def _first_provoked(runs: "Iterable[Mapping[str, Any]]", name: str) -> "Mapping[str, Any]":
    return next(run[name] for run in runs if run[name]["error"] is not None)


def _raised(record: "Mapping[str, Any]", best: "Mapping[str, Any]", platform: str) -> str:
    """What Python raised there; the class, where it is another; the number of the table, where nothing was raised."""
    error = record["error"]
    if error is None:
        return _from_table(best, platform)
    number = error["code"] if error["winerror"] is None else error["winerror"]
    other = "" if error["error"] == best["error"]["error"] else f" {{exc}}`~sockerr.{error['error']}`"
    return f"{record['raised']}{'' if number is None else f' {number}'}{other}"


def _from_table(record: "Mapping[str, Any]", platform: str) -> str:
    symbol = record["error"]["symbol"]
    number = None if symbol is None else platforms.number(symbol, platform)
    return "" if number is None else f"*{number}*"


def _row(cls: type[SocketError]) -> "Iterable[str]":
    """The row of a class, as a list."""
    symbols = ", ".join(f"`{symbol}`{where}" for symbol, where in _claims(cls))
    if symbols:
        yield f"- **Symbols**: {symbols}."
    errors = {operation: cls("", operation=operation) for operation in (None, *Operation)}
    for error in errors.values():
        # As for an error with a number: what rests on the type alone is never safe.
        error.evidence = Evidence.ERRNO
    yield f"- **Retry**: {_per_operation({of: error.retry for of, error in errors.items()})}."
    yield f"- **Fault**: {_per_operation({of: error.fault for of, error in errors.items()})}."
    hints = _by_value({of: error.hint for of, error in errors.items()})
    yield from (f"- **Hint**{_where(operations)}: {hint}" for hint, operations in hints)


def _claims(cls: type[SocketError]) -> "Iterable[tuple[str, str]]":
    """The symbols of a class, each with the operations and systems in which it has them."""
    mine = [(symbol, operation) for symbol, operation, of in all_claims() if of is cls]
    for symbol in dict.fromkeys(symbol for symbol, _ in mine):
        yield symbol, _where([operation for each, operation in mine if each == symbol and operation is not None])


def _where(operations: "Sequence[Operation | None]") -> str:
    named = [operation for operation in operations if operation is not None]
    return f" in {' and '.join(filter(None, (', '.join(named[:-1]), named[-1])))}" if named else ""


def _per_operation(row: "Mapping[Operation | None, str]") -> str:
    values = _by_value(row)
    texts = [f"`{value}`{_where(operations)}" for value, operations in values]
    return "; ".join([*texts[:-1], f"otherwise {texts[-1]}"]) if len(values) > 1 else texts[0]


def _by_value(row: "Mapping[Operation | None, str]") -> "list[tuple[str, list[Operation | None]]]":
    """What is said of the same operations together; what is said of all others (`None`) last, without naming any."""
    grouped: dict[str, list[Operation | None]] = {}
    for operation, value in row.items():
        grouped.setdefault(value, []).append(operation)
    values = sorted(grouped.items(), key=lambda item: None in item[1])
    return [(value, [] if None in operations else operations) for value, operations in values]


def _add_row(_app: "Sphinx", _what: str, _name: str, documented: object, _options: object, lines: list[str]) -> None:
    if isinstance(documented, type) and issubclass(documented, SocketError):
        lines.extend(["", *_row(documented), ""])


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


def setup(app: "Sphinx") -> dict[str, bool]:
    _read_attributes_where_they_stand()
    app.connect("autodoc-process-docstring", _add_row)
    app.connect("autodoc-process-signature", _leave_out_what_all_take)
    return {"parallel_read_safe": True}
