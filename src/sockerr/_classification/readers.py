"""What the exceptions of libraries mean that keep codes or words of their own, instead of the exception they met.

One function for each library, with the source of its codes. This module is imported with the first exception of a
library that it knows; it imports none of them. A code that covers several failures is given the class that covers them
all, and no operation before which something may have been sent.
"""

import re
from functools import partial

from sockerr import platforms
from sockerr._codes import from_code
from sockerr._errors import (
    CertificateNameMismatch,
    CertificateRejected,
    ConnectFailed,
    ConnectionLost,
    ConnectTimedOut,
    ReceiveTimedOut,
    ResolutionError,
    TimedOut,
    TLSConnectionLost,
    TLSError,
    TLSMisconfigured,
    TLSWantRead,
    TLSWantWrite,
)
from sockerr._registry import by_tls_reason, by_verify_code, claimant
from sockerr._socket_error import meaning
from sockerr.platforms import resolvers

from .message import symbol_of_sentence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeAlias

    from sockerr._socket_error import SocketError

    Reader: TypeAlias = Callable[[Any], str | BaseException | None]

READERS: "dict[str, Reader]" = {}
"""The functions, by the dotted names of the classes that they read."""


def reads(*names: str) -> "Callable[[Reader], Reader]":
    """Enter a function for the classes of these names."""

    def enter(function: "Reader") -> "Reader":
        READERS.update(dict.fromkeys(names, function))
        return function

    return enter


# Words and numbers that several libraries share

# OpenSSL's sentences for the codes of X509_STORE_CTX_get_error(3), from x509_txt.c; the last two are CPython's.
_VERIFY_CODES = {
    "certificate is not yet valid": 9,
    "certificate has expired": 10,
    "self-signed certificate": 18,
    "self signed certificate": 18,
    "self-signed certificate in certificate chain": 19,
    "self signed certificate in certificate chain": 19,
    "unable to get local issuer certificate": 20,
    "unable to verify the first certificate": 21,
    "hostname mismatch": 62,
    "IP address mismatch": 64,
    "Hostname mismatch, certificate is not valid for": 62,
    "IP address mismatch, certificate is not valid for": 64,
}
# What a library reports as the errno of a call that has failed in another way, or has only begun.
_LEFT_OVER = frozenset({"EAGAIN", "EINPROGRESS", "EINTR", "EALREADY"})


def _text(error: "Any") -> str:
    """Return the first text among the arguments of an exception."""
    return next((each for each in error.args if type(each) is str), "")


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
    symbol = symbol_of_sentence(text)
    return None if symbol is None else from_code(symbol, operation=operation)


def _of_tls(text: str) -> "SocketError":
    """Read what OpenSSL says in a text: the result of a verification, or the reason of an error."""
    words = [each.partition("(")[0].partition("'")[0].strip() for each in re.split(r"[:\]]", text)]
    codes = [_VERIFY_CODES[each] for each in words if each in _VERIFY_CODES]
    names = [each.upper().replace(" ", "_") for each in words]
    if codes or "CERTIFICATE_VERIFY_FAILED" in names:
        cls = by_verify_code.get(codes[-1], CertificateRejected) if codes else CertificateRejected
    else:
        cls = next((by_tls_reason[each] for each in reversed(names) if each in by_tls_reason), TLSError)
    return cls(text, operation="connect")


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
    # The Twisted documentation of twisted.internet.error.
    ("twisted.internet.error.DNSLookupError",): (("", ResolutionError, "resolve"),),
    ("twisted.internet.error.TimeoutError",): (("", ConnectTimedOut, "connect"),),
}


def _read_text(rows: "tuple[tuple[str, type[SocketError], str | None], ...]", error: "Any") -> "SocketError | None":
    text = _text(error) or str(getattr(error, "message", ""))
    for start, cls, operation in rows:
        if text.startswith(start):
            return cls(text or meaning(cls), operation=operation)
    return None


READERS.update({name: partial(_read_text, rows) for names, rows in _TEXTS.items() for name in names})


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
    return _of_tls(text) if "_ssl.c:" in text else None


@reads("websockets.exceptions.InvalidMessage", "websockets.exceptions.ConnectionClosedError")
def websockets(error: "Any") -> "SocketError | None":
    """Tell the end of the stream from a message that is wrong, and from a closing handshake.

    Source: streams.py and protocol.py of websockets; keepalive in asyncio/connection.py and sync/connection.py.
    """
    sent = getattr(error, "sent", None)
    if getattr(error, "rcvd", None) is None and sent is not None and sent.reason == "keepalive ping timeout":
        return ReceiveTimedOut(sent.reason, operation="receive")
    innermost = error
    while innermost.__cause__ is not None:
        innermost = innermost.__cause__
    text = _text(innermost)
    is_end = isinstance(innermost, EOFError) and text.startswith(("stream ends after ", "unexpected end of stream"))
    return ConnectionLost(text, operation="receive") if is_end else None


@reads("grpc.RpcError")
def grpc(error: "Any") -> "SocketError | None":
    """Read the details that gRPC writes when it could not connect. The status alone says nothing of a socket.

    A server may have written the same text about a connection of its own, so nothing is safe to retry.

    Source: pick_first.cc, tcp_client_posix.cc and security_handshaker.cc in the C core of gRPC 1.78.
    """
    details = error.details() if hasattr(error, "details") else None
    text = details if type(details) is str else ""
    if text.startswith("DNS resolution failed for "):
        return from_code("EAI_NONAME") if text.endswith(": Domain name not found") else ResolutionError(text)
    said = re.fullmatch(r"(failed to connect to all addresses; last error: [A-Z_]+: \w+:\S+: )?(.*)", text, re.DOTALL)
    if said is None:
        return None
    is_connecting, rest = bool(said[1]), said[2]
    if rest == "Socket closed":
        return ConnectionLost(text)
    if rest.startswith("recvmsg:"):
        return _of_sentence(rest.replace(":", ": ", 1))
    if not is_connecting:
        return None
    if rest.startswith("Tls handshake failed "):
        return _of_tls(rest)
    if rest.endswith("Hostname Verification Check failed."):
        return CertificateNameMismatch(text, operation="connect")
    if rest.endswith("Timeout occurred: FD Shutdown"):
        return ConnectTimedOut(text)
    return _of_errno_in(rest, " (") or ConnectFailed(text)


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
    """Read the errno of the system.

    Source: getConnectError in twisted.internet.error.
    """
    return _of_number(error.osError, "bind" if type(error).__name__ == "ConnectBindError" else "connect")


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
def c_ares(error: "Any") -> "str | None":
    """Read the code of c-ares, which is the first argument.

    Source: ares_strerror(3) of c-ares; see `platforms.resolvers`.
    """
    return resolvers.MEANING.get(_ARES.get(error.args[0], ""))


_ARES = {number: name for name, number in resolvers.C_ARES.items()}
