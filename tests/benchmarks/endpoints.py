"""What the endpoints and the proxy of `sockerr.testing` cost, in milliseconds and as a ratio.

`python tests/benchmarks/endpoints.py` starts and stops each endpoint 500 times, one after the other and then in four
threads at once, and counts what is left behind. Then it sends a gigabyte from one thread to another, directly and
through the proxy.
"""

import os
import socket
import statistics
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path

from sockerr import testing

TIMES = 500
MEGABYTE = 1024 * 1024
ENDPOINTS: dict[str, Callable[[], AbstractContextManager[object]]] = {
    "refusing": testing.refusing,
    "unresolvable": testing.unresolvable,
    "busy": testing.busy,
    "silent": testing.silent,
    "resetting": testing.resetting,
    "closing": testing.closing,
    "stalling": partial(testing.stalling, 100),
    "trickling": partial(testing.trickling, 1000),
    "not_tls": testing.not_tls,
    "tls": partial(testing.tls, "expired"),
    "proxy": partial(testing.proxy, ("127.0.0.1", 1)),
}


def start_and_stop(name: str) -> float:
    """Return how many milliseconds it takes."""
    started = time.perf_counter()
    with ENDPOINTS[name]():
        pass
    return (time.perf_counter() - started) * 1000


def left_behind() -> tuple[int, int]:
    """Return how many threads there are, and how many open files where the system lists them."""
    files = Path("/proc/self/fd")
    return threading.active_count(), len(list(files.iterdir())) if files.exists() else 0


def speed(address: tuple[str, int]) -> float:
    """Return how many gigabytes a second arrive from there."""
    buffer, got, started = bytearray(MEGABYTE), 0, time.perf_counter()
    with socket.create_connection(address) as client:
        while size := client.recv_into(buffer):
            got += size
    return got / (time.perf_counter() - started) / 1e9


def send(server: socket.socket) -> None:
    accepted, _ = server.accept()
    with accepted:
        for _ in range(1024):
            accepted.sendall(bytes(MEGABYTE))


def measure(*, through_proxy: bool) -> float:
    with socket.create_server(("127.0.0.1", 0)) as server:
        sender = threading.Thread(target=send, args=(server,))
        sender.start()
        if through_proxy:
            with testing.proxy(server.getsockname()) as proxy:
                found = speed(proxy.address)
        else:
            found = speed(server.getsockname())
        sender.join()
        return found


def main() -> None:
    """Print a line for each endpoint, and one for the proxy's speed."""
    for name in ENDPOINTS:
        start_and_stop(name)
    before = left_behind()
    print(f"{'endpoint':14} {'alone':>8} {'four at once':>13}   ms, median of {TIMES} starts and stops")
    for name in ENDPOINTS:
        alone = statistics.median(start_and_stop(name) for _ in range(TIMES))
        with ThreadPoolExecutor(4) as pool:
            together = statistics.median(pool.map(start_and_stop, [name] * TIMES))
        print(f"{name:14} {alone:8.2f} {together:13.2f}")
    print(f"left behind: {left_behind()[0] - before[0]} threads, {left_behind()[1] - before[1]} open files")
    pairs = [(measure(through_proxy=False), measure(through_proxy=True)) for _ in range(5)]
    direct, proxied = (statistics.median(each) for each in zip(*pairs, strict=True))
    ratio = statistics.median(one / other for one, other in pairs)
    print(f"speed: {proxied:.2f} GB/s through the proxy, {direct:.2f} GB/s without, {ratio:.1f} times as much")
    print(f"on {os.cpu_count()} processors, Python {sys.version.split()[0]}, {sys.platform}")


if __name__ == "__main__":
    main()
