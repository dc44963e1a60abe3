"""What numbers mean that are not an errno, each with the programs that write them: a symbol, a class, or a name."""

# Source: net_error_list.h of Chromium.
CHROMIUM_NUMBERS = {
    -7: "TIMED_OUT",
    -15: "SOCKET_NOT_CONNECTED",
    -21: "NETWORK_CHANGED",
    -100: "CONNECTION_CLOSED",
    -101: "CONNECTION_RESET",
    -102: "CONNECTION_REFUSED",
    -103: "CONNECTION_ABORTED",
    -104: "CONNECTION_FAILED",
    -105: "NAME_NOT_RESOLVED",
    -106: "INTERNET_DISCONNECTED",
    -107: "SSL_PROTOCOL_ERROR",
    -108: "ADDRESS_INVALID",
    -109: "ADDRESS_UNREACHABLE",
    -110: "SSL_CLIENT_AUTH_CERT_NEEDED",
    -113: "SSL_VERSION_OR_CIPHER_MISMATCH",
    -118: "CONNECTION_TIMED_OUT",
    -130: "PROXY_CONNECTION_FAILED",
    -137: "NAME_RESOLUTION_FAILED",
    -200: "CERT_COMMON_NAME_INVALID",
    -201: "CERT_DATE_INVALID",
    -202: "CERT_AUTHORITY_INVALID",
    -207: "CERT_INVALID",
    -324: "EMPTY_RESPONSE",
}

# Source: sslerr.h, secerr.h and prerr.h of NSS and NSPR.
NSS_NUMBERS = {
    -5938: "PR_END_OF_FILE_ERROR",
    -5961: "PR_CONNECT_RESET_ERROR",
    -5981: "PR_CONNECT_REFUSED_ERROR",
    -5990: "PR_IO_TIMEOUT_ERROR",
    -8172: "SEC_ERROR_UNTRUSTED_ISSUER",
    -8179: "SEC_ERROR_UNKNOWN_ISSUER",
    -8181: "SEC_ERROR_EXPIRED_CERTIFICATE",
    -12190: "SSL_ERROR_PROTOCOL_VERSION_ALERT",
    -12195: "SSL_ERROR_UNKNOWN_CA_ALERT",
    -12263: "SSL_ERROR_RX_RECORD_TOO_LONG",
    -12271: "SSL_ERROR_BAD_CERT_ALERT",
    -12276: "SSL_ERROR_BAD_CERT_DOMAIN",
    -12286: "SSL_ERROR_NO_CYPHER_OVERLAP",
}

# Source: Microsoft [MS-ERREF] 2.3.1.
NTSTATUS_NUMBERS = {
    0xC0000236: "CONNECTION_REFUSED",
    0xC000020D: "CONNECTION_RESET",
    0xC000020C: "CONNECTION_DISCONNECTED",
    0xC0000241: "CONNECTION_ABORTED",
    0xC000023A: "CONNECTION_INVALID",
    0xC000023D: "HOST_UNREACHABLE",
    0xC0000350: "HOST_DOWN",
    0xC000023C: "NETWORK_UNREACHABLE",
    0xC000023F: "PORT_UNREACHABLE",
    0xC00000B5: "IO_TIMEOUT",
    0xC000020A: "ADDRESS_ALREADY_EXISTS",
}

# Source: NSURLError.h of Apple's Foundation, which CFNetwork shares.
NSURL = {
    -1001: "TimedOut",
    -1003: "EAI_NONAME",
    -1004: "ConnectFailed",
    -1005: "ConnectionLost",
    -1006: "ResolutionError",
    -1009: "NetworkUnreachable",
    -1200: "TLSError",
    -1201: "CertificateExpired",
    -1202: "CertificateUntrusted",
    -1203: "CertificateUntrusted",
    -1204: "CertificateExpired",
    -1205: "CertificateRejectedByPeer",
    -1206: "ClientCertificateRequired",
}
# Source: SecureTransport.h of Apple's Security framework.
SECURE_TRANSPORT = {
    -9801: "TLSError",
    -9802: "TLSError",
    -9805: "TLSConnectionLost",
    -9806: "TLSConnectionLost",
    -9807: "CertificateUntrusted",
    -9808: "CertificateRejected",
    -9812: "CertificateUntrusted",
    -9813: "CertificateUntrusted",
    -9814: "CertificateExpired",
    -9815: "CertificateExpired",
    -9816: "TLSConnectionLost",
    -9824: "TLSError",
    -9825: "CertificateRejectedByPeer",
    -9828: "CertificateRejectedByPeer",
    -9829: "CertificateRejectedByPeer",
    -9831: "CertificateRejectedByPeer",
    -9836: "TLSVersionMismatch",
    -9843: "CertificateNameMismatch",
    -9858: "TLSError",
}

# Source: uv/errno.h of libuv: the numbers of the resolver on every system, and the others on Windows.
LIBUV = {
    -3001: "EAI_AGAIN",
    -3004: "EAI_FAIL",
    -3007: "EAI_NODATA",
    -3008: "EAI_NONAME",
    -4039: "ETIMEDOUT",
    -4047: "EPIPE",
    -4053: "ENOTCONN",
    -4062: "ENETUNREACH",
    -4073: "EHOSTUNREACH",
    -4077: "ECONNRESET",
    -4078: "ECONNREFUSED",
    -4079: "ECONNABORTED",
    -4090: "EADDRNOTAVAIL",
    -4091: "EADDRINUSE",
}

# Source: libcurl-errors(3).
CURL = {
    5: "ResolutionError",
    6: "ResolutionError",
    7: "ConnectFailed",
    18: "ConnectionLost",
    28: "TimedOut",
    35: "TLSError",
    51: "CertificateRejected",
    52: "ConnectionLost",
    55: "ConnectionLost",
    56: "ConnectionLost",
    60: "CertificateRejected",
    97: "ConnectFailed",
}

# Source: Oracle Database Error Messages; those of Oracle Net and of a lost connection.
ORACLE = {
    3113: "ConnectionLost",
    3114: "NotConnected",
    3135: "ConnectionLost",
    12170: "ConnectTimedOut",
    12535: "ConnectTimedOut",
    12537: "ConnectionLost",
    12541: "ConnectionRefused",
    12543: "HostUnreachable",
    12545: "NameNotFound",
    12547: "ConnectionLost",
    12560: "ConnectFailed",
    12571: "ConnectionLost",
    12609: "ReceiveTimedOut",
    29024: "CertificateRejected",
}

# Source: mbedtls/ssl.h, net_sockets.h and x509.h of Mbed TLS.
MBEDTLS = {
    0x0044: "ConnectFailed",
    0x004C: "ConnectionLost",
    0x004E: "ConnectionLost",
    0x0050: "ECONNRESET",
    0x0052: "EAI_NONAME",
    0x2700: "CertificateRejected",
    0x6800: "ReceiveTimedOut",
    0x7280: "TLSConnectionLost",
    0x7780: "TLSError",
    0x7880: "TLSConnectionLost",
}

# Source: apr_errno.h of the Apache Portable Runtime.
APR = {70007: "TimedOut", 70014: "ConnectionLost"}
