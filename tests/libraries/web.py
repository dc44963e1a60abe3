"""HTTP and what is spoken over it."""

import threading
from collections.abc import Callable
from functools import cache
from typing import Any

from .places import Place
from .registry import client


@client("requests", "requests")
def use_requests(place: Place) -> None:
    import requests

    requests.get(f"{place.url}/", timeout=place.timeout)


@client("requests session with retries", "requests")
def use_requests_session(place: Place) -> None:
    import requests
    from requests.adapters import HTTPAdapter
    from urllib3 import Retry

    with requests.Session() as session:
        session.mount(place.url, HTTPAdapter(max_retries=Retry(1)))
        session.get(f"{place.url}/", timeout=place.timeout)


@client("requests_toolbelt", "requests-toolbelt")
def use_requests_toolbelt(place: Place) -> None:
    from requests_toolbelt.sessions import BaseUrlSession

    with BaseUrlSession(place.url) as session:
        session.get("/", timeout=place.timeout)


@client("urllib3", "urllib3")
def use_urllib3(place: Place) -> None:
    import urllib3

    with urllib3.PoolManager(ca_certs=place.ca) as pool:
        pool.request("GET", f"{place.url}/", timeout=place.timeout, retries=1)


@client("urllib3 pool", "urllib3")
def use_urllib3_pool(place: Place) -> None:
    import urllib3

    with urllib3.connection_from_url(place.url, timeout=place.timeout, retries=False) as pool:
        pool.request("GET", "/")


@client("httpx", "httpx")
def use_httpx(place: Place) -> None:
    import httpx

    httpx.get(f"{place.url}/", timeout=place.timeout, verify=place.context or True, trust_env=False)


@client("httpx asyncio", "httpx")
async def use_httpx_asyncio(place: Place) -> None:
    import httpx

    verify = place.context or True
    async with httpx.AsyncClient(timeout=place.timeout, verify=verify, trust_env=False) as made:
        await made.get(f"{place.url}/")


@client("httpx http2", "httpx[http2]", needs=("h2",))
def use_httpx_http2(place: Place) -> None:
    import httpx

    # In plain text it speaks HTTP/2 only if it may speak nothing else.
    with httpx.Client(
        http1=False, http2=True, timeout=place.timeout, verify=place.context or True, trust_env=False
    ) as made:
        made.get(f"{place.url}/")


@client("httpcore", "httpcore")
def use_httpcore(place: Place) -> None:
    import httpcore

    limits = {"connect": place.timeout, "read": place.timeout, "write": place.timeout, "pool": place.timeout}
    with httpcore.ConnectionPool(ssl_context=place.context) as pool:
        pool.request("GET", f"{place.url}/", extensions={"timeout": limits})


@client("h11", "h11")
def use_h11(place: Place) -> None:
    import socket

    import h11

    connection = h11.Connection(our_role=h11.CLIENT)
    with socket.create_connection((place.host, place.port), timeout=place.timeout) as plain:
        sock = plain if place.context is None else place.context.wrap_socket(plain, server_hostname=place.host)
        request = h11.Request(method="GET", target="/", headers=[("Host", place.authority), ("Connection", "close")])
        sock.sendall(connection.send(request) or b"")
        sock.sendall(connection.send(h11.EndOfMessage()) or b"")
        while connection.next_event() is h11.NEED_DATA:
            connection.receive_data(sock.recv(2048))


@client("aiohttp", "aiohttp")
async def use_aiohttp(place: Place) -> None:
    import aiohttp

    timeout = aiohttp.ClientTimeout(total=place.timeout)
    async with (
        aiohttp.ClientSession(timeout=timeout) as session,
        session.get(f"{place.url}/", ssl=place.context or True),
    ):
        pass


@client("aiohttp websocket", "aiohttp")
async def use_aiohttp_websocket(place: Place) -> None:
    import aiohttp

    timeout = aiohttp.ClientTimeout(sock_connect=place.timeout, sock_read=place.timeout)
    async with (
        aiohttp.ClientSession(timeout=timeout) as session,
        session.ws_connect(f"{place.url}/", ssl=place.context or True),
    ):
        pass


@client("tornado", "tornado")
async def use_tornado(place: Place) -> None:
    from tornado.httpclient import AsyncHTTPClient

    await AsyncHTTPClient().fetch(
        f"{place.url}/", connect_timeout=place.timeout, request_timeout=place.timeout, ca_certs=place.ca
    )


@client("tornado websocket", "tornado")
async def use_tornado_websocket(place: Place) -> None:
    from tornado.httpclient import HTTPRequest
    from tornado.websocket import websocket_connect

    url = f"{_websocket_url(place)}/"
    # It has no limit of its own for the reply: request_timeout is that.
    await websocket_connect(
        HTTPRequest(url, connect_timeout=place.timeout, request_timeout=place.timeout, ca_certs=place.ca)
    )


@client("websockets", "websockets")
def use_websockets(place: Place) -> None:
    from websockets.sync.client import connect

    with connect(f"{_websocket_url(place)}/", open_timeout=place.timeout, ssl=place.context, proxy=None):
        pass


@client("websockets asyncio", "websockets")
async def use_websockets_asyncio(place: Place) -> None:
    from websockets.asyncio.client import connect

    async with connect(f"{_websocket_url(place)}/", open_timeout=place.timeout, ssl=place.context, proxy=None):
        pass


@client("websocket", "websocket-client")
def use_websocket(place: Place) -> None:
    import websocket

    websocket.create_connection(f"{_websocket_url(place)}/", timeout=place.timeout, sslopt={"ca_certs": place.ca})


@client("engineio", "python-engineio[client]")
def use_engineio(place: Place) -> None:
    import engineio

    engineio.Client(request_timeout=place.timeout, handle_sigint=False).connect(place.url)


@client("engineio websocket", "python-engineio[client]")
def use_engineio_websocket(place: Place) -> None:
    import engineio

    options = {"sslopt": {"ca_certs": place.ca}}
    made = engineio.Client(request_timeout=place.timeout, handle_sigint=False, websocket_extra_options=options)
    made.connect(place.url, transports=["websocket"])


@client("engineio asyncio", "python-engineio[asyncio_client]")
async def use_engineio_asyncio(place: Place) -> None:
    import engineio

    await engineio.AsyncClient(request_timeout=place.timeout, handle_sigint=False).connect(place.url)


@client("socketio", "python-socketio[client]")
def use_socketio(place: Place) -> None:
    import socketio

    socketio.Client(reconnection=False, request_timeout=place.timeout, handle_sigint=False).connect(place.url)


@client("socketio asyncio", "python-socketio[asyncio_client]")
async def use_socketio_asyncio(place: Place) -> None:
    import socketio

    made = socketio.AsyncClient(reconnection=False, request_timeout=place.timeout, handle_sigint=False)
    await made.connect(place.url)


@client("grpc", "grpcio")
def use_grpc(place: Place) -> None:
    import grpc

    options = [("grpc.enable_http_proxy", 0)]
    if place.is_tls:
        channel = grpc.secure_channel(place.authority, grpc.ssl_channel_credentials(_ca_of(place)), options)
    else:
        channel = grpc.insecure_channel(place.authority, options)
    with channel:
        channel.unary_unary("/service/method")(b"", timeout=place.timeout)


@client("grpc.aio", "grpcio")
async def use_grpc_aio(place: Place) -> None:
    import grpc

    options = [("grpc.enable_http_proxy", 0)]
    if place.is_tls:
        channel = grpc.aio.secure_channel(place.authority, grpc.ssl_channel_credentials(_ca_of(place)), options)
    else:
        channel = grpc.aio.insecure_channel(place.authority, options)
    async with channel:
        await channel.unary_unary("/service/method")(b"", timeout=place.timeout)


@client("botocore", "botocore", unresolvable="it does not take such a name")
def use_botocore(place: Place) -> None:
    from botocore.config import Config
    from botocore.session import Session

    session = Session()
    session.set_credentials("key", "secret")
    config = Config(connect_timeout=place.timeout, read_timeout=place.timeout, retries={"max_attempts": 0}, proxies={})
    made = session.create_client("sqs", region_name="here", endpoint_url=place.url, config=config)
    made.list_queues()


@client("elasticsearch", "elasticsearch")
def use_elasticsearch(place: Place) -> None:
    from elasticsearch import Elasticsearch

    with Elasticsearch(place.url, request_timeout=place.timeout, max_retries=0) as made:
        made.info()


@client("elasticsearch asyncio", "elasticsearch[async]")
async def use_elasticsearch_asyncio(place: Place) -> None:
    from elasticsearch import AsyncElasticsearch

    # With a context of its own it would not check whether the certificate is for an address.
    context = {"ssl_context": place.context} if place.is_tls else {}
    async with AsyncElasticsearch(place.url, request_timeout=place.timeout, max_retries=0, **context) as made:
        await made.info()


@client("elasticsearch with retries", "elasticsearch")
def use_elasticsearch_with_retries(place: Place) -> None:
    from elasticsearch import Elasticsearch

    with Elasticsearch(place.url, request_timeout=place.timeout, max_retries=1, retry_on_timeout=True) as made:
        made.info()


@client("opensearchpy", "opensearch-py")
def use_opensearchpy(place: Place) -> None:
    from opensearchpy import OpenSearch

    with OpenSearch(place.url, timeout=place.timeout, max_retries=0, ca_certs=place.ca) as made:
        made.info()


@client("opensearchpy requests", "opensearch-py")
def use_opensearchpy_requests(place: Place) -> None:
    from opensearchpy import OpenSearch, RequestsHttpConnection

    with OpenSearch(
        place.url,
        timeout=place.timeout,
        max_retries=0,
        connection_class=RequestsHttpConnection,
        ca_certs=place.ca,
        # Otherwise it keeps requests from reading its certificates from the file that ca_certs names.
        verify_certs=True,
    ) as made:
        made.info()


@client("opensearchpy asyncio", "opensearch-py[async]")
async def use_opensearchpy_asyncio(place: Place) -> None:
    from opensearchpy import AsyncOpenSearch

    async with AsyncOpenSearch(place.url, timeout=place.timeout, max_retries=0, ca_certs=place.ca) as made:
        await made.info()


@client("pycurl", "pycurl")
def use_pycurl(place: Place) -> None:
    import pycurl

    curl = pycurl.Curl()
    curl.setopt(pycurl.URL, f"{place.url}/")
    curl.setopt(pycurl.NOPROXY, "*")
    curl.setopt(pycurl.CONNECTTIMEOUT_MS, int(place.timeout * 1000))
    curl.setopt(pycurl.TIMEOUT_MS, int(place.timeout * 1000))
    if place.ca is not None:
        curl.setopt(pycurl.CAINFO, place.ca)
    try:
        curl.perform()
    finally:
        curl.close()


@client("curl_cffi", "curl-cffi")
def use_curl_cffi(place: Place) -> None:
    import curl_cffi

    curl_cffi.get(f"{place.url}/", timeout=(place.timeout, place.timeout), verify=place.ca or True)


@client("curl_cffi asyncio", "curl-cffi")
async def use_curl_cffi_asyncio(place: Place) -> None:
    import curl_cffi

    async with curl_cffi.AsyncSession(verify=place.ca or True) as session:
        await session.get(f"{place.url}/", timeout=(place.timeout, place.timeout))


@client("httplib2", "httplib2")
def use_httplib2(place: Place) -> None:
    import httplib2

    httplib2.Http(timeout=place.timeout, ca_certs=place.ca, proxy_info=None).request(f"{place.url}/")


@client("geventhttpclient", "geventhttpclient")
def use_geventhttpclient(place: Place) -> None:
    from geventhttpclient import HTTPClient

    options = {"ssl_options": {"ca_certs": place.ca}} if place.is_tls else {}
    made = HTTPClient.from_url(place.url, connection_timeout=place.timeout, network_timeout=place.timeout, **options)
    try:
        made.get("/")
    finally:
        made.close()


@client("mechanize", "mechanize")
def use_mechanize(place: Place) -> None:
    import mechanize

    browser = mechanize.Browser()
    browser.set_handle_robots(False)
    if place.is_tls:
        browser.set_ca_data(cafile=place.ca)
    browser.open(f"{place.url}/", timeout=place.timeout)


# Agent waits 0.3 s for a second address, as its HostnameEndpoint does, before it says that the only one has refused.
_GRACE = 0.4
_TWISTED_NAMES = "it does not take such a name"


@client("twisted", "twisted[tls]", unresolvable=_TWISTED_NAMES)
def use_twisted(place: Place) -> None:
    from twisted.web.client import Agent, BrowserLikePolicyForHTTPS

    def request(reactor: Any) -> Any:
        policy = BrowserLikePolicyForHTTPS(_twisted_trust(place))
        agent = Agent(reactor, contextFactory=policy, connectTimeout=place.timeout)
        # It has no timeout for the reply: Deferred.addTimeout is how that is written.
        return agent.request(b"GET", f"{place.url}/".encode()).addTimeout(place.timeout + _GRACE, reactor)

    _in_reactor(request)


@client("twisted endpoint", "twisted[tls]")
def use_twisted_endpoint(place: Place) -> None:
    from twisted.internet.defer import Deferred
    from twisted.internet.endpoints import TCP4ClientEndpoint, connectProtocol, wrapClientTLS
    from twisted.internet.protocol import Protocol
    from twisted.internet.ssl import optionsForClientTLS

    lost: Deferred[None] = Deferred()

    class Asking(Protocol):
        def connectionMade(self) -> None:  # noqa: N802  # it is Twisted's name
            self.transport.write(b"hello?")

        def connectionLost(self, reason: Any = None) -> None:  # noqa: N802  # it is Twisted's name
            lost.errback(reason)

    def connect(reactor: Any) -> Any:
        endpoint = TCP4ClientEndpoint(reactor, place.host, place.port, timeout=place.timeout)
        if place.is_tls:
            endpoint = wrapClientTLS(optionsForClientTLS(place.host, _twisted_trust(place)), endpoint)
        connecting = connectProtocol(endpoint, Asking())
        return connecting.addCallback(lambda _: lost).addTimeout(place.timeout + _GRACE, reactor)

    _in_reactor(connect)


@client("treq", "treq", needs=("twisted[tls]",), unresolvable=_TWISTED_NAMES)
def use_treq(place: Place) -> None:
    import treq
    from twisted.web.client import Agent, BrowserLikePolicyForHTTPS

    def request(reactor: Any) -> Any:
        policy = BrowserLikePolicyForHTTPS(_twisted_trust(place))
        agent = Agent(reactor, contextFactory=policy, connectTimeout=place.timeout)
        return treq.get(f"{place.url}/", agent=agent, timeout=place.timeout + _GRACE)

    _in_reactor(request)


_UDP = "it speaks UDP, and the place is one of TCP"


@client("aioquic", "aioquic", no_connection_in_time=_UDP, reset=_UDP, closed_early=_UDP, tls=_UDP)
async def use_aioquic(place: Place) -> None:
    from aioquic.asyncio import connect
    from aioquic.quic.configuration import QuicConfiguration

    configuration = QuicConfiguration(alpn_protocols=["h3"], idle_timeout=place.timeout)
    async with connect(place.host, place.port, configuration=configuration):
        pass


def _websocket_url(place: Place) -> str:
    return f"{'wss' if place.is_tls else 'ws'}://{place.authority}"


def _ca_of(place: Place) -> bytes | None:
    from pathlib import Path

    return None if place.ca is None else Path(place.ca).read_bytes()


def _twisted_trust(place: Place) -> Any:
    from twisted.internet.ssl import Certificate, trustRootFromCertificates

    content = _ca_of(place)
    return trustRootFromCertificates([] if content is None else [Certificate.loadPEM(content)])


def _in_reactor(function: Callable[[Any], Any]) -> None:
    from twisted.internet.threads import blockingCallFromThread

    reactor = _reactor()
    blockingCallFromThread(reactor, function, reactor)


@cache
def _reactor() -> Any:
    """Run Twisted's reactor in a thread, for it can be run only once in a process."""
    from twisted.internet import reactor

    threading.Thread(target=reactor.run, args=(False,), daemon=True).start()  # type: ignore[attr-defined]  # the module stands for the reactor
    return reactor
