"""Which parts of the package import which, read from its source.

A part is a module, or a package with all that is in it. An import for type checkers alone does not count: annotations
may name what is above.
"""

import ast
from collections.abc import Iterable, Iterator
from functools import cache
from graphlib import TopologicalSorter
from importlib.util import resolve_name
from pathlib import Path

import sockerr

ROOT = Path(sockerr.__file__).parent


@cache
def modules() -> dict[str, Path]:
    """Return every module of the package by its name."""
    return {_name_of(path): path for path in sorted(ROOT.rglob("*.py"))}


def imports() -> dict[str, set[str]]:
    """Return the modules of this package that each of its modules imports."""
    return {name: imported_by(name, path) for name, path in modules().items()}


def imported_by(name: str, path: Path) -> set[str]:
    """Return the modules of this package that the module in a file imports when it runs."""
    found: set[str] = set()
    for node in _executed(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            source = source_of(node, name)
            members = {f"{source}.{alias.name}" for alias in node.names}
            # What is imported is a module, or a name that is defined in one.
            found.update(members, () if members <= modules().keys() else (source,))
    return found & modules().keys()


def source_of(node: ast.ImportFrom, importer: str) -> str:
    """Return the full name of the module that a `from` statement imports from."""
    if not node.level:
        return node.module or ""
    is_package = modules()[importer].name == "__init__.py"
    return resolve_name("." * node.level + (node.module or ""), importer if is_package else importer.rpartition(".")[0])


def layers() -> list[list[str]]:
    """Return the parts from the top down, so that each imports only from the layers below its own.

    Raises `graphlib.CycleError` if parts import each other in a circle.
    """
    below: dict[str, set[str]] = {}
    for name, imported in imports().items():
        below.setdefault(_part(name), set()).update(map(_part, imported))
    sorter = TopologicalSorter({part: found - {part} for part, found in below.items()})
    sorter.prepare()
    found = []
    while ready := sorter.get_ready():
        sorter.done(*ready)
        found.append(sorted(ready))
    return found[::-1]


def summary(part: str) -> str:
    """Return the first sentence of a part's docstring."""
    document = ast.get_docstring(ast.parse(modules()[part].read_text(encoding="utf-8"))) or ""
    return " ".join(document.partition("\n\n")[0].split())


def _name_of(path: Path) -> str:
    names = path.relative_to(ROOT.parent).with_suffix("").parts
    return ".".join(names[:-1] if names[-1] == "__init__" else names)


def _part(name: str) -> str:
    return ".".join(name.split(".")[:2])


def _executed(node: ast.AST) -> Iterator[ast.AST]:
    """Yield a node and all below it, but for what only a type checker reads."""
    yield node
    for child in _executed_children(node):
        yield from _executed(child)


def _executed_children(node: ast.AST) -> Iterable[ast.AST]:
    match node:
        case ast.If(test=ast.Name(id="TYPE_CHECKING")):
            return node.orelse
        case _:
            return ast.iter_child_nodes(node)
