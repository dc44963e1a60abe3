"""The name of a called function is read from the code object, as it stands in the source."""

import ast
import asyncio
import dis
import http.client
import socket
import ssl
import types
from collections.abc import Iterator
from pathlib import Path

import pytest

from sockerr._classification.calls import call_at

MODULES = [socket, ssl, http.client, asyncio.base_events, asyncio.selector_events, asyncio.streams]


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_name_of_every_call_is_that_in_the_source(module: types.ModuleType) -> None:
    """Every call in these modules is read from its instruction as from the source."""
    assert module.__file__ is not None
    path = Path(module.__file__)
    if not path.is_file():
        pytest.skip("this Python comes without its sources")
    source = path.read_text(encoding="utf-8")
    names = {
        (call.end_lineno, call.end_col_offset): _name_of(call.func)
        for call in ast.walk(ast.parse(source))
        if isinstance(call, ast.Call)
    }
    decorators = (each for node in ast.walk(ast.parse(source)) for each in getattr(node, "decorator_list", ()))
    names.update(
        {
            (each.end_lineno, each.end_col_offset): _name_of(each)
            for each in decorators
            if not isinstance(each, ast.Call)
        }
    )
    compared = 0
    for code in _code_objects(compile(source, "module", "exec")):
        for instruction in dis.get_instructions(code):
            found = call_at(code, instruction.offset)
            positions = instruction.positions
            if found is None or positions is None:
                continue
            assert found[0] == names[positions.end_lineno, positions.end_col_offset]
            compared += 1
    assert compared > 100


def test_decorator_is_not_what_made_it() -> None:
    code = compile("@a.connect(b)\ndef f(): ...\n", "decorated", "exec")
    calls = [each.offset for each in dis.get_instructions(code) if each.opname.startswith("CALL")]
    found = [call_at(code, offset) for offset in calls]
    assert [each and each[0] for each in found] == ["connect", None]


def test_condition_of_a_loop_stands_twice_in_the_code() -> None:
    code = next(_code_objects(compile("def f(s):\n    while s.recv(1):\n        pass\n", "loop", "exec")))
    (function,) = (each for each in code.co_consts if isinstance(each, types.CodeType))
    calls = [each.offset for each in dis.get_instructions(function) if each.opname == "CALL"]
    assert calls
    found = [call_at(function, offset) for offset in calls]
    assert [each and each[0] for each in found] == ["recv"] * len(calls)


def _name_of(function: ast.expr) -> str | None:
    match function:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return None


def _code_objects(code: types.CodeType) -> Iterator[types.CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield from _code_objects(constant)
