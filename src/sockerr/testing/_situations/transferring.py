"""Sending and receiving."""

import socket

import sockerr
from sockerr.testing import _network
from sockerr.testing._endpoints import refusing
from sockerr.testing._serving import reset_on_close
from sockerr.testing._situation import register
from sockerr.testing._unavailable import require_connections, require_windows_itself

from .helpers import (
    SOON,
    connected_pair,
    require,
    unix_path,
    until_it_fails,
)

# Send


@register("send", "the server is gone", sockerr.BrokenPipe, sockerr.ConnectionReset, row=12)
def send_to_gone_server() -> None:
    with connected_pair() as (client, accepted):
        accepted.close()
        sent: list[int] = []

        def send() -> None:
            with sockerr.sending():
                sent.append(client.send(b"are you there?"))

        try:
            until_it_fails(send, pause=0.01)
        except sockerr.SocketError as error:
            error.add_note(
                f"send() reported success {len(sent)} time(s) before: it only hands the bytes to the kernel."
            )
            raise


@register("send", "the socket never connected", sockerr.BrokenPipe, sockerr.NotConnected)
def send_not_connected() -> None:
    require_windows_itself("says WSAECONNRESET, where Windows says WSAENOTCONN")
    with socket.socket() as sock, sockerr.sending():
        sock.send(b"to nobody")


@register("send", "this side has been shut down", sockerr.BrokenPipe)
def send_after_shutdown() -> None:
    with connected_pair() as (client, _):
        client.shutdown(socket.SHUT_WR)
        with sockerr.sending():
            client.send(b"too late")


@register("send", "the socket has been closed", sockerr.SocketClosed)
def send_closed() -> None:
    sock = socket.socket()
    sock.close()
    with sockerr.sending():
        sock.send(b"too late")


@register(
    "send",
    "a broadcast, without SO_BROADCAST",
    sockerr.BroadcastDenied,
    unless="this system lets everybody broadcast on loopback",
)
def send_broadcast() -> None:
    with socket.socket(type=socket.SOCK_DGRAM) as sock, sockerr.sending(("127.255.255.255", 9)):
        sock.sendto(b"hello, all", ("127.255.255.255", 9))


@register("send", "the datagram is too big", sockerr.MessageTooLong)
def send_too_big() -> None:
    require_connections()
    with socket.socket(type=socket.SOCK_DGRAM) as sock, sockerr.sending(("127.0.0.1", 9)):
        sock.sendto(bytes(70_000), ("127.0.0.1", 9))


@register("send", "a datagram without an address", sockerr.DestinationRequired, sockerr.NotConnected)
def send_without_address() -> None:
    require_windows_itself("says WSAEINVAL, where Windows says WSAENOTCONN")
    with socket.socket(type=socket.SOCK_DGRAM) as sock, sockerr.sending():
        sock.send(b"to nobody")


@register("send", "the peer does not read, settimeout elapses", sockerr.SendTimedOut)
def send_timeout() -> None:
    with connected_pair() as (client, _), sockerr.sending():
        client.settimeout(SOON)
        client.sendall(bytes(50_000_000))


@register("send", "non-blocking, and the buffer is full", sockerr.WouldBlock)
def send_would_block() -> None:
    with connected_pair() as (client, _), sockerr.sending():
        client.setblocking(False)
        until_it_fails(lambda: client.send(bytes(1_000_000)))


@register("send", "UDP: the port is 0", sockerr.MisuseError, sockerr.AddressNotAvailable)
def send_to_port_0() -> None:
    require_connections()
    with socket.socket(type=socket.SOCK_DGRAM) as sock, sockerr.sending(("127.0.0.1", 0)):
        sock.sendto(b"to nobody", ("127.0.0.1", 0))


@register("send", "AF_UNIX: the receiver has left its path behind", sockerr.ConnectionRefused)
def send_to_stale_path() -> None:
    with unix_path() as path, socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sock, sockerr.sending(path):
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as receiver:
            receiver.bind(path)
        sock.sendto(b"to nobody", path)


@register("send", "netlink: nobody has that port", sockerr.ConnectionRefused, needs="network")
def send_to_unknown_netlink_port() -> None:
    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, socket.NETLINK_ROUTE) as sock, sockerr.sending((99_999, 0)):
        sock.sendto(bytes(16), (99_999, 0))


@register("send", "AF_UNIX: the datagram is too big", sockerr.MessageTooLong)
def send_too_big_to_path() -> None:
    require("AF_UNIX", "socketpair")
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    with ours, theirs, sockerr.sending():
        ours.send(bytes(10_000_000))


@register("send", "AF_UNIX: a datagram to a stream socket", sockerr.NotSupported)
def send_to_other_type() -> None:
    with unix_path() as path, socket.socket(socket.AF_UNIX) as server, sockerr.sending(path):
        server.bind(path)
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sock:
            sock.sendto(b"hello", path)


@register("send", "AF_PACKET: bound to no interface", sockerr.InterfaceNotFound, needs="network")
def send_without_interface() -> None:
    with socket.socket(socket.AF_PACKET, socket.SOCK_RAW) as sock, sockerr.sending():
        sock.send(bytes(60))


# Receive


@register("receive", "nothing arrives before the timeout", sockerr.ReceiveTimedOut)
def receive_timeout() -> None:
    with connected_pair() as (client, _), sockerr.receiving():
        client.settimeout(SOON)
        client.recv(1)


@register("receive", "non-blocking, and nothing is there", sockerr.WouldBlock)
def receive_nothing() -> None:
    with connected_pair() as (client, _), sockerr.receiving():
        client.setblocking(False)
        client.recv(1)


@register("receive", "the socket never connected", sockerr.NotConnected)
def receive_not_connected() -> None:
    with socket.socket() as sock, sockerr.receiving():
        sock.recv(1)


@register("receive", "the peer resets the connection", sockerr.ConnectionReset)
def receive_reset() -> None:
    require_windows_itself("reports the end of the stream instead")
    with connected_pair() as (client, accepted):
        reset_on_close(accepted)
        accepted.close()
        with sockerr.receiving():
            client.recv(1)


@register("receive", "UDP: the port came back unreachable", sockerr.ConnectionRefused, sockerr.ConnectionReset)
def receive_port_unreachable() -> None:
    require_windows_itself("does not report it")
    with refusing() as endpoint, socket.socket(type=socket.SOCK_DGRAM) as sock:
        sock.settimeout(SOON)
        sock.connect(endpoint.address)
        sock.send(b"anybody?")
        with sockerr.receiving(endpoint.address):
            sock.recv(1)


@register("receive", "netlink: messages came faster than they were read", sockerr.NoBufferSpace, needs="network")
def receive_overrun() -> None:
    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, socket.NETLINK_ROUTE) as sock, sockerr.receiving():
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1)
        link_messages = 1  # RTMGRP_LINK of linux/rtnetlink.h
        sock.bind((0, link_messages))
        _network.toggle_loopback(10)
        until_it_fails(lambda: sock.recv(65536))
