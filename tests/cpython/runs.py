"""Children that run a module, and what they report."""

import contextlib
import json
import os
import signal
import subprocess
import tempfile
import time
from collections import Counter
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from sockerr.testing import Unavailable
from sockerr.testing._network import OWN_NETWORK, require_namespaces
from tests.systems.machines import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.systems.machines import System

Way = Literal["bare", "sockerr", "original messages", "nothing"]

SECONDS_OF_A_CHILD = 900
# A child goes on behind a test that ended the one before it.
CHILDREN = 5
_ENDED = "ended the process"
# Starts a command in a network that has nothing but a loopback interface.
OWN_LOOPBACK = (*OWN_NETWORK, "sh", "-c", 'ip link set lo up && exec "$@"', "sh")

# A test has several where its subtests or its cleanup have their own; the first of these counts.
_WORST_FIRST = (
    _ENDED,
    "error",
    "failed",
    "unexpected success",
    "skipped",
    "expected failure",
    "passed",
)
GOOD = frozenset({"passed", "expected failure"})


@dataclass(frozen=True)
class Request:
    """What a child is asked for."""

    way: Way
    module: str
    report: str
    only: tuple[str, ...]
    """The tests to run; none stands for all."""
    leave_out: tuple[str, ...]
    resources: tuple[str, ...]
    """What tests may use. Never the network, so that nothing leaves this machine."""
    seconds: int
    """How long a test may take."""


@dataclass(frozen=True)
class Setting:
    """What every run has in common."""

    system: "System"
    resources: tuple[str, ...]
    seconds: int
    is_alone: bool
    """Whether children run in a network of their own, where there is nobody to reach."""


@dataclass
class Run:
    """What came of the tests of a module."""

    outcomes: dict[str, str] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)
    """Why tests failed or were skipped."""
    calls: int = 0
    """How many calls were wrapped."""
    translated: Counter[str] = field(default_factory=Counter)
    """How many errors sockerr translated, by class."""
    seconds: float = 0.0
    trouble: str = ""
    """Why the module did not run to its end."""

    def count(self, outcome: str) -> int:
        return sum(each == outcome for each in self.outcomes.values())

    def good(self) -> set[str]:
        return {name for name, outcome in self.outcomes.items() if outcome in GOOD}

    def ended(self) -> list[str]:
        """Return the tests in which the process ended, or was ended because they took too long."""
        return [name for name, outcome in self.outcomes.items() if outcome == _ENDED]

    def told(self, test: str) -> str:
        """Return what came of a test, and why."""
        return f"{self.outcomes.get(test, 'did not run')} {self.said.get(test, '')}"

    def record(self, test: str, outcome: str, said: str) -> None:
        before = self.outcomes.get(test, "passed")
        self.outcomes[test] = min(before, outcome, key=_WORST_FIRST.index)
        if said:
            self.said[test] = "\n".join(filter(None, (self.said.get(test), said)))


def can_be_alone() -> bool:
    """Return whether this machine lets a command have a network of its own."""
    try:
        require_namespaces()
    except Unavailable:
        return False
    return subprocess.run((*OWN_LOOPBACK, "true"), capture_output=True, check=False).returncode == 0


def run(setting: Setting, way: Way, module: str, only: "Iterable[str]" = (), leave_out: "Iterable[str]" = ()) -> Run:
    """Run a module, or some tests of it, to the end or until too many tests have ended their process."""
    result = Run()
    began = time.monotonic()
    for _ in range(CHILDREN):
        done = (*leave_out, *result.outcomes)
        if not _goes_on(setting, way, module, tuple(only), done, result):
            break
    result.seconds = time.monotonic() - began
    return result


def _goes_on(
    setting: Setting, way: Way, module: str, only: tuple[str, ...], done: tuple[str, ...], result: Run
) -> bool:
    """Run a child; returns whether it ended in a test, so that another can go on behind that."""
    with tempfile.TemporaryDirectory(prefix="cpython", ignore_cleanup_errors=True) as folder:
        report, request, output = (Path(folder, name) for name in ("report", "request", "output"))
        (work := Path(folder, "work")).mkdir()
        report.touch()
        asked = Request(way, f"test.{module}", str(report), only, done, setting.resources, setting.seconds)
        request.write_text(json.dumps(asdict(asked)), encoding="utf-8")
        ending = _start(setting, request, work, output)
        open_test, is_finished = _read(report, result)
        if is_finished:
            result.trouble = ""
            return False
        result.trouble = f"{ending}\n{output.read_text(encoding='utf-8', errors='replace')[-3000:]}"
        if open_test is None:
            return False
        result.record(open_test, _ENDED, result.trouble)
        return True


def _start(setting: Setting, request: Path, work: Path, output: Path) -> str:
    """Run a child in a folder of its own; returns how it ended."""
    python = (*OWN_LOOPBACK, *setting.system.command) if setting.is_alone else setting.system.command
    ours = setting.system.environment
    path = os.pathsep.join((str(ROOT), ours["PYTHONPATH"]))
    environment = {**os.environ, **ours, "PYTHONPATH": path, "TMPDIR": str(work)}
    with output.open("wb") as stream:
        child = subprocess.Popen(
            (*python, "-m", "tests.cpython.child", str(request)),
            cwd=work,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=subprocess.STDOUT,
            # So that what tests have started ends with it.
            start_new_session=True,
        )
        try:
            ending = f"exit status {child.wait(SECONDS_OF_A_CHILD)}"
        except subprocess.TimeoutExpired:
            ending = f"not finished after {SECONDS_OF_A_CHILD} s"
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
    return ending


def _read(report: Path, result: Run) -> tuple[str | None, bool]:
    """Add what a child reports; returns the test that it was in at its end, and whether it came to the end."""
    open_test = None
    for line in report.read_text(encoding="utf-8").splitlines():
        said = json.loads(line)
        if "calls" in said:
            result.calls = said["calls"]
            result.translated.update(said["translated"])
            return None, True
        if said["outcome"] == "started":
            open_test = said["test"]
        elif said["outcome"] == "stopped":
            open_test = None
        else:
            result.record(said["test"], said["outcome"], said["said"])
    return open_test, False
