"""Other event loops, and green threads."""

import asyncio
import os
import ssl

from .places import Place
from .registry import client

_NOTHING = "it returns nothing then, and does not raise"
_NO_EXCEPTION = "its TaskTimeout derives from BaseException alone"


@client("trio", "trio", closed_early=_NOTHING)
def use_trio(place: Place) -> None:
    import trio

    async def exchange() -> None:
        with trio.fail_after(place.timeout):
            if place.context is None:
                stream: trio.abc.Stream = await trio.open_tcp_stream(place.host, place.port)
            else:
                stream = await trio.open_ssl_over_tcp_stream(place.host, place.port, ssl_context=place.context)
            async with stream:
                await stream.send_all(b"hello\r\n")
                await stream.receive_some(1)

    trio.run(exchange)


@client("trio.socket", "trio", closed_early=_NOTHING, tls="its streams have it")
def use_trio_socket(place: Place) -> None:
    import trio

    async def exchange() -> None:
        with trio.fail_after(place.timeout), trio.socket.socket() as sock:
            await sock.connect((place.host, place.port))
            await sock.send(b"hello\r\n")
            await sock.recv(1)

    trio.run(exchange)


@client("anyio", "anyio")
def use_anyio(place: Place) -> None:
    import anyio

    anyio.run(_use_anyio, place)


@client("anyio on trio", "anyio[trio]")
def use_anyio_on_trio(place: Place) -> None:
    import anyio

    anyio.run(_use_anyio, place, backend="trio")


async def _use_anyio(place: Place) -> None:
    import anyio

    with anyio.fail_after(place.timeout):
        if place.context is None:
            stream: anyio.abc.ByteStream = await anyio.connect_tcp(place.host, place.port)
        else:
            stream = await anyio.connect_tcp(place.host, place.port, ssl_context=place.context)
        async with stream:
            await stream.send(b"hello\r\n")
            await stream.receive(1)


@client("uvloop", "uvloop")
def use_uvloop(place: Place) -> None:
    import uvloop

    async def exchange() -> None:
        async with asyncio.timeout(place.timeout):
            reader, writer = await asyncio.open_connection(place.host, place.port, ssl=place.context)
            try:
                writer.write(b"hello\r\n")
                await reader.readexactly(1)
            finally:
                writer.close()

    uvloop.run(exchange())


@client("gevent", "gevent", closed_early=_NOTHING)
def use_gevent(place: Place) -> None:
    import gevent.socket
    import gevent.ssl

    with gevent.socket.create_connection((place.host, place.port), timeout=place.timeout) as plain:
        sock = plain
        if place.ca is not None:
            context = gevent.ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
            context.load_verify_locations(place.ca)
            sock = context.wrap_socket(plain, server_hostname=place.host)
        sock.sendall(b"hello\r\n")
        sock.recv(1)


@client("eventlet", "eventlet", unresolvable="it asks a name server itself", reset=_NOTHING, closed_early=_NOTHING)
def use_eventlet(place: Place) -> None:
    # Its own resolver does not work with current releases of dnspython.
    os.environ["EVENTLET_NO_GREENDNS"] = "yes"
    import eventlet.green.socket
    import eventlet.green.ssl

    with eventlet.green.socket.create_connection((place.host, place.port), timeout=place.timeout) as plain:
        sock = plain
        if place.ca is not None:
            context = eventlet.green.ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
            context.load_verify_locations(place.ca)
            sock = context.wrap_socket(plain, server_hostname=place.host)
        sock.sendall(b"hello\r\n")
        sock.recv(1)


@client("curio", "curio", no_connection_in_time=_NO_EXCEPTION, no_reply_in_time=_NO_EXCEPTION, closed_early=_NOTHING)
def use_curio(place: Place) -> None:
    import curio

    async def exchange() -> None:
        async with curio.timeout_after(place.timeout):
            secured = {} if place.context is None else {"ssl": place.context, "server_hostname": place.host}
            sock = await curio.open_connection(place.host, place.port, **secured)
            async with sock:
                await sock.sendall(b"hello\r\n")
                await sock.recv(1)

    curio.run(exchange)
