"""Places on loopback where a client fails, each in its own way."""

import contextlib
import dataclasses
import socket
import ssl
import struct
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import trustme

# The C library refuses a name that begins with a hyphen without asking a name server.
NOBODY = "-no-such-host.invalid"
# The host of every place but the unresolvable one, and the name in the certificates that fit.
HOST = "127.0.0.1"


@dataclass(frozen=True)
class Place:
    """Where a client is to connect to, and how long it is to wait, in seconds."""

    host: str
    port: int
    timeout: float = 0.3
    is_tls: bool = False
    """Whether the client is to speak TLS, and to verify the certificate."""

    @property
    def authority(self) -> str:
        return f"{self.host}:{self.port}"

    @property
    def url(self) -> str:
        return f"{'https' if self.is_tls else 'http'}://{self.authority}"

    @property
    def ca(self) -> str | None:
        """The file of the authority that signed the server's certificate, except where the client must not trust it."""
        return str(trusted()) if self.is_tls else None

    @property
    def context(self) -> ssl.SSLContext | None:
        """An `SSLContext` for a client that takes one; `None` where it is not to speak TLS."""
        return ssl.create_default_context(cafile=self.ca) if self.is_tls else None


def _here(sock: socket.socket) -> Place:
    host, port = sock.getsockname()
    return Place(host, port)


@contextlib.contextmanager
def refused() -> Iterator[Place]:
    """The port is taken, so that nobody else can have it, but nobody listens."""
    with socket.socket() as sock:
        sock.bind((HOST, 0))
        yield _here(sock)


@contextlib.contextmanager
def unresolvable() -> Iterator[Place]:
    """No host has the name."""
    yield Place(NOBODY, 9)


@contextlib.contextmanager
def busy() -> Iterator[Place]:
    """The backlog is full, so that Linux drops what would open another connection."""
    with contextlib.ExitStack() as stack:
        server = stack.enter_context(socket.socket())
        server.bind((HOST, 0))
        server.listen(0)
        with contextlib.suppress(TimeoutError):
            for _ in range(10):
                client = stack.enter_context(socket.socket())
                client.settimeout(0.05)
                client.connect(server.getsockname())
        yield _here(server)


@contextlib.contextmanager
def silent() -> Iterator[Place]:
    """The kernel takes connections, and nobody says a word."""
    with socket.create_server((HOST, 0)) as server:
        yield _here(server)


@contextlib.contextmanager
def _serving(serve: Callable[[socket.socket], None], *, is_tls: bool = False) -> Iterator[Place]:
    """Serve one connection after the other, each until it fails."""

    def serve_all() -> None:
        with contextlib.suppress(OSError):
            while True:
                accepted, _ = server.accept()
                with accepted, contextlib.suppress(OSError):
                    accepted.settimeout(0.5)
                    serve(accepted)

    with socket.create_server((HOST, 0)) as server:
        thread = threading.Thread(target=serve_all)
        thread.start()
        try:
            yield dataclasses.replace(_here(server), timeout=2, is_tls=is_tls)
        finally:
            # Closing alone would not wake accept() on Linux.
            server.shutdown(socket.SHUT_RDWR)
            thread.join()


def _listen(accepted: socket.socket) -> None:
    """Wait until the client has said something, or has waited for the server to begin."""
    with contextlib.suppress(TimeoutError):
        while accepted.recv(65536):
            # What is still being sent when the connection ends would fail as a broken pipe.
            accepted.settimeout(0.05)


def reset() -> AbstractContextManager[Place]:
    """Every connection is reset."""

    def serve(accepted: socket.socket) -> None:
        # Closing with no time to linger sends a reset: socket(7), SO_LINGER.
        accepted.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        _listen(accepted)

    return _serving(serve)


def closed_early() -> AbstractContextManager[Place]:
    """The server closes every connection in good order, without an answer."""
    return _serving(_listen)


def not_tls() -> AbstractContextManager[Place]:
    """The server speaks in plain text."""

    def serve(accepted: socket.socket) -> None:
        accepted.recv(65536)
        accepted.sendall(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        _listen(accepted)

    return _serving(serve, is_tls=True)


def expired() -> AbstractContextManager[Place]:
    """The certificate was valid until yesterday."""
    yesterday = datetime.now(UTC) - timedelta(days=1)
    return _with_certificate(
        _authority().issue_cert(HOST, not_before=yesterday - timedelta(days=1), not_after=yesterday)
    )


def wrong_host() -> AbstractContextManager[Place]:
    """The certificate is for another host."""
    return _with_certificate(_authority().issue_cert("another.invalid"))


def self_signed() -> AbstractContextManager[Place]:
    """Nobody whom the client trusts has signed the certificate."""
    import trustme

    return _with_certificate(trustme.CA(organization_name="nobody", key_type=trustme.KeyType.ECDSA).issue_cert(HOST))


def no_common_version() -> AbstractContextManager[Place]:
    """The server speaks no newer version than TLS 1.1, which RFC 8996 forbids."""
    context = _context(_authority().issue_cert(HOST))
    context.set_ciphers("ALL:@SECLEVEL=0")
    context.minimum_version = ssl.TLSVersion.TLSv1
    context.maximum_version = ssl.TLSVersion.TLSv1_1
    return _serving_tls(context)


def _with_certificate(certificate: "trustme.LeafCert") -> AbstractContextManager[Place]:
    return _serving_tls(_context(certificate))


def _context(certificate: "trustme.LeafCert") -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    # Some clients look at the protocol before they look at the name.
    context.set_alpn_protocols(["h2", "http/1.1", "postgresql"])
    return context


def _serving_tls(context: ssl.SSLContext) -> AbstractContextManager[Place]:
    def serve(accepted: socket.socket) -> None:
        with context.wrap_socket(accepted, server_side=True) as secured:
            _listen(secured)

    return _serving(serve, is_tls=True)


@cache
def _authority() -> "trustme.CA":
    import trustme

    return trustme.CA(key_type=trustme.KeyType.ECDSA)


@cache
def trusted() -> Path:
    """Return a file with the certificate of the authority that clients are to trust."""
    path = Path(tempfile.mkdtemp(prefix="sockerr-")) / "authority.pem"
    _authority().cert_pem.write_to_path(str(path))
    return path


PLACES: dict[str, Callable[[], AbstractContextManager[Place]]] = {
    "refused": refused,
    "unresolvable": unresolvable,
    "no connection in time": busy,
    "no reply in time": silent,
    "reset": reset,
    "closed early": closed_early,
    "certificate expired": expired,
    "certificate for another host": wrong_host,
    "certificate self-signed": self_signed,
    "not TLS": not_tls,
    "no common TLS version": no_common_version,
}
TLS = tuple(PLACES)[6:]
"""The failures of a client that speaks TLS."""
