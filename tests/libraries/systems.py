"""Remote shells, file shares, mail, directories, devices."""

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory

from .places import Place
from .registry import client

_NO_TLS = "it has no TLS"
_SSH = "SSH has its own encryption"


@client("asyncssh", "asyncssh", tls=_SSH)
async def use_asyncssh(place: Place) -> None:
    import asyncssh

    await asyncssh.connect(
        place.host, place.port, config=None, connect_timeout=place.timeout, login_timeout=place.timeout
    )


@client("fabric", "fabric", tls=_SSH)
def use_fabric(place: Place) -> None:
    import fabric

    # The timeout is in whole seconds.
    kwargs = {"banner_timeout": place.timeout, "allow_agent": False, "look_for_keys": False}
    with fabric.Connection(place.host, "user", place.port, connect_timeout=1, connect_kwargs=kwargs) as connection:
        connection.open()


@client("ncclient", "ncclient", no_reply_in_time="it waits for 15 seconds", tls=_SSH)
def use_ncclient(place: Place) -> None:
    from ncclient import manager

    manager.connect_ssh(
        host=place.host,
        port=place.port,
        username="user",
        password="p",  # noqa: S106  # it never gets that far
        timeout=place.timeout,
        allow_agent=False,
        look_for_keys=False,
    )


@client(
    "ncclient TLS", "ncclient", **dict.fromkeys(("no_reply_in_time", "reset", "closed_early"), "it speaks TLS alone")
)
def use_ncclient_tls(place: Place) -> None:
    import ssl

    import trustme
    from ncclient import manager

    with TemporaryDirectory() as directory:
        # It does not connect without a certificate of the client.
        certificate = Path(directory, "client.pem")
        trustme.CA().issue_cert("client.invalid").private_key_and_cert_chain_pem.write_to_path(str(certificate))
        manager.connect_tls(
            host=place.host,
            port=place.port,
            certfile=str(certificate),
            ca_certs=place.ca,
            protocol=ssl.PROTOCOL_TLS_CLIENT,
            timeout=place.timeout,
        )


@client("netmiko", "netmiko", tls=_SSH)
def use_netmiko(place: Place) -> None:
    import netmiko

    netmiko.ConnectHandler(
        device_type="linux",
        host=place.host,
        port=place.port,
        username="user",
        password="p",  # noqa: S106  # it never gets that far
        conn_timeout=3 * place.timeout,
        banner_timeout=place.timeout,
    )


@client("netmiko telnet", "netmiko", no_reply_in_time="it waits for 12 seconds", tls=_NO_TLS)
def use_netmiko_telnet(place: Place) -> None:
    import netmiko

    netmiko.ConnectHandler(
        device_type="cisco_ios_telnet",
        host=place.host,
        port=place.port,
        username="user",
        password="p",  # noqa: S106  # it never gets that far
        conn_timeout=place.timeout,
        read_timeout_override=place.timeout,
    )


@client("telnetlib3", "telnetlib3")
async def use_telnetlib3(place: Place) -> None:
    import telnetlib3

    reader, writer = await telnetlib3.open_connection(
        place.host, place.port, connect_timeout=place.timeout, connect_maxwait=0, ssl=place.context
    )
    try:
        async with asyncio.timeout(place.timeout):
            await reader.readexactly(1)
    finally:
        writer.close()


@client("aioftp", "aioftp")
async def use_aioftp(place: Place) -> None:
    import aioftp

    made = aioftp.Client(socket_timeout=place.timeout, connection_timeout=place.timeout, ssl=place.context)
    await made.connect(place.host, place.port)


@client("aioimaplib", "aioimaplib")
async def use_aioimaplib(place: Place) -> None:
    import aioimaplib

    if place.is_tls:
        made = aioimaplib.IMAP4_SSL(place.host, place.port, timeout=place.timeout, ssl_context=place.context)
    else:
        made = aioimaplib.IMAP4(place.host, place.port, timeout=place.timeout)
    await made.wait_hello_from_server()


@client("imapclient", "IMAPClient")
def use_imapclient(place: Place) -> None:
    import imapclient

    imapclient.IMAPClient(
        place.host, place.port, ssl=place.is_tls, ssl_context=place.context, timeout=place.timeout
    ).logout()


@client("exchangelib", "exchangelib")
def use_exchangelib(place: Place) -> None:
    import exchangelib
    from exchangelib.protocol import BaseProtocol

    BaseProtocol.TIMEOUT = place.timeout
    credentials = exchangelib.Credentials("user", "p")
    configuration = exchangelib.Configuration(
        credentials=credentials,
        service_endpoint=f"{place.url}/EWS/Exchange.asmx",
        auth_type=exchangelib.BASIC,
        version=exchangelib.Version(exchangelib.Build(15, 1)),
        retry_policy=exchangelib.FailFast(),
    )
    account = exchangelib.Account("user@another.invalid", config=configuration, autodiscover=False)
    account.inbox.refresh()


@client("smbprotocol", "smbprotocol", tls=_NO_TLS)
def use_smbprotocol(place: Place) -> None:
    import uuid

    from smbprotocol.connection import Connection

    Connection(uuid.uuid4(), place.host, place.port).connect(timeout=place.timeout)


@client("smbclient", "smbprotocol", tls=_NO_TLS)
def use_smbclient(place: Place) -> None:
    import smbclient

    smbclient.register_session(
        place.host,
        username="user",
        password="p",  # noqa: S106  # it never gets that far
        port=place.port,
        connection_timeout=place.timeout,
    )


@client("smb", "pysmb", tls=_NO_TLS)
def use_pysmb(place: Place) -> None:
    from smb.SMBConnection import SMBConnection

    made = SMBConnection("user", "p", "here", "there", is_direct_tcp=True)
    made.connect(place.host, place.port, timeout=place.timeout)


@client("ldap", "python-ldap")
def use_ldap(place: Place) -> None:
    import ldap

    made = ldap.initialize(f"{'ldaps' if place.is_tls else 'ldap'}://{place.authority}")
    made.set_option(ldap.OPT_NETWORK_TIMEOUT, place.timeout)
    made.set_option(ldap.OPT_TIMEOUT, place.timeout)
    if place.ca is not None:
        made.set_option(ldap.OPT_X_TLS_CACERTFILE, place.ca)
        made.set_option(ldap.OPT_X_TLS_NEWCTX, 0)
    made.simple_bind_s()


@client("impacket", "impacket", tls=_NO_TLS)
def use_impacket(place: Place) -> None:
    from impacket.smbconnection import SMBConnection

    SMBConnection(place.host, place.host, sess_port=place.port, timeout=place.timeout)


@client("impacket RPC", "impacket", tls=_NO_TLS)
def use_impacket_rpc(place: Place) -> None:
    from impacket.dcerpc.v5 import epm
    from impacket.dcerpc.v5.transport import TCPTransport

    made = TCPTransport(place.host, place.port)
    made.set_connect_timeout(place.timeout)
    remote = made.get_dce_rpc()
    remote.connect()
    remote.bind(epm.MSRPC_UUID_PORTMAP)
