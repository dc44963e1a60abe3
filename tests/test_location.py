"""Where an error was raised is read from its traceback: the operation, and the address that it was given."""

import _socket
import asyncio
import encodings.idna
import errno
import ftplib
import gc
import http.client
import http.server
import io
import pickle
import socket
import ssl
import subprocess
import sys
import threading
import traceback
import types
import urllib.request
import weakref
import xmlrpc.client
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sockerr
from sockerr import Operation, Retry, classify, is_safe_to_retry
from sockerr._classification import delivery, functions, location
from sockerr._classification.remembered import memory

pytestmark = pytest.mark.usefixtures("loopback")

PORT = ("127.0.0.1", 1)
NOBODY = "-no-such-host.invalid"


def raised(call: Callable[..., object], *args: object) -> Exception:
    try:
        call(*args)
    except Exception as error:  # noqa: BLE001  # whatever it is
        return error
    raise AssertionError("nothing was raised")


def located(call: Callable[..., object], *args: object) -> tuple[Operation | None, object]:
    found = classify(raised(call, *args))
    assert found is not None
    assert found.located == (None if found.operation is None else "traceback")
    return found.operation, found.address


# The calls


def _unconnected() -> socket.socket:
    return socket.socket()


def _datagrams() -> socket.socket:
    return socket.socket(type=socket.SOCK_DGRAM)


CALLS: dict[str, tuple[Callable[[], socket.socket], Callable[[socket.socket], object], str]] = {
    "connect": (_unconnected, lambda sock: sock.connect(PORT), "connect"),
    "create_connection": (_unconnected, lambda _: socket.create_connection(PORT), "connect"),
    "getaddrinfo": (_unconnected, lambda _: socket.getaddrinfo(NOBODY, 1), "resolve"),
    "gethostbyname": (_unconnected, lambda _: socket.gethostbyname(NOBODY), "resolve"),
    "gethostbyname_ex": (_unconnected, lambda _: socket.gethostbyname_ex(NOBODY), "resolve"),
    "getservbyname": (_unconnected, lambda _: socket.getservbyname("no such service"), "resolve"),
    "inet_pton": (_unconnected, lambda _: socket.inet_pton(socket.AF_INET, "no address"), "resolve"),
    "inet_aton": (_unconnected, lambda _: socket.inet_aton("no address"), "resolve"),
    "socket": (_unconnected, lambda _: socket.socket(socket.AF_INET, socket.SOCK_STREAM, 250), "open"),
    "bind": (_unconnected, lambda sock: sock.bind(("192.0.2.1", 0)), "bind"),
    "create_server": (_unconnected, lambda _: socket.create_server(("192.0.2.1", 0)), "bind"),
    "listen": (_datagrams, lambda sock: sock.listen(), "listen"),
    "accept": (_unconnected, lambda sock: sock.accept(), "accept"),
    "send": (_unconnected, lambda sock: sock.send(b"x"), "send"),
    "sendall": (_unconnected, lambda sock: sock.sendall(b"x"), "send"),
    "sendto": (_datagrams, lambda sock: sock.sendto(bytes(70_000), PORT), "send"),
    "recv": (_unconnected, lambda sock: sock.recv(1), "receive"),
    "recv_into": (_unconnected, lambda sock: sock.recv_into(bytearray(1)), "receive"),
    "makefile.read": (_unconnected, lambda sock: sock.makefile("rb").read(1), "receive"),
    "shutdown": (_unconnected, lambda sock: sock.shutdown(socket.SHUT_RDWR), "shutdown"),
    "setsockopt": (_unconnected, lambda sock: sock.setsockopt(socket.IPPROTO_TCP, 12345, 1), "configure"),
    "getsockopt": (_unconnected, lambda sock: sock.getsockopt(socket.IPPROTO_TCP, 12345), "inspect"),
    "getpeername": (_unconnected, lambda sock: sock.getpeername(), "inspect"),
}


@pytest.mark.parametrize("name", CALLS)
def test_every_function_tells_its_operation(name: str) -> None:
    make, call, operation = CALLS[name]
    with make() as sock:
        found = classify(raised(call, sock))
        assert found is not None
        assert (found.operation, found.located) == (operation, "traceback")


def _with_tuple(sock: socket.socket, host: str, port: int) -> None:
    sock.connect((host, port))


def _with_constant(sock: socket.socket, host: str, _: int) -> None:
    sock.connect((host, 1))


def _with_literal(sock: socket.socket, *_: object) -> None:
    sock.connect(("127.0.0.1", 1))


def _with_local(sock: socket.socket, *address: object) -> None:
    sock.connect(address)


def _with_closure(sock: socket.socket, host: str, port: int) -> None:
    def connect() -> None:
        sock.connect((host, port))

    connect()


def _in_lines(sock: socket.socket, host: str, port: int) -> None:
    address = (host, port)
    # fmt: off
    (sock
        .connect(
            address
        ))
    # fmt: on


def _in_finally(sock: socket.socket, host: str, port: int) -> None:
    try:
        address = (host, port)
    finally:
        sock.connect(address)


@pytest.mark.parametrize(
    "call",
    [
        _with_tuple,
        _with_constant,
        _with_literal,
        _with_local,
        _with_closure,
        _in_lines,
        _in_finally,
        lambda *_: socket.create_connection(PORT),
    ],
)
def test_plain_argument_is_the_address(call: Callable[..., object]) -> None:
    with _unconnected() as sock:
        assert located(call, sock, *PORT) == ("connect", PORT)


def _with_condition(sock: socket.socket, address: Any) -> None:
    sock.connect("nothing" if address is None else address)


def _with_default(sock: socket.socket, address: Any) -> None:
    sock.connect(address or "nothing")


def _with_star(sock: socket.socket, address: Any) -> None:
    sock.connect(*[address])


def _with_item(sock: socket.socket, address: Any) -> None:
    sock.connect({"address": address}["address"])


def _with_call(sock: socket.socket, address: Any) -> None:
    sock.connect(tuple(address))


def _with_sum(sock: socket.socket, address: Any) -> None:
    sock.connect((address[0], address[1] + 0))


class Address(tuple[Any, ...]):
    """Whatever a class derived from `tuple` does, it is not run."""

    __slots__ = ()


def _with_derived_class(sock: socket.socket, address: Any) -> None:
    derived = Address(address)
    sock.connect(derived)


@pytest.mark.parametrize(
    "call",
    [_with_star, _with_item, _with_call, _with_sum, _with_derived_class],
)
def test_any_other_argument_is_not_read(call: Callable[..., object]) -> None:
    with _unconnected() as sock:
        assert located(call, sock, PORT) == ("connect", None)


@pytest.mark.parametrize("call", [_with_condition, _with_default])
def test_argument_that_depends_on_a_condition_is_not_read(call: Callable[..., object]) -> None:
    with _unconnected() as sock:
        operation, address = located(call, sock, PORT)
    # Some Pythons compile the call twice, once for each case, and then nothing tells the two apart.
    assert operation in (None, "connect")
    assert address is None


@pytest.mark.parametrize(("server_side", "operation"), [(True, "accept"), (False, "connect")])
@pytest.mark.parametrize("at_once", [True, False])
def test_handshake_of_a_server_belongs_to_accept(server_side: bool, operation: str, at_once: bool) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER if server_side else ssl.PROTOCOL_TLS_CLIENT)
    if not server_side:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.sendall(b"GET / HTTP/1.1\r\n\r\n")

        def shake_hands() -> None:
            with context.wrap_socket(ours, server_side, do_handshake_on_connect=at_once) as secure:
                secure.do_handshake()

        assert located(shake_hands) == (operation, None)


def test_what_is_sent_is_no_address() -> None:
    def send_to(sock: socket.socket, data: bytes, address: object) -> None:
        sock.sendto(data, address)  # type: ignore[call-overload]  # it is one

    def send(sock: socket.socket, data: bytes) -> None:
        sock.send(data)

    with _datagrams() as sock, _unconnected() as stream:
        assert located(send_to, sock, bytes(70_000), PORT) == ("send", PORT)
        assert located(send, stream, b"secret") == ("send", None)


def test_address_of_a_module_and_of_a_class_body() -> None:
    class Mapping(dict[str, Any]):
        def get(self, *_: object) -> Any:
            raise AssertionError("nothing of anybody's is called")

    with _unconnected() as sock:
        code = compile("sock.connect(address)", "module", "exec")
        assert located(exec, code, {"sock": sock, "address": PORT}) == ("connect", PORT)
        assert located(exec, code, {}, Mapping(sock=sock, address=PORT)) == ("connect", None)


def test_unusable_host_is_located_though_its_encoding_runs_in_python() -> None:
    found = classify(raised(socket.getaddrinfo, "a" * 64, 1))
    assert isinstance(found, sockerr.InvalidAddress)
    assert (found.operation, found.located, found.address) == ("resolve", "traceback", "a" * 64)


def test_error_of_a_codec_alone_is_no_socket_failure() -> None:
    assert classify(raised(encodings.idna.Codec().encode, "a" * 64)) is None


def _with_an_alias(sock: socket.socket, address: Any) -> None:
    connect = sock.connect
    connect(address)


def test_arguments_by_keyword_are_not_read() -> None:
    def look_up(host: str, port: str) -> None:
        _socket.getaddrinfo(port=port, host=host)

    assert located(look_up, NOBODY, "80") == ("resolve", None)


def test_local_name_of_a_function_says_nothing() -> None:
    with _unconnected() as sock:
        assert located(_with_an_alias, sock, PORT) == (None, None)


def _with_other_function(sock: socket.socket, clean: Callable[[Any], Any], address: Any) -> None:
    sock.sendto(bytes(70_000), clean(address))


def _with_part(_: object, family: int, address: Any) -> None:
    socket.inet_pton(family, address[0])


def _with_method(_: object, family: int, host: str) -> None:
    socket.inet_pton(family, host.strip())


def _assigned_in_handler(sock: socket.socket, address: Any) -> None:
    try:
        sock.connect(address)
    except OSError:
        address = ("backup", 1)
        raise


def _assigned_in_finally(sock: socket.socket, host: str, port: int) -> None:
    try:
        sock.connect((host, port))
    finally:
        host = "cleaned up"


def _deleted(sock: socket.socket, host: str, port: int) -> None:
    try:
        sock.connect((host, port))
    finally:
        del host


def _part_of_another_class(sock: socket.socket, host: str, port: Any) -> None:
    port = type("Port", (int,), {})(port)
    sock.connect((host, port))


@pytest.mark.parametrize(
    ("call", "arguments"),
    [
        (_with_other_function, (lambda address: address, PORT)),
        (_with_part, (socket.AF_INET, ("no address", 1))),
        (_with_method, (socket.AF_INET, " no address ")),
        (_assigned_in_handler, (PORT,)),
        (_assigned_in_finally, PORT),
        (_deleted, PORT),
        (_part_of_another_class, PORT),
    ],
)
def test_argument_that_is_no_longer_what_it_was_is_not_read(
    call: Callable[..., object], arguments: tuple[object, ...]
) -> None:
    with _datagrams() if call is _with_other_function else _unconnected() as sock:
        operation, address = located(call, sock, *arguments)
    assert operation is not None
    assert address is None


def test_comprehension_does_not_show_the_variable_that_it_hides() -> None:
    def connect(address: object, addresses: list[Any]) -> None:  # noqa: ARG001  # a comprehension hides it
        with _unconnected() as sock:
            _ = [sock.connect(address) for address in addresses]  # type: ignore[func-returns-value]  # of no interest

    _, address = located(connect, "another", [PORT])
    assert address in (None, PORT)


def test_variables_that_are_gone_are_no_address() -> None:
    def connect(sock: socket.socket, host: str, port: int) -> None:
        sock.connect((host, port))

    with _unconnected() as sock:
        error = raised(connect, sock, *PORT)
    traceback.clear_frames(error.__traceback__)
    found = classify(error)
    assert found is not None
    assert (found.operation, found.address) == ("connect", None)


def test_reading_a_variable_makes_no_reference_cycle() -> None:
    def connect(address: Any) -> "weakref.ref[socket.socket]":
        sock = socket.socket()
        try:
            sock.connect(address)
        except OSError as error:
            sockerr.is_safe_to_retry(error)
        finally:
            sock.close()
        return weakref.ref(sock)

    gc.disable()
    try:
        assert [connect(PORT)() for _ in range(3)] == [None] * 3
    finally:
        gc.enable()


def test_method_of_the_class_above_is_read() -> None:
    class Socket(socket.socket):
        def connect(self, address: Any) -> None:
            super().connect(address)

    with Socket() as sock:
        assert located(sock.connect, PORT) == ("connect", PORT)


# What is no call of a socket function


class NotASocket:
    """Has methods of the same names."""

    def connect(self, _: object) -> None:
        raise ConnectionRefusedError(errno.ECONNREFUSED, "raised by code in Python")


def test_methods_in_python_say_nothing() -> None:
    assert located(NotASocket().connect, PORT) == (None, None)


def test_file_that_a_function_of_the_same_name_opens_stays_a_file() -> None:
    def connect(path: str) -> None:
        socket_module = types.SimpleNamespace(connect=open)
        socket_module.connect(path)

    assert classify(raised(connect, "/no/such/file")) is None


NAMES = [*functions.CALLS, "read", "write", "close", "open", "dup", "frobnicate"]
# A call of each shape, and whether what raises has a name there.
SHAPES = {
    "x.{name}(x)": True,
    "x.y.{name}(x)": True,
    "x[0].{name}(x)": True,
    "x.{other}(x).{name}(x)": True,
    "x(x.{other}).{name}(x)": True,
    "x.{name}(*[x])": True,
    "x.{name}(x.{other})": True,
    "x.{other}(x.{name}(x))": True,
    "[x.{name}(x) for _ in range(2)]": True,
    "x.{name}(x) or x.{other}(x)": True,
    "x.{other}(x) and x.{name}(x)": True,
    "(x.{other}, x.{name})[1](x)": False,
    "(x.{name} if x else x.{other})(x)": False,
    "(x.{other} and x.{name})(x)": False,
    "getattr(x, '{name}')(x)": False,
}


class Anything:
    """Takes part in any expression; its one method that raises is a function in C, and leaves no frame of its own."""

    def __init__(self, name: str, method: object) -> None:
        self.__dict__[name] = method

    def __getattr__(self, _: str) -> "Anything":
        return self

    def __getitem__(self, _: int) -> "Anything":
        return self

    def __call__(self, *_: object) -> "Anything":
        return self

    def __index__(self) -> int:
        return 1


@given(st.sampled_from(sorted(SHAPES)), st.sampled_from(NAMES), st.sampled_from(NAMES))
def test_operation_is_of_the_function_that_the_frame_called(shape: str, name: str, other: str) -> None:
    if name == other:
        return
    code = compile(shape.format(name=name, other=other), "shape", "eval")
    with _unconnected() as sock:
        found = classify(raised(eval, code, {"x": Anything(name, sock.recv)}))
    assert found is not None
    row = functions.CALLS.get(name) if SHAPES[shape] else None
    assert found.operation == (None if row is None else row[0])


# Frames of any shape


def _fail(sock: socket.socket) -> None:
    sock.recv(1)


@given(st.binary(max_size=40))
def test_positions_that_make_no_sense_are_survived(table: bytes) -> None:
    function = types.FunctionType(_fail.__code__.replace(co_linetable=table), globals())
    # What measures coverage would not survive them.
    trace = sys.gettrace()
    sys.settrace(None)
    try:
        with _unconnected() as sock:
            found = classify(raised(function, sock))
    finally:
        sys.settrace(trace)
    assert found is not None
    assert found.operation in (None, "receive")


@pytest.mark.parametrize("name", [None, 1, "ssl", "asyncio.streams", "no such module", object()])
def test_modules_of_any_name_are_survived(name: object) -> None:
    with _unconnected() as sock:
        found = classify(raised(types.FunctionType(_fail.__code__, {"__name__": name}), sock))
    assert found is not None
    assert found.operation == "receive"


def test_without_positions_nothing_is_known(python: str) -> None:
    script = (
        "import socket, sockerr\n"
        "try:\n socket.socket().recv(1)\n"
        "except OSError as error:\n found = sockerr.classify(error)\n"
        "print(type(found).__name__, found.operation, found.located)"
    )
    command = [python, "-X", "no_debug_ranges", "-c", script]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["NotConnected", "None", "None"]


def test_very_long_function_is_not_read() -> None:
    filler = "\n".join(" x = y" for _ in range(20_000))
    namespace: dict[str, Any] = {"y": 1}
    exec(f"def long(sock):\n{filler}\n sock.recv(1)", namespace)  # noqa: S102  # code that was made for this test
    with _unconnected() as sock:
        assert located(namespace["long"], sock) == (None, None)


def test_too_long_a_traceback_is_not_read() -> None:
    with _unconnected() as sock:
        error = raised(_fail, sock)
    for _ in range(2000):
        error.__traceback__ = types.TracebackType(error.__traceback__, sys._getframe(), 0, 1)
    found = classify(error)
    assert found is not None
    assert found.located is None


def test_whatever_goes_wrong_the_failure_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("a bug")

    def call(sock: socket.socket) -> None:
        sock.recv(1)

    monkeypatch.setattr(location, "call_at", fail)
    with _unconnected() as sock:
        assert located(call, sock) == (None, None)


def test_without_a_descriptor_to_load_the_search_with_the_failure_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    # The real thing is an OSError when no descriptor is left; what the import makes of it does not matter.
    monkeypatch.setitem(sys.modules, "sockerr._classification.order", None)
    memory.decisions.clear()
    found = classify(raised(socket.create_connection, PORT))
    assert isinstance(found, sockerr.ConnectionRefused)
    assert found.located is None


# What is remembered


def test_second_failure_at_a_place_tells_its_own_address() -> None:
    ports = [("127.0.0.1", port) for port in (1, 2, 3)]

    def connect(address: object) -> None:
        with _unconnected() as sock:
            sock.connect(address)  # type: ignore[arg-type]  # it is one

    assert [located(connect, port) for port in ports] == [("connect", port) for port in ports]


def test_two_calls_on_one_line_are_told_apart() -> None:
    def both(sock: socket.socket, first: bool) -> object:
        return sock.recv(1) if first else sock.send(b"x")

    with _unconnected() as sock:
        found = [located(both, sock, first)[0] for first in (True, False, True, False)]
    assert found == ["receive", "send", "receive", "send"]


def test_memory_keeps_no_code_alive_and_takes_no_others_place() -> None:
    namespace: dict[str, Any] = {}
    for name, operation in (("recv(1)", "receive"), ("send(b'x')", "send")) * 20:
        exec(f"def call(sock): sock.{name}", namespace)  # noqa: S102  # code that was made for this test
        with _unconnected() as sock:
            for _ in range(2):
                assert located(namespace["call"], sock)[0] == operation
    gone = weakref.ref(namespace.pop("call").__code__)
    gc.collect()
    assert gone() is None


def test_memory_is_bounded() -> None:
    namespace: dict[str, Any] = {}
    for number in range(1100):
        exec(f"def call_{number}(sock): sock.recv(1)", namespace)  # noqa: S102  # code that was made for this test
        with _unconnected() as sock:
            assert located(namespace[f"call_{number}"], sock)[0] == "receive"
    assert len(memory.places) <= 1024


def test_threads_need_no_lock() -> None:
    wrong: list[object] = []

    def work(operation: str, code: str) -> None:
        for number in range(200):
            namespace: dict[str, Any] = {}
            exec(f"def call_{number}(sock): {code}", namespace)  # noqa: S102  # code that was made for this test
            with _unconnected() as sock:
                found = [located(namespace[f"call_{number}"], sock)[0] for _ in range(3)]
            wrong.extend(each for each in found if each != operation)

    threads = [
        threading.Thread(target=work, args=each)
        for each in (("receive", "sock.recv(1)"), ("send", "sock.send(b'x')"), ("accept", "sock.accept()"))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


# What is given


def test_given_operation_and_address_win() -> None:
    error = raised(socket.create_connection, PORT)
    for _ in range(2):
        found = classify(error, operation="send", address="mine")
        assert found is not None
        assert (found.operation, found.address, found.located) == ("send", "mine", "given")
        found = classify(error, address="mine")
        assert found is not None
        assert (found.operation, found.address, found.located) == ("connect", "mine", "traceback")


def test_error_that_was_never_raised_has_no_place() -> None:
    found = classify(ConnectionRefusedError(errno.ECONNREFUSED, "Connection refused"))
    assert found is not None
    assert (found.operation, found.located) == (None, None)
    assert sockerr.ConnectTimedOut().located == "given"


def test_place_survives_a_pickle_and_is_in_the_record() -> None:
    found = classify(raised(socket.create_connection, PORT))
    assert found is not None
    again: sockerr.SocketError = pickle.loads(pickle.dumps(found))  # noqa: S301  # a pickle of its own
    assert (again.located, again.operation, again.address) == ("traceback", "connect", PORT)
    assert again.as_dict()["located"] == "traceback"
    assert str(again).startswith("connect 127.0.0.1:1: ")


# Groups


def test_each_attempt_of_a_group_has_its_own_place() -> None:
    errors = [raised(socket.create_connection, ("127.0.0.1", port)) for port in (1, 2)]
    for group in (ExceptionGroup("attempts", errors), ExceptionGroup("one", [ExceptionGroup("nested", errors)])):
        found = classify(group)
        assert found is not None
        assert [each.address for each in found.causes] == [("127.0.0.1", 1), ("127.0.0.1", 2)]
        assert (found.operation, found.address, found.located) == ("connect", None, "traceback")
        assert found.retry is Retry.SAFE
    alone = classify(ExceptionGroup("one", errors[:1]))
    assert alone is not None
    assert (alone.operation, alone.address) == ("connect", ("127.0.0.1", 1))


def test_group_of_different_operations_has_none() -> None:
    with _unconnected() as sock:
        found = classify(ExceptionGroup("both", [raised(socket.create_connection, PORT), raised(sock.recv, 1)]))
    assert found is not None
    assert (found.operation, found.located) == (None, None)
    assert found.retry is Retry.IF_IDEMPOTENT


def test_attempts_of_one_frame_have_no_address_each() -> None:
    addresses = [("127.0.0.1", port) for port in (1, 2)]
    errors: list[Exception] = []
    with _unconnected() as sock:
        for address in addresses:
            try:
                sock.connect(address)
            except OSError as error:  # as programs do that try one address after the other
                errors.append(error)
    found = classify(ExceptionGroup("attempts", errors))
    assert found is not None
    assert [(each.operation, each.address) for each in found.causes] == [("connect", None)] * 2


class Falsy(ConnectionRefusedError):
    """An exception that is false, like a container with nothing in it."""

    def __bool__(self) -> bool:
        raise AssertionError("nothing of anybody's is called")


def test_members_that_are_false_count() -> None:
    error = Falsy(errno.ECONNREFUSED, "Connection refused")
    error.__cause__ = raised(socket.create_connection, PORT)
    found = classify(ExceptionGroup("attempts", [error, raised(socket.create_connection, PORT)]))
    assert found is not None
    assert len(found.causes) == 2


def _peer(sock: socket.socket) -> None:
    sock.getpeername()


def test_group_of_one_class_in_different_operations_has_none() -> None:
    with _unconnected() as sock:
        errors = [raised(_peer, sock), raised(_fail, sock)]
    found = classify(ExceptionGroup("both", errors))
    assert isinstance(found, sockerr.NotConnected)
    assert (found.operation, found.located) == (None, None)
    assert [each.operation for each in found.causes] == ["inspect", "receive"]


# The advice


def test_refused_connection_is_safe_to_retry() -> None:
    assert is_safe_to_retry(raised(socket.create_connection, PORT))


def test_reconnecting_after_a_reset_is_not() -> None:
    def exchange() -> None:
        with _unconnected() as sock:
            try:
                sock.send(b"a request")
            except OSError:
                socket.create_connection(PORT)

    for _ in range(2):
        error = raised(exchange)
        found = classify(error)
        assert isinstance(found, sockerr.ConnectionRefused)
        assert found.retry is Retry.IF_IDEMPOTENT
        assert not is_safe_to_retry(error)
        again: sockerr.SocketError = pickle.loads(pickle.dumps(found))  # noqa: S301  # a pickle of its own
        assert again.retry is Retry.IF_IDEMPOTENT


def test_earlier_failure_is_told_in_the_hint() -> None:
    error = raised(socket.create_connection, PORT)
    before = classify(error)
    error.__context__ = ConnectionResetError(errno.ECONNRESET, "Connection reset by peer")
    after = classify(error)
    assert before is not None
    assert after is not None
    assert after.hint.endswith(before.hint)
    assert "earlier" in after.hint.removesuffix(before.hint)


def test_history_that_cannot_be_read_makes_the_advice_cautious(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("a bug")

    error = raised(socket.create_connection, PORT)
    error.__context__ = OSError("something else")
    monkeypatch.setattr(delivery, "from_itself", fail)
    found = classify(error)
    assert isinstance(found, sockerr.ConnectionRefused)
    assert found.retry is Retry.IF_IDEMPOTENT


class PeerWentAway(ConnectionResetError):
    """As a library derives its own class, with neither a number nor a cause."""


EARLIER = [
    http.client.RemoteDisconnected("Remote end closed connection without response"),
    PeerWentAway(),
    asyncio.IncompleteReadError(b"", 10),
    TimeoutError(),
    OSError(errno.ENETUNREACH, "Network is unreachable"),
]


@pytest.mark.parametrize("earlier", EARLIER, ids=lambda each: type(each).__name__)
def test_whatever_may_have_come_after_a_request_makes_the_advice_cautious(earlier: Exception) -> None:
    error = raised(socket.create_connection, PORT)
    assert is_safe_to_retry(error)
    error.__context__ = earlier
    found = classify(error)
    assert isinstance(found, sockerr.ConnectionRefused)
    assert found.retry is Retry.IF_IDEMPOTENT


@pytest.mark.parametrize(
    ("earlier", "retry"),
    [
        (sockerr.ConnectionReset(operation="send"), "if_idempotent"),
        (sockerr.ConnectionReset(), "if_idempotent"),
        # It says only that this machine cannot use that address family.
        (sockerr.NetworkUnreachable(operation="connect"), "safe"),
        (sockerr.NameNotFound(operation="resolve"), "safe"),
        (KeyError("no connection in the pool"), "safe"),
    ],
)
def test_typed_error_before_counts_too(earlier: Exception, retry: str) -> None:
    error = raised(socket.create_connection, PORT)
    error.__context__ = earlier
    found = classify(error)
    assert found is not None
    assert found.retry == retry


def test_receiving_in_vain_makes_the_advice_cautious_and_connecting_in_vain_does_not() -> None:
    first, second = socket.socketpair()
    with first, second:
        first.setblocking(False)
        # It could be the end of SO_RCVTIMEO.
        not_received = raised(lambda: first.recv(1))
    for earlier, retry in ((not_received, "if_idempotent"), (raised(socket.create_connection, PORT), "safe")):
        error = raised(socket.create_connection, PORT)
        error.__context__ = earlier
        found = classify(error)
        assert found is not None
        assert found.retry == retry


def _bind(sock: socket.socket, address: Any) -> None:
    sock.bind(address)


def test_group_of_different_operations_is_cautious_too() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, _unconnected() as sock:
        in_use = raised(_bind, sock, server.getsockname())
    group = ExceptionGroup("both", [raised(socket.create_connection, PORT), in_use])
    assert is_safe_to_retry(group)
    group.__context__ = ConnectionResetError(errno.ECONNRESET, "Connection reset by peer")
    found = classify(group)
    assert found is not None
    assert found.retry is Retry.IF_IDEMPOTENT


def _serve_ftp(server: socket.socket) -> None:
    """Accept every command, and never open a connection for data."""
    connection, _ = server.accept()
    with connection, connection.makefile("rw", newline="\r\n") as lines:
        print("220 ready", file=lines, flush=True)
        for line in lines:
            print("150 here it comes" if line.startswith("APPE") else "200 done", file=lines, flush=True)


def test_server_that_has_accepted_a_command_may_have_acted_on_it() -> None:
    # Whatever was classified before, even in the same place, decides nothing about the exchange.
    classify(TimeoutError(errno.ETIMEDOUT, "Connection timed out"))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.01)
        assert is_safe_to_retry(raised(listener.accept))
    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=_serve_ftp, args=(server,))
        thread.start()
        client = ftplib.FTP(timeout=0.2)  # noqa: S321  # with itself alone
        client.connect(*server.getsockname())
        client.set_pasv(False)
        found = classify(raised(client.storbinary, "APPE log", io.BytesIO(b"a line")))
        client.close()
        thread.join()
    assert isinstance(found, sockerr.AcceptTimedOut)
    assert found.retry is Retry.IF_IDEMPOTENT


class Repeating(http.server.BaseHTTPRequestHandler):
    """Reads a request and goes away, for good."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.server.server_close()


def test_request_that_a_library_sends_again_is_not_safe_to_retry() -> None:
    with http.server.HTTPServer(("127.0.0.1", 0), Repeating) as server:
        thread = threading.Thread(target=server.handle_request)
        thread.start()
        proxy = xmlrpc.client.ServerProxy("http://{}:{}/".format(*server.server_address))
        found = classify(raised(proxy.pay))
        thread.join()
    assert isinstance(found, sockerr.ConnectionRefused)
    assert found.retry is Retry.IF_IDEMPOTENT


def test_looking_up_a_name_that_is_no_address_changes_nothing() -> None:
    def connect(host: str) -> None:
        try:
            socket.inet_pton(socket.AF_INET, host)
        except OSError:
            socket.create_connection(PORT)

    assert is_safe_to_retry(raised(connect, "localhost"))


def test_request_that_was_redirected_is_not_safe_to_retry(redirecting: str) -> None:
    error = raised(urllib.request.urlopen, redirecting)
    found = classify(error)
    assert isinstance(found, sockerr.ConnectionRefused)
    assert (found.operation, found.address) == ("connect", PORT)
    assert found.retry is Retry.IF_IDEMPOTENT
    assert is_safe_to_retry(raised(urllib.request.urlopen, "http://127.0.0.1:1/"))
