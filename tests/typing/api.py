"""The public API as type checkers see it. Nothing here is run: mypy and pyright read it, both in their strict modes."""

import asyncio
import socket
from collections.abc import Callable, Mapping
from typing import Literal, Never, assert_never, assert_type

import sockerr
from sockerr import Evidence, Fault, Operation, Retry, SocketError, classify, from_code, is_retryable, is_safe_to_retry
from sockerr import platforms as systems
from sockerr.typing import ErrorRecord

Address = tuple[str, int]


# Functions


def classified(error: BaseException) -> None:
    assert_type(classify(error), SocketError | None)
    assert_type(classify(error, operation="connect", address=("db.internal", 5432)), SocketError | None)
    assert_type(classify(error, operation=Operation.CONNECT), SocketError | None)
    classify("text")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    classify(error, "connect")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]


def raised_again(error: Exception) -> Never:
    raise classify(error) or error


def predicates(error: BaseException) -> None:
    assert_type(is_retryable(error), bool)
    assert_type(is_safe_to_retry(error), bool)
    takes_predicate(is_retryable)
    takes_predicate(is_safe_to_retry)


def takes_predicate(predicate: Callable[[BaseException], bool]) -> None:
    """Stand for tenacity.retry_if_exception and its like."""


def made_from_codes() -> None:
    assert_type(from_code("ECONNREFUSED"), SocketError)
    assert_type(from_code(10061, "refused", platform="windows", operation="connect", address="x"), SocketError)
    assert_type(from_code(1, kind="errno"), SocketError)
    assert_type(from_code(1, kind="resolver"), SocketError)
    assert_type(from_code(1, kind="herror"), SocketError)
    from_code(1, kind="winerror")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    from_code(1.5)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


# Errors


def attributes(error: SocketError) -> None:
    assert_type(error.symbol, str | None)
    assert_type(error.operation, Operation | None)
    assert_type(error.address, object)
    assert_type(error.located, Literal["given", "traceback"] | None)
    assert_type(error.retry, Retry)
    assert_type(error.fault, Fault)
    assert_type(error.hint, str)
    assert_type(error.evidence, Evidence)
    assert_type(error.causes, tuple[SocketError, ...])
    assert_type(error.platform, str)
    assert_type(error.code, int | None)
    assert_type(error.errno, int | None)
    assert_type(error.winerror, int | None)
    assert_type(error.as_dict(), ErrorRecord)


def record(error: SocketError) -> None:
    found = error.as_dict()
    assert_type(found["error"], str)
    assert_type(found["symbol"], str | None)
    assert_type(found["args"], list[str | int | float | None])
    assert_type(found["causes"], list[ErrorRecord])


def built_by_itself() -> None:
    assert_type(sockerr.ConnectionRefused(), sockerr.ConnectionRefused)
    assert_type(sockerr.ConnectionReset(104, "reset", operation="receive"), sockerr.ConnectionReset)
    sockerr.ConnectionReset(operation=5)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def caught_as_what_it_is() -> None:
    try:
        socket.create_connection(("db.internal", 5432))
    except sockerr.ConnectionRefused as error:
        refused: ConnectionRefusedError = error
        assert_type(error, sockerr.ConnectionRefused)
        del refused
    except sockerr.TimedOut as error:
        timed_out: TimeoutError = error
        del timed_out
    except (sockerr.Unreachable, sockerr.ResolutionError) as error:
        assert_type(error, sockerr.Unreachable | sockerr.ResolutionError)


def matched(error: BaseException) -> str:
    match classify(error):
        case sockerr.NameNotFound() as found:
            assert_type(found, sockerr.NameNotFound)
            return "name"
        case SocketError(retry=Retry.SAFE):
            return "again"
        case SocketError(symbol="ECONNRESET", operation=Operation.RECEIVE):
            return "reset"
        case SocketError() as found:
            assert_type(found, SocketError)
            return found.hint
        case None:
            return "no socket failure"


def advised(error: SocketError) -> str:
    match error.retry:
        case Retry.SAFE | Retry.IF_IDEMPOTENT:
            return "again"
        case Retry.WHEN_READY:
            return "later"
        case Retry.NEVER:
            return "no"
        case _:
            assert_never(error.retry)


def words() -> None:
    operation: str = Operation.CONNECT
    retry: str = Retry.SAFE
    assert_type(Operation("sendall"), Operation)
    del operation, retry


# Context managers


def after_the_block(sock: socket.socket, address: Address) -> int:
    # A context manager that could swallow exceptions would leave this function without a return value.
    with sockerr.connecting(address):
        sock.connect(address)
        return 1


def value_of_the_block(sock: socket.socket) -> bytes:
    with sockerr.receiving():
        data = sock.recv(1024)
    return assert_type(data, bytes)


def never_returns() -> Never:
    with sockerr.operation("shutdown"):
        raise OSError


def every_context(address: Address) -> None:
    with (
        sockerr.resolving(address),
        sockerr.opening(),
        sockerr.binding(address),
        sockerr.listening(),
        sockerr.accepting(),
        sockerr.connecting("/run/server.sock"),
        sockerr.sending(),
        sockerr.receiving(address=address),
        sockerr.operation(Operation.CLOSE, address),
    ):
        pass


# Decorators


@sockerr.connecting(("db.internal", 5432))
def connect(host: str, port: int = 5432, *, timeout: float | None = None) -> socket.socket:
    return socket.create_connection((host, port), timeout)


@sockerr.operation("recv")
async def receive(reader: asyncio.StreamReader, count: int) -> bytes:
    return await reader.read(count)


class Client:
    @sockerr.sending()
    def send(self, data: bytes) -> int:
        return len(data)

    @sockerr.receiving()
    async def receive(self) -> bytes:
        return b""

    @classmethod
    @sockerr.connecting()
    def connected(cls, address: Address) -> tuple["Client", Address]:
        return cls(), address


def decorated_function_keeps_its_signature() -> None:
    assert_type(connect("db.internal"), socket.socket)
    assert_type(connect("db.internal", 5432, timeout=1.5), socket.socket)
    connect(5432)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    connect("db.internal", wait=1)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]


async def decorated_coroutine_function_keeps_its_signature(reader: asyncio.StreamReader) -> None:
    assert_type(await receive(reader, 5), bytes)
    await receive(reader)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]


async def decorated_methods_keep_their_signatures(client: Client) -> None:
    assert_type(client.send(b"data"), int)
    assert_type(await client.receive(), bytes)
    assert_type(Client.connected(("db.internal", 5432)), tuple[Client, Address])


# Platforms


def tables() -> None:
    assert_type(systems.names(), tuple[str, ...])
    assert_type(systems.current(), str)
    assert_type(systems.table("linux"), Mapping[str, int])
    assert_type(systems.symbols(111), tuple[str, ...])
    assert_type(systems.symbols(8, "darwin", kind="resolver"), tuple[str, ...])
    assert_type(systems.number("ECONNREFUSED", "win32"), int | None)
    assert_type(systems.translate(111, source="linux", target="darwin", kind="errno"), int | None)
    systems.symbols(8, kind="x")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    systems.table("linux")["EPERM"] = 1  # type: ignore[index]  # pyright: ignore[reportIndexIssue]
