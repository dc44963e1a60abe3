"""The tour: every situation, provoked on this machine, and its outcome."""

import json
import os
import platform
import sys
import textwrap
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from itertools import chain
from typing import TYPE_CHECKING, Any

from sockerr import platforms, testing
from sockerr._socket_error import class_for, meaning
from sockerr._vocabulary import ACCEPT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sockerr import SocketError
    from sockerr.testing import Outcome, Situation

WIDTH = 100
SYSTEMS = {"Linux": "linux", "macOS": "darwin", "Windows": "win32"}
_INDENT = " " * 11
_AT_ONCE = 4

# What the manual page accept(2) lists in addition to what the situations provoke.
_ACCEPT_DOCUMENTED = ("ECONNABORTED", "EPROTO", "ENOBUFS", "ENOMEM", "EPERM")


def run(*, verbose: bool, as_json: bool) -> int:
    """Provoke every situation, print the outcomes, and return 1 if a class is not the expected one."""
    outcomes = _provoke_all()
    if as_json:
        print(json.dumps(_record(outcomes), indent=1))
    else:
        _print(outcomes, verbose=verbose)
    return 1 if any(_is_wrong(each) for each in outcomes) else 0


def _provoke_all() -> "list[Outcome]":
    situations = testing.situations()
    # These wait most of the time, each in a network of its own, so several of them run at once.
    apart = [each for each in situations if each.needs]
    here = [each for each in situations if not each.needs]
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        provoke_apart = pool.map if sys.platform == "linux" else map
        # The others lower limits of this process, so they wait until no child is started any more.
        provoked = list(_show_progress(chain(provoke_apart(testing.run, apart), map(testing.run, here)), situations))
    return sorted(provoked, key=lambda each: situations.index(each.situation))


def _show_progress(outcomes: "Iterable[Outcome]", situations: "Sequence[Situation]") -> "Iterator[Outcome]":
    """Pass outcomes on, and count them on a terminal."""
    if not sys.stderr.isatty():
        yield from outcomes
        return
    for count, outcome in enumerate(outcomes, start=1):
        done = f"{count}/{len(situations)} {outcome.situation.operation}: {outcome.situation.sentence}"
        sys.stderr.write(f"\r\033[K{done}"[:WIDTH])
        sys.stderr.flush()
        yield outcome
    sys.stderr.write("\r\033[K")


def _is_wrong(outcome: "Outcome") -> bool:
    return outcome.unavailable is None and not outcome.as_expected


def _record(outcomes: "list[Outcome]") -> dict[str, Any]:
    return {
        "platform": platforms.current(),
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "date": datetime.now(UTC).date().isoformat(),
        "as_expected": sum(each.as_expected for each in outcomes),
        "otherwise": sum(_is_wrong(each) for each in outcomes),
        "not_provoked": sum(each.unavailable is not None for each in outcomes),
        "situations": [_situation_record(each) for each in outcomes],
    }


def _situation_record(outcome: "Outcome") -> dict[str, Any]:
    situation, error = outcome.situation, outcome.error
    return {
        "name": situation.name,
        "row": situation.row,
        "operation": situation.operation.value,
        "sentence": situation.sentence,
        "expected": [each.__name__ for each in situation.expected],
        "as_expected": outcome.as_expected,
        "not_provoked": outcome.unavailable,
        "raised": None if outcome.original is None else type(outcome.original).__name__,
        "error": None if error is None else error.as_dict(),
        "numbers": _numbers(outcome),
        "notes": [] if error is None else getattr(error, "__notes__", []),
    }


def _numbers(outcome: "Outcome") -> dict[str, int | None]:
    symbol = None if outcome.error is None else outcome.error.symbol
    return {name: None if symbol is None else platforms.number(symbol, name) for name in SYSTEMS.values()}


def _print(outcomes: "list[Outcome]", *, verbose: bool) -> None:
    paint = _Paint(sys.stdout.isatty() and not os.environ.get("NO_COLOR"))
    print(paint.bold(_columns("OPERATION", "SITUATION", "RETRY", *SYSTEMS)))
    print(paint.bold(f"{_INDENT}{'PYTHON RAISED':28} SOCKERR SAYS"))
    for outcome in outcomes:
        _print_outcome(outcome, paint, verbose=verbose)
    print()
    _print_summary(outcomes)
    print()
    _print_questions(outcomes, paint)


def _columns(operation: str, sentence: str, retry: str, *numbers: str) -> str:
    linux, macos, windows = numbers
    return f"{operation:<10} {sentence:<54} {retry:<14} {linux:>5} {macos:>5} {windows:>7}"


def _print_outcome(outcome: "Outcome", paint: "_Paint", *, verbose: bool) -> None:
    situation, error = outcome.situation, outcome.error
    print()
    if error is None:
        print(f"{situation.operation:<10} {situation.sentence}")
        text = "nothing was raised" if outcome.unavailable is None else f"not provoked here: {outcome.unavailable}"
        print(paint.dim(_wrapped(text)))
        return
    numbers = ("-" if each is None else str(each) for each in _numbers(outcome).values())
    print(_columns(situation.operation, situation.sentence, error.retry.replace("_", " "), *numbers))
    says = f"{paint.good(type(error).__name__)} {error.symbol or '-'}"
    print(f"{_INDENT}{_raised(outcome, error):28} {says}")
    if not outcome.as_expected:
        expected = " or ".join(each.__name__ for each in situation.expected)
        print(paint.bad(_wrapped(f"expected: {expected}")))
    for note in getattr(error, "__notes__", ()):
        print(paint.dim(_wrapped(note)))
    if verbose:
        print(paint.dim(_wrapped(f"means: {meaning(type(error))}.")))
        print(paint.dim(_wrapped(f"to do: {error.hint}")))


def _raised(outcome: "Outcome", error: "SocketError") -> str:
    original = outcome.original
    if original is None:
        return f"{error.code} on {error.platform}"
    number = getattr(original, "winerror", None) or getattr(original, "errno", None)
    return f"{type(original).__name__} {'-' if number is None else number}"


def _wrapped(text: str) -> str:
    return textwrap.fill(text, WIDTH, initial_indent=_INDENT, subsequent_indent=_INDENT)


def _print_summary(outcomes: "list[Outcome]") -> None:
    record = _record(outcomes)
    print(
        f"{record['as_expected']} situations came out as expected, {record['otherwise']} as something else, "
        f"{record['not_provoked']} could not be provoked here."
    )
    print(f"This was {record['python']} on {record['system']}.")
    print("The numbers in the last three columns are those of the systems' own headers.")


def _print_questions(outcomes: "list[Outcome]", paint: "_Paint") -> None:
    gone = (each.error for each in outcomes if each.situation.row == 12)
    print(paint.bold("Why did sending to a dead server raise nothing?"))
    print(
        textwrap.fill(
            "send() returns once the kernel has the bytes. Only when they arrive does the peer answer that nobody is "
            "there, and only a later call can report that answer. So a send that succeeded proves nothing: only a "
            "reply does.",
            WIDTH,
        )
    )
    for note in (note for error in gone for note in getattr(error, "__notes__", ())):
        print(f"Here {note}")
    print()
    print(paint.bold("What can a blocking accept() raise at all?"))
    for line in _accept_answer(outcomes):
        print(textwrap.fill(line, WIDTH, subsequent_indent="  "))


def _accept_answer(outcomes: "Iterable[Outcome]") -> "Iterator[str]":
    raised = [each for each in outcomes if each.situation.operation is ACCEPT and each.error is not None]
    yield (
        "Seen here: "
        + "; ".join(
            f"{type(each.error).__name__} {each.error.symbol or '-'} ({each.situation.sentence})"
            for each in raised
            if each.error is not None
        )
        + "."
    )
    documented = (f"{class_for(symbol, ACCEPT, None, 'linux').__name__} {symbol}" for symbol in _ACCEPT_DOCUMENTED)
    yield (
        f"Also documented: {', '.join(documented)}; on Linux, the network errors of the client's connection; and "
        "whatever a signal handler raises."
    )


class _Paint:
    """Colours for a terminal, or nothing."""

    def __init__(self, on: bool) -> None:
        self._on = on

    def bold(self, text: str) -> str:
        return self._in("1", text)

    def dim(self, text: str) -> str:
        return self._in("2", text)

    def good(self, text: str) -> str:
        return self._in("32", text)

    def bad(self, text: str) -> str:
        return self._in("31", text)

    def _in(self, code: str, text: str) -> str:
        return f"\033[{code}m{text}\033[0m" if self._on else text
