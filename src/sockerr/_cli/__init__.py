"""The command line: `python -m sockerr tour`, `explain`, `scan` and `table`."""

import argparse
import errno
import sys
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


class _Parser(argparse.ArgumentParser):
    """A parser that says in one line what is wrong."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}\n")


def main(arguments: "Sequence[str] | None" = None) -> int:
    """Run a command and return its exit status: 0, 1 if it found something wrong or nothing at all, 2 for bad input."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.command is None:
        parser.print_help(sys.stderr)
        return 2
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
    parser = _Parser(
        prog="sockerr", description="Socket failures by what they mean, not by their number.", epilog=_HINT
    )
    parser.add_argument("--version", action=_Version)
    commands = parser.add_subparsers(dest="command", title="commands", metavar="COMMAND", parser_class=_Parser)

    tour = _command(
        commands.add_parser,
        "tour",
        "make sockets fail in more than a hundred ways, and show what Python raised and what it means",
        _tour,
    )
    tour.add_argument("--verbose", action="store_true", help="add what each failure means and what to do")
    tour.add_argument("--json", action="store_true", help="print records for a program to read")

    explain = _command(commands.add_parser, "explain", "say what a number, a symbol or a line of a log means", _explain)
    explain.add_argument(
        "text", nargs="*", help="a number, a symbol, or a line of any program's log; - reads the standard input"
    )
    explain.add_argument("--file", help="read the text from a file")
    explain.add_argument("--platform", help="the system that the number comes from (default: any)")
    explain.add_argument("--json", action="store_true", help="print records for a program to read")

    scan = _command(commands.add_parser, "scan", "find the socket failures in log files, and count them", _scan)
    scan.add_argument("file", nargs="+", help="a log: plain, gzip or zstd; - reads the standard input")
    scan.add_argument("--json", action="store_true", help="print a record for each failure")
    scan.add_argument("--follow", action="store_true", help="wait for more, and print each failure when it comes")

    table = _command(commands.add_parser, "table", "print every symbol with its number on every system", _table)
    table.add_argument("--format", choices=["text", "csv", "json", "markdown"], default="text")
    return parser


_HINT = "sockerr COMMAND --help shows what a command takes, with examples."
_EXAMPLES = {
    "tour": ("tour", "tour --verbose"),
    "explain": ("explain 10061", "explain 'dial tcp 10.0.0.1:80: connect: connection refused'"),
    "scan": ("scan /var/log/nginx/error.log", "journalctl -u app | sockerr scan -"),
    "table": ("table", "table --format csv"),
}


def _command(
    add_parser: "Callable[..., argparse.ArgumentParser]",
    name: str,
    summary: str,
    run: "Callable[[argparse.Namespace], int]",
) -> argparse.ArgumentParser:
    examples = (each if "|" in each else f"sockerr {each}" for each in _EXAMPLES[name])
    epilog = "\n  ".join(("examples:", *examples))
    form = argparse.RawDescriptionHelpFormatter
    command = add_parser(
        name, help=summary, description=summary.capitalize() + ".", epilog=epilog, formatter_class=form
    )
    command.set_defaults(run=run)
    return command


class _Version(argparse.Action):
    """Print the version; reading it costs something, and so it is read only then."""

    def __init__(self, option_strings: "Sequence[str]", dest: str) -> None:
        super().__init__(option_strings, dest, nargs=0, help="print the version of sockerr")

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        import sockerr

        print(f"sockerr {sockerr.__version__}")
        parser.exit()


def _tour(options: argparse.Namespace) -> int:
    from . import tour

    return tour.run(verbose=options.verbose, as_json=options.json)


def _explain(options: argparse.Namespace) -> int:
    from . import explain

    return explain.run(" ".join(options.text), options.file, options.platform, as_json=options.json)


def _scan(options: argparse.Namespace) -> int:
    from . import scan

    return scan.run(options.file, as_json=options.json, follow=options.follow)


def _table(options: argparse.Namespace) -> int:
    from . import table

    return table.run(options.format)
