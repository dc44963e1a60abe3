"""How systems spell a failure: its numbers and sentences, and the words that people search for it with."""

from collections.abc import Iterable, Iterator

from pieces import code, operations, table
from rows import claims

from sockerr import SocketError, _sentences, platforms
from sockerr._classification import openssl
from sockerr._numbers import kind_of_symbol
from sockerr._registry import by_tls_reason, by_verify_code
from sockerr.platforms import win32

# What FormatMessage and HRESULT_FROM_WIN32 make of a Windows number. Source: winerror.h.
_HRESULT = 0x80070000
_WINSOCK = 10000
_MOST_SOUGHT = {"linux": "Linux", "darwin": "macOS"}

# What Python's own modules write instead of a system's sentence. Source: socketmodule.c, _ssl.c and http/client.py of
# CPython, and its ssl.py.
_OF_PYTHON = {
    "NameNotFound": ("getaddrinfo failed", "[Errno 11001] getaddrinfo failed"),
    "ConnectionReset": ("Remote end closed connection without response", "RemoteDisconnected"),
    "ReceiveTimedOut": ("The read operation timed out",),
    "SendTimedOut": ("The write operation timed out",),
    "TimedOut": ("timed out",),
    "ConnectTimedOut": ("The handshake operation timed out",),
    "CertificateRejected": ("CERTIFICATE_VERIFY_FAILED", "certificate verify failed", "SSLCertVerificationError"),
    "TLSConnectionLost": ("EOF occurred in violation of protocol", "UNEXPECTED_EOF_WHILE_READING"),
    "InvalidAddress": ("label empty or too long", "port must be 0-65535"),
}


def title(cls: type[SocketError]) -> str:
    """Return the name of a class, with the symbol and the numbers that people search for."""
    if not claims(cls):
        reason = next((each for each, of in by_tls_reason.items() if of is cls), None)
        return cls.__name__ if reason is None else f"{cls.__name__}: {reason}"
    symbol, limits = next(iter(claims(cls).items()))
    return f"{cls.__name__}: {symbol}{operations(limits)}, {', '.join(_most_sought(symbol))}"


def _most_sought(symbol: str) -> Iterator[str]:
    """Yield the numbers of a symbol on the systems that most people use."""
    kind = "errno " if kind_of_symbol(platforms.canonical(symbol)) == "errno" else ""
    by_number: dict[int, list[str]] = {}
    for system, name in _MOST_SOUGHT.items():
        number = _on(symbol, system)
        if number is not None:
            by_number.setdefault(number, []).append(name)
    for place, (number, names) in enumerate(by_number.items()):
        everywhere = "" if len(names) == len(_MOST_SOUGHT) else f" ({', '.join(names)})"
        yield f"{'' if place else kind}{number}{everywhere}"
    windows = _on(symbol, "win32")
    if windows is not None and windows >= _WINSOCK:
        yield f"WinError {windows}"


def _on(symbol: str, system: str) -> int | None:
    """Return the number that a system's sockets have for a symbol: on Windows that of Winsock, not of the C library."""
    if system != "win32" and symbol.startswith("WSA"):
        return None
    of_winsock = {name: number for number, name in win32.WINSOCK.items()} if system == "win32" else {}
    # Where Windows has two numbers for a symbol, WSAEACCES is Winsock's EACCES.
    bare = symbol.removeprefix("WSA")
    return of_winsock.get(bare) or platforms.number(platforms.canonical(symbol), system)


def numbers(cls: type[SocketError]) -> str:
    """Return a table of the numbers of a class, and of the systems that have them."""
    rows = [
        (code(symbol), code(str(number)), ", ".join(f"`{system}`" for system in systems))
        for symbol in claims(cls)
        for number, systems in _by_number(symbol).items()
    ]
    return table(("Symbol", "Number", "Systems"), rows) if rows else ""


def _by_number(symbol: str) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    names = ("win32",) if symbol.startswith("WSA") else platforms.names()
    for system in names:
        number = _on(symbol, system)
        if number is not None:
            found.setdefault(number, []).append(system)
    return found


def sentences(cls: type[SocketError]) -> str:
    """Return a table of what systems print for the symbols of a class, and of the systems that print it."""
    rows = [
        (sentence, code(symbol), ", ".join(f"`{system}`" for system in platforms.names() if system in systems))
        for sentence, symbol, systems in _sentences_of(cls)
    ]
    return table(("Sentence", "Symbol", "Systems"), rows) if rows else ""


def _sentences_of(cls: type[SocketError]) -> Iterator[tuple[str, str, set[str]]]:
    of = {platforms.canonical(symbol) for symbol in claims(cls)}
    for known in (_sentences.UNIX, _sentences.WINDOWS, _sentences.RESOLVER):
        for sentence, (symbol, systems) in known.items():
            if symbol in of:
                yield sentence, symbol, set(systems.split())


def of_openssl(cls: type[SocketError]) -> list[str]:
    """Return the reasons of OpenSSL, and the results of a verification, that a class stands for."""
    reasons = [str(reason) for reason, of in by_tls_reason.items() if of is cls]
    texts = [text for text, code in openssl.VERIFY_CODES.items() if by_verify_code.get(code) is cls]
    return [*reasons, *(text for text in texts if ", " not in text)]


def index(cls: type[SocketError]) -> str:
    """Return the entries of the index that lead to the page of a class; the search looks there first.

    What is a symbol of the class in some operations only, or its number on systems that few people use, comes after
    the pages of other classes.
    """
    every = claims(cls)
    sought = (*_MOST_SOUGHT, "win32")
    main = dict.fromkeys(_entries(cls, [symbol for symbol, of in every.items() if None in of], sought))
    rest = [entry for entry in _entries(cls, list(every), platforms.names()) if entry not in main]
    lines = [f"   ! single: {entry}" for entry in main] + [f"   single: {entry}" for entry in dict.fromkeys(rest)]
    return "\n".join(("```{eval-rst}", ".. index::", *lines, "```")) if lines else ""


def _entries(cls: type[SocketError], symbols: list[str], systems: Iterable[str]) -> Iterator[str]:
    for symbol in symbols:
        yield symbol
        for number, having in _by_number(symbol).items():
            there = [system for system in having if system in systems]
            if there:
                yield from _spelled(symbol, number, there)
    canonical = {platforms.canonical(each) for each in symbols}
    yield from (f"WinError {number}" for number, symbol in win32.WIN32.items() if symbol in canonical)
    for sentence, symbol, spoken_by in _sentences_of(cls):
        if symbol in canonical:
            yield from _printed(sentence, symbol, spoken_by)
    for reason in of_openssl(cls):
        yield from (reason, reason.lower().replace("_", " "))
    yield from _OF_PYTHON.get(cls.__name__, ())


def _printed(sentence: str, symbol: str, systems: set[str]) -> Iterator[str]:
    """Yield a sentence alone, as Python prints it, and its beginning: the search wants at least half of an entry."""
    yield sentence
    beginning, comma, _ = sentence.partition(",")
    if comma:
        yield beginning
    name = "WinError" if systems == {"win32"} else "Errno"
    numbers = dict.fromkeys(_on(symbol, system) for system in ("linux", "darwin", "win32") if system in systems)
    yield from (f"[{name} {number}] {sentence}" for number in numbers)


def _spelled(symbol: str, number: int, systems: Iterable[str]) -> Iterator[str]:
    """Yield a number in the ways in which it is written."""
    if number < _WINSOCK or any(system != "win32" for system in systems):
        if kind_of_symbol(platforms.canonical(symbol)) != "herror":
            yield f"errno {number}"
        return
    yield from (str(number), f"errno {number}", f"WinError {number}")
    if not symbol.startswith("EAI_"):
        yield f"WSA{symbol.removeprefix('WSA')}"
    yield f"0x{_HRESULT + number:08X}"
    yield str(_HRESULT + number - (1 << 32))
