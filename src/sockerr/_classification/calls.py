"""Read a call from a code object: the name of the function, and the arguments that are known without evaluating.

Strategy: since Python 3.11 every instruction has its position in the source (`co_positions`). What is called begins
where the call begins and ends before it, so the last instruction there has loaded the function, and names it. No source
file is read and nothing is evaluated. Code that was compiled without positions tells nothing.
"""

from itertools import islice
from opcode import opmap
from sys import version_info

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import CodeType, FrameType
    from typing import TypeAlias

    # Returns the value of an argument, `None` if the variable has none any more.
    Argument: TypeAlias = Callable[[FrameType], object]
    Position: TypeAlias = tuple[int, int]
    # An instruction: its name and its argument, and where its part of the source begins and ends.
    Step: TypeAlias = tuple[str, int, Position, Position]

# Generated code has functions of any length. So many two-byte units of one are looked at.
_LIMIT = 16_384

_ENDS = frozenset({"CALL", "CALL_KW", "CALL_FUNCTION_EX"})
# In Python 3.11 a call is two instructions.
_CALLS = _ENDS | {"PRECALL"}
# The instructions that load a function by a name that is no local one, and how many bits of their argument are flags.
_NAMES = {
    "LOAD_NAME": 0,
    "LOAD_GLOBAL": 1,
    "LOAD_ATTR": 1 if version_info >= (3, 12) else 0,
    "LOAD_METHOD": 0,
}
_LOCALS = frozenset({"LOAD_FAST", "LOAD_FAST_CHECK", "LOAD_FAST_BORROW", "LOAD_DEREF"})
# Each loads two local variables, and has the position of the first.
_PAIRS = frozenset({"LOAD_FAST_LOAD_FAST", "LOAD_FAST_BORROW_LOAD_FAST_BORROW"})
_CONSTANTS = frozenset({"LOAD_CONST", "LOAD_SMALL_INT"})
# These make no argument.
_SILENT = frozenset({"CACHE", "NOP", "PUSH_NULL", "KW_NAMES"}) | _CALLS
# These belong to a call as a whole.
_AROUND = _SILENT | {"LOAD_CONST"}
_EXTENDED_ARG = opmap["EXTENDED_ARG"]
_OPNAMES = {number: name for name, number in opmap.items()}


def call_at(code: "CodeType", offset: int) -> "tuple[str, list[Argument | None]] | None":
    """Return the name of the function that the instruction calls, and the arguments: `None` for one that is not known.

    Returns `None` if the instruction is no call, or calls something that has no name.
    """
    steps = list(_steps(code, offset))
    if not steps or steps[-1][0] not in _CALLS:
        return None
    _, _, begin, end = steps[-1]
    # An earlier call with the same position is a copy of this one in another branch, or makes the decorator that this
    # one applies. Either way, what this one calls is loaded after it.
    earlier = [index for index, step in enumerate(steps[:-1]) if step[2:] == (begin, end) and step[0] in _ENDS]
    steps = steps[max(earlier, default=-1) + 1 :]
    called = [index for index, (_, _, start, stop) in enumerate(steps) if start == begin and stop < end]
    if not called:
        return None
    last = max(called, key=lambda index: (steps[index][3], steps[index][0] not in _SILENT, index))
    name, argument, _, end_of_name = steps[last]
    function = _function(code, name, argument)
    if function is None or any(step[0] not in _AROUND and step[2:] == (begin, end) for step in steps):
        # In an `assert`, the condition has the position of the call.
        return None
    if steps[-1][0] == "CALL_FUNCTION_EX":
        # How many arguments are behind a star is not known.
        return function, []
    return function, _arguments(code, [step for step in steps[last + 1 :] if step[2] >= end_of_name])


def _steps(code: "CodeType", offset: int) -> "Iterator[Step]":
    """Yield the instruction at an offset, after those before it that come from the same piece of source."""
    count = offset // 2 + 1
    if not 0 < count <= _LIMIT:
        return
    positions = list(islice(code.co_positions(), count))
    whole = _span(*positions[-1])
    if whole is None:
        return
    units, argument = code.co_code, 0
    for position, number, byte in zip(positions, units[::2], units[1::2], strict=False):
        argument = argument << 8 | byte
        if number == _EXTENDED_ARG:
            continue
        span = _span(*position)
        if span is not None and whole[0] <= span[0] and span[1] <= whole[1]:
            yield _OPNAMES.get(number, ""), argument, *span
        argument = 0


def _span(
    line: "int | None", end_line: "int | None", column: "int | None", end_column: "int | None"
) -> "tuple[Position, Position] | None":
    if line is None or end_line is None or column is None or end_column is None:
        return None
    return (line, column), (end_line, end_column)


def _function(code: "CodeType", name: str, argument: int) -> "str | None":
    if name in _NAMES:
        return code.co_names[argument >> _NAMES[name]]
    return _local_name(code, argument) if name in _LOCALS else None


def _local_name(code: "CodeType", index: int) -> str:
    cells = (each for each in code.co_cellvars if each not in code.co_varnames)
    return (*code.co_varnames, *cells, *code.co_freevars)[index]


def _arguments(code: "CodeType", steps: "list[Step]") -> "list[Argument | None]":
    """Put together what belongs together: an instruction uses the ones before it that lie in its part of the source."""
    if any("JUMP" in name for name, _, _, _ in steps):
        # It depends on a condition which of the instructions ran.
        return []
    stack: list[tuple[Position, Argument | None]] = []
    for name, argument, start, end in steps:
        if name in _SILENT:
            continue
        parts: list[Argument | None] = []
        while stack and stack[-1][0] >= start:
            parts.insert(0, stack.pop()[1])
        locals_ = _locals(name, argument)
        if locals_:
            stack.extend((start if index == 0 else end, _local(code, each)) for index, each in enumerate(locals_))
        else:
            stack.append((start, _argument(code, name, argument, parts)))
    return [argument for _, argument in stack]


def _locals(name: str, argument: int) -> "list[int]":
    """Return the indices of the local variables that an instruction loads."""
    pair = [argument >> 4, argument & 15]
    return pair if name in _PAIRS else [argument] if name in _LOCALS else []


def _argument(code: "CodeType", name: str, argument: int, parts: "list[Argument | None]") -> "Argument | None":
    if name == "LOAD_NAME":
        return _variable_of_module(code.co_names[argument])
    if name in _CONSTANTS:
        # Since Python 3.14 a small number is in the instruction itself.
        return _constant(argument if name == "LOAD_SMALL_INT" else code.co_consts[argument])
    if name == "BUILD_TUPLE" and len(parts) == argument:
        return together(parts)
    return None


def _local(code: "CodeType", index: int) -> "Argument":
    return variable(_local_name(code, index))


def variable(name: str) -> "Argument":
    """Return what reads a local variable of a function."""
    return lambda frame: frame.f_locals.get(name)


def _variable_of_module(name: str) -> "Argument":
    def value(frame: "FrameType") -> object:
        # The body of a class may have a mapping of its own, which could run anybody's code.
        variables = frame.f_locals
        return variables.get(name) if type(variables) is dict else None

    return value


def _constant(constant: object) -> "Argument":
    return lambda _: constant


def together(parts: "list[Argument | None]") -> "Argument | None":
    """Return what reads a tuple of arguments, `None` if one of them is not known."""
    known = [part for part in parts if part is not None]
    return None if len(known) < len(parts) else lambda frame: tuple(part(frame) for part in known)
