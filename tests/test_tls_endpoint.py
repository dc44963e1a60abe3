"""The endpoint of `sockerr.testing` that speaks TLS, with every fault."""

import socket
import ssl
import warnings
from typing import get_args

import pytest

import sockerr
from sockerr import Operation, SocketError, classify, testing
from sockerr.testing._tls import TLSFault

pytest.importorskip("trustme", reason="needs the package trustme: pip install 'sockerr[testing]'")
pytestmark = pytest.mark.usefixtures("loopback")

MET: dict[TLSFault, tuple[type[SocketError], Operation]] = {
    "expired": (sockerr.CertificateExpired, Operation.CONNECT),
    "not-yet-valid": (sockerr.CertificateExpired, Operation.CONNECT),
    "self-signed": (sockerr.CertificateUntrusted, Operation.CONNECT),
    "wrong-host": (sockerr.CertificateNameMismatch, Operation.CONNECT),
    "unknown-ca": (sockerr.CertificateUntrusted, Operation.CONNECT),
    "old-version": (sockerr.TLSVersionMismatch, Operation.CONNECT),
    "client-certificate": (sockerr.ClientCertificateRequired, Operation.RECEIVE),
}


def ask(endpoint: testing.TLSEndpoint, context: ssl.SSLContext) -> bytes:
    with (
        socket.create_connection(endpoint.address, 5) as client,
        context.wrap_socket(client, server_hostname="localhost") as secured,
    ):
        secured.sendall(b"anybody?")
        return secured.recv(100)


def test_every_fault_is_here() -> None:
    assert set(MET) == set(get_args(TLSFault))


@pytest.mark.parametrize("fault", MET)
def test_client_meets_the_fault(fault: TLSFault) -> None:
    with testing.tls(fault) as endpoint, pytest.raises(ssl.SSLError) as caught:
        ask(endpoint, endpoint.client_context())
    found = classify(caught.value)
    assert found is not None
    assert (type(found).__name__, found.operation) == (MET[fault][0].__name__, MET[fault][1])


@pytest.mark.parametrize("fault", ["expired", "not-yet-valid", "self-signed", "wrong-host", "unknown-ca"])
def test_client_that_verifies_nothing_is_closed_in_good_order(fault: TLSFault) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    with testing.tls(fault) as endpoint:
        assert ask(endpoint, context) == b""


def test_authority_is_a_file_while_the_endpoint_is_there() -> None:
    with testing.tls("expired") as endpoint:
        assert ssl.create_default_context(cafile=endpoint.ca_file).get_ca_certs()
    with pytest.raises(FileNotFoundError):
        endpoint.client_context()


def test_old_versions_come_without_a_warning() -> None:
    with warnings.catch_warnings(record=True) as caught, testing.tls("old-version"):
        pass
    assert not caught
