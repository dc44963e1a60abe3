"""Brokers, mail, directories, remote shells."""

from .places import Place
from .registry import NOTHING, REFUSED_SOMEWHERE, TIMED_OUT_SOMEWHERE, Answer, client


@client("paramiko", "paramiko", no_reply=TIMED_OUT_SOMEWHERE)
def use_paramiko(place: Place) -> None:
    from paramiko import SSHClient

    # The first is also how long it waits for all that comes before the login.
    timeouts = {"timeout": 3 * place.timeout, "banner_timeout": place.timeout}
    with SSHClient() as made:
        made.connect(place.host, place.port, password="p", **timeouts)  # noqa: S106  # it never gets that far


@client(
    "pika",
    "pika",
    refused=REFUSED_SOMEWHERE,
    no_connection=TIMED_OUT_SOMEWHERE,
    no_reply=NOTHING,
    reset=NOTHING,
)
def use_pika(place: Place) -> None:
    import pika

    pika.BlockingConnection(
        pika.ConnectionParameters(
            place.host, place.port, socket_timeout=place.timeout, stack_timeout=place.timeout, connection_attempts=1
        )
    ).close()


@client("paho.mqtt", "paho-mqtt", no_reply="connect() waits for none", reset="connect() waits for no reply")
def use_paho(place: Place) -> None:
    from paho.mqtt.client import Client
    from paho.mqtt.enums import CallbackAPIVersion

    made = Client(CallbackAPIVersion.VERSION2)
    made.connect_timeout = place.timeout
    made.connect(place.host, place.port)


@client("aiosmtplib", "aiosmtplib", no_reply=TIMED_OUT_SOMEWHERE)
async def use_aiosmtplib(place: Place) -> None:
    import aiosmtplib

    await aiosmtplib.SMTP(hostname=place.host, port=place.port, timeout=place.timeout).connect()


@client(
    "ldap3",
    "ldap3",
    refused=Answer("ConnectionRefused", None, "type"),
    unresolvable=NOTHING,
    no_connection=TIMED_OUT_SOMEWHERE,
)
def use_ldap3(place: Place) -> None:
    import ldap3

    server = ldap3.Server(place.host, place.port, connect_timeout=1)
    with ldap3.Connection(server, receive_timeout=1, auto_bind=True):
        pass
