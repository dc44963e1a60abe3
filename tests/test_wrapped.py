"""What `classify` finds in what an exception wraps, and what it does not."""

import asyncio
import contextlib
import errno
import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import urllib.error
import zipfile
from collections.abc import Callable
from email.message import Message
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sockerr
from sockerr import Evidence, Retry, SocketError, classify
from sockerr._classification.attributes import Budget, kept_in

REFUSED = (errno.ECONNREFUSED, str(sockerr.ConnectionRefused().strerror).rstrip("."))
# EPERM, and on most systems HOST_NOT_FOUND, too; on Windows no number is two things, and 98765 is none.
TWO_THINGS = 98765 if sys.platform == "win32" else 1
# How many exceptions, items and frames are looked at, as docs/classifying.md says.
LIMIT = 1000
NAME_NOT_KNOWN = "Name or service not known"


def refused() -> OSError:
    return ConnectionRefusedError(*REFUSED)


def timed_out() -> OSError:
    return TimeoutError("timed out")


class LibraryError(Exception):
    """A library's own."""


class LibraryOSError(OSError):
    """A library's own, with a number that may be the library's own as well."""


def with_attributes(error: BaseException, **attributes: object) -> BaseException:
    for name, value in attributes.items():
        setattr(error, name, value)
    return error


def raised_from(outer: BaseException, cause: BaseException | None) -> BaseException:
    outer.__cause__ = cause
    return outer


def replaced(inner: BaseException, outer: BaseException) -> BaseException:
    """The outer exception, raised in the frame that caught the inner one, without a word of it."""
    with pytest.raises(type(outer)) as caught:  # noqa: PT012  # that is the case
        try:
            raise inner
        except type(inner):
            raise outer  # noqa: B904  # the implicit context is what is tested
    return caught.value


def raise_it(error: BaseException) -> None:
    raise error


def stumbled(inner: BaseException, outer: BaseException) -> BaseException:
    """The outer exception, raised by something that was called while the inner one was handled."""
    with pytest.raises(type(outer)) as caught:  # noqa: PT012  # that is the case
        try:
            raise inner
        except type(inner):
            raise_it(outer)
    return caught.value


WRAPPERS: dict[str, Callable[[BaseException], BaseException]] = {
    "cause": lambda inner: raised_from(LibraryError(), inner),
    "cause of a built-in": lambda inner: raised_from(ValueError("no connection"), inner),
    "cause of an order": lambda inner: raised_from(LibraryError(), raised_from(LibraryError(), inner)),
    "reason": lambda inner: urllib.error.URLError(inner),  # noqa: PLW0108  # the stub wants an OSError
    "os_error": lambda inner: with_attributes(LibraryError(), os_error=inner),
    "original_exception": lambda inner: with_attributes(LibraryError(), original_exception=inner),
    "exception": lambda inner: with_attributes(LibraryError(), exception=inner),
    "inner_exception": lambda inner: with_attributes(LibraryError(), inner_exception=inner),
    "private attribute": lambda inner: with_attributes(LibraryError(), _os_error=inner),
    "attribute of another name": lambda inner: with_attributes(LibraryError(), wire_trouble=inner),
    "list with other things": lambda inner: with_attributes(LibraryError(), details=["connect", inner]),
    "tuple with other things": lambda inner: with_attributes(LibraryError(), details=("connect", inner)),
    "mapping with other things": lambda inner: with_attributes(LibraryError(), errors={"why": inner, "where": "db"}),
    "argument": lambda inner: LibraryError("no connection", inner),
    "context": lambda inner: replaced(inner, LibraryError("no connection")),
    "context of an OSError": lambda inner: replaced(inner, LibraryOSError("no connection")),
    "mapping": lambda inner: with_attributes(LibraryError(), errors={("127.0.0.1", 9): inner}),
    "list": lambda inner: with_attributes(LibraryError(), errors=[inner]),
    "tuple": lambda inner: with_attributes(LibraryError(), errors=(inner,)),
    "list of another name": lambda inner: with_attributes(LibraryError(), per_address=[inner, inner]),
    "group": lambda inner: BaseExceptionGroup("all failed", [inner]),
    "group in a group": lambda inner: BaseExceptionGroup("all", [BaseExceptionGroup("failed", [inner])]),
    "group in a cause": lambda inner: raised_from(LibraryError(), BaseExceptionGroup("all failed", [inner])),
}


class TestLookedThrough:
    @pytest.mark.parametrize("wrap", WRAPPERS.values(), ids=WRAPPERS)
    def test_failure_is_found(self, wrap: Callable[[BaseException], BaseException]) -> None:
        error = wrap(refused())
        found = classify(error, operation="connect", address="db")
        assert isinstance(found, sockerr.ConnectionRefused)
        assert (found.symbol, found.operation, found.address) == ("ECONNREFUSED", "connect", "db")
        assert (found.evidence, found.retry) == (Evidence.ERRNO, Retry.SAFE)
        assert found.__cause__ is error

    @pytest.mark.parametrize("wrap", WRAPPERS.values(), ids=WRAPPERS)
    def test_typed_error_is_copied(self, wrap: Callable[[BaseException], BaseException]) -> None:
        inner = sockerr.ConnectTimedOut(operation="connect", address="inner")
        found = classify(wrap(inner), operation="send", address="outer")
        assert type(found) is type(inner)
        assert found is not inner
        assert inner.__cause__ is None

    def test_inner_context_knew_best(self) -> None:
        inner = sockerr.ConnectTimedOut(operation="connect", address="inner")
        found = classify(raised_from(LibraryError(), inner), operation="send", address="outer")
        assert found is not None
        assert (found.operation, found.address) == ("connect", "inner")

    def test_the_most_deliberate_goes_first(self) -> None:
        error = with_attributes(LibraryError(timed_out()), reason=sockerr.NameNotFound())
        assert isinstance(classify(error), sockerr.NameNotFound)
        assert isinstance(classify(raised_from(error, refused())), sockerr.ConnectionRefused)

    def test_exception_of_a_library_does_not_speak_by_its_number(self) -> None:
        error = raised_from(LibraryOSError(errno.EPERM, "policy 1"), refused())
        assert isinstance(classify(error), sockerr.ConnectionRefused)

    def test_exception_of_a_library_that_carries_nothing_speaks_in_terms_of_its_base(self) -> None:
        found = classify(raised_from(LibraryOSError(*REFUSED), LibraryError("out of luck")))
        assert isinstance(found, sockerr.ConnectionRefused)
        assert found.evidence is Evidence.ERRNO

    def test_number_that_means_nothing_here_is_the_librarys_own(self) -> None:
        assert classify(LibraryOSError(98765, "policy violated")) is None

    def test_timeout_among_the_bases(self) -> None:
        class ReadTimeout(LibraryError, TimeoutError):
            """As many libraries have one."""

        found = classify(ReadTimeout("timed out"), operation="receive")
        assert isinstance(found, sockerr.ReceiveTimedOut)
        assert (found.symbol, found.evidence) == (None, Evidence.TYPE)

    def test_connection_error_without_a_number_is_the_failure_it_was_raised_from(self) -> None:
        assert isinstance(classify(raised_from(ConnectionError("to db failed"), refused())), sockerr.ConnectionRefused)

    @pytest.mark.parametrize(("system", "number"), [("linux", errno.ECONNREFUSED), ("win32", 10061)])
    def test_number_that_rust_shows(self, system: str, number: int, monkeypatch: pytest.MonkeyPatch) -> None:
        if system == "win32":
            monkeypatch.setattr("sockerr.platforms.current", lambda: system)
        found = classify(LibraryError(f"no connection: {REFUSED[1]} (os error {number})"))
        assert isinstance(found, sockerr.ConnectionRefused)

    def test_search_goes_on_after_what_it_has_seen_before(self) -> None:
        twice = LibraryError()
        assert isinstance(classify(LibraryError(twice, twice, refused())), sockerr.ConnectionRefused)

    @pytest.mark.parametrize("text", ["out of luck", "[Errno 98765] out of luck"])
    def test_words_count_where_those_of_what_is_wrapped_say_nothing(self, text: str) -> None:
        found = classify(raised_from(LibraryError(f"x: {REFUSED[1]}"), LibraryError(text)))
        assert isinstance(found, sockerr.ConnectionRefused)

    @pytest.mark.parametrize("module", ["a_library", "ssl", "z_library"])
    def test_name_of_the_library_does_not_matter(self, module: str) -> None:
        theirs = type("TheirError", (Exception,), {"__module__": module})
        assert isinstance(classify(theirs(f"x: {REFUSED[1]}")), sockerr.ConnectionRefused)
        assert isinstance(classify(replaced(refused(), theirs())), sockerr.ConnectionRefused)

    def test_name_of_a_class_says_nothing(self) -> None:
        class ConnectTimeout(Exception):
            """A timeout by its name alone."""

        assert classify(ConnectTimeout("timed out")) is None


class TestAttribute:
    """An exception in an attribute counts unless it tells of another time."""

    @pytest.mark.parametrize(
        "name", ["last_network_error", "previous", "_prior_failure", "old_exception", "history", "retried", "warnings"]
    )
    @pytest.mark.parametrize("hold", [lambda each: each, lambda each: [each]], ids=["alone", "in a list"])
    def test_name_that_tells_of_another_time(self, name: str, hold: Callable[[BaseException], object]) -> None:
        assert classify(with_attributes(LibraryError("declined"), **{name: hold(refused())})) is None

    def test_warning_is_none(self) -> None:
        class WireWarning(Warning):
            """As database drivers keep them."""

        assert classify(with_attributes(LibraryError("declined"), wire=WireWarning(f"x: {REFUSED[1]}"))) is None

    def test_exception_that_somebody_else_has_caught(self) -> None:
        old = provoked(lambda: raise_it(refused()))
        error = provoked(lambda: raise_it(with_attributes(LibraryError("declined"), wire_trouble=old)))
        assert classify(error) is None

    def test_exception_that_was_caught_by_who_raised_the_other(self) -> None:
        def connect() -> None:
            try:
                raise_it(refused())
            except OSError as caught:
                trouble = caught
            raise with_attributes(LibraryError("gave up"), wire_trouble=trouble)

        assert isinstance(classify(provoked(connect)), sockerr.ConnectionRefused)

    @pytest.mark.parametrize("name", ["exc_value", "wire_trouble"])
    def test_exception_that_was_being_handled_by_somebody(self, name: str) -> None:
        """As azure-core keeps what sys.exc_info() has, which may be the business of a caller."""

        def fall_back() -> None:
            try:
                raise_it(refused())
            except OSError:
                raise_it(with_attributes(LibraryError("HTTP 404"), **{name: sys.exc_info()[1]}))

        assert classify(provoked(fall_back)) is None

    def test_deliberate_name_needs_no_proof(self) -> None:
        old = provoked(lambda: raise_it(refused()))
        error = provoked(lambda: raise_it(with_attributes(LibraryError("in another thread"), inner=old)))
        assert isinstance(classify(error), sockerr.ConnectionRefused)

    def test_deliberate_name_goes_before_others(self) -> None:
        error = with_attributes(LibraryError(timed_out()), wire=ConnectionResetError(), inner=refused())
        assert isinstance(classify(error), sockerr.ConnectionRefused)
        error = with_attributes(LibraryError(timed_out()), wire=ConnectionResetError())
        assert isinstance(classify(error), sockerr.TimedOut)

    def test_every_attempt_counts(self) -> None:
        error = with_attributes(LibraryError(), per_address=[refused(), timed_out()])
        found = classify(error, operation="connect")
        assert type(found) is SocketError
        assert [type(each) for each in found.causes] == [sockerr.ConnectionRefused, sockerr.ConnectTimedOut]

    def test_dictionary_and_names_of_other_classes_run_none_of_their_code(self) -> None:
        class Hostile(dict[str, object]):
            """A dictionary that answers as it likes."""

            def items(self) -> Any:
                raise AssertionError

            get = __iter__ = values = items  # type: ignore[assignment]  # it raises whatever it is asked

        class Name(str):
            """A name that answers as it likes."""

            __slots__ = ()

            def lower(self) -> str:
                raise AssertionError

            strip = split = lower  # type: ignore[assignment]  # that is the case

        error = LibraryError()
        error.__dict__ = Hostile({Name("inner"): refused()})
        assert isinstance(classify(error), sockerr.ConnectionRefused)

    def test_exceptions_that_all_keep_each_other_are_looked_at_in_linear_time(self) -> None:
        """As the errors of a batch do, each with the list of all: the whole search has a bound."""
        looked_at = 0

        errors = [LibraryError(str(number)) for number in range(LIMIT)]
        for error, cause in pairwise(errors):
            error.__cause__ = cause
        for error in errors:
            error.siblings = errors  # type: ignore[attr-defined]  # as anybody may
        budget = Budget()
        for error in errors:
            found = kept_in(error, budget)
            looked_at += len(found.attempts)
        assert looked_at <= 10 * LIMIT
        assert classify(errors[0]) is None

    def test_attributes_are_looked_at_up_to_a_bound(self) -> None:
        names = {f"a{number}": number for number in range(LIMIT)}
        assert classify(with_attributes(LibraryError(), **names, inner=refused())) is None


class TestContext:
    """The implicit context counts only where the outer exception was raised to replace it."""

    def test_bug_in_a_handler_is_no_failure(self) -> None:
        assert classify(replaced(refused(), KeyError("retries"))) is None

    def test_bug_in_what_a_handler_calls_is_no_failure(self) -> None:
        assert classify(stumbled(refused(), LibraryError("bad format"))) is None

    def test_suppressed_context_does_not_count(self) -> None:
        error = replaced(refused(), LibraryError())
        error.__suppress_context__ = True
        assert classify(error) is None

    def test_order_does_not_count(self) -> None:
        class Stop(BaseException):
            """As trio's Cancelled."""

        assert classify(replaced(refused(), raised_from(Stop(), None))) is None
        assert classify(raised_from(LibraryError(), replaced(refused(), Stop()))) is None

    def test_context_that_was_never_raised_does_not_count(self) -> None:
        error = LibraryError()
        error.__context__ = refused()
        assert classify(error) is None

    @pytest.mark.parametrize(("frames", "is_found"), [(LIMIT - 1, True), (LIMIT, False)])
    def test_frames_are_looked_at_up_to_a_bound(self, frames: int, is_found: bool) -> None:
        error = replaced(refused(), LibraryError())
        context, elsewhere = error.__context__, provoked(lambda: raise_it(KeyError())).__traceback__
        assert context is not None
        assert elsewhere is not None
        for _ in range(frames):
            context.__traceback__ = TracebackType(context.__traceback__, elsewhere.tb_frame, 0, 1)
        assert sockerr.is_retryable(error) is is_found


class Unavailable(LibraryError):
    """As clients of HTTP interfaces have one for each code."""

    code = 503


class DeclinedError(Exception):
    """An application's own, which happens to know what went wrong before."""

    def __init__(self, attempt: Exception) -> None:
        super().__init__("card declined")
        self.network_trouble = attempt


def decline() -> None:
    raise_it(DeclinedError(provoked_error(lambda: raise_it(refused()))))


def provoked_error(call: Callable[[], object]) -> Exception:
    error = provoked(call)
    assert isinstance(error, Exception)
    return error


def written(write: Callable[[TextIO], object]) -> BaseException:
    """What comes of writing to a pipe that nobody reads, such as the standard output may be."""
    if sys.platform == "emscripten":
        pytest.skip("Emscripten's pipes do not break")
    reader, writer = os.pipe()
    os.close(reader)
    file = os.fdopen(writer, "w", buffering=1)
    file.write("no line")
    try:
        return provoked(lambda: write(file))
    finally:
        # What is still buffered is lost.
        with contextlib.suppress(OSError):
            file.close()


def write_to_a_full_disk() -> None:
    if not Path("/dev/full").exists():
        raise OSError(errno.ENOSPC, "No space left on device")
    with open("/dev/full", "w") as file, contextlib.suppress(OSError):  # noqa: PTH123  # it ends in the same call
        file.write("a line")
        try:
            file.flush()
        except OSError as error:
            raise LibraryError from error


NO_FAILURES: dict[str, Callable[[], BaseException]] = {
    "asyncio.CancelledError": asyncio.CancelledError,
    "asyncio.CancelledError caused by one": lambda: raised_from(asyncio.CancelledError(), refused()),
    "KeyboardInterrupt while one is handled": lambda: replaced(refused(), KeyboardInterrupt()),
    "SystemExit caused by one": lambda: raised_from(SystemExit(1), refused()),
    "a file that does not exist": lambda: provoked(lambda: Path("no such file").read_text()),
    "a directory that is opened": lambda: provoked(lambda: Path().read_text()),
    "a disk that is full": lambda: OSError(errno.ENOSPC, "No space left on device"),
    "a disk that is broken": lambda: OSError(errno.EIO, "Input/output error"),
    "a process without children": lambda: ChildProcessError(errno.ECHILD, "No child processes"),
    "a file that does not exist, without its name": lambda: FileNotFoundError(errno.ENOENT, "No such file"),
    "a device that does not exist": lambda: OSError(errno.ENODEV, "No such device"),
    "a file that is not valid JSON": lambda: provoked(lambda: json.loads("{")),
    "a JSON error from None": lambda: from_none(timed_out(), LibraryError("no JSON")),
    "a KeyError in a handler": lambda: replaced(timed_out(), KeyError("name")),
    "an AttributeError in a handler": lambda: replaced(refused(), AttributeError("name")),
    "an assertion in a handler": lambda: replaced(refused(), AssertionError()),
    "HTTP 404": lambda: urllib.error.HTTPError("http://a", 404, "Not Found", Message(), BytesIO()),
    "HTTP 504 that quotes a failure": lambda: with_attributes(
        LibraryError("upstream: Connection refused"), status_code=504
    ),
    **{
        f"HTTP {code} with a server's text": lambda code=code: LibraryError(code, f"upstream: {REFUSED[1]}")  # type: ignore[misc]  # a default of a lambda
        for code in (502, 503, 504)
    },
    "HTTP 503 as a class of its own": lambda: Unavailable(f"upstream: {REFUSED[1]}"),
    "a program whose output quotes a failure": lambda: subprocess.CalledProcessError(
        7, ["curl"], b"", REFUSED[1].encode()
    ),
    "a program's failure that quotes its output": lambda: raised_from(
        LibraryError("the program failed"), subprocess.CalledProcessError(7, ["curl"], b"", REFUSED[1].encode())
    ),
    "a standard output that is broken": lambda: written(lambda file: print("a line", file=file)),
    "a standard output that is broken, flushed": lambda: written(lambda file: file.flush()),
    "a disk that is full, as a file says it": lambda: provoked(write_to_a_full_disk),
    "an old failure of an application's own": lambda: provoked(decline),
    "an FTP server that quotes a failure": lambda: LibraryError(f"425 Can't build data connection: {REFUSED[1]}"),
    "a PostgreSQL server that quotes a failure": lambda: LibraryError(f"FATAL: connect failed: {REFUSED[1]}"),
    "a mail server's reply that quotes a failure": lambda: with_attributes(
        LibraryError(450, "4.4.1 mx.example: Connection refused"), smtp_code=450
    ),
    "shutil.Error": lambda: shutil.Error([("a", "b", "[Errno 13] Permission denied")]),
    "shutil.SameFileError": lambda: shutil.SameFileError("the same"),
    "sqlite3": lambda: provoked(ask_nonsense),
    "zipfile": lambda: provoked(lambda: zipfile.ZipFile(BytesIO(b"none"))),
    "a group with a bug in it": lambda: ExceptionGroup("tasks", [refused(), KeyError("name")]),
    "a group of bugs": lambda: ExceptionGroup("tasks", [KeyError("name"), ValueError("text")]),
    "errors of a form": lambda: with_attributes(LibraryError("invalid"), errors={"name": "is missing"}),
    "errors that are bugs": lambda: with_attributes(LibraryError("invalid"), errors=[refused(), KeyError()]),
    "text of a built-in exception": lambda: RuntimeError("[Errno 111] Connection refused"),
    "a sentence in the middle": lambda: LibraryError("Connection refused by policy 7"),
    "a sentence that files have": lambda: LibraryError("open: Permission denied"),
    "a number that is two things, and a text that is neither": lambda: LibraryError(f"[Errno {TWO_THINGS}] no luck"),
    "a traceback of another process": lambda: LibraryError(
        f"Traceback (most recent call last):\n  ...\nConnectionRefusedError: {REFUSED[1]}"
    ),
    "a number that files have": lambda: LibraryError(f"[Errno {errno.EACCES}] {os.strerror(errno.EACCES)}"),
    "a number that files have too": lambda: LibraryError(f"[Errno {errno.EACCES}] {os.strerror(errno.EACCES)}"),
    "a number that is nothing": lambda: LibraryError("[Errno 98765] no luck"),
    "a traceback from another process": lambda: LibraryError(
        "task failed\nTraceback (most recent call last):\n  ...\nConnectionRefusedError: [Errno {}] {}".format(*REFUSED)
    ),
    "no number": lambda: LibraryError("[Errno x] Connection refused of another kind"),
    "a text with a number one cannot trust": lambda: LibraryError("[Errno 111] Connection refused, [Errno 98765] no"),
    "a Windows number that is no socket's": lambda: LibraryError("[WinError 2] The system cannot find the file"),
    "no text": lambda: LibraryError(b"Connection refused", 111),
}


def provoked(call: Callable[[], object]) -> BaseException:
    with pytest.raises(Exception) as caught:  # noqa: PT011  # any will do
        call()
    return caught.value


def ask_nonsense() -> None:
    with contextlib.closing(sqlite3.connect(":memory:")) as database:
        database.execute("no")


def from_none(inner: BaseException, outer: BaseException) -> BaseException:
    error = replaced(inner, outer)
    error.__suppress_context__ = True
    return error


@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.parametrize("make", NO_FAILURES.values(), ids=NO_FAILURES)
def test_what_is_no_socket_failure(make: Callable[[], BaseException]) -> None:
    error = make()
    assert classify(error) is None
    assert not sockerr.is_retryable(error)


MESSAGES = {
    "[Errno {refused}] Connection refused": "ECONNREFUSED",
    "Error 61 connecting to db:1. [Errno {refused}] Connect call failed ('127.0.0.1', 1).": "ECONNREFUSED",
    "[WinError 10061] No connection could be made": "ECONNREFUSED",
    "[WinError 121] The semaphore timeout period has expired": "ETIMEDOUT",
    f"[Errno {socket.EAI_NONAME}] {NAME_NOT_KNOWN}": "EAI_NONAME",
    "{sentence}": "ECONNREFUSED",
    "{sentence}.": "ECONNREFUSED",
    "connection to server at 127.0.0.1, port 9 failed: {sentence}": "ECONNREFUSED",
    "connection failed: {sentence}\n\tIs the server running on that host?": "ECONNREFUSED",
    f"could not translate host name: {NAME_NOT_KNOWN}": "EAI_NONAME",
    f"tried {os.strerror(errno.EISDIR)}\nx: {os.strerror(errno.EISDIR)}\nx: {{sentence}}": "ECONNREFUSED",
    f"x: {os.strerror(errno.EACCES)}": None,
    f"[Errno {'9' * 9}] x: {{sentence}}": None,
    f"[Errno {'9' * 10}] x: {{sentence}}": "ECONNREFUSED",
    f"[Errno {'9' * 11}] x: {{sentence}}": "ECONNREFUSED",
    "could not translate host name (nodename nor servname provided, or not known)": None,
    "could not translate host name: nodename nor servname provided, or not known": "EAI_NONAME",
}


class TestMessages:
    @pytest.mark.parametrize(("text", "symbol"), MESSAGES.items(), ids=range(len(MESSAGES)))
    def test_text(self, text: str, symbol: str | None) -> None:
        error = LibraryError(text.format(refused=errno.ECONNREFUSED, sentence=REFUSED[1]))
        found = classify(error, operation="connect")
        assert (found and found.symbol) == symbol
        if found is not None:
            assert found.evidence is Evidence.MESSAGE
            assert found.retry is not Retry.SAFE
            assert found.__cause__ is error
            assert found.causes == ()

    def test_windows_number_is_read_on_every_system(self) -> None:
        found = classify(LibraryError("[WinError 10061] refused"))
        assert found is not None
        assert (found.platform, found.code) == ("win32", 10061)
        assert found.errno == errno.ECONNREFUSED

    def test_number_of_two_kinds_goes_by_the_sentence(self) -> None:
        found = classify(LibraryError(f"[Errno {errno.EPERM}] {os.strerror(errno.EPERM)}"), operation="accept")
        assert found is not None
        assert found.symbol == "EPERM"
        assert classify(LibraryError(f"[Errno {TWO_THINGS}] no luck"), operation="accept") is None

    def test_asyncio_tells_of_several_addresses(self) -> None:
        text = f"Multiple exceptions: [Errno {REFUSED[0]}] Connect call failed ('::1', 1, 0, 0), "
        text += f"[Errno {REFUSED[0]}] Connect call failed ('127.0.0.1', 1)"
        found = classify(OSError(text), operation="connect")
        assert isinstance(found, sockerr.ConnectionRefused)
        assert (found.symbol, found.evidence, len(found.causes)) == ("ECONNREFUSED", Evidence.MESSAGE, 2)
        assert found.retry is Retry.IF_IDEMPOTENT

    def test_innermost_words_go_first(self) -> None:
        error = raised_from(LibraryError(f"x: {NAME_NOT_KNOWN}"), LibraryError(f"y: {REFUSED[1]}"))
        assert isinstance(classify(error), sockerr.ConnectionRefused)


class TestGroups:
    def found(self, *members: Exception) -> SocketError:
        found = classify(ExceptionGroup("all attempts failed", members), operation="connect", address="db")
        assert found is not None
        return found

    def test_operation_and_address_that_were_given_to_the_only_attempt_are_kept(self) -> None:
        attempt = sockerr.from_code("ECONNREFUSED", operation="connect", address=("db", 1))
        found = classify(ExceptionGroup("all attempts failed", [attempt]))
        assert found is not None
        assert (found.operation, found.address, found.located) == ("connect", ("db", 1), "given")

    def test_operations_that_differ_are_forgotten(self) -> None:
        attempts = [sockerr.from_code("ECONNRESET", operation=name) for name in ("connect", "receive")]
        found = classify(ExceptionGroup("all attempts failed", attempts))
        assert found is not None
        assert (found.operation, found.located) == (None, None)

    def test_attempts_this_machine_cannot_make_yield_to_others(self) -> None:
        found = self.found(OSError(errno.ENETUNREACH, "unreachable"), refused())
        assert type(found) is sockerr.ConnectionRefused
        assert [type(each) for each in found.causes] == [sockerr.ConnectionRefused]

    def test_attempts_this_machine_cannot_make_are_told_where_there_are_no_others(self) -> None:
        found = self.found(OSError(errno.ENETUNREACH, "unreachable"), OSError(errno.ENETUNREACH, "unreachable"))
        assert isinstance(found, sockerr.NetworkUnreachable)
        assert (found.symbol, len(found.causes)) == ("ENETUNREACH", 2)

    def test_different_attempts_are_what_they_have_in_common(self) -> None:
        found = self.found(OSError(errno.EHOSTUNREACH, "no host"), OSError(errno.ENETDOWN, "down"))
        assert type(found) is sockerr.Unreachable
        assert (found.symbol, found.errno, found.operation, found.address) == (None, None, "connect", "db")
        assert [each.symbol for each in found.causes] == ["EHOSTUNREACH", "ENETDOWN"]

    def test_attempts_with_nothing_in_common_are_a_socket_error(self) -> None:
        found = self.found(refused(), timed_out())
        assert type(found) is SocketError
        assert "Connection refused" in str(found)
        assert "timed out" in str(found)

    def test_one_class_with_several_symbols_is_that_class(self) -> None:
        found = self.found(TimeoutError(errno.ETIMEDOUT, "timed out"), timed_out())
        assert isinstance(found, sockerr.ConnectTimedOut)
        assert found.symbol is None

    def test_group_is_no_more_exact_than_its_members(self) -> None:
        members = (sockerr.ConnectTimedOut(), sockerr.TimedOut())
        assert [type(self.found(*order)) for order in (members, members[::-1])] == [sockerr.TimedOut] * 2

    def test_advice_is_the_most_cautious(self) -> None:
        found = self.found(refused(), OSError(errno.EISCONN, "connected"))
        assert found.retry is Retry.NEVER

    def test_evidence_is_the_least_sure(self) -> None:
        assert self.found(refused(), LibraryError(f"x: {REFUSED[1]}")).evidence is Evidence.MESSAGE

    def test_each_cause_names_its_own_original(self) -> None:
        members = [refused(), refused()]
        assert [each.__cause__ for each in self.found(*members).causes] == members

    def test_same_exception_twice_is_one_attempt(self) -> None:
        once = refused()
        assert [each.__cause__ for each in self.found(once, once).causes] == [once]

    def test_groups_in_groups_are_one_group(self) -> None:
        assert len(self.found(ExceptionGroup("v6", [refused()]), ExceptionGroup("v4", [refused()])).causes) == 2

    def test_group_in_what_a_member_wraps(self) -> None:
        inner = LibraryError(ExceptionGroup("v6", [refused(), refused()]))
        assert isinstance(self.found(inner, refused()), sockerr.ConnectionRefused)

    @pytest.mark.parametrize(("depth", "is_found"), [(8, True), (9, False), (20, False)])
    def test_nesting_is_followed_up_to_a_bound(self, depth: int, is_found: bool) -> None:
        error: BaseException = refused()
        for _ in range(depth):
            error = raised_from(LibraryError(), BaseExceptionGroup("deeper", [error]))
        assert sockerr.is_retryable(error) is is_found

    def test_members_are_not_compared(self) -> None:
        class Hostile(LibraryError):
            """An exception that cannot be compared."""

            def __eq__(self, other: object) -> bool:
                raise AssertionError

            __hash__ = None  # type: ignore[assignment]  # as classes with __eq__ have

        assert isinstance(self.found(Hostile(f"x: {REFUSED[1]}"), refused()), sockerr.ConnectionRefused)

    def test_derived_container_is_not_read(self) -> None:
        class Errors(dict[str, Exception]):
            def values(self) -> Any:
                raise AssertionError

        error = with_attributes(LibraryError(), errors=Errors(a=refused()))
        assert classify(error) is None


def chain(length: int, link: Callable[[BaseException, BaseException], BaseException]) -> BaseException:
    error: BaseException = refused()
    for _ in range(length):
        error = link(LibraryError(), error)
    return error


def with_argument(outer: BaseException, inner: BaseException) -> BaseException:
    outer.args = (inner,)
    return outer


def with_context(outer: BaseException, inner: BaseException) -> BaseException:
    outer.__context__ = inner
    return outer


def in_group(_outer: BaseException, inner: BaseException) -> BaseException:
    return BaseExceptionGroup("one", [inner])


LINKS = {"cause": raised_from, "argument": with_argument, "context": with_context, "group": in_group}
in_every_link = pytest.mark.parametrize("link", LINKS.values(), ids=LINKS)


def take_apart(error: BaseException) -> None:
    """Undo a long chain link by link: Python 3.11 would recurse to free it."""
    while error.__cause__ is not None or (error.args and isinstance(error.args[0], BaseException)):
        inner = error.__cause__ or error.args[0]
        error.__cause__, error.args = None, ()
        error = inner


class TestBounded:
    """Law 3: however much there is to look at, a bounded amount is looked at."""

    @pytest.mark.parametrize("link", [raised_from, with_argument], ids=["cause", "argument"])
    def test_long_chain(self, link: Callable[[BaseException, BaseException], BaseException]) -> None:
        error = chain(100_000, link)
        assert classify(error) is None
        take_apart(error)

    @in_every_link
    def test_chain_within_the_bound(self, link: Callable[[BaseException, BaseException], BaseException]) -> None:
        found = classify(chain(LIMIT // 2, link))
        assert found is None if link is with_context else isinstance(found, sockerr.ConnectionRefused)

    def test_wide_group(self) -> None:
        found = classify(ExceptionGroup("wide", [refused() for _ in range(100_000)]), operation="connect")
        assert type(found) is SocketError
        assert found.retry is Retry.NEVER

    @pytest.mark.parametrize(("width", "is_found"), [(LIMIT - 1, True), (LIMIT, False)])
    @pytest.mark.parametrize("several", [tuple, list, ExceptionGroup], ids=lambda several: several.__name__)
    def test_attempts_within_the_bound(self, width: int, is_found: bool, several: Any) -> None:
        attempts = [refused() for _ in range(width)]
        is_group = several is ExceptionGroup
        error = (
            ExceptionGroup("wide", attempts) if is_group else with_attributes(LibraryError(), errors=several(attempts))
        )
        assert type(classify(error)) is (sockerr.ConnectionRefused if is_found else SocketError)

    def test_bug_past_the_bound_is_not_hidden_by_what_is_within_it(self) -> None:
        tasks = ExceptionGroup("tasks", [*(refused() for _ in range(LIMIT)), KeyError("name")])
        assert not sockerr.is_retryable(ExceptionGroup("all", [tasks]))

    def test_groups_in_groups_without_end(self) -> None:
        assert classify(chain(2 * LIMIT, in_group)) is None

    def test_wide_mapping(self) -> None:
        errors = {number: refused() for number in range(100_000)}
        assert type(classify(with_attributes(LibraryError(), errors=errors))) is SocketError

    def test_words_do_not_count_where_more_was_wrapped_than_is_looked_at(self) -> None:
        assert classify(LibraryError(f"x: {REFUSED[1]}", *[LibraryError() for _ in range(LIMIT)])) is None

    def test_wide_arguments(self) -> None:
        error = LibraryError(*[LibraryError() for _ in range(100_000)], refused())
        assert classify(error) is None

    @pytest.mark.parametrize("name", ["__cause__", "__context__", "reason", "exception"])
    def test_cycle(self, name: str) -> None:
        error, other = LibraryError(), LibraryError()
        setattr(error, name, other)
        setattr(other, name, error)
        assert classify(error) is None
        setattr(other, name, refused())
        assert classify(error) is None if name == "__context__" else sockerr.is_retryable(error)

    def test_cycle_through_arguments_and_groups(self) -> None:
        error = LibraryError()
        error.args = (error, ExceptionGroup("again", [error]))
        assert classify(error) is None

    def test_group_that_comes_back_to_itself(self) -> None:
        inner = LibraryError()
        group = ExceptionGroup("again", [inner, refused()])
        inner.__cause__ = group
        assert classify(group) is None

    def test_without_init(self) -> None:
        class Careless(Exception):
            def __init__(self) -> None:
                raise AssertionError

        assert classify(Careless.__new__(Careless)) is None

    def test_hostile_metaclass(self) -> None:
        class Meta(type):
            def __getattribute__(cls, name: str) -> Any:
                raise MemoryError

        class Hostile(Exception, metaclass=Meta):
            """A class that does not even tell its module."""

        assert classify(raised_from(LibraryError(), Hostile())) is None

    @given(st.data())
    def test_any_graph(self, data: st.DataObject) -> None:
        nodes: list[BaseException] = [refused(), timed_out(), KeyError("x"), LibraryError(f"x: {REFUSED[1]}")]
        for _ in range(data.draw(st.integers(0, 12))):
            some = st.sampled_from(nodes)
            kind = data.draw(st.sampled_from([*WRAPPERS, "loop"]))
            if kind == "loop":
                inner = data.draw(some)
                inner.__cause__ = data.draw(some)
                inner.__context__ = data.draw(some)
            else:
                nodes.append(WRAPPERS[kind](data.draw(some)))
        found = classify(nodes[-1])
        assert found is None or (isinstance(found, SocketError) and found.__cause__ is nodes[-1])
