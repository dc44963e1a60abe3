"""What a text says, where nothing but a text is left: `[Errno N]`, `[WinError N]`, or the system's own sentence.

Only what cannot be misread counts. A number that could be an errno as well as a resolver's code must be followed by the
sentence of one of them; a sentence must be exactly the system's, at the end of a line and behind a colon or on its own,
and one that only sockets cause.
"""

from . import platforms
from .base import class_for, registry, strerror, symbol_of
from .evidence import OF_FILES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


# What gai_strerror(3) says: glibc, macOS and the BSDs, musl.
_RESOLVER_SENTENCES = {
    "Name or service not known": "EAI_NONAME",
    "nodename nor servname provided, or not known": "EAI_NONAME",
    "Name does not resolve": "EAI_NONAME",
    "No address associated with hostname": "EAI_NODATA",
    "Temporary failure in name resolution": "EAI_AGAIN",
    "Try again": "EAI_AGAIN",
    "Non-recoverable failure in name resolution": "EAI_FAIL",
    "Servname not supported for ai_socktype": "EAI_SERVICE",
}

# asyncio puts this in the place of the system's sentence.
_ASYNCIO = "Connect call failed"

_sentences: "dict[str, str]" = {}


def symbols_in(text: str) -> "list[tuple[str, str]]":
    """Every failure that a text tells of, as symbol and platform; none where it could be misread."""
    windows = [(platforms.winerror_symbol(number), "win32") for number, _ in _numbers(text, "[WinError ")]
    here = [(_confirmed(number, rest), platforms.current()) for number, rest in _numbers(text, "[Errno ")]
    found = windows + here or [(_of_sentence(text), platforms.current())]
    known = [(symbol, platform) for symbol, platform in found if symbol is not None]
    return known if len(known) == len(found) else []


def _numbers(text: str, mark: str) -> "Iterator[tuple[int, str]]":
    for piece in text.split(mark)[1:]:
        number, _, rest = piece.partition("]")
        if number.removeprefix("-").isdecimal() and len(number) < 10:
            yield int(number), rest.strip()


def _confirmed(number: int, rest: str) -> "str | None":
    """The symbol of a number, if all that have it mean the same by it, or what follows says that it is an errno."""
    names = (symbol_of(number, kind) for kind in platforms.KINDS)
    symbols = [name for name in names if name is not None]
    meanings = {class_for(name, None, None, platforms.current()) for name in symbols}
    if len(meanings) > 1 and not rest.startswith((strerror(number, symbols[0]) or _ASYNCIO, _ASYNCIO)):
        return None
    return next(iter(symbols), None)


def _of_sentence(text: str) -> "str | None":
    sentences = _known_sentences()
    ends = (line.rpartition(": ")[2].rstrip(" .)") for line in text.splitlines())
    return next((sentences[end] for end in ends if end in sentences), None)


def _known_sentences() -> "Mapping[str, str]":
    if not _sentences:
        claimed = {symbol for _, symbol in registry} - OF_FILES
        said = {symbol: strerror(platforms.number(symbol), symbol) for symbol in claimed}
        _sentences.update({sentence.rstrip("."): symbol for symbol, sentence in said.items() if sentence})
        _sentences.update(_RESOLVER_SENTENCES)
    return _sentences
