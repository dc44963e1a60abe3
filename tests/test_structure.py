"""Who may know whom: every import leads down, and what begins with an underscore stays in its module."""

import ast
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest
import structure

# From the top down. A part may import those below its own line and no other.
LAYERS = """
__main__
_cli
testing
sockerr
logs
typing
_operations
_classification
_codes _errors
_socket_error
_export _numbers _registry
_instances _sentences _vocabulary platforms
"""


def test_every_import_leads_down() -> None:
    expected = [line.split() for line in LAYERS.split("\n") if line]
    assert [[part.removeprefix("sockerr.") for part in layer] for layer in structure.layers()] == expected


def test_no_modules_import_each_other_in_a_circle() -> None:
    try:
        TopologicalSorter(structure.imports()).prepare()
    except CycleError as error:
        pytest.fail(" imports ".join(error.args[1]))


@pytest.mark.parametrize("name", structure.modules())
def test_private_names_stay_in_their_module(name: str) -> None:
    imported = [
        f"{'.' * node.level}{node.module or ''}.{alias.name}"
        for node in ast.walk(ast.parse(structure.modules()[name].read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if alias.name.startswith("_") and not _is_module(name, node, alias.name)
    ]
    assert imported == []


def _is_module(importer: str, node: ast.ImportFrom, name: str) -> bool:
    return structure.source_of(node, importer) + f".{name}" in structure.modules()


def test_types_alone_may_be_imported_from_above(tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text("if TYPE_CHECKING:\n    import sockerr\nelse:\n    import sockerr.typing\n", encoding="utf-8")
    assert structure.imported_by("module", module) == {"sockerr.typing"}
