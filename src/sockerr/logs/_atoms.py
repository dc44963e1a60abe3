"""The pieces of a line that report a failure: a number, a symbol, a sentence of a system, or a program's own words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from sockerr import _sentences as sentences
from sockerr import platforms
from sockerr._classification.itself import FILE_SYMBOLS
from sockerr._registry import all_claims

from ._codes import NTSTATUS, read_number, systems_of
from ._spelling import Spelling
from ._spellings import NUMBERS, PHRASES


@dataclass(slots=True)
class Atom:
    """One of these pieces, and what it says by itself."""

    start: int
    end: int
    spelling: str
    symbol: str | None = None
    cls: str | None = None
    """The name of a class, for what has no symbol."""
    number: int | None = None
    platforms: tuple[str, ...] = ()
    """The systems that it can come from; empty if it does not tell."""
    operation: str | None = None
    is_general: bool = False
    """Whether a more exact piece beside it decides."""
    is_open: bool = False
    """Whether it is a number that needs a symbol or a sentence beside it, or an operation."""


def atoms(line: str) -> list[Atom]:
    """Return the pieces of a line, in order. The longest wins where pieces overlap."""
    lower = _lowered(line)
    if not any(needle in lower for needle in needles()) or _CODE.match(line):
        return []
    found = [*_numbers(line, lower), *_phrases(line, lower), *_symbols(line), *_sentences(line, lower)]
    found.sort(key=lambda each: (each.start, -each.end))
    kept: list[Atom] = []
    for each in found:
        if not kept or each.start >= kept[-1].end:
            kept.append(each)
    return kept


_TO_LOWER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}


def _lowered(line: str) -> str:
    # str.lower() changes the length of some texts that are not ASCII.
    return line.lower() if line.isascii() else line.translate(_TO_LOWER)


@cache
def needles() -> tuple[str, ...]:
    """Return what to look for first: a lower-case line that has none of these reports nothing."""
    wanted = {row.needle for row in (*NUMBERS, *PHRASES)}
    wanted.update(sentence.lower() for sentence in _all_sentences())
    wanted.update(symbol.lower()[:_SHORT] for symbol in _known_symbols())
    shortest = sorted(wanted, key=len)
    return tuple(each for at, each in enumerate(shortest) if not any(other in each for other in shortest[:at]))


# Spellings


def _numbers(line: str, lower: str) -> Iterator[Atom]:
    for row in NUMBERS:
        if row.needle in lower:
            yield from filter(None, (_of_number(row, match) for match in row.regex.finditer(line)))


def _of_number(row: Spelling, match: "re.Match[str]") -> Atom | None:
    read = read_number(row.means, match)
    if read is None:
        return None
    atom = Atom(match.start(), match.end(), row.name, read.symbol, read.cls, read.number, read.platforms, row.operation)
    atom.is_general, atom.is_open = row.is_general, read.is_open
    return atom


def _phrases(line: str, lower: str) -> Iterator[Atom]:
    for row in PHRASES:
        if row.needle in lower:
            for match in row.regex.finditer(line):
                means = NTSTATUS.get(match["name"]) if row.means == "ntstatus" else row.means
                if means is not None and not _is_point(line, match.start()):
                    yield _of_phrase(row, match, means)


def _of_phrase(row: Spelling, match: "re.Match[str]", means: str) -> Atom:
    is_symbol = means in _claimed()
    atom = Atom(match.start(), match.end(), row.name, means if is_symbol else None, None if is_symbol else means)
    atom.operation, atom.is_general = row.operation, row.is_general
    if row.means == "ntstatus":
        atom.platforms = ("win32",)
    return atom


# Symbols

# How much of a symbol is looked for first; many begin alike.
_SHORT = 6
# Node.js has a name of its own for what getaddrinfo() cannot find.
_OTHER_NAMES = {"ENOTFOUND": "EAI_NONAME"}
_SYMBOL = re.compile(
    # Alone, after a mark or after the name of a call; not in the middle of a sentence.
    r"(?:^|(?<=[:=\"'(\[{,|>])|(?<=[:\"'(\[{,|>-] )|(?<=[^=]= )|(?<=\d )|(?<=error )|(?<=code )|(?<=errno )"
    r"|(?<=::)|(?<=Failure )|(?<=Unix\.)"
    r"|(?<=connect )|(?<=read )|(?<=write )|(?<=listen )|(?<=bind )|(?<=accept )|(?<=getaddrinfo )|(?<=send )"
    r"|(?<=recv )|(?<=query[A-Z] )|(?<=queryA{4} )|(?<=querySrv )|(?<=queryTxt )|(?<=spawn ))"
    r"(?P<symbol>(?:WSA)?E[A-Z]{3,16}|EAI_[A-Z]{3,12}|e(?:conn|host|net|addr|timed|pipe)[a-z]{0,12})"
    # Not "the ECONNREFUSED error".
    r"(?![\w.-]\w|[\"'\])]? (?:errors?\b|errno\b|means|is |when|if |or |[Tt]he ))"
)


# A symbol in the markup of a text, which mentions it.
_QUOTED = re.compile(r"`[\w:.]{0,20}$")


def _symbols(line: str) -> Iterator[Atom]:
    known = _known_symbols()
    for match in _SYMBOL.finditer(line):
        name = match["symbol"].upper()
        if name in known and not _QUOTED.search(line, max(0, match.start() - 24), match.start()):
            yield Atom(match.start(), match.end(), "symbol", known[name], platforms=_of_windows(name))


def _of_windows(name: str) -> tuple[str, ...]:
    return ("win32",) if name.startswith("WSA") else ()


@cache
def _known_symbols() -> dict[str, str]:
    names = {symbol: platforms.canonical(symbol) for symbol in _claimed() if symbol[0] == "E"}
    windows = {f"WSA{name}": symbol for name, symbol in names.items() if not name.startswith("EAI_")}
    return {**names, **windows, **_OTHER_NAMES, "EWOULDBLOCK": "EAGAIN", "WSAEWOULDBLOCK": "EAGAIN"}


@cache
def _claimed() -> frozenset[str]:
    return frozenset(symbol for symbol, _, _ in all_claims() if not symbol.startswith("WSA"))


# Sentences

# What may stand before a sentence that reports a failure, and after it.
_OPENS = re.compile(
    r"(?:[:(\[{>=,|;)\]\u2013\u2014/-]|\b(?:failed|error|failure|errno|reason|Error|ERROR|\d|with|status))"
    r" {0,3}[\"'`(\[]{0,2}$"
)
_CLOSES = re.compile(
    r"(?!`\w)\s{0,2}(?:$|[.,;:)\]}\"'<|!\\(\[{>`*\u2013\u2014/-]"
    r"|(?:while|at|after|in|for|on|from|when|to|during|with|Is|by|==?>|error|errno|os)\b)"
)
# A point of a list, a heading or a quotation: what people write about failures.
_MARKDOWN = re.compile(r"\s{0,8}(?:[-*>#+]|\d\.)\s{1,4}[\"'`]?$")
# A line of a program, which may raise such a failure.
_CODE = re.compile(
    r"\s{0,80}[-+>]?\s{0,80}(?:(?:raise|throw|return|assert|except|catch|if|elif|expect|it)(?=[\s(])|self\.)"
)
# Sentences of so few words are written by people as well, in the middle of their own.
_FEW_WORDS = 5
# In how many characters a line may begin with what is not a part of its message.
_MARGIN = 100


def _sentences(line: str, lower: str) -> Iterator[Atom]:
    for sentence, (symbol, systems) in _all_sentences().items():
        at = lower.find(sentence)
        while at >= 0:
            end = at + len(sentence)
            if _is_reported(line, at, end, sentence):
                yield _numbered(line, Atom(at, end, "sentence", symbol, platforms=systems))
            at = lower.find(sentence, end)


# The number beside a sentence: "(111: Connection refused)", "(111)Connection refused", "Connection refused [111]".
_NUMBER_BEFORE = re.compile(r"(?:^|[(\[]|(?<!\w) |\b(?:[Ee]rror|[Cc]ode) )(?P<number>\d{1,6})(?:[:,] |[)\]]:? ?)$")
_NUMBER_AFTER = re.compile(r" ?[(\[](?:errno:? ?)?(?P<number>\d{1,6})[)\]]")


def _numbered(line: str, atom: Atom) -> Atom:
    """Add the number that stands beside a sentence, if a system has it for that."""
    for match in (
        _NUMBER_BEFORE.search(line, max(0, atom.start - 12), atom.start),
        _NUMBER_AFTER.match(line, atom.end),
    ):
        if match is not None and systems_of(int(match["number"]), atom.symbol or ""):
            atom.number, atom.spelling = int(match["number"]), "numbered-sentence"
            atom.start, atom.end = min(atom.start, match.start("number")), max(atom.end, match.end("number"))
    return atom


def _is_reported(line: str, start: int, end: int, sentence: str) -> bool:
    if _is_point(line, start) or (line[start - 1 : start] == "`" == line[end : end + 1] and line[: start - 1].strip()):
        return False
    if sentence.count(" ") >= _FEW_WORDS - 1:
        return True
    if _CLOSES.match(line, end, end + 12) is None:
        return False
    if start < _MARGIN and not line[:start].strip(" \t\"'"):
        return True
    return _OPENS.search(line, max(0, start - 12), start) is not None


def _is_point(line: str, start: int) -> bool:
    """Return whether nothing but the mark of a point, a heading or a quotation stands before a place in a line."""
    return start < _MARGIN and _MARKDOWN.match(line, 0, start) is not None


@cache
def _all_sentences() -> dict[str, tuple[str, tuple[str, ...]]]:
    """Return the sentences in lower case, as Go and many others write them, each with its symbol and systems."""
    found: dict[str, tuple[str, tuple[str, ...]]] = {}
    for table in (sentences.UNIX, sentences.WINDOWS, sentences.RESOLVER):
        for sentence, (symbol, systems) in table.items():
            # Systems that differ in the case of a letter only.
            others = found.get(sentence.lower(), ("", ()))[1]
            found[sentence.lower()] = (symbol, (*others, *systems.split()))
    # urllib3 begins with these words whatever has happened to a connection; musl means ECONNABORTED by them.
    del found["connection aborted"]
    return found


def is_of_files(symbol: str) -> bool:
    """Return whether operations on files fail with this symbol too, so that an operation must be named."""
    return symbol in FILE_SYMBOLS and symbol != "EPIPE"
