"""The pieces of a line that report a failure: a number, a symbol, a sentence of a system, or a program's own words."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from itertools import count

from sockerr import _sentences as sentences
from sockerr import platforms
from sockerr._classification.itself import FILE_SYMBOLS
from sockerr._registry import all_claims

from . import _translations as translations
from ._codes import read_number, systems_of
from ._names import meaning_of, names
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


@dataclass(frozen=True, slots=True)
class _Sought:
    """Something to look for in a line."""

    rank: int
    """The lower rank wins where two are as long as each other."""
    needle: str
    """What a lower-case line has in it if it has this."""
    find: Callable[[str, str], Iterator[Atom]]


def atoms(line: str) -> list[Atom]:
    """Return the pieces of a line, in order. The longest wins where pieces overlap."""
    lower = _lowered(line)
    sought = _sought(line, lower)
    has_symbol = _SYMBOL_BEGINS.search(line) is not None
    if not (sought or has_symbol) or _CODE.match(line):
        return []
    found = [atom for _, each in sorted(sought.items()) for atom in each.find(line, lower)]
    if has_symbol:
        found += _symbols(line)
    found.sort(key=lambda each: (each.start, -each.end))
    kept: list[Atom] = []
    for each in found:
        if not kept or each.start >= kept[-1].end:
            kept.append(each)
    return kept


def _sought(line: str, lower: str) -> dict[int, _Sought]:
    """Return what may be in a line, by its rank."""
    english, others = _index()
    found = {each.rank: each for part in english if part in lower for each in english[part] if each.needle in lower}
    if not line.isascii():
        found.update((each.rank, each) for each in others if each.needle in lower)
    return found


_TO_LOWER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}


def _lowered(line: str) -> str:
    # str.lower() changes the length of some texts that are not ASCII.
    return line.lower() if line.isascii() else line.translate(_TO_LOWER)


# Parts of what is looked for, the rarest in logs first. A line is looked over for these, and for what has one of them
# only if it is there: most lines have few.
_PARTS = (
    "refus,unreach,certif,x509,handshak,prematur,nxdomain,ns_error,hang up,broken,resolv,lookup,reset,timed out,"
    "timeout,terminat,eof,abort,closed,lost,ssl,tls,err_,disconnect,in use,known,errno,socket,verb,trust,cipher,"
    "incomplete,alert,interr,0x80,curl,dpy-,cert,net,host,connect,fail,error,match,valid,miss,dres,port is ,received,"
    "serv,status,message,code: , exc, 503 u,able,any ,not ,file, pro,ame ,ine ,one ,ion "
).split(",")


@cache
def needles() -> tuple[str, ...]:
    """Return what to look for first: a lower-case line that has none of these, and no symbol, reports nothing."""
    english, others = _index()
    return (*english, *(each.needle for each in others))


@cache
def _index() -> tuple[dict[str, list[_Sought]], list[_Sought]]:
    """Return what to look for by the part that it has, and what can only be in a line that is not ASCII."""
    found: dict[str, list[_Sought]] = {part: [] for part in _PARTS}
    others: list[_Sought] = []
    for each in _all_sought():
        if each.needle.isascii():
            part = next((part for part in _PARTS if part in each.needle), each.needle)
            found.setdefault(part, []).append(each)
        else:
            others.append(each)
    return found, others


def _all_sought() -> Iterator[_Sought]:
    rank = count()
    for row in NUMBERS:
        yield _Sought(next(rank), row.needle, partial(_numbers, row))
    for row in PHRASES:
        yield _Sought(next(rank), row.needle, partial(_phrases, row))
    for sentence, meaning in _all_sentences().items():
        yield _Sought(next(rank), sentence, partial(_sentences, sentence, *meaning))


# Spellings

# What is said of a failure that a more exact one beside it decides: a wrapper says so of whatever has happened.
_GENERAL = frozenset({"ConnectFailed", "ResolutionError", "CertificateRejected", "TLSError"})


def _numbers(row: Spelling, line: str, _lower: str) -> Iterator[Atom]:
    for match in row.regex.finditer(line):
        read = read_number(row.means, match)
        if read is not None:
            atom = Atom(match.start(), match.end(), row.name, read.symbol, read.cls, read.number, read.platforms)
            atom.operation, atom.is_open = row.operation, read.is_open
            atom.is_general = row.is_general or read.cls in _GENERAL
            yield atom


def _phrases(row: Spelling, line: str, _lower: str) -> Iterator[Atom]:
    is_family = names(row.means) is not None
    for match in row.regex.finditer(line):
        means = meaning_of(row.means, match["name"]) if is_family else row.means
        if means is not None and not _is_point(line, match.start()) and not _is_mentioned(line, *match.span()):
            yield _of_phrase(row, match, means)


def _of_phrase(row: Spelling, match: "re.Match[str]", means: str) -> Atom:
    is_symbol = means in _claimed()
    atom = Atom(match.start(), match.end(), row.name, means if is_symbol else None, None if is_symbol else means)
    atom.operation, atom.is_general = row.operation, row.is_general or means in _GENERAL
    if row.means in ("ntstatus", "winhttp", "schannel"):
        atom.platforms = ("win32",)
    return atom


# Words after which a failure is spoken of, and not reported.
_MENTION = re.compile(
    r"(?:\b(?:an?|the|this|that|these|those|any|some|such as|like|gets?|got|getting|sees?|seeing|throws?|if|when"
    r"|whether|why|value)) [\"'\u2018\u201c]?$",
)


# What is said after a failure that is spoken of.
_MENTIONED = re.compile(r"[\"'`\u2019\u201d]? (?:errors?|exceptions?|messages?|issues?|problems?|means)\b(?!:)")


def _is_mentioned(line: str, start: int, end: int) -> bool:
    if line[start - 1 : start] == "`" == line[end : end + 1] and line[: start - 1].strip():
        return True
    if line.startswith("</", end) or line[max(0, start - 2) : start] in ("`'", '`"'):
        return True
    return (
        _MENTION.search(line, max(0, start - 16), start) is not None
        or _MENTIONED.match(line, end, end + 16) is not None
    )


# Symbols

# What is looked for first.
_SYMBOL_BEGINS = re.compile(r"\b(?:WSA)?E[A-Z]{3}|EAI_|\be(?:conn|host|net|addr|timed|pipe|acces|mfile|notconn)")
# Node.js has a name of its own for what getaddrinfo() cannot find.
_OTHER_NAMES = {"ENOTFOUND": "EAI_NONAME"}
_SYMBOL = re.compile(
    # Alone, after a mark or after the name of a call; not in the middle of a sentence.
    r"(?:^|(?<=[:=\"'(\[{,|>])|(?<=[:\"'(\[{,|>-] )|(?<=[^=]= )|(?<=\d )|(?<=error )|(?<=code )|(?<=errno )"
    r"|(?<=::)|(?<=Failure )|(?<=Unix\.)"
    r"|(?<=connect )|(?<=read )|(?<=write )|(?<=listen )|(?<=bind )|(?<=accept )|(?<=getaddrinfo )|(?<=send )"
    r"|(?<=recv )|(?<=query[A-Z] )|(?<=queryA{4} )|(?<=querySrv )|(?<=queryTxt )|(?<=spawn ))"
    r"(?P<symbol>(?:WSA)?E[A-Z]{3,16}|EAI_[A-Z]{3,12}|e(?:conn|host|net|addr|timed|pipe|acces|mfile|notconn)[a-z]{0,12})"
    # Not "the ECONNREFUSED error".
    r"(?![\w.-]\w|</|[\"'\])]? (?:errors?\b|errno\b|means|is |when|if |or |[Tt]he ))"
)


# A symbol in the markup of a text, which mentions it.
_QUOTED = re.compile(r"`[\w:.]{0,20}$")


def _symbols(line: str) -> list[Atom]:
    found = list(_each_symbol(line))
    # A list of symbols is what a program knows, and not what has happened.
    return [] if len({each.symbol for each in found}) >= _LIST else found


# How many symbols are a list.
_LIST = 4


def _each_symbol(line: str) -> Iterator[Atom]:
    known = _known_symbols()
    for match in _SYMBOL.finditer(line):
        name = match["symbol"].upper()
        if name in known and not _QUOTED.search(line, max(0, match.start() - 24), match.start()):
            atom = Atom(match.start(), match.end(), "symbol", known[name], platforms=_of_windows(name))
            # Node.js says so of any failure in TLS.
            atom.is_general = atom.symbol == "EPROTO"
            yield atom


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
    r"(?:[:(\[{>=,|;)\]\u2013\u2014/-]|\.{3}|(?:\.deb|ease|ages) {2}"
    r"|\b(?:failed|error|failure|errno|reason|Error|ERROR|\d|with|status))"
    r" {0,3}[\"'`(\[]{0,2}$"
)
_CLOSES = re.compile(
    # Not the value of a setting, and not what a broker of MQTT refuses, which is no connection.
    r"(?!`\w)(?!:? ?=|: ?\d{1,9} ?(?:m?s\b|sec|min|,|$))"
    r"(?!: ?(?:[Nn]ot authori[sz]ed|[Bb]ad user|[Ii]dentifier|[Uu]nacceptable|[Bb]roker|[Ss]erver [Uu]navailable))"
    r"\s{0,2}(?:$|[.,;:)\]}\"'<|!\\(\[{>`*\u2013\u2014\u3002\uff08/-]"
    r"|(?:while|at|after|in|for|on|from|when|to|during|with|Is|by|==?>|error|errno|os|version|received)\b)"
)
# A point of a list, a heading or a quotation: what people write about failures.
_MARKDOWN = re.compile(r"\s{0,8}(?:[-*>#+]|\d\.)\s{1,4}[\"'`]?$")
# A line of a program or of its configuration, which may raise such a failure; or of a table in a text.
_CODE = re.compile(
    r"\s{0,80}[-+>]?\s{0,80}(?:(?:raise|throw|return|assert|except|catch|if|elif|expect|it|case|print|printf|puts)"
    r"(?=[\s(])|(?:const|let|var|public|private|static|class|def|func|fn|function|import) |from [\w.]{1,80} import "
    r"|self\.|//|/\*|#define |#if|\"\"\"|(?:console|logger|logging|log|fmt)\.\w{1,12}\(|\w{1,30}\[\d{1,6}\] = "
    r"|\d{2,6}: ?[\"']|\d{2,6} ?= ?[A-Z_]{6,60}|[A-Z_]{6,60} ?=\s{1,9}-?\d|[*] [`'\"]{1,2}[A-Z][A-Z0-9_]{4,40}[`'\"]"
    r"|\|(?=[^\n]{3,400}\|\s{0,9}$)[^|\n]{1,200}\|)"
)
# Sentences of so few words are written by people as well, in the middle of their own.
_FEW_WORDS = 5
# In how many characters a line may begin with what is not a part of its message.
_MARGIN = 100


def _sentences(sentence: str, symbol: str, systems: tuple[str, ...], line: str, lower: str) -> Iterator[Atom]:
    at = lower.find(sentence)
    while at >= 0:
        end = at + len(sentence)
        if _is_reported(line, at, end, sentence):
            yield _numbered(line, _of_sentence(at, end, symbol, systems))
        at = lower.find(sentence, end)


def _of_sentence(start: int, end: int, means: str, systems: tuple[str, ...]) -> Atom:
    if means in _claimed():
        return Atom(start, end, "sentence", means, platforms=systems)
    return Atom(start, end, "sentence", cls=means, platforms=systems, is_general=means in _GENERAL)


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
    if line.startswith(" by peer", end) and not sentence.endswith("by peer"):
        return False
    if _is_point(line, start) or (line[start - 1 : start] == "`" == line[end : end + 1] and line[: start - 1].strip()):
        return False
    if sentence in _NOUNS and _AFTER_MARK.search(line, max(0, start - 4), start) is None:
        return False
    if sentence.count(" ") >= _FEW_WORDS - 1 or not sentence.isascii():
        return True
    if _CLOSES.match(line, end, end + 24) is None:
        return False
    if start < _MARGIN and not line[:start].strip(" \t\"'"):
        return True
    return _OPENS.search(line, max(0, start - 12), start) is not None


def _is_point(line: str, start: int) -> bool:
    """Return whether nothing but the mark of a point, a heading or a quotation stands before a place in a line."""
    return start < _MARGIN and _MARKDOWN.match(line, 0, start) is not None


# What settings are called as well, so that a mark must stand before it: "error: read timeout".
_NOUNS = frozenset(f"{name} timeout" for name in ("connect", "connection", "handshake", "read", "socket", "write"))
_AFTER_MARK = re.compile(r"(?:[:\]-] |[\w)]: ?[\"'(])$")

# What programs say in the place of such a sentence.
_OTHER_SENTENCES = {
    "connection reset": "ECONNRESET",
    "connection was reset": "ECONNRESET",
    "host not found": "EAI_NONAME",
    "host unreachable": "EHOSTUNREACH",
    "host is not reachable": "EHOSTUNREACH",
    "port already in use": "EADDRINUSE",
    "connect timed out": "ConnectTimedOut",
    "connect timeout": "ConnectTimedOut",
    "connection timeout": "ConnectTimedOut",
    "connection timed-out": "ConnectTimedOut",
    "handshake timeout": "ConnectTimedOut",
    "read timeout": "ReceiveTimedOut",
    "read timed out": "ReceiveTimedOut",
    "write timeout": "SendTimedOut",
    "socket timeout": "TimedOut",
    # Of Qt and libuv.
    "the address is not available": "EADDRNOTAVAIL",
    "address not available": "EADDRNOTAVAIL",
    "unknown node or service": "EAI_NONAME",
    "datagram was too large to send": "EMSGSIZE",
    "connection lost": "ConnectionLost",
    # Of newlib.
    "connection already in progress": "EINPROGRESS",
    "certificate expired": "CertificateExpired",
    "ssl handshake failed": "TLSError",
    "tls handshake failed": "TLSError",
    "ssl handshake error": "TLSError",
    "tls handshake error": "TLSError",
}


@cache
def _all_sentences() -> dict[str, tuple[str, tuple[str, ...]]]:
    """Return the sentences in lower case, as Go and many others write them, each with its symbol and systems."""
    found: dict[str, tuple[str, tuple[str, ...]]] = {name: (means, ()) for name, means in _OTHER_SENTENCES.items()}
    for translated, systems in ((translations.GLIBC, ("linux",)), (translations.WINDOWS, ("win32",))):
        found.update({_lowered(each): (symbol, systems) for symbol, said in translated.items() for each in said})
    for table in (sentences.UNIX, sentences.WINDOWS, sentences.RESOLVER):
        for sentence, (symbol, names_of_systems) in table.items():
            # Systems that differ in the case of a letter only.
            others = found.get(sentence.lower(), ("", ()))[1]
            found[sentence.lower()] = (symbol, (*others, *names_of_systems.split()))
    # urllib3 begins with these words whatever has happened to a connection; musl means ECONNABORTED by them.
    del found["connection aborted"]
    return found


def is_of_files(symbol: str) -> bool:
    """Return whether operations on files fail with this symbol too, so that an operation must be named."""
    return symbol in FILE_SYMBOLS and symbol != "EPIPE"
