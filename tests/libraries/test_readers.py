"""The codes and texts of libraries that no place here makes them use, in their own exceptions."""

import importlib
import ssl
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

import sockerr
from sockerr import Evidence, classify, platforms
from sockerr._classification import registered

pytestmark = [
    pytest.mark.filterwarnings("ignore"),
    pytest.mark.skipif(platforms.current() != "linux", reason="the numbers and sentences are those of Linux"),
]

Make = Callable[[Any], BaseException]
Case = tuple[str, Make, str | None, str | None]


def caused(error: BaseException, *causes: BaseException) -> BaseException:
    """An exception with a chain of causes."""
    outer = error
    for cause in causes:
        outer.__cause__ = cause
        outer = cause
    return error


def in_a_circle(error: BaseException, other: BaseException) -> BaseException:
    error.__cause__, other.__cause__ = other, error
    return error


class LibraryError(Exception):
    """Anybody's, with the words of another."""


def handled(error: BaseException, context: BaseException) -> BaseException:
    error.__context__ = context
    return error


RESET = ConnectionResetError(104, "Connection reset by peer")


def curl(code: int, text: str) -> Make:
    return lambda pycurl: pycurl.error(code, text)


def cffi(code: int, text: str) -> Make:
    whole = f"Failed to perform, curl: ({code}) {text}. See https://curl.se/libcurl/c/libcurl-errors.html first."
    return lambda errors: errors.RequestException(whole, code)


CURL: list[Case] = [
    ("pycurl", curl(5, "Could not resolve proxy: p"), "ResolutionError", None),
    ("pycurl", curl(7, "Failed to connect to a port 1: Connection refused"), "ConnectionRefused", None),
    ("pycurl", curl(18, "transfer closed with 7 bytes remaining to read"), "ConnectionLost", "receive"),
    ("pycurl", curl(18, "the server says so"), None, None),
    ("pycurl", curl(22, "The requested URL returned error: 503"), None, None),
    ("pycurl", curl(28, "Operation too slow"), "TimedOut", None),
    ("pycurl", curl(35, "Recv failure: Connection reset by peer"), "ConnectionReset", None),
    ("pycurl", curl(35, "something else"), "TLSError", "connect"),
    ("pycurl", curl(55, "Send failure: Broken pipe"), "BrokenPipe", "send"),
    ("pycurl", curl(56, "CONNECT tunnel failed, response 407"), None, None),
    ("pycurl", curl(58, "could not load PEM client certificate"), "TLSMisconfigured", None),
    (
        "pycurl",
        curl(60, "SSL certificate OpenSSL verify result: CRL has expired (12)"),
        "CertificateRejected",
        "connect",
    ),
    ("curl_cffi.requests.exceptions", cffi(52, "Empty reply from server"), "ConnectionLost", "receive"),
]


def closed(received: object, sent: object, *causes: BaseException) -> Make:
    return lambda exceptions: caused(exceptions.ConnectionClosedError(received, sent), *causes)


def frame(code: int, reason: str) -> object:
    return SimpleNamespace(code=code, reason=reason)


def rpc(details: object) -> Make:
    """An error of gRPC, whose own are made from a call's state."""
    return lambda grpc: type("Failed", (grpc.RpcError,), {"details": lambda _: details})()


def wait(_: object) -> str:
    """What a call does that is asked for its details before it has ended."""
    raise AssertionError


NOT_CONNECTED = "failed to connect to all addresses; last error: UNKNOWN: ipv4:127.0.0.1:9: "
REMOTE = "Failed to connect to remote host: "
TLS_FAILED = "Tls handshake failed (TSI_PROTOCOL_FAILURE): SSL_ERROR_SSL: error:1000007d:SSL routines:OPENSSL_internal:"

HTTP: list[Case] = [
    ("httpcore", lambda m: m.RemoteProtocolError("illegal status line"), None, None),
    ("httpx", lambda m: m.RemoteProtocolError("Server disconnected"), "ConnectionLost", "receive"),
    ("h11", lambda m: m.RemoteProtocolError("peer unexpectedly closed connection"), "ConnectionLost", "receive"),
    ("h11", lambda m: m.RemoteProtocolError("illegal header line"), None, None),
    ("aiohttp", lambda m: m.ServerDisconnectedError(object()), "ConnectionLost", "receive"),
    ("aiohttp", lambda m: m.ClientPayloadError("Response payload is not completed: x"), "ConnectionLost", "receive"),
    ("aiohttp", lambda m: m.ClientPayloadError("400, message: Can not decode"), None, None),
    ("http.client", lambda m: m.IncompleteRead(b"abc", 7), "ConnectionLost", "receive"),
    ("http.client", lambda m: m.IncompleteRead(b"abc"), None, None),
    ("websockets.exceptions", closed(None, None, EOFError("unexpected end of stream")), "ConnectionLost", "receive"),
    ("websockets.exceptions", closed(None, None, RESET), "ConnectionReset", None),
    ("websockets.exceptions", closed(None, None), None, None),
    ("websockets.exceptions", closed(frame(1011, "Connection refused"), None), None, None),
    ("websockets.exceptions", closed(None, frame(1011, "keepalive ping timeout")), "ReceiveTimedOut", "receive"),
    (
        "websockets.exceptions",
        lambda m: caused(m.InvalidMessage("no HTTP"), EOFError("connection closed"), EOFError("line without CRLF")),
        None,
        None,
    ),
    ("websockets.exceptions", lambda m: in_a_circle(m.InvalidMessage("no HTTP"), KeyError()), None, None),
    ("websocket", lambda m: m.WebSocketConnectionClosedException("socket is already closed."), None, None),
    ("websocket", lambda m: m.WebSocketTimeoutException("ping/pong timed out"), None, None),
    ("grpc", rpc(None), None, None),
    ("grpc", lambda m: m.RpcError(), None, None),
    ("grpc", rpc("Deadline Exceeded"), None, None),
    ("grpc", rpc("backend: Connection refused"), None, None),
    ("grpc", rpc("Socket closed"), "ConnectionLost", None),
    ("grpc", rpc("recvmsg:Connection reset by peer"), "ConnectionReset", None),
    ("grpc", rpc(NOT_CONNECTED + REMOTE + "Connection refused"), "ConnectionRefused", None),
    ("grpc", rpc("errors resolving a:1: [field: address lookup failed: Domain name not found]"), "NameNotFound", None),
    ("grpc", rpc("DNS resolution failed for a:1: C-ares status: Timeout"), "ResolutionError", None),
    ("grpc", rpc(NOT_CONNECTED + REMOTE + "getsockopt(SO_ERROR): No route to host (113)"), "HostUnreachable", None),
    ("grpc", rpc(NOT_CONNECTED + REMOTE + "Timeout occurred: FD Shutdown"), "ConnectTimedOut", None),
    ("grpc", rpc(NOT_CONNECTED + "Secure read failed"), "ConnectFailed", None),
    ("grpc", rpc(NOT_CONNECTED + "Hostname Verification Check failed."), "CertificateNameMismatch", "connect"),
    ("grpc", rpc(NOT_CONNECTED + f"{TLS_FAILED}WRONG_VERSION_NUMBER: OK"), "NotTLS", "connect"),
    ("grpc", rpc(NOT_CONNECTED + f"{TLS_FAILED}CERTIFICATE_VERIFY_FAILED: OK"), "CertificateRejected", "connect"),
    ("grpc", rpc(NOT_CONNECTED + f"{TLS_FAILED}NONE: OK"), "TLSError", "connect"),
    ("grpc", rpc("failed to connect\nto all"), None, None),
    ("engineio.exceptions", lambda m: m.ConnectionError("Server disconnected"), "ConnectionLost", "receive"),
    (
        "engineio.exceptions",
        lambda m: m.ConnectionError("to a timed out. (connect timeout=1)"),
        "ConnectTimedOut",
        None,
    ),
    (
        "engineio.exceptions",
        lambda m: m.ConnectionError("a: Read timed out. (read timeout=1)"),
        "ReceiveTimedOut",
        "receive",
    ),
    (
        "engineio.exceptions",
        lambda m: m.ConnectionError("('Connection aborted.', ConnectionResetError(104, 'reset'))"),
        "ConnectionReset",
        None,
    ),
    (
        "engineio.exceptions",
        lambda m: m.ConnectionError("[[SSL: WRONG_VERSION_NUMBER] wrong version number (_ssl.c:1006)]"),
        "NotTLS",
        "connect",
    ),
    ("engineio.exceptions", lambda m: m.ConnectionError("Connection refused by the server"), None, None),
    ("elastic_transport", lambda m: m.ConnectionError("no", errors=(RESET,)), "ConnectionReset", None),
    (
        "elastic_transport",
        lambda m: caused(m.TransportError("no", errors=(KeyError(),)), RESET),
        "ConnectionReset",
        None,
    ),
]


def service(number: object) -> Make:
    def make(error: Any) -> BaseException:
        made: BaseException = error.ConnectBindError(number)
        return made

    return make


def aspects(name: str) -> Make:
    """The exception of Twisted's HTTP client for a response that never came."""

    def make(module: Any) -> BaseException:
        from twisted.internet import error
        from twisted.python.failure import Failure

        made: BaseException = module.ResponseNeverReceived([Failure(getattr(error, name)()), Failure(KeyError())])
        return made

    return make


TWISTED: list[Case] = [
    ("twisted.internet.error", service(98), "AddressInUse", "bind"),
    ("twisted.internet.error", lambda m: m.ConnectError(None), None, None),
    ("grpc", lambda m: type("Call", (m.RpcError,), {"done": lambda _: False, "details": wait})(), None, None),
    ("twisted.internet.error", lambda m: m.ConnectError(115), None, None),
    ("twisted.internet.error", lambda m: m.ConnectionAborted(), None, None),
    ("twisted.internet.error", lambda m: m.ProcessTerminated(1), None, None),
    ("twisted.internet.error", lambda m: m.ConnectionDone(), None, None),
    ("twisted.python.failure", lambda m: m.Failure(RESET), "ConnectionReset", None),
    ("twisted.python.failure", lambda m: m.Failure(KeyError()), None, None),
    ("OpenSSL.SSL", lambda m: m.SysCallError(-1, "Unexpected EOF"), "TLSConnectionLost", None),
    ("OpenSSL.SSL", lambda m: m.SysCallError(104, "ECONNRESET"), "ConnectionReset", None),
    ("OpenSSL.SSL", lambda m: m.ZeroReturnError(), "TLSConnectionLost", None),
    ("OpenSSL.SSL", lambda m: m.WantReadError(), "TLSWantRead", None),
    ("OpenSSL.SSL", lambda m: m.WantWriteError(), "TLSWantWrite", None),
    ("OpenSSL.SSL", lambda m: m.Error([]), None, None),
    ("OpenSSL.SSL", lambda m: m.Error([("SSL routines", "", "wrong version number")]), "NotTLS", "connect"),
    ("twisted.web._newclient", aspects("ConnectionDone"), "ConnectionLost", "receive"),
    ("twisted.web._newclient", aspects("ConnectionLost"), "ConnectionLost", None),
]


def servers(*reasons: object) -> Make:
    """The exception of dnspython that has a reason for each name server."""
    errors = [("Do53:127.0.0.1@53", False, 53, reason, None) for reason in reasons]
    return lambda resolver: resolver.NoNameservers(request=resolver.dns.message.make_query("a.", "A"), errors=errors)


class Truncated(Exception):
    """As dnspython keeps it, before it asks again over TCP."""


NAMES: list[Case] = [
    ("aiodns.error", lambda m: m.DNSError(5, "DNS server does not implement it"), "ResolutionError", "resolve"),
    ("aiodns.error", lambda m: m.DNSError(11, "Could not contact DNS servers"), "ResolverUnavailable", "resolve"),
    ("aiodns.error", lambda m: m.DNSError(24, "DNS query cancelled"), None, None),
    ("aiodns.error", lambda m: m.DNSError(99, "unknown"), None, None),
    ("pycares", lambda m: m.AresError("Failed to initialize c-ares channel"), None, None),
    ("dns.resolver", servers("REFUSED", "REFUSED"), "ResolverFailed", "resolve"),
    ("dns.resolver", servers("SERVFAIL", "REFUSED"), "ResolutionError", "resolve"),
    ("dns.resolver", servers("12"), "ResolutionError", "resolve"),
    ("dns.resolver", servers(Truncated(), RESET), "ConnectionReset", None),
    ("dns.resolver", servers(Truncated(), RESET, "REFUSED"), "ResolutionError", "resolve"),
    ("dns.resolver", servers(), None, None),
    ("dns.exception", lambda m: m.Timeout(timeout=1), "TimedOut", None),
    ("dns.resolver", lambda m: m.NXDOMAIN(), "NameNotFound", "resolve"),
    ("dns.resolver", lambda m: m.YXDOMAIN(), "ResolverFailed", "resolve"),
]


def libpq(text: str, **attributes: object) -> Make:
    def make(psycopg: Any) -> BaseException:
        made: BaseException = psycopg.OperationalError(text)
        for name, value in attributes.items():
            setattr(made, name, value)
        return made

    return make


AT = 'connection to server at "a" (127.0.0.1), port 5432 failed: '
HINT = "\n\tIs the server running on that host and accepting TCP/IP connections?\n"
SENTENCES: dict[str, tuple[str | None, str | None]] = {
    AT + "Connection refused" + HINT: ("ConnectionRefused", "connect"),
    AT + "Connection refused" + HINT + AT + "Connection refused" + HINT: ("ConnectionRefused", "connect"),
    AT + "Connection refused" + HINT + AT + "timeout expired": ("ConnectFailed", None),
    AT + "Connection refused" + HINT + AT + "no idea": (None, None),
    'connection to server on socket "/a" failed: No such file or directory' + HINT: ("PathNotFound", "connect"),
    "could not receive data from server: Connection reset by peer": ("ConnectionReset", "receive"),
    "could not send data to server: Broken pipe": ("BrokenPipe", "send"),
    "SSL SYSCALL error: EOF detected": ("TLSConnectionLost", None),
    AT + "server closed the connection unexpectedly": ("ConnectionLost", "receive"),
    "consuming input failed: server closed the connection unexpectedly\n\tThis probably": ("ConnectionLost", "receive"),
    "sending prepared query failed: could not send data to server: Broken pipe": ("BrokenPipe", "send"),
    "consuming input failed: FATAL:  terminating connection due to administrator command": (None, None),
    AT + "SSL error: wrong version number": ("NotTLS", "connect"),
    "SSL SYSCALL error: Connection reset by peer": ("ConnectionReset", None),
    AT + 'server certificate for "b" does not match host name "a"': ("CertificateNameMismatch", "connect"),
    AT + 'FATAL:  password authentication failed for user "u"': (None, None),
    AT + "FATAL:  server login failed: connect failed: Connection refused": (None, None),
    "the connection is closed": (None, None),
    "": (None, None),
}
LIBPQ: list[Case] = [("psycopg", libpq(text), *answer) for text, answer in SENTENCES.items()]
LIBPQ += [("psycopg", libpq(AT + "Connection refused" + HINT, sqlstate="08006"), None, None)]


def odbc(state: str, text: str) -> Make:
    return lambda pyodbc: pyodbc.OperationalError(state, f"[{state}] {text} (0) (SQLDriverConnect)")


def mysql(name: str, *args: object) -> Make:
    return lambda module: getattr(module, name)(*args)


def mysql_connector(code: int, text: str) -> Make:
    return lambda errors: errors.InterfaceError(text, code)


def oracle(code: str) -> Make:
    """An exception of python-oracledb, whose argument is an object with the code."""
    return lambda oracledb: oracledb.DatabaseError(SimpleNamespace(full_code=code, message="m"))


def mssql(*lines: str) -> Make:
    text = "".join(f"DB-Lib error message {line}\n" for line in lines).encode()
    return lambda pymssql: pymssql.OperationalError((20009, text))


def mongo(*said: str) -> Make:
    servers = ",".join(
        f"a:{port}: {each} (configured timeouts: connectTimeoutMS: 1ms)" for port, each in enumerate(said)
    )
    text = f"{servers}, Timeout: 1s, Topology Description: <[Errno 104] Connection reset by peer>"
    return lambda errors: errors.ServerSelectionTimeoutError(text)


DATABASES: list[Case] = [
    (
        "pyodbc",
        odbc("08S01", "[Microsoft][ODBC Driver 18 for SQL Server]Communication link failure"),
        "ConnectionLost",
        None,
    ),
    ("pyodbc", odbc("HYT01", "[x]Connection timeout expired"), "TimedOut", None),
    ("pyodbc", odbc("28000", "[x]Login failed"), None, None),
    ("pyodbc", odbc("08001", AT + "Connection refused" + HINT), "ConnectionRefused", "connect"),
    ("pyodbc", odbc("08001", "[x]Unable to connect to data source"), "ConnectFailed", None),
    ("mysql.connector.errors", lambda m: caused(m.InterfaceError("lost", 2055), RESET), "ConnectionReset", None),
    ("pymysql.err", mysql("OperationalError", 2013, "Lost connection (read timeout)"), "ReceiveTimedOut", "receive"),
    ("pymssql", mssql("20009, severity 9:\nNet-Lib error during in progress (115)"), "ConnectFailed", None),
    ("pymongo.errors", mongo("connection closed"), "ConnectionLost", None),
    ("pymongo.errors", mongo("[SSL: WRONG_VERSION_NUMBER] wrong version number (_ssl.c:1006)"), "NotTLS", "connect"),
    ("glide_shared.exceptions", lambda m: m.ClosingError("for address `a:1`: timed out\n"), "TimedOut", None),
    ("glide_shared.exceptions", lambda m: m.ClosingError("invalid peer certificate: X"), "CertificateRejected", None),
    ("glide_shared.exceptions", lambda m: m.ClosingError("refused (os error 111)"), "ConnectionRefused", None),
    ("asyncpg", lambda m: m.ConnectionDoesNotExistError("closed"), "ConnectionLost", "receive"),
    ("asyncpg", lambda m: m.PostgresError("fdw: Connection refused"), None, None),
    ("thrift.Thrift", lambda m: m.TApplicationException(6, "Internal error: Connection refused"), None, None),
    ("twisted.protocols.amp", lambda m: m.RemoteAmpError(b"UNKNOWN", "upstream: Connection refused"), None, None),
    ("pymysql.err", mysql("OperationalError", 2003, "Lost connection to backend: Connection refused"), None, None),
    (
        "psycopg",
        lambda m: caused(
            LibraryError("fdw: Connection refused"), libpq("fdw: Connection refused", sqlstate="08001")(m)
        ),
        None,
        None,
    ),
    (
        "snowflake.connector.errors",
        lambda m: m.ProgrammingError(msg="external function F: timed out", errno=100351, sqlstate="22023", sfqid="x"),
        None,
        None,
    ),
    ("asyncpg", lambda m: caused(m.ConnectionDoesNotExistError("closed"), RESET), "ConnectionReset", None),
    ("pymysql.err", mysql("OperationalError", 2006, "MySQL server has gone away"), "ConnectionLost", None),
    ("pymysql.err", mysql("OperationalError", 2005, "Unknown MySQL server host 'a' (11)"), "ResolutionError", None),
    ("pymysql.err", mysql("OperationalError", 2005, "Unknown MySQL server host 'a' (-2)"), "NameNotFound", "resolve"),
    ("pymysql.err", mysql("OperationalError", 2026, "SSL connection error: wrong version number"), "NotTLS", "connect"),
    ("pymysql.err", mysql("OperationalError", 2026, "SSL connection error: SSL does not support it"), None, None),
    ("pymysql.err", mysql("OperationalError", 1040, "Too many connections"), None, None),
    (
        "pymysql.err",
        lambda m: handled(m.OperationalError(2013, "Lost connection to MySQL server during query"), KeyError()),
        "ConnectionLost",
        "receive",
    ),
    (
        "pymysql.err",
        mysql("OperationalError", 2003, "Can't connect to MySQL server on 'a'"),
        "ConnectFailed",
        "connect",
    ),
    (
        "pymysql.err",
        mysql("OperationalError", 2003, "Can't connect to MySQL server on 'a' (113)"),
        "HostUnreachable",
        "connect",
    ),
    ("mysql.connector.errors", mysql_connector(2055, "Lost connection, system error: 32"), "BrokenPipe", "receive"),
    ("mysql.connector.errors", mysql_connector(2055, "Lost connection, system error: 2"), "ConnectionLost", "receive"),
    ("oracledb", oracle("DPY-4024"), "TimedOut", None),
    ("oracledb", oracle("ORA-12541"), None, None),
    ("oracledb", oracle("DPY-6001"), None, None),
    ("pymssql", mssql("20003, severity 6:\nTDS server connection timed out"), "TimedOut", None),
    ("pymssql", mssql("20006, severity 9:\nWrite failed\nNet-Lib error during Broken pipe (32)"), "BrokenPipe", None),
    ("pymssql", mssql("18456, severity 14:\nLogin failed"), None, None),
    ("pymssql", lambda m: m.OperationalError((1, "DB-Lib error message 20017, severity 9")), "ConnectionLost", None),
    ("pymongo.errors", mongo("[Errno 111] Connection refused", "timed out"), "ConnectFailed", None),
    ("pymongo.errors", mongo("timed out", "timed out"), "TimedOut", None),
    ("pymongo.errors", mongo("what now"), None, None),
    ("pymongo.errors", mongo("[('SSL routines', '', 'wrong version number')]"), "NotTLS", "connect"),
    ("pymongo.errors", lambda m: m.ServerSelectionTimeoutError("No servers found yet, Timeout: 1s"), None, None),
    ("pylibmc", lambda m: m.Error("error 35 from memcached_get: SERVER IS MARKED DEAD"), None, None),
    ("pylibmc", lambda m: m.Error("no number"), None, None),
    ("redis.exceptions", lambda m: m.ConnectionError("Connection closed by server."), "ConnectionLost", "receive"),
    ("redis.exceptions", lambda m: m.ConnectionError("Connection not ready"), None, None),
    ("thrift.transport.TTransport", lambda m: m.TTransportException(1, "Transport not open"), None, None),
    ("clickhouse_driver.errors", lambda m: m.NetworkError("no idea (a:9000)"), None, None),
]


def ldap(name: str, *args: object) -> Make:
    return lambda module: getattr(module, name)(*args)


STALE = {"result": -1, "desc": "Can't contact LDAP server", "errno": 111, "info": "Connection refused"}


def kafka(code: int, text: str) -> Make:
    """An exception of librdkafka's, whose argument is an object with the code."""
    return lambda m: m.KafkaException(SimpleNamespace(code=lambda: code, str=lambda: text))


def bind_twice(zmq: Any) -> BaseException:
    with zmq.Context() as context, context.socket(zmq.REP) as first, context.socket(zmq.REP) as second:
        port = first.bind_to_random_port("tcp://127.0.0.1")
        with pytest.raises(zmq.ZMQError) as caught:
            second.bind(f"tcp://127.0.0.1:{port}")
    error: BaseException = caught.value
    return error


CONNECT = "a:1/bootstrap: Connect to ipv4#127.0.0.1:1 failed: Connection refused (after 0ms in state CONNECT)"
BROKERS: list[Case] = [
    ("confluent_kafka", kafka(-195, CONNECT), "ConnectionRefused", None),
    ("confluent_kafka", kafka(-195, "Local: Broker transport failure"), "ConnectFailed", None),
    (
        "confluent_kafka",
        kafka(-181, "SSL handshake failed: error:0A00010B:SSL routines::wrong version number"),
        "NotTLS",
        "connect",
    ),
    ("confluent_kafka", kafka(7, "Broker: Request timed out"), None, None),
    ("zmq", bind_twice, "AddressInUse", "bind"),
    ("zmq", lambda m: m.Again(), None, None),
    ("aiomqtt", lambda m: handled(m.MqttError("timed out"), TimeoutError("timed out")), "TimedOut", None),
    ("aiomqtt", lambda m: handled(m.MqttError("no such topic"), RESET), None, None),
    ("aiomqtt", lambda m: m.MqttError("Disconnected during message iteration"), None, None),
    ("pika.exceptions", lambda m: m.StreamLostError("Transport indicated EOF"), "ConnectionLost", None),
    ("nats.errors", lambda m: m.UnexpectedEOF(), "ConnectionLost", "receive"),
]
SYSTEMS: list[Case] = [
    ("ldap", ldap("SERVER_DOWN", STALE), None, None),
    ("ldap", ldap("TIMEOUT"), "TimedOut", "receive"),
    ("asyncssh", lambda m: m.ConnectionLost("Server not responding to keepalive"), "ReceiveTimedOut", "receive"),
    ("asyncssh", lambda m: m.ConnectionLost("Login timeout expired"), None, None),
    (
        "ldap3.core.exceptions",
        lambda m: m.LDAPSocketOpenError("socket ssl wrapping error: certificate {} doesn't match any name in ['a'] "),
        "CertificateNameMismatch",
        "connect",
    ),
    (
        "ldap3.core.exceptions",
        lambda m: m.LDAPSocketOpenError("('socket ssl wrapping error: [SSL: X] wrong version number (_ssl.c:1)',)"),
        "NotTLS",
        "connect",
    ),
    ("ldap3.core.exceptions", lambda m: m.LDAPSocketOpenError("invalid server address"), None, None),
    ("smtplib", lambda m: m.SMTPServerDisconnected("Server not connected"), None, None),
    ("poplib", lambda m: m.error_proto(b"-ERR EOF"), None, None),
]

CASES = [*CURL, *HTTP, *TWISTED, *NAMES, *LIBPQ, *DATABASES, *BROKERS, *SYSTEMS]


@pytest.mark.parametrize(
    ("module", "make", "name", "operation"), CASES, ids=[f"{n}-{each[0]}" for n, each in enumerate(CASES)]
)
def test_exception_of_a_library(
    module: str, make: Make, name: str | None, operation: str | None, caplog: pytest.LogCaptureFixture
) -> None:
    # What goes wrong in a function of this package is not an error of the program's.
    caplog.set_level("DEBUG", "sockerr")
    error = make(pytest.importorskip(module))
    found = classify(error)
    assert (found and type(found).__name__) == name
    assert caplog.records == []
    if found is not None:
        assert (found.operation, found.__cause__) == (operation, error)
        assert found.evidence in (Evidence.LIBRARY, Evidence.ERRNO, Evidence.TYPE)
        assert sockerr.is_safe_to_retry(error) <= (found.operation in ("connect", "resolve", "bind"))


def test_code_of_oracles_client_library(monkeypatch: pytest.MonkeyPatch) -> None:
    oracledb = pytest.importorskip("oracledb")
    monkeypatch.setattr(oracledb, "is_thin_mode", lambda: False)
    found = classify(oracle("ORA-12541")(oracledb))
    assert isinstance(found, sockerr.ConnectFailed)
    assert found.retry is sockerr.Retry.IF_IDEMPOTENT


def test_exception_with_other_arguments_is_no_mistake_of_the_program(caplog: pytest.LogCaptureFixture) -> None:
    """As a test of the program's may make one."""
    oracledb = pytest.importorskip("oracledb")
    assert classify(oracledb.DatabaseError("DPY-4011")) is None
    assert caplog.records == []


def test_function_of_a_program_goes_before_one_that_comes_with_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    """Even under another name of the class."""
    redis = pytest.importorskip("redis")
    monkeypatch.setitem(registered._by_package, "redis", {})
    error = redis.ConnectionError("Connection closed by server.")
    assert type(classify(error)) is sockerr.ConnectionLost
    sockerr.register("redis.ConnectionError")(lambda _: "ECONNRESET")
    assert isinstance(classify(error), sockerr.ConnectionReset)


def test_number_that_openssl_has_given_is_no_errno() -> None:
    """The driver of Cassandra copies number and text of an SSLError into an OSError."""
    assert isinstance(
        classify(PermissionError(1, "Operation not permitted"), operation="send"), sockerr.PermissionDenied
    )
    text = "Tried connecting to [('a', 1)]. Last error: [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: "
    found = classify(
        PermissionError(ssl.SSL_ERROR_SSL, text + "certificate has expired (_ssl.c:1006)"), operation="connect"
    )
    assert isinstance(found, sockerr.CertificateExpired)
    assert found.evidence is Evidence.TLS


def test_every_class_is_found_by_its_name() -> None:
    """A name that leads nowhere would never be noticed otherwise."""
    from sockerr._classification.readers import READERS, TEXTS

    for name in (*READERS, *TEXTS):
        module, _, attribute = name.rpartition(".")
        while module:
            try:
                owner: Any = importlib.import_module(module)
            except ImportError:
                outer, _, inner = module.rpartition(".")
                module, attribute = outer, f"{inner}.{attribute}"
                continue
            for part in attribute.split("."):
                owner = getattr(owner, part)
            assert issubclass(owner, BaseException)
            break
