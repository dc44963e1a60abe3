"""HTTP and what is spoken over it."""

from .places import Place
from .registry import client


@client("requests", "requests")
def use_requests(place: Place) -> None:
    import requests

    requests.get(f"{place.url}/", timeout=place.timeout)


@client("urllib3", "urllib3")
def use_urllib3(place: Place) -> None:
    import urllib3

    with urllib3.PoolManager() as pool:
        pool.request("GET", f"{place.url}/", timeout=place.timeout, retries=1)


@client("httpx", "httpx")
def use_httpx(place: Place) -> None:
    import httpx

    httpx.get(f"{place.url}/", timeout=place.timeout, trust_env=False)


@client("httpcore", "httpcore")
def use_httpcore(place: Place) -> None:
    import httpcore

    limits = {"connect": place.timeout, "read": place.timeout, "write": place.timeout, "pool": place.timeout}
    httpcore.request("GET", f"{place.url}/", extensions={"timeout": limits})


@client("aiohttp", "aiohttp")
async def use_aiohttp(place: Place) -> None:
    import aiohttp

    timeout = aiohttp.ClientTimeout(total=place.timeout)
    async with aiohttp.ClientSession(timeout=timeout) as session, session.get(f"{place.url}/"):
        pass


@client("tornado", "tornado")
async def use_tornado(place: Place) -> None:
    from tornado.httpclient import AsyncHTTPClient

    await AsyncHTTPClient().fetch(f"{place.url}/", connect_timeout=place.timeout, request_timeout=place.timeout)


@client("websockets", "websockets")
def use_websockets(place: Place) -> None:
    from websockets.sync.client import connect

    with connect(f"ws://{place.authority}/", open_timeout=place.timeout, proxy=None):
        pass


@client("grpc", "grpcio")
def use_grpc(place: Place) -> None:
    import grpc

    with grpc.insecure_channel(place.authority, options=[("grpc.enable_http_proxy", 0)]) as channel:
        channel.unary_unary("/service/method")(b"", timeout=place.timeout)


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
