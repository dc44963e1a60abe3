"""Which class stands for which symbol in which operation. The class statements fill it."""

from . import platforms

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import TypeAlias

    from ._socket_error import SocketError
    from ._vocabulary import Operation

    AddressTest: TypeAlias = Callable[[object], bool]
    Claims: TypeAlias = dict[tuple[Operation | None, str], tuple[type[SocketError], AddressTest | None]]

# The class that claims a symbol in an operation, or in every operation (`None`).
_claims: "Claims" = {}
# On Windows these take precedence. A class statement spells their symbols with `WSA`.
_windows_claims: "Claims" = {}

by_message: "dict[str, type[SocketError]]" = {}
"""The class of what the socket module raises with a text and without a number."""
by_tls_reason: "dict[str | None, type[SocketError]]" = {}
"""The class of an `ssl.SSLError`, by its `reason`."""
by_verify_code: "dict[int | None, type[SocketError]]" = {}
"""The class of an `ssl.SSLCertVerificationError`, by its `verify_code`."""


def register(
    cls: "type[SocketError]",
    symbols: "Mapping[str, tuple[Operation | None, ...]]",
    when: "Mapping[str, AddressTest]",
) -> None:
    """Let a class stand for symbols, each in some operations (`None`: in every one) and for addresses that pass `when`.

    Raises `TypeError` if another class does so already.
    """
    for symbol, operations in symbols.items():
        claims = _windows_claims if symbol.startswith("WSA") else _claims
        name = platforms.canonical(symbol)
        for operation in operations:
            rival = claims.setdefault((operation, name), (cls, when.get(symbol)))[0]
            if rival is not cls:
                where = "every operation" if operation is None else operation
                raise TypeError(f"{cls.__name__} and {rival.__name__} both claim {symbol} in {where}")


def claimant(symbol: str, operation: "Operation | None", address: object, platform: str) -> "type[SocketError] | None":
    """Return the class that claims a canonical symbol in this operation, else in every one; `None` if none does."""
    for claims in (_windows_claims, _claims) if platform == "win32" else (_claims,):
        for key in ((operation, symbol), (None, symbol)):
            if key in claims:
                cls, when = claims[key]
                if when is None or when(address):
                    return cls
    return None


def depends_on_address(symbol: str, operation: "Operation | None") -> bool:
    """Return whether another address can change the class of a symbol in an operation."""
    return any(_claims.get(key, (None, None))[1] is not None for key in ((operation, symbol), (None, symbol)))


def all_claims() -> "Iterator[tuple[str, Operation | None, type[SocketError]]]":
    """Yield every claim as symbol, operation and class; symbols that are Windows' alone begin with `WSA`."""
    yield from ((symbol, operation, cls) for (operation, symbol), (cls, _) in _claims.items())
    for (operation, symbol), (cls, _) in _windows_claims.items():
        yield f"WSA{symbol.removeprefix('WSA')}", operation, cls
