"""What the situations are made of: ends of connections, paths, ports, and what a system must have."""

import contextlib
import os
import socket
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from sockerr.testing._unavailable import Unavailable, require_connections

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

# An empty label is refused without asking a name server, so that nothing is sent.
NONSENSE = "dummy..invalid"
FOREIGN = "192.0.2.1"  # set aside for documentation (RFC 5737): no machine has it
SOON = 0.2  # seconds


def require(*names: str) -> None:
    missing = [name for name in names if not hasattr(socket, name)]
    if missing:
        raise Unavailable(f"this system has no {', '.join(missing)}")


def require_interfaces() -> None:
    if sys.platform in ("emscripten", "wasi"):
        raise Unavailable("this system has no network interfaces")


def require_translation() -> None:
    if "QEMU_LD_PREFIX" in os.environ:
        raise Unavailable("this is qemu-user, which does not translate the number that SO_ERROR gives")


@contextlib.contextmanager
def listening_server(backlog: int = 5) -> "Generator[socket.socket]":
    require_connections()
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen(backlog)
        yield server


@contextlib.contextmanager
def connected_pair() -> "Generator[tuple[socket.socket, socket.socket]]":
    """Both ends of a TCP connection."""
    with listening_server() as server, socket.create_connection(server.getsockname()) as client:
        accepted, _ = server.accept()
        with accepted:
            yield client, accepted


@contextlib.contextmanager
def unix_path() -> "Generator[str]":
    require("AF_UNIX")
    with tempfile.TemporaryDirectory() as folder:
        yield str(Path(folder) / "socket")


@contextlib.contextmanager
def no_descriptor_left() -> "Generator[None]":
    """Lower the limit of open files to what is open already."""
    try:
        import resource
    except ImportError:
        raise Unavailable("this system has no limit of open files to lower") from None
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with socket.socket() as highest:
        limit = highest.fileno()
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (limit, hard))
    except (ValueError, OSError) as error:
        raise Unavailable(f"the limit of open files cannot be lowered: {error}") from None
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def until_it_fails(call: "Callable[[], object]", pause: float = 0) -> None:
    """Call until it raises, at most a hundred times."""
    for _ in range(100):
        call()
        time.sleep(pause)
