"""What comes with Python."""

import asyncio
import ftplib
import http.client
import imaplib
import poplib
import smtplib
import sys
import urllib.request
import xmlrpc.client

from .places import Place
from .registry import client


@client("asyncio")
async def use_asyncio(place: Place) -> None:
    async with asyncio.timeout(place.timeout):
        reader, writer = await asyncio.open_connection(place.host, place.port)
        try:
            writer.write(b"hello\r\n")
            await reader.readexactly(1)
        finally:
            writer.close()


@client("urllib")
def use_urllib(place: Place) -> None:
    urllib.request.urlopen(f"{place.url}/", timeout=place.timeout).close()


@client("http.client")
def use_http_client(place: Place) -> None:
    connection = http.client.HTTPConnection(place.host, place.port, timeout=place.timeout)
    try:
        connection.request("GET", "/")
        connection.getresponse()
    finally:
        connection.close()


@client("smtplib")
def use_smtplib(place: Place) -> None:
    smtplib.SMTP(place.host, place.port, timeout=place.timeout)


# Since 3.14 it takes a reset for the end of the stream, and keeps nothing of it.
@client("imaplib")
def use_imaplib(place: Place) -> None:
    imaplib.IMAP4(place.host, place.port, timeout=place.timeout)


@client("poplib")
def use_poplib(place: Place) -> None:
    poplib.POP3(place.host, place.port, timeout=place.timeout)


@client("ftplib")
def use_ftplib(place: Place) -> None:
    ftplib.FTP().connect(place.host, place.port, timeout=place.timeout)  # noqa: S321  # nothing is sent


@client("xmlrpc.client", no_connection_in_time="it has no timeout", no_reply_in_time="it has no timeout")
def use_xmlrpc(place: Place) -> None:
    with xmlrpc.client.ServerProxy(f"{place.url}/") as server:
        server.ping()
