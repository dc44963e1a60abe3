"""Hand `parse`, and the reader of `scan`, a million texts made of what programs write: cut, joined and damaged.

`python tests/benchmarks/fuzz_parse.py [COUNT [SEED]]`. What it raises ends the run, and the text is printed.
"""

import io
import json
import random
import sys
from pathlib import Path

import sockerr
from sockerr.logs._blocks import Block
from sockerr.logs._files import Source
from sockerr.logs._parse import findings_in
from sockerr.logs._spellings import NUMBERS, PHRASES

CORPUS = Path(__file__).parents[1] / "corpus"
TOKENS = [
    *("\n", "[Errno ", "-", "9" * 30, "(", ")", ":", "\u0130", "\0", "\ud800", "connect ", "->", "::1", "]:", "0x8007"),
    *("Traceback (most recent call last):", "Caused by:", "{", "}", "'", '"', "\t", "  ", "e" * 50),
]
LONGEST = 600


def seeds() -> list[str]:
    texts = [row.example for row in (*NUMBERS, *PHRASES)]
    for path in sorted(CORPUS.glob("*.jsonl")):
        texts += [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()]
    return texts


def damaged(text: str, texts: list[str], chosen: random.Random) -> str:
    at = chosen.randrange(len(text) + 1)
    match chosen.randrange(5):
        case 0:
            return text[:at] + chosen.choice(TOKENS) + text[at:]
        case 1:
            return text[:at] + text[at + chosen.randrange(1, 20) :]
        case 2:
            other = chosen.choice(texts)
            return text[:at] + other[chosen.randrange(len(other) + 1) :]
        case 3:
            return text[:at] + chr(chosen.randrange(0x250)) + text[at + 1 :]
        case _:
            return text.replace(text[at : at + 3] or " ", chosen.choice(TOKENS))


def check(text: str) -> bool:
    """Parse a text, and return whether anything was found."""
    found = sockerr.parse(text)
    for each in found:
        assert 0 <= each.start < each.end <= len(text)
        json.dumps(each.as_dict())
    return bool(found)


def check_scan(text: str, chosen: random.Random) -> None:
    """Read a text as `scan` reads a file, with one byte damaged, and see that every line is counted."""
    data = bytearray(text.encode(errors="surrogatepass"))
    if data:
        data[chosen.randrange(len(data))] = chosen.randrange(256)
    source = Source("fuzz")
    lines = [line for block in source.blocks(io.BytesIO(data)) for line in block.lines]
    assert len(lines) == source.lines == data.count(b"\n") + (not data.endswith(b"\n") and len(data) > 0)
    for _, finding in findings_in(Block(lines)):
        json.dumps(finding.as_dict())


def main() -> None:
    count, seed = int(sys.argv[1]) if sys.argv[1:] else 1_000_000, int(sys.argv[2]) if sys.argv[2:] else 0
    chosen = random.Random(seed)  # noqa: S311  # no secret is made of it
    texts, reporting = seeds(), 0
    for _ in range(count):
        text = chosen.choice(texts)
        for _ in range(chosen.randrange(1, 5)):
            text = damaged(text, texts, chosen)[:LONGEST]
        try:
            reporting += check(text)
            check_scan(text, chosen)
        except BaseException:
            print(repr(text))
            raise
    print(f"{count} texts, seed {seed}: {reporting} reported a failure, none raised")


if __name__ == "__main__":
    main()
