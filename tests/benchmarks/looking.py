"""What it costs to look through what an exception wraps: it grows with what there is, and stops at the bound.

    python tests/benchmarks/looking.py

Each line is a ratio: the time for so many exceptions against the time for ten, and the same for each exception looked
at. Where the second stays near one, the cost is linear; where the first stops growing, the bound has been reached.
"""

import statistics
import time
from collections.abc import Callable

from sockerr import classify
from sockerr._classification.slots import LIMIT

SIZES = (10, 100, 1000, 10_000, 100_000)
ROUNDS = 25


class LibraryError(Exception):
    """A library's own."""


def deep(size: int) -> BaseException:
    error: BaseException = LibraryError()
    for _ in range(size - 1):
        outer = LibraryError()
        outer.__cause__ = error
        error = outer
    return error


def wide(size: int) -> BaseException:
    return ExceptionGroup("wide", [TimeoutError("timed out") for _ in range(size)])


def measure(make: Callable[[int], BaseException]) -> dict[int, float]:
    errors = {size: make(size) for size in SIZES}
    times: dict[int, list[float]] = {size: [] for size in SIZES}
    for _ in range(ROUNDS):
        for size, error in errors.items():
            began = time.perf_counter()
            classify(error)
            times[size].append(time.perf_counter() - began)
    for error in errors.values():
        take_apart(error)
    return {size: statistics.median(each) for size, each in times.items()}


def take_apart(error: BaseException | None) -> None:
    """Undo a long chain link by link, for who frees it whole may recurse."""
    while error is not None:
        error.__cause__, error = None, error.__cause__


def main() -> None:
    for name, make in {"deep (causes)": deep, "wide (group)": wide}.items():
        medians = measure(make)
        first = SIZES[0]
        print(f"{name:>15} {'all':>8} {'each':>8}")
        for size, median in medians.items():
            ratio = median / medians[first]
            each = ratio * first / min(size, LIMIT)
            print(f"{size:>15} {ratio:>8.1f} {each:>8.2f}")


if __name__ == "__main__":
    main()
