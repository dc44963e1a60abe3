"""Failures as real libraries raise them are named as the documentation says, or honestly not."""

import importlib.util
import platform
import re

import pytest

import sockerr
from sockerr import platforms
from sockerr._classification.readers import READERS, TEXTS

from . import Client, clients
from .places import PLACES, TLS
from .recorded import Record, a_third, document, records, records_of
from .trial import run

IS_LINUX = pytest.mark.skipif(
    platforms.current() != "linux", reason="full backlogs and refused names are provoked in the way of this Linux"
)

# What a failure may be called, or by a base of these: a library may not say more.
CLASSES: dict[str, tuple[str, ...]] = {
    "refused": ("ConnectionRefused",),
    "unresolvable": ("NameNotFound",),
    "no connection in time": ("ConnectTimedOut",),
    "no reply in time": ("ReceiveTimedOut",),
    "reset": ("ConnectionReset", "BrokenPipe"),
    "closed early": ("ConnectionReset", "BrokenPipe"),
    "certificate expired": ("CertificateExpired",),
    "certificate for another host": ("CertificateNameMismatch",),
    "certificate self-signed": ("CertificateUntrusted",),
    "not TLS": ("NotTLS", "TLSConnectionLost"),
    "no common TLS version": ("TLSVersionMismatch", "TLSConnectionLost"),
}
# For those who ask a name server themselves, the lookup has failed.
RESOLVERS = ("aiodns", "dns", "pycares")
LOOKUP = ("refused", "no connection in time", "no reply in time", "reset", "closed early")
# Whatever happened, the exception says something else, and there is no telling.
MISTAKEN: dict[str, str] = {
    "arango": "it raises ConnectionAbortedError for every failure",
    "aiomqtt": "it waits for its own limit when the connection ends",
    "aioquic": "it raises ConnectionError for every end of a QUIC connection",
    "pytds": "it tries again until its own limit, and raises TimeoutError",
    "cassandra": "it waits for its own limit when the server closes the connection",
}


@IS_LINUX
@pytest.mark.parametrize("client", a_third(), ids=lambda client: client.library)
def test_library_fails_as_it_is_recorded(client: Client) -> None:
    """A third of them: `python -m tests.libraries write` tries all."""
    if not client.is_installed or importlib.util.find_spec("trustme") is None:
        pytest.skip("the library is not installed: the extra `libraries` has it")
    found = run(client)
    if client.distribution is None and document()["python"] != f"CPython {platform.python_version()}":
        # Another release of Python may raise something else.
        for each in found:
            check(each)
    else:
        assert found == records_of(client)


def test_answers_are_true() -> None:
    for each in records():
        check(each)


def check(record: Record) -> None:
    if record.get("error") is None or record["library"] in MISTAKEN:
        return
    assert record["error"] in _true_names(record)
    if record["retry"] == "safe":
        assert record["failure"] in ("refused", "no connection in time") or record["error"] == "ResolverUnavailable"
    if record["names_the_address"]:
        assert record["operation"] in ("connect", "resolve")


def _true_names(record: Record) -> set[str]:
    """Return the names of the classes that a failure may have, less exact ones included."""
    names = (*CLASSES[record["failure"]], "ConnectFailed")
    if re.split("[. ]", record["library"])[0] in RESOLVERS and record["failure"] in LOOKUP:
        names = (*names, "ResolverUnavailable")
    return {
        each.__name__
        for name in names
        for each in getattr(sockerr, name).__mro__
        if issubclass(each, sockerr.SocketError)
    }


def test_every_client_is_recorded_in_every_place() -> None:
    assert [(each["library"], each["failure"]) for each in records()] == [
        (client.library, failure) for client in sorted(clients, key=lambda each: each.library) for failure in PLACES
    ]


def test_there_are_a_hundred_clients() -> None:
    assert len({client.library for client in clients}) >= 100


def test_every_reader_is_seen_at_work() -> None:
    """Those that no place here makes a library use are in `test_readers`."""
    seen = {each["reader"] for each in records() if each.get("reader")}
    assert seen <= {*READERS, *TEXTS}
    assert len(seen) >= 0.7 * len({*READERS, *TEXTS})


def test_most_failures_tell_where_they_were_raised() -> None:
    """At least nine of ten whose traceback can tell it: those that are read from the exception of a socket."""
    told = [
        each["operation"] is not None
        for each in records()
        if each.get("evidence") in ("errno", "resolver", "type", "tls") and each["failure"] not in TLS
    ]
    assert sum(told) >= 0.9 * len(told)
