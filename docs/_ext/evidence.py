"""What the tour printed on each system where it was run, as `docs/evidence` keeps it."""

import json
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

from pieces import link_by_name

from sockerr import platforms

DIRECTORY = Path(__file__).parents[1] / "evidence"

Record: TypeAlias = Mapping[str, Any]


@cache
def tours() -> list[Record]:
    """Return what every run of the tour printed, in the order in which systems are named."""
    found = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(DIRECTORY.glob("*.json"))]
    return sorted(found, key=lambda tour: platforms.names().index(tour["platform"]))


def newest() -> dict[str, Record]:
    """Return the run with the newest Python on each system."""
    return {tour["platform"]: tour for tour in tours()}


def system(tour: Record) -> str:
    """Return the name of the system of a run, with what stood in for the machine."""
    return tour["platform"] if tour["emulator"] is None else f"{tour['platform']} ({tour['emulator']})"


def by_name(tour: Record) -> dict[str, Record]:
    """Return the situations of a run."""
    return {each["name"]: each for each in tour["situations"]}


def first_provoked(runs: Iterable[Mapping[str, Record]], name: str) -> Record:
    """Return the record of a situation from the first run that provoked it."""
    return next(run[name] for run in runs if run[name]["error"] is not None)


def raised(record: Record, best: Record, platform: str) -> str:
    """Return what Python raised there, and the class, where it is another than that of `best`.

    Where nothing was raised, it is the number of the table.
    """
    error = record["error"]
    if error is None:
        return from_table(best, platform)
    number = error["code"] if error["winerror"] is None else error["winerror"]
    other = "" if error["error"] == best["error"]["error"] else f" {link_by_name(error['error'])}"
    return f"{record['raised']}{'' if number is None else f' {number}'}{other}"


def from_table(record: Record, platform: str) -> str:
    """Return the number that a system has for what was raised elsewhere."""
    symbol = record["error"]["symbol"]
    number = None if symbol is None else platforms.number(symbol, platform)
    return "" if number is None else f"*{number}*"
