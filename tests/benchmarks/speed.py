"""What sockerr costs, beside what people already accept, in one run.

    python tests/benchmarks/speed.py --fast

Every line is a ratio of medians; absolute times mean nothing on a shared machine. The spread behind a ratio is that of
the quartiles: what it would have been with the slow quartile of one against the fast quartile of the other, and the
other way round. A wide one means that the machine was busy, and that the ratio says little.
"""

import statistics
import sys
from dataclasses import dataclass
from timeit import Timer

import pyperf

SETUP = """
import contextlib, errno, socket
import httpcore, sockerr
from httpcore._exceptions import map_exceptions
from trio._highlevel_socket import _translate_socket_errors_to_stream_errors as trio_translation
from twisted.internet.error import getConnectError

suppress, sending, connecting, classify = contextlib.suppress, sockerr.sending, sockerr.connecting, sockerr.classify
address = ("127.0.0.1", 5432)
reused = sending()
httpcore_map = {TimeoutError: httpcore.ReadTimeout, OSError: httpcore.ReadError}
refused = ConnectionRefusedError(errno.ECONNREFUSED, "Connection refused")
try:
    socket.create_connection(("127.0.0.1", 1))
except ConnectionRefusedError as error:
    raised = error


def fail_bare():
    try:
        raise ConnectionRefusedError(111, "Connection refused")
    except ConnectionRefusedError:
        pass


def fail_sockerr():
    try:
        with sending():
            raise ConnectionRefusedError(111, "Connection refused")
    except sockerr.ConnectionRefused:
        pass


def fail_with_address():
    try:
        with connecting(address):
            raise ConnectionRefusedError(111, "Connection refused")
    except sockerr.ConnectionRefused:
        pass


def fail_httpcore():
    try:
        with map_exceptions(httpcore_map):
            raise ConnectionRefusedError(111, "Connection refused")
    except httpcore.ReadError:
        pass
"""

STATEMENTS = {
    "nothing": "pass",
    "suppress": "with suppress(OSError): pass",
    "sending": "with sending(): pass",
    "connecting": "with connecting(address): pass",
    "reused": "with reused: pass",
    "httpcore": "with map_exceptions(httpcore_map): pass",
    "trio": "with trio_translation(): pass",
    "bare failure": "fail_bare()",
    "sockerr failure": "fail_sockerr()",
    "sockerr failure with address": "fail_with_address()",
    "httpcore failure": "fail_httpcore()",
    "classify": "classify(refused)",
    "classify with address": 'classify(refused, operation="connect", address=address)',
    "classify what was raised": "classify(raised)",
    "the same, told where": 'classify(raised, operation="connect")',
    "twisted": "getConnectError(refused)",
}

COMMANDS = {
    "import socket": [sys.executable, "-I", "-c", "import socket"],
    "import socket, sockerr": [sys.executable, "-I", "-c", "import socket, sockerr"],
}


@dataclass(frozen=True)
class Goal:
    """A ratio that the project has set itself."""

    what: str
    ours: str
    rival: str
    at_most: float
    less: str | None = None
    """What is taken off both sides: what the bare call costs."""


GOALS = (
    Goal("with sending(): ... against contextlib.suppress", "sending", "suppress", 0.85, "nothing"),
    Goal("with connecting(address): ... against contextlib.suppress", "connecting", "suppress", 0.85, "nothing"),
    Goal("a reused instance against contextlib.suppress", "reused", "suppress", 0.45, "nothing"),
    Goal("with sending(): ... against httpcore's map_exceptions", "sending", "httpcore", 0.25, "nothing"),
    Goal("with connecting(address): ... against httpcore's", "connecting", "httpcore", 0.25, "nothing"),
    Goal("with sending(): ... against trio's translation", "sending", "trio", 0.25, "nothing"),
    Goal("raise, translate, catch against httpcore's", "sockerr failure", "httpcore failure", 0.9),
    Goal("the same with an address", "sockerr failure with address", "httpcore failure", 0.95),
    Goal("classify against twisted's getConnectError", "classify", "twisted", 0.9),
    Goal("the same with operation and address", "classify with address", "twisted", 0.9),
    Goal("reading operation and address, against being told", "classify what was raised", "the same, told where", 1.3),
    Goal("import socket, sockerr against import socket", "import socket, sockerr", "import socket", 1.25),
)


def report(measured: dict[str, pyperf.Benchmark]) -> None:
    print(f"\n{'ratio':>7} {'spread':>15} {'at most':>8}")
    for goal in GOALS:
        if goal.ours not in measured or goal.rival not in measured:
            continue
        base = 0.0 if goal.less is None else statistics.median(measured[goal.less].get_values())
        ours, rival = (quartiles(measured[name], base) for name in (goal.ours, goal.rival))
        spread = f"{ours[0] / rival[2]:.2f} to {ours[2] / rival[0]:.2f}"
        ratio = ours[1] / rival[1]
        missed = "" if ratio <= goal.at_most else "  missed"
        print(f"{ratio:>7.2f} {spread:>15} {goal.at_most:>8}  {goal.what}{missed}")


def quartiles(benchmark: pyperf.Benchmark, base: float) -> tuple[float, ...]:
    return tuple(value - base for value in statistics.quantiles(benchmark.get_values(), n=4))


def main() -> None:
    runner = pyperf.Runner()
    timers = {name: Timer(statement, SETUP) for name, statement in STATEMENTS.items()}
    measured = {name: runner.bench_time_func(name, timer.timeit) for name, timer in timers.items()}
    measured |= {name: runner.bench_command(name, command) for name, command in COMMANDS.items()}
    if not runner.args.worker:
        report(measured)


if __name__ == "__main__":
    main()
