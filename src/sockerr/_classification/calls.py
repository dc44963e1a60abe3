"""Read a call from a code object: the name of the function, and the arguments that are known without evaluating.

Strategy: since Python 3.11 every instruction has its position in the source (`co_positions`). What is called begins
where the call begins and ends before it, so the last instruction there has loaded the function, and names it. No source
file is read and nothing is evaluated. Code that was compiled without positions tells nothing.
"""

from itertools import dropwhile, islice
from opcode import opmap
from sys import version_info

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from types import CodeType
    from typing import TypeAlias

    # Returns the value of an argument, given the local variables; `None` if the variable has none any more.
    Argument: TypeAlias = Callable[[Mapping[str, object]], object]
    Position: TypeAlias = tuple[int, int]
    # An instruction: its name and its argument, and where its part of the source begins and ends.
    Step: TypeAlias = tuple[str, int, Position, Position]

# Generated code has functions of any length. So many two-byte units of one are looked at.
_LIMIT = 16_384

_ENDS = frozenset({"CALL", "CALL_KW", "CALL_FUNCTION_EX"})
# In Python 3.11 a call is two instructions.
_CALLS = _ENDS | {"PRECALL"}
# The instructions that load a function by its name, and how many bits of their argument are flags.
_NAMES = {
    "LOAD_NAME": 0,
    "LOAD_GLOBAL": 1,
    "LOAD_ATTR": 1 if version_info >= (3, 12) else 0,
    "LOAD_METHOD": 0,
    "LOAD_SUPER_ATTR": 2,
}
_LOCALS = frozenset({"LOAD_FAST", "LOAD_FAST_CHECK", "LOAD_FAST_BORROW", "LOAD_DEREF"})
# Each loads two local variables, and has the position of the first.
_PAIRS = frozenset({"LOAD_FAST_LOAD_FAST", "LOAD_FAST_BORROW_LOAD_FAST_BORROW"})
_CONSTANTS = frozenset({"LOAD_CONST", "LOAD_SMALL_INT"})
# These use nothing that was made before them.
_LOADS = _LOCALS | _PAIRS | _CONSTANTS | {"LOAD_NAME", "LOAD_GLOBAL"}
# These neither make nor use an argument.
_SILENT = frozenset({"CACHE", "NOP", "PUSH_NULL", "KW_NAMES", "PRECALL"})
_NEXT_TO_PAIRS = _LOADS | _SILENT | {"BUILD_TUPLE"}
# With these, the place of an argument does not tell which one it is.
_NOT_BY_PLACE = frozenset({"CALL_FUNCTION_EX", "CALL_KW", "KW_NAMES"})
# These belong to a call as a whole.
_AROUND = _SILENT | _CALLS | {"LOAD_CONST"}
# After these a local variable is not what it was, or is not seen: a comprehension has one of the same name.
_CHANGES = ("STORE_FAST", "STORE_DEREF", "STORE_NAME", "DELETE_FAST", "DELETE_DEREF", "DELETE_NAME")
_HIDES = "LOAD_FAST_AND_CLEAR"
_CO_OPTIMIZED = 1
_EXTENDED_ARG = opmap["EXTENDED_ARG"]
_OPNAMES = {number: name for name, number in opmap.items()}


def call_at(code: "CodeType", offset: int) -> "tuple[str, list[Argument | None]] | None":
    """Return the name of the function that the instruction calls, and the arguments: `None` for one that is not known.

    Returns `None` if the instruction is not a call, or calls something that has no name.
    """
    steps = list(_steps(code, offset))
    if not steps or steps[-1][0] not in _CALLS:
        return None
    _, _, begin, end = steps[-1]
    # An earlier call with the same position is a copy of this one in another branch, or makes the decorator that this
    # one applies. Either way, what this one calls is loaded after it.
    earlier = [index for index, step in enumerate(steps[:-1]) if step[2:] == (begin, end) and step[0] in _ENDS]
    steps = steps[max(earlier, default=-1) + 1 :]
    if earlier:
        # The end of that copy: in a `while` loop, the jump has the position of the call.
        steps = list(dropwhile(_ends_a_copy, steps))
    called = [index for index, (_, _, start, stop) in enumerate(steps) if start == begin and stop < end]
    if not called:
        return None
    last = max(called, key=lambda index: (steps[index][3], steps[index][0] in _NAMES, index))
    name, argument, _, end_of_name = steps[last]
    if name not in _NAMES or any(step[0] not in _AROUND and step[2:] == (begin, end) for step in steps):
        # In an `assert`, the condition has the position of the call.
        return None
    function = code.co_names[argument >> _NAMES[name]]
    if any(step[0] in _NOT_BY_PLACE and step[2:] == (begin, end) for step in steps):
        return function, []
    return function, _arguments(code, offset, [step for step in steps[last + 1 :] if step[2] >= end_of_name])


def _ends_a_copy(step: "Step") -> bool:
    return step[0] in _SILENT or step[0] == "TO_BOOL" or step[0].startswith("POP_JUMP")


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


def _arguments(code: "CodeType", offset: int, steps: "list[Step]") -> "list[Argument | None]":
    """Put together what belongs together: an instruction uses what was made before it in its part of the source."""
    names = {name for name, _, _, _ in steps}
    # With a condition, it depends which of the instructions ran. With a pair, it is not known where the second stands.
    if any("JUMP" in name for name in names) or (names & _PAIRS and not names <= _NEXT_TO_PAIRS):
        return []
    changed = _changed(code, offset)
    stack: list[tuple[Position, Argument | None]] = []
    for name, argument, start, _ in steps:
        if name in _SILENT:
            continue
        used = _count_used(stack, name, argument, start)
        parts = [part for _, part in stack[len(stack) - used :]]
        del stack[len(stack) - used :]
        stack.extend((start, made) for made in _made(code, changed, name, argument, parts))
    return [argument for _, argument in stack]


def _count_used(stack: "list[tuple[Position, Argument | None]]", name: str, argument: int, start: "Position") -> int:
    if name in _LOADS:
        return 0
    return argument if name == "BUILD_TUPLE" else sum(begin >= start for begin, _ in stack)


def _made(
    code: "CodeType", changed: "set[str]", name: str, argument: int, parts: "list[Argument | None]"
) -> "list[Argument | None]":
    """Return what an instruction makes: the values of its variables, a constant, a tuple, or what is not known."""
    if name in _LOCALS or name in _PAIRS:
        return [_local(code, changed, index) for index in _indices(name, argument)]
    if name == "LOAD_NAME":
        return [_variable_of_module(code.co_names[argument])]
    if name in _CONSTANTS:
        # Since Python 3.14 a small number is in the instruction itself.
        return [_constant(argument if name == "LOAD_SMALL_INT" else code.co_consts[argument])]
    return [together(parts) if name == "BUILD_TUPLE" else None]


def _indices(name: str, argument: int) -> "list[int]":
    # An instruction that is made of two has half of the argument for each.
    return [argument >> 4, argument & 15] if name.count("_FAST") > 1 else [argument]


def _changed(code: "CodeType", offset: int) -> "set[str]":
    """Return the local variables that the code changes after an instruction, or in which a comprehension hides one."""
    units = code.co_code[: 2 * _LIMIT]
    changed: set[str] = set()
    argument = 0
    for place in range(0, len(units), 2):
        argument = argument << 8 | units[place + 1]
        name = _OPNAMES.get(units[place], "")
        if (place > offset and name.startswith(_CHANGES)) or name == _HIDES:
            changed.update(_local_name(code, index) for index in _indices(name, argument))
        argument = argument if name == "EXTENDED_ARG" else 0
    return changed


def _local_name(code: "CodeType", index: int) -> str:
    cells = (each for each in code.co_cellvars if each not in code.co_varnames)
    names = (*code.co_varnames, *cells, *code.co_freevars)
    return names[index] if index < len(names) else ""


def _local(code: "CodeType", changed: "set[str]", index: int) -> "Argument | None":
    name = _local_name(code, index)
    if name in changed:
        return None
    return variable(name) if code.co_flags & _CO_OPTIMIZED else _variable_of_module(name)


def variable(name: str) -> "Argument":
    """Return what reads a local variable of a function."""
    return lambda variables: variables.get(name)


def _variable_of_module(name: str) -> "Argument":
    def value(variables: "Mapping[str, object]") -> object:
        # The body of a class may have a mapping of its own, which could run anybody's code.
        return variables.get(name) if _is_plain(variables) else None

    return value


def _is_plain(variables: object) -> bool:
    return type(variables) is dict


def _constant(constant: object) -> "Argument":
    return lambda _: constant


def together(parts: "list[Argument | None]") -> "Argument | None":
    """Return what reads a tuple of arguments, `None` if one of them is not known."""
    known = [part for part in parts if part is not None]
    return None if len(known) < len(parts) else lambda variables: tuple(part(variables) for part in known)
