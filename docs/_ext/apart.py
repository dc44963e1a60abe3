"""How to tell apart the classes that are easily taken for one another.

Each group has a title, and maps names of classes to a sentence that says what is seen, or what has happened, in this
one and not in the others of the group. A class can be in several groups, and every class but `SocketError` is in one.
"""

GROUPS: dict[str, dict[str, str]] = {
    "A name is not looked up": {
        "NameNotFound": "The resolver answered: there is no such name, or no address of the requested family for it.",
        "ResolverUnavailable": "The resolver got no usable answer from a name server, so the name may well exist.",
        "ResolverFailed": "A name server answered with a failure that it calls permanent, or the C library failed.",
        "InvalidLookup": "The service, family, type or flags of the lookup were refused, not the name.",
        "InvalidAddress": "The name or address is malformed, and was refused before anything was sent.",
        "ResolutionError": "A lookup failed, and no code says how; the other errors of lookups derive from it.",
    },
    "A connection is not made": {
        "ConnectionRefused": "The host answered at once that nobody listens at that port or path.",
        "ConnectTimedOut": "Nothing answered: the packets were dropped, or the backlog of the server is full.",
        "HostUnreachable": "A router answered that it cannot reach the host, or nobody on the local network has the "
        "address.",
        "NetworkUnreachable": "In most cases this machine has no route to the address, and no packet was sent.",
        "ConnectionReset": "Something answered the attempt, and then cut the connection while it was being made.",
        "ConnectFailed": "A library could not connect, and its code covers all of these.",
    },
    "A host or a network cannot be reached": {
        "HostUnreachable": "There is a route to the network, but the host did not answer, or a firewall on the way "
        "refused to deliver.",
        "HostDown": "The system or a router says that the host itself is down, or is unknown on its network.",
        "NetworkUnreachable": "There is no route to the network: this machine is offline, or has no IPv6.",
        "NetworkDown": "The network interface of this machine is down, so that nothing can be sent.",
        "Unreachable": "The delivery failed in another way, such as a protocol that the host does not know; the others "
        "derive from it.",
    },
    "A connection is lost": {
        "ConnectionReset": "The peer sent a reset: it crashed, or closed the socket before it had read everything.",
        "BrokenPipe": "This side sent over a connection that was already known to be closed.",
        "ConnectionAborted": "This machine gave the connection up; in accept, a client left while it was queued.",
        "TLSConnectionLost": "A TLS connection ended, and the ssl module reports that in its own exceptions.",
        "NotConnected": "The socket has no peer: it never had one, or the connection was lost before this call.",
        "ConnectionLost": "The connection is gone, and nothing says how; the other losses derive from it.",
    },
    "The time is up": {
        "ConnectTimedOut": "The peer did not answer the attempt to connect, so no request was sent.",
        "AcceptTimedOut": "No client connected in time, which need not be a failure.",
        "SendTimedOut": "The connection exists, but the peer did not take the data, or did not acknowledge it.",
        "ReceiveTimedOut": "The connection exists, and the peer sent nothing: it may be working on the request.",
        "TimedOut": "The time elapsed in another operation, such as resolving a name, or in one that is not known.",
    },
    "The socket is not ready, or the call was interrupted": {
        "WouldBlock": "A non-blocking socket has nothing to read, no client to accept, or no room to send.",
        "InProgress": "A non-blocking connect has started: wait until the socket is writable, then read SO_ERROR.",
        "TLSWantRead": "A TLS socket must become readable before the same call can go on, even if it is a send.",
        "TLSWantWrite": "A TLS socket must become writable before the same call can go on, even if it is a receive.",
        "Interrupted": "A signal ended the call before it had done anything; the socket may have been ready.",
        "OperationCancelled": "This program ended the operation itself, so it does not go on.",
        "ReceiveTimedOut": "The socket did wait, for as long as its timeout allows, and nothing arrived.",
    },
    "A local address cannot be used": {
        "AddressInUse": "The address is one of this machine, but another socket has it.",
        "AddressNotAvailable": "The address is not one of this machine, or in connect, no local port is free.",
        "AlreadyBound": "The address may be free, but this socket already has an address.",
        "InterfaceNotFound": "The interface does not exist, whether given by name, index or scope.",
        "PrivilegedPort": "The port may be free, but this process is not privileged to bind it.",
        "AddressError": "The address cannot be used for another reason; most errors of addresses derive from it.",
    },
    "An address is of the wrong kind": {
        "InvalidAddress": "The address is malformed, and no system could use it.",
        "AddressFamilyNotSupported": "The address is well-formed, but of a family that the socket or the system does "
        "not support.",
        "PathNotFound": "The path of an AF_UNIX socket is well-formed, but there is nothing at it.",
        "DestinationRequired": "There was no address at all: a datagram was sent without saying to whom.",
        "NotSupported": "The address is not the problem: the type, the protocol, the option or the call is not "
        "supported.",
    },
    "A path of an AF_UNIX socket cannot be connected to": {
        "PathNotFound": "Nothing is at that path: the server has not bound its socket, or the path is wrong.",
        "ConnectionRefused": "There is a file at that path, but nobody listens: the server has ended, or it is a plain "
        "file.",
        "PermissionDenied": "There is a socket at that path, and this user may not write to it.",
        "ResourceExhausted": "The server listens, but its backlog is full, and the socket is non-blocking.",
        "NotASocket": "There is a file at that path that is not a socket, and the system is macOS or a BSD.",
    },
    "Something is forbidden": {
        "PermissionDenied": "The system forbids it: a firewall, a sandbox, file permissions or a missing privilege.",
        "PrivilegedPort": "The call is bind, the port is below 1024, and the process is not privileged.",
        "BroadcastDenied": "The address is a broadcast address, and SO_BROADCAST is not set.",
    },
    "The socket is in the wrong state": {
        "NotConnected": "The socket is open, but has no peer.",
        "AlreadyConnected": "The socket already has a peer, and the call would give it one again.",
        "NotListening": "The call is accept, but the socket does not listen.",
        "AlreadyBound": "The call is bind, but the socket already has a local address.",
        "SocketClosed": "The socket is not open any more: this program closed it.",
        "NotASocket": "The descriptor is open, but belongs to a file, a pipe or a terminal.",
        "MisuseError": "The arguments or the state of the socket are wrong in another way; the other misuses derive "
        "from it.",
    },
    "The call or the datagram does not fit": {
        "NotSupported": "This kind of socket, or this system, does not have what was asked for.",
        "MisuseError": "What was asked for exists, but the value, the flags or the state of the socket do not fit.",
        "MessageTooLong": "The call fits, but the datagram is longer than may be sent, or than the buffer.",
        "DestinationRequired": "The call fits, but the datagram has no address to go to.",
    },
    "Something has run out": {
        "TooManyOpenFiles": "The process or the system has reached its limit of open descriptors.",
        "NoBufferSpace": "The network buffers are full, or a queue of an interface; on Windows, local ports are used "
        "up as well.",
        "ResourceExhausted": "Something else has run out: memory, or on AF_UNIX the backlog of the listener.",
        "AddressNotAvailable": "In connect, all local ports are in use; otherwise the address is not one of this "
        "machine.",
        "WouldBlock": "Only the buffer of this one socket is full or empty, and that passes by itself.",
        "WinsockUnavailable": "Nothing has run out: the socket library of Windows does not work in this process.",
    },
    "A TLS handshake fails": {
        "NotTLS": "The peer answered in another protocol: the port is wrong, or the protocol begins in plain text.",
        "TLSVersionMismatch": "The peer speaks TLS, but the two sides have no version in common.",
        "TLSMisconfigured": "The certificates, keys or settings of this side were refused by its own OpenSSL.",
        "CertificateRejected": "TLS works, but this side does not accept the certificate of the peer.",
        "CertificateRejectedByPeer": "TLS works, but the peer does not accept the certificate of this side.",
        "ClientCertificateRequired": "The server wants a certificate from the client, and the client sent none.",
        "TLSConnectionLost": "The peer closed the connection and gave no reason.",
        "TLSError": "OpenSSL objected to something else, which its reason names; all errors of TLS derive from it.",
    },
    "A certificate is not accepted": {
        "CertificateExpired": "The clock of this machine is not within the time for which the certificate is valid.",
        "CertificateNameMismatch": "The certificate does not have the name by which the peer was reached.",
        "CertificateUntrusted": "No authority that this machine trusts has signed the certificate.",
        "CertificateRejected": "The verification failed for another reason, such as a revoked certificate.",
        "CertificateRejectedByPeer": "The certificate is that of this side, and the peer does not accept it.",
    },
}
