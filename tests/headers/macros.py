"""The macros of C headers as integers, by way of the preprocessor in the ziglang package."""

import ast
import importlib.util
import operator
import re
import subprocess
import sys
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

from .cache import Unavailable

_OPERATORS: dict[type[ast.operator], Callable[[int, int], int]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
}


def defined(target: str, headers: Iterable[str], *options: str) -> tuple[str, ...]:
    """The names of the macros without parameters that the headers define."""
    output = _preprocess(target, _including(headers), "-dM", *options)
    return tuple(re.findall(r"^#define (\w+) ", output, re.MULTILINE))


def expanded(target: str, headers: Iterable[str], names: Iterable[str], *options: str) -> dict[str, int]:
    """The values of those macros that expand to an integer."""
    # Identifiers between quotes are not expanded, so that each line still knows its macro.
    lines = "".join(f'"value of" "{name}" {name}\n' for name in names)
    output = _preprocess(target, _including(headers) + lines, *options)
    found = re.findall(r'^"value of" "(\w+)" (.+)$', output, re.MULTILINE)
    values = {name: evaluate(expression) for name, expression in found}
    return {name: value for name, value in values.items() if value is not None}


def evaluate(expression: str) -> int | None:
    """The value of an integer expression of C, or None if it is something else."""
    without_suffixes = re.sub(r"\b(0x[0-9a-fA-F]+|\d+)[uUlL]+\b", r"\1", expression)
    try:
        return _value(ast.parse(without_suffixes.strip(), mode="eval").body)
    except (SyntaxError, TypeError):
        return None


def _value(node: ast.expr) -> int:
    match node:
        case ast.Constant(value=int(value)):
            return value
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_value(operand)
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATORS:
            return _OPERATORS[type(op)](_value(left), _value(right))
    raise TypeError(f"no integer expression: {ast.unparse(node)}")


def _including(headers: Iterable[str]) -> str:
    # glibc shows the getaddrinfo() codes that it invented to GNU programs only.
    return "#define _GNU_SOURCE\n" + "".join(f"#include <{header}>\n" for header in headers)


@cache
def zig() -> Path:
    """The directory of the ziglang package."""
    spec = importlib.util.find_spec("ziglang")
    if spec is None or spec.origin is None:
        raise Unavailable("ziglang is not installed: the extra `headers` has it")
    return Path(spec.origin).parent


@cache
def _preprocess(target: str, program: str, *options: str) -> str:
    zig()
    command = [sys.executable, "-m", "ziglang", "cc", "-target", target]
    command += [*options, "-E", "-P", "-x", "c", "-"]
    result = subprocess.run(command, input=program, capture_output=True, text=True, check=True)
    return result.stdout
