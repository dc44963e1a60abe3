"""What a function given to `sockerr.register` decides, and what becomes of its mistakes."""

import asyncio
import errno
import pickle
import subprocess
import sys
import types
from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sockerr
from sockerr import Evidence, Retry, classify, register
from sockerr._classification import registered


class BusError(Exception):
    """A library's own, with an answer for the function registered for it."""

    def __init__(self, answer: Any) -> None:
        super().__init__("bus failed")
        self.answer = [answer]  # in a list, where another text beside it keeps it from being looked at
        self.answer.append("")


class DerivedError(BusError):
    """Derived from it."""


@register(BusError)
def read(error: BusError) -> Any:
    return error.answer[0]


class TestAnswer:
    def test_symbol(self) -> None:
        error = BusError("ECONNREFUSED")
        found = classify(error)
        assert isinstance(found, sockerr.ConnectionRefused)
        assert (found.symbol, found.errno, found.evidence) == ("ECONNREFUSED", errno.ECONNREFUSED, Evidence.LIBRARY)
        assert found.library == found.as_dict()["library"] == f"{__name__}.BusError"
        assert found.__cause__ is error
        assert (found.operation, found.located) == (None, None)

    def test_symbol_is_refined_by_the_callers_operation_and_address(self) -> None:
        found = classify(BusError("ETIMEDOUT"), operation="connect", address="db")
        assert isinstance(found, sockerr.ConnectTimedOut)
        assert (found.operation, found.address, found.retry) == ("connect", "db", Retry.SAFE)

    def test_symbol_of_another_spelling(self) -> None:
        found = classify(BusError("WSAECONNRESET"))
        assert found is not None
        assert found.symbol == "ECONNRESET"

    def test_typed_error_with_what_only_the_library_knows(self) -> None:
        answer = sockerr.ConnectTimedOut("no answer in 3 s", operation="connect", address=("bus", 7))
        found = classify(BusError(answer))
        assert type(found) is sockerr.ConnectTimedOut
        assert found is not answer
        assert (found.operation, found.address, found.located) == ("connect", ("bus", 7), "given")
        assert (found.args, found.evidence) == (("no answer in 3 s",), Evidence.LIBRARY)
        assert answer.evidence is Evidence.TYPE

    def test_function_knows_the_operation_best(self) -> None:
        found = classify(BusError(sockerr.TimedOut("late", operation="send", address="a")), address="b")
        assert found is not None
        assert (found.operation, found.address) == ("send", "b")

    def test_advice_without_an_operation_is_never_safe(self) -> None:
        found = classify(BusError(sockerr.ConnectTimedOut("late")))
        assert found is not None
        assert found.retry is Retry.IF_IDEMPOTENT

    def test_earlier_failure_makes_the_advice_cautious_unless_the_caller_knows_the_operation(self) -> None:
        error = BusError(sockerr.ConnectTimedOut("late", operation="connect"))
        assert sockerr.is_safe_to_retry(error)
        error.__context__ = ConnectionResetError(errno.ECONNRESET, "reset")
        assert not sockerr.is_safe_to_retry(error)
        found = classify(error, operation="connect")
        assert found is not None
        assert found.retry is Retry.SAFE

    def test_another_exception(self) -> None:
        found = classify(BusError(ConnectionResetError(errno.ECONNRESET, "reset")))
        assert found is not None
        assert (found.symbol, found.evidence, found.library) == ("ECONNRESET", Evidence.ERRNO, None)

    def test_another_exception_goes_before_what_is_wrapped(self) -> None:
        error = BusError(BusError("ECONNRESET"))
        error.__cause__ = ConnectionRefusedError(errno.ECONNREFUSED, "refused")
        assert isinstance(classify(error), sockerr.ConnectionReset)

    def test_none_leaves_it_to_the_rest(self) -> None:
        error = BusError(None)
        assert classify(error) is None
        error.__cause__ = ConnectionRefusedError(errno.ECONNREFUSED, "refused")
        found = classify(error)
        assert found is not None
        assert (found.symbol, found.evidence) == ("ECONNREFUSED", Evidence.ERRNO)

    def test_text_that_a_function_has_seen_is_not_read(self) -> None:
        class WordyError(Exception):
            """A library's own."""

        text = f"x: {sockerr.ConnectionRefused().strerror}"
        assert isinstance(classify(WordyError(text)), sockerr.ConnectionRefused)
        register(WordyError)(lambda _: None)
        assert classify(WordyError(text)) is None

    def test_exceptions_are_not_compared(self) -> None:
        class Incomparable(Exception):
            """An exception that cannot be compared."""

            def __eq__(self, other: object) -> bool:
                raise AssertionError

            __hash__ = None  # type: ignore[assignment]  # as classes with __eq__ have

        error = Incomparable(f"x: {sockerr.ConnectionRefused().strerror}")
        error.__cause__ = BusError(None)
        assert isinstance(classify(error), sockerr.ConnectionRefused)

    def test_function_decides_before_what_is_wrapped(self) -> None:
        error = BusError("ECONNRESET")
        error.__cause__ = ConnectionRefusedError(errno.ECONNREFUSED, "refused")
        assert isinstance(classify(error), sockerr.ConnectionReset)

    def test_wrapped_exception_is_asked(self) -> None:
        error = RuntimeError()
        error.__cause__ = BusError("ECONNRESET")
        assert isinstance(classify(error), sockerr.ConnectionReset)
        found = classify(ExceptionGroup("all", [BusError("ECONNRESET"), BusError("ECONNRESET")]))
        assert found is not None
        assert (found.evidence, len(found.causes)) == (Evidence.LIBRARY, 2)

    def test_pickle_keeps_who_decided(self) -> None:
        found = pickle.loads(pickle.dumps(classify(BusError("ECONNRESET"))))  # noqa: S301  # its own
        assert (found.evidence, found.library) == (Evidence.LIBRARY, f"{__name__}.BusError")

    def test_everybodys_attribute_is_no_record(self) -> None:
        error = ConnectionResetError(errno.ECONNRESET, "reset")
        error.library = "theirs"  # type: ignore[attr-defined]  # as anybody may
        found = classify(error)
        assert found is not None
        assert found.library is None


class TestClass:
    def test_derived_class_inherits(self) -> None:
        found = classify(DerivedError("ECONNRESET"))
        assert found is not None
        assert found.library == f"{__name__}.BusError"

    def test_nearest_class_decides(self) -> None:
        class NearError(BusError):
            """With a function of its own."""

        register(NearError)(lambda _: "ETIMEDOUT")
        assert isinstance(classify(NearError("ECONNRESET")), sockerr.TimedOut)

    def test_later_function_replaces_an_earlier_one(self) -> None:
        class OnceError(Exception):
            """Registered twice."""

        register(OnceError)(lambda _: "ETIMEDOUT")
        register(OnceError)(lambda _: "ECONNRESET")
        assert isinstance(classify(OnceError()), sockerr.ConnectionReset)

    def test_function_is_returned(self) -> None:
        assert read(BusError("ECONNRESET")) == "ECONNRESET"

    def test_exception_that_stops_a_program_may_be_registered(self) -> None:
        class Failure(BaseException):
            """As Twisted's, which is none that stops a program."""

        assert classify(Failure()) is None
        register(Failure)(lambda _: "ECONNRESET")
        assert isinstance(classify(Failure()), sockerr.ConnectionReset)
        assert classify(asyncio.CancelledError()) is None


@pytest.fixture
def library() -> Iterator[types.ModuleType]:
    """A library that defines its exception in a module of another name than the public one."""
    defined = type("TheirError", (Exception,), {"__module__": "a_bus.inner.errors"})
    outer = types.ModuleType("a_bus")
    outer.TheirError = defined  # type: ignore[attr-defined]  # modules have any
    outer.errors = type("errors", (), {"TheirError": defined})  # type: ignore[attr-defined]  # a class as a namespace
    outer.number = 5  # type: ignore[attr-defined]  # modules have any
    sys.modules["a_bus"] = outer
    yield outer
    del sys.modules["a_bus"]
    registered._by_package.pop("a_bus", None)


class TestName:
    @pytest.mark.parametrize("name", ["a_bus.inner.errors.TheirError", "a_bus.TheirError", "a_bus.errors.TheirError"])
    def test_class_is_found_by_any_of_its_names(self, library: Any, name: str) -> None:
        register(name)(lambda _: "ECONNRESET")
        found = classify(library.TheirError())
        assert found is not None
        assert found.library == name

    @pytest.mark.parametrize(
        "name", ["a_bus.NoError", "a_bus.number.real", "a_bus.sub.TheirError", "no_bus.TheirError"]
    )
    def test_name_that_leads_nowhere(self, library: Any, name: str) -> None:
        register(name)(lambda _: "ECONNRESET")
        assert classify(library.TheirError()) is None

    def test_nothing_is_imported(self, python: str) -> None:
        code = "import sys, sockerr; sockerr.register('mailbox.Error')(print); "
        code += "sockerr.classify(sys.modules['asyncio'].IncompleteReadError(b'', 1) if 'asyncio' in sys.modules "
        code += "else ValueError()); print('mailbox' in sys.modules)"
        done = subprocess.run([python, "-c", code], capture_output=True, text=True, check=True)
        assert done.stdout == "False\n"

    def test_name_of_what_is_not_loaded(self) -> None:
        register("no_bus.errors.TheirError")(lambda _: "ECONNRESET")
        theirs = type("OtherError", (Exception,), {"__module__": "no_bus"})
        assert classify(theirs()) is None

    def test_readers_that_cannot_be_loaded(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """As when a process has no file descriptor left."""
        monkeypatch.setitem(sys.modules, "sockerr._classification.readers", None)
        monkeypatch.setattr(registered, "_shipped", {})
        theirs = type("NoError", (Exception,), {"__module__": "pycurl"})
        assert classify(theirs(7, "no")) is None

    def test_class_without_the_name_of_a_module(self) -> None:
        odd = type("OddError", (Exception,), {"__module__": 5})
        assert classify(odd()) is None


class TestMistakes:
    @pytest.mark.parametrize(
        ("answer", "says"),
        [
            ("EFOO", "unknown symbol 'EFOO'"),
            (5, "returned 5"),
            (b"ECONNRESET", "returned b'ECONNRESET'"),
            (sockerr.TimedOut, "returned <class 'sockerr.TimedOut'>: return a symbol, an instance"),
        ],
        ids=["unknown symbol", "number", "bytes", "class"],
    )
    def test_answer_is_logged(self, answer: object, says: str, caplog: pytest.LogCaptureFixture) -> None:
        assert classify(BusError(answer)) is None
        [record] = caplog.records
        assert record.name == "sockerr"
        assert record.getMessage() == f"{__name__}.read, registered for {__name__}.BusError, is ignored"
        assert record.exc_info is not None
        assert says in str(record.exc_info[1])

    def test_exception_itself_is_no_answer(self, caplog: pytest.LogCaptureFixture) -> None:
        error = BusError(None)
        error.answer[0] = error
        assert classify(error) is None
        assert len(caplog.records) == 1

    def test_exception_is_logged_and_the_search_goes_on(self, caplog: pytest.LogCaptureFixture) -> None:
        class WorseError(Exception):
            """Its function raises."""

        @register(WorseError)
        def fail(error: WorseError) -> str:
            raise KeyError(error)

        error = WorseError()
        error.__cause__ = ConnectionResetError(errno.ECONNRESET, "reset")
        assert isinstance(classify(error), sockerr.ConnectionReset)
        assert len(caplog.records) == 1

    def test_function_without_a_name_is_logged_too(self, caplog: pytest.LogCaptureFixture) -> None:
        class OddError(Exception):
            """Its function is none with a name."""

        register(OddError)(partial(int, "no number"))  # type: ignore[arg-type]  # that is the case
        assert classify(OddError()) is None
        assert "functools.partial(<class 'int'>" in caplog.text

    def test_log_that_fails_is_contained(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "logging", None)
        assert classify(BusError(5)) is None

    def test_order_to_stop_gets_through(self) -> None:
        class StopError(Exception):
            """Ctrl+C comes while its function runs."""

        @register(StopError)
        def stop(error: StopError) -> str:
            raise KeyboardInterrupt(error)

        with pytest.raises(KeyboardInterrupt):
            classify(StopError())

    @given(st.recursive(st.none() | st.text() | st.integers(), st.lists))
    def test_classify_returns_whatever_the_answer(self, answer: Any) -> None:
        found = classify(BusError(answer))
        assert found is None or found.evidence is Evidence.LIBRARY


class TestBadInput:
    @pytest.mark.parametrize("exception", [5, None, int, read, BusError(1)])
    def test_what_is_no_exception_class(self, exception: Any) -> None:
        with pytest.raises(TypeError, match="takes an exception class or its dotted name"):
            register(exception)

    @pytest.mark.parametrize("name", ["", "error", ".error", "pycurl.", "py curl.error", "pycurl.1"])
    def test_what_is_no_dotted_name(self, name: str) -> None:
        with pytest.raises(ValueError, match=r"such as 'pycurl\.error', not "):
            register(name)

    @pytest.mark.parametrize(
        "exception", [OSError, TimeoutError, "socket.gaierror", "ssl.SSLError", "builtins.OSError"]
    )
    def test_what_comes_with_python(self, exception: Any) -> None:
        with pytest.raises(ValueError, match="comes with Python, and classify"):
            register(exception)

    def test_what_is_typed_already(self) -> None:
        with pytest.raises(ValueError, match="ConnectionReset is a SocketError already"):
            register(sockerr.ConnectionReset)

    def test_what_is_no_function(self) -> None:
        with pytest.raises(TypeError, match="decorates a function, not str"):
            register(BusError)("ECONNRESET")  # type: ignore[arg-type]  # that is the case


def test_packages_with_a_reader_are_known_before_it_is_loaded() -> None:
    from sockerr._classification.readers import READERS, TEXTS

    assert {name.partition(".")[0] for name in (*READERS, *TEXTS)} == registered._KNOWN


def test_readers_are_loaded_with_the_first_exception_that_they_know(python: str) -> None:
    code = """
import sys, sockerr
NAME = "sockerr._classification.readers"
class MyError(Exception): pass
sockerr.classify(MyError())
print(NAME in sys.modules)
sockerr.register("twisted.python.failure.Failure")(lambda _: "ETIMEDOUT")
Failure = type("Failure", (BaseException,), {"__module__": "twisted.python.failure"})
print(type(sockerr.classify(Failure())).__name__, NAME in sys.modules)
"""
    done = subprocess.run([python, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "TimedOut", "True"]
