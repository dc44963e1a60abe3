"""Accepting clients."""

import socket
import sys
import threading

import sockerr
from sockerr.testing._situation import register
from sockerr.testing._unavailable import Unavailable

from .helpers import SOON, listening_server, no_descriptor_left


@register("accept", "nobody connects before the timeout", sockerr.AcceptTimedOut, row=13)
def accept_timeout() -> None:
    with listening_server() as server:
        server.settimeout(SOON)
        with sockerr.accepting():
            server.accept()


@register("accept", "non-blocking, and nobody is there", sockerr.WouldBlock, row=14)
def accept_nobody() -> None:
    with listening_server() as server:
        server.setblocking(False)
        with sockerr.accepting():
            server.accept()


@register("accept", "the socket never listened", sockerr.NotListening)
def accept_not_listening() -> None:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        with sockerr.accepting():
            sock.accept()


@register("accept", "the listener has been closed", sockerr.SocketClosed)
def accept_closed() -> None:
    with listening_server() as server:
        server.close()
        with sockerr.accepting():
            server.accept()


@register("accept", "another thread shuts the listener down", sockerr.NotListening)
def accept_shut_down() -> None:
    if sys.platform != "linux":
        raise Unavailable("only Linux wakes a waiting accept() like this")
    with listening_server() as server:
        timer = threading.Timer(SOON, server.shutdown, (socket.SHUT_RDWR,))
        timer.start()
        try:
            with sockerr.accepting():
                server.accept()
        finally:
            timer.join()


@register("accept", "no descriptor is left for the client", sockerr.TooManyOpenFiles)
def accept_without_descriptors() -> None:
    with (
        listening_server() as server,
        socket.create_connection(server.getsockname()),
        no_descriptor_left(),
        sockerr.accepting(),
    ):
        server.accept()
