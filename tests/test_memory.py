"""Translating leaves nothing behind: no reference cycle, nothing kept alive, no growth."""

import errno
import gc
import sys
import tracemalloc
import weakref
from collections.abc import Callable

import pytest

import sockerr
from sockerr import platforms

COUNT = 2000 if sys.platform != "linux" else 20_000


def fail_in_block() -> None:
    with sockerr.connecting(("127.0.0.1", 1)):
        raise ConnectionRefusedError(errno.ECONNREFUSED, "Connection refused")


@sockerr.connecting()
def fail_in_function() -> None:
    raise ConnectionRefusedError(errno.ECONNREFUSED, "Connection refused")


@sockerr.connecting()
def fail_without_number() -> None:
    raise TimeoutError("timed out")


@sockerr.connecting()
async def fail_to_await() -> None:
    raise TimeoutError("timed out")


def fail_in_coroutine_function() -> None:
    # It waits for nothing, so that it takes no event loop.
    fail_to_await().send(None)


def fail_by_classify() -> None:
    try:
        raise ConnectionResetError(errno.ECONNRESET, "Connection reset by peer")
    except OSError as error:
        raise sockerr.classify(error) or error from error


WAYS = [fail_in_block, fail_in_function, fail_without_number, fail_in_coroutine_function, fail_by_classify]


def fail(way: Callable[[], None]) -> None:
    try:
        way()
    except sockerr.SocketError:
        return
    raise AssertionError("nothing failed")


@pytest.fixture
def no_collector() -> "object":
    """What is freed here is freed by reference counts alone."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("no_collector")
@pytest.mark.parametrize("way", WAYS)
def test_no_reference_cycle_is_made(way: Callable[[], None]) -> None:
    fail(way)
    gc.collect()
    for _ in range(10):
        fail(way)
    assert gc.collect() == 0


@pytest.mark.usefixtures("no_collector")
@pytest.mark.parametrize("way", WAYS)
def test_error_dies_with_the_handler(way: Callable[[], None]) -> None:
    left: weakref.ref[sockerr.SocketError] | None = None
    try:
        way()
    except sockerr.SocketError as error:
        left = weakref.ref(error)
    assert left is not None
    assert left() is None


@pytest.mark.parametrize("way", WAYS)
def test_many_failures_do_not_grow(way: Callable[[], None]) -> None:
    for _ in range(100):
        fail(way)
    gc.collect()
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        for _ in range(COUNT):
            fail(way)
        gc.collect()
        after, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert after - before < 10_000


def test_unknown_numbers_are_not_kept() -> None:
    gc.collect()
    tracemalloc.start()
    try:
        sockerr.classify(OSError(99_999, "unknown"))
        before, _ = tracemalloc.get_traced_memory()
        for number in range(100_000, 100_000 + COUNT):
            sockerr.classify(OSError(number, "unknown"))
        gc.collect()
        after, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert after - before < 10_000


@pytest.mark.skipif(platforms.current() != "linux", reason="a million failures take too long in an emulator")
def test_a_million_failures_do_not_grow() -> None:
    for _ in range(1000):
        fail(fail_in_block)
    gc.collect()
    before = sys.getallocatedblocks()
    for _ in range(1_000_000):
        fail(fail_in_block)
    gc.collect()
    assert sys.getallocatedblocks() - before < 100
