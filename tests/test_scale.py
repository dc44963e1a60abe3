"""Many threads and many tasks failing at once: every error is right, for the contexts hold no state."""

import asyncio
import errno
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

import sockerr
from sockerr import Operation

SHARED = {operation: sockerr.operation(operation, ("192.0.2.1", 80)) for operation in Operation}
KINDS = [
    (errno.ECONNREFUSED, ConnectionRefusedError, sockerr.ConnectionRefused),
    (errno.ECONNRESET, ConnectionResetError, sockerr.ConnectionReset),
    (errno.EHOSTUNREACH, OSError, sockerr.HostUnreachable),
    (errno.EISCONN, OSError, sockerr.AlreadyConnected),
]


def check(turn: int, error: sockerr.SocketError) -> None:
    number, builtin, cls = KINDS[turn % len(KINDS)]
    assert isinstance(error, cls)
    assert isinstance(error, builtin)
    assert error.errno == number
    assert error.strerror == f"turn {turn}"
    assert error.operation is list(Operation)[turn % len(Operation)]
    assert error.__cause__ is not None
    assert error.__cause__.args == (number, f"turn {turn}")


def fail(turn: int) -> None:
    number, _, _ = KINDS[turn % len(KINDS)]
    with SHARED[list(Operation)[turn % len(Operation)]]:
        raise OSError(number, f"turn {turn}")


async def fail_later(turn: int) -> None:
    number, _, _ = KINDS[turn % len(KINDS)]
    with SHARED[list(Operation)[turn % len(Operation)]]:
        await asyncio.sleep(0)
        raise OSError(number, f"turn {turn}")


def test_eight_threads_fail_at_once() -> None:
    try:
        threading.Thread(target=int).start()
    except RuntimeError:
        pytest.skip("this system has no threads")
    together = threading.Barrier(8)

    def work(first: int) -> int:
        together.wait(timeout=10)
        for turn in range(first, 8000, 8):
            with pytest.raises(sockerr.SocketError) as caught:
                fail(turn)
            check(turn, caught.value)
        return 1

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(work, range(8))) == 8


@pytest.mark.usefixtures("event_loop")
def test_a_thousand_tasks_fail_at_once() -> None:
    async def work(turn: int) -> None:
        await asyncio.sleep(0)
        with pytest.raises(sockerr.SocketError) as caught:
            await fail_later(turn)
        check(turn, caught.value)

    async def all_of_them() -> None:
        await asyncio.gather(*map(work, range(1000)))

    asyncio.run(all_of_them())
