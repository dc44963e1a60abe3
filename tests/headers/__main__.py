"""Fetch the headers, verify the tables of sockerr against them, or write the tables from them."""

import argparse
import sys
from collections import Counter

from . import cache, sources, tables
from .cache import Unavailable
from .sources import Source

PASSED = "passed"
FAILED = "failed"
SKIPPED = "not compared"


def main() -> int:
    """Run one command; the exit status is 1 if something failed or differs."""
    parser = argparse.ArgumentParser(prog="python -m tests.headers", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("fetch", help="download the packages that carry headers into .cache/")
    commands.add_parser("verify", help="compare every table with each of its sources")
    write = commands.add_parser("write", help="write tables from all their sources")
    write.add_argument("table", nargs="+", choices=tables.names())
    arguments = parser.parse_args()
    match arguments.command:
        case "fetch":
            return _fetch()
        case "verify":
            return _verify()
        case _:
            return _write(arguments.table)


def _fetch() -> int:
    failures = cache.fetch()
    for name, reason in failures.items():
        print(f"{name}: {reason}", file=sys.stderr)
    return 1 if failures else 0


def _verify() -> int:
    print(f"{'table':14} {'source':48} {'compared':>8} {'differing':>9} {'missing':>7}")
    outcomes = Counter(_verify_one(source) for source in sources.SOURCES)
    print(", ".join(f"{outcomes[outcome]} {outcome}" for outcome in (PASSED, FAILED, SKIPPED)))
    return 1 if outcomes[FAILED] else 0


def _verify_one(source: Source) -> str:
    heading = f"{source.table:14} {source.name:48}"
    try:
        result = sources.compare(source)
    except Unavailable as reason:
        print(f"{heading} {SKIPPED}: {reason}")
        return SKIPPED
    print(f"{heading} {result.compared:8} {len(result.differing):9} {len(result.missing):7}")
    notes = {"differing": result.differing, "missing": result.missing}
    notes["left out"] = tuple(f"{name} ({why})" for name, why in source.differences.items())
    for what, symbols in notes.items():
        if symbols:
            print(f"{'':14} {what}: {', '.join(symbols)}")
    return PASSED if result.passed else FAILED


def _write(names: list[str]) -> int:
    for name in names:
        try:
            tables.write(name, sources.combined(name))
        except Unavailable as reason:
            print(f"{name}: {reason}", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
