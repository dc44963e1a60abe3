"""Build exceptions out of bytes, and see that `classify` answers for each; with atheris, not in CI.

pip install atheris
python tests/benchmarks/fuzz.py -max_total_time=300
"""

import contextlib
import socket
import ssl
import sys

import atheris

with atheris.instrument_imports(include=["sockerr"]):
    import sockerr
    from sockerr._classification import order, wrapped  # noqa: F401  # so that they are instrumented


class LibraryError(Exception):
    """A library's own."""


class LibraryOSError(OSError):
    """A library's own that derives from what speaks for itself."""


class Hostile(Exception):
    """Raises from everything that somebody could ask it."""

    def __getattribute__(self, name: str) -> object:
        raise MemoryError(name)

    def __str__(self) -> str:
        raise MemoryError

    __repr__ = __str__


CLASSES = (
    OSError,
    ConnectionResetError,
    TimeoutError,
    BlockingIOError,
    socket.gaierror,
    socket.herror,
    ssl.SSLError,
    ssl.SSLWantReadError,
    ValueError,
    UnicodeError,
    LibraryError,
    LibraryOSError,
    Hostile,
    KeyboardInterrupt,
)
ATTRIBUTES = ("reason", "os_error", "original_exception", "exception", "errors", "status", "errno", "filename")
WORDS = ("[Errno 111] ", "[WinError 10061] ", "x: Connection refused", "[Errno -2] Name or service not known", "")


def build(data: atheris.FuzzedDataProvider) -> BaseException:
    nodes: list[BaseException] = [LibraryError()]
    while data.remaining_bytes() > 0 and len(nodes) < 64:
        nodes.append(one(data, nodes))
    return nodes[-1]


def one(data: atheris.FuzzedDataProvider, nodes: list[BaseException]) -> BaseException:
    pick = nodes[data.ConsumeIntInRange(0, len(nodes) - 1)]
    kind = data.ConsumeIntInRange(0, 7)
    if kind == 0:
        return BaseExceptionGroup("several", [pick, nodes[-1]])
    cls = CLASSES[data.ConsumeIntInRange(0, len(CLASSES) - 1)]
    number = data.ConsumeInt(3)
    text = WORDS[data.ConsumeIntInRange(0, len(WORDS) - 1)] + data.ConsumeUnicode(8)
    args: tuple[object, ...] = ((), (text,), (number, text), (number, text, pick), (pick,))[kind % 5]
    try:
        made: BaseException = cls(*args)
    except TypeError:
        made = cls()
    if cls is not Hostile and kind > 4:
        name = ATTRIBUTES[data.ConsumeIntInRange(0, len(ATTRIBUTES) - 1)]
        setattr(made, name, ([pick, nodes[-1]], {"a": pick}, pick, number)[number % 4])
    if kind % 2:
        made.__cause__ = pick
    else:
        made.__context__ = pick
    if data.ConsumeBool():
        pick.__cause__ = made
    return made


def test_one(raw: bytes) -> None:
    error = build(atheris.FuzzedDataProvider(raw))
    operation = tuple(sockerr.Operation)[len(raw) % 12] if len(raw) % 3 else None
    found = sockerr.classify(error, operation=operation)
    assert found is None or isinstance(found, sockerr.SocketError)
    if found is not None:
        assert found.retry in sockerr.Retry
        # A file name whose text cannot be had spoils that of the OSError, typed or not.
        with contextlib.suppress(MemoryError):
            found.as_dict()


if __name__ == "__main__":
    atheris.Setup(sys.argv, test_one)
    atheris.Fuzz()
