"""TLS, as far as it goes without certificates."""

import contextlib
import socket
import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import sockerr
from sockerr.testing._endpoints import closing, not_tls
from sockerr.testing._situation import register
from sockerr.testing._unavailable import require_ssl

from .helpers import connected_pair

if TYPE_CHECKING:
    from ssl import SSLContext


@register("connect", "TLS: the server speaks plain text", sockerr.NotTLS)
def connect_tls_to_plain_text() -> None:
    require_ssl()
    import ssl

    context = ssl.create_default_context()
    with (
        not_tls(b"220 mail.example ESMTP\r\n") as endpoint,
        socket.create_connection(endpoint.address, 5) as client,
        sockerr.connecting(endpoint.address),
    ):
        context.wrap_socket(client, server_hostname="mail.example")


@register("connect", "TLS: non-blocking, the handshake goes on", sockerr.TLSWantRead)
def connect_tls_in_progress() -> None:
    require_ssl()
    import ssl

    with connected_pair() as (client, _):
        client.setblocking(False)
        context = ssl.create_default_context()
        tls = context.wrap_socket(client, server_hostname="mail.example", do_handshake_on_connect=False)
        with tls, sockerr.connecting(tls.getpeername()):
            tls.do_handshake()


@register("connect", "TLS: the server closes in the handshake", sockerr.TLSConnectionLost, sockerr.ConnectionReset)
def connect_tls_closed() -> None:
    require_ssl()
    import ssl

    context = ssl.create_default_context()
    with (
        closing() as endpoint,
        socket.create_connection(endpoint.address, 5) as client,
        sockerr.connecting(endpoint.address),
    ):
        context.wrap_socket(client, server_hostname="mail.example")


@register("connect", "TLS: the two ends have no version in common", sockerr.TLSVersionMismatch)
def connect_tls_versions() -> None:
    require_ssl()
    import ssl

    with connected_pair() as (client, accepted):
        client.settimeout(5)
        old = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        old.maximum_version = ssl.TLSVersion.TLSv1_2
        server = threading.Thread(target=_shake_hands, args=(old, accepted))
        server.start()
        new = ssl.create_default_context()
        new.minimum_version = ssl.TLSVersion.TLSv1_3
        try:
            with sockerr.connecting(client.getpeername()):
                new.wrap_socket(client, server_hostname="mail.example")
        finally:
            server.join()


def _shake_hands(context: "SSLContext", sock: socket.socket) -> None:
    with contextlib.suppress(OSError):
        context.wrap_socket(sock, server_side=True).close()


@register("open", "TLS: the file holds no certificate", sockerr.TLSMisconfigured)
def open_tls_without_certificate() -> None:
    require_ssl()
    import ssl

    with tempfile.TemporaryDirectory() as folder, sockerr.opening():
        file = Path(folder) / "empty.pem"
        file.touch()
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(file)
