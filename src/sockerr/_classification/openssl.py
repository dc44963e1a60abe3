"""Read what OpenSSL says in a text that a library has copied."""

import re

from sockerr._errors import CertificateRejected, TLSError
from sockerr._registry import by_tls_reason, by_verify_code

TYPE_CHECKING = False
if TYPE_CHECKING:
    from sockerr._socket_error import SocketError

# OpenSSL's sentences for the codes of X509_STORE_CTX_get_error(3), from x509_txt.c; the last two are CPython's.
VERIFY_CODES = {
    "certificate is not yet valid": 9,
    "certificate has expired": 10,
    "self-signed certificate": 18,
    "self signed certificate": 18,
    "self-signed certificate in certificate chain": 19,
    "self signed certificate in certificate chain": 19,
    "unable to get local issuer certificate": 20,
    "unable to verify the first certificate": 21,
    "hostname mismatch": 62,
    "IP address mismatch": 64,
    "Hostname mismatch, certificate is not valid for": 62,
    "IP address mismatch, certificate is not valid for": 64,
}


def openssl_class(text: str) -> "type[SocketError]":
    """Return the class for the result of a verification, or for the reason of an error, in a text of OpenSSL."""
    words = [each.partition("(")[0].partition("'")[0].strip() for each in re.split(r"[:\]]", text)]
    codes = [VERIFY_CODES[each] for each in words if each in VERIFY_CODES]
    if codes:
        return by_verify_code.get(codes[-1], CertificateRejected)
    reasons = [each.upper().replace(" ", "_") for each in words]
    if "CERTIFICATE_VERIFY_FAILED" in reasons:
        return CertificateRejected
    return next((by_tls_reason[each] for each in reversed(reasons) if each in by_tls_reason), TLSError)
