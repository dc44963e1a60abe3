"""Mutate, run the tests, and report."""

import ast
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from cosmic_ray.commands import init
from cosmic_ray.config import load_config
from cosmic_ray.modules import find_modules
from cosmic_ray.mutating import mutate_and_test, mutate_code
from cosmic_ray.plugins import get_operator
from cosmic_ray.tools.filters import operators_filter
from cosmic_ray.work_db import use_db
from cosmic_ray.work_item import TestOutcome, WorkerOutcome, WorkResult

CONFIG_FILE = str(Path(__file__).with_name("cosmic-ray.toml"))
CONFIG = load_config(CONFIG_FILE)
SESSION = Path(".cache/mutation.sqlite")
WORKERS = 2


def main(paths: list[str]) -> None:
    """Mutate what the paths name, and print what the tests do not notice."""
    SESSION.parent.mkdir(exist_ok=True)
    with use_db(str(SESSION)) as session:
        init(find_modules(map(Path, paths)), session, {})
    operators_filter.main([str(SESSION), CONFIG_FILE])
    with use_db(str(SESSION)) as session:
        nothing = [each.job_id for each in session.pending_work_items if not _is_a_mutant(each.mutations[0])]
        session.set_multiple_results(nothing, WorkResult(worker_outcome=WorkerOutcome.SKIPPED))
        items = session.pending_work_items
        survived = 0
        for number, (item, result) in enumerate(_results(items), 1):
            session.set_result(item.job_id, result)
            if result.test_outcome is not TestOutcome.KILLED:
                survived += 1
                print(f"{number} of {len(items)}, {item.mutations[0].operator_name}\n{result.diff}\n", flush=True)
        left_out = session.num_work_items - len(items)
    print(f"{len(items)} mutants, {left_out} more left out: {len(items) - survived} killed, {survived} survived")


def _results(items: list[Any]) -> Iterator[tuple[Any, Any]]:
    """Yield each mutant with what came of it, as the tests are done with it."""
    test = partial(mutate_and_test, test_command=CONFIG.test_command, timeout=CONFIG.timeout)
    with (
        TemporaryDirectory() as folder,
        ProcessPoolExecutor(WORKERS, initializer=_move_into_a_copy, initargs=(folder,)) as pool,
    ):
        yield from zip(items, pool.map(test, [each.mutations for each in items]), strict=True)


def _move_into_a_copy(folder: str) -> None:
    """Let this process have a tree of its own to mutate, whose tests pass."""
    copy = Path(folder, str(os.getpid()))
    shutil.copytree(".", copy, ignore=shutil.ignore_patterns(".*", "__pycache__"))
    os.chdir(copy)
    os.environ["PYTHONPATH"] = str(copy / "src")
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    subprocess.run(CONFIG.test_command.split(), check=True, stdout=subprocess.DEVNULL)


def _is_a_mutant(mutation: Any) -> bool:
    """Return whether a mutation makes another program, and one that compiles."""
    source = mutation.module_path.read_text(encoding="utf-8")
    mutated = mutate_code(source, get_operator(mutation.operator_name)(), mutation.occurrence)
    return _program(mutated) not in {None, _program(source)}


def _program(source: str) -> str | None:
    """Return what a module does, or `None` if it does not compile."""
    try:
        return ast.dump(_WithoutTypes().visit(ast.parse(source)))
    except SyntaxError:
        return None


class _WithoutTypes(ast.NodeTransformer):
    """Take away what only type checkers read."""

    def visit_If(self, node: ast.If) -> ast.AST | None:
        return None if "TYPE_CHECKING" in ast.unparse(node.test) else self.generic_visit(node)

    def visit_Assign(self, node: ast.Assign) -> ast.AST | None:
        return None if ast.unparse(node.targets[0]) == "TYPE_CHECKING" else self.generic_visit(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        node.annotation = ast.Constant(...)
        return self.generic_visit(node)


if __name__ == "__main__":
    main(sys.argv[1:] or CONFIG["module-path"])
