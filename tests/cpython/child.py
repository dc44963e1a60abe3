"""Run one module of CPython's tests, in the Python that it tests, and write what came of each test as it happens.

The argument is a file with the request, a JSON object: see `runs.Request`. The report has one JSON object a line.
"""

import faulthandler
import importlib.util
import json
import sys
import traceback
import unittest
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from . import wrapping

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

    ExcInfo = tuple[type[BaseException], BaseException, TracebackType] | tuple[None, None, None]

WAYS = {
    "bare": lambda: 0,
    "sockerr": wrapping.wrap_with_sockerr,
    "original messages": wrapping.wrap_with_original_messages,
    "nothing": wrapping.wrap_with_nothing,
}
# The end of a traceback says what failed.
LONGEST_TRACEBACK = 4000


class Recorder(unittest.TestResult):
    """Writes what comes of each test; ends the process where one takes too long."""

    def __init__(self, report: TextIO, seconds: float) -> None:
        super().__init__()
        self.report = report
        self.seconds = seconds

    def startTest(self, test: unittest.TestCase) -> None:  # noqa: N802  # the name that unittest calls
        super().startTest(test)
        self._write(test, "started")
        faulthandler.dump_traceback_later(self.seconds, exit=True)

    def stopTest(self, test: unittest.TestCase) -> None:  # noqa: N802  # the name that unittest calls
        super().stopTest(test)
        self._write(test, "stopped")
        faulthandler.cancel_dump_traceback_later()

    def addSuccess(self, test: unittest.TestCase) -> None:  # noqa: N802  # the name that unittest calls
        self._write(test, "passed")

    def addFailure(self, test: unittest.TestCase, err: "ExcInfo") -> None:  # noqa: N802  # the name that unittest calls
        self._write(test, "failed", err)

    def addError(self, test: unittest.TestCase, err: "ExcInfo") -> None:  # noqa: N802  # the name that unittest calls
        self._write(test, "error", err)

    def addSkip(self, test: unittest.TestCase, reason: str) -> None:  # noqa: N802  # the name that unittest calls
        self._write(test, "skipped", said=reason)

    def addExpectedFailure(self, test: unittest.TestCase, err: "ExcInfo") -> None:  # noqa: N802  # the name that unittest calls
        self._write(test, "expected failure", err)

    def addUnexpectedSuccess(self, test: unittest.TestCase) -> None:  # noqa: N802  # the name that unittest calls
        self._write(test, "unexpected success")

    def addSubTest(  # noqa: N802  # the name that unittest calls
        self, test: unittest.TestCase, subtest: unittest.TestCase, err: "ExcInfo | None"
    ) -> None:
        if err is not None and err[0] is not None:
            self._write(test, "failed" if issubclass(err[0], test.failureException) else "error", err, str(subtest))

    def _write(self, test: unittest.TestCase, outcome: str, err: "ExcInfo | None" = None, said: str = "") -> None:
        if err is not None:
            said = "\n".join(filter(None, (said, "".join(traceback.format_exception(*err))[-LONGEST_TRACEBACK:])))
        # A subtest counts for the test that it is in.
        self.write(getattr(test, "test_case", test).id(), outcome, said)

    def write(self, name: str, outcome: str, said: str) -> None:
        self.report.write(json.dumps({"test": name, "outcome": outcome, "said": said}) + "\n")


def main() -> None:
    request: dict[str, Any] = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    calls = WAYS[request["way"]]()
    with Path(request["report"]).open("a", encoding="utf-8", buffering=1) as report:
        recorder = Recorder(report, request["seconds"])
        try:
            _suite(request).run(recorder)
        except unittest.SkipTest as reason:
            recorder.write(request["module"], "skipped", str(reason))
        report.write(json.dumps({"calls": calls, "translated": wrapping.translated}) + "\n")


def _exists(module: str) -> bool:
    try:
        return importlib.util.find_spec(module) is not None
    except ModuleNotFoundError:
        return False


def _suite(request: dict[str, Any]) -> unittest.TestSuite:
    from test import support

    support.use_resources = request["resources"]
    if not _exists(request["module"]):
        raise unittest.SkipTest("not in this Python")
    tests = _tests(unittest.defaultTestLoader.loadTestsFromName(request["module"]))
    only, leave_out = frozenset(request["only"]), frozenset(request["leave_out"])
    return unittest.TestSuite(each for each in tests if each.id() not in leave_out and (not only or each.id() in only))


def _tests(suite: unittest.TestSuite) -> "Iterator[unittest.TestCase]":
    for each in suite:
        if isinstance(each, unittest.TestSuite):
            yield from _tests(each)
        else:
            yield each


if __name__ == "__main__":
    main()
