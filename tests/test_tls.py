"""TLS with certificates: every class, from the handshake that fails with it.

The certificates are made by the command `openssl`. Handshakes happen in memory, with both ends in one thread.
"""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import sockerr
from sockerr import Fault, Retry, SocketError, classify
from sockerr._instances import public_class

if sys.platform in ("win32", "emscripten") or shutil.which("openssl") is None:
    pytest.skip("there is no command openssl here to make certificates with", allow_module_level=True)

import ssl

NAME = "db.example"
EVER = ("20200101000000Z", "20991231000000Z")
PAST = ("20200101000000Z", "20200102000000Z")
FUTURE = ("20980101000000Z", "20991231000000Z")

# Python 3.13 insists on what RFC 5280 asks of an authority.
AUTHORITY = ("basicConstraints=critical,CA:TRUE", "keyUsage=critical,keyCertSign")

CONFIGURATION = """
[ca]
default_ca = authority
[authority]
dir = {folder}
new_certs_dir = {folder}
database = {folder}/index
default_md = sha256
policy = any
rand_serial = yes
copy_extensions = copy
x509_extensions = identifiers
unique_subject = no
[identifiers]
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid:always
[any]
commonName = supplied
[req]
distinguished_name = names
[names]
"""


class Workshop:
    """Makes certificates in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "index").touch()
        (folder / "configuration").write_text(CONFIGURATION.format(folder=folder), encoding="utf-8")
        self.authority = self.make("authority", EVER, AUTHORITY)
        self.good = self.make("good", EVER, signer="authority")

    def make(
        self,
        name: str,
        days: tuple[str, str] = EVER,
        extensions: tuple[str, ...] = (f"subjectAltName=DNS:{NAME}",),
        *,
        signer: str | None = None,
        key: str = "ec -pkeyopt ec_paramgen_curve:P-256",
    ) -> Path:
        """Make a key and a certificate, signed by that key itself if no signer is named; return the certificate."""
        request = f"req -config configuration -new -newkey {key} -nodes -keyout {name}.key -subj /CN={name}"
        self.openssl(f"{request} -out {name}.csr", *(word for each in extensions for word in ("-addext", each)))
        signed = f"-cert {signer}.pem -keyfile {signer}.key" if signer else f"-selfsign -keyfile {name}.key"
        dates = f"-startdate {days[0]} -enddate {days[1]}"
        self.openssl(f"ca -config configuration -batch -notext {signed} {dates} -in {name}.csr -out {name}.pem")
        return self.folder / f"{name}.pem"

    def openssl(self, arguments: str, *more: str) -> None:
        """Run a command of openssl in the folder."""
        subprocess.run(["openssl", *arguments.split(), *more], cwd=self.folder, check=True, capture_output=True)

    def server(self, certificate: Path | None = None) -> ssl.SSLContext:
        """A server's context, with the good certificate or another one."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        chosen = certificate or self.good
        context.load_cert_chain(chosen, chosen.with_suffix(".key"))
        return context

    def client(self) -> ssl.SSLContext:
        """The context of a client that trusts the authority."""
        return ssl.create_default_context(cafile=str(self.authority))


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    return Workshop(tmp_path_factory.mktemp("certificates"))


class Conversation:
    """Two ends of a TLS connection, each with what it failed with."""

    def __init__(self, server: ssl.SSLContext, client: ssl.SSLContext, name: str = NAME) -> None:
        there, back = ssl.MemoryBIO(), ssl.MemoryBIO()
        self.server = server.wrap_bio(there, back, server_side=True)
        self.client = client.wrap_bio(back, there, server_hostname=name)
        self.failed: dict[str, ssl.SSLError] = {}

    def shake_hands(self) -> "Conversation":
        """Go on until each end is done or has failed."""
        for _ in range(10):
            self._try("connect", self.client.do_handshake)
            self._try("accept", self.server.do_handshake)
        return self

    def receive(self) -> "Conversation":
        """Let the client read what the server has to say after the handshake."""
        self._try("receive", self.client.read)
        return self

    def _try(self, operation: str, call: Callable[[], object]) -> None:
        if operation in self.failed:
            return
        try:
            call()
        except ssl.SSLError as error:
            if not isinstance(error, ssl.SSLWantReadError):
                self.failed[operation] = error

    def in_(self, operation: str) -> SocketError:
        """What an operation failed with, typed."""
        return typed(self.failed[operation], operation)


def typed(error: ssl.SSLError, operation: str | None = None) -> SocketError:
    """What classify() makes of an error."""
    found = classify(error, operation=operation)
    assert found is not None
    return found


class TestServersCertificate:
    """The client does not accept the server's certificate."""

    def test_good_one_is_accepted(self, workshop: Workshop) -> None:
        assert not Conversation(workshop.server(), workshop.client()).shake_hands().failed

    @pytest.mark.parametrize("days", [PAST, FUTURE], ids=["past", "future"])
    def test_expired_or_not_yet_valid(self, workshop: Workshop, days: tuple[str, str]) -> None:
        certificate = workshop.make("untimely", days, signer="authority")
        talk = Conversation(workshop.server(certificate), workshop.client()).shake_hands()
        assert public_class(type(talk.in_("connect"))) is sockerr.CertificateExpired
        assert talk.in_("connect").retry is Retry.NEVER

    @pytest.mark.parametrize("name", ["other.example", "192.0.2.1"])
    def test_another_name(self, workshop: Workshop, name: str) -> None:
        talk = Conversation(workshop.server(), workshop.client(), name).shake_hands()
        assert public_class(type(talk.in_("connect"))) is sockerr.CertificateNameMismatch

    def test_unknown_authority(self, workshop: Workshop) -> None:
        talk = Conversation(workshop.server(), ssl.create_default_context()).shake_hands()
        assert public_class(type(talk.in_("connect"))) is sockerr.CertificateUntrusted
        assert talk.in_("connect").fault is Fault.HOST
        assert "verify_code" in vars(talk.in_("connect"))

    def test_self_signed(self, workshop: Workshop) -> None:
        server = workshop.server(workshop.make("selfish"))
        talk = Conversation(server, workshop.client()).shake_hands()
        assert public_class(type(talk.in_("connect"))) is sockerr.CertificateUntrusted

    def test_self_signed_authority_in_the_chain(self, workshop: Workshop) -> None:
        chain = workshop.folder / "chain.pem"
        chain.write_bytes(workshop.good.read_bytes() + workshop.authority.read_bytes())
        shutil.copy(workshop.good.with_suffix(".key"), chain.with_suffix(".key"))
        talk = Conversation(workshop.server(chain), ssl.create_default_context()).shake_hands()
        assert public_class(type(talk.in_("connect"))) is sockerr.CertificateUntrusted

    def test_made_for_another_purpose(self, workshop: Workshop) -> None:
        certificate = workshop.make("mail", extensions=("extendedKeyUsage=emailProtection",), signer="authority")
        talk = Conversation(workshop.server(certificate), workshop.client()).shake_hands()
        assert public_class(type(talk.in_("connect"))) is sockerr.CertificateRejected

    @pytest.mark.parametrize(("days", "is_known"), [(EVER, False), (PAST, True)], ids=["untrusted", "expired"])
    def test_server_hears_of_it(self, workshop: Workshop, days: tuple[str, str], is_known: bool) -> None:
        server = workshop.server(workshop.make("refused", days, signer="authority"))
        client = workshop.client() if is_known else ssl.create_default_context()
        # With TLS 1.3 the server is done with the handshake before it hears of it.
        client.maximum_version = ssl.TLSVersion.TLSv1_2
        heard = Conversation(server, client).shake_hands().in_("accept")
        assert public_class(type(heard)) is sockerr.CertificateRejectedByPeer
        assert heard.retry is Retry.SAFE


class TestClientsCertificate:
    """The server asks for a certificate of the client."""

    @pytest.fixture
    def demanding(self, workshop: Workshop) -> ssl.SSLContext:
        context = workshop.server()
        context.verify_mode = ssl.CERT_REQUIRED
        context.load_verify_locations(workshop.authority)
        return context

    def test_missing_one_is_told_when_the_client_receives(self, workshop: Workshop, demanding: ssl.SSLContext) -> None:
        talk = Conversation(demanding, workshop.client()).shake_hands().receive()
        assert "connect" not in talk.failed
        assert public_class(type(talk.in_("receive"))) is sockerr.ClientCertificateRequired
        assert talk.in_("receive").fault is Fault.CALLER

    def test_missing_one_costs_the_server_that_client(self, workshop: Workshop, demanding: ssl.SSLContext) -> None:
        missed = Conversation(demanding, workshop.client()).shake_hands().in_("accept")
        assert public_class(type(missed)) is sockerr.ClientCertificateRequired
        assert (missed.fault, missed.retry) == (Fault.PEER, Retry.SAFE)

    def test_unknown_one_is_refused(self, workshop: Workshop, demanding: ssl.SSLContext) -> None:
        client = workshop.client()
        certificate = workshop.make("stranger")
        client.load_cert_chain(certificate, certificate.with_suffix(".key"))
        talk = Conversation(demanding, client).shake_hands().receive()
        assert public_class(type(talk.in_("receive"))) is sockerr.CertificateRejectedByPeer
        assert public_class(type(talk.in_("accept"))) is sockerr.CertificateUntrusted
        assert talk.in_("accept").retry is Retry.SAFE

    def test_expired_one_is_refused(self, workshop: Workshop, demanding: ssl.SSLContext) -> None:
        client = workshop.client()
        certificate = workshop.make("late", PAST, signer="authority")
        client.load_cert_chain(certificate, certificate.with_suffix(".key"))
        talk = Conversation(demanding, client).shake_hands().receive()
        assert public_class(type(talk.in_("receive"))) is sockerr.CertificateRejectedByPeer
        assert public_class(type(talk.in_("accept"))) is sockerr.CertificateExpired


class TestHandshake:
    @pytest.mark.parametrize(
        "said",
        [b"GET / HTTP/1.1\r\n\r\n", b"CONNECT db:443 HTTP/1.1\r\n\r\n", b"EHLO here\r\n" * 9],
        ids=["http", "proxy", "mail"],
    )
    def test_client_that_speaks_plain_text(self, workshop: Workshop, said: bytes) -> None:
        inbox = ssl.MemoryBIO()
        inbox.write(said)
        server = workshop.server().wrap_bio(inbox, ssl.MemoryBIO(), server_side=True)
        with pytest.raises(ssl.SSLError) as caught:
            server.do_handshake()
        found = typed(caught.value, "accept")
        assert public_class(type(found)) is sockerr.NotTLS
        assert found.retry is Retry.SAFE

    def test_no_common_version(self, workshop: Workshop) -> None:
        server, client = workshop.server(), workshop.client()
        client.maximum_version = ssl.TLSVersion.TLSv1_2
        server.minimum_version = ssl.TLSVersion.TLSv1_3
        talk = Conversation(server, client).shake_hands()
        assert public_class(type(talk.in_("connect"))) is sockerr.TLSVersionMismatch
        assert public_class(type(talk.in_("accept"))) is sockerr.TLSVersionMismatch
        assert (talk.in_("connect").retry, talk.in_("accept").retry) == (Retry.NEVER, Retry.SAFE)

    def test_no_common_cipher_is_no_class_of_its_own(self, workshop: Workshop) -> None:
        server, client = workshop.server(), workshop.client()
        client.maximum_version = ssl.TLSVersion.TLSv1_2
        server.set_ciphers("ECDHE-ECDSA-AES256-GCM-SHA384")
        client.set_ciphers("ECDHE-ECDSA-AES128-GCM-SHA256")
        assert public_class(type(Conversation(server, client).shake_hands().in_("accept"))) is sockerr.TLSError


class TestLostConnection:
    @pytest.fixture
    def ends(self, workshop: Workshop) -> Iterator[tuple[ssl.SSLSocket, ssl.SSLSocket]]:
        ours, theirs = socket.socketpair()
        client = workshop.client().wrap_socket(
            ours, server_hostname=NAME, do_handshake_on_connect=False, suppress_ragged_eofs=False
        )
        server = workshop.server().wrap_socket(theirs, server_side=True, do_handshake_on_connect=False)
        for each in (client, server):
            each.settimeout(0)
        for _ in range(4):
            for each in (client, server):
                with contextlib.suppress(ssl.SSLWantReadError):
                    each.do_handshake()
        with client, server:
            yield client, server

    @pytest.mark.skipif(
        "QEMU_LD_PREFIX" in os.environ, reason="under qemu-user an abrupt close looks like an orderly one"
    )
    def test_receive_after_an_abrupt_close(self, ends: tuple[ssl.SSLSocket, ssl.SSLSocket]) -> None:
        client, server = ends
        server.close()
        with pytest.raises(sockerr.ConnectionLost) as caught, sockerr.receiving():
            client.recv(1)
        # CPython 3.14 with OpenSSL 3.6 reports EPIPE; earlier ones raise SSLEOFError.
        is_eof = isinstance(caught.value, ssl.SSLEOFError)
        assert public_class(type(caught.value)) is (sockerr.TLSConnectionLost if is_eof else sockerr.BrokenPipe)
        assert caught.value.retry is Retry.IF_IDEMPOTENT

    def test_send_after_an_abrupt_close(self, ends: tuple[ssl.SSLSocket, ssl.SSLSocket]) -> None:
        client, server = ends
        server.close()
        with pytest.raises(sockerr.ConnectionLost) as caught, sockerr.sending():
            client.send(b"anybody?")
        assert caught.value.retry is Retry.IF_IDEMPOTENT

    def test_send_after_the_peer_has_ended_the_conversation(self, ends: tuple[ssl.SSLSocket, ssl.SSLSocket]) -> None:
        client, server = ends
        with pytest.raises(ssl.SSLWantReadError):
            server.unwrap()
        server.close()
        assert not client.recv(1)
        with pytest.raises(sockerr.ConnectionLost) as caught, sockerr.sending():
            client.send(b"anybody?")
        assert caught.value.retry is Retry.IF_IDEMPOTENT


class TestSetUp:
    """What is wrong on this side, before there is a connection."""

    def assert_misconfigured(self, call: Callable[[], object]) -> None:
        with pytest.raises(ssl.SSLError) as caught:
            call()
        found = typed(caught.value)
        assert public_class(type(found)) is sockerr.TLSMisconfigured
        assert (found.retry, found.fault) == (Retry.NEVER, Fault.CALLER)

    def test_key_of_another_certificate(self, workshop: Workshop) -> None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        other = workshop.authority.with_suffix(".key")
        self.assert_misconfigured(lambda: context.load_cert_chain(workshop.good, other))

    def test_key_that_is_too_short(self, workshop: Workshop) -> None:
        short = workshop.make("short", key="rsa:1024")
        self.assert_misconfigured(lambda: workshop.server(short))

    def test_file_without_certificate(self, workshop: Workshop) -> None:
        (workshop.folder / "empty.pem").touch()
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.assert_misconfigured(lambda: context.load_cert_chain(workshop.folder / "empty.pem"))

    def test_wrong_password(self, workshop: Workshop) -> None:
        workshop.openssl("ec -in good.key -aes128 -passout pass:right -out locked.key")
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        locked = workshop.folder / "locked.key"
        self.assert_misconfigured(lambda: context.load_cert_chain(workshop.good, locked, "wrong"))

    def test_trusted_file_without_certificate(self, workshop: Workshop) -> None:
        (workshop.folder / "none.pem").touch()
        self.assert_misconfigured(lambda: ssl.create_default_context(cafile=str(workshop.folder / "none.pem")))

    def test_ciphers_that_do_not_exist(self) -> None:
        self.assert_misconfigured(lambda: ssl.create_default_context().set_ciphers("NONE-SUCH"))

    def test_version_range_that_is_empty(self, workshop: Workshop) -> None:
        client = workshop.client()
        client.minimum_version = ssl.TLSVersion.TLSv1_3
        client.maximum_version = ssl.TLSVersion.TLSv1_2
        self.assert_misconfigured(Conversation(workshop.server(), client).client.do_handshake)
