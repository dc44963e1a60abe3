"""How each system is prepared, and how its Python is started."""

import os
import re
import shutil
import subprocess
import sys
import time
import zipfile
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tests.headers.cache import CACHE, PYODIDE, ROOT, WINDOWS, fetch_pyodide, fetch_windows_python

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

__all__ = ["ROOT", "SYSTEMS", "SYSTEMS_BY_NAME", "System", "prepare_site"]

SYSTEMS: Path = CACHE / "systems"
SITE = SYSTEMS / "site"
WINE = SYSTEMS / "wine"
MIPS = SYSTEMS / "mips"
NEXT = SYSTEMS / "next"

# Wheels of these in pure Python serve every system.
PACKAGES = ("pytest", "hypothesis<6.156", "typing-extensions", "colorama")

MIPS_PACKAGES = (
    "python3.11-minimal libpython3.11-minimal libpython3.11-stdlib libc6 libexpat1 zlib1g libssl3 libgcc-s1 libffi8 "
    "libbz2-1.0 liblzma5 libuuid1 libsqlite3-0 libncursesw6 libtinfo6 libreadline8 libdb5.3 libcrypt1"
).split()

NEXT_PACKAGES = (
    "python3.14 python3.14-minimal libpython3.14-minimal libpython3.14-stdlib libpython3.14-testsuite libc6 libexpat1 "
    "zlib1g libssl3t64 libgcc-s1 libffi8 libbz2-1.0 liblzma5 libuuid1 libsqlite3-0 libncursesw6 libtinfo6 "
    "libreadline8t64 libzstd1"
).split()
# Its own C library, so that it does not matter how old that of this machine is.
NEXT_PYTHON = """\
#!/bin/sh
usr=${0%/bin/python}
libraries=$usr/lib/x86_64-linux-gnu
exec "$usr/lib64/ld-linux-x86-64.so.2" --library-path "$libraries" --argv0 "$0" "$usr/bin/python3.14" "$@"
"""

ATTEMPTS = 4
# In seconds; the slowest system takes a third of it.
LIMIT = 900


@dataclass(frozen=True)
class System:
    """A system that the suite runs on."""

    name: str
    prepare: "Callable[[], None]"
    command: tuple[str, ...]
    """What starts its Python."""
    environment: "Mapping[str, str]" = field(default_factory=dict)
    emulator: "Callable[[], str] | None" = None
    """What stands in for the machine, with its version; `None` where nothing does."""
    options: tuple[str, ...] = ()
    """What pytest needs to be told there."""

    def start(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run Python there, in the root of this repository; one that does not end is stopped, and has failed."""
        command = (*self.command, *arguments)
        try:
            return self._run(command)
        except subprocess.TimeoutExpired as error:
            printed = (error.stdout or b"").decode(errors="replace")
            return subprocess.CompletedProcess(command, 1, printed, f"did not end within {LIMIT} s")

    def _run(self, command: tuple[str, ...]) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command,
            cwd=ROOT,
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **self.environment},
            # Under Wine, Python starts only with all three standard streams in place.
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
            timeout=LIMIT,
        )


def run(*command: str, cwd: Path = ROOT, environment: "Mapping[str, str] | None" = None) -> None:
    """Run a command, again if it fails: registries refuse at times."""
    for attempt in range(ATTEMPTS):
        done = subprocess.run(
            command, cwd=cwd, env={**os.environ, **(environment or {})}, capture_output=True, text=True, check=False
        )
        if done.returncode == 0:
            return
        time.sleep(2**attempt)
    raise RuntimeError(f"{' '.join(command[:3])} ... failed: {done.stderr[-500:]}")


def prepare_site() -> None:
    """What the suite imports, and the metadata of this package; `src` itself is on the path before it."""
    if SITE.exists():
        return
    wheels = SYSTEMS / "wheels"
    pip = (sys.executable, "-m", "pip")
    anywhere = ("--platform", "any", "--implementation", "py", "--abi", "none", "--python-version", "3.11")
    run(*pip, "download", "-q", "--dest", str(wheels), *anywhere, "--only-binary=:all:", *PACKAGES)
    unpacked = SYSTEMS / "site.new"
    run(*pip, "install", "-q", "--no-deps", "--target", str(unpacked), ".")
    shutil.rmtree(unpacked / "sockerr")
    for wheel in wheels.glob("*.whl"):
        with zipfile.ZipFile(wheel) as files:
            files.extractall(unpacked)
    unpacked.rename(SITE)


def _prepare_nothing() -> None:
    """A Python of this machine is there already."""


def _prepare_windows() -> None:
    fetch_windows_python()
    if WINE.exists():
        return
    unpacked = SYSTEMS / "wine.new"
    (python,) = WINDOWS.rglob("python.exe")
    shutil.copytree(python.parent, unpacked / "python")
    # Wine lacks what this needs, and Python does without it.
    (unpacked / "python" / "_wmi.pyd").unlink()
    (paths,) = (unpacked / "python").glob("python*._pth")
    archive = next((unpacked / "python").glob("python3*.zip")).name
    # Wine shows the whole machine as drive Z.
    folders = (f"Z:{each}" for each in (ROOT / "src", SITE, ROOT))
    paths.write_text("\n".join((archive, ".", *folders)), encoding="utf-8")
    run("wineboot", "-i", environment={**_WINE_ENVIRONMENT, "WINEPREFIX": str(unpacked / "prefix")})
    # What wineboot has left running would go on writing where it began.
    run("wineserver", "-w", environment={**_WINE_ENVIRONMENT, "WINEPREFIX": str(unpacked / "prefix")})
    unpacked.rename(WINE)


def _prepare_mips() -> None:
    if MIPS.exists():
        return
    of_mips = ("-oAPT::Architecture=mips64el", "-oAPT::Architectures=mips64el", "-oDir::State::status=/dev/null")
    unpacked = _unpack_packages("mips", MIPS_PACKAGES, *of_mips)
    loader = unpacked / "lib64" / "ld.so.1"
    target = loader.readlink()
    loader.unlink()
    loader.symlink_to(f"..{target}")
    unpacked.rename(MIPS)


def _prepare_next() -> None:
    """The Python that the next release of Debian will have."""
    if NEXT.exists():
        return
    asked = ("apt-get", "indextargets", "--format", "$(SITE)")
    sites = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.split()
    mirror = next(site for site in sites if site.rstrip("/").endswith("/debian"))
    sources = SYSTEMS / "next.list"
    sources.write_text(f"deb {mirror} unstable main\n", encoding="utf-8")
    of_unstable = (f"-oDir::Etc::sourcelist={sources}", "-oDir::Etc::sourceparts=/dev/null")
    unpacked = _unpack_packages("next", NEXT_PACKAGES, *of_unstable)
    python = unpacked / "usr" / "bin" / "python"
    python.write_text(NEXT_PYTHON, encoding="utf-8")
    python.chmod(0o755)
    unpacked.rename(NEXT)


def _unpack_packages(name: str, packages: "Iterable[str]", *options: str) -> Path:
    """Download packages with an apt of its own, so that this machine's knows nothing of it, and unpack them."""
    unpacked, apt = SYSTEMS / f"{name}.new", SYSTEMS / f"{name}.apt"
    for each in ("lists/partial", "cache/archives/partial", "packages"):
        (apt / each).mkdir(parents=True, exist_ok=True)
    folders = (f"-oDir::State::Lists={apt / 'lists'}", f"-oDir::Cache={apt / 'cache'}")
    run("apt-get", *options, *folders, "update", "-qq")
    run("apt-get", *options, *folders, "download", "-qq", *packages, cwd=apt / "packages")
    for package in (apt / "packages").glob("*.deb"):
        run("dpkg", "-x", str(package), str(unpacked))
    return unpacked


_WINE_ENVIRONMENT = {"WINEPREFIX": str(WINE / "prefix"), "WINEDEBUG": "-all", "WINEDLLOVERRIDES": "mscoree,mshtml="}
_PATH = os.pathsep.join((str(ROOT / "src"), str(SITE)))


def _version(name: str, *command: str) -> str:
    """The name of an emulator, with the version that it prints."""
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found = re.search(r"\d+(\.\d+)+", printed)
    return name if found is None else f"{name} {found[0]}"


def _without(*names: str) -> tuple[str, ...]:
    """Return the options that leave out files of tests."""
    return tuple(f"--ignore=tests/test_{name}.py" for name in names)


# What the documentation says and what the tables come from does not depend on the release of Python.
_OF_ANY_RELEASE = _without("catalogue", "corpus", "manpages", "readme", "structure", "tables")


def _natives() -> "list[System]":
    """This machine with every Python that the package supports and that is installed here, and with 3.14."""
    here = f"{sys.version_info.major}.{sys.version_info.minor}"
    found = {here: sys.executable}
    for version in ("3.11", "3.12", "3.13", "3.14"):
        managed = sorted(Path.home().glob(f".pyenv/versions/{version}*/bin/python{version}"))
        python = str(managed[-1]) if managed else shutil.which(f"python{version}")
        if python:
            found.setdefault(version, python)
    systems = [
        System(f"linux-{version}", _prepare_nothing, (python,), {"PYTHONPATH": _PATH}, options=_OF_ANY_RELEASE)
        for version, python in sorted(found.items())
    ]
    if "3.14" not in found:
        python = str(NEXT / "usr" / "bin" / "python")
        systems.append(System("linux-3.14", _prepare_next, (python,), {"PYTHONPATH": _PATH}, options=_OF_ANY_RELEASE))
    return systems


SYSTEMS_BY_NAME = {
    each.name: each
    for each in (
        *_natives(),
        System(
            "windows",
            _prepare_windows,
            ("wine", str(WINE / "python" / "python.exe")),
            _WINE_ENVIRONMENT,
            partial(_version, "Wine", "wine", "--version"),
        ),
        System(
            "mips",
            _prepare_mips,
            ("qemu-mips64el-static", str(MIPS / "usr" / "bin" / "python3.11")),
            {"QEMU_LD_PREFIX": str(MIPS), "PYTHONHOME": str(MIPS / "usr"), "PYTHONPATH": _PATH},
            partial(_version, "qemu-user", "qemu-mips64el-static", "--version"),
            # What depends neither on numbers nor on sockets takes minutes there, and would not find anything else.
            options=_without("calls", "corpus", "memory", "parse", "plugin", "scan", "structure", "tables"),
        ),
        System(
            "emscripten",
            fetch_pyodide,
            (
                "node",
                # What the tests nest deeply, Node.js would not free with the stack that it gives itself.
                "--stack-size=7000",
                str(Path(__file__).with_name("emscripten.mjs")),
                str(PYODIDE / "node_modules" / "pyodide"),
                str(ROOT),
                str(SITE),
            ),
            # It has no threads, and so nothing that watches a test.
            options=("-o", "faulthandler_timeout=0"),
        ),
    )
}
