"""How an error leaves the program: as text, as a log record, and as a pickle."""

from . import platforms
from ._instances import fields_of, origin_of
from ._vocabulary import Evidence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeAlias

    from ._socket_error import SocketError

    State: TypeAlias = tuple[tuple[str, str] | None, tuple[Any, ...], dict[str, Any], dict[str, Any], str, int | None]


def spell_address(address: "Any") -> str:
    """Return an address as people write it. Any object is spelled somehow; this never raises."""
    if isinstance(address, str):
        # The abstract names of AF_UNIX begin with a null character.
        return address if address.isprintable() else repr(address)
    match address:
        case (str(host), int(port), *_):
            return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        case _:
            return safe_repr(address)


def plain(value: object) -> "str | int | float | None":
    """Return a value as JSON can have it: itself, or its `repr`."""
    return value if value is None or isinstance(value, (str, int, float)) else safe_repr(value)


def safe_repr(value: object) -> str:
    """Return the `repr` of a value, even if the value's own `__repr__` raises."""
    try:
        return repr(value)
    except Exception:  # noqa: BLE001  # an error can be printed whatever somebody's repr raises
        return object.__repr__(value)


def state_of(error: "SocketError") -> "State":
    """Return what a pickle keeps of an error: original class, args, fields, attributes, original system and number."""
    origin = origin_of(type(error))
    # The original's class goes by name: pickle's older protocols turn the built-in ones into OSError.
    name = None if origin is None else (origin.__module__, origin.__name__)
    slots = {"symbol": error.symbol, "operation": error.operation, "address": error.address}
    if error.located == "traceback":
        slots["_is_located"] = True
    attributes = {**error.__dict__, **slots}
    return name, error.args, fields_of(error), attributes, error.platform, error.code


def localize(state: "State") -> "State":
    """Replace the number of the error's original system by the number of this system."""
    origin, args, fields, attributes, platform, code = state
    at_home = platform == platforms.current()
    has_moved = attributes.get("_birth") or not at_home
    attributes["_birth"] = None if at_home else (platform, code)
    # OpenSSL's numbers are the same everywhere.
    if has_moved and code is not None and attributes.get("evidence") is not Evidence.TLS:
        is_errno = at_home and attributes.get("evidence") is not Evidence.WINERROR
        local = code if is_errno else _number_here(attributes["symbol"])
        if args and args[0] == fields["errno"]:
            args = (local, *args[1:])
        fields = {**fields, "errno": local}
    return origin, args, fields, attributes, platform, code


def _number_here(symbol: "str | None") -> "int | None":
    return None if symbol is None else platforms.number(symbol)


def import_origin(name: "tuple[str, str] | None") -> type[Exception]:
    """Return the original exception's class, or OSError where this Python does not have it."""
    if name is None:
        return OSError
    from importlib import import_module

    module, attribute = name
    try:
        found = getattr(import_module(module), attribute)
    except (ImportError, AttributeError):
        # A Python built without ssl reads errors of one that has it.
        return OSError
    return found if issubclass(found, Exception) else OSError
