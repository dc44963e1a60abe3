"""What comes with Python."""

import asyncio
import ftplib
import http.client
import imaplib
import logging.handlers
import multiprocessing.connection
import poplib
import smtplib
import socket
import urllib.request
import xmlrpc.client

from .places import Place
from .registry import client

_GREETING = "its TLS begins after a greeting in plain text"
_NO_TIMEOUT = "it has no timeout"


@client("socket", closed_early="recv() returns nothing then, and does not raise")
def use_socket(place: Place) -> None:
    with socket.create_connection((place.host, place.port), timeout=place.timeout) as plain:
        sock = plain if place.context is None else place.context.wrap_socket(plain, server_hostname=place.host)
        sock.sendall(b"hello\r\n")
        sock.recv(1)


@client("asyncio")
async def use_asyncio(place: Place) -> None:
    async with asyncio.timeout(place.timeout):
        reader, writer = await asyncio.open_connection(place.host, place.port, ssl=place.context)
        try:
            writer.write(b"hello\r\n")
            await reader.readexactly(1)
        finally:
            writer.close()


@client("asyncio sockets", closed_early="sock_recv() returns nothing then, and does not raise", tls="it has no TLS")
async def use_asyncio_sockets(place: Place) -> None:
    loop = asyncio.get_running_loop()
    with socket.socket() as sock:
        sock.setblocking(False)
        async with asyncio.timeout(place.timeout):
            await loop.sock_connect(sock, (place.host, place.port))
            await loop.sock_sendall(sock, b"hello\r\n")
            await loop.sock_recv(sock, 1)


@client("urllib")
def use_urllib(place: Place) -> None:
    # It is of http or https.
    urllib.request.urlopen(f"{place.url}/", timeout=place.timeout, context=place.context).close()  # noqa: S310  # see above


@client("http.client")
def use_http_client(place: Place) -> None:
    connection: http.client.HTTPConnection
    if place.is_tls:
        connection = http.client.HTTPSConnection(place.host, place.port, timeout=place.timeout, context=place.context)
    else:
        connection = http.client.HTTPConnection(place.host, place.port, timeout=place.timeout)
    try:
        connection.request("GET", "/")
        connection.getresponse()
    finally:
        connection.close()


@client("smtplib")
def use_smtplib(place: Place) -> None:
    if place.is_tls:
        smtplib.SMTP_SSL(place.host, place.port, timeout=place.timeout, context=place.context)
    else:
        smtplib.SMTP(place.host, place.port, timeout=place.timeout)


# Since 3.14 it takes a reset for the end of the stream, and keeps nothing of it.
@client("imaplib")
def use_imaplib(place: Place) -> None:
    if place.is_tls:
        imaplib.IMAP4_SSL(place.host, place.port, timeout=place.timeout, ssl_context=place.context)
    else:
        imaplib.IMAP4(place.host, place.port, timeout=place.timeout)


@client("poplib")
def use_poplib(place: Place) -> None:
    if place.is_tls:
        poplib.POP3_SSL(place.host, place.port, timeout=place.timeout, context=place.context)
    else:
        poplib.POP3(place.host, place.port, timeout=place.timeout)


@client("ftplib", tls=_GREETING)
def use_ftplib(place: Place) -> None:
    ftplib.FTP().connect(place.host, place.port, timeout=place.timeout)  # noqa: S321  # nothing is sent


@client("xmlrpc.client", no_connection_in_time=_NO_TIMEOUT, no_reply_in_time=_NO_TIMEOUT)
def use_xmlrpc(place: Place) -> None:
    with xmlrpc.client.ServerProxy(f"{place.url}/", context=place.context) as server:
        server.ping()


class _Raises(logging.Handler):
    """It raises what it would else print."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: ARG002, N802  # the documentation names it so
        raise  # noqa: PLE0704  # it is called while the exception is handled


@client("logging.handlers", tls=_GREETING)
def use_smtp_handler(place: Place) -> None:
    class Handler(_Raises, logging.handlers.SMTPHandler):
        pass

    address = "nobody@another.invalid"
    handler = Handler((place.host, place.port), address, [address], "Failure", timeout=place.timeout)
    handler.emit(logging.makeLogRecord({"msg": "hello"}))


@client("logging.handlers HTTPHandler", no_connection_in_time=_NO_TIMEOUT, no_reply_in_time=_NO_TIMEOUT)
def use_http_handler(place: Place) -> None:
    class Handler(_Raises, logging.handlers.HTTPHandler):
        pass

    handler = Handler(place.authority, "/", secure=place.is_tls, context=place.context)
    handler.emit(logging.makeLogRecord({"msg": "hello"}))


@client(
    "multiprocessing.connection",
    no_connection_in_time=_NO_TIMEOUT,
    no_reply_in_time=_NO_TIMEOUT,
    tls="it has no TLS",
)
def use_multiprocessing(place: Place) -> None:
    with multiprocessing.connection.Client((place.host, place.port), "AF_INET") as connection:
        connection.send_bytes(b"hello")
        connection.recv_bytes()
