"""Make instances of a public class that handlers of the original exception's class catch too.

Strategy: most public classes inherit the one built-in class that their errors have. If the errors of a public class
have several (`herror` and `gaierror` both become `NameNotFound`), a private subclass of both is made on first use.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any, TypeVar

    from typing_extensions import TypeIs

    from ._socket_error import SocketError
    from ._vocabulary import Operation

    T = TypeVar("T")
    E = TypeVar("E", bound=OSError)
    S = TypeVar("S", bound=SocketError)

_variants: "dict[tuple[type[OSError], type[Exception]], type[OSError]]" = {}
_parents: "dict[type[OSError], tuple[type[OSError], type[Exception]]]" = {}


def is_a(value: object, cls: "type[T] | tuple[type[T], ...]") -> "TypeIs[T]":
    """Return what `isinstance` does, without asking the object for its `__class__`."""
    return issubclass(type(value), cls)


def variant(cls: "type[E]", origin: type[Exception]) -> "type[E]":
    """Return the class that is both `cls` and `origin`: `cls` itself, or a private subclass with the same name."""
    if issubclass(cls, origin):
        return cls
    parents = (public_class(cls), origin)
    if parents not in _variants:
        public = parents[0]
        namespace = {"__module__": public.__module__, "__doc__": public.__doc__}
        made = type(public.__name__, parents, namespace)
        _parents[made] = parents
        _variants[parents] = made
    return _variants[parents]  # type: ignore[return-value]  # it is a subclass of cls


def public_class(cls: "type[E]") -> "type[E]":
    """Return the class that a variant stands for; any other class is returned as it is."""
    return _parents[cls][0] if cls in _parents else cls  # type: ignore[return-value]  # it is the base of cls


def origin_of(cls: type[OSError]) -> "type[Exception] | None":
    """Return the original exception's class that a variant adds, or `None` for any other class."""
    return _parents[cls][1] if cls in _parents else None


# The slots of OSError, read and written without the properties that a class may have under the same names.
_SLOTS: "Mapping[str, Any]" = {
    name: vars(OSError)[name]
    for name in ("errno", "strerror", "filename", "filename2", "winerror")
    if name in vars(OSError)
}


def fields_of(error: OSError) -> "dict[str, Any]":
    """Return what the slots of an OSError hold."""
    return {name: slot.__get__(error) for name, slot in _SLOTS.items()}


def build(
    cls: "type[S]",
    origin: type[Exception],
    args: "tuple[Any, ...]",
    fields: "Mapping[str, Any]",
    operation: "Operation | None",
    address: object,
) -> "S":
    """Make an instance of `cls` that a handler of `origin` catches, with exactly these args and fields."""
    made = bare(variant(cls, origin), args, fields)
    made.operation = operation
    made.address = address
    return made


def bare(cls: "type[E]", args: "tuple[Any, ...]", fields: "Mapping[str, Any]") -> "E":
    """Make an instance of an OSError class with exactly these args and fields, without running its `__init__`."""
    error = OSError.__new__(cls)
    error.args = args
    for name, value in fields.items():
        # A slot that was never set reads as None, but one that is set to None prints as "None".
        if value is not None and name in _SLOTS:
            _SLOTS[name].__set__(error, value)
    return error
