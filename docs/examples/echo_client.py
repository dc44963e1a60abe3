"""A client of an echo server (RFC 862) that copes with what its socket meets."""

import socket

import sockerr


class EchoError(Exception):
    """There was no echo; the message says what to do about it."""


def echo(address: tuple[str, int], data: bytes, *, timeout: float = 1.0, attempts: int = 3) -> bytes:
    """Send data, and return what comes back. Raises `EchoError`."""
    for attempt in range(1, attempts + 1):
        try:
            return _exchange(address, data, timeout)
        except sockerr.NameNotFound as error:
            raise EchoError(f"no host has the name {address[0]}: check the configuration") from error
        except (sockerr.TimedOut, sockerr.ConnectionLost, sockerr.ConnectionRefused) as error:
            # To ask again is safe: an echo changes nothing.
            if attempt == attempts:
                raise EchoError(f"gave up after {attempts} attempts: {error.hint}") from error
        except sockerr.SocketError as error:
            raise EchoError(error.hint) from error
    raise ValueError(f"attempts is {attempts}: expected at least 1")


def _exchange(address: tuple[str, int], data: bytes, timeout: float) -> bytes:
    with sockerr.connecting(address):
        sock = socket.create_connection(address, timeout)
    with sock:
        with sockerr.sending(address):
            sock.sendall(data)
        received = bytearray()
        while len(received) < len(data):
            with sockerr.receiving(address):
                piece = sock.recv(65536)
            if not piece:
                # For a socket, the end of the stream is not a failure, but for an echo it is.
                raise sockerr.ConnectionLost("the server closed the connection", operation="receive", address=address)
            received += piece
        return bytes(received)
