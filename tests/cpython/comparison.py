"""What passes without sockerr and not with it, and why."""

from dataclasses import dataclass, field

from .runs import Run, Setting, Way, run

# How often a test that passed only without sockerr runs again, each way.
ROUNDS = 3


@dataclass
class Comparison:
    """A module without sockerr and with it."""

    module: str
    bare: Run
    wrapped: Run
    differences: dict[str, str] = field(default_factory=dict)
    """What passes without sockerr and fails with it, and how it fails."""
    of_message: dict[str, str] = field(default_factory=dict)
    """What fails with sockerr only because its errors have a message of their own, and how it fails."""
    of_any_wrapper: dict[str, str] = field(default_factory=dict)
    """What fails with a wrapper that only calls, too, and how it fails with that."""
    unstable: list[str] = field(default_factory=list)
    """What failed with sockerr at first; when it ran again, it passed with sockerr or failed without."""

    def row(self) -> str:
        """Return the line of the table."""
        reasons = set(self.bare.said.values())
        if len(reasons) == 1 and self.bare.count("skipped") == len(self.bare.outcomes):
            return f"{self.module:<34} skipped: {reasons.pop()}"
        tests, passed, passed_with = len(self.bare.outcomes), len(self.bare.good()), len(self.wrapped.good())
        return (
            f"{self.module:<34} {tests:>6} {passed:>15} {passed_with:>12} {self.wrapped.translated.total():>11} "
            f"{self.bare.seconds:>10.0f} {self.wrapped.seconds:>7.0f}"
        )

    def details(self) -> str:
        """Return all that the table does not say."""
        lines = []
        for way, each in (("without", self.bare), ("with", self.wrapped)):
            if each.trouble:
                lines.append(f"{self.module} did not run to its end {way} sockerr: {each.trouble}")
            lines += [f"ended its process {way} sockerr: {name}" for name in each.ended()]
        lines += [f"FAILS ONLY WITH SOCKERR: {name}\n{said}" for name, said in self.differences.items()]
        for reason, tests in (
            ("reads the message, which sockerr words in its own way", self.of_message),
            ("fails with every wrapper", self.of_any_wrapper),
        ):
            lines += [f"{reason}: {name}\n    {_last_line(said)}" for name, said in tests.items()]
        lines += [f"fails now and then: {name}" for name in self.unstable]
        return "".join(f"{line}\n" for line in lines)


def _last_line(text: str) -> str:
    return text.strip().rpartition("\n")[2]


def compare(setting: Setting, module: str) -> Comparison:
    """Run a module without sockerr and with it, and find out about what passes only without."""
    bare = run(setting, "bare", module)
    # What ends its process without sockerr cannot pass only without.
    result = Comparison(module, bare, run(setting, "sockerr", module, leave_out=bare.ended()))
    suspects = bare.good() - result.wrapped.good()
    good_bare, _ = _again(setting, "bare", module, suspects)
    good_wrapped, wrapped = _again(setting, "sockerr", module, suspects & good_bare)
    real = (suspects & good_bare) - good_wrapped
    result.unstable = sorted(suspects - real)
    good_with_nothing, nothing = _again(setting, "nothing", module, real)
    result.of_any_wrapper = {name: nothing.told(name) for name in sorted(real - good_with_nothing)}
    real &= good_with_nothing
    good_with_messages, _ = _again(setting, "original messages", module, real)
    result.of_message = {name: wrapped.told(name) for name in sorted(real & good_with_messages)}
    result.differences = {name: wrapped.told(name) for name in sorted(real - good_with_messages)}
    return result


def _again(setting: Setting, way: Way, module: str, tests: set[str]) -> tuple[set[str], Run]:
    """Run tests until each has passed once, but not for ever; returns those that have passed, and the last run."""
    good: set[str] = set()
    last = Run()
    for _ in range(ROUNDS):
        if not tests - good:
            break
        last = run(setting, way, module, tests - good)
        good |= last.good()
    return good, last
