"""Read the text of an exception that has nothing else: `[Errno N]`, `[WinError N]`, or the system's own sentence.

Only what cannot be misread counts. If a number could be an errno or a resolver's code, the system's sentence must
follow it and say which. A sentence must be exactly the system's, alone or after a colon at the end of a line, and only
sockets may cause it.
"""

from functools import cache

from sockerr import _sentences as sentences
from sockerr import platforms
from sockerr._codes import from_symbol
from sockerr._numbers import strerror, symbol_of
from sockerr._registry import all_claims, claimant
from sockerr._vocabulary import Evidence

from .itself import FILE_SYMBOLS
from .wrapped import text_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sockerr._socket_error import SocketError
    from sockerr._vocabulary import Operation


# asyncio puts this in the place of the system's sentence.
_ASYNCIO = "Connect call failed"

# What quotes another process, which had a connection of its own: a task queue, a PostgreSQL server or its pooler.
_QUOTES = ("Traceback (most recent call last):", "FATAL: ")


def from_message(error: BaseException, operation: "Operation | None", address: object) -> "list[SocketError]":
    """Return every failure that the text of a library's exception tells of; none if the text could be misread."""
    if type(error) is not OSError and type(error).__module__ == "builtins":
        # Anybody may have written the text of a built-in exception.
        return []
    symbols = _symbols_in(text_of(error))
    if not all(_means_a_socket(symbol, platform, operation) for symbol, platform in symbols):
        return []
    found = [from_symbol(symbol, None, None, platform, operation, address) for symbol, platform in symbols]
    for each in found:
        each.evidence = Evidence.MESSAGE
    return found


def _means_a_socket(symbol: str, platform: str, operation: "Operation | None") -> bool:
    if operation is None and symbol in FILE_SYMBOLS:
        return False
    return claimant(symbol, operation, None, platform) is not None


def _symbols_in(text: str) -> "list[tuple[str, str]]":
    """Return the symbol and the platform of every failure in a text."""
    if any(quote in text for quote in _QUOTES):
        return []
    windows = [(platforms.winerror_symbol(number), "win32") for number, _ in _numbers(text, "[WinError ")]
    here = [(_confirmed(number, rest), platforms.current()) for number, rest in _numbers(text, "[Errno ")]
    # Rust's standard library shows the number of this system in this way: WinError on Windows.
    rust = [(_of_rust(number), platforms.current()) for number, _ in _numbers(text, "(os error ", ")")]
    found = windows + here + rust or [(symbol_of_sentence(text), platforms.current())]
    known = [(symbol, platform) for symbol, platform in found if symbol is not None]
    return known if len(known) == len(found) else []


def _of_rust(number: int) -> "str | None":
    if platforms.current() == "win32":
        return platforms.winerror_symbol(number)
    return symbol_of(number, "errno")


def _numbers(text: str, mark: str, end: str = "]") -> "Iterator[tuple[int, str]]":
    for piece in text.split(mark)[1:]:
        number, _, rest = piece.partition(end)
        if number.removeprefix("-").isdecimal() and len(number) < 10:
            yield int(number), rest.strip()


def _confirmed(number: int, rest: str) -> "str | None":
    """Return the symbol of a number if it has one meaning only, or if what follows says that it is an errno."""
    names = (symbol_of(number, kind) for kind in platforms.KINDS)
    symbols = [name for name in names if name is not None]
    meanings = {claimant(name, None, None, platforms.current()) for name in symbols}
    if len(meanings) > 1 and not rest.startswith((strerror(number, symbols[0]) or _ASYNCIO, _ASYNCIO)):
        return None
    return next(iter(symbols), None)


def symbol_of_sentence(text: str, *, is_of_socket: bool = False) -> "str | None":
    """Return the symbol of the sentence of this system that a line of a text ends in.

    A sentence that files have as well counts only if the text is known to be about a socket.
    """
    known = _known_sentences(is_of_socket)
    ends = (line.rpartition(": ")[2].rstrip(" .)") for line in text.splitlines())
    return next((known[end] for end in ends if end in known), None)


@cache
def _known_sentences(is_of_socket: bool) -> "Mapping[str, str]":
    claimed = {symbol for symbol, _, _ in all_claims()} - (frozenset() if is_of_socket else FILE_SYMBOLS)
    said = {symbol: strerror(platforms.number(symbol), symbol) for symbol in claimed}
    system = {sentence.rstrip("."): symbol for symbol, sentence in said.items() if sentence}
    return {**system, **{sentence: symbol for sentence, (symbol, _) in sentences.RESOLVER.items()}}
