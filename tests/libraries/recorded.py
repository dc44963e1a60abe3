"""What was seen of every library, as `docs/libraries.json` has it."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from sockerr._classification.readers import READERS, TEXTS

from .registry import Client, clients

TARGET = Path(__file__).parents[2] / "docs" / "libraries.json"
Record = dict[str, Any]


@cache
def document() -> dict[str, Any]:
    """Return all that was recorded: the system, the date, and a list of `failures`."""
    found: dict[str, Any] = json.loads(TARGET.read_text(encoding="utf-8"))
    return found


def records() -> list[Record]:
    found: list[Record] = document()["failures"]
    return found


def records_of(client: Client) -> list[Record]:
    return [each for each in records() if each["library"] == client.library]


def a_third() -> list[Client]:
    """Return a third of the clients, among them one for each function in `readers` that was seen at work."""
    by_library = {client.library: client for client in clients}
    by_function: dict[int, str] = {}
    for each in records():
        function = {**READERS, **TEXTS}.get(each.get("reader") or "")
        if function is not None and each["library"] in by_library:
            by_function.setdefault(id(function), each["library"])
    chosen = [by_library[name] for name in sorted(set(by_function.values()))]
    others = [client for client in clients if client not in chosen]
    missing = max(0, -(-len(clients) // 3) - len(chosen))
    step = max(1, len(others) // missing) if missing else 1
    return chosen + others[::step][:missing]
