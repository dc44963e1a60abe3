"""Draw what the tour prints on a terminal: python docs/_ext/tour_picture.py

It provokes the situations that this project began with, and writes `docs/_static/tour.svg`, which the README shows.
"""

import os
import pty
import re
import subprocess
import sys
from itertools import takewhile
from pathlib import Path

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.text import Text

PICTURE = Path(__file__).parents[1] / "_static" / "tour.svg"
WIDTH = 102
TOUR = """
from sockerr import testing
from sockerr._cli import main

shown = [each for each in testing.situations() if each.row]
testing.situations = lambda: tuple(shown)
main(["tour"])
"""


def main() -> None:
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        console = Console(record=True, width=WIDTH, file=nowhere)
        console.print("$ python -m sockerr tour", style="bold", highlight=False)
        # The summary counts what was run, which was not the whole tour.
        lines = takewhile(lambda line: not re.match(r"\d+ situations", line), printed())
        console.print(Text.from_ansi("\n".join(lines)))
        # A picture takes no fonts from elsewhere.
        frame = re.sub(r"@font-face \{\{.*?\}\}", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL)
        picture = console.export_svg(title="sockerr", code_format=frame, unique_id="tour")
    PICTURE.write_text("\n".join(line.rstrip() for line in picture.splitlines()) + "\n", encoding="utf-8")


def printed() -> list[str]:
    """Return the lines that the tour prints on a terminal, with their colours."""
    main, terminal = pty.openpty()
    with subprocess.Popen([sys.executable, "-c", TOUR], stdout=terminal, stderr=subprocess.DEVNULL) as tour:
        os.close(terminal)
        pieces = []
        while piece := _read(main):
            pieces.append(piece)
        tour.wait()
    os.close(main)
    return b"".join(pieces).decode().splitlines()


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 65536)
    except OSError:
        # The end of a terminal.
        return b""


if __name__ == "__main__":
    main()
