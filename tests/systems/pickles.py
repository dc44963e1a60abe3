"""Errors that travel: written by the Python of one system, read by that of another.

python -m tests.systems.pickles write FILE
python -m tests.systems.pickles read FILE
"""

import base64
import json
import pickle
import socket
import sys
from pathlib import Path

import sockerr
from sockerr import SocketError, platforms

KEPT = ("error", "symbol", "operation", "address", "platform", "code", "retry", "fault", "evidence")


def errors() -> list[SocketError]:
    """Errors of every kind, as this system has them."""
    symbols = ("ECONNREFUSED", "ETIMEDOUT", "EAGAIN", "ENETUNREACH", "EADDRINUSE", "ENOTSOCK")
    numbers = {symbol: platforms.number(symbol) for symbol in symbols}
    originals: list[BaseException] = [OSError(number, "as here") for number in numbers.values() if number]
    originals += [socket.gaierror(platforms.number("EAI_NONAME"), "unknown"), socket.herror(1, "unknown")]
    originals += [TimeoutError("timed out"), ConnectionResetError("Connection lost"), OSError(98765, "unknown")]
    if sys.platform == "win32":
        originals += [OSError(0, "refused", None, 1225), OSError(0, "too slow", None, 121)]
    operations = (None, "connect", "accept", "send", "bind")
    addresses = (None, ("db.internal", 5432), ("::1", 80, 0, 0), "/run/socket", b"\0abstract")
    made = [
        sockerr.classify(original, operation=operation, address=address)
        for original in originals
        for operation, address in zip(operations, addresses, strict=True)
    ]
    return [each for each in made if each is not None] + [sockerr.from_code("ECONNREFUSED", platform="haiku1")]


def write(path: Path) -> None:
    """Every error in every protocol, each beside what must be kept of it."""
    records = [
        {"data": base64.b64encode(pickle.dumps(error, protocol)).decode(), "kept": kept(error)}
        for error in errors()
        for protocol in range(pickle.HIGHEST_PROTOCOL + 1)
    ]
    path.write_text(json.dumps({"platform": platforms.current(), "errors": records}), encoding="utf-8")


def kept(error: SocketError) -> dict[str, object]:
    record = error.as_dict()
    return {name: value for name, value in record.items() if name in KEPT}


def read(path: Path) -> int:
    """Load them all; returns how many are what they were, and raises for the first that is not."""
    document = json.loads(path.read_text(encoding="utf-8"))
    for record in document["errors"]:
        error: SocketError = pickle.loads(base64.b64decode(record["data"]))  # noqa: S301  # we wrote it
        assert kept(error) == record["kept"], (kept(error), record["kept"])
        assert type(error).__name__ == record["kept"]["error"]
        if error.platform != platforms.current():
            local = None if error.symbol is None else platforms.number(error.symbol)
            assert error.errno == local, (error, error.errno, local)
            assert not isinstance(error.args[0], int) or error.args[0] == local, error.args
    return len(document["errors"])


if __name__ == "__main__":
    what, name = sys.argv[1:]
    if what == "write":
        write(Path(name))
    else:
        print(read(Path(name)), "errors read on", platforms.current())
