"""Write what each library raises, and what it means, to `docs/libraries.json`."""

import datetime
import json
import logging
import platform
import warnings
from pathlib import Path

from sockerr import classify

from . import clients
from .test_libraries import answer, names

TARGET = Path(__file__).parents[2] / "docs" / "libraries.json"


def main() -> None:
    warnings.simplefilter("ignore")
    logging.disable()
    records: list[dict[str, object]] = []
    for client in clients:
        for failure, expected in client.answers.items():
            record: dict[str, object] = {"library": client.library, "version": client.version, "failure": failure}
            if isinstance(expected, str):
                records.append({**record, "not_tried": expected})
                continue
            failed = client.fail(failure)
            assert failed is not None
            error, place = failed
            found = classify(error)
            raised = f"{type(error).__module__}.{type(error).__name__}"
            addressed = found is not None and names(found.address, place)
            records.append({**record, "raised": raised, **vars(answer(found)), "names_the_address": addressed})
    date = datetime.datetime.now(datetime.UTC).date().isoformat()
    python = f"{platform.python_implementation()} {platform.python_version()}"
    document = {"python": python, "system": platform.system(), "date": date, "failures": records}
    TARGET.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
