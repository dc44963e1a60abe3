"""Retry advice and fault of every class in every operation, as one table that shows in a review what has changed.

python -m tests.advice        writes tests/advice.txt
"""

from pathlib import Path

from sockerr import Evidence, Operation, SocketError
from sockerr._registry import all_claims
from sockerr._socket_error import catalogue

FILE = Path(__file__).with_name("advice.txt")


def table() -> str:
    """Return the table: each class with its symbols, and the operations that have the same advice together."""
    return "\n\n".join("\n".join([cls.__name__, *_symbols(cls), *_advice(cls)]) for cls in catalogue()) + "\n"


def _symbols(cls: type[SocketError]) -> list[str]:
    operations: dict[str, list[str]] = {}
    for symbol, operation, of in all_claims():
        if of is cls:
            operations.setdefault(symbol, []).append(operation or "any operation")
    return [f"  {symbol} in {', '.join(where)}" for symbol, where in operations.items()]


def _advice(cls: type[SocketError]) -> list[str]:
    operations: dict[str, list[str]] = {}
    for operation in (None, *Operation):
        error = cls("", operation=operation)
        # As for an error with a number: what rests on the type alone is never safe.
        error.evidence = Evidence.ERRNO
        operations.setdefault(f"{error.retry}, {error.fault}", []).append(operation or "unknown")
    if len(operations) == 1:
        return [f"  {advice}" for advice in operations]
    return [f"  {advice}: {', '.join(where)}" for advice, where in operations.items()]


if __name__ == "__main__":
    FILE.write_text(table(), encoding="utf-8")
