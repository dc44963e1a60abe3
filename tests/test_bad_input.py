"""What is handed in wrongly is refused at once, in words that say what was wanted."""

import functools
import re
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import pytest

import sockerr
from sockerr import Operation, classify, from_code, platforms

CONTEXTS = (
    sockerr.resolving,
    sockerr.opening,
    sockerr.binding,
    sockerr.listening,
    sockerr.accepting,
    sockerr.connecting,
    sockerr.sending,
    sockerr.receiving,
)
every_context = pytest.mark.parametrize("context", CONTEXTS, ids=lambda context: context.__name__)


def function(*_: object) -> None:
    """Do nothing."""


def generator_function() -> Iterator[None]:
    yield


async def async_generator_function() -> AsyncIterator[None]:
    yield


class Generates:
    """An object that is called as a generator function is."""

    def __call__(self) -> Iterator[None]:
        yield


class AsyncGenerates:
    """An object that is called as an asynchronous generator function is."""

    async def __call__(self) -> AsyncIterator[None]:
        yield


class TestClassify:
    @pytest.mark.parametrize("value", ["text", None, 111, OSError, object()], ids=lambda value: type(value).__name__)
    @pytest.mark.parametrize(
        "function", [classify, sockerr.is_retryable, sockerr.is_safe_to_retry], ids=lambda function: function.__name__
    )
    def test_what_is_no_exception(self, function: Callable[[Any], object], value: object) -> None:
        with pytest.raises(TypeError, match=f"takes an exception, not {type(value).__name__}"):
            function(value)

    def test_operation_without_its_name(self) -> None:
        ask: Any = classify
        with pytest.raises(TypeError, match="positional argument"):
            ask(OSError(), "connect")

    def test_unknown_operation(self) -> None:
        with pytest.raises(ValueError, match="unknown operation 'fly'"):
            classify(OSError(), operation="fly")

    def test_unknown_operation_of_an_error_that_is_typed_already(self) -> None:
        with pytest.raises(ValueError, match="unknown operation 'fly'"):
            classify(sockerr.ConnectionReset(), operation="fly")


class TestOperation:
    @pytest.mark.parametrize("name", ["fly", "", "CONNECT", "send recv", None, 5, []], ids=repr)
    def test_unknown_name_is_told_the_operations(self, name: Any) -> None:
        known = ", ".join(each.value for each in Operation)
        with pytest.raises(ValueError, match=re.escape(f"unknown operation {name!r}: expected one of {known}, or")):
            sockerr.operation(name)

    def test_unknown_operation_of_an_instance(self) -> None:
        with pytest.raises(ValueError, match="unknown operation 'fly'"):
            sockerr.ConnectionReset(operation="fly")


class TestFromCode:
    def test_unknown_symbol_is_told_the_nearest(self) -> None:
        with pytest.raises(ValueError, match="unknown symbol 'ECONREFUSED': did you mean ECONNREFUSED or "):
            from_code("ECONREFUSED")

    def test_symbol_in_small_letters_is_told_the_right_one(self) -> None:
        with pytest.raises(ValueError, match="unknown symbol 'econnrefused': did you mean ECONNREFUSED or "):
            from_code("econnrefused")

    def test_efoo_is_told_the_nearest(self) -> None:
        with pytest.raises(ValueError, match=r"unknown symbol 'EFOO': did you mean E\w+ or E\w+ or E\w+\?"):
            from_code("EFOO")

    @pytest.mark.parametrize("symbol", ["", "1", "%%%"])
    def test_symbol_that_is_near_to_none_is_told_none(self, symbol: str) -> None:
        with pytest.raises(ValueError, match=f"unknown symbol '{symbol}'$"):
            from_code(symbol)

    @pytest.mark.parametrize("code", [1.5, True, None, b"EPERM", ["EPERM"]], ids=repr)
    def test_what_is_neither_symbol_nor_number(self, code: Any) -> None:
        with pytest.raises(TypeError, match=f"code must be a symbol or a number, not {type(code).__name__}"):
            from_code(code)

    @pytest.mark.parametrize("code", [1, "ECONNREFUSED"])
    def test_unknown_platform_is_told_the_known_ones(self, code: int | str) -> None:
        with pytest.raises(ValueError, match="unknown platform 'beos': expected one of linux, "):
            from_code(code, platform="beos")

    @pytest.mark.parametrize("code", [1, "ECONNREFUSED"])
    def test_unknown_kind_is_told_the_known_ones(self, code: int | str) -> None:
        kind: Any = "x"
        with pytest.raises(ValueError, match="unknown kind 'x': expected one of errno, resolver, herror"):
            from_code(code, kind=kind)

    @pytest.mark.parametrize("code", [1, "ECONNREFUSED"])
    def test_unknown_operation(self, code: int | str) -> None:
        with pytest.raises(ValueError, match="unknown operation 'fly'"):
            from_code(code, operation="fly")


class TestDecorators:
    @every_context
    def test_parentheses_are_missing(self, context: Any) -> None:
        with pytest.raises(TypeError, match="write the parentheses"):
            context(function)

    @every_context
    def test_parentheses_are_missing_on_a_coroutine_function(self, context: Any) -> None:
        async def coroutine_function() -> None:
            pass

        with pytest.raises(TypeError, match="write the parentheses"):
            context(coroutine_function)

    def test_operation_without_parentheses(self) -> None:
        decorate: Any = sockerr.operation
        with pytest.raises(ValueError, match="unknown operation <function function"):
            decorate(function)

    @pytest.mark.parametrize(
        "generates",
        [
            generator_function,
            async_generator_function,
            functools.partial(generator_function),
            functools.partial(async_generator_function),
            Generates(),
            AsyncGenerates(),
        ],
        ids=[
            "function",
            "async function",
            "partial of function",
            "partial of async function",
            "object",
            "async object",
        ],
    )
    def test_body_that_runs_later(self, generates: Callable[[], object]) -> None:
        # The errors of a generator are raised in whoever iterates over it, and would escape the decorator.
        with pytest.raises(TypeError, match="use a with block inside"):
            sockerr.connecting()(generates)

    @pytest.mark.parametrize(
        "value",
        [OSError, int, classmethod(function), property(function), None, "text"],
        ids=lambda value: repr(type(value)),
    )
    def test_what_is_no_function(self, value: Any) -> None:
        with pytest.raises(TypeError, match="expected a function to decorate, not "):
            sockerr.connecting()(value)


class TestPlatforms:
    @pytest.mark.parametrize(
        "ask",
        [
            platforms.table,
            lambda name: platforms.symbols(1, name),
            lambda name: platforms.number("EPERM", name),
            lambda name: platforms.translate(1, source=name),
            lambda name: platforms.translate(1, source="linux", target=name),
        ],
        ids=["table", "symbols", "number", "source", "target"],
    )
    @pytest.mark.parametrize("name", ["beos", "", "Linux", "win64"])
    def test_unknown_platform_is_told_the_known_ones(self, ask: Callable[[str], object], name: str) -> None:
        known = ", ".join(platforms.names())
        with pytest.raises(ValueError, match=f"unknown platform '{name}': expected one of {known}"):
            ask(name)

    @pytest.mark.parametrize("name", [5, ["linux"], b"linux"], ids=repr)
    def test_platform_that_is_no_text(self, name: Any) -> None:
        with pytest.raises((TypeError, ValueError), match="platform"):
            platforms.table(name)

    def test_unknown_kind_is_told_the_known_ones(self) -> None:
        kind: Any = "winerror"
        with pytest.raises(ValueError, match="unknown kind 'winerror': expected one of errno, resolver, herror"):
            platforms.symbols(1, kind=kind)

    @pytest.mark.parametrize("number", ["1", 1.0, None], ids=repr)
    def test_number_that_is_none(self, number: Any) -> None:
        with pytest.raises(TypeError, match=f"number must be an int, not {type(number).__name__}"):
            platforms.symbols(number)

    @pytest.mark.parametrize("symbol", [1, b"EPERM", None], ids=repr)
    def test_symbol_that_is_none(self, symbol: Any) -> None:
        with pytest.raises(TypeError, match=f"symbol must be a str, not {type(symbol).__name__}"):
            platforms.number(symbol)
