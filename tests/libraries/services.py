"""HTTP services, each through its own library."""

from .places import Place
from .registry import client


@client("boto3", "boto3", unresolvable="it does not take such a name")
def use_boto3(place: Place) -> None:
    import boto3
    from botocore.config import Config

    config = Config(connect_timeout=place.timeout, read_timeout=place.timeout, retries={"max_attempts": 0}, proxies={})
    keys = {"aws_access_key_id": "key", "aws_secret_access_key": "secret"}
    boto3.client("s3", region_name="here", endpoint_url=place.url, config=config, **keys).list_buckets()


@client("minio", "minio")
def use_minio(place: Place) -> None:
    import minio
    import urllib3

    http = urllib3.PoolManager(timeout=place.timeout, retries=False, ca_certs=place.ca)
    minio.Minio(place.authority, "key", "secret", secure=place.is_tls, region="here", http_client=http).list_buckets()


@client("google.cloud.storage", "google-cloud-storage")
def use_google_cloud_storage(place: Place) -> None:
    from google.auth.credentials import AnonymousCredentials
    from google.cloud.storage import Client

    options = {"api_endpoint": place.url}
    made = Client("project", AnonymousCredentials(), client_options=options)
    list(made.list_buckets(timeout=place.timeout, retry=None))


@client("google.auth", "google-auth", needs=("requests",))
def use_google_auth(place: Place) -> None:
    from google.auth.transport.requests import Request

    Request()(place.url, timeout=place.timeout)


@client("google.api_core", "google-api-core", needs=("requests",))
def use_google_api_core(place: Place) -> None:
    import requests
    from google.api_core.retry import Retry

    Retry(initial=0.1, timeout=1)(requests.get)(place.url, timeout=place.timeout)


@client("azure.core", "azure-core", needs=("requests",))
def use_azure_core(place: Place) -> None:
    from azure.core import PipelineClient
    from azure.core.pipeline.transport import RequestsTransport
    from azure.core.rest import HttpRequest

    transport = RequestsTransport(connection_timeout=place.timeout, read_timeout=place.timeout)
    with PipelineClient(place.url, transport=transport) as made:
        made.send_request(HttpRequest("GET", place.url))


@client("azure.core asyncio", "azure-core", needs=("aiohttp",))
async def use_azure_core_asyncio(place: Place) -> None:
    from azure.core import AsyncPipelineClient
    from azure.core.pipeline.transport import AioHttpTransport
    from azure.core.rest import HttpRequest

    transport = AioHttpTransport(connection_timeout=place.timeout, read_timeout=place.timeout)
    async with AsyncPipelineClient(place.url, transport=transport) as made:
        await made.send_request(HttpRequest("GET", place.url))


@client("azure.storage.blob", "azure-storage-blob")
def use_azure_storage_blob(place: Place) -> None:
    from azure.storage.blob import BlobServiceClient

    limits = {"connection_timeout": place.timeout, "read_timeout": place.timeout, "retry_total": 0}
    with BlobServiceClient(f"{place.url}/account", **limits) as made:
        made.get_service_properties()


@client("kubernetes", "kubernetes")
def use_kubernetes(place: Place) -> None:
    from kubernetes.client import ApiClient, Configuration, VersionApi

    config = Configuration(place.url)
    config.ssl_ca_cert, config.retries = place.ca, 0
    with ApiClient(config) as made:
        VersionApi(made).get_code(_request_timeout=place.timeout)


@client("docker", "docker")
def use_docker(place: Place) -> None:
    import docker

    tls = docker.tls.TLSConfig(ca_cert=place.ca, verify=True) if place.is_tls else False
    docker.DockerClient(place.url, timeout=place.timeout, tls=tls).close()


@client("hvac", "hvac")
def use_hvac(place: Place) -> None:
    import hvac

    hvac.Client(place.url, timeout=place.timeout).sys.read_health_status()


@client("consul", "python-consul", no_connection_in_time="it has no timeout", no_reply_in_time="it has no timeout")
def use_consul(place: Place) -> None:
    from consul import Consul

    scheme = "https" if place.is_tls else "http"
    Consul(place.host, place.port, scheme=scheme, verify=place.ca or True).status.leader()


@client("openai", "openai")
def use_openai(place: Place) -> None:
    from openai import OpenAI

    with OpenAI(api_key="key", base_url=place.url, timeout=place.timeout, max_retries=0) as made:
        made.models.list()


@client("openai asyncio", "openai")
async def use_openai_asyncio(place: Place) -> None:
    from openai import AsyncOpenAI

    async with AsyncOpenAI(api_key="key", base_url=place.url, timeout=place.timeout, max_retries=0) as made:
        await made.models.list()


@client("anthropic", "anthropic")
def use_anthropic(place: Place) -> None:
    from anthropic import Anthropic

    with Anthropic(api_key="key", base_url=place.url, timeout=place.timeout, max_retries=0) as made:
        made.models.list()


@client("stripe", "stripe")
def use_stripe(place: Place) -> None:
    import stripe

    stripe.ca_bundle_path = place.ca or stripe.ca_bundle_path
    http = stripe.RequestsClient(timeout=place.timeout)
    made = stripe.StripeClient("key", base_addresses={"api": place.url}, max_network_retries=0, http_client=http)
    made.v1.balance.retrieve()


@client("slack_sdk", "slack-sdk")
def use_slack_sdk(place: Place) -> None:
    from slack_sdk import WebClient

    limits = {"timeout": place.timeout, "retry_handlers": []}
    WebClient(base_url=place.url, ssl=place.context, **limits).api_test()


@client("github", "PyGithub")
def use_github(place: Place) -> None:
    from github import Github

    with Github(base_url=place.url, timeout=1, retry=None) as made:
        made.get_rate_limit()


@client("gitlab", "python-gitlab")
def use_gitlab(place: Place) -> None:
    from gitlab import Gitlab

    with Gitlab(place.url, timeout=place.timeout) as made:
        made.projects.list()


@client("jira", "jira")
def use_jira(place: Place) -> None:
    from jira import JIRA

    JIRA(place.url, timeout=place.timeout, max_retries=0)


@client("twilio", "twilio")
def use_twilio(place: Place) -> None:
    from twilio.http.http_client import TwilioHttpClient
    from twilio.rest import Client

    made = Client("account", "token", http_client=TwilioHttpClient(timeout=place.timeout, max_retries=0))
    made.request("GET", place.url)


@client("influxdb", "influxdb")
def use_influxdb(place: Place) -> None:
    from influxdb import InfluxDBClient

    # With no retries it would retry for ever.
    limits = {"timeout": place.timeout, "retries": 1}
    with InfluxDBClient(place.host, place.port, ssl=place.is_tls, verify_ssl=True, **limits) as made:
        made.ping()


@client("influxdb_client", "influxdb-client")
def use_influxdb_client(place: Place) -> None:
    from influxdb_client import InfluxDBClient

    with InfluxDBClient(place.url, "token", timeout=int(place.timeout * 1000), ssl_ca_cert=place.ca) as made:
        made.buckets_api().find_buckets()


@client("clickhouse_connect", "clickhouse-connect")
def use_clickhouse_connect(place: Place) -> None:
    import clickhouse_connect

    limits = {"connect_timeout": 1, "send_receive_timeout": 1, "query_retries": 0}
    clickhouse_connect.get_client(
        host=place.host, port=place.port, secure=place.is_tls, ca_cert=place.ca, **limits
    ).close()


@client("meilisearch", "meilisearch")
def use_meilisearch(place: Place) -> None:
    from meilisearch import Client

    Client(place.url, timeout=1).health()


@client("typesense", "typesense")
def use_typesense(place: Place) -> None:
    from typesense import Client

    node = {"host": place.host, "port": str(place.port), "protocol": "https" if place.is_tls else "http"}
    limits = {"connection_timeout_seconds": place.timeout, "num_retries": 0}
    Client({"nodes": [node], "api_key": "key", **limits}).collections.retrieve()


@client("qdrant_client", "qdrant-client")
def use_qdrant_client(place: Place) -> None:
    from qdrant_client import QdrantClient

    QdrantClient(place.url, timeout=1, check_compatibility=False).get_collections()


@client("pysolr", "pysolr")
def use_pysolr(place: Place) -> None:
    from pysolr import Solr

    Solr(f"{place.url}/solr", timeout=place.timeout).ping()


@client("arango", "python-arango")
def use_arango(place: Place) -> None:
    from arango import ArangoClient, DefaultHTTPClient

    http = DefaultHTTPClient(request_timeout=place.timeout, retry_attempts=0)
    ArangoClient(place.url, http_client=http, resolver_max_tries=1).db("_system").version()


@client("couchdb", "CouchDB")
def use_couchdb(place: Place) -> None:
    import couchdb

    couchdb.Server(place.url, session=couchdb.Session(timeout=place.timeout)).version()


@client("pycouchdb", "pycouchdb")
def use_pycouchdb(place: Place) -> None:
    import pycouchdb

    pycouchdb.Server(place.url, verify=True, timeout=place.timeout).info()


@client("zeep", "zeep")
def use_zeep(place: Place) -> None:
    from zeep import Client, Transport

    Client(f"{place.url}/?wsdl", transport=Transport(timeout=place.timeout))


@client("suds", "suds")
def use_suds(place: Place) -> None:
    from suds.client import Client

    Client(f"{place.url}/?wsdl", timeout=place.timeout)


@client("libcloud", "apache-libcloud")
def use_libcloud(place: Place) -> None:
    from libcloud.storage.providers import get_driver
    from libcloud.storage.types import Provider

    driver = get_driver(Provider.S3)
    driver(
        "key", "secret", place.is_tls, place.host, place.port, region="us-east-1", timeout=place.timeout
    ).list_containers()


@client("winrm", "pywinrm")
def use_winrm(place: Place) -> None:
    from winrm import Protocol

    # The first must be greater, and both whole.
    limits = {"read_timeout_sec": 2, "operation_timeout_sec": 1}
    Protocol(
        f"{place.url}/wsman",
        transport="basic",
        username="u",
        password="p",  # noqa: S106  # it never gets that far
        **limits,
    ).open_shell()


@client("selenium", "selenium")
def use_selenium(place: Place) -> None:
    from selenium.webdriver import ChromeOptions, Remote
    from selenium.webdriver.remote.client_config import ClientConfig

    config = ClientConfig(place.url, timeout=1, ca_certs=place.ca)
    Remote(place.url, options=ChromeOptions(), client_config=config).quit()


@client("prometheus_client", "prometheus-client")
def use_prometheus_client(place: Place) -> None:
    from prometheus_client import CollectorRegistry, push_to_gateway

    push_to_gateway(place.url, job="job", registry=CollectorRegistry(), timeout=place.timeout)


@client("weaviate", "weaviate-client")
def use_weaviate(place: Place) -> None:
    import weaviate
    from weaviate.classes.init import AdditionalConfig, Timeout

    limits = AdditionalConfig(timeout=Timeout(init=place.timeout), trust_env=True)
    # It turns to gRPC only after the other server has answered.
    weaviate.connect_to_custom(
        place.host, place.port, place.is_tls, place.host, 1, place.is_tls, additional_config=limits
    ).close()


@client("telegram", "python-telegram-bot")
async def use_telegram(place: Place) -> None:
    from telegram import Bot
    from telegram.request import HTTPXRequest

    request = HTTPXRequest(connect_timeout=place.timeout, read_timeout=place.timeout)
    async with Bot("1:token", base_url=f"{place.url}/bot", request=request) as made:
        await made.get_me()


@client("dulwich", "dulwich")
def use_dulwich(place: Place) -> None:
    from dulwich.client import HttpGitClient

    HttpGitClient(place.url, timeout=place.timeout).get_refs(b"/repository")


@client("trino", "trino")
def use_trino(place: Place) -> None:
    from trino.dbapi import connect

    limits = {"max_attempts": 1, "request_timeout": place.timeout}
    scheme = "https" if place.is_tls else "http"
    with connect(host=place.host, port=place.port, user="u", http_scheme=scheme, **limits) as made:
        made.cursor().execute("SELECT 1")


@client("snowflake.connector", "snowflake-connector-python")
def use_snowflake_connector(place: Place) -> None:
    from snowflake.connector import connect

    # With login_timeout reached first, it would say nothing else.
    limits = {"login_timeout": 5, "network_timeout": 1, "socket_timeout": 1, "retry_max_attempts": 1}
    scheme = "https" if place.is_tls else "http"
    connect(
        account="a",
        user="u",
        password="p",  # noqa: S106  # it never gets that far
        host=place.host,
        port=place.port,
        protocol=scheme,
        **limits,
    ).close()


@client("databricks.sql", "databricks-sql-connector")
def use_databricks_sql(place: Place) -> None:
    from databricks import sql

    limits = {"_socket_timeout": place.timeout, "_retry_stop_after_attempts_count": 1, "enable_telemetry": False}
    sql.connect(
        place.host, "/sql", "token", _connection_uri=f"{place.url}/sql", _tls_trusted_ca_file=place.ca, **limits
    ).close()


@client(
    "jsonrpclib", "jsonrpclib-pelix", no_connection_in_time="it has no timeout", no_reply_in_time="it has no timeout"
)
def use_jsonrpclib(place: Place) -> None:
    from jsonrpclib import ServerProxy

    ServerProxy(place.url, context=place.context).ping()
