"""The command line: `python -m sockerr tour`, `explain` and `table`."""

import argparse
import errno
import sys
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Sequence


class _Parser(argparse.ArgumentParser):
    """A parser that says in one line what is wrong."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}\n")


def main(arguments: "Sequence[str] | None" = None) -> int:
    """Run a command and return its exit status: 0, 1 if it found something wrong or nothing at all, 2 for bad input."""
    options = _parser().parse_args(arguments)
    try:
        status: int = options.run(options)
    except ValueError as error:
        sys.stderr.write(f"sockerr {options.command}: {error}\n")
        return 2
    except OSError as error:
        # The reader of the output has gone: sockerr table | head. Windows reports that as EINVAL.
        if error.errno not in (errno.EPIPE, errno.EINVAL):
            raise
        sys.stderr.close()
        return 1
    return status


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="sockerr", description="Socket failures by what they mean, not by their number.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="{tour,explain,table}")

    tour = commands.add_parser("tour", help="make sockets fail in every known way, and show what came of it")
    tour.add_argument("--verbose", action="store_true", help="add what each failure means and what to do")
    tour.add_argument("--json", action="store_true", help="print records for a program to read")
    tour.set_defaults(run=_tour)

    explain = commands.add_parser("explain", help="say what a number, a symbol or an error line means")
    explain.add_argument("code", nargs="+", help="a number, a symbol, or a line such as 'OSError: [Errno 61] ...'")
    explain.add_argument("--platform", help="the system that the number comes from (default: any)")
    explain.set_defaults(run=_explain)

    table = commands.add_parser("table", help="print every symbol with its number on every system")
    table.add_argument("--format", choices=["text", "csv", "json", "markdown"], default="text")
    table.set_defaults(run=_table)
    return parser


def _tour(options: argparse.Namespace) -> int:
    from . import tour

    return tour.run(verbose=options.verbose, as_json=options.json)


def _explain(options: argparse.Namespace) -> int:
    from . import explain

    return explain.run(" ".join(options.code), options.platform)


def _table(options: argparse.Namespace) -> int:
    from . import table

    return table.run(options.format)
