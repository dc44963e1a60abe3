"""The classes: what each knows, which one a symbol becomes in an operation, and how an error presents itself."""

import errno
import inspect
import json
import os
import re
import socket
import sys
from collections.abc import Callable, Iterator
from typing import Any, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import SYSTEM, addresses, errors_in_operations, operations, operations_or_none, socket_errors

import sockerr
from sockerr import Evidence, Fault, Operation, Retry, SocketError, classify, from_code, platforms
from sockerr._registry import all_claims
from sockerr._socket_error import catalogue, meaning
from sockerr.typing import ErrorRecord

HIERARCHY = """
SocketError: ResolutionError TimedOut ConnectionRefused ConnectFailed ConnectionLost Unreachable AddressError WouldBlock
    MisuseError PermissionDenied ResourceExhausted MessageTooLong NotSupported Interrupted OperationCancelled TLSError
    WinsockUnavailable
ResolutionError: NameNotFound ResolverUnavailable ResolverFailed InvalidLookup
TimedOut: ConnectTimedOut AcceptTimedOut SendTimedOut ReceiveTimedOut
ConnectionLost: ConnectionReset ConnectionAborted BrokenPipe TLSConnectionLost
Unreachable: HostUnreachable HostDown NetworkUnreachable NetworkDown
AddressError: AddressInUse AddressNotAvailable AddressFamilyNotSupported InvalidAddress PathNotFound
    InterfaceNotFound
WouldBlock: InProgress
MisuseError: AlreadyConnected NotConnected AlreadyBound NotListening SocketClosed NotASocket DestinationRequired
PermissionDenied: PrivilegedPort BroadcastDenied
ResourceExhausted: TooManyOpenFiles NoBufferSpace
TLSError: CertificateRejected TLSWantRead TLSWantWrite NotTLS TLSVersionMismatch TLSMisconfigured
    ClientCertificateRequired CertificateRejectedByPeer
CertificateRejected: CertificateExpired CertificateNameMismatch CertificateUntrusted
"""


def contracted() -> Iterator[tuple[str, str]]:
    """Each class that the contract names, with its base."""
    base = ""
    for word in HIERARCHY.split():
        if word.endswith(":"):
            base = word.removesuffix(":")
        else:
            yield word, base


CATALOGUE = list(catalogue())
BUILT_IN_BASES = {
    "TimedOut": TimeoutError,
    "ConnectionRefused": ConnectionRefusedError,
    "ConnectionReset": ConnectionResetError,
    "ConnectionAborted": ConnectionAbortedError,
    "BrokenPipe": BrokenPipeError,
    "WouldBlock": BlockingIOError,
    "PermissionDenied": PermissionError,
    "Interrupted": InterruptedError,
}
every_class = pytest.mark.parametrize("cls", CATALOGUE, ids=lambda cls: cls.__name__)
every_operation = pytest.mark.parametrize("operation", [None, *Operation], ids=str)


class TestHierarchy:
    @pytest.mark.parametrize(("name", "base"), list(contracted()))
    def test_class_has_the_base_that_the_contract_gives_it(self, name: str, base: str) -> None:
        assert getattr(sockerr, name).__bases__[0] is getattr(sockerr, base)

    @pytest.mark.parametrize(("name", "base"), BUILT_IN_BASES.items())
    def test_class_is_caught_by_handlers_of_the_built_in_one(self, name: str, base: type[OSError]) -> None:
        assert issubclass(getattr(sockerr, name), base)

    def test_root_is_an_oserror(self) -> None:
        assert SocketError.__bases__ == (OSError,)

    def test_catalogue_begins_with_the_root(self) -> None:
        assert CATALOGUE[0] is SocketError

    def test_catalogue_has_every_class_once(self) -> None:
        assert len(CATALOGUE) == len(set(CATALOGUE))

    def test_catalogue_has_the_classes_that_are_public(self) -> None:
        public = {each for each in vars(sockerr).values() if isinstance(each, type) and issubclass(each, SocketError)}
        assert set(CATALOGUE) == public

    @every_class
    def test_every_class_is_exported(self, cls: type[SocketError]) -> None:
        assert cls.__name__ in sockerr.__all__

    def test_catalogue_leaves_out_what_users_derive(self) -> None:
        class Mine(sockerr.ConnectionRefused):
            pass

        assert Mine not in set(catalogue())

    def test_catalogue_leaves_out_private_variants(self) -> None:
        variant = type(from_code("EAI_NONAME"))
        assert variant is not sockerr.NameNotFound
        assert variant not in set(catalogue())


class TestRegistry:
    def test_two_classes_that_claim_the_same_symbol_are_an_error(self) -> None:
        with pytest.raises(TypeError, match="Second and ConnectionRefused both claim ECONNREFUSED in every operation"):

            class Second(SocketError, symbols=("ECONNREFUSED",)):
                pass

    def test_two_classes_that_claim_the_same_symbol_in_an_operation_are_an_error(self) -> None:
        with pytest.raises(TypeError, match="Second and AlreadyBound both claim EINVAL in bind"):

            class Second(SocketError, symbols=("EINVAL",), operations=(Operation.BIND,)):
                pass

    def test_two_classes_that_claim_the_same_symbol_besides_their_own_are_an_error(self) -> None:
        with pytest.raises(TypeError, match="Second and AddressError both claim EROFS in bind"):

            class Second(SocketError, also={"EROFS": (Operation.BIND,)}):
                pass

    def test_two_spellings_of_a_symbol_are_the_same_claim(self) -> None:
        with pytest.raises(TypeError, match="Second and WouldBlock both claim EWOULDBLOCK"):

            class Second(SocketError, symbols=("EWOULDBLOCK",)):
                pass

    @pytest.mark.parametrize("symbol", sorted({symbol for symbol, _, _ in all_claims()}))
    def test_every_claimed_symbol_exists_on_some_system(self, symbol: str) -> None:
        # A misspelt one would never be found.
        known = {each for name in platforms.names() for each in platforms.table(name)}
        known |= {each for _, _, each in platforms.windows_numbers()}
        assert {symbol, symbol.removeprefix("WSA")} & known


class TestKnowledge:
    """What the row of a class has to say."""

    @every_class
    def test_meaning_is_one_sentence(self, cls: type[SocketError]) -> None:
        assert re.fullmatch(r"[A-Z`][^.]+", meaning(cls))

    @every_class
    def test_docstring_begins_with_the_meaning(self, cls: type[SocketError]) -> None:
        assert cls.__doc__ is not None
        assert " ".join(cls.__doc__.split()).startswith(f"{meaning(cls)}.")

    def test_meaning_is_the_name_where_docstrings_are_stripped(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sockerr.ConnectionRefused, "__doc__", None)
        assert meaning(sockerr.ConnectionRefused) == "ConnectionRefused"

    @pytest.mark.parametrize("cls", CATALOGUE[1:], ids=lambda cls: cls.__name__)
    def test_row_says_where_it_is_from(self, cls: type[SocketError]) -> None:
        assert re.search(r"\nSource: .*\.$", inspect.getdoc(cls) or "", re.DOTALL)

    @every_class
    @every_operation
    def test_hint_is_a_full_sentence_in_every_operation(
        self, cls: type[SocketError], operation: Operation | None
    ) -> None:
        assert re.fullmatch(r"[A-Z].*\.", cls(operation=operation).hint)

    @every_class
    @every_operation
    def test_retry_is_advised_in_every_operation(self, cls: type[SocketError], operation: Operation | None) -> None:
        assert cls(operation=operation).retry in Retry

    @every_class
    @every_operation
    def test_fault_is_known_in_every_operation(self, cls: type[SocketError], operation: Operation | None) -> None:
        assert cls(operation=operation).fault in Fault

    @pytest.mark.parametrize("operation", [Operation.SEND, Operation.RECEIVE, None], ids=str)
    @every_class
    def test_no_loss_is_safe_to_repeat_once_something_was_sent(
        self, cls: type[SocketError], operation: Operation | None
    ) -> None:
        if issubclass(cls, (sockerr.ConnectionLost, sockerr.SendTimedOut, sockerr.ReceiveTimedOut)):
            assert cls(operation=operation).retry is Retry.IF_IDEMPOTENT

    @pytest.mark.parametrize(
        ("symbol", "operation", "advice"),
        [
            ("ECONNREFUSED", "connect", Retry.SAFE),
            ("ETIMEDOUT", "connect", Retry.SAFE),
            ("EHOSTUNREACH", "connect", Retry.SAFE),
            ("ENETUNREACH", "connect", Retry.SAFE),
            ("ECONNRESET", "connect", Retry.SAFE),
            ("ECONNREFUSED", "send", Retry.IF_IDEMPOTENT),
            ("ETIMEDOUT", "receive", Retry.IF_IDEMPOTENT),
            ("EHOSTUNREACH", "send", Retry.IF_IDEMPOTENT),
            ("ECONNRESET", "receive", Retry.IF_IDEMPOTENT),
            ("ECONNREFUSED", None, Retry.IF_IDEMPOTENT),
            ("ETIMEDOUT", None, Retry.IF_IDEMPOTENT),
            ("ENETUNREACH", None, Retry.IF_IDEMPOTENT),
            ("ECONNRESET", None, Retry.IF_IDEMPOTENT),
            ("EMSGSIZE", "send", Retry.NEVER),
            ("EMFILE", "accept", Retry.SAFE),
            ("ECONNABORTED", "accept", Retry.SAFE),
            ("EAI_AGAIN", "resolve", Retry.SAFE),
            ("EAI_AGAIN", "connect", Retry.SAFE),
            ("EAI_AGAIN", None, Retry.IF_IDEMPOTENT),
            ("EADDRNOTAVAIL", "connect", Retry.SAFE),
            ("EADDRNOTAVAIL", "bind", Retry.NEVER),
            ("EAGAIN", "receive", Retry.WHEN_READY),
        ],
    )
    def test_retry_advice_that_the_contract_gives(self, symbol: str, operation: str | None, advice: Retry) -> None:
        assert from_code(symbol, operation=operation).retry is advice

    @pytest.mark.parametrize(
        ("symbol", "operation", "advice"),
        [
            # Out of memory is the same for getaddrinfo().
            ("EAI_MEMORY", "resolve", Retry.SAFE),
            ("ENOMEM", "open", Retry.SAFE),
            # PEP 475 repeats the call.
            ("EINTR", "send", Retry.WHEN_READY),
            ("EINTR", "receive", Retry.WHEN_READY),
            # The socket may have been connected, and its peer be gone.
            ("ENOTCONN", "send", Retry.IF_IDEMPOTENT),
            ("ENOTCONN", None, Retry.IF_IDEMPOTENT),
            ("EPROTO", "connect", Retry.SAFE),
            ("ENOPROTOOPT", "connect", Retry.SAFE),
            ("ENOPROTOOPT", "receive", Retry.IF_IDEMPOTENT),
            ("EPROTOTYPE", "send", Retry.IF_IDEMPOTENT),
            # Over IPv6 a router may have said so.
            ("EACCES", "receive", Retry.IF_IDEMPOTENT),
            ("EACCES", "connect", Retry.NEVER),
            ("EADDRINUSE", "bind", Retry.SAFE),
            ("EADDRINUSE", "configure", Retry.NEVER),
            ("ENOBUFS", "send", Retry.IF_IDEMPOTENT),
            ("ENOBUFS", "configure", Retry.NEVER),
        ],
    )
    def test_retry_advice(self, symbol: str, operation: str | None, advice: Retry) -> None:
        assert from_code(symbol, platform="linux", operation=operation).retry is advice

    @pytest.mark.parametrize(
        ("symbol", "operation", "fault"),
        [
            ("ENETUNREACH", "connect", Fault.HOST),
            ("ENETUNREACH", "receive", Fault.NETWORK),
            ("ENETUNREACH", "accept", Fault.NETWORK),
            ("ENONET", "connect", Fault.NETWORK),
            ("ENETDOWN", "connect", Fault.HOST),
            ("EPROTO", "receive", Fault.NETWORK),
            ("EACCES", "receive", Fault.NETWORK),
            ("EACCES", "connect", Fault.HOST),
            ("EAI_MEMORY", "resolve", Fault.HOST),
            ("EAI_AGAIN", "resolve", Fault.RESOLVER),
            ("EADDRINUSE", "bind", Fault.HOST),
            ("EADDRINUSE", "configure", Fault.CALLER),
            ("ENODEV", "bind", Fault.HOST),
        ],
    )
    def test_fault(self, symbol: str, operation: str, fault: Fault) -> None:
        assert from_code(symbol, platform="linux", operation=operation).fault is fault

    @pytest.mark.parametrize(
        ("symbol", "operation", "words"),
        [
            ("ECONNRESET", "accept", "Keep the listening socket open"),
            ("ECONNRESET", "connect", "AF_VSOCK"),
            ("ECONNREFUSED", "connect", "plain file"),
            ("ECONNREFUSED", "send", "nobody receives this datagram"),
            ("ENOBUFS", "receive", "larger SO_RCVBUF"),
            ("ENOBUFS", "connect", "all local ports"),
            ("ENOBUFS", "configure", "multicast groups"),
            ("EADDRINUSE", "connect", "all local ports"),
            ("EADDRINUSE", "configure", "already joined"),
            ("EADDRNOTAVAIL", "connect", "same local and remote address"),
            ("EADDRNOTAVAIL", "connect", "On Windows, 0"),
            ("EAI_AGAIN", "resolve", "SERVFAIL"),
            ("EAI_NONAME", "resolve", "malformed"),
            ("EAI_SYSTEM", "resolve", "errno"),
            ("EINVAL", "listen", "bind() before listen()"),
            ("EINVAL", "connect", "127.0.0.1"),
            ("EINVAL", "send", "port must not be 0"),
            ("EINVAL", "receive", "Windows"),
            ("EINVAL", "inspect", "Windows"),
            ("ENOTSOCK", "connect", "AF_UNIX path"),
            ("ENODEV", "connect", "AF_VSOCK"),
            ("ENODEV", "connect", "the interface to which the socket is bound"),
            ("EHOSTUNREACH", "connect", "Local Network"),
            ("ENETUNREACH", "connect", "multicast"),
            ("ENETUNREACH", "connect", "scope"),
            ("EMSGSIZE", "send", "9,216"),
            ("EMSGSIZE", "send", "SO_SNDBUF"),
            ("EPERM", "send", "table of connections"),
            ("EACCES", "connect", "Over IPv6, a router"),
            ("EACCES", "bind", "excludedportrange"),
            ("EINPROGRESS", "connect", "SO_SNDTIMEO"),
            ("EAGAIN", "connect", "for UDP all local ports"),
            ("EDESTADDRREQ", "send", "WireGuard"),
            ("ENOKEY", "send", "AllowedIPs"),
        ],
    )
    def test_hint_names_the_cause(self, symbol: str, operation: str, words: str) -> None:
        assert words in from_code(symbol, platform="linux", operation=operation).hint

    @every_class
    def test_listener_goes_on_where_only_one_client_failed(self, cls: type[SocketError]) -> None:
        # For a listening socket, what cost one client must not read like the end of the service.
        error = cls("", operation="accept")
        error.evidence = Evidence.ERRNO
        if error.hint.startswith("Accept the next client"):
            assert error.retry is Retry.SAFE

    @every_class
    def test_lost_client_does_not_close_the_listener(self, cls: type[SocketError]) -> None:
        if issubclass(cls, (sockerr.ConnectionLost, sockerr.TLSError)):
            assert "Close the socket" not in cls("", operation="accept").hint


class TestByItself:
    """A class built without arguments, for test doubles."""

    @every_class
    def test_class_can_be_built_without_arguments(self, cls: type[SocketError]) -> None:
        assert isinstance(cls(), cls)

    @every_class
    def test_instance_bears_the_public_name(self, cls: type[SocketError]) -> None:
        assert type(cls()).__name__ == cls.__name__
        assert type(cls()).__module__ == "sockerr"

    def test_number_and_message_are_this_machines(self) -> None:
        error = sockerr.ConnectionRefused()
        assert error.errno == errno.ECONNREFUSED
        assert error.strerror == from_code("ECONNREFUSED").strerror
        assert "refused" in str(error)

    def test_name_not_found_is_a_gaierror(self) -> None:
        error = sockerr.NameNotFound()
        assert isinstance(error, socket.gaierror)
        assert (error.errno, error.symbol, error.evidence) == (socket.EAI_NONAME, "EAI_NONAME", Evidence.RESOLVER)

    def test_message_is_the_meaning_where_the_system_has_none(self) -> None:
        assert sockerr.NameNotFound().strerror == meaning(sockerr.NameNotFound)

    def test_message_is_the_meaning_where_the_system_does_not_know_the_number(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("os.strerror", "Unknown error {}".format)
        monkeypatch.setattr("sockerr._numbers._winsock_messages", {})
        assert sockerr.ConnectionRefused().strerror == meaning(sockerr.ConnectionRefused)

    def test_symbol_that_this_system_lacks_has_no_number(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(platforms, "number", lambda _: None)
        error = sockerr.HostDown()
        assert (error.symbol, error.errno, error.strerror) == ("EHOSTDOWN", None, meaning(sockerr.HostDown))

    def test_class_without_symbol_has_no_number(self) -> None:
        error = sockerr.Unreachable()
        assert (error.symbol, error.errno, error.evidence) == (None, None, Evidence.TYPE)

    def test_class_of_one_operation_is_about_that_operation(self) -> None:
        assert sockerr.ConnectTimedOut().operation is Operation.CONNECT

    def test_class_of_many_operations_is_about_none(self) -> None:
        assert sockerr.ConnectionRefused().operation is None

    def test_operation_and_address_can_be_given(self) -> None:
        error = sockerr.ConnectionReset(operation="recv", address=("db.internal", 5432))
        assert (error.operation, error.address) == (Operation.RECEIVE, ("db.internal", 5432))

    def test_arguments_are_those_of_oserror(self) -> None:
        error = sockerr.ConnectionReset(errno.ECONNRESET, "cut off")
        assert (error.args, error.errno, error.strerror) == ((errno.ECONNRESET, "cut off"), errno.ECONNRESET, "cut off")

    def test_number_gives_the_symbol(self) -> None:
        assert SocketError(errno.ECONNREFUSED, "refused").symbol == "ECONNREFUSED"

    def test_number_gives_the_built_in_class(self) -> None:
        assert isinstance(SocketError(errno.ECONNREFUSED, "refused"), ConnectionRefusedError)

    def test_number_of_a_resolver_class_is_a_resolver_code(self) -> None:
        error = sockerr.NameNotFound(socket.EAI_NONAME, "not known")
        assert error.symbol == "EAI_NONAME"
        assert isinstance(error, socket.gaierror)

    def test_text_alone_leaves_the_symbol_open(self) -> None:
        error = sockerr.ConnectionRefused("no")
        assert (error.symbol, error.errno, error.args) == (None, None, ("no",))

    def test_class_derived_by_a_user_is_built_as_its_base_is(self) -> None:
        class Mine(sockerr.ConnectionRefused):
            """Mine."""

        assert type(Mine()) is Mine
        assert Mine().symbol == "ECONNREFUSED"


class TestRefinement:
    """The same symbol means different things in different operations."""

    @pytest.mark.parametrize(
        ("symbol", "platform", "operation", "expected"),
        [
            ("EINVAL", "linux", "bind", "AlreadyBound"),
            ("EINVAL", "linux", "accept", "NotListening"),
            ("EINVAL", "linux", "send", "MisuseError"),
            ("EINVAL", "linux", None, "MisuseError"),
            ("EACCES", "linux", "open", "PermissionDenied"),
            ("EADDRNOTAVAIL", "linux", "connect", "AddressNotAvailable"),
            ("EADDRNOTAVAIL", "linux", "bind", "AddressNotAvailable"),
            ("EAGAIN", "linux", "connect", "ResourceExhausted"),
            ("EAGAIN", "linux", "receive", "WouldBlock"),
            ("EAGAIN", "win32", "connect", "InProgress"),
            ("EAGAIN", "win32", "receive", "WouldBlock"),
            ("EBADF", "linux", "send", "SocketClosed"),
            ("ENOTSOCK", "linux", "send", "NotASocket"),
            ("ENOTSOCK", "win32", "send", "SocketClosed"),
            ("ETIMEDOUT", "linux", "connect", "ConnectTimedOut"),
            ("ETIMEDOUT", "linux", "accept", "AcceptTimedOut"),
            ("ETIMEDOUT", "linux", "send", "SendTimedOut"),
            ("ETIMEDOUT", "linux", "receive", "ReceiveTimedOut"),
            ("ETIMEDOUT", "linux", "shutdown", "TimedOut"),
            ("ETIMEDOUT", "linux", None, "TimedOut"),
            ("ENOENT", "linux", "connect", "PathNotFound"),
            ("ENOENT", "linux", "inspect", "MisuseError"),
            ("ENOENT", "linux", None, "SocketError"),
            ("ENOTEMPTY", "linux", "connect", "SocketError"),
            # What ICMP errors become on Linux.
            ("ENOPROTOOPT", "linux", "accept", "Unreachable"),
            ("ENOPROTOOPT", "linux", "connect", "Unreachable"),
            ("ENOPROTOOPT", "linux", "receive", "Unreachable"),
            ("ENOPROTOOPT", "linux", "configure", "NotSupported"),
            ("EPROTO", "linux", "connect", "Unreachable"),
            ("EPROTO", "linux", "accept", "ConnectionLost"),
            ("ENONET", "linux", "receive", "Unreachable"),
            ("ENOKEY", "linux", "send", "Unreachable"),
            ("ENODEV", "linux", "bind", "InterfaceNotFound"),
            ("ENODEV", "linux", "connect", "NotSupported"),
            ("EDOM", "linux", "configure", "MisuseError"),
            ("EINVAL", "linux", "listen", "MisuseError"),
            ("EDESTADDRREQ", "darwin", "listen", "MisuseError"),
            ("EDESTADDRREQ", "darwin", "send", "DestinationRequired"),
            ("ENOTSOCK", "darwin", "connect", "NotASocket"),
            ("EPROTOTYPE", "darwin", "send", "ConnectionLost"),
            ("EPROTOTYPE", "linux", "connect", "NotSupported"),
            ("EAI_MEMORY", "linux", "resolve", "ResourceExhausted"),
            ("EINTR", "linux", "receive", "Interrupted"),
            ("EINTR", "win32", "receive", "OperationCancelled"),
            # CAN ISO-TP and Bluetooth use these in a way of their own, which has no class.
            ("ECOMM", "linux", "send", "SocketError"),
            ("EILSEQ", "linux", "receive", "SocketError"),
            ("EBADMSG", "linux", "receive", "SocketError"),
            ("EBADE", "linux", "connect", "SocketError"),
            ("EBUSY", "linux", "connect", "SocketError"),
            ("EMLINK", "linux", "connect", "SocketError"),
            ("EBADRQC", "linux", "connect", "SocketError"),
        ],
    )
    def test_symbol_in_operation(self, symbol: str, platform: str, operation: str | None, expected: str) -> None:
        assert type(from_code(symbol, platform=platform, operation=operation)).__name__ == expected

    @pytest.mark.parametrize(
        ("address", "expected"),
        [
            (("", 1), "PrivilegedPort"),
            (("", 1023), "PrivilegedPort"),
            (("::", 80, 0, 0), "PrivilegedPort"),
            (("", 0), "PermissionDenied"),
            (("", 1024), "PermissionDenied"),
            (("", "80"), "PermissionDenied"),
            ((80,), "PermissionDenied"),
            ("/run/server.sock", "PermissionDenied"),
            (None, "PermissionDenied"),
        ],
        ids=str,
    )
    def test_eacces_in_bind_depends_on_the_port(self, address: object, expected: str) -> None:
        made = from_code("EACCES", platform="linux", operation="bind", address=address)
        assert type(made).__name__ == expected

    @pytest.mark.parametrize(
        ("operation", "address", "expected"),
        [
            ("send", None, "PermissionDenied"),
            ("send", ("::ffff", 9, 0, 0), "PermissionDenied"),
            ("send", ("<broadcast>", 9), "BroadcastDenied"),
            ("send", ("10.0.0.255", 9), "BroadcastDenied"),
            ("connect", ("255.255.255.255", 9), "BroadcastDenied"),
            ("send", ("10.0.0.7", 9), "PermissionDenied"),
            ("send", ("", 9), "PermissionDenied"),
            ("send", "/run/log.sock", "PermissionDenied"),
            ("connect", None, "PermissionDenied"),
        ],
        ids=str,
    )
    def test_eacces_in_send_and_connect_depends_on_the_address(
        self, operation: str, address: object, expected: str
    ) -> None:
        assert type(from_code("EACCES", operation=operation, address=address)).__name__ == expected

    @pytest.mark.parametrize("port", [80, 1023, 1024])
    def test_windows_has_no_privileged_ports(self, port: int) -> None:
        made = from_code("EACCES", platform="win32", operation="bind", address=("", port))
        assert type(made).__name__ == "PermissionDenied"

    @pytest.mark.parametrize(
        ("symbol", "operation", "address", "expected"),
        [
            ("ELOOP", "connect", "/run/server.sock", "PathNotFound"),
            ("ELOOP", "connect", ("00:11:22:33:44:55", 1), "SocketError"),
            ("EPROTOTYPE", "send", "/run/log.sock", "NotSupported"),
            ("EPROTOTYPE", "send", b"\0log", "NotSupported"),
            ("EPROTOTYPE", "send", ("10.0.0.7", 80), "ConnectionLost"),
        ],
        ids=str,
    )
    def test_class_depends_on_whether_the_address_is_a_path(
        self, symbol: str, operation: str, address: object, expected: str
    ) -> None:
        assert type(from_code(symbol, operation=operation, address=address)).__name__ == expected

    @pytest.mark.skipif(platforms.current() == "win32", reason="Windows has no privileged ports")
    def test_what_depends_on_the_address_is_decided_for_each_address(self) -> None:
        found = [
            classify(OSError(errno.EACCES, "denied"), operation="bind", address=("", port)) for port in (80, 8080, 80)
        ]
        assert [type(each).__name__ for each in found] == ["PrivilegedPort", "PermissionDenied", "PrivilegedPort"]

    def test_eagain_in_connect_is_still_caught_as_blocking_io_error(self) -> None:
        assert isinstance(classify(BlockingIOError(errno.EAGAIN, "again"), operation="connect"), BlockingIOError)

    def test_timeout_of_the_kernel_and_elapsed_settimeout_are_one_class(self) -> None:
        kernel = classify(OSError(errno.ETIMEDOUT, "timed out"), operation="connect")
        elapsed = classify(TimeoutError("timed out"), operation="connect")
        assert type(kernel) is type(elapsed) is sockerr.ConnectTimedOut
        assert kernel is not None
        assert elapsed is not None
        assert (kernel.errno, elapsed.errno) == (errno.ETIMEDOUT, None)

    def test_permission_of_another_kind_does_not_depend_on_the_port(self) -> None:
        made = from_code("EPERM", operation="bind", address=("", 80))
        assert type(made) is sockerr.PermissionDenied

    def test_h_errno_one_is_no_eperm(self) -> None:
        made = classify(socket.herror(platforms.number("HOST_NOT_FOUND"), "Unknown host"))
        assert type(made).__name__ == "NameNotFound"
        assert isinstance(made, socket.herror)

    def test_openssl_code_one_is_no_eperm(self) -> None:
        ssl = pytest.importorskip("ssl")
        made = classify(ssl.SSLError(1, "[SSL] record layer failure"))
        assert type(made).__name__ == "TLSError"

    @pytest.mark.parametrize(
        ("name", "expected"),
        [
            ("SSLError", "TLSError"),
            ("SSLEOFError", "TLSConnectionLost"),
            ("SSLZeroReturnError", "TLSConnectionLost"),
            ("SSLSyscallError", "TLSConnectionLost"),
            ("SSLCertVerificationError", "CertificateRejected"),
            ("SSLWantReadError", "TLSWantRead"),
            ("SSLWantWriteError", "TLSWantWrite"),
        ],
    )
    def test_tls_error_goes_by_its_class(self, name: str, expected: str) -> None:
        original = getattr(pytest.importorskip("ssl"), name)
        made = classify(original(2, "message"))
        assert type(made).__name__ == expected
        assert isinstance(made, original)

    @pytest.mark.parametrize(
        ("number", "expected"),
        [(0, "TLSMisconfigured"), (1, "TLSError"), (10, "TLSError"), (11, "TLSMisconfigured")],
    )
    def test_tls_error_with_a_number_that_no_operation_has_is_of_the_settings(self, number: int, expected: str) -> None:
        # SSL_ERROR_* are 1 to 10; what the methods of an SSLContext raise has other numbers.
        assert type(classify(pytest.importorskip("ssl").SSLError(number, "message"))).__name__ == expected

    @pytest.mark.parametrize(
        ("text", "expected"), [("No cipher can be selected.", "TLSMisconfigured"), ("another text", "TLSError")]
    )
    def test_tls_error_without_a_number_goes_by_its_text(self, text: str, expected: str) -> None:
        assert type(classify(pytest.importorskip("ssl").SSLError(text))).__name__ == expected

    def test_tls_error_keeps_what_openssl_said(self) -> None:
        if sys.platform == "emscripten":
            pytest.skip("this Python has no OpenSSL")
        original = pytest.importorskip("ssl").SSLError(1, "wrong version number")
        original.reason = "WRONG_VERSION_NUMBER"
        made = classify(original)
        assert getattr(made, "reason", None) == "WRONG_VERSION_NUMBER"


class TestWindowsNumbers:
    """What `winerror` says.

    Only Windows makes errors with such numbers. Elsewhere they are imitated, with the errno that Windows' Python has
    for a number that it does not know.
    """

    @pytest.mark.parametrize("number", [1223, 1722, 170, 317, 21, 31, 51, 193])
    def test_number_that_no_table_lists_is_no_class(self, number: int) -> None:
        made = classify(of_windows(number), operation="connect")
        assert made is not None
        assert type(made).__name__ == "SocketError"
        assert (made.symbol, made.code, made.evidence) == (None, number, Evidence.WINERROR)

    @pytest.mark.parametrize("number", [1223, 1722, 170, 317, 21, 31, 51, 193])
    def test_number_that_no_table_lists_means_no_socket_without_an_operation(self, number: int) -> None:
        assert classify(of_windows(number)) is None

    @pytest.mark.parametrize("number", [10110, 10112, 11031])
    def test_number_of_winsock_means_a_socket_whatever_it_says(self, number: int) -> None:
        assert type(classify(of_windows(number))) is SocketError

    @pytest.mark.parametrize(
        ("number", "operation", "expected"),
        [
            (5, "send", "PermissionDenied"),
            (6, "send", "SocketClosed"),
            (8, "open", "ResourceExhausted"),
            (50, "send", "NotSupported"),
            (64, "accept", "ConnectionReset"),
            (68, "bind", "AddressInUse"),
            (71, "receive", "WouldBlock"),
            (87, "send", "MisuseError"),
            (122, "receive", "MisuseError"),
            (487, "bind", "AddressNotAvailable"),
            (995, "receive", "OperationCancelled"),
            (998, "send", "MisuseError"),
            (1453, "send", "NoBufferSpace"),
            (1454, "send", "NoBufferSpace"),
            (1455, "send", "NoBufferSpace"),
            (1784, "send", "MessageTooLong"),
            # WSACancelBlockingCall; no signal is involved.
            (10004, "receive", "OperationCancelled"),
            (10013, "bind", "PermissionDenied"),
            (10048, "connect", "AddressInUse"),
            (10055, "connect", "NoBufferSpace"),
            (10091, "open", "WinsockUnavailable"),
            (10092, "open", "WinsockUnavailable"),
            (10093, "open", "WinsockUnavailable"),
            (10101, "receive", "ConnectionLost"),
            (10103, "receive", "OperationCancelled"),
            (10104, "open", "WinsockUnavailable"),
            (10105, "open", "WinsockUnavailable"),
            (10106, "open", "WinsockUnavailable"),
            (10107, "open", "WinsockUnavailable"),
            (10111, "receive", "OperationCancelled"),
            (11001, "resolve", "NameNotFound"),
            (11002, "resolve", "ResolverUnavailable"),
            (11003, "resolve", "ResolverFailed"),
            (11004, "resolve", "NameNotFound"),
        ],
    )
    def test_number_has_its_class(self, number: int, operation: str, expected: str) -> None:
        assert type(classify(of_windows(number), operation=operation)).__name__ == expected
        assert type(classify(of_windows(number))).__name__ == expected

    @pytest.mark.parametrize("number", [5, 53, 64, 1223])
    def test_number_with_the_name_of_a_file_is_about_the_file(self, number: int) -> None:
        # 53 and 64 are what a lost network share fails with.
        assert classify(of_windows(number, "//server/share/file")) is None

    def test_no_environment_of_a_child_process_is_hinted_at(self) -> None:
        made = classify(of_windows(10106), operation="open")
        assert made is not None
        assert "SYSTEMROOT" in made.hint


def of_windows(number: int, filename: str | None = None) -> OSError:
    if sys.platform == "win32":
        return OSError(0, "message", filename, number)
    error = OSError(errno.EINVAL, "message", filename) if filename else OSError(errno.EINVAL, "message")
    vars(error)["winerror"] = number
    return error


# Python itself encodes what is not ASCII, and refuses labels of more than 63 characters.
LONG_LABEL = "\xe4" * 64 + ".example"


def bind(address: Any) -> None:
    with socket.socket() as sock:
        sock.bind(address)


def connect(address: Any) -> None:
    with socket.socket() as sock:
        sock.connect(address)


def send(address: Any) -> None:
    with socket.socket(type=socket.SOCK_DGRAM) as sock:
        sock.sendto(b"", address)


def resolve(address: Any) -> None:
    socket.getaddrinfo(address, 80)


def convert(address: Any) -> None:
    socket.inet_aton(address)


def resolve_name(address: Any) -> None:
    socket.gethostbyname(address)


UNUSABLE: list[tuple[str, Callable[[object], None], object]] = [
    ("bind", bind, ("127.0.0.1", 70000)),
    ("bind", bind, ("127.0.0.1", -1)),
    ("bind", bind, ("a\0b", 80)),
    ("bind", bind, (LONG_LABEL, 80)),
    ("connect", connect, ("127.0.0.1", 70000)),
    ("connect", connect, ("a\0b", 80)),
    ("connect", connect, (LONG_LABEL, 80)),
    ("send", send, ("127.0.0.1", 70000)),
    ("send", send, ("a\0b", 80)),
    ("resolve", resolve, LONG_LABEL),
    ("resolve", resolve, "\udcff"),
    ("resolve", resolve_name, "a\0b"),
    ("resolve", resolve_name, LONG_LABEL),
    ("resolve", convert, "no address"),
]
if hasattr(socket, "AF_UNIX"):

    def connect_path(address: Any) -> None:
        with socket.socket(socket.AF_UNIX) as sock:
            sock.connect(address)

    UNUSABLE.append(("connect", connect_path, "a" * 200))


class TestUnusableAddress:
    """An address that never reaches the system is a failure of the same kind."""

    @pytest.mark.parametrize(("operation", "provoke", "address"), UNUSABLE)
    def test_is_invalid_address(self, operation: str, provoke: Callable[[object], None], address: object) -> None:
        with pytest.raises(sockerr.InvalidAddress), sockerr.operation(operation, address):
            provoke(address)

    @pytest.mark.parametrize(("operation", "provoke", "address"), UNUSABLE)
    def test_is_caught_by_handlers_of_the_original(
        self, operation: str, provoke: Callable[[object], None], address: object
    ) -> None:
        with pytest.raises((OSError, OverflowError, ValueError, TypeError)) as original:
            provoke(address)
        # The layout of UnicodeEncodeError does not go together with that of OSError.
        expected = UnicodeError if original.type is UnicodeEncodeError else original.type
        with pytest.raises(expected) as info, sockerr.operation(operation, address):
            provoke(address)
        assert isinstance(info.value, OSError)

    @pytest.mark.parametrize("operation", ["open", "listen", "accept", "receive", "shutdown", "configure"])
    def test_is_something_else_in_an_operation_that_takes_no_address(self, operation: str) -> None:
        error = OverflowError("connect(): port must be 0-65535.")
        assert classify(error, operation=operation) is None

    @pytest.mark.parametrize("address", [None, (), ("127.0.0.1",), ("127.0.0.1", "80"), 5, "127.0.0.1"], ids=repr)
    def test_argument_of_the_wrong_type_is_a_bug_that_passes(self, address: object) -> None:
        with pytest.raises(TypeError) as info, sockerr.connecting(("127.0.0.1", 80)):
            connect(address)
        assert type(info.value) is TypeError

    @pytest.mark.parametrize("operation", [None, *Operation], ids=str)
    def test_nul_is_in_a_host_name_only_while_resolving(self, operation: Operation | None) -> None:
        # Elsewhere it may as well be in the path of a file.
        found = classify(ValueError("embedded null character"), operation=operation)
        assert isinstance(found, sockerr.InvalidAddress) is (operation is Operation.RESOLVE)

    def test_host_name_that_has_no_idna_form(self) -> None:
        error = UnicodeEncodeError("idna", "\udcff", 0, 1, "surrogates not allowed")
        assert isinstance(classify(error, operation="connect"), sockerr.InvalidAddress)

    def test_path_that_cannot_be_encoded(self) -> None:
        error = UnicodeEncodeError("utf-8", "/\udfff", 1, 2, "surrogates not allowed")
        assert isinstance(classify(error, operation="bind", address="/\udfff"), sockerr.InvalidAddress)

    @pytest.mark.parametrize("address", [("127.0.0.1", 80), "/run/log.sock", "\U0001f50c"], ids=repr)
    @pytest.mark.parametrize("codec", ["ascii", "utf-8"])
    def test_data_that_cannot_be_encoded_passes(self, codec: str, address: object) -> None:
        error = UnicodeEncodeError(codec, "\udcfc", 0, 1, "surrogates not allowed")
        assert classify(error, operation="send", address=address) is None

    def test_text_among_other_arguments_is_not_that_of_the_socket_module(self) -> None:
        assert classify(OverflowError("connect(): port must be 0-65535.", 70000), operation="connect") is None

    def test_text_may_follow_the_name_of_a_function(self) -> None:
        found = [
            type(classify(OSError(text))) for text in ("unsupported address family", "bind(): unknown address family")
        ]
        assert found == [sockerr.AddressFamilyNotSupported] * 2

    def test_keeps_the_arguments(self) -> None:
        error = OverflowError("connect(): port must be 0-65535.")
        made = classify(error, operation="connect")
        assert made is not None
        assert made.args == error.args

    def test_has_neither_symbol_nor_number(self) -> None:
        made = classify(OverflowError("connect(): port must be 0-65535."), operation="connect")
        assert made is not None
        assert (made.symbol, made.errno, made.code) == (None, None, None)


class TestSpeech:
    """What str() says."""

    @given(errors_in_operations, operations, addresses)
    def test_operation_comes_first(self, error: OSError, operation: Operation, address: object) -> None:
        made = classify(error, operation=operation, address=address)
        assert str(made).startswith(operation.value)

    @given(socket_errors, operations_or_none)
    def test_symbol_comes_last(self, error: OSError, operation: Operation | None) -> None:
        made = classify(error, operation=operation)
        assert made is not None
        assert made.symbol is None or str(made).endswith(f" ({made.symbol})")

    def test_all_there_is(self) -> None:
        error = sockerr.ConnectionRefused(111, "refused", operation="connect", address=("db.internal", 5432))
        error.symbol = "ECONNREFUSED"
        assert str(error) == "connect db.internal:5432: [Errno 111] refused (ECONNREFUSED)"

    def test_meaning_where_there_is_no_message(self) -> None:
        assert str(sockerr.Unreachable()) == "The peer cannot be reached"

    def test_message_alone_where_there_is_no_number(self) -> None:
        assert str(classify(TimeoutError("timed out"), operation="accept")) == "accept: timed out"

    def test_number_abroad_where_it_was_born_there(self) -> None:
        name = "haiku1" if platforms.current() != "haiku1" else "linux"
        made = from_code("ECONNREFUSED", "refused", platform=name)
        assert str(made).endswith(f"(ECONNREFUSED, {platforms.number('ECONNREFUSED', name)} on {name})")

    @pytest.mark.parametrize(
        ("address", "spelling"),
        [
            (("db.internal", 5432), "db.internal:5432"),
            (("::1", 80, 0, 0), "[::1]:80"),
            ("/run/server.sock", "/run/server.sock"),
            (b"\0abstract", "b'\\x00abstract'"),
            ((0, 4), "(0, 4)"),
            (("can0",), "('can0',)"),
            (("db.internal", "http"), "('db.internal', 'http')"),
        ],
        ids=repr,
    )
    def test_address_is_spelt_as_people_write_it(self, address: object, spelling: str) -> None:
        assert str(sockerr.InvalidAddress("text", address=address)) == f"{spelling}: text"

    def test_address_without_usable_repr(self) -> None:
        assert "Hostile object" in str(sockerr.InvalidAddress("text", address=Hostile()))

    @given(socket_errors)
    def test_never_raises_where_the_original_does_not(self, error: OSError) -> None:
        assert str(error) in str(classify(error))

    def test_message_that_is_no_text(self) -> None:
        assert "5" in str(classify(TimeoutError(None, 5)))


class Hostile:
    """A value that cannot be printed."""

    def __repr__(self) -> str:
        raise RuntimeError("repr")


VALUES = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary() | st.builds(object)


class TestRecord:
    """What as_dict() says."""

    @given(socket_errors, operations_or_none, addresses)
    def test_has_the_keys_that_its_type_promises(
        self, error: OSError, operation: Operation | None, address: object
    ) -> None:
        made = classify(error, operation=operation, address=address)
        assert made is not None
        assert set(made.as_dict()) == set(ErrorRecord.__annotations__)

    @given(socket_errors, operations_or_none, addresses)
    def test_survives_json(self, error: OSError, operation: Operation | None, address: object) -> None:
        made = classify(error, operation=operation, address=address)
        assert made is not None
        assert json.loads(json.dumps(made.as_dict())) == made.as_dict()

    @given(st.sampled_from(SYSTEM), st.lists(VALUES, max_size=5), VALUES | st.builds(Hostile))
    def test_json_takes_it_whatever_the_error_was_built_with(
        self, cls: type[OSError], args: list[Any], address: object
    ) -> None:
        try:
            error = cls(*args)
        except (TypeError, ValueError, OverflowError):
            # BlockingIOError is particular about the third argument, Windows about the fourth.
            error = cls(*args[:2])
        made = classify(error, operation="connect", address=address)
        assert made is None or json.dumps(made.as_dict())

    def test_says_what_is_known(self) -> None:
        made = from_code("ECONNRESET", "reset", platform="linux", operation="receive", address=("db.internal", 5432))
        number = platforms.number("ECONNRESET")
        expected: ErrorRecord = {
            "error": "ConnectionReset",
            "symbol": "ECONNRESET",
            "operation": "receive",
            "address": "db.internal:5432",
            "located": "given",
            "message": str(made),
            "errno": number,
            "strerror": "reset",
            "filename": None,
            "filename2": None,
            "winerror": None,
            "args": [number, "reset"],
            "retry": "if_idempotent",
            "fault": "peer",
            "hint": made.hint,
            "evidence": "errno",
            "library": None,
            "platform": "linux",
            "code": 104,
            "causes": [],
        }
        assert made.as_dict() == expected

    def test_tells_the_causes(self) -> None:
        made = sockerr.Unreachable()
        made.causes = (sockerr.HostDown(), sockerr.NetworkDown())
        assert [each["error"] for each in made.as_dict()["causes"]] == ["HostDown", "NetworkDown"]

    def test_advice_of_several_causes_is_the_most_cautious(self) -> None:
        made = sockerr.SocketError("several", operation="connect")
        made.causes = (sockerr.ConnectTimedOut(), sockerr.AlreadyConnected())
        assert made.retry is Retry.NEVER

    def test_causes_that_somebody_else_put_on_the_original_are_not_ours(self) -> None:
        original = OSError(errno.ECONNREFUSED, "refused")
        vars(original)["causes"] = ["the weather"]
        made = classify(original, operation="connect")
        assert made is not None
        assert made.retry is Retry.SAFE

    def test_type_hints_resolve(self) -> None:
        assert set(get_type_hints(ErrorRecord)) == set(ErrorRecord.__annotations__)


class TestFromCode:
    def test_symbol_has_the_number_of_this_machine(self) -> None:
        made = from_code("ECONNREFUSED")
        assert (made.errno, made.code, made.platform) == (errno.ECONNREFUSED, errno.ECONNREFUSED, platforms.current())

    def test_number_of_this_machine_has_its_symbol(self) -> None:
        assert from_code(errno.ECONNREFUSED).symbol == "ECONNREFUSED"

    def test_number_of_another_system_is_translated(self) -> None:
        made = from_code(10061, platform="windows")
        assert (made.symbol, made.platform, made.code) == ("ECONNREFUSED", "win32", 10061)
        assert made.errno == errno.ECONNREFUSED

    def test_symbol_of_another_system_has_its_code(self) -> None:
        made = from_code("ECONNREFUSED", platform="darwin")
        assert (made.platform, made.code) == ("darwin", 61)

    def test_symbol_that_this_machine_lacks_has_no_number(self) -> None:
        lacking = next(
            symbol
            for name in platforms.names()
            for symbol in platforms.table(name)
            if symbol.startswith("E") and platforms.number(symbol) is None
        )
        made = from_code(lacking)
        assert (made.symbol, made.errno, made.code) == (lacking, None, None)

    @pytest.mark.parametrize(
        ("spelling", "symbol"),
        [("EWOULDBLOCK", "EAGAIN"), ("WSAEWOULDBLOCK", "EAGAIN"), ("WSAECONNREFUSED", "ECONNREFUSED")],
    )
    def test_symbol_is_made_canonical(self, spelling: str, symbol: str) -> None:
        assert from_code(spelling).symbol == symbol

    @pytest.mark.skipif(
        getattr(errno, "ENOTSUP", None) != errno.EOPNOTSUPP, reason="the two have numbers of their own here"
    )
    def test_enotsup_is_eopnotsupp_where_they_share_a_number(self) -> None:
        assert from_code("ENOTSUP").symbol == "EOPNOTSUPP"

    def test_kind_tells_numbers_apart(self) -> None:
        kinds: tuple[platforms.Kind, ...] = ("errno", "herror")
        found = [from_code(1, kind=kind, platform="linux").symbol for kind in kinds]
        assert found == ["EPERM", "HOST_NOT_FOUND"]

    def test_errno_goes_before_other_kinds(self) -> None:
        assert from_code(8, platform="darwin").symbol == "ENOEXEC"

    def test_resolver_code_is_found_where_no_errno_has_the_number(self) -> None:
        made = from_code(-2, platform="linux")
        assert isinstance(made, sockerr.NameNotFound)
        assert made.evidence is Evidence.RESOLVER

    def test_message_can_be_given(self) -> None:
        assert from_code("ECONNREFUSED", "no").strerror == "no"

    def test_message_is_this_machines(self) -> None:
        assert from_code("EPERM").strerror == os.strerror(errno.EPERM)

    def test_message_of_winsock_is_pythons_own(self, monkeypatch: pytest.MonkeyPatch) -> None:
        # Windows is simulated here; what is read there is read where the suite runs on it.
        monkeypatch.setattr("sockerr._numbers._winsock_messages", {errno.ECONNREFUSED: "Connection refused."})
        monkeypatch.setattr("os.strerror", lambda _number: "Unknown error")
        assert from_code("ECONNREFUSED").strerror == "Connection refused."

    def test_number_that_another_system_does_not_know_is_told(self) -> None:
        made = from_code(424242, platform="haiku1")
        assert type(made) is SocketError
        assert (made.errno, made.code, made.strerror) == (None, 424242, "Unknown error 424242")


class TestPredicates:
    @pytest.mark.parametrize(
        ("error", "retryable", "safe"),
        [
            (sockerr.ConnectTimedOut(), True, True),
            (sockerr.ReceiveTimedOut(), True, False),
            (sockerr.WouldBlock(), False, False),
            (sockerr.AlreadyConnected(), False, False),
            (ConnectionResetError(errno.ECONNRESET, "reset"), True, False),
            # The name may be that of a redirect, which was the answer to a request that was acted on.
            (socket.gaierror(socket.EAI_AGAIN, "again"), True, False),
            (ValueError("something else"), False, False),
            (KeyboardInterrupt(), False, False),
        ],
        ids=lambda value: type(value).__name__ if isinstance(value, BaseException) else None,
    )
    def test_predicates(self, error: BaseException, retryable: bool, safe: bool) -> None:
        assert (sockerr.is_retryable(error), sockerr.is_safe_to_retry(error)) == (retryable, safe)
