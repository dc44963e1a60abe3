"""What the exceptions of libraries mean that keep codes or words of their own, instead of the exception they met.

One function for each library, with the source of its codes. This module is imported with the first exception of a
library that it knows; it imports none of them. A code that covers several failures is given the class that covers them
all, and no operation before which something may have been sent.
"""

import re
import sys
from functools import partial

from sockerr import platforms
from sockerr._codes import from_code
from sockerr._errors import (
    CertificateExpired,
    CertificateNameMismatch,
    CertificateRejected,
    CertificateUntrusted,
    ConnectFailed,
    ConnectionLost,
    ConnectTimedOut,
    ReceiveTimedOut,
    ResolutionError,
    TimedOut,
    TLSConnectionLost,
    TLSError,
    TLSMisconfigured,
    TLSVersionMismatch,
    TLSWantRead,
    TLSWantWrite,
)
from sockerr._registry import claimant
from sockerr._socket_error import meaning
from sockerr.platforms import resolvers

from .message import from_message, symbol_of_sentence
from .openssl import openssl_class

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeAlias, TypeVar

    from sockerr._socket_error import SocketError

    Reader: TypeAlias = Callable[[Any], str | BaseException | None]
    F = TypeVar("F", bound=Reader)

READERS: "dict[str, Reader]" = {}
"""The functions, by the dotted names of the classes that they read."""


def reads(*names: str) -> "Callable[[F], F]":
    """Enter a function for the classes of these names."""

    def enter(function: "F") -> "F":
        READERS.update(dict.fromkeys(names, function))
        return function

    return enter


# Words and numbers that several libraries share

# No message of a library is longer, and no search in a text may take long.
_LONGEST = 4096
# What a library reports as the errno of a call that has failed in another way, or has only begun.
_LEFT_OVER = frozenset({"EAGAIN", "EINPROGRESS", "EINTR", "EALREADY"})


def _text(error: "Any") -> str:
    """Return the first text among the arguments of an exception, as far as it is looked at."""
    return next((each for each in error.args if type(each) is str), "")[:_LONGEST]


def _of_number(number: object, operation: "str | None") -> "SocketError | None":
    """Read a number as this system's errno."""
    names = platforms.symbols(number) if type(number) is int else ()
    if not names or names[0] in _LEFT_OVER or claimant(names[0], None, None, platforms.current()) is None:
        return None
    return from_code(names[0], operation=operation)


def _of_errno_in(text: str, mark: str, operation: "str | None" = None) -> "SocketError | None":
    """Read this system's errno from the number that follows a mark in a text."""
    found = re.search(re.escape(mark) + r"(\d{1,5})\b", text)
    return _of_number(int(found[1]), operation) if found else None


def _of_sentence(text: str, operation: "str | None" = None) -> "SocketError | None":
    """Read this system's sentence at the end of a text."""
    symbol = symbol_of_sentence(text, is_of_socket=True)
    return None if symbol is None else from_code(symbol, operation=operation)


def _of_oserror(text: str, operation: "str | None" = None) -> "SocketError | None":
    """Read the text of an OSError: `[Errno 111] Connection refused`."""
    return _of_errno_in(text, "[Errno ", operation) or _of_sentence(re.sub(r"\[Errno -?\d+\] ", "", text), operation)


def _of_message(error: "Any") -> "SocketError | None":
    """Read a text as that of any other library's exception is read."""
    found = from_message(error, None, None)
    return found[0] if len(found) == 1 else None


def _of_tls(text: str) -> "SocketError":
    """Read what OpenSSL says in a text."""
    return openssl_class(text)(text, operation="connect")


# Texts that a library writes itself: how each begins, what it means, and in which operation

_TEXTS: "dict[tuple[str, ...], tuple[tuple[str, type[SocketError], str | None], ...]]" = {
    # _receive_event in http11.py and _read_incoming_data in http2.py of httpcore; httpcore2 and httpx2 are forks.
    (
        "httpcore.RemoteProtocolError",
        "httpcore2.RemoteProtocolError",
        "httpx.RemoteProtocolError",
        "httpx2.RemoteProtocolError",
    ): (
        ("Server disconnected", ConnectionLost, "receive"),
        ("peer closed connection without sending complete message body", ConnectionLost, "receive"),
    ),
    # _connection.py, _readers.py and _state.py of h11.
    ("h11._util.RemoteProtocolError",): (
        ("peer closed connection without sending complete message body", ConnectionLost, "receive"),
        ("peer unexpectedly closed connection", ConnectionLost, "receive"),
        ("can't handle event type ConnectionClosed when role=SERVER", ConnectionLost, "receive"),
    ),
    # client_exceptions.py of aiohttp: raised for the end of the stream only. Its argument may be half a response.
    ("aiohttp.client_exceptions.ServerDisconnectedError",): (("", ConnectionLost, "receive"),),
    # client_proto.py of aiohttp.
    ("aiohttp.client_exceptions.ClientPayloadError",): (
        ("Response payload is not completed: ", ConnectionLost, "receive"),
    ),
    # response.py and client.py of geventhttpclient.
    ("geventhttpclient.response.HTTPConnectionClosed",): (("connection closed", ConnectionLost, "receive"),),
    # simple_httpclient.py of tornado. It follows redirects, so an operation would promise too much.
    ("tornado.simple_httpclient.HTTPTimeoutError",): (
        ("Timeout while connecting", ConnectTimedOut, None),
        ("Timeout during request", TimedOut, None),
    ),
    ("tornado.simple_httpclient.HTTPStreamClosedError",): (
        ("Stream closed", ConnectionLost, "receive"),
        ("Connection closed", ConnectionLost, "receive"),
    ),
    # recv in _socket.py of websocket-client. The other texts tell of what the program itself has closed.
    ("websocket._exceptions.WebSocketConnectionClosedException",): (
        ("Connection to remote host was lost.", ConnectionLost, "receive"),
    ),
    ("websocket._exceptions.WebSocketTimeoutException",): (("Connection timed out", ReceiveTimedOut, "receive"),),
    # match_hostname in util/ssl_match_hostname.py of urllib3.
    ("urllib3.util.ssl_match_hostname.CertificateError",): (
        ("hostname ", CertificateNameMismatch, "connect"),
        ("no appropriate ", CertificateNameMismatch, "connect"),
    ),
    # hazmat.py of service-identity.
    ("service_identity.exceptions.VerificationError",): (("", CertificateNameMismatch, "connect"),),
    # redis/_parsers/socket.py of redis-py, and the same in valkey-py.
    ("redis.exceptions.ConnectionError", "valkey.exceptions.ConnectionError"): (
        ("Connection closed by server.", ConnectionLost, "receive"),
    ),
    # connection.py and protocol.py of asynch; connection.py of vertica-python; base.py of pymemcache.
    ("asynch.errors.OperationalError",): (("Failed to read data from socket. ", ConnectionLost, "receive"),),
    ("vertica_python.errors.ConnectionError",): (("Connection closed by Vertica", ConnectionLost, "receive"),),
    ("pymemcache.exceptions.MemcacheUnexpectedCloseError",): (("", ConnectionLost, "receive"),),
    # clickhouse_driver.errors, code 209: raised by connect() and by receive().
    ("clickhouse_driver.errors.SocketTimeoutError",): (("", TimedOut, None),),
    # connection.py of the DataStax driver. The server may be busy, or gone.
    ("cassandra.OperationTimedOut",): (("", TimedOut, None),),
    ("cassandra.UnresolvableContactPoints",): (("", ResolutionError, "resolve"),),
    # TSocket.py of Thrift, and of thriftpy2.
    ("thrift.transport.TTransport.TTransportException", "thriftpy2.transport.base.TTransportException"): (
        ("TSocket read 0 bytes", ConnectionLost, "receive"),
    ),
    # _bolt_socket.py and _bolt_handshake of the Neo4j driver.
    ("neo4j.exceptions.ServiceUnavailable",): (
        ("Timed out trying to establish connection to ", ConnectTimedOut, "connect"),
    ),
    # smtplib.py, imaplib.py and poplib.py of CPython: what a server says is bytes in poplib, and this is a str.
    ("smtplib.SMTPServerDisconnected",): (("Connection unexpectedly closed", ConnectionLost, "receive"),),
    ("imaplib.IMAP4.abort",): (("socket error: EOF", ConnectionLost, "receive"),),
    ("poplib.error_proto",): (("-ERR EOF", ConnectionLost, "receive"),),
    # connection.py of smbprotocol; SMBConnection.py of pysmb; nmb.py of Impacket.
    ("smbprotocol.exceptions.SMBConnectionClosed",): (("SMB socket was closed", ConnectionLost, None),),
    ("smbprotocol.exceptions.SMBException",): (("Connection timeout of ", ReceiveTimedOut, "receive"),),
    ("smb.base.SMBTimeout",): (("", ReceiveTimedOut, "receive"),),
    ("impacket.nmb.NetBIOSTimeout",): (("", ReceiveTimedOut, "receive"),),
    # core/exceptions.py and strategy/base.py of ldap3.
    ("ldap3.core.exceptions.LDAPSessionTerminatedByServerError",): (("", ConnectionLost, "receive"),),
    ("ldap3.core.exceptions.LDAPResponseTimeoutError",): (("no response from server", ReceiveTimedOut, "receive"),),
    # transport/ssh.py and transport/errors.py of ncclient.
    ("ncclient.transport.errors.SSHError",): (("Could not open socket to ", ConnectFailed, "connect"),),
    ("ncclient.transport.errors.SessionCloseError",): (("Unexpected session close", ConnectionLost, None),),
    # client_async.py of kafka-python and client.py of aiokafka.
    ("aiokafka.errors.KafkaConnectionError", "kafka.errors.KafkaTimeoutError"): (
        ("Unable to bootstrap from ", ConnectFailed, None),
    ),
    # nats/aio/client.py of nats-py; the result codes of Pulsar's C++ client.
    ("nats.errors.NoServersError",): (("", ConnectFailed, None),),
    ("nats.errors.Error",): (("nats: empty response from server", ConnectionLost, "receive"),),
    ("nats.errors.UnexpectedEOF",): (("", ConnectionLost, "receive"),),
    ("_pulsar.ConnectError",): (("", ConnectFailed, None),),
    # start in client.py of Kazoo: it had not connected in the time that it was given, for whatever reason.
    ("kazoo.handlers.threading.KazooTimeoutError",): (("Connection time-out", ConnectFailed, None),),
    # connection_workflow.py and connection.py of Pika.
    ("pika.adapters.utils.connection_workflow.AMQPConnectorStackTimeout",): (
        ("Timeout during AMQP handshake", ReceiveTimedOut, "receive"),
    ),
    ("pika.exceptions.IncompatibleProtocolError",): (("StreamLostError: ", ConnectionLost, "receive"),),
    ("pika.exceptions.StreamLostError",): (("", ConnectionLost, None),),
    # socketutil.py of Pyro5; client/base.py of PyModbus.
    ("Pyro5.errors.ConnectionClosedError",): (("receiving: not enough data", ConnectionLost, "receive"),),
    ("pymodbus.exceptions.ConnectionException",): (("[Connection] Failed to connect", ConnectFailed, None),),
    # The Twisted documentation of twisted.internet.error.
    ("twisted.internet.error.DNSLookupError",): (("", ResolutionError, "resolve"),),
    ("twisted.internet.error.TimeoutError",): (("", ConnectTimedOut, None),),
}


def _read_text(rows: "tuple[tuple[str, type[SocketError], str | None], ...]", error: "Any") -> "SocketError | None":
    text = _text(error) or str(getattr(error, "message", ""))
    for start, cls, operation in rows:
        if text.startswith(start):
            return cls(text or meaning(cls), operation=operation)
    return None


TEXTS: "dict[str, Reader]" = {name: partial(_read_text, rows) for names, rows in _TEXTS.items() for name in names}
"""Functions that know no more than some texts, by the dotted names of the classes that they read."""


@reads(
    "Pyro5.errors.CommunicationError",
    "asyncpg.exceptions.PostgresError",
    "thrift.Thrift.TApplicationException",
    "twisted.protocols.amp.RemoteAmpError",
)
def servers_words(_: "Any") -> None:
    """Read nothing: the text is the server's, which may have had trouble with a connection of its own.

    Source: the documentation of Pyro5, asyncpg, Thrift and Twisted for these classes.
    """


# HTTP


@reads("pycurl.error")
def pycurl(error: "Any") -> "SocketError | None":
    """Read the code and the text of libcurl.

    Source: the PycURL documentation of pycurl.error: a CURLcode, and the text of CURLOPT_ERRORBUFFER.
    """
    return _curl(*error.args[:2])


@reads("curl_cffi.curl.CurlError")
def curl_cffi(error: "Any") -> "SocketError | None":
    """Read the code and the text of libcurl.

    Source: _check_error in curl.py of curl_cffi.
    """
    code = int(error.code)
    text = _text(error).partition(f"curl: ({code}) ")[2]
    return _curl(code, text.partition(". See https://curl.se/")[0])


def _curl(code: int, text: str) -> "SocketError | None":
    """Read a code of libcurl, and the text that libcurl writes for it.

    It does not say whether it has followed a redirect, and so no operation is given where nothing was sent this time.

    Source: libcurl-errors(3). The texts: lib/multi.c, lib/connect.c, lib/cf-socket.c and lib/vtls of curl 8.23.
    """
    if code in _CURL_CLASSES:
        cls, operation = _CURL_CLASSES[code]
        return cls(text, operation=operation)
    match code:
        case 7:
            return _of_sentence(text) or ConnectFailed(text)
        case 18 if text.startswith(("transfer closed with ", "end of response with ")):
            return ConnectionLost(text, operation="receive")
        case 28:
            return (ConnectTimedOut if text.startswith("Connection timed out after ") else TimedOut)(text)
        case 35:
            return _of_sentence(text) or _of_tls(text)
        case 55 | 56 if text.startswith(("Send failure: ", "Recv failure: ")):
            # Without these words the latter number may be a proxy's refusal to open a tunnel.
            return _of_sentence(text, "send" if code == 55 else "receive")
        case 60:
            found = CertificateNameMismatch(text, operation="connect") if "subject name" in text else _of_tls(text)
            return found if isinstance(found, CertificateRejected) else CertificateRejected(text, operation="connect")
        case _:
            return None


# CURLE_COULDNT_RESOLVE_PROXY and _HOST, _GOT_NOTHING, _SSL_CERTPROBLEM, _SSL_CIPHER, _SSL_CACERT_BADFILE.
_CURL_CLASSES: "dict[int, tuple[type[SocketError], str | None]]" = {
    5: (ResolutionError, None),
    6: (ResolutionError, None),
    52: (ConnectionLost, "receive"),
    58: (TLSMisconfigured, None),
    59: (TLSMisconfigured, None),
    77: (TLSMisconfigured, None),
}


@reads("elastic_transport.TransportError")
def elastic_transport(error: "Any") -> "BaseException | None":
    """Look at the exception of the last attempt, and not at those of the earlier ones in `errors`.

    Source: perform_request in _transport.py of elastic-transport, and in _node/_http_aiohttp.py (raised from None).
    """
    cause: BaseException | None = error.__cause__ or error.__context__
    return cause


@reads("boto3.exceptions.RetriesExceededError", "s3transfer.exceptions.RetriesExceededError")
def boto3(error: "Any") -> "BaseException | None":
    """Look at the exception of the last attempt.

    Source: the loop in _get_callable of download.py of s3transfer.
    """
    last: BaseException | None = error.last_exception
    return last


@reads("engineio.exceptions.ConnectionError", "socketio.exceptions.ConnectionError")
def engineio(error: "Any") -> "SocketError | None":
    """Read the text of the exception that requests or aiohttp raised.

    Source: _send_request in client.py of python-engineio. Its own text "Connection refused by the server" stands for a
    timeout as well, and says nothing.
    """
    text = _text(error)
    if re.search(r"timed out\. \(connect timeout=[\w.]+\)'?\)*$", text):
        return ConnectTimedOut(text)
    if re.search(r": Read timed out\. \(read timeout=[\w.]+\)$", text):
        return ReceiveTimedOut(text, operation="receive")
    if text == "Server disconnected" or text.startswith("('Connection aborted.', RemoteDisconnected("):
        return ConnectionLost(text, operation="receive")
    if text.startswith("('Connection aborted.', ConnectionResetError("):
        return from_code("ECONNRESET")
    return _of_tls(text) if "_ssl.c:" in text else _of_message(error)


@reads("websockets.exceptions.InvalidMessage", "websockets.exceptions.ConnectionClosedError")
def websockets(error: "Any") -> "SocketError | None":
    """Tell the end of the stream from a message that is wrong, and from a closing handshake.

    Source: streams.py and protocol.py of websockets; keepalive in asyncio/connection.py and sync/connection.py.
    """
    sent = getattr(error, "sent", None)
    if getattr(error, "rcvd", None) is None and sent is not None and sent.reason == "keepalive ping timeout":
        return ReceiveTimedOut(sent.reason, operation="receive")
    innermost = error
    # The library raises at most two from one another.
    for _ in range(3):
        innermost = innermost.__cause__ or innermost
    text = _text(innermost)
    is_end = isinstance(innermost, EOFError) and text.startswith(("stream ends after ", "unexpected end of stream"))
    return ConnectionLost(text, operation="receive") if is_end else None


@reads("grpc.RpcError")
def grpc(error: "Any") -> "SocketError | None":
    """Read the details that gRPC writes when it could not connect. The status alone says nothing of a socket.

    A server may have written the same text about a connection of its own, so nothing is safe to retry.

    Source: pick_first.cc, tcp_client_posix.cc and security_handshaker.cc in the C core of gRPC 1.78 and 1.85.
    """
    if hasattr(error, "done") and not error.done():
        # A call that is going on is an RpcError as well, and would be waited for.
        return None
    details = error.details() if hasattr(error, "details") else None
    text = details if type(details) is str else ""
    if text.startswith(("DNS resolution failed for ", "errors resolving ")):
        return from_code("EAI_NONAME") if ": Domain name not found" in text else ResolutionError(text)
    prefix = re.match(r"failed to connect to all addresses; last error: [A-Z_]+: \w+:\S+: ", text)
    is_connecting = prefix is not None
    rest = text[prefix.end() :] if prefix else text
    if rest == "Socket closed":
        return ConnectionLost(text)
    if rest.startswith("recvmsg:"):
        return _of_sentence(re.sub(r" \(\d+\)$", "", rest.replace(":", ": ", 1)))
    if not is_connecting:
        return None
    if rest.startswith("Tls handshake failed "):
        return _of_tls(rest)
    if rest.endswith("Hostname Verification Check failed."):
        return CertificateNameMismatch(text, operation="connect")
    if rest.endswith("Timeout occurred: FD Shutdown"):
        return ConnectTimedOut(text)
    return _of_errno_in(rest, " (") or _of_sentence(rest) or ConnectFailed(text)


# Twisted


@reads("twisted.python.failure.Failure")
def twisted_failure(failure: "Any") -> "BaseException":
    """Look at the exception that an errback is given in a Failure.

    Source: the Twisted documentation of twisted.python.failure.Failure.value.
    """
    value: BaseException = failure.value
    return value


@reads("twisted.web._newclient._WrapperException")
def twisted_web(error: "Any") -> "BaseException":
    """Look at the first of the reasons. They are several aspects of one failure.

    Source: _newclient.py of twisted.web, where the connection that is done was not ended by this side.
    """
    value: BaseException = error.reasons[0].value
    return ConnectionLost(str(value), operation="receive") if type(value).__name__ == "ConnectionDone" else value


@reads("twisted.internet.error.ConnectError")
def twisted_connect(error: "Any") -> "SocketError | None":
    """Read the errno of the system. A RedirectAgent may have sent something before.

    Source: getConnectError in twisted.internet.error.
    """
    return _of_number(error.osError, "bind" if type(error).__name__ == "ConnectBindError" else None)


@reads("twisted.internet.error.ConnectionLost")
def twisted_connection(error: "Any") -> "SocketError | None":
    """Tell a lost connection from one that the program has aborted, and from the end of a process.

    Source: twisted.internet.error, and the return values of doRead in twisted.internet.tcp.
    """
    return ConnectionLost(str(error)) if type(error).__name__ == "ConnectionLost" else None


@reads("OpenSSL.SSL.Error")
def openssl(error: "Any") -> "SocketError | None":
    """Read OpenSSL's queue of errors, or the errno of a system call.

    Source: _raise_ssl_error and _raise_current_error in SSL.py of pyOpenSSL.
    """
    match type(error).__name__, error.args:
        case "WantReadError", _:
            return TLSWantRead("The operation did not complete (read)")
        case "WantWriteError", _:
            return TLSWantWrite("The operation did not complete (write)")
        case ("ZeroReturnError", _) | ("SysCallError", (-1, "Unexpected EOF")):
            return TLSConnectionLost("the peer has closed the connection")
        case "SysCallError", (number, *_):
            return _of_number(number, None)
        case _, ([*queue],) if queue:
            return _of_tls(queue[-1][2])
        case _:
            return None


# Names


@reads("aiodns.error.DNSError", "pycares.AresError")
def c_ares(error: "Any") -> "SocketError | None":
    """Read the code of c-ares and its text. ARES_ECONNREFUSED is any failure to reach the name server.

    Source: ares_strerror(3) of c-ares; see `platforms.resolvers`.
    """
    match error.args:
        case (int(code), text):
            name = next((name for name, number in resolvers.C_ARES.items() if number == code), "")
        case _:
            return None
    if name == "ARES_ENOTIMP":
        return ResolutionError(text, operation="resolve")
    return _of_resolver(name, text)


def _of_resolver(name: str, text: str) -> "SocketError | None":
    symbol = resolvers.MEANING.get(name)
    return None if symbol is None else from_code(symbol, text, operation="resolve")


@reads("dns.resolver.NXDOMAIN", "dns.resolver.NoAnswer", "dns.resolver.YXDOMAIN", "dns.resolver.LifetimeTimeout")
def dns_answer(error: "Any") -> "SocketError":
    """Tell what a name server answered, or that it did not.

    Source: the dnspython documentation of dns.resolver.
    """
    symbols = {"NXDOMAIN": "EAI_NONAME", "NoAnswer": "EAI_NODATA", "YXDOMAIN": "EAI_FAIL"}
    name = type(error).__name__
    return from_code(symbols.get(name, "EAI_AGAIN"), str(error), operation="resolve")


@reads("dns.resolver.NoNameservers")
def dns_servers(error: "Any") -> "BaseException | None":
    """Read why each name server is of no use: the name of a response code, or an exception.

    Source: next_nameserver in resolver.py of dnspython.
    """
    reasons: list[Any] = [each[3] for each in error.kwargs["errors"] if type(each[3]).__name__ != "Truncated"]
    if reasons and all(isinstance(each, Exception) for each in reasons):
        last: BaseException = reasons[-1]
        return last
    found = [_of_resolver(each, f"the name server answered {each}") for each in reasons if isinstance(each, str)]
    symbols = {each and each.symbol for each in found}
    if len(found) == len(reasons) and len(symbols) == 1 and None not in symbols:
        return found[0]
    return ResolutionError(str(error), operation="resolve") if reasons else None


# Only where none of the classes above is nearer: dns.query asks over a socket of the program's own.
@reads("dns.exception.Timeout")
def dns_timeout(error: "Any") -> "SocketError":
    """Tell that a name server did not answer in time.

    Source: the dnspython documentation of dns.query.
    """
    return TimedOut(str(error))


# Remote systems


@reads("http.client.IncompleteRead")
def incomplete_read(error: "Any") -> "SocketError | None":
    """Tell a body that is cut off from a chunk that cannot be read.

    Source: HTTPResponse._safe_read in http/client.py of CPython, which alone gives the number of missing bytes.
    """
    return None if error.expected is None else ConnectionLost(str(error), operation="receive")


@reads("asyncssh.misc.ConnectionLost")
def asyncssh(error: "Any") -> "SocketError | None":
    """Tell a connection that is lost from a login that took too long.

    Source: connection.py of AsyncSSH.
    """
    if error.reason == "Server not responding to keepalive":
        return ReceiveTimedOut(error.reason, operation="receive")
    return ConnectionLost(error.reason) if error.reason == "Connection lost" else None


@reads("ldap.LDAPError")
def ldap(error: "Any") -> "SocketError | None":
    """Read no more than the class: errno and info are what an earlier call of the C library has left.

    Source: LDAPraise_for_message in Modules/constants.c of python-ldap.
    """
    return TimedOut("no result in time", operation="receive") if type(error).__name__ == "TIMEOUT" else None


@reads("ldap3.core.exceptions.LDAPSocketOpenError")
def ldap3(error: "Any") -> "SocketError | None":
    """Read the text of the TLS failure. Others have the class that the socket's exception had.

    Source: _open_socket in strategy/base.py and check_hostname in core/tls.py of ldap3.
    """
    text = _text(error)
    if "socket ssl wrapping error: certificate {" in text and " doesn't match any name in " in text:
        return CertificateNameMismatch(text, operation="connect")
    return _of_tls(text) if "_ssl.c:" in text else None


# Databases


@reads("psycopg.OperationalError", "psycopg2.OperationalError")
def libpq(error: "Any") -> "SocketError | None":
    """Read the sentences of libpq, one for each server that it has tried.

    A text with a SQLSTATE was written by a server, which may have had trouble with a connection of its own.

    Source: fe-connect.c, fe-misc.c and fe-secure-openssl.c of PostgreSQL 17; _conninfo_attempts.py and
    pq/pq_ctypes.py of psycopg.
    """
    if getattr(error, "sqlstate", None) or getattr(error, "pgcode", None):
        return None
    return _libpq(_text(error))


_LIBPQ_HINTS = ("\t", "This may indicate that ", "Either provide the file", "Multiple connection attempts")
_LIBPQ_PREFIX = re.compile(
    r"^(- host: .*?: )?(connection (failed|is bad): )?"
    r"(connection to server (at .*?, port \d+|on socket \".*?\") failed: )?"
    r"((consuming input|flushing|sending [a-z ]+) failed: )?"
)


def _libpq(text: str) -> "SocketError | None":
    lines = [each for each in text.splitlines() if each and not each.startswith(_LIBPQ_HINTS)]
    attempts = [_libpq_attempt(_LIBPQ_PREFIX.sub("", each, count=1), text) for each in lines]
    found = [each for each in attempts if each is not None]
    if len(found) < len(lines) or not found:
        return None
    is_alike = len({(type(each), each.symbol) for each in found}) == 1
    return found[0] if is_alike else ConnectFailed(text)


def _libpq_attempt(reason: str, text: str) -> "SocketError | None":
    if reason.endswith("timeout expired"):
        return TimedOut(text)
    if reason.startswith("server closed the connection unexpectedly"):
        return ConnectionLost(text, operation="receive")
    if reason.startswith(("SSL connection has been closed", "SSL SYSCALL error: EOF", "SSL error: unexpected eof")):
        return TLSConnectionLost(text)
    if reason.startswith("server certificate for ") and "does not match host name" in reason:
        return CertificateNameMismatch(text, operation="connect")
    if reason.startswith("SSL error: "):
        return _of_tls(reason)
    for start, operation in _LIBPQ_OPERATIONS.items():
        if reason.startswith(start):
            return _of_oserror(reason, operation)
    if ": " in reason:
        # As in FATAL, which a server has written.
        return None
    return _of_sentence(reason, "connect" if "\tIs the server running" in text else None)


_LIBPQ_OPERATIONS: "dict[str, str | None]" = {
    "SSL SYSCALL error: ": None,
    "could not receive data from server: ": "receive",
    "could not send ": "send",
    "could not translate host name ": "resolve",
    "failed to resolve host ": "resolve",
}


@reads("pyodbc.Error")
def odbc(error: "Any") -> "SocketError | None":
    """Read the text if it is libpq's, and otherwise the SQLSTATE, which tells little.

    Source: ISO/IEC 9075-2 for class 08; SQLSTATE Codes in the ODBC Programmer's Reference for 08S01, HYT00 and HYT01.
    """
    state, text = error.args
    text = re.sub(r" \(\d+\) \(\w+\)$", "", text.removeprefix(f"[{state}] "))
    if text.startswith(("connection to server ", "could not translate host name ")):
        return _libpq(text)
    if state == "08001" or (state == "08S01" and "Unable to connect" in text):
        return ConnectFailed(text)
    return _ODBC_STATES[state](text) if state in _ODBC_STATES else None


_ODBC_STATES: "dict[str, type[SocketError]]" = {"08S01": ConnectionLost, "HYT00": TimedOut, "HYT01": TimedOut}


@reads("asyncpg.exceptions.ConnectionDoesNotExistError")
def asyncpg(error: "Any") -> "SocketError | None":
    """Tell the end of the stream from an error of the server, which has a severity.

    Source: _on_connection_lost in protocol/protocol.pyx of asyncpg.
    """
    is_ours = getattr(error, "severity", None) is None and not isinstance(error.__cause__, OSError)
    return ConnectionLost(_text(error), operation="receive") if is_ours else None


@reads("pymysql.err.MySQLError")
def pymysql(error: "Any") -> "SocketError | None":
    """Read the client's code where the exception replaces no other one.

    Source: connections.py of PyMySQL; the codes: see `mysql`.
    """
    return None if isinstance(error.__context__, OSError) else mysql(error)


@reads("MySQLdb.MySQLError", "asyncmy.errors.MySQLError")
def mysql(error: "Any") -> "SocketError | None":
    """Read the client's code, which is the first argument, and the errno in the text.

    Source: Client Error Message Reference of the MySQL 8.4 manual; errmsg.h of MariaDB Connector/C.
    """
    return _mysql(error, error.args[0], _text(error))


@reads("mysql.connector.errors.Error", "mariadb.Error")
def mysql_connector(error: "Any") -> "SocketError | None":
    """Read the client's code and its text.

    Source: errors.py of MySQL Connector/Python and of MariaDB Connector/Python; the codes: see `mysql`.
    """
    return _mysql(error, error.errno, error.msg)


def _mysql(error: "Any", code: int, text: str) -> "SocketError | None":
    if isinstance(error.__cause__, (OSError, type(error))) or hasattr(error, "original_exception"):
        # It knows more.
        return None
    match code:
        case 2002 | 2003 if not text.startswith(("Can't connect", "2003: Can't connect")):
            # A proxy may have sent the code, about a connection of its own.
            return None
        case 2002 | 2003:
            return (
                _of_errno_in(text, "' (", "connect") or _of_message(error) or ConnectFailed(text, operation="connect")
            )
        case 2005:
            return from_code("EAI_NONAME", operation="resolve") if "(-2)" in text else ResolutionError(text)
        case 2006:
            return ConnectionLost(text)
        case 2013 | 2055:
            if text.endswith(("(read timeout)", "(timed out)", "system error: 110")):
                return ReceiveTimedOut(text, operation="receive")
            found = _of_errno_in(text, "[Errno ", "receive") or _of_errno_in(text, "system error: ", "receive")
            return found if isinstance(found, ConnectionLost) else ConnectionLost(text, operation="receive")
        case 2026 if "does not support" not in text:
            return _of_tls(text)
        case _:
            return None


@reads("pymssql.exceptions.OperationalError", "pymssql._mssql.MSSQLDatabaseException")
def pymssql(error: "Any") -> "SocketError | None":
    """Read the messages of DB-Library. The number among the arguments may be that of an earlier failure.

    Source: sybdb.h and dblib.c of FreeTDS 1.5; err_handler in _mssql.pyx of pymssql.
    """
    said = error.args[0][1]
    text = (said.decode(errors="replace") if isinstance(said, bytes) else str(said))[:_LONGEST]
    numbers = set(re.findall(r"DB-Lib error message (\d+)", text))
    operation = "connect" if "20009" in numbers else None
    for errno in re.findall(r"(?:Net-Lib|Operating System) error during .*\((\d+)\)", text):
        found = _of_number(int(errno), operation)
        if found is not None:
            return found
    return next((cls(text) for number, cls in _FREETDS.items() if number in numbers), None)


# SYBETIME, SYBESEOF, SYBEREAD, SYBEWRIT, SYBEUHST, SYBECONN, SYBEFCON.
_FREETDS: "dict[str, type[SocketError]]" = {
    "20003": TimedOut,
    "20017": ConnectionLost,
    "20004": ConnectionLost,
    "20006": ConnectionLost,
    "20013": ResolutionError,
    "20009": ConnectFailed,
    "20002": ConnectFailed,
}


@reads("oracledb.exceptions.Error")
def oracledb(error: "Any") -> "SocketError | None":
    """Read the code of python-oracledb, or that of Oracle's client library.

    A failure to connect has its reason as its cause. What the listener or the server says is no socket failure. A code
    of the client library may be about a database link of the server, and so nothing is safe to retry.

    Source: errors.py of python-oracledb; Oracle Database Error Messages, ORA-12150 to ORA-12629.
    """
    code = error.args[0].full_code
    if isinstance(error.__cause__, OSError) or code not in _ORACLE:
        return None
    if code.startswith("ORA-") and sys.modules["oracledb"].is_thin_mode():
        # Without Oracle's client library the server has said so, perhaps about a database link.
        return None
    cls, operation = _ORACLE[code]
    return cls(str(error.args[0].message), operation=operation)


_ORACLE: "dict[str, tuple[type[SocketError], str | None]]" = {
    "DPY-4011": (ConnectionLost, None),
    "DPY-4024": (TimedOut, None),
    "DPY-4033": (ConnectionLost, None),
    "DPY-6002": (CertificateNameMismatch, "connect"),
    "DPY-6006": (CertificateNameMismatch, "connect"),
    "ORA-03113": (ConnectionLost, None),
    "ORA-03135": (ConnectionLost, None),
    "ORA-12170": (ConnectTimedOut, None),
    "ORA-12535": (TimedOut, None),
    "ORA-12537": (ConnectionLost, None),
    "ORA-12541": (ConnectFailed, None),
    "ORA-12543": (ConnectFailed, None),
    "ORA-12545": (ConnectFailed, None),
    "ORA-12547": (ConnectionLost, None),
    "ORA-12571": (ConnectionLost, None),
    "ORA-12606": (TimedOut, None),
    "ORA-12608": (TimedOut, None),
    "ORA-28860": (TLSError, None),
    "ORA-29024": (CertificateRejected, "connect"),
}


@reads("clickhouse_driver.errors.NetworkError")
def clickhouse(error: "Any") -> "SocketError | None":
    """Read the sentence before the address.

    Source: connect in connection.py of clickhouse-driver.
    """
    text = re.sub(r" \([^()]*:\d+\)$", "", _text(error))
    return _of_tls(text) if "_ssl.c:" in text else _of_sentence(text)


@reads("pymongo.errors.AutoReconnect")
def pymongo(error: "Any") -> "SocketError | None":
    """Read what is said of each server.

    Source: _format_detailed_error in pool_shared.py and _error_message in synchronous/topology.py of PyMongo.
    """
    text = _text(error).partition(", Timeout: ")[0]
    said = re.findall(r": ([^:]*(?::[^:]*)?) \(configured timeouts: [^)]*\)", text)
    found = [_pymongo_server(each) for each in said]
    kinds = {(type(each), each.symbol) if each else None for each in found}
    if len(kinds) > 1:
        return ConnectFailed(text)
    return next(iter(found), None)


def _pymongo_server(text: str) -> "SocketError | None":
    if text == "timed out":
        return TimedOut(text)
    if text == "connection closed":
        return ConnectionLost(text)
    if "_ssl.c:" in text:
        return _of_tls(text)
    # pyOpenSSL's, if it is installed.
    queue = re.search(r"\('SSL routines', '\w*', '([^']*)'\)\]$", text)
    return _of_tls(queue[1]) if queue else _of_oserror(text)


@reads("glide_shared.exceptions.ClosingError", "snowflake.connector.errors.Error")
def rust(error: "Any") -> "SocketError | None":
    """Read the words of Rust's libraries, which these are written in.

    Source: Display of Error and CertificateError in rustls 0.23; redis-rs of Valkey GLIDE; Display of std::io::Error,
    whose number is read by anybody's message.
    """
    text = _text(error).rstrip()
    if type(error).__module__.startswith("snowflake.") and "HTTP request failed after retries: " not in text:
        # The server's own words.
        return None
    if text.endswith(": timed out"):
        return TimedOut(text)
    found = next((cls for words, cls in _RUST.items() if words in text), None)
    return _of_message(error) if found is None else found(text)


_RUST: "dict[str, type[SocketError]]" = {
    "invalid peer certificate: certificate expired": CertificateExpired,
    "invalid peer certificate: certificate not valid for name": CertificateNameMismatch,
    "invalid peer certificate: UnknownIssuer": CertificateUntrusted,
    "invalid peer certificate: ": CertificateRejected,
    "received fatal alert: ProtocolVersion": TLSVersionMismatch,
    "connection closed before message completed": ConnectionLost,
    "Multiplexed connection driver unexpectedly terminated": ConnectionLost,
}


@reads("pylibmc.Error")
def pylibmc(error: "Any") -> "SocketError | None":
    """Read the return code of libmemcached from the text.

    Source: memcached_return_t in types/return.h of libmemcached 1.0.18.
    """
    found = re.match(r"error (\d+) from ", _text(error))
    code = int(found[1]) if found else None
    return _LIBMEMCACHED[code](_text(error)) if code in _LIBMEMCACHED else None


# HOST_LOOKUP_FAILURE, CONNECTION_FAILURE, WRITE_FAILURE, READ_FAILURE, UNKNOWN_READ_FAILURE, TIMEOUT.
_LIBMEMCACHED: "dict[int | None, type[SocketError]]" = {
    2: ResolutionError,
    3: ConnectFailed,
    5: ConnectionLost,
    6: ConnectionLost,
    7: ConnectionLost,
    31: TimedOut,
}


# Brokers


@reads("cimpl.KafkaException")
def confluent_kafka(error: "Any") -> "SocketError | None":
    """Read the code of librdkafka, and what it says of a connection.

    Source: rd_kafka_resp_err_t in rdkafka.h; rdkafka_broker.c and rdkafka_transport.c for the texts.
    """
    told = error.args[0]
    code, text = told.code(), str(told.str())
    if code == -181 or (code == -195 and "SSL routines" in text):
        return _of_tls(text)
    said = re.search(r"(?:: |failed: )([^:]+) \(after \d+ms in state", text)
    found = _of_sentence(said[1]) if said else None
    return found or (_KAFKA[code](text) if code in _KAFKA else None)


# _TRANSPORT, _RESOLVE, _MSG_TIMED_OUT, _ALL_BROKERS_DOWN, _TIMED_OUT. The broker's own codes are positive.
_KAFKA: "dict[int, type[SocketError]]" = {
    -195: ConnectFailed,
    -193: ResolutionError,
    -192: TimedOut,
    -187: ConnectFailed,
    -185: TimedOut,
}


@reads("zmq.error.ZMQError")
def zmq(error: "Any") -> "SocketError | None":
    """Read the errno where ZeroMQ has it from the system: while it binds. Others have meanings of its own.

    EAGAIN says that there is no message yet, in whatever time was allowed, and nothing of a connection.

    Source: zmq_bind(3), zmq_send(3) and zmq_recv(3).
    """
    symbol = next(iter(platforms.symbols(int(error.errno))), "")
    is_of_bind = symbol in ("EADDRINUSE", "EADDRNOTAVAIL") and "tcp://" in str(error.strerror)
    return from_code(symbol, operation="bind") if is_of_bind else None


@reads("aiomqtt.exceptions.MqttError")
def aiomqtt(error: "Any") -> "BaseException | None":
    """Look at the exception whose text this one has, although it is raised from None.

    Source: __aenter__ in client.py of aiomqtt.
    """
    context: BaseException | None = error.__context__
    text = _text(error)
    is_copy = context is not None and (text == str(context) or text == "Operation timed out")
    return context if is_copy else None
