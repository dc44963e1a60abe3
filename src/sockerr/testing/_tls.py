"""The endpoint that speaks TLS, with one fault."""

import contextlib
import socket
import tempfile
import warnings
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

from ._endpoint import LOOPBACK, Endpoint, bound
from ._serving import Link, serving
from ._unavailable import require_ssl, require_trustme

if TYPE_CHECKING:
    import ssl
    from collections.abc import Generator

    import trustme

TLSFault: TypeAlias = Literal[
    "expired", "not-yet-valid", "self-signed", "wrong-host", "unknown-ca", "old-version", "client-certificate"
]
_DAY = timedelta(days=1)
_NAMES = ("localhost", *LOOPBACK.values())


class TLSEndpoint(Endpoint):
    """An endpoint that speaks TLS."""

    ca_file: str
    """The file, in PEM format, of the authority that a client is to trust."""

    def client_context(self) -> "ssl.SSLContext":
        """Return a client's `SSLContext` that trusts the authority and verifies everything."""
        import ssl

        return ssl.create_default_context(cafile=self.ca_file)


@contextlib.contextmanager
def tls(fault: TLSFault, *, family: int = socket.AF_INET, port: int = 0) -> "Generator[TLSEndpoint]":
    """Fail the TLS handshake with every client that verifies certificates.

    `fault` is one of

    - `"expired"` or `"not-yet-valid"`: the certificate has expired, or is not yet valid
    - `"wrong-host"`: the certificate is for another host
    - `"self-signed"`: the certificate is signed with its own key
    - `"unknown-ca"`: an authority that the client does not trust has signed the certificate
    - `"old-version"`: the server speaks nothing newer than TLS 1.1, which RFC 8996 forbids
    - `"client-certificate"`: the server demands a certificate from the client. With TLS 1.3 the client learns this when
      it receives something, after its handshake.

    The endpoint has `ca_file`, the authority that a client is to trust, and `client_context()`.

    >>> import pytest, socket
    >>> from sockerr import CertificateExpired, classify, testing
    >>> with testing.tls("expired") as endpoint, socket.create_connection(endpoint.address) as client:
    ...     with pytest.raises(OSError) as caught:
    ...         endpoint.client_context().wrap_socket(client, server_hostname=endpoint.host)
    >>> isinstance(classify(caught.value), CertificateExpired)
    True

    Raises `Unavailable` without the package trustme, which makes the certificates (`pip install 'sockerr[testing]'`),
    `ValueError` for another fault, and what `refusing` raises.
    """
    if fault not in get_args(TLSFault):
        raise ValueError(f"unknown fault {fault!r}: expected one of {', '.join(get_args(TLSFault))}")
    context = _context(fault)
    with (
        tempfile.TemporaryDirectory(prefix="sockerr-") as folder,
        bound(family, port) as listener,
    ):
        endpoint = TLSEndpoint(listener.getsockname())
        endpoint.ca_file = str(Path(folder) / "authority.pem")
        _authority().cert_pem.write_to_path(endpoint.ca_file)
        with serving(endpoint, listener, partial(_shake_hands, context)):
            yield endpoint


async def _shake_hands(context: "ssl.SSLContext", link: Link) -> None:
    """Shake hands until that is done or has failed, and end the connection.

    asyncio's own TLS would close without the alert that tells the client why (seen in Python 3.11 to 3.14).
    """
    import ssl

    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    server = context.wrap_bio(incoming, outgoing, server_side=True)
    with contextlib.suppress(ssl.SSLError):
        while not _is_done(server):
            await link.send(outgoing.read())
            incoming.write(await link.receive())
    await link.send(outgoing.read())
    await link.close()


def _is_done(server: "ssl.SSLObject") -> bool:
    from ssl import SSLWantReadError

    try:
        server.do_handshake()
    except SSLWantReadError:
        return False
    return True


@cache
def _context(fault: TLSFault) -> "ssl.SSLContext":
    require_ssl()
    import ssl

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    # Some clients look at the protocol before they look at the certificate.
    context.set_alpn_protocols(["h2", "http/1.1", "postgresql"])
    certificate = _self_signed() if fault == "self-signed" else _certificate(fault).private_key_and_cert_chain_pem
    with certificate.tempfile() as path:
        context.load_cert_chain(path)
    if fault == "client-certificate":
        context.verify_mode = ssl.CERT_REQUIRED
    if fault == "old-version":
        context.set_ciphers("ALL:@SECLEVEL=0")
        with warnings.catch_warnings():
            # Python warns that these versions are deprecated, which is why they are asked for.
            warnings.simplefilter("ignore", DeprecationWarning)
            context.minimum_version = ssl.TLSVersion.TLSv1
            context.maximum_version = ssl.TLSVersion.TLSv1_1
    return context


def _certificate(fault: TLSFault) -> "trustme.LeafCert":
    now = datetime.now(UTC)
    match fault:
        case "expired":
            return _authority().issue_cert(*_NAMES, not_before=now - 2 * _DAY, not_after=now - _DAY)
        case "not-yet-valid":
            return _authority().issue_cert(*_NAMES, not_before=now + _DAY, not_after=now + 2 * _DAY)
        case "wrong-host":
            return _authority().issue_cert("another-host.invalid")
        case "unknown-ca":
            return _new_authority("an authority that the client does not trust").issue_cert(*_NAMES)
        case _:
            return _authority().issue_cert(*_NAMES)


def _self_signed() -> "trustme.Blob":
    """Return a key, and a certificate for these hosts that is signed with it, which trustme does not make."""
    require_trustme()
    import trustme
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.ORGANIZATION_NAME, "nobody")])
    hosts = [x509.DNSName("localhost"), *(x509.IPAddress(ip_address(each)) for each in LOOPBACK.values())]
    certificate = (
        x509.CertificateBuilder()
        .issuer_name(name)
        .subject_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _DAY)
        .not_valid_after(now + _DAY)
        .add_extension(x509.SubjectAlternativeName(hosts), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem, pkcs8 = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    return trustme.Blob(key.private_bytes(pem, pkcs8, serialization.NoEncryption()) + certificate.public_bytes(pem))


@cache
def _authority() -> "trustme.CA":
    return _new_authority("the authority that the client trusts")


def _new_authority(name: str) -> "trustme.CA":
    require_trustme()
    import trustme

    return trustme.CA(organization_name=name)
