"""Opening sockets."""

import socket
import tempfile

import sockerr
from sockerr.testing._situation import register

from .helpers import no_descriptor_left


@register("open", "the address family does not exist", sockerr.AddressFamilyNotSupported)
def unknown_family() -> None:
    with sockerr.opening():
        socket.socket(9999)


@register("open", "the protocol does not exist", sockerr.NotSupported)
def unknown_protocol() -> None:
    with sockerr.opening():
        socket.socket(socket.AF_INET, socket.SOCK_STREAM, 250)


@register("open", "no descriptor is left", sockerr.TooManyOpenFiles)
def open_without_descriptors() -> None:
    with no_descriptor_left(), sockerr.opening():
        socket.socket()


@register(
    "open",
    "the descriptor is no socket",
    sockerr.NotASocket,
    sockerr.SocketClosed,
    unless="this system does not look at the descriptor it is given",
)
def open_a_file() -> None:
    with tempfile.TemporaryFile() as file, sockerr.opening():
        socket.socket(socket.AF_INET, socket.SOCK_STREAM, 0, file.fileno()).detach()
