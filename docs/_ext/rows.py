"""What the class statement of an error says, in words: its symbols, and the advice for each operation."""

import inspect
from collections.abc import Iterable, Mapping, Sequence
from itertools import takewhile
from typing import TypeVar

from pieces import operations

from sockerr import Evidence, Operation, SocketError
from sockerr._registry import all_claims

V = TypeVar("V", bound=str)


def claims(cls: type[SocketError]) -> dict[str, list[Operation | None]]:
    """Return the symbols of a class, each with the operations in which it stands for them (`None`: in every one)."""
    found: dict[str, list[Operation | None]] = {}
    for symbol, operation, claimant in all_claims():
        if claimant is cls:
            found.setdefault(symbol, []).append(operation)
    return found


def symbols(cls: type[SocketError]) -> str:
    """Return the symbols of a class as a list, with the operations that they are limited to."""
    return ", ".join(f"`{symbol}`{operations(of)}" for symbol, of in claims(cls).items())


def examples(cls: type[SocketError]) -> dict[Operation | None, SocketError]:
    """Return an error of a class for each operation, as one with a number, since a type alone is never safe."""
    errors = {operation: cls("", operation=operation) for operation in (None, *Operation)}
    for error in errors.values():
        error.evidence = Evidence.ERRNO
    return errors


def per_operation(row: Mapping[Operation | None, str]) -> str:
    """Return one value, or one for some operations and another for the rest, as code."""
    values = by_value(row)
    texts = [f"`{value}`{operations(of)}" for value, of in values]
    return "; ".join([*texts[:-1], f"otherwise {texts[-1]}"]) if len(values) > 1 else texts[0]


def by_value(row: Mapping[Operation | None, V]) -> list[tuple[V, list[Operation | None]]]:
    """Group operations with the same value. The value of all others (`None`) comes last, and names no operation."""
    grouped: dict[V, list[Operation | None]] = {}
    for operation, value in row.items():
        grouped.setdefault(value, []).append(operation)
    values = sorted(grouped.items(), key=lambda item: None in item[1])
    return [(value, [] if None in of else of) for value, of in values]


def retry(cls: type[SocketError], of: Iterable[Operation]) -> str:
    """Return the advice of a class about retries, in some operations and in all others."""
    made = examples(cls)
    return per_operation({each: made[each].retry for each in (None, *of)})


def fault(cls: type[SocketError], of: Iterable[Operation]) -> str:
    """Return who can fix the failures of a class, in some operations and in all others."""
    made = examples(cls)
    return per_operation({each: made[each].fault for each in (None, *of)})


def hints(cls: type[SocketError]) -> Sequence[tuple[str, list[Operation | None]]]:
    """Return each hint with its operations: the one for all others first, the rest in the order of a socket's life."""
    *others, always = by_value({of: error.hint for of, error in examples(cls).items()})
    return [always, *others]


def paragraphs(cls: type[SocketError]) -> list[str]:
    """Return the paragraphs of a docstring up to its first example, without the source."""
    every = (" ".join(each.split()) for each in (inspect.getdoc(cls) or "").split("\n\n"))
    before = takewhile(lambda each: ">>>" not in each, every)
    return [each for each in before if not each.startswith("Source: ")]


def caught_by(cls: type[SocketError]) -> list[str]:
    """Return the classes whose handlers catch an error of a class, the nearest first."""
    made = type(cls()) if claims(cls) else cls
    known = list(made.__mro__[: made.__mro__.index(Exception)])
    # The private subclass that is also the built-in class has the name of the public one.
    return list(dict.fromkeys(_name(each) for each in known))


def _name(cls: type) -> str:
    return cls.__name__ if cls.__module__ == "builtins" else f"{cls.__module__}.{cls.__name__}"
