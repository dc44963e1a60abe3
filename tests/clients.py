"""Six clients, each used as its documentation says, and what each endpoint makes them meet.

The tests run every cell, and the documentation shows them.
"""

import asyncio
import socket
from collections.abc import Callable
from contextlib import AbstractContextManager, closing
from functools import partial
from typing import Any, get_args

from sockerr import testing
from sockerr.testing import Endpoint, TLSEndpoint
from sockerr.testing._tls import TLSFault

TIMEOUT = 0.5

PAGE = b"HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n" + bytes(20)
REPLIES = {
    "HTTP": b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n" + bytes(100_000),
    # A string (RESP), and an error message of PostgreSQL's protocol.
    "Redis": b"$100000\r\n" + bytes(100_000),
    "PostgreSQL": b"E" + (20_000).to_bytes(4, "big") + bytes(20_000),
}
SHORT = {"HTTP": PAGE, "Redis": b"$4\r\npong\r\n", "PostgreSQL": b"E\x00\x00\x00\x06\x00\x00"}


def sockets(endpoint: Endpoint, ca_file: str | None) -> None:
    with socket.create_connection(endpoint.address, TIMEOUT) as plain:
        if ca_file is None:
            exchange(plain)
            return
        import ssl

        context = ssl.create_default_context(cafile=ca_file or None)
        with context.wrap_socket(plain, server_hostname=endpoint.host) as secured:
            exchange(secured)


def exchange(sock: socket.socket) -> None:
    sock.sendall(b"GET / HTTP/1.1\r\nHost: here\r\n\r\n")
    while sock.recv(65536):
        pass


def requests(endpoint: Endpoint, ca_file: str | None) -> None:
    import requests

    with requests.Session() as session:
        session.trust_env = False
        session.get(url(endpoint, ca_file), timeout=TIMEOUT, verify=ca_file or True)


def url(endpoint: Endpoint, ca_file: str | None) -> str:
    return endpoint.url("http" if ca_file is None else "https")


def httpx(endpoint: Endpoint, ca_file: str | None) -> None:
    import ssl

    import httpx

    context = ssl.create_default_context(cafile=ca_file or None)
    with httpx.Client(timeout=TIMEOUT, verify=context, trust_env=False) as client:
        client.get(url(endpoint, ca_file))


def aiohttp(endpoint: Endpoint, ca_file: str | None) -> None:
    asyncio.run(_aiohttp(endpoint, ca_file))


async def _aiohttp(endpoint: Endpoint, ca_file: str | None) -> None:
    import ssl

    import aiohttp

    context = ssl.create_default_context(cafile=ca_file or None)
    limits = aiohttp.ClientTimeout(sock_connect=TIMEOUT, sock_read=TIMEOUT)
    async with (
        aiohttp.ClientSession(timeout=limits) as session,
        session.get(url(endpoint, ca_file), ssl=context) as response,
    ):
        await response.read()


def redis(endpoint: Endpoint, ca_file: str | None) -> None:
    import redis
    from redis.backoff import NoBackoff
    from redis.retry import Retry

    tls: dict[str, Any] = {} if ca_file is None else {"ssl": True, "ssl_ca_certs": ca_file or None}
    client = redis.Redis(
        endpoint.host,
        endpoint.port,
        protocol=2,
        driver_info=None,
        socket_timeout=TIMEOUT,
        socket_connect_timeout=TIMEOUT,
        retry=Retry(NoBackoff(), 0),
        **tls,
    )
    with closing(client):
        client.get("key")


def psycopg(endpoint: Endpoint, ca_file: str | None) -> None:
    import psycopg

    tls: dict[str, Any] = {"sslmode": "disable", "gssencmode": "disable"}
    if ca_file is not None:
        tls = {"sslmode": "verify-full", "sslrootcert": ca_file or "system", "sslnegotiation": "direct"}
    # Two seconds are the least that libpq takes.
    psycopg.connect(host=endpoint.host, port=endpoint.port, user="u", dbname="d", connect_timeout=2, **tls).close()


CLIENTS: dict[str, Callable[[Endpoint, str | None], None]] = {
    "socket": sockets,
    "requests": requests,
    "httpx": httpx,
    "aiohttp": aiohttp,
    "redis": redis,
    "psycopg": psycopg,
}
PROTOCOLS = {"redis": "Redis", "psycopg": "PostgreSQL"}


def _tls(fault: TLSFault, *_: bytes) -> AbstractContextManager[TLSEndpoint]:
    return testing.tls(fault)


Make = Callable[[bytes, bytes], AbstractContextManager[Endpoint]]
ENDPOINTS: dict[str, Make] = {
    "refusing()": lambda *_: testing.refusing(),
    "unresolvable()": lambda *_: testing.unresolvable(),
    "busy()": lambda *_: testing.busy(),
    "silent()": lambda *_: testing.silent(),
    "resetting()": lambda *_: testing.resetting(),
    "resetting(after=100)": lambda reply, _: testing.resetting(after=100, reply=reply),
    "closing()": lambda *_: testing.closing(),
    "closing(after=100)": lambda reply, _: testing.closing(after=100, reply=reply),
    "stalling(after=100)": lambda reply, _: testing.stalling(after=100, reply=reply),
    "trickling(500)": lambda _, short: testing.trickling(500, reply=short),
    "not_tls()": lambda *_: testing.not_tls(),
    **{f'tls("{fault}")': partial(_tls, fault) for fault in get_args(TLSFault)},
}

Met = tuple[str, str | None]
"""The name of a class, and the operation if it is known."""

PROMISES: dict[str, Met | None] = {
    "refusing()": ("ConnectionRefused", "connect"),
    "unresolvable()": ("NameNotFound", "resolve"),
    "busy()": ("ConnectTimedOut", "connect"),
    "silent()": ("ReceiveTimedOut", "receive"),
    "resetting()": ("ConnectionReset", "receive"),
    "resetting(after=100)": ("ConnectionReset", "receive"),
    "closing()": ("ConnectionLost", "receive"),
    "closing(after=100)": ("ConnectionLost", "receive"),
    "stalling(after=100)": ("ReceiveTimedOut", "receive"),
    "trickling(500)": None,
    "not_tls()": ("NotTLS", "connect"),
    'tls("expired")': ("CertificateExpired", "connect"),
    'tls("not-yet-valid")': ("CertificateExpired", "connect"),
    'tls("self-signed")': ("CertificateUntrusted", "connect"),
    'tls("wrong-host")': ("CertificateNameMismatch", "connect"),
    'tls("unknown-ca")': ("CertificateUntrusted", "connect"),
    'tls("old-version")': ("TLSVersionMismatch", "connect"),
    'tls("client-certificate")': ("ClientCertificateRequired", "receive"),
}
"""What clients meet at each endpoint; `None` where the reply arrives in the end."""

_NO_END = "to a socket, the end of a stream is no failure: `recv` returns nothing"
_ONE_LIMIT = (
    "one limit of libpq covers connecting and logging in, and its message does not say which of them took so long"
)
_NO_REASON = "the message of libpq does not say what is wrong with a certificate"
DIFFERENT: dict[tuple[str, str], tuple[Met | None, str]] = {
    ("closing()", "socket"): (None, _NO_END),
    ("closing(after=100)", "socket"): (None, _NO_END),
    ("closing()", "requests"): (
        ("ConnectionReset", "receive"),
        "the `RemoteDisconnected` of `http.client` is a `ConnectionResetError`",
    ),
    ("resetting(after=100)", "aiohttp"): (
        ("ConnectionLost", "receive"),
        "the exception of aiohttp does not keep the reset that cut the body off",
    ),
    ("busy()", "psycopg"): (("TimedOut", None), _ONE_LIMIT),
    ("silent()", "psycopg"): (("TimedOut", None), _ONE_LIMIT),
    ("stalling(after=100)", "psycopg"): (("TimedOut", None), _ONE_LIMIT),
    ("resetting()", "psycopg"): (
        ("ConnectionLost", "receive"),
        "the message of libpq is that the server closed the connection",
    ),
    ("resetting(after=100)", "psycopg"): (
        ("ConnectionLost", "receive"),
        "the message of libpq is that the server closed the connection",
    ),
    ('tls("expired")', "psycopg"): (("CertificateRejected", "connect"), _NO_REASON),
    ('tls("not-yet-valid")', "psycopg"): (("CertificateRejected", "connect"), _NO_REASON),
    ('tls("self-signed")', "psycopg"): (("CertificateRejected", "connect"), _NO_REASON),
    ('tls("unknown-ca")', "psycopg"): (("CertificateRejected", "connect"), _NO_REASON),
    ('tls("client-certificate")', "psycopg"): (
        ("ClientCertificateRequired", "connect"),
        "to libpq, logging in is a part of connecting",
    ),
}
"""What single clients meet instead, and why."""


def met(endpoint: str, client: str) -> Met | None:
    """Return what a client meets at an endpoint."""
    return DIFFERENT.get((endpoint, client), (PROMISES[endpoint], ""))[0]


def use(endpoint: str, client: str) -> tuple[BaseException | None, Endpoint]:
    """Use a client at an endpoint, and return what it raises, if anything."""
    protocol = PROTOCOLS.get(client, "HTTP")
    with ENDPOINTS[endpoint](REPLIES[protocol], SHORT[protocol]) as place:
        is_tls = "tls" in endpoint
        ca_file = place.ca_file if isinstance(place, TLSEndpoint) else "" if is_tls else None
        try:
            CLIENTS[client](place, ca_file)
        except Exception as error:  # noqa: BLE001  # whatever it is, is what we want to see
            return error, place
        return None, place
