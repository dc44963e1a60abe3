"""The command line: see the package."""

import argparse
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from tests.systems.machines import SYSTEMS, SYSTEMS_BY_NAME

from .comparison import Comparison, compare
from .runs import Setting, can_be_alone

# The slowest first, so that two at a time end at about the same time.
MODULES = (
    "test_ssl test_socket test_asyncio.test_events test_asyncio.test_sslproto test_asyncio.test_unix_events "
    "test_asyncio.test_streams test_asyncio.test_sock_lowlevel test_asyncio.test_selector_events "
    "test_asyncio.test_server test_httplib test_smtplib test_ftplib test_poplib test_imaplib test_socketserver "
    "test_telnetlib test_nntplib test_urllib2_localnet test_xmlrpc test_selectors test_timeout test_httpservers"
).split()
SLOW = ("test_ftplib", "test_poplib", "test_imaplib", "test_selectors")
# What CPython's tests ask for before they take long.
RESOURCES = ("cpu", "walltime")
# Longer than any test takes, but for one that hangs.
SECONDS_OF_A_TEST = 60
SECONDS_OF_A_QUICK_TEST = 20

PYTHONS = {name: each for name, each in SYSTEMS_BY_NAME.items() if name.startswith("linux-")}
THIS_PYTHON = f"linux-{sys.version_info.major}.{sys.version_info.minor}"


def main() -> int:
    options = _options()
    modules = options.module or [each for each in MODULES if not (options.quick and each in SLOW)]
    # Every Python is tried, also after one that fails.
    return max([_run(_setting(name, options.quick), modules) for name in options.python or [THIS_PYTHON]])


def _setting(python: str, is_quick: bool) -> Setting:
    if is_quick:
        return Setting(PYTHONS[python], (), SECONDS_OF_A_QUICK_TEST, can_be_alone())
    return Setting(PYTHONS[python], RESOURCES, SECONDS_OF_A_TEST, can_be_alone())


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.cpython", description=__doc__)
    parser.add_argument("module", nargs="*", help="some of CPython's test package; all that matter if none")
    parser.add_argument("--python", action="append", choices=PYTHONS, help="on this Python; may be given several times")
    quick = f"leave out what takes long: {', '.join(SLOW)}, and single tests of which CPython itself says so"
    parser.add_argument("--quick", action="store_true", help=quick)
    return parser.parse_args()


def _run(setting: Setting, modules: list[str]) -> int:
    """Compare every module on a Python, two at a time, and print what came of it."""
    SYSTEMS.mkdir(parents=True, exist_ok=True)
    setting.system.prepare()
    print(f"== {setting.system.name}: {setting.system.start('-VV').stdout.strip()}")
    if not setting.is_alone:
        print("The tests share this machine's network, and what looks up a name asks its name server.")
    began = time.monotonic()
    print(
        f"{'module':<34} {'tests':>6} {'passed without':>15} {'passed with':>12} {'translated':>11} "
        f"{'s, without':>10} {'s, with':>7}",
        flush=True,
    )
    comparisons = []
    with ThreadPoolExecutor(2) as pool:
        for each in pool.map(partial(compare, setting), modules):
            comparisons.append(each)
            print(each.row(), flush=True)
    print()
    for each in comparisons:
        print(each.details(), end="")
    return _judge(comparisons, time.monotonic() - began)


def _judge(comparisons: list[Comparison], seconds: float) -> int:
    """Print the sum; returns the exit status."""
    translated = sum((each.wrapped.translated for each in comparisons), Counter[str]())
    calls = max(each.wrapped.calls for each in comparisons)
    good = sum(len(each.bare.good()) for each in comparisons)
    differences = sum(len(each.differences) for each in comparisons)
    of_message = sum(len(each.of_message) for each in comparisons)
    of_any_wrapper = sum(len(each.of_any_wrapper) for each in comparisons)
    print(f"\n{good} tests pass without sockerr; {seconds:.0f} s")
    print(f"{differences} of them fail with it, {of_message} more for the message, {of_any_wrapper} with every wrapper")
    print(f"{calls} calls were wrapped, {translated.total()} errors translated: {dict(translated.most_common())}\n")
    if not good:
        print("No test passed without sockerr, so nothing is shown.")
    if not translated:
        print("sockerr saw no failure, so nothing is shown.")
    return 1 if differences or not good or not translated else 0


if __name__ == "__main__":
    sys.exit(main())
