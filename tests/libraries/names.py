"""Name servers: what is in the way to one, and what one answers."""

import asyncio
import contextlib
import socket
import threading
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

from .places import Place
from .registry import client

NAME = "host.example."
_ADDRESS = "it takes the address of a name server, not its name"
_NO_TLS = "it has no TLS"
_UNSEEN = "its sockets are not connected, so that it does not see that a port is closed to datagrams"
_UDP = dict.fromkeys(("no_connection_in_time", "reset", "closed_early"), "datagrams need no connection")


@contextlib.contextmanager
def _datagrams(place: Place) -> Iterator[None]:
    """Where connections are taken, take datagrams too, and say nothing."""
    with socket.socket() as stream, socket.socket(type=socket.SOCK_DGRAM) as sock:
        if stream.connect_ex((place.host, place.port)) == 0:
            sock.bind((place.host, place.port))
        yield


@client("dns", "dnspython", refused=_UNSEEN, unresolvable=_ADDRESS, **_UDP, tls=_NO_TLS)
def use_dns(place: Place) -> None:
    import dns.resolver

    resolver = dns.resolver.Resolver(configure=False)
    resolver.nameservers = [place.host]
    resolver.port = place.port
    with _datagrams(place):
        resolver.resolve(NAME, lifetime=place.timeout)


@client("dns.resolver over TCP", "dnspython", unresolvable=_ADDRESS)
def use_dns_over_tcp(place: Place) -> None:
    import dns.resolver

    resolver = dns.resolver.Resolver(configure=False)
    resolver.nameservers = [_name_server(place)]
    resolver.resolve(NAME, tcp=True, lifetime=place.timeout)


@client("dns.asyncresolver", "dnspython", refused=_UNSEEN, unresolvable=_ADDRESS, **_UDP, tls=_NO_TLS)
async def use_dns_asyncio(place: Place) -> None:
    import dns.asyncresolver

    resolver = dns.asyncresolver.Resolver(configure=False)
    resolver.nameservers = [place.host]
    resolver.port = place.port
    with _datagrams(place):
        await resolver.resolve(NAME, lifetime=place.timeout)


@client("dns.asyncresolver over TCP", "dnspython", unresolvable=_ADDRESS)
async def use_dns_asyncio_over_tcp(place: Place) -> None:
    import dns.asyncresolver

    resolver = dns.asyncresolver.Resolver(configure=False)
    resolver.nameservers = [_name_server(place)]
    await resolver.resolve(NAME, tcp=True, lifetime=place.timeout)


def _name_server(place: Place) -> Any:
    from dns.nameserver import Do53Nameserver, DoTNameserver

    if place.ca is None:
        return Do53Nameserver(place.host, place.port)
    return DoTNameserver(place.host, place.port, place.host, place.ca)


@client("dns.query", "dnspython", unresolvable=_ADDRESS)
def use_dns_query(place: Place) -> None:
    import dns.message
    import dns.query

    question = dns.message.make_query(NAME, "A")
    if place.is_tls:
        dns.query.tls(
            question, place.host, place.timeout, place.port, server_hostname=place.host, verify=place.ca or True
        )
    else:
        dns.query.tcp(question, place.host, place.timeout, place.port)


@client("aiodns", "aiodns", unresolvable=_ADDRESS, **_UDP, tls=_NO_TLS)
async def use_aiodns(place: Place) -> None:
    import aiodns

    with _datagrams(place):
        async with aiodns.DNSResolver([place.authority], timeout=place.timeout, tries=1) as resolver:
            await resolver.query_dns(NAME, "A")


@client("aiodns over TCP", "aiodns", unresolvable=_ADDRESS, tls=_NO_TLS)
async def use_aiodns_over_tcp(place: Place) -> None:
    import aiodns
    import pycares

    flags = pycares.ARES_FLAG_USEVC
    async with aiodns.DNSResolver([place.authority], timeout=place.timeout, tries=1, flags=flags) as resolver:
        await resolver.query_dns(NAME, "A")


@client("aiodns getaddrinfo", "aiodns", unresolvable=_ADDRESS, **_UDP, tls=_NO_TLS)
async def use_aiodns_getaddrinfo(place: Place) -> None:
    import aiodns

    with _datagrams(place):
        async with aiodns.DNSResolver([place.authority], timeout=place.timeout, tries=1) as resolver:
            await resolver.getaddrinfo(NAME, port=80)


@client("pycares", "pycares", unresolvable=_ADDRESS, **_UDP, tls=_NO_TLS)
def use_pycares(place: Place) -> None:
    import pycares

    codes: list[int | None] = []
    done = threading.Event()

    def answered(_result: object, code: int | None) -> None:
        codes.append(code)
        done.set()

    with _datagrams(place):
        channel = pycares.Channel(servers=[place.authority], timeout=place.timeout, tries=1)
        channel.query(NAME, pycares.QUERY_TYPE_A, callback=answered)
        done.wait()
        channel.close()
    if codes[0] is not None:
        # It raises this for what fails before it has asked; afterwards it is left to the callback.
        raise pycares.AresError(codes[0], pycares.errno.strerror(codes[0]))


# What a name server makes of a question; None if it does not answer.
Answer = Callable[[bytes], bytes | None]


def _with_code(code: str) -> Answer:
    def answer(question: bytes) -> bytes:
        import dns.message
        import dns.rcode

        response = dns.message.make_response(dns.message.from_wire(question), recursion_available=True)
        response.set_rcode(dns.rcode.from_text(code))
        return response.to_wire()

    return answer


def _truncated(question: bytes) -> bytes:
    import dns.flags
    import dns.message

    response = dns.message.make_response(dns.message.from_wire(question), recursion_available=True)
    response.flags |= dns.flags.TC
    return response.to_wire()


def _garbage(question: bytes) -> bytes:
    # The identifier, that of an answer with one record, and nothing that could be a record.
    return question[:2] + b"\x81\x80\x00\x01\x00\x01\x00\x00\x00\x00" + b"\xff" * 7


ANSWERS: list[tuple[str, Answer]] = [
    ("NXDOMAIN", _with_code("NXDOMAIN")),
    ("no data", _with_code("NOERROR")),
    ("SERVFAIL", _with_code("SERVFAIL")),
    ("REFUSED", _with_code("REFUSED")),
    ("FORMERR", _with_code("FORMERR")),
    ("NOTIMP", _with_code("NOTIMP")),
    ("YXDOMAIN", _with_code("YXDOMAIN")),
    ("NOTAUTH", _with_code("NOTAUTH")),
    ("nothing", lambda _: None),
    # The whole answer is to be had over TCP, which is refused.
    ("truncated", _truncated),
    ("garbage", _garbage),
    ("half of the question", lambda question: question[: len(question) // 2]),
    ("for another question", lambda question: bytes([question[0] ^ 1]) + question[1:2] + b"\x81\x80" + question[4:]),
]
"""What a name server may answer, and how."""

ASK: dict[str, Callable[[Place], None] | Callable[[Place], Awaitable[None]]] = {
    "dns": use_dns,
    "dns.asyncresolver": use_dns_asyncio,
    "aiodns": use_aiodns,
    "aiodns getaddrinfo": use_aiodns_getaddrinfo,
    "pycares": use_pycares,
}
"""How each library asks a name server, over UDP."""


@contextlib.contextmanager
def name_server(answer: Answer) -> Iterator[Place]:
    """Serve every question over UDP on loopback with the same answer."""

    def serve() -> None:
        while True:
            question, sender = sock.recvfrom(65535)
            if not question:
                return
            response = answer(question)
            if response is not None:
                sock.sendto(response, sender)

    # Nobody else may listen to connections at its port: what is cut short is asked for again over TCP.
    with socket.socket() as taken, socket.socket(type=socket.SOCK_DGRAM) as sock:
        taken.bind(("127.0.0.1", 0))
        sock.bind(taken.getsockname())
        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield Place(*sock.getsockname())
        finally:
            sock.sendto(b"", sock.getsockname())
            thread.join()


def answered(library: str, answer: Answer) -> Exception | None:
    """Return what a library raises for an answer of a name server."""
    with name_server(answer) as place:
        try:
            asked = ASK[library](place)
            if asked is not None:
                asyncio.run(_wait_for(asked))
        except Exception as error:  # noqa: BLE001  # whatever it is, is what we want to see
            return error
    return None


async def _wait_for(asked: Awaitable[None]) -> None:
    await asked
