"""What the names mean that families of programs have for failures: a symbol, or the name of a class.

A name is looked up without its marks and spaces: `HandshakeFailure` and `handshake_failure` are one.
"""

import re
from functools import cache

from sockerr._registry import by_tls_reason

NTSTATUS: dict[str, str] = {
    "CONNECTION_REFUSED": "ECONNREFUSED",
    "CONNECTION_RESET": "ECONNRESET",
    "CONNECTION_DISCONNECTED": "ConnectionLost",
    "CONNECTION_ABORTED": "ECONNABORTED",
    "CONNECTION_INVALID": "ENOTCONN",
    "LOCAL_DISCONNECT": "ConnectionLost",
    "REMOTE_DISCONNECT": "ConnectionLost",
    "HOST_UNREACHABLE": "EHOSTUNREACH",
    "HOST_DOWN": "EHOSTDOWN",
    "NETWORK_UNREACHABLE": "ENETUNREACH",
    "PORT_UNREACHABLE": "ECONNREFUSED",
    "IO_TIMEOUT": "ETIMEDOUT",
    "ADDRESS_ALREADY_EXISTS": "EADDRINUSE",
}
"""Source: Microsoft [MS-ERREF] 2.3.1."""

# Source: RFC 8446, section 6, and RFC 5246, section 7.2: what one side says of the certificate of the other.
_ALERTS_ABOUT_CERTIFICATES = (
    "bad_certificate",
    "certificate_expired",
    "certificate_revoked",
    "certificate_unknown",
    "unknown_certificate",
    "unknown_certificate_authority",
    "expired_certificate",
    "revoked_certificate",
    "unknown_ca",
    "unsupported_certificate",
)
_OTHER_ALERTS = (
    "unexpected_message bad_record_mac decryption_failed decryption_failed_reserved record_overflow "
    "decompression_failure handshake_failure illegal_parameter access_denied decode_error error_decoding_message "
    "decrypt_error error_decrypting_message export_restriction insufficient_security insufficient_security_level "
    "internal_error user_canceled no_renegotiation missing_extension unsupported_extension unrecognized_name "
    "bad_certificate_status_response unknown_psk_identity no_application_protocol inappropriate_fallback"
).split()
_ALERTS = {
    **dict.fromkeys(_ALERTS_ABOUT_CERTIFICATES, "CertificateRejectedByPeer"),
    **dict.fromkeys(_OTHER_ALERTS, "TLSError"),
    "protocol_version": "TLSVersionMismatch",
    "protocol_version_not_supported": "TLSVersionMismatch",
    "certificate_required": "ClientCertificateRequired",
    "no_certificate": "ClientCertificateRequired",
}

# The same names, where this side says so of the other. Source: ssl_alert.erl and ssl_handshake.erl of Erlang/OTP.
_OWN_ALERTS = {
    **dict.fromkeys(_OTHER_ALERTS, "TLSError"),
    **dict.fromkeys(("bad_certificate", "certificate_unknown", "unsupported_certificate"), "CertificateRejected"),
    "certificate_expired": "CertificateExpired",
    "certificate_revoked": "CertificateRejected",
    "unknown_ca": "CertificateUntrusted",
    "protocol_version": "TLSVersionMismatch",
    "certificate_required": "ClientCertificateRequired",
}

# Source: sslerr.h of OpenSSL; the reasons that no class has registered.
_OPENSSL = {
    **{f"sslv3_alert_{name}": means for name, means in _ALERTS.items()},
    **{f"tlsv1_alert_{name}": means for name, means in _ALERTS.items()},
    **{f"tlsv13_alert_{name}": means for name, means in _ALERTS.items()},
    **{name: cls.__name__ for name, cls in by_tls_reason.items() if name},
    "certificate_verify_failed": "CertificateRejected",
    "no_certificate_returned": "ClientCertificateRequired",
    "no_certificates_returned": "ClientCertificateRequired",
    "packet_length_too_long": "NotTLS",
    "record_too_large": "NotTLS",
    "unexpected_eof_while_reading": "TLSConnectionLost",
    "unknown_protocol": "NotTLS",
    "bad_protocol_version_number": "TLSVersionMismatch",
    "unsupported_ssl_version": "TLSVersionMismatch",
    "version_too_high": "TLSVersionMismatch",
    "wrong_ssl_version": "TLSVersionMismatch",
}

# Source: x509_vfy.h of OpenSSL; Node.js gives the names as the codes of its errors.
_X509 = {
    "UNABLE_TO_GET_ISSUER_CERT": "CertificateUntrusted",
    "UNABLE_TO_GET_ISSUER_CERT_LOCALLY": "CertificateUntrusted",
    "UNABLE_TO_VERIFY_LEAF_SIGNATURE": "CertificateUntrusted",
    "DEPTH_ZERO_SELF_SIGNED_CERT": "CertificateUntrusted",
    "SELF_SIGNED_CERT_IN_CHAIN": "CertificateUntrusted",
    "CERT_UNTRUSTED": "CertificateUntrusted",
    "CERT_HAS_EXPIRED": "CertificateExpired",
    "CERT_NOT_YET_VALID": "CertificateExpired",
    "CERT_REVOKED": "CertificateRejected",
    "CERT_REJECTED": "CertificateRejected",
    "CERT_CHAIN_TOO_LONG": "CertificateRejected",
    "CERT_SIGNATURE_FAILURE": "CertificateRejected",
    "CA_MD_TOO_WEAK": "CertificateRejected",
    "EE_KEY_TOO_SMALL": "CertificateRejected",
    "INVALID_CA": "CertificateRejected",
    "INVALID_PURPOSE": "CertificateRejected",
    "PATH_LENGTH_EXCEEDED": "CertificateRejected",
    "HOSTNAME_MISMATCH": "CertificateNameMismatch",
    "IP_ADDRESS_MISMATCH": "CertificateNameMismatch",
}

# Source: CertificateError of rustls, Error of webpki.
_RUSTLS = {
    "UnknownIssuer": "CertificateUntrusted",
    "BadSignature": "CertificateUntrusted",
    "CaUsedAsEndEntity": "CertificateUntrusted",
    "Expired": "CertificateExpired",
    "ExpiredContext": "CertificateExpired",
    "CertExpired": "CertificateExpired",
    "NotValidYet": "CertificateExpired",
    "NotValidYetContext": "CertificateExpired",
    "CertNotValidYet": "CertificateExpired",
    "certificate expired": "CertificateExpired",
    "certificate not valid yet": "CertificateExpired",
    "NotValidForName": "CertificateNameMismatch",
    "NotValidForNameContext": "CertificateNameMismatch",
    "CertNotValidForName": "CertificateNameMismatch",
    "certificate not valid for name": "CertificateNameMismatch",
    "BadEncoding": "CertificateRejected",
    "InvalidPurpose": "CertificateRejected",
    "Revoked": "CertificateRejected",
    "UnhandledCriticalExtension": "CertificateRejected",
    "UnsupportedCertVersion": "CertificateRejected",
    "ApplicationVerificationFailure": "CertificateRejected",
    "Other": "CertificateRejected",
}

# Source: net_error_list.h of Chromium.
_CHROMIUM = {
    "ADDRESS_IN_USE": "EADDRINUSE",
    "ADDRESS_INVALID": "EADDRNOTAVAIL",
    "ADDRESS_UNREACHABLE": "EHOSTUNREACH",
    "BAD_SSL_CLIENT_AUTH_CERT": "CertificateRejectedByPeer",
    "CERT_AUTHORITY_INVALID": "CertificateUntrusted",
    "CERT_COMMON_NAME_INVALID": "CertificateNameMismatch",
    "CERT_DATE_INVALID": "CertificateExpired",
    **dict.fromkeys(
        "CERT_CONTAINS_ERRORS CERT_INVALID CERT_REVOKED CERT_WEAK_SIGNATURE_ALGORITHM CERT_WEAK_KEY "
        "CERT_UNABLE_TO_CHECK_REVOCATION CERT_NO_REVOCATION_MECHANISM CERT_VALIDITY_TOO_LONG "
        "CERT_NAME_CONSTRAINT_VIOLATION CERTIFICATE_TRANSPARENCY_REQUIRED CERT_KNOWN_INTERCEPTION_BLOCKED".split(),
        "CertificateRejected",
    ),
    "CONNECTION_ABORTED": "ECONNABORTED",
    "CONNECTION_CLOSED": "ConnectionLost",
    "CONNECTION_FAILED": "ConnectFailed",
    "CONNECTION_REFUSED": "ECONNREFUSED",
    "CONNECTION_RESET": "ECONNRESET",
    "CONNECTION_TIMED_OUT": "ConnectTimedOut",
    "CONTENT_LENGTH_MISMATCH": "ConnectionLost",
    "DNS_MALFORMED_RESPONSE": "ResolverFailed",
    "DNS_SERVER_FAILED": "ResolverUnavailable",
    "DNS_TIMED_OUT": "ResolverUnavailable",
    "EMPTY_RESPONSE": "ConnectionLost",
    "ICANN_NAME_COLLISION": "EAI_NONAME",
    "INCOMPLETE_CHUNKED_ENCODING": "ConnectionLost",
    "INTERNET_DISCONNECTED": "NetworkUnreachable",
    "MSG_TOO_BIG": "EMSGSIZE",
    "NAME_NOT_RESOLVED": "EAI_NONAME",
    "NAME_RESOLUTION_FAILED": "ResolutionError",
    "NETWORK_ACCESS_DENIED": "EACCES",
    "NETWORK_CHANGED": "ConnectionLost",
    "PROXY_CERTIFICATE_INVALID": "CertificateRejected",
    "PROXY_CONNECTION_FAILED": "ConnectFailed",
    "SOCKET_NOT_CONNECTED": "ENOTCONN",
    "SOCKS_CONNECTION_FAILED": "ConnectFailed",
    "SOCKS_CONNECTION_HOST_UNREACHABLE": "EHOSTUNREACH",
    "SSL_BAD_RECORD_MAC_ALERT": "TLSError",
    "SSL_CLIENT_AUTH_CERT_NEEDED": "ClientCertificateRequired",
    "SSL_HANDSHAKE_NOT_COMPLETED": "TLSError",
    "SSL_OBSOLETE_VERSION": "TLSVersionMismatch",
    "SSL_PROTOCOL_ERROR": "TLSError",
    "SSL_UNRECOGNIZED_NAME_ALERT": "TLSError",
    "SSL_VERSION_OR_CIPHER_MISMATCH": "TLSVersionMismatch",
    "TIMED_OUT": "TimedOut",
    "TUNNEL_CONNECTION_FAILED": "ConnectFailed",
}
# Source: netwerk/base/nsNetErrorList of Mozilla, sslerr.h and secerr.h of NSS, prerr.h of NSPR.
_MOZILLA = {
    "NS_ERROR_CONNECTION_REFUSED": "ECONNREFUSED",
    "NS_ERROR_NET_EMPTY_RESPONSE": "ConnectionLost",
    "NS_ERROR_NET_INTERRUPT": "ConnectionLost",
    "NS_ERROR_NET_PARTIAL_TRANSFER": "ConnectionLost",
    "NS_ERROR_NET_RESET": "ECONNRESET",
    "NS_ERROR_NET_TIMEOUT": "TimedOut",
    "NS_ERROR_NET_INADEQUATE_SECURITY": "TLSError",
    "NS_ERROR_OFFLINE": "NetworkUnreachable",
    "NS_ERROR_PROXY_CONNECTION_REFUSED": "ECONNREFUSED",
    "NS_ERROR_UNKNOWN_HOST": "EAI_NONAME",
    "NS_ERROR_UNKNOWN_PROXY_HOST": "EAI_NONAME",
    "MOZILLA_PKIX_ERROR_CA_CERT_USED_AS_END_ENTITY": "CertificateUntrusted",
    "MOZILLA_PKIX_ERROR_MITM_DETECTED": "CertificateUntrusted",
    "MOZILLA_PKIX_ERROR_NOT_YET_VALID_CERTIFICATE": "CertificateExpired",
    "MOZILLA_PKIX_ERROR_SELF_SIGNED_CERT": "CertificateUntrusted",
    "SEC_ERROR_CERT_SIGNATURE_ALGORITHM_DISABLED": "CertificateRejected",
    "SEC_ERROR_EXPIRED_CERTIFICATE": "CertificateExpired",
    "SEC_ERROR_EXPIRED_ISSUER_CERTIFICATE": "CertificateExpired",
    "SEC_ERROR_REVOKED_CERTIFICATE": "CertificateRejected",
    "SEC_ERROR_UNKNOWN_ISSUER": "CertificateUntrusted",
    "SEC_ERROR_UNTRUSTED_CERT": "CertificateUntrusted",
    "SEC_ERROR_UNTRUSTED_ISSUER": "CertificateUntrusted",
    "SSL_ERROR_BAD_CERT_ALERT": "CertificateRejectedByPeer",
    "SSL_ERROR_BAD_CERT_DOMAIN": "CertificateNameMismatch",
    "SSL_ERROR_CERTIFICATE_UNKNOWN_ALERT": "CertificateRejectedByPeer",
    "SSL_ERROR_EXPIRED_CERT_ALERT": "CertificateRejectedByPeer",
    "SSL_ERROR_HANDSHAKE_FAILURE_ALERT": "TLSError",
    "SSL_ERROR_HANDSHAKE_FAILED": "TLSError",
    "SSL_ERROR_INTERNAL_ERROR_ALERT": "TLSError",
    "SSL_ERROR_NO_CYPHER_OVERLAP": "TLSError",
    "SSL_ERROR_PROTOCOL_VERSION_ALERT": "TLSVersionMismatch",
    "SSL_ERROR_RX_RECORD_TOO_LONG": "NotTLS",
    "SSL_ERROR_RX_CERTIFICATE_REQUIRED_ALERT": "ClientCertificateRequired",
    "SSL_ERROR_UNKNOWN_CA_ALERT": "CertificateRejectedByPeer",
    "SSL_ERROR_UNSUPPORTED_VERSION": "TLSVersionMismatch",
    "PR_ADDRESS_IN_USE_ERROR": "EADDRINUSE",
    "PR_ADDRESS_NOT_AVAILABLE_ERROR": "EADDRNOTAVAIL",
    "PR_CONNECT_ABORTED_ERROR": "ECONNABORTED",
    "PR_CONNECT_REFUSED_ERROR": "ECONNREFUSED",
    "PR_CONNECT_RESET_ERROR": "ECONNRESET",
    "PR_CONNECT_TIMEOUT_ERROR": "ConnectTimedOut",
    "PR_DIRECTORY_LOOKUP_ERROR": "EAI_NONAME",
    "PR_END_OF_FILE_ERROR": "TLSConnectionLost",
    "PR_HOST_UNREACHABLE_ERROR": "EHOSTUNREACH",
    "PR_IO_TIMEOUT_ERROR": "TimedOut",
    "PR_NETWORK_UNREACHABLE_ERROR": "ENETUNREACH",
    "PR_NOT_CONNECTED_ERROR": "ENOTCONN",
}
# Source: undici, tls, net and stream of Node.js; nodemailer, mssql, mysql.
_NODE = {
    "UND_ERR_CONNECT_TIMEOUT": "ConnectTimedOut",
    "UND_ERR_HEADERS_TIMEOUT": "ReceiveTimedOut",
    "UND_ERR_BODY_TIMEOUT": "ReceiveTimedOut",
    "UND_ERR_SOCKET": "ConnectionLost",
    "ERR_SOCKET_BAD_PORT": "InvalidAddress",
    "ERR_SOCKET_CLOSED": "SocketClosed",
    "ERR_SOCKET_CLOSED_BEFORE_CONNECTION": "SocketClosed",
    "ERR_SOCKET_CONNECTION_TIMEOUT": "ConnectTimedOut",
    "ERR_SOCKET_DGRAM_NOT_RUNNING": "SocketClosed",
    "ERR_SOCKET_TIMEOUT": "TimedOut",
    "ERR_STREAM_PREMATURE_CLOSE": "ConnectionLost",
    "ERR_TLS_CERT_ALTNAME_INVALID": "CertificateNameMismatch",
    "ERR_TLS_HANDSHAKE_TIMEOUT": "ConnectTimedOut",
    "ESOCKETTIMEDOUT": "ReceiveTimedOut",
    "PROTOCOL_CONNECTION_LOST": "ConnectionLost",
}

# Source: SocketError of .NET, ErrorKind of Rust, the error sets of Zig, Deno.errors, the errors of Bun.
_KINDS = {
    "AddrInUse": "EADDRINUSE",
    "AddressAlreadyInUse": "EADDRINUSE",
    "AddressInUse": "EADDRINUSE",
    "AddrNotAvailable": "EADDRNOTAVAIL",
    "AddressNotAvailable": "EADDRNOTAVAIL",
    "BrokenPipe": "EPIPE",
    "ConnectionAborted": "ECONNABORTED",
    "ConnectionRefused": "ECONNREFUSED",
    "ConnectionReset": "ECONNRESET",
    "ConnectionResetByPeer": "ECONNRESET",
    "ConnectionTimedOut": "ConnectTimedOut",
    "FailedToOpenSocket": "ConnectFailed",
    "HostDown": "EHOSTDOWN",
    "HostNotFound": "EAI_NONAME",
    "HostUnreachable": "EHOSTUNREACH",
    "NetworkDown": "ENETDOWN",
    "NetworkUnreachable": "ENETUNREACH",
    "NotConnected": "ENOTCONN",
    "TimedOut": "TimedOut",
    "TryAgain": "EAI_AGAIN",
    "UnknownHostName": "EAI_NONAME",
}

# Source: Microsoft, "Error Messages (Winhttp.h)" and "Error Messages (Wininet.h)".
WINHTTP = {
    12002: ("TIMEOUT", "TimedOut"),
    12007: ("NAME_NOT_RESOLVED", "EAI_NONAME"),
    12029: ("CANNOT_CONNECT", "ConnectFailed"),
    12030: ("CONNECTION_ABORTED", "ConnectionLost"),
    12031: ("CONNECTION_RESET", "ECONNRESET"),
    12037: ("SEC_CERT_DATE_INVALID", "CertificateExpired"),
    12038: ("SEC_CERT_CN_INVALID", "CertificateNameMismatch"),
    12044: ("CLIENT_AUTH_CERT_NEEDED", "ClientCertificateRequired"),
    12045: ("INVALID_CA", "CertificateUntrusted"),
    12055: ("SEC_CERT_ERRORS", "CertificateRejected"),
    12057: ("SEC_CERT_REV_FAILED", "CertificateRejected"),
    12157: ("SECURE_CHANNEL_ERROR", "TLSError"),
    12164: ("SERVER_UNREACHABLE", "HostUnreachable"),
    12169: ("SEC_INVALID_CERT", "CertificateRejected"),
    12170: ("SEC_CERT_REVOKED", "CertificateRejected"),
    12175: ("SECURE_FAILURE", "TLSError"),
}

# Source: winerror.h of the Windows SDK: what Schannel and the verification of chains return.
SCHANNEL = {
    0x80090322: ("SEC_E_WRONG_PRINCIPAL", "CertificateNameMismatch"),
    0x80090325: ("SEC_E_UNTRUSTED_ROOT", "CertificateUntrusted"),
    0x80090326: ("SEC_E_ILLEGAL_MESSAGE", "TLSError"),
    0x80090327: ("SEC_E_CERT_UNKNOWN", "CertificateRejected"),
    0x80090328: ("SEC_E_CERT_EXPIRED", "CertificateExpired"),
    0x80090331: ("SEC_E_ALGORITHM_MISMATCH", "TLSError"),
    0x80092012: ("CRYPT_E_NO_REVOCATION_CHECK", "CertificateRejected"),
    0x80092013: ("CRYPT_E_REVOCATION_OFFLINE", "CertificateRejected"),
    0x800B0101: ("CERT_E_EXPIRED", "CertificateExpired"),
    0x800B0109: ("CERT_E_UNTRUSTEDROOT", "CertificateUntrusted"),
    0x800B010A: ("CERT_E_CHAINING", "CertificateUntrusted"),
    0x800B010F: ("CERT_E_CN_NO_MATCH", "CertificateNameMismatch"),
}

# Source: freerdp/error.h of FreeRDP.
_FREERDP = {
    "DNS_NAME_NOT_FOUND": "EAI_NONAME",
    "DNS_ERROR": "ResolutionError",
    "CONNECT_FAILED": "ConnectFailed",
    "CONNECT_TRANSPORT_FAILED": "ConnectionLost",
    "TLS_CONNECT_FAILED": "TLSError",
    "ACTIVATION_TIMEOUT": "ReceiveTimedOut",
}

# Source: the documentation of QAbstractSocket and QNetworkReply of Qt.
_QT = {
    "ConnectionRefusedError": "ECONNREFUSED",
    "RemoteHostClosedError": "ConnectionLost",
    "HostNotFoundError": "EAI_NONAME",
    "TimeoutError": "TimedOut",
    "SocketTimeoutError": "TimedOut",
    "SslHandshakeFailedError": "TLSError",
    "SocketAccessError": "EACCES",
    "AddressInUseError": "EADDRINUSE",
    "UnfinishedSocketOperationError": "InProgress",
}

# Source: ares.h of c-ares; Node.js gives the names as the codes of its errors.
_C_ARES = {
    "ENOTFOUND": "EAI_NONAME",
    "ENODATA": "EAI_NODATA",
    "ESERVFAIL": "ResolverUnavailable",
    "ETIMEOUT": "ResolverUnavailable",
    "EREFUSED": "ResolverUnavailable",
    "ECONNREFUSED": "ResolverUnavailable",
    "EFORMERR": "ResolverFailed",
    "ENOTIMP": "ResolverFailed",
}

_TABLES = {
    "ntstatus": NTSTATUS,
    "alert": _ALERTS,
    "own-alert": _OWN_ALERTS,
    "openssl": _OPENSSL,
    "x509": _X509,
    "rustls": _RUSTLS,
    "chromium": _CHROMIUM,
    "mozilla": _MOZILLA,
    "node": _NODE,
    "kind": _KINDS,
    "winhttp": dict(WINHTTP.values()),
    "schannel": dict(SCHANNEL.values()),
    "freerdp": _FREERDP,
    "qt": _QT,
    "c-ares": _C_ARES,
}


FAMILIES = tuple(_TABLES)


@cache
def names(family: str) -> dict[str, str] | None:
    """Return what the names of a family mean; `None` if there is no such family."""
    found = _TABLES.get(family)
    return None if found is None else {_bare(name): means for name, means in found.items()}


def meaning_of(family: str, name: str) -> str | None:
    """Return what a name means, whatever words follow it; `None` if it is not known to be a failure of a socket."""
    known, words = names(family) or {}, name.split(" ")
    for count in range(len(words), 0, -1):
        means = known.get(_bare("".join(words[:count])))
        if means is not None:
            return means
    # OpenSSL has hundreds of reasons.
    return "TLSError" if family == "openssl" else None


def _bare(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())
