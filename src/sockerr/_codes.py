"""Make typed errors from a symbol or a number."""

from . import platforms
from ._instances import build
from ._numbers import kind_of_symbol, raised_class, strerror, symbol_of
from ._socket_error import SocketError, class_for, meaning, set_birth
from ._vocabulary import Evidence, Operation
from .platforms import Kind  # noqa: TC001  # typing.get_type_hints looks it up


def from_code(
    code: "int | str",
    message: "str | None" = None,
    *,
    platform: "str | None" = None,
    kind: "Kind | None" = None,
    operation: "Operation | str | None" = None,
    address: object = None,
) -> SocketError:
    """Make the typed error for a symbol, or for the number that a system has for it.

    `code` is a symbol (`"ECONNREFUSED"`), or a number of `platform` (default: this system). Since numbers of different
    kinds overlap, `kind` says whether it is an `errno`, a `resolver` code or an `herror`; without it the first kind
    that has the number is taken, in this order. `message` defaults to this system's.

    >>> import sockerr
    >>> error = sockerr.from_code(10061, platform="win32", operation="connect")
    >>> error.symbol, error.platform, error.code
    ('ECONNREFUSED', 'win32', 10061)

    An unknown number makes a plain `SocketError` without a symbol; an unknown symbol, platform, kind or operation
    raises `ValueError`.
    """
    doing = None if operation is None else Operation(operation)
    if kind is not None:
        platforms.check_kind(kind)
    if isinstance(code, str):
        return from_symbol(_known_symbol(code), None, message, platform, doing, address)
    if isinstance(code, int) and not isinstance(code, bool):
        return from_symbol(_symbol_of_code(code, platform, kind), code, message, platform, doing, address)
    raise TypeError(f"code must be a symbol or a number, not {type(code).__name__}")


def _known_symbol(code: str) -> str:
    symbol = platforms.canonical(code)
    number = platforms.number(symbol)
    if number is not None:
        return symbol_of(number, kind_of_symbol(symbol)) or symbol
    everywhere = {each for name in platforms.names() for each in platforms.table(name)}
    everywhere.update(each for _, _, each in platforms.windows_numbers())
    if symbol in everywhere:
        return symbol
    from difflib import get_close_matches

    near = get_close_matches(symbol.upper(), sorted(everywhere), n=3, cutoff=0.5)
    hint = f": did you mean {' or '.join(near)}?" if near else ""
    raise ValueError(f"unknown symbol {code!r}{hint}")


def _symbol_of_code(code: int, platform: "str | None", kind: "Kind | None") -> "str | None":
    for each in platforms.KINDS if kind is None else (kind,):
        names = platforms.symbols(code, platform, kind=each)
        if names:
            return names[0]
    return None


def from_symbol(
    symbol: "str | None",
    number: "int | None",
    message: "str | None",
    platform: "str | None",
    operation: "Operation | None",
    address: object,
) -> SocketError:
    """Make the typed error of a symbol (or of none), with this system's number or one of another system."""
    born = platforms.current() if platform is None else platforms.known_name(platform)
    is_foreign = born != platforms.current()
    local = number
    if number is None or is_foreign:
        local = None if symbol is None else platforms.number(symbol)
    name = symbol or ""
    cls = class_for(name, operation, address, born)
    text = message or strerror(local, name) or (meaning(cls) if symbol else f"Unknown error {number}")
    fields = {"errno": local, "strerror": text}
    made = build(cls, raised_class(name, local), (local, text), fields, operation, address)
    evidence = Evidence.ERRNO if kind_of_symbol(name) == "errno" else Evidence.RESOLVER
    made.symbol, made.evidence = symbol, evidence
    if is_foreign:
        set_birth(made, born, platforms.number(name, born) if number is None else number)
    return made
