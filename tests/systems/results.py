"""What came of the suite on a system."""

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.etree import ElementTree

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


@dataclass(frozen=True)
class Result:
    """How many tests there were, and what became of them."""

    system: str
    python: str
    passed: int = 0
    failed: int = 0
    seconds: float = 0.0
    reasons: Counter[str] = field(default_factory=Counter)
    """Why tests do not apply there, with how many each."""
    output: str = ""
    """What was printed, where something failed."""

    @property
    def is_good(self) -> bool:
        return self.passed > 0 and self.failed == 0 and not self.output


def read(report: "Path", system: str, python: str, seconds: float, output: str) -> Result:
    """Read what pytest wrote with `--junitxml`."""
    cases = list(ElementTree.parse(report).iter("testcase"))  # noqa: S314  # we have just written it
    skipped = [each for case in cases for each in case.iter("skipped")]
    failed = sum(case.find("failure") is not None or case.find("error") is not None for case in cases)
    reasons = Counter(each.get("message", "") for each in skipped)
    return Result(system, python, len(cases) - failed - len(skipped), failed, seconds, reasons, output)


def table(results: "Iterable[Result]") -> str:
    """One line for each system, and below why tests do not apply."""
    lines = [f"{'system':<14} {'Python':<18} {'tests':>6} {'passed':>7} {'not applicable':>15} {'failed':>7} {'s':>5}"]
    for each in results:
        away = each.reasons.total()
        tests = each.passed + each.failed + away
        lines.append(
            f"{each.system:<14} {each.python:<18} {tests:>6} {each.passed:>7} {away:>15} {each.failed:>7} "
            f"{each.seconds:>5.0f}"
        )
    for each in results:
        lines += ["", f"Not applicable on {each.system}:"]
        lines += [f"{count:>6}  {reason}" for reason, count in each.reasons.most_common()]
    return "\n".join(lines)
