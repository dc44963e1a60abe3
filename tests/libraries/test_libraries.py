"""Failures as real libraries raise them are named as the documentation says, or honestly not."""

import importlib.util
import platform
from typing import Any

import pytest

import sockerr
from sockerr import platforms
from sockerr._classification.readers import READERS

from . import Client, clients
from .places import PLACES, TLS
from .recorded import Record, document, records, records_of
from .trial import run

IS_LINUX = pytest.mark.skipif(
    platforms.current() != "linux", reason="full backlogs and refused names are provoked in the way of this Linux"
)

# What a failure may be called. The answer may be less exact: a base of these, as far down as ConnectionLost or TLSError.
CLASSES: dict[str, tuple[str, ...]] = {
    "refused": ("ConnectionRefused",),
    "unresolvable": ("NameNotFound",),
    "no connection in time": ("ConnectTimedOut",),
    "no reply in time": ("ReceiveTimedOut",),
    "reset": ("ConnectionReset", "BrokenPipe"),
    "closed early": ("ConnectionLost", "ConnectionReset", "ConnectionAborted", "BrokenPipe"),
    "certificate expired": ("CertificateExpired",),
    "certificate for another host": ("CertificateNameMismatch",),
    "certificate self-signed": ("CertificateUntrusted",),
    "not TLS": ("NotTLS", "TLSConnectionLost"),
    "no common TLS version": ("TLSVersionMismatch", "TLSConnectionLost"),
}


@IS_LINUX
@pytest.mark.parametrize("client", clients, ids=[client.library for client in clients])
def test_library_fails_as_it_is_recorded(client: Client) -> None:
    if not client.is_installed or importlib.util.find_spec("trustme") is None:
        pytest.skip("the library is not installed: the extra `libraries` has it")
    found = run(client)
    if client.distribution is None and document()["python"] != f"CPython {platform.python_version()}":
        # Another release of Python may raise something else.
        for each in found:
            check(each)
    else:
        assert found == records_of(client)


@pytest.mark.parametrize("record", records(), ids=[f"{each['library']}-{each['failure']}" for each in records()])
def test_answer_is_true(record: Record) -> None:
    check(record)


def check(record: Record) -> None:
    if record.get("error") is None:
        return
    assert record["error"] in _true_names(record["failure"])
    assert (record["retry"] == "safe") <= (record["failure"] in ("refused", "no connection in time", "not TLS"))
    if record["names_the_address"]:
        assert record["operation"] in ("connect", "resolve")


def _true_names(failure: str) -> set[str]:
    """Return the names of the classes that a failure may have, less exact ones included."""
    named: list[Any] = [getattr(sockerr, name) for name in CLASSES[failure]]
    return {each.__name__ for cls in named for each in cls.__mro__ if issubclass(each, sockerr.SocketError)}


def test_every_client_is_recorded_in_every_place() -> None:
    assert [(each["library"], each["failure"]) for each in records()] == [
        (client.library, failure) for client in sorted(clients, key=lambda each: each.library) for failure in PLACES
    ]


def test_there_are_a_hundred_clients() -> None:
    assert len({client.library for client in clients}) >= 100


def test_every_reader_is_seen_at_work() -> None:
    """Those of a library that is no client here are tested elsewhere."""
    seen = {each["reader"] for each in records() if each.get("reader")}
    assert seen <= READERS.keys()


def test_most_failures_tell_where_they_were_raised() -> None:
    """At least nine of ten whose traceback can tell it: those that are read from the exception of a socket."""
    told = [
        each["operation"] is not None
        for each in records()
        if each.get("evidence") in ("errno", "resolver", "type", "tls") and each["failure"] not in TLS
    ]
    assert sum(told) >= 0.9 * len(told)
