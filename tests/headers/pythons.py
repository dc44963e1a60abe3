"""What the errno and socket modules of Pythons on several systems show."""

import json
import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

from sockerr import platforms

from .cache import CACHE, PYODIDE, WINDOWS, Unavailable, existing
from .symbols import Numbers, by_kind

# Python shows these without there being an errno symbol; the others repeat one as WSAE...
WINSOCK_ONLY = ("WSASYSNOTREADY", "WSAVERNOTSUPPORTED", "WSANOTINITIALISED")

_SHOW = """\
import errno, json, socket
names = {**vars(errno), **vars(socket)}
shown = {k: v for k, v in names.items() if k[0] in "EW" and isinstance(v, int)}
"""
_PRINT = f"{_SHOW}\nprint(json.dumps(shown))"

_SHOW_ON_NODE = """\
import {loadPyodide} from "pyodide";
const python = await loadPyodide();
python.runPython(process.argv[1]);
"""


def this_table() -> str:
    """The table of the system that this Python runs on."""
    return platforms.current().replace("-", "_")


def this_python() -> Numbers:
    """The Python that runs this program."""
    names: dict[str, dict[str, int]] = {}
    exec(_SHOW, names)  # noqa: S102  # what the other Pythons are asked
    return _of_windows(names["shown"]) if sys.platform == "win32" else by_kind(names["shown"])


def windows_python() -> Numbers:
    """CPython for Windows, run by Wine."""
    directory = existing(WINDOWS, "CPython for Windows")
    _needed("wine")
    return _of_windows(_shown_by_wine(directory))


def _of_windows(shown: dict[str, int]) -> Numbers:
    winsock = {name[3:]: value for name, value in shown.items() if name.startswith("WSAE")}
    numbers = by_kind(winsock | shown)
    numbers["ERRNO"] |= {name: shown[name] for name in WINSOCK_ONLY}
    return numbers


def pyodide() -> Numbers:
    """CPython for Emscripten, run by Node.js."""
    directory = existing(PYODIDE, "Pyodide")
    _needed("node")
    command = ("node", "--input-type=module", "-e", _SHOW_ON_NODE, _PRINT)
    return by_kind(_shown(*command, cwd=directory))


def _needed(program: str) -> None:
    if shutil.which(program) is None:
        raise Unavailable(f"{program} is not installed")


@cache
def _shown_by_wine(directory: Path) -> dict[str, int]:
    prefix = CACHE / "wine"
    environment = {
        **os.environ,
        "WINEPREFIX": str(prefix),
        "WINEDEBUG": "-all",
        "WINEDLLOVERRIDES": "mscoree,mshtml=",
    }
    if not prefix.exists():
        _output("wineboot", "-i", environment=environment)
    (python,) = directory.rglob("python.exe")
    return _shown("wine", str(python), "-c", _PRINT, environment=environment)


def _shown(*command: str, cwd: Path | None = None, environment: dict[str, str] | None = None) -> dict[str, int]:
    found: dict[str, int] = json.loads(_output(*command, cwd=cwd, environment=environment))
    return found


def _output(*command: str, cwd: Path | None = None, environment: dict[str, str] | None = None) -> bytes:
    # Under Wine, Python starts only with all three standard streams in place.
    return subprocess.run(
        command,
        cwd=cwd,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=True,
    ).stdout
