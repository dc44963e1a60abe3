"""The command line: see the package."""

import argparse
import json
import shutil
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import permutations
from typing import TYPE_CHECKING

from . import results
from .machines import ROOT, SYSTEMS, SYSTEMS_BY_NAME, System, prepare_site
from .results import Result

if TYPE_CHECKING:
    from collections.abc import Iterable

EVIDENCE = ROOT / "docs" / "evidence"
# The libraries are tried on this machine alone, where the places of these tests and the libraries can be had.
LIBRARIES = ("tests/libraries/test_libraries.py", "tests/libraries/test_readers.py")
# Those that pickles travel between: three systems whose numbers differ.
TRAVELLERS = ("linux", "windows", "mips")
_WHO = "import platform as p; print(p.python_implementation(), p.python_version())"


def prepare(systems: "Iterable[System]") -> list[Result]:
    """Prepare systems; returns a result for each that could not be."""
    began = time.monotonic()
    SYSTEMS.mkdir(parents=True, exist_ok=True)
    prepare_site()
    bad = []
    for system in systems:
        try:
            system.prepare()
        except (OSError, RuntimeError, ValueError) as error:
            bad.append(Result(system.name, "not prepared", failed=1, output=str(error)))
    print(f"prepared in {time.monotonic() - began:.0f} s")
    return bad


def suite(system: System) -> Result:
    """Run the whole suite there."""
    report = SYSTEMS / f"{system.name}.xml"
    report.unlink(missing_ok=True)
    python = system.start("-c", _WHO).stdout.strip()
    began = time.monotonic()
    options = ("-q", "-p", "no:cacheprovider", "--hypothesis-profile=emulated", "--tb=short", *system.options)
    options += tuple(f"--ignore={each}" for each in LIBRARIES)
    done = system.start("-m", "pytest", *options, f"--junitxml={report.relative_to(ROOT)}")
    seconds = time.monotonic() - began
    output = "" if done.returncode == 0 else done.stdout[-6000:] + done.stderr[-2000:]
    if not report.exists():
        return Result(system.name, python, failed=1, seconds=seconds, output=output or "no report was written")
    return results.read(report, system.name, python, seconds, output)


def run(systems: "list[System]") -> int:
    """The suite on each, two at a time, and pickles between them; prints the table."""
    bad = prepare(systems)
    ready = [each for each in systems if each.name not in {result.system for result in bad}]
    # What is emulated takes longest, and so begins first.
    ready.sort(key=lambda each: each.emulator is None)
    with ThreadPoolExecutor(2) as pool:
        outcome = [*bad, *pool.map(suite, ready)]
    print(results.table(outcome))
    failed = [each for each in outcome if not each.is_good]
    for each in failed:
        print(f"\n== {each.system}\n{each.output}")
    return 1 if failed or not exchange(ready) else 0


def exchange(systems: "list[System]") -> bool:
    """Errors pickled on each of three systems are read on the other two."""
    travellers = {each.name.partition("-")[0]: each for each in systems}
    ends = [travellers[name] for name in TRAVELLERS if name in travellers]
    good = True
    for writer, reader in permutations(ends, 2):
        file = f".cache/systems/{writer.name}.pickles"
        wrote = writer.start("-m", "tests.systems.pickles", "write", file)
        done = reader.start("-m", "tests.systems.pickles", "read", file)
        good = good and wrote.returncode == done.returncode == 0
        print(f"\npickles of {writer.name}: {(done.stdout or wrote.stderr + done.stderr[-1500:]).strip()}", end="")
    print()
    return good


def tour(systems: "list[System]") -> int:
    """The tour on each, kept as data; 1 if it could not be made, or came out as something else."""
    bad = prepare(systems)
    EVIDENCE.mkdir(exist_ok=True)
    status = 1 if bad else 0
    for system in systems:
        done = system.start("-m", "sockerr", "tour", "--json")
        try:
            record = json.loads(done.stdout)
        except ValueError:
            print(f"{system.name}: {done.stdout[-500:]}{done.stderr[-1500:]}")
            status = 1
            continue
        record["emulator"] = system.emulator() if system.emulator else None
        path = EVIDENCE / f"{system.name}.json"
        path.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
        counts = {name: record[name] for name in ("as_expected", "otherwise", "not_provoked")}
        print(f"{system.name}: {counts}")
        status = max(status, done.returncode)
    return status


def clean(_systems: "list[System]") -> int:
    """Forget what was prepared."""
    shutil.rmtree(SYSTEMS, ignore_errors=True)
    return 0


def main() -> int:
    commands = {"run": run, "tour": tour, "clean": clean}
    parser = argparse.ArgumentParser(prog="python -m tests.systems", description=__doc__)
    parser.add_argument("command", choices=commands)
    parser.add_argument("system", nargs="*", help=f"some of {', '.join(SYSTEMS_BY_NAME)}, or linux; all if none")
    parser.add_argument("--others", action="store_true", help="leave out the Python that runs this")
    options = parser.parse_args()
    asked = options.system or list(SYSTEMS_BY_NAME)
    unknown = [name for name in asked if not any(each.startswith(name) for each in SYSTEMS_BY_NAME)]
    if unknown:
        parser.error(f"unknown system {unknown[0]!r}: expected some of {', '.join(SYSTEMS_BY_NAME)}")
    chosen = [each for name, each in SYSTEMS_BY_NAME.items() if name.startswith(tuple(asked))]
    if options.others:
        this = f"linux-{sys.version_info.major}.{sys.version_info.minor}"
        chosen = [each for each in chosen if each.name != this]
    return commands[options.command](chosen)


if __name__ == "__main__":
    sys.exit(main())
