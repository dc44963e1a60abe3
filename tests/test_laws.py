"""The laws of the package, as properties over every kind of error that a socket operation can raise here."""

import asyncio
import copy
import errno
import gc
import importlib
import pickle
import platform as python
import socket
import sys
import traceback
import weakref
from collections.abc import Callable, Coroutine
from enum import IntEnum
from pathlib import Path
from typing import Any, NoReturn, TypeAlias

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from strategies import (
    STANDARD,
    SYSTEM,
    addresses,
    errors_in_operations,
    file_errors,
    lookup_errors,
    messages,
    numberless_errors,
    numbers,
    operations,
    operations_or_none,
    other_errors,
    socket_errors,
    socket_numbers,
    system_errors,
    unknown_errors,
    unknown_numbers,
    unknown_system_errors,
)

import sockerr
from sockerr import Evidence, Operation, SocketError, classify, platforms
from sockerr._classification.remembered import Memory
from sockerr._operations import Context
from sockerr._socket_error import catalogue

PACKAGE = Path(sockerr.__file__).parent

Way: TypeAlias = Callable[[Context, BaseException], None]


def raised_in_with_block(context: Context, error: BaseException) -> None:
    with context:
        raise error


def raised_in_function(context: Context, error: BaseException) -> None:
    @context
    def fail() -> NoReturn:
        raise error

    fail()


def raised_in_coroutine_function(context: Context, error: BaseException) -> None:
    @context
    async def fail() -> NoReturn:
        raise error

    finish(fail())


def finish(coroutine: Coroutine[Any, Any, object]) -> None:
    """Run a coroutine that waits for nothing, which takes no event loop."""
    try:
        coroutine.send(None)
    except StopIteration:
        return
    raise AssertionError("it waits for something")


WAYS = (raised_in_with_block, raised_in_function, raised_in_coroutine_function)
CONTEXTS = {
    "resolving": "resolve",
    "opening": "open",
    "binding": "bind",
    "listening": "listen",
    "accepting": "accept",
    "connecting": "connect",
    "sending": "send",
    "receiving": "receive",
}
in_every_way = pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)


def caught(way: Way, context: Context, error: BaseException) -> BaseException:
    """What comes out where an error is raised."""
    try:
        way(context, error)
    except BaseException as result:  # noqa: BLE001  # whatever it is, the tests look at it
        return result
    raise AssertionError("nothing was raised")


def typed(error: BaseException, operation: Operation | None = None) -> SocketError:
    """What classify() makes of an error that means a socket failure."""
    found = classify(error, operation=operation)
    assert found is not None
    return found


def catchers(error: BaseException) -> set[type[BaseException]]:
    """The standard library's classes that a handler for this error may name."""
    return {cls for cls in STANDARD if isinstance(error, cls)}


# WSAEACCES, of which Python for Windows makes a plain OSError if it is given the number alone.
SAY_MORE: dict[int, type[BaseException]] = {10013: PermissionError} if sys.platform == "win32" else {}


def said_by_number(error: OSError) -> set[type[BaseException]]:
    """The class that a number means, where its type is a plain OSError."""
    more = type(error) is OSError and error.errno in SAY_MORE
    return {SAY_MORE[error.errno]} if more and error.errno else set()


def fields(error: BaseException) -> list[object]:
    """What handlers of an OSError look at."""
    names = ("args", "errno", "strerror", "filename", "filename2", "winerror")
    return [getattr(error, name, None) for name in names]


class TestDropIn:
    """Law 1: what caught the original catches the typed error, and finds in it what it found in the original."""

    @given(socket_errors, operations_or_none)
    def test_classify_keeps_what_handlers_look_at(self, error: OSError, operation: Operation | None) -> None:
        assert fields(typed(error, operation)) == fields(error)

    @given(file_errors, operations)
    def test_classify_keeps_file_name_where_operation_is_known(self, error: OSError, operation: Operation) -> None:
        assert fields(typed(error, operation)) == fields(error)

    @given(socket_errors, operations_or_none)
    def test_classify_is_caught_by_the_same_handlers(self, error: OSError, operation: Operation | None) -> None:
        assert catchers(typed(error, operation)) == catchers(error) | said_by_number(error)

    @given(st.sampled_from(SYSTEM), st.lists(numbers | messages | st.none(), max_size=5), operations)
    def test_classify_keeps_any_arguments(self, cls: type[OSError], args: list[Any], operation: Operation) -> None:
        error = cls(*args)
        # The second time, what was decided the first time is remembered.
        for found in (classify(error, operation=operation), classify(error, operation=operation)):
            assert found is None or fields(found) == fields(error)

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("args", (errno.ECONNRESET, "reset")),
            ("errno", errno.ECONNRESET),
            ("strerror", "reset"),
            ("filename", "name"),
        ],
    )
    def test_classify_keeps_what_was_changed_since_the_error_was_made(self, name: str, value: object) -> None:
        # The numbers and texts of an error are in its arguments and in its fields, and need not be the same.
        typed(ConnectionRefusedError(errno.ECONNREFUSED, "refused"), Operation.CONNECT)
        error = ConnectionRefusedError(errno.ECONNREFUSED, "refused")
        setattr(error, name, value)
        assert fields(typed(error, Operation.CONNECT)) == fields(error)

    @pytest.mark.skipif(hasattr(OSError, "winerror"), reason="Windows' own numbers decide there, error by error")
    @pytest.mark.parametrize("operation", [None, Operation.SEND], ids=str)
    @pytest.mark.parametrize("symbol", ["ECONNREFUSED", "EINVAL", "EALREADY", "EAGAIN"])
    def test_classify_remembers_all_there_is_to_an_answer(
        self, symbol: str, operation: Operation | None, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        error = OSError(getattr(errno, symbol), "message")
        before = typed(error, operation)
        monkeypatch.setattr("sockerr._classification._classify", hostile)
        assert identity(typed(error, operation)) == identity(before)

    def test_what_a_buffered_stream_has_written_is_no_file_name(self) -> None:
        # socket.makefile("wb") raises this one. The third argument of an OSError is a file name otherwise.
        for _ in range(2):
            assert typed(BlockingIOError(errno.EAGAIN, "write could not complete", 5)).filename is None

    @given(socket_errors, operations_or_none)
    def test_classify_names_original_as_cause(self, error: OSError, operation: Operation | None) -> None:
        assert typed(error, operation).__cause__ is error

    @given(socket_errors, operations_or_none)
    def test_message_of_original_is_in_the_message(self, error: OSError, operation: Operation | None) -> None:
        assert str(error) in str(typed(error, operation))

    @given(st.sampled_from(SYSTEM), socket_numbers, messages)
    def test_type_that_number_contradicts_is_kept(self, cls: type[OSError], number: int, message: str) -> None:
        # TimeoutError(ECONNREFUSED): the number says more than the type, so other handlers may catch it as well.
        error = cls(number, message)
        assert catchers(typed(error)) >= catchers(error)

    @in_every_way
    @given(error=errors_in_operations, operation=operations)
    def test_raised_with_what_handlers_look_at(self, way: Way, error: OSError, operation: Operation) -> None:
        result = caught(way, sockerr.operation(operation), error)
        assert fields(result) == fields(error)

    @in_every_way
    @given(error=errors_in_operations, operation=operations)
    def test_raised_is_caught_by_the_same_handlers(self, way: Way, error: OSError, operation: Operation) -> None:
        result = caught(way, sockerr.operation(operation), error)
        assert catchers(result) == catchers(error) | said_by_number(error)

    @in_every_way
    @given(error=errors_in_operations, operation=operations)
    def test_raised_from_original(self, way: Way, error: OSError, operation: Operation) -> None:
        result = caught(way, sockerr.operation(operation), error)
        assert isinstance(result, SocketError)
        assert result.__cause__ is error

    @in_every_way
    @given(error=errors_in_operations, operation=operations, address=addresses)
    def test_raised_with_operation_and_address(
        self, way: Way, error: OSError, operation: Operation, address: object
    ) -> None:
        result = caught(way, sockerr.operation(operation, address), error)
        assert isinstance(result, SocketError)
        assert (result.operation, result.address) == (operation, address)

    @pytest.mark.parametrize("name", CONTEXTS)
    @pytest.mark.parametrize("address", [("db.internal", 5432), ("::1", 5432, 0, 0), "/run/db.sock", b"\0db", None])
    def test_every_context_names_its_operation_and_address(self, name: str, address: object) -> None:
        context = getattr(sockerr, name)(address)
        result = caught(raised_in_with_block, context, ConnectionRefusedError(errno.ECONNREFUSED, "refused"))
        assert isinstance(result, SocketError)
        assert (result.operation, result.address) == (CONTEXTS[name], address)

    @in_every_way
    @given(error=errors_in_operations, operation=operations)
    def test_traceback_ends_in_the_users_call(self, way: Way, error: OSError, operation: Operation) -> None:
        result = caught(way, sockerr.operation(operation), error)
        frames = traceback.extract_tb(result.__traceback__)
        assert frames[-1].line == "raise error"

    @in_every_way
    @given(error=errors_in_operations, operation=operations)
    def test_traceback_has_no_frame_of_the_package(self, way: Way, error: OSError, operation: Operation) -> None:
        result = caught(way, sockerr.operation(operation), error)
        for each in (result, error):
            assert [frame for frame, _ in traceback.walk_tb(each.__traceback__) if is_of_package(frame)] == []

    @in_every_way
    def test_uncaught_error_prints_each_frame_once_and_the_original(self, way: Way) -> None:
        error = ConnectionRefusedError(errno.ECONNREFUSED, "refused")
        printed = "".join(traceback.format_exception(caught(way, sockerr.connecting(), error)))
        frames = [line for line in printed.splitlines() if line.startswith("  File")]
        assert len(frames) == len(set(frames)) > 0
        assert "\nConnectionRefusedError: " in f"\n{printed}"

    def test_traceback_of_decorated_builtin_ends_in_the_callers_frame(self) -> None:
        parse = sockerr.resolving()(socket.inet_pton)
        with pytest.raises(sockerr.InvalidAddress) as info:
            parse(socket.AF_INET, "no address")
        assert [entry.frame.code.name for entry in info.traceback] == [sys._getframe().f_code.co_name]

    @pytest.mark.skipif(python.python_implementation() != "CPython", reason="only CPython counts references")
    @in_every_way
    def test_typed_error_is_gone_once_it_is_handled(self, way: Way) -> None:
        # A reference cycle would keep the frames, and with them the sockets, until the collector runs.
        gc.collect()
        gc.disable()
        try:
            gone = weakref.ref(caught(way, sockerr.connecting(), ConnectionRefusedError(errno.ECONNREFUSED, "refused")))
            assert gone() is None
        finally:
            gc.enable()

    def test_windows_number_that_says_more_than_the_type_adds_a_handler(self) -> None:
        # WinError 121 reaches Python as a plain OSError with errno EINVAL.
        error = of_windows(121, "The semaphore timeout period has expired")
        assert catchers(typed(error)) - catchers(error) == {TimeoutError}


def of_windows(winerror: int, message: str) -> OSError:
    """As Windows raises it; another system, which does not have the number, is told of it."""
    if sys.platform == "win32":
        return OSError(0, message, None, winerror)
    error = OSError(errno.EINVAL, message)
    vars(error)["winerror"] = winerror
    return error


def is_of_package(frame: Any) -> bool:
    return PACKAGE in Path(frame.f_code.co_filename).parents


class Theirs(OSError):
    """Another library's own class."""


class TheirReset(ConnectionResetError):
    """Another library's own class, derived from one that means a socket failure."""


def caused_by_a_failure(error: BaseException) -> BaseException:
    error.__cause__ = ConnectionRefusedError(errno.ECONNREFUSED, "refused")
    return error


NOT_OURS = (
    KeyboardInterrupt(),
    SystemExit(1),
    GeneratorExit(),
    asyncio.CancelledError(),
    ValueError("invalid literal for int() with base 10: 'x'"),
    TypeError("an integer is required (got type NoneType)"),
    OverflowError("signed integer is greater than maximum"),
    UnicodeEncodeError("ascii", "\xfc", 0, 1, "ordinal not in range(128)"),
    UnicodeDecodeError("ascii", b"\xfc", 0, 1, "ordinal not in range(128)"),
    ZeroDivisionError("division by zero"),
    ExceptionGroup("several", [ConnectionResetError(errno.ECONNRESET, "reset")]),
    OSError(),
    OSError("a text that no socket operation fails with"),
    caused_by_a_failure(OSError("a text that no socket operation fails with")),
    Theirs(errno.ECONNREFUSED, "refused"),
    TheirReset(errno.ECONNRESET, "reset"),
    sockerr.ConnectionReset(),
)
not_ours = pytest.mark.parametrize("error", NOT_OURS, ids=lambda error: type(error).__name__)


class TestNeverInTheWay:
    """Law 2: what the standard library's socket layer did not raise passes as the same object."""

    @in_every_way
    @not_ours
    def test_passes(self, way: Way, error: BaseException) -> None:
        assert caught(way, sockerr.operation("connect"), error) is error

    @pytest.mark.parametrize("way", [raised_in_with_block, raised_in_function], ids=lambda way: way.__name__)
    def test_stop_iteration_passes(self, way: Way) -> None:
        # Not so in a coroutine: Python itself makes a RuntimeError of it there.
        error = StopIteration()
        assert caught(way, sockerr.operation("connect"), error) is error

    @in_every_way
    @given(error=file_errors, operation=operations)
    def test_failure_of_a_file_passes(self, way: Way, error: OSError, operation: Operation) -> None:
        assert caught(way, sockerr.operation(operation), error) is error

    @in_every_way
    def test_failure_of_a_file_without_a_number_passes(self, way: Way) -> None:
        error = TimeoutError(None, "timed out", "name")
        assert caught(way, sockerr.operation("connect"), error) is error

    @in_every_way
    @given(error=errors_in_operations, inner=operations, outer=operations)
    def test_what_an_inner_context_typed_passes_an_outer_one(
        self, way: Way, error: OSError, inner: Operation, outer: Operation
    ) -> None:
        result = caught(raised_in_with_block, sockerr.operation(inner), error)
        assert caught(way, sockerr.operation(outer), result) is result

    @in_every_way
    def test_original_propagates_where_classification_fails(self, way: Way, monkeypatch: pytest.MonkeyPatch) -> None:
        def fail(*_: object) -> NoReturn:
            raise RuntimeError("a bug in the package")

        monkeypatch.setattr("sockerr._operations.from_itself", fail)
        monkeypatch.setattr("sockerr._operations.classify", fail)
        error = ConnectionRefusedError(errno.ECONNREFUSED, "refused")
        assert caught(way, sockerr.operation("connect"), error) is error

    @in_every_way
    def test_result_passes(self, way: Way) -> None:
        # The ways to raise are ways to return, too.
        context = sockerr.operation("connect")
        values: dict[Way, Callable[[], object]] = {
            raised_in_with_block: lambda: context.__exit__(None, None, None),
            raised_in_function: context(lambda: None),
            raised_in_coroutine_function: lambda: finish(context(nothing)()),
        }
        assert values[way]() is None

    @pytest.mark.usefixtures("event_loop", "loopback", "refusals")
    @pytest.mark.skipif(sys.platform != "linux", reason="only Linux has all of 127.0.0.0/8 on loopback")
    def test_failures_of_several_addresses_are_translated(self) -> None:
        """asyncio puts them into one text, where their messages differ."""

        async def addresses(*_: object, **__: object) -> list[object]:
            # A fake: no name on this machine has two addresses that refuse.
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (host, 9)) for host in ("127.0.0.1", "127.0.0.2")]

        async def connect() -> None:
            asyncio.get_running_loop().getaddrinfo = addresses  # type: ignore[assignment]
            with sockerr.connecting(("db", 9)):
                await asyncio.open_connection("db", 9)

        with pytest.raises(sockerr.ConnectionRefused) as found:
            asyncio.run(connect())
        assert len(found.value.causes) == 2
        assert "Multiple exceptions" in str(found.value.__cause__)

    @pytest.mark.usefixtures("event_loop")
    def test_decorated_coroutine_function_returns_what_the_function_returns(self) -> None:
        async def answer() -> int:
            return 42

        assert asyncio.run(sockerr.connecting()(answer)()) == 42

    def test_decorated_function_returns_what_the_function_returns(self) -> None:
        assert sockerr.connecting()(divmod)(7, 2) == (3, 1)

    def test_class_of_contexts_is_public_where_it_says(self) -> None:
        assert getattr(importlib.import_module(Context.__module__), "Context") is Context  # noqa: B009  # by name, as readers of annotations do

    def test_context_holds_nothing_but_its_address(self) -> None:
        assert not hasattr(sockerr.connecting("db.internal"), "__dict__")

    def test_decorated_function_keeps_its_name(self) -> None:
        assert sockerr.connecting()(nothing).__name__ == "nothing"

    def test_object_with_coroutine_method_is_decorated_as_coroutine_function(self) -> None:
        class Fails:
            async def __call__(self) -> None:
                raise ConnectionRefusedError(errno.ECONNREFUSED, "refused")

        with pytest.raises(sockerr.ConnectionRefused):
            finish(sockerr.connecting()(Fails())())

    @pytest.mark.parametrize("cls", [sockerr.ConnectionReset, sockerr.NameNotFound, SocketError])
    def test_classify_returns_typed_error_as_it_is(self, cls: type[SocketError]) -> None:
        error = cls(operation="connect", address="inner")
        assert classify(error, operation="send", address="outer") is error
        assert (error.operation, error.address, error.__cause__) == ("connect", "inner", None)

    @given(other_errors)
    # The sentence of a name server's failure.
    @example(OSError(errno.EIO, "Try again"))
    def test_classify_leaves_number_that_no_socket_operation_documents(self, error: OSError) -> None:
        assert classify(error) is None

    @given(other_errors, operations)
    def test_classify_types_any_number_where_operation_is_known(self, error: OSError, operation: Operation) -> None:
        assert typed(error, operation).symbol is not None

    @given(file_errors)
    def test_classify_leaves_file_that_fails_as_files_do(self, error: OSError) -> None:
        found = classify(error)
        assert found is None or found.symbol is not None

    @pytest.mark.parametrize("symbol", ["ENOENT", "EACCES", "EPERM", "EISDIR", "ENOSPC", "EMFILE", "ENOTDIR", "EINVAL"])
    def test_classify_leaves_error_that_files_have_to_the_file(self, symbol: str) -> None:
        assert classify(OSError(getattr(errno, symbol), "message", "name")) is None

    def test_windows_number_without_a_symbol_is_left_to_what_its_errno_is_of(self) -> None:
        error = of_windows(183, "Cannot create a file when that file already exists")
        error.errno = errno.EEXIST
        assert classify(error) is None

    @pytest.mark.parametrize(("number", "is_of_a_socket"), [(10061, True), (10013, False), (1225, False)])
    def test_windows_number_that_network_shares_have_is_left_to_the_file(
        self, number: int, is_of_a_socket: bool
    ) -> None:
        error = of_windows(number, "message")
        error.filename = "name"
        assert (classify(error) is not None) is is_of_a_socket

    @pytest.mark.parametrize("symbol", ["ECONNREFUSED", "EADDRINUSE", "EHOSTUNREACH", "ETIMEDOUT", "ENOTCONN"])
    def test_classify_types_error_that_no_file_has_in_spite_of_file_name(self, symbol: str) -> None:
        # asyncio's create_unix_connection() names the path.
        assert typed(OSError(getattr(errno, symbol), "message", "name")).symbol == symbol

    @given(file_errors, operations)
    def test_classify_types_failure_of_file_where_operation_is_known(
        self, error: OSError, operation: Operation
    ) -> None:
        assert typed(error, operation).operation is operation


async def nothing() -> None:
    """Return at once."""


class HostileInt(int):
    """A number that lets nobody look at it."""

    def __hash__(self) -> int:
        raise RuntimeError("hash")

    def __eq__(self, other: object) -> bool:
        raise RuntimeError("eq")


class Number(IntEnum):
    """A number that is one in every respect, but of a type of its own."""

    EPERM = errno.EPERM


class HostileText(str):
    """A text that lets nobody look at it."""

    __slots__ = ()

    def __str__(self) -> str:
        raise RuntimeError("str")

    def __repr__(self) -> str:
        raise RuntimeError("repr")

    def __hash__(self) -> int:
        raise RuntimeError("hash")

    def __eq__(self, other: object) -> bool:
        raise RuntimeError("eq")

    def __bool__(self) -> bool:
        raise RuntimeError("bool")


def hostile(*asked: object) -> NoReturn:
    """Raise, whatever is asked for."""
    raise RuntimeError("hostile", len(asked))


HOSTILE_HOOKS: dict[str, dict[str, object]] = {
    "getattr": {"__getattr__": hostile},
    "getattribute": {"__getattribute__": hostile},
    "texts": {"__str__": hostile, "__repr__": hostile},
    "class": {"__class__": property(hostile)},
    "comparison": {"__hash__": hostile, "__eq__": hostile, "__bool__": hostile, "__len__": hostile},
    "state": {"__reduce__": hostile, "__dict__": property(hostile)},
    "fields": dict.fromkeys(("errno", "winerror", "filename", "strerror", "args", "__notes__"), property(hostile)),
    "chain": dict.fromkeys(("__cause__", "__context__", "__traceback__"), property(hostile)),
    "wrapped": dict.fromkeys(("reason", "os_error", "original_exception", "exception", "errors"), property(hostile)),
}
HOSTILE_BASES = (OSError, ConnectionResetError, ValueError, UnicodeEncodeError, Exception, BaseException)


@pytest.fixture(params=HOSTILE_BASES, ids=lambda base: base.__name__)
def base(request: pytest.FixtureRequest) -> Any:
    return request.param


@pytest.fixture(params=HOSTILE_HOOKS)
def hostile_error(base: type[BaseException], request: pytest.FixtureRequest) -> BaseException:
    """An exception that raises something from the hooks by which Python looks at one."""
    cls = type("Hostile", (base,), HOSTILE_HOOKS[request.param])
    return uninitialised(cls)


def uninitialised(cls: Any) -> BaseException:
    """An exception whose __init__ has not run."""
    made: BaseException = cls.__new__(cls)
    return made


def damaged_errors() -> list[BaseException]:
    """Exceptions of the standard library's own classes, in states that it never leaves them in."""
    errors: list[BaseException] = [uninitialised(cls) for cls in STANDARD if not issubclass(cls, BaseExceptionGroup)]
    strange: tuple[Any, ...] = (
        10**30,
        -(10**30),
        True,
        False,
        1.5,
        "11",
        b"11",
        (),
        [],
        {},
        object(),
        OSError,
        HostileInt(1),
    )
    for value in (*strange, HostileText("x"), float("nan")):
        errors += [OSError(value), TimeoutError(value, value), socket.gaierror(value, value)]
        error = OSError("a text")
        error.errno = value
        errors.append(error)
        error = OSError(errno.EPERM, "a text")
        vars(error)["winerror"] = value
        errors.append(error)
    return errors


class TestTotal:
    """Law 3: classify() answers for every exception there is."""

    def test_hostile_class(self, hostile_error: BaseException) -> None:
        found = classify(hostile_error, operation="connect")
        assert found is None or found.__cause__ is not None

    @in_every_way
    def test_hostile_class_passes(self, way: Way, hostile_error: BaseException) -> None:
        is_same = caught(way, sockerr.operation("connect"), hostile_error) is hostile_error
        assert is_same  # where it is not, pytest is spared to look at a hostile object

    @pytest.mark.parametrize("operation", [None, Operation.CONNECT], ids=str)
    @pytest.mark.parametrize("error", damaged_errors(), ids=lambda error: type(error).__name__)
    def test_damaged_error(self, error: BaseException, operation: Operation | None) -> None:
        found = classify(error, operation=operation)
        assert found is None or found.__cause__ is error

    @pytest.mark.parametrize("number", [True, HostileInt(errno.EPERM), Number.EPERM], ids=["bool", "hostile", "enum"])
    def test_strange_number_decides_nothing_for_later_errors(
        self, number: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        memory = Memory()
        monkeypatch.setattr("sockerr._classification.memory", memory)
        monkeypatch.setattr("sockerr._classification.itself.memory", memory)
        strange = OSError()
        strange.errno = number
        classify(strange)
        assert typed(TimeoutError("timed out")).evidence is Evidence.TYPE
        assert classify(OSError("a text that no socket operation fails with")) is None

    @given(st.sampled_from(STANDARD), st.lists(st.none() | st.integers() | st.text() | st.binary(), max_size=5))
    def test_any_arguments(self, cls: type[BaseException], args: list[object]) -> None:
        try:
            error = cls(*args)
        except (TypeError, ValueError, OverflowError):
            error = (
                cls.__new__(cls, "several", [OSError()]) if issubclass(cls, BaseExceptionGroup) else cls.__new__(cls)
            )
        found = classify(error, operation="connect")
        assert found is None or found.__cause__ is error

    @given(st.none() | st.integers() | st.text() | st.sampled_from([OSError, SocketError, object()]))
    def test_what_is_no_exception_is_a_type_error(self, value: Any) -> None:
        with pytest.raises(TypeError, match="classify"):
            classify(value)


PROTOCOLS = range(pickle.HIGHEST_PROTOCOL + 1)
COPIES: dict[str, Callable[[SocketError], SocketError]] = {
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
    **{
        f"pickle-{protocol}": lambda error, protocol=protocol: pickle.loads(pickle.dumps(error, protocol))  # type: ignore[misc]  # noqa: S301  # a pickle of its own
        for protocol in PROTOCOLS
    },
}
in_every_copy = pytest.mark.parametrize("duplicate", COPIES.values(), ids=COPIES)


def identity(error: SocketError) -> list[object]:
    """All that a copy has to keep."""
    return [type(error), *fields(error), error.as_dict(), str(error), error.address]


def elsewhere(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Let this machine be another system, as far as the numbers go.

    It is simulated, so that the numbers of every table are tried on every machine; the real systems are tried where
    the suite runs on them.
    """
    monkeypatch.setattr(platforms, "_current", [name])


class TestPortable:
    """Law 4: errors survive copying and pickling, also from one system to another."""

    @in_every_copy
    @pytest.mark.parametrize("cls", list(catalogue()), ids=lambda cls: cls.__name__)
    def test_every_class_survives(
        self, cls: type[SocketError], duplicate: Callable[[SocketError], SocketError]
    ) -> None:
        error = cls(operation="connect", address=("db.internal", 5432))
        assert identity(duplicate(error)) == identity(error)

    @in_every_copy
    @given(error=socket_errors, operation=operations_or_none, address=addresses)
    def test_classified_error_survives(
        self,
        duplicate: Callable[[SocketError], SocketError],
        error: OSError,
        operation: Operation | None,
        address: object,
    ) -> None:
        made = classify(error, operation=operation, address=address)
        assert made is not None
        assert identity(duplicate(made)) == identity(made)

    @in_every_copy
    @given(error=file_errors, operation=operations)
    def test_file_name_survives(
        self, duplicate: Callable[[SocketError], SocketError], error: OSError, operation: Operation
    ) -> None:
        made = typed(error, operation)
        assert identity(duplicate(made)) == identity(made)

    @in_every_copy
    def test_unusable_address_survives(self, duplicate: Callable[[SocketError], SocketError]) -> None:
        made = typed(OverflowError("connect(): port must be 0-65535."), Operation.CONNECT)
        assert identity(duplicate(made)) == identity(made)

    @in_every_copy
    def test_note_survives(self, duplicate: Callable[[SocketError], SocketError]) -> None:
        made = sockerr.ConnectionReset()
        made.add_note("while fetching the index")
        assert duplicate(made).__notes__ == made.__notes__

    @pytest.mark.parametrize("name", platforms.names())
    @given(error=system_errors | lookup_errors, operation=operations_or_none, address=addresses)
    def test_loaded_elsewhere_keeps_what_it_means(
        self, name: str, error: OSError, operation: Operation | None, address: object
    ) -> None:
        made = classify(error, operation=operation, address=address)
        loaded = sent_to(name, made)
        kept = ("symbol", "operation", "address", "platform", "code", "retry", "fault", "hint", "evidence")
        assert type(loaded) is type(made)
        assert [getattr(loaded, each) for each in kept] == [getattr(made, each) for each in kept]

    @pytest.mark.parametrize("name", platforms.names())
    @given(error=system_errors | lookup_errors)
    def test_loaded_elsewhere_has_the_number_of_its_symbol_there(self, name: str, error: OSError) -> None:
        made = typed(error)
        loaded = sent_to(name, made)
        there = made.errno if name == platforms.current() else platforms.number(made.symbol or "", name)
        assert (loaded.errno, loaded.args[0]) == (there, there)

    @given(unknown_errors)
    def test_number_without_symbol_means_nothing_elsewhere(self, error: OSError) -> None:
        loaded = sent_to("haiku1", typed(error))
        assert (loaded.errno, loaded.args[0]) == (None, None)

    @pytest.mark.parametrize("name", platforms.names())
    @given(error=system_errors | lookup_errors)
    def test_sent_there_and_back_is_as_it_was(self, name: str, error: OSError) -> None:
        made = typed(error)
        with pytest.MonkeyPatch.context() as patch:
            data = pickle.dumps(made)
            elsewhere(patch, name)
            data = pickle.dumps(pickle.loads(data))  # noqa: S301  # a pickle of its own
        assert identity(pickle.loads(data)) == identity(made)  # noqa: S301  # a pickle of its own

    @given(numberless_errors)
    def test_error_without_number_has_none_elsewhere(self, error: OSError) -> None:
        made = typed(error)
        loaded = sent_to("haiku1", made)
        assert fields(loaded) == fields(made)

    def test_message_says_where_the_number_is_from(self) -> None:
        made = typed(ConnectionRefusedError(errno.ECONNREFUSED, "refused"))
        with pytest.MonkeyPatch.context() as patch:
            data = pickle.dumps(made)
            elsewhere(patch, "haiku1")
            message = str(pickle.loads(data))  # noqa: S301  # a pickle of its own
        assert message.endswith(f"(ECONNREFUSED, {errno.ECONNREFUSED} on {platforms.current()})")

    def test_arguments_that_tell_no_number_stay_as_they_are_elsewhere(self) -> None:
        error = OSError("refused")
        error.errno = errno.ECONNREFUSED
        loaded = sent_to("haiku1", typed(error))
        assert (loaded.args, loaded.errno) == (("refused",), platforms.number("ECONNREFUSED", "haiku1"))

    def test_tls_error_keeps_openssl_number_and_birth_elsewhere(self) -> None:
        ssl = pytest.importorskip("ssl")
        made = typed(ssl.SSLError(1, "[SSL: WRONG_VERSION_NUMBER] wrong version number"))
        loaded = sent_to("haiku1", made)
        assert (loaded.errno, loaded.code, loaded.platform) == (1, 1, platforms.current())

    def test_tls_error_is_read_by_a_python_without_ssl(self, monkeypatch: pytest.MonkeyPatch) -> None:
        ssl = pytest.importorskip("ssl")
        data = pickle.dumps(typed(ssl.SSLCertVerificationError(1, "certificate verify failed")))
        monkeypatch.setitem(sys.modules, type(ssl.SSLError()).__module__, None)
        assert type(pickle.loads(data)) is sockerr.CertificateRejected  # noqa: S301  # a pickle of its own


def sent_to(name: str, error: SocketError | None) -> SocketError:
    """The error, pickled here and loaded on another system."""
    data, born = pickle.dumps(error), error and error.platform
    with pytest.MonkeyPatch.context() as patch:
        elsewhere(patch, name)
        loaded: SocketError = pickle.loads(data)  # noqa: S301  # a pickle of its own
        # Asked there, for an error of the place where one asks says so by saying nothing.
        assert error is not None
        assert loaded.platform == loaded.as_dict()["platform"] == born
        return loaded


class TestHonest:
    """Law 5: no guess, and a mark on what decided."""

    @given(unknown_system_errors, operations_or_none)
    def test_unknown_number_is_plain_socket_error(self, error: OSError, operation: Operation | None) -> None:
        assert type(typed(error, operation)) is SocketError

    @given(unknown_errors, operations_or_none)
    def test_unknown_number_has_no_class_of_its_own(self, error: OSError, operation: Operation | None) -> None:
        assert type(typed(error, operation)).__name__ == "SocketError"

    @given(unknown_errors, operations_or_none)
    def test_unknown_number_has_no_symbol(self, error: OSError, operation: Operation | None) -> None:
        assert typed(error, operation).symbol is None

    @given(unknown_numbers, operations_or_none)
    def test_code_that_nobody_knows_is_plain_socket_error(self, number: int, operation: Operation | None) -> None:
        made = sockerr.from_code(number, operation=operation)
        assert (type(made), made.symbol, made.errno, made.code) == (SocketError, None, number, number)

    @given(unknown_system_errors | system_errors, operations_or_none)
    def test_errno_is_evidence(self, error: OSError, operation: Operation | None) -> None:
        assert typed(error, operation).evidence is Evidence.ERRNO

    @given(lookup_errors, operations_or_none)
    def test_resolver_code_is_evidence(self, error: OSError, operation: Operation | None) -> None:
        assert typed(error, operation).evidence is Evidence.RESOLVER

    @given(numberless_errors, operations_or_none)
    def test_type_is_evidence_where_there_is_no_number(self, error: OSError, operation: Operation | None) -> None:
        assert typed(error, operation).evidence is Evidence.TYPE

    @given(numberless_errors)
    def test_type_alone_is_never_safe_to_retry(self, error: OSError) -> None:
        assert not sockerr.is_safe_to_retry(error)

    def test_text_is_evidence_where_there_is_nothing_else(self) -> None:
        assert typed(OSError("AF_UNIX path too long")).evidence is Evidence.MESSAGE

    def test_windows_number_is_evidence(self) -> None:
        # asyncio on Windows: errno is EINVAL, and winerror says "refused".
        made = typed(of_windows(1225, "The remote computer refused the network connection"))
        assert (made.symbol, made.evidence, made.code) == ("ECONNREFUSED", Evidence.WINERROR, 1225)

    def test_windows_number_of_what_no_other_system_has_is_evidence(self) -> None:
        made = typed(of_windows(10091, "The network subsystem is unavailable"))
        assert (type(made).__name__, made.evidence) == ("WinsockUnavailable", Evidence.WINERROR)

    def test_tls_class_is_evidence(self) -> None:
        ssl = pytest.importorskip("ssl")
        assert typed(ssl.SSLError(1, "[SSL] unknown error (_ssl.c:1000)")).evidence is Evidence.TLS
