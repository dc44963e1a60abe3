"""Other event loops."""

from .places import Place
from .registry import client


@client("trio", "trio")
def use_trio(place: Place) -> None:
    import trio

    async def exchange() -> None:
        with trio.fail_after(place.timeout):
            stream = await trio.open_tcp_stream(place.host, place.port)
            async with stream:
                await stream.send_all(b"hello\r\n")
                await stream.receive_some(1)

    trio.run(exchange)


@client("anyio", "anyio")
def use_anyio(place: Place) -> None:
    import anyio

    async def exchange() -> None:
        with anyio.fail_after(place.timeout):
            stream = await anyio.connect_tcp(place.host, place.port)
            async with stream:
                await stream.send(b"hello\r\n")
                await stream.receive(1)

    anyio.run(exchange)
