"""What `import sockerr` costs: nothing that `import socket` has not loaded, but for the package itself and enum."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import pytest

import sockerr
from sockerr import platforms

SOURCE = Path(sockerr.__file__).parents[1]
HEAVY = frozenset(
    "typing typing_extensions dataclasses inspect ssl asyncio re logging functools copy importlib.metadata "
    "contextlib sockerr.typing sockerr.testing".split()
)
TABLES = frozenset(f"sockerr.platforms.{name.replace('-', '_')}" for name in platforms.names())

# Without site (-S), which loads what it likes, and without the environment (-I).
SCRIPT = f"""
import sys
sys.path.insert(0, {str(SOURCE)!r})
import socket
before = set(sys.modules)
{{}}
print(*sorted(set(sys.modules) - before))
"""


def interpreters() -> Iterator[str]:
    """This Python, and every other on the PATH that the package supports."""
    yield sys.executable
    for minor in range(11, 20):
        found = shutil.which(f"python3.{minor}")
        if found and minor != sys.version_info.minor and runs(found):
            yield found


def runs(python: str) -> bool:
    """Whether that is a Python, and not a pointer to one that has been removed."""
    return subprocess.run([python, "-c", ""], capture_output=True, check=False).returncode == 0


def loaded(python: str, statements: str) -> set[str]:
    """The modules that a fresh interpreter loads for some statements, besides those of `import socket`."""
    command = [python, "-I", "-S", "-B", "-c", SCRIPT.format(statements)]
    return set(subprocess.run(command, capture_output=True, text=True, check=True).stdout.split())


@pytest.mark.usefixtures("python")
@pytest.mark.parametrize("interpreter", list(interpreters()), ids=os.path.basename)
class TestImport:
    def test_loads_the_package(self, interpreter: str) -> None:
        # What the other tests do not find would not be found either if nothing were loaded.
        assert loaded(interpreter, "import sockerr") >= {"sockerr", "sockerr._errors", "sockerr._operations"}

    def test_loads_nothing_heavy(self, interpreter: str) -> None:
        assert loaded(interpreter, "import sockerr") & HEAVY == set()

    def test_loads_no_table(self, interpreter: str) -> None:
        assert loaded(interpreter, "import sockerr") & TABLES == set()

    def test_context_manager_loads_nothing(self, interpreter: str) -> None:
        statements = "import sockerr\nwith sockerr.connecting(('db.internal', 5432)): pass"
        assert loaded(interpreter, statements) == loaded(interpreter, "import sockerr")

    def test_refused_connection_loads_no_foreign_table(self, interpreter: str) -> None:
        statements = "import sockerr, errno\nsockerr.classify(OSError(errno.ECONNREFUSED, 'refused'))"
        assert loaded(interpreter, statements) & TABLES <= {f"sockerr.platforms.{sys.platform}"}

    def test_table_asked_for_is_loaded(self, interpreter: str) -> None:
        statements = "import sockerr\nsockerr.platforms.table('haiku1')"
        assert loaded(interpreter, statements) & TABLES == {"sockerr.platforms.haiku1"}


def test_version_is_that_of_the_distribution() -> None:
    assert sockerr.__version__ == version("sockerr")


def test_name_that_the_package_has_not() -> None:
    with pytest.raises(AttributeError, match="module 'sockerr' has no attribute 'ConnectionRefusd'"):
        sockerr.ConnectionRefusd  # noqa: B018  # looking it up is what fails
