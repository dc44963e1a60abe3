"""Brokers, mail, directories, remote shells."""

from .places import Place
from .registry import client


@client("paramiko", "paramiko", tls="SSH has no TLS")
def use_paramiko(place: Place) -> None:
    from paramiko import SSHClient

    # The first is also how long it waits for all that comes before the login.
    timeouts = {"timeout": 3 * place.timeout, "banner_timeout": place.timeout}
    with SSHClient() as made:
        made.connect(place.host, place.port, password="p", **timeouts)  # noqa: S106  # it never gets that far


@client("pika", "pika")
def use_pika(place: Place) -> None:
    import pika

    timeouts = {"socket_timeout": place.timeout, "stack_timeout": place.timeout}
    tls = pika.SSLOptions(place.context, place.host) if place.context else None
    pika.BlockingConnection(
        pika.ConnectionParameters(place.host, place.port, ssl_options=tls, connection_attempts=1, **timeouts)
    ).close()


@client(
    "paho.mqtt",
    "paho-mqtt",
    no_reply_in_time="connect() waits for none",
    reset="connect() waits for no reply",
    closed_early="connect() waits for no reply",
)
def use_paho(place: Place) -> None:
    from paho.mqtt.client import Client
    from paho.mqtt.enums import CallbackAPIVersion

    made = Client(CallbackAPIVersion.VERSION2)
    made.connect_timeout = place.timeout
    if place.ca:
        made.tls_set(place.ca)
    made.connect(place.host, place.port)


@client("aiosmtplib", "aiosmtplib")
async def use_aiosmtplib(place: Place) -> None:
    import aiosmtplib

    await aiosmtplib.SMTP(
        hostname=place.host, port=place.port, timeout=place.timeout, use_tls=place.is_tls, tls_context=place.context
    ).connect()


@client("ldap3", "ldap3")
def use_ldap3(place: Place) -> None:
    import ssl

    import ldap3

    tls = ldap3.Tls(validate=ssl.CERT_REQUIRED, ca_certs_file=place.ca) if place.ca else None
    server = ldap3.Server(place.host, place.port, use_ssl=place.is_tls, tls=tls, connect_timeout=1)
    with ldap3.Connection(server, receive_timeout=1, auto_bind=True):
        pass
