"""The table of libraries and failures, as HTML that can be searched, and read on a phone as cards."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from pathlib import Path
from typing import Any

RECORDS = Path(__file__).parents[1] / "libraries.json"


def matrix() -> str:
    """Return the table of what was made of what each library raised, as `python -m tests.libraries write` wrote it."""
    document = json.loads(RECORDS.read_text(encoding="utf-8"))
    failures = list(dict.fromkeys(each["failure"] for each in document["failures"]))
    by_library: dict[str, list[Mapping[str, Any]]] = {}
    for each in document["failures"]:
        by_library.setdefault(each["library"], []).append(each)
    head = "".join(f'<th scope="col">{escape(failure)}</th>' for failure in failures)
    names = sorted(by_library, key=str.lower)
    rows = "\n".join(_row(by_library[name], document["python"]) for name in names)
    return f"""
```{{raw}} html
<p class="matrix-search" hidden>
<label>Search <input type="search" placeholder="redis, ConnectionReset, keeps nothing" aria-controls="matrix"></label>
<output aria-live="polite"></output>
</p>
<div class="matrix" tabindex="0" role="region" aria-label="Libraries and failures">
<table id="matrix">
<thead><tr><th scope="col">Library</th>{head}</tr></thead>
<tbody>
{rows}
</tbody>
</table>
</div>
```
"""


def _row(records: Iterable[Mapping[str, Any]], python: str) -> str:
    first, *_ = records = list(records)
    of = first["version"] or f"of {python}"
    cells = "".join(f'<td data-failure="{escape(each["failure"])}">{_cell(each)}</td>' for each in records)
    return f'<tr><th scope="row"><code>{escape(first["library"])}</code> <small>{escape(of)}</small></th>{cells}</tr>'


def _cell(record: Mapping[str, Any]) -> str:
    if "not_tried" in record:
        return f'<span class="not-tried">not tried: {escape(record["not_tried"])}</span>'
    name = escape(record["raised"].removeprefix("builtins."))
    raised = f"<small>from <code>{name.replace('.', '.<wbr>')}</code></small>"
    if record["error"] is None:
        return f'<span class="nothing">keeps nothing</span> {raised}'
    link = f'<a href="errors/{record["error"]}.html">{_breakable(record["error"])}</a>'
    retry = f"<small>retry: {record['retry'].replace('_', ' ')}</small>"
    return f"{link} <small>{', '.join(_how(record))}</small> {retry} {raised}"


def _breakable(name: str) -> str:
    """Return the name of a class that may be broken between its words."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "<wbr>", name)


def _how(record: Mapping[str, Any]) -> Iterator[str]:
    """Yield what decided, the operation, and whether the address is known."""
    yield f"by {record['evidence']}"
    if record["operation"]:
        yield record["operation"]
    if record["names_the_address"]:
        yield "address"


def totals() -> str:
    """Return how many clients and failures there are, and how many were named, in a sentence."""
    document = json.loads(RECORDS.read_text(encoding="utf-8"))
    records = document["failures"]
    clients = {each["library"] for each in records}
    tried = [each for each in records if "not_tried" not in each]
    named = [each for each in tried if each["error"] is not None]
    return (
        f"{len(clients)} clients failed {len(tried)} times, with {document['python']} on {document['system']} on "
        f"{document['date']}. `classify` names {len(named)} of these failures; in the other {len(tried) - len(named)} "
        "the exception keeps nothing"
    )
