"""What a situation says where it cannot be provoked.

The systems that lack something are imitated here, by taking it away from this one; the suite meets the real ones when
it runs on them.
"""

import errno
import os
import pickle
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable

import pytest

import sockerr
from sockerr import testing
from sockerr.testing import _network, _run
from sockerr.testing._situations import helpers

Lack = Callable[[pytest.MonkeyPatch], None]


def no_unix_sockets(patch: pytest.MonkeyPatch) -> None:
    patch.delattr(socket, "AF_UNIX", raising=False)


def no_connections(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(sys, "platform", "emscripten")


def no_emulator(patch: pytest.MonkeyPatch) -> None:
    patch.delenv("QEMU_LD_PREFIX", raising=False)


def wine(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(sys, "platform", "win32")
    patch.setenv("WINEPREFIX", "somewhere")


def qemu(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(sys, "platform", "linux")
    patch.setenv("QEMU_LD_PREFIX", "somewhere")


def no_ssl(patch: pytest.MonkeyPatch) -> None:
    patch.setitem(sys.modules, "ssl", None)


def no_limits(patch: pytest.MonkeyPatch) -> None:
    patch.setitem(sys.modules, "resource", None)


def fixed_limits(patch: pytest.MonkeyPatch) -> None:
    resource = pytest.importorskip("resource")

    def refuse(*_: object) -> None:
        raise ValueError("not allowed")

    patch.setattr(resource, "setrlimit", refuse)


def no_namespaces(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(sys, "platform", "darwin")


def no_tools(patch: pytest.MonkeyPatch) -> None:
    no_emulator(patch)
    patch.setattr(sys, "platform", "linux")
    patch.setattr(shutil, "which", lambda _: None)


def refused_namespaces(patch: pytest.MonkeyPatch) -> None:
    no_emulator(patch)
    patch.setattr(sys, "platform", "linux")
    patch.setattr(shutil, "which", lambda name: name)
    refused = subprocess.CompletedProcess([], 1, b"", b"some words\nunshare failed: Operation not permitted\n")
    patch.setattr(_run, "start", lambda _: refused)


def calm_network(patch: pytest.MonkeyPatch) -> None:
    no_emulator(patch)
    patch.setattr(sys, "platform", "linux")
    patch.setattr(shutil, "which", lambda name: name)
    calm = subprocess.CompletedProcess([], 0, pickle.dumps((None, None)), b"")
    patch.setattr(_run, "start", lambda _: calm)


@pytest.mark.parametrize(
    ("name", "lack", "reason"),
    [
        ("connect-missing-path", no_unix_sockets, "this system has no AF_UNIX"),
        ("connect-refused", no_connections, "sockets do not connect on this system"),
        ("receive-reset", wine, "this is Wine, which reports the end of the stream instead"),
        (
            "connect-refused-asyncio",
            qemu,
            "this is qemu-user, which does not translate the number that SO_ERROR gives",
        ),
        ("connect-tls-to-plain-text", no_ssl, "this Python has no ssl"),
        ("open-tls-without-certificate", no_connections, "the ssl of this Python stands in for one with OpenSSL"),
        ("unknown-interface-name", no_connections, "this system has no network interfaces"),
        ("open-without-descriptors", no_limits, "this system has no limit of open files to lower"),
        ("open-without-descriptors", fixed_limits, "the limit of open files cannot be lowered: not allowed"),
        ("accept-shut-down", no_namespaces, "only Linux wakes a waiting accept() like this"),
        ("configure-microseconds", no_namespaces, "the option takes another layout on this system"),
        ("connect-no-route", no_namespaces, "needs a Linux network namespace"),
        ("connect-no-route", qemu, "needs a network namespace, in which qemu-user cannot start this Python"),
        ("connect-no-route", no_tools, "needs a network namespace, and the command 'unshare' to make one"),
        (
            "connect-no-route",
            refused_namespaces,
            "needs a network namespace, which this machine refuses: unshare failed: Operation not permitted",
        ),
    ],
)
def test_reason_names_what_is_missing(monkeypatch: pytest.MonkeyPatch, name: str, lack: Lack, reason: str) -> None:
    lack(monkeypatch)
    outcome = testing.run(testing.situation(name))
    assert outcome.unavailable == reason
    assert outcome.error is None
    assert not outcome.as_expected


def test_network_in_which_nothing_fails_is_not_as_expected(monkeypatch: pytest.MonkeyPatch) -> None:
    calm_network(monkeypatch)
    outcome = testing.run(testing.situation("connect-no-route"))
    assert outcome.unavailable is None
    assert not outcome.as_expected


def test_situation_that_some_systems_do_not_have_says_so_where_nothing_is_raised() -> None:
    situation = testing.Situation(
        "calm", sockerr.Operation.CONNECT, "", (sockerr.InProgress,), lambda: None, unless="it connects at once"
    )
    assert testing.run(situation).unavailable == "it connects at once"


def test_call_that_never_fails_is_made_a_hundred_times_at_the_most() -> None:
    calls: list[None] = []
    helpers.until_it_fails(lambda: calls.append(None))
    assert len(calls) == 100


@pytest.mark.parametrize(("platform", "elsewhere"), [("linux", "win32"), ("win32", "darwin")])
def test_number_from_elsewhere_is_from_elsewhere(
    monkeypatch: pytest.MonkeyPatch, platform: str, elsewhere: str
) -> None:
    monkeypatch.setattr(sockerr.platforms, "_current", [platform])
    error = testing.run(testing.situation("connect-refused-elsewhere")).error
    assert error is not None
    assert error.platform == elsewhere
    assert error.code == sockerr.platforms.number("ECONNREFUSED", elsewhere)


@pytest.mark.skipif(sys.platform != "linux", reason="a router runs on Linux only")
def test_router_needs_a_tun_device(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> int:
        raise FileNotFoundError(errno.ENOENT, "No such file or directory")

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(testing.Unavailable, match="needs a TUN device: No such file or directory"):
        _network.router(3, 2).__enter__()


@pytest.mark.parametrize("refusal", [_network._refusal, _network._refusal_6])
def test_router_answers_no_icmp_message(refusal: Callable[[bytes, int, int], bytes]) -> None:
    # RFC 1122 section 3.2.2 forbids it: two routers could go on for ever.
    icmp, icmp_6 = 1, 58
    packet = bytes(6) + bytes([icmp_6, 0, 0, icmp]) + bytes(60)
    assert refusal(packet, 3, 2) == b""
