"""Resolving names and addresses."""

import socket

import sockerr
from sockerr.testing import _network
from sockerr.testing._situation import register

from .helpers import FOREIGN, require, require_interfaces


@register("resolve", "the service is unknown", sockerr.InvalidLookup)
def unknown_service() -> None:
    with sockerr.resolving(("127.0.0.1", "no-such-service")):
        socket.getaddrinfo("127.0.0.1", "no-such-service")


@register("resolve", "the address family does not exist", sockerr.InvalidLookup)
def lookup_family() -> None:
    with sockerr.resolving("localhost"):
        socket.getaddrinfo("localhost", 80, family=9999)


@register("resolve", "the text is no address", sockerr.InvalidAddress)
def text_is_no_address() -> None:
    with sockerr.resolving("127.0.0.one"):
        socket.inet_aton("127.0.0.one")


@register("resolve", "a label of the name is too long", sockerr.InvalidAddress)
def label_too_long() -> None:
    name = "x" * 64 + ".example"
    with sockerr.resolving(name):
        socket.getaddrinfo(name, 80)


# What a name server can answer instead of an address, by its code (RFC 1035 section 4.1.1).
_NO_ERROR, _FORMAT_ERROR, _SERVER_FAILURE, _NAME_ERROR, _NOT_IMPLEMENTED, _REFUSED = range(6)


def _look_up(code: int | None) -> None:
    with _network.name_server(code), sockerr.resolving("db.example"):
        socket.getaddrinfo("db.example", 80, socket.AF_INET)


@register("resolve", "the name server does not answer", sockerr.ResolverUnavailable, needs="network")
def resolver_silent() -> None:
    _look_up(None)


@register("resolve", "the name server says: server failure", sockerr.ResolverUnavailable, needs="network")
def resolver_fails() -> None:
    _look_up(_SERVER_FAILURE)


@register("resolve", "the name server says: refused", sockerr.ResolverUnavailable, needs="network")
def resolver_refuses() -> None:
    _look_up(_REFUSED)


@register("resolve", "the name server says: not implemented", sockerr.ResolverUnavailable, needs="network")
def resolver_knows_no_queries() -> None:
    _look_up(_NOT_IMPLEMENTED)


@register("resolve", "the name server says: malformed query", sockerr.NameNotFound, needs="network")
def resolver_calls_it_malformed() -> None:
    _look_up(_FORMAT_ERROR)


@register("resolve", "the name server says: no such name", sockerr.NameNotFound, needs="network")
def resolver_knows_no_such_name() -> None:
    _look_up(_NAME_ERROR)


@register("resolve", "the name has no address of that family", sockerr.NameNotFound, needs="network")
def resolver_knows_no_address() -> None:
    _look_up(_NO_ERROR)


@register("resolve", "no name is known for the address", sockerr.NameNotFound, needs="network")
def reverse_unknown() -> None:
    with _network.name_server(_NAME_ERROR), sockerr.resolving(FOREIGN):
        socket.gethostbyaddr(FOREIGN)


@register("resolve", "no interface has that name", sockerr.InterfaceNotFound)
def unknown_interface_name() -> None:
    require("if_nametoindex")
    require_interfaces()
    with sockerr.resolving("nowhere0"):
        socket.if_nametoindex("nowhere0")


# Windows gives no reason: its Python raises the number 0.
@register("resolve", "no interface has that index", sockerr.InterfaceNotFound, sockerr.SocketError)
def unknown_interface_index() -> None:
    require("if_indextoname")
    require_interfaces()
    with sockerr.resolving(99_999):
        socket.if_indextoname(99_999)
