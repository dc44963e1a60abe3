"""Databases and caches."""

from typing import Any

from .places import Place
from .registry import client

GREETING = "its TLS begins after a greeting in plain text"
NO_TLS = "it has no TLS"


@client("redis", "redis")
def use_redis(place: Place) -> None:
    from redis import Redis
    from redis.backoff import NoBackoff
    from redis.retry import Retry

    timeouts = {"socket_timeout": place.timeout, "socket_connect_timeout": place.timeout}
    tls: dict[str, Any] = {"ssl": True, "ssl_ca_certs": place.ca} if place.is_tls else {}
    with Redis(place.host, place.port, retry=Retry(NoBackoff(), 0), **timeouts, **tls) as made:
        made.ping()


@client("redis.asyncio", "redis")
async def use_redis_asyncio(place: Place) -> None:
    from redis.asyncio import Redis
    from redis.asyncio.retry import Retry
    from redis.backoff import NoBackoff

    timeouts = {"socket_timeout": place.timeout, "socket_connect_timeout": place.timeout}
    tls: dict[str, Any] = {"ssl": True, "ssl_ca_certs": place.ca} if place.is_tls else {}
    async with Redis(host=place.host, port=place.port, retry=Retry(NoBackoff(), 0), **timeouts, **tls) as made:
        await made.ping()


@client("redis cluster", "redis")
def use_redis_cluster(place: Place) -> None:
    from redis import RedisCluster
    from redis.backoff import NoBackoff
    from redis.retry import Retry

    timeouts = {"socket_timeout": place.timeout, "socket_connect_timeout": place.timeout}
    tls: dict[str, Any] = {"ssl": True, "ssl_ca_certs": place.ca} if place.is_tls else {}
    RedisCluster(host=place.host, port=place.port, retry=Retry(NoBackoff(), 0), **timeouts, **tls).ping()


@client("redis sentinel", "redis")
def use_redis_sentinel(place: Place) -> None:
    from redis.backoff import NoBackoff
    from redis.retry import Retry
    from redis.sentinel import Sentinel

    timeouts = {"socket_timeout": place.timeout, "socket_connect_timeout": place.timeout}
    tls: dict[str, Any] = {"ssl": True, "ssl_ca_certs": place.ca} if place.is_tls else {}
    arguments = {"retry": Retry(NoBackoff(), 0), **timeouts, **tls}
    Sentinel([(place.host, place.port)], sentinel_kwargs=arguments).discover_master("mymaster")


@client("valkey", "valkey")
def use_valkey(place: Place) -> None:
    from valkey import Valkey

    timeouts = {"socket_timeout": place.timeout, "socket_connect_timeout": place.timeout}
    tls: dict[str, Any] = {"ssl": True, "ssl_ca_certs": place.ca, "ssl_check_hostname": True} if place.is_tls else {}
    with Valkey(place.host, place.port, **timeouts, **tls) as made:
        made.ping()


@client("valkey.asyncio", "valkey")
async def use_valkey_asyncio(place: Place) -> None:
    from valkey.asyncio import Valkey

    timeouts = {"socket_timeout": place.timeout, "socket_connect_timeout": place.timeout}
    tls: dict[str, Any] = {"ssl": True, "ssl_ca_certs": place.ca, "ssl_check_hostname": True} if place.is_tls else {}
    async with Valkey(host=place.host, port=place.port, **timeouts, **tls) as made:
        await made.ping()


@client("coredis", "coredis")
async def use_coredis(place: Place) -> None:
    from coredis import Redis

    timeouts = {"stream_timeout": place.timeout, "connect_timeout": place.timeout}
    tls: dict[str, Any] = {"ssl_context": place.context} if place.is_tls else {}
    async with Redis(host=place.host, port=place.port, **timeouts, **tls) as made:
        await made.ping()


@client("glide", "valkey-glide")
async def use_glide(place: Place) -> None:
    from pathlib import Path

    from glide import (
        AdvancedGlideClientConfiguration,
        BackoffStrategy,
        GlideClient,
        GlideClientConfiguration,
        NodeAddress,
        TlsAdvancedConfiguration,
    )

    milliseconds = int(place.timeout * 1000)
    tls = None if place.ca is None else TlsAdvancedConfiguration(root_pem_cacerts=Path(place.ca).read_bytes())
    configuration = GlideClientConfiguration(
        [NodeAddress(place.host, place.port)],
        use_tls=place.is_tls,
        request_timeout=milliseconds,
        reconnect_strategy=BackoffStrategy(num_of_retries=0, factor=1, exponent_base=2),
        advanced_config=AdvancedGlideClientConfiguration(connection_timeout=milliseconds, tls_config=tls),
    )
    made = await GlideClient.create(configuration)
    await made.ping()


@client("psycopg", "psycopg[binary]")
def use_psycopg(place: Place) -> None:
    import psycopg

    # libpq waits for two seconds at least.
    psycopg.connect(**_libpq(place)).close()


@client("psycopg asyncio", "psycopg[binary]")
async def use_psycopg_asyncio(place: Place) -> None:
    import psycopg

    await psycopg.AsyncConnection.connect(**_libpq(place))


@client("psycopg2", "psycopg2-binary")
def use_psycopg2(place: Place) -> None:
    import psycopg2

    psycopg2.connect(**_libpq(place)).close()


@client("aiopg", "aiopg")
async def use_aiopg(place: Place) -> None:
    import aiopg

    await aiopg.connect(timeout=place.timeout, **_libpq(place))


def _libpq(place: Place) -> dict[str, Any]:
    # libpq waits for two seconds at least.
    found = {"host": place.host, "port": place.port, "connect_timeout": 2, "user": "u", "dbname": "d"}
    if place.is_tls:
        found |= {"sslmode": "verify-full", "sslnegotiation": "direct", "sslrootcert": place.ca}
    return found


@client("pg8000", "pg8000", tls=GREETING)
def use_pg8000(place: Place) -> None:
    import pg8000.dbapi

    pg8000.dbapi.connect("u", place.host, port=place.port, timeout=place.timeout).close()


@client("asyncpg", "asyncpg")
async def use_asyncpg(place: Place) -> None:
    import asyncpg

    tls: dict[str, Any] = {"ssl": place.context, "direct_tls": True} if place.is_tls else {"ssl": False}
    await asyncpg.connect(
        host=place.host,
        port=place.port,
        user="u",
        database="d",
        password="p",  # noqa: S106  # invented
        timeout=place.timeout,
        **tls,
    )


@client("pymysql", "PyMySQL", tls=GREETING)
def use_pymysql(place: Place) -> None:
    import pymysql

    timeouts = {"connect_timeout": 1, "read_timeout": 1}
    pymysql.connect(host=place.host, port=place.port, user="u", **timeouts).close()


@client("aiomysql", "aiomysql", tls=GREETING, no_reply_in_time="it has no timeout for the reply")
async def use_aiomysql(place: Place) -> None:
    import aiomysql

    await aiomysql.connect(host=place.host, port=place.port, user="u", connect_timeout=place.timeout)


@client("asyncmy", "asyncmy", tls=GREETING)
async def use_asyncmy(place: Place) -> None:
    import asyncmy

    await asyncmy.connect(host=place.host, port=place.port, user="u", connect_timeout=1, read_timeout=1)


@client("mysql.connector", "mysql-connector-python", tls=GREETING)
def use_mysql_connector(place: Place) -> None:
    import mysql.connector

    mysql.connector.connect(host=place.host, port=place.port, user="u", connection_timeout=1).close()


@client(
    "mysql.connector.aio", "mysql-connector-python", tls=GREETING, no_reply_in_time="it has no timeout for a greeting"
)
async def use_mysql_connector_aio(place: Place) -> None:
    import mysql.connector.aio

    timeouts = {"connection_timeout": 1, "read_timeout": 1}
    await mysql.connector.aio.connect(host=place.host, port=place.port, user="u", **timeouts)


@client("MySQLdb", "mysqlclient", tls=GREETING)
def use_mysqldb(place: Place) -> None:
    import MySQLdb

    timeouts = {"connect_timeout": 1, "read_timeout": 1}
    MySQLdb.connect(host=place.host, port=place.port, user="u", **timeouts).close()


@client("mariadb", "mariadb", tls=GREETING)
def use_mariadb(place: Place) -> None:
    import mariadb

    timeouts = {"connect_timeout": 1, "read_timeout": 1}
    mariadb.connect(host=place.host, port=place.port, user="u", **timeouts).close()


@client("pymssql", "pymssql", tls=GREETING)
def use_pymssql(place: Place) -> None:
    import pymssql

    pymssql.connect(place.host, "u", "p", "d", port=str(place.port), login_timeout=1, timeout=1).close()


@client("pyodbc FreeTDS", "pyodbc", tls=GREETING)
def use_pyodbc_freetds(place: Place) -> None:
    import pyodbc

    driver = "/usr/lib/x86_64-linux-gnu/odbc/libtdsodbc.so"
    server = f"SERVER={place.host};PORT={place.port};UID=u;PWD=p;TDS_Version=7.4"
    pyodbc.connect(f"DRIVER={driver};{server}", timeout=1).close()


@client("pyodbc psqlODBC", "pyodbc", tls=GREETING)
def use_pyodbc_psqlodbc(place: Place) -> None:
    import pyodbc

    driver = "/usr/lib/x86_64-linux-gnu/odbc/psqlodbcw.so"
    server = f"SERVER={place.host};PORT={place.port};UID=u;PWD=p;DATABASE=d"
    pyodbc.connect(f"DRIVER={driver};{server}", timeout=2).close()


@client("oracledb", "oracledb", no_reply_in_time="it has no timeout for the reply of the listener")
def use_oracledb(place: Place) -> None:
    import oracledb

    oracledb.connect(
        user="u",
        password="p",  # noqa: S106  # invented
        host=place.host,
        port=place.port,
        service_name="s",
        protocol="tcps" if place.is_tls else "tcp",
        ssl_context=place.context,
        tcp_connect_timeout=place.timeout,
    ).close()


@client(
    "oracledb asyncio",
    "oracledb",
    no_connection_in_time="its timeout does nothing with asyncio",
    no_reply_in_time="it has no timeout for the reply of the listener",
)
async def use_oracledb_asyncio(place: Place) -> None:
    import oracledb

    await oracledb.connect_async(
        user="u",
        password="p",  # noqa: S106  # invented
        host=place.host,
        port=place.port,
        service_name="s",
        protocol="tcps" if place.is_tls else "tcp",
        ssl_context=place.context,
        tcp_connect_timeout=place.timeout,
    )


@client("pymongo", "pymongo")
def use_pymongo(place: Place) -> None:
    from pymongo import MongoClient

    with MongoClient(**_mongodb(place)) as made:
        made.admin.command("ping")


@client("pymongo asyncio", "pymongo")
async def use_pymongo_asyncio(place: Place) -> None:
    from pymongo import AsyncMongoClient

    async with AsyncMongoClient(**_mongodb(place)) as made:
        await made.admin.command("ping")


@client("motor", "motor")
async def use_motor(place: Place) -> None:
    from motor.motor_asyncio import AsyncIOMotorClient

    await AsyncIOMotorClient(**_mongodb(place)).admin.command("ping")


def _mongodb(place: Place) -> dict[str, Any]:
    milliseconds = int(place.timeout * 1000)
    timeouts = {"serverSelectionTimeoutMS": milliseconds, "connectTimeoutMS": milliseconds}
    tls: dict[str, Any] = {"tls": True, "tlsCAFile": place.ca} if place.is_tls else {}
    return {"host": place.host, "port": place.port, **timeouts, **tls}


@client("pymemcache", "pymemcache")
def use_pymemcache(place: Place) -> None:
    from pymemcache.client.base import Client

    timeouts = {"connect_timeout": place.timeout, "timeout": place.timeout}
    Client((place.host, place.port), tls_context=place.context, **timeouts).get("key")


@client("aiomcache", "aiomcache", tls=NO_TLS)
async def use_aiomcache(place: Place) -> None:
    import asyncio

    import aiomcache

    # It has no timeout of its own.
    async with asyncio.timeout(place.timeout):
        await aiomcache.Client(place.host, place.port).get(b"key")


@client("pylibmc", "pylibmc", tls=NO_TLS)
def use_pylibmc(place: Place) -> None:
    import pylibmc

    milliseconds = int(place.timeout * 1000)
    behaviors = {"connect_timeout": milliseconds, "receive_timeout": milliseconds * 1000}
    pylibmc.Client([place.authority], behaviors=behaviors).set("key", "value")


@client("aerospike", "aerospike")
def use_aerospike(place: Place) -> None:
    import aerospike

    made = aerospike.client(
        {
            "hosts": [(place.host, place.port, place.host)],
            "policies": {"login_timeout_ms": int(place.timeout * 1000)},
            "connect_timeout": int(place.timeout * 1000),
            "tls": {"enable": place.is_tls, "cafile": place.ca or ""},
        }
    )
    made.connect()


@client("sqlalchemy", "SQLAlchemy", needs=("pg8000",), tls=GREETING)
def use_sqlalchemy(place: Place) -> None:
    from sqlalchemy import create_engine

    engine = create_engine(f"postgresql+pg8000://u@{place.authority}/d", connect_args={"timeout": place.timeout})
    with engine.connect():
        pass


@client("sqlalchemy psycopg", "SQLAlchemy", needs=("psycopg[binary]",))
def use_sqlalchemy_psycopg(place: Place) -> None:
    from sqlalchemy import create_engine

    engine = create_engine("postgresql+psycopg://", connect_args=_libpq(place))
    with engine.connect():
        pass


@client("sqlalchemy pymysql", "SQLAlchemy", needs=("PyMySQL",), tls=GREETING)
def use_sqlalchemy_pymysql(place: Place) -> None:
    from sqlalchemy import create_engine

    timeouts = {"connect_timeout": 1, "read_timeout": 1}
    engine = create_engine(f"mysql+pymysql://u@{place.authority}/d", connect_args=timeouts)
    with engine.connect():
        pass


@client("sqlalchemy asyncpg", "SQLAlchemy", needs=("asyncpg",))
async def use_sqlalchemy_asyncpg(place: Place) -> None:
    from sqlalchemy.ext.asyncio import create_async_engine

    tls: dict[str, Any] = {"ssl": place.context, "direct_tls": True} if place.is_tls else {"ssl": False}
    engine = create_async_engine(
        f"postgresql+asyncpg://u:p@{place.authority}/d", connect_args={"timeout": place.timeout, **tls}
    )
    async with engine.connect():
        pass


@client("peewee", "peewee", needs=("PyMySQL",), tls=GREETING)
def use_peewee(place: Place) -> None:
    from peewee import MySQLDatabase

    timeouts = {"connect_timeout": 1, "read_timeout": 1}
    MySQLDatabase("d", host=place.host, port=place.port, user="u", **timeouts).connect()


@client("peewee psycopg2", "peewee", needs=("psycopg2-binary",))
def use_peewee_psycopg2(place: Place) -> None:
    from peewee import PostgresqlDatabase

    arguments = _libpq(place)
    PostgresqlDatabase(arguments.pop("dbname"), **arguments).connect()


@client("django", "Django", needs=("psycopg[binary]",))
def use_django(place: Place) -> None:
    from django.conf import settings
    from django.db import ConnectionHandler

    if not settings.configured:
        settings.configure()
    options = _libpq(place)
    names = {"HOST": "host", "PORT": "port", "USER": "user", "NAME": "dbname"}
    database = {key: options.pop(name) for key, name in names.items()}
    database |= {"ENGINE": "django.db.backends.postgresql", "OPTIONS": options}
    ConnectionHandler({"default": database})["default"].connect()


@client("cassandra", "cassandra-driver")
def use_cassandra(place: Place) -> None:
    from cassandra.cluster import Cluster

    Cluster(
        [place.host],
        port=place.port,
        connect_timeout=place.timeout,
        control_connection_timeout=place.timeout,
        ssl_context=place.context,
        ssl_options={"server_hostname": place.host} if place.is_tls else None,
    ).connect()


@client("clickhouse_driver", "clickhouse-driver")
def use_clickhouse_driver(place: Place) -> None:
    from clickhouse_driver import Client

    timeouts = {"connect_timeout": place.timeout, "send_receive_timeout": place.timeout}
    with Client(place.host, place.port, secure=place.is_tls, ca_certs=place.ca, **timeouts) as made:
        made.execute("SELECT 1")


@client("clickhouse_driver.dbapi", "clickhouse-driver")
def use_clickhouse_driver_dbapi(place: Place) -> None:
    from clickhouse_driver.dbapi import connect

    timeouts = {"connect_timeout": place.timeout, "send_receive_timeout": place.timeout}
    tls: dict[str, Any] = {"secure": True, "ca_certs": place.ca} if place.is_tls else {}
    with connect(host=place.host, port=place.port, user="u", **timeouts, **tls) as made, made.cursor() as cursor:
        cursor.execute("SELECT 1")


@client("asynch", "asynch")
async def use_asynch(place: Place) -> None:
    from asynch import Connection

    timeouts = {"connect_timeout": place.timeout, "send_receive_timeout": place.timeout}
    tls: dict[str, Any] = {"secure": True, "ca_certs": place.ca} if place.is_tls else {}
    async with Connection(host=place.host, port=place.port, **timeouts, **tls) as made:
        await made.ping()


@client("neo4j", "neo4j")
def use_neo4j(place: Place) -> None:
    from neo4j import GraphDatabase

    timeouts = {"connection_timeout": place.timeout, "connection_acquisition_timeout": 3}
    with GraphDatabase.driver(f"bolt://{place.authority}", **timeouts, **_bolt(place)) as made:
        made.verify_connectivity()


@client("neo4j routing", "neo4j")
def use_neo4j_routing(place: Place) -> None:
    from neo4j import GraphDatabase

    timeouts = {"connection_timeout": place.timeout, "connection_acquisition_timeout": 3}
    with GraphDatabase.driver(f"neo4j://{place.authority}", **timeouts, **_bolt(place)) as made:
        made.verify_connectivity()


@client("neo4j asyncio", "neo4j")
async def use_neo4j_asyncio(place: Place) -> None:
    from neo4j import AsyncGraphDatabase

    timeouts = {"connection_timeout": place.timeout, "connection_acquisition_timeout": 3}
    async with AsyncGraphDatabase.driver(f"bolt://{place.authority}", **timeouts, **_bolt(place)) as made:
        await made.verify_connectivity()


def _bolt(place: Place) -> dict[str, Any]:
    from neo4j import TrustCustomCAs

    return {"encrypted": True, "trusted_certificates": TrustCustomCAs(place.ca)} if place.is_tls else {}


@client("tarantool", "tarantool", certificate_for_another_host="it does not check the host")
def use_tarantool(place: Place) -> None:
    import tarantool

    tls: dict[str, Any] = {"transport": "ssl", "ssl_ca_file": place.ca} if place.is_tls else {}
    timeouts = {"socket_timeout": place.timeout, "connection_timeout": place.timeout}
    tarantool.Connection(place.host, place.port, reconnect_max_attempts=0, **timeouts, **tls).ping()


@client("pymilvus", "pymilvus")
def use_pymilvus(place: Place) -> None:
    from pymilvus import MilvusClient

    tls: dict[str, Any] = {"secure": True, "server_pem_path": place.ca} if place.is_tls else {}
    MilvusClient(place.url, timeout=place.timeout, **tls).list_collections(timeout=place.timeout)


@client("vertica_python", "vertica-python", tls=GREETING)
def use_vertica_python(place: Place) -> None:
    import vertica_python

    vertica_python.connect(
        host=place.host, port=place.port, user="u", connection_timeout=place.timeout, tlsmode="disable"
    ).close()


@client("impala", "impyla")
def use_impala(place: Place) -> None:
    from impala.dbapi import connect

    tls: dict[str, Any] = {"use_ssl": True, "ca_cert": place.ca} if place.is_tls else {}
    with connect(place.host, place.port, timeout=place.timeout, retries=1, **tls) as made:
        made.cursor()


@client("pyhive", "pyhive", needs=("thrift",), tls="it leaves that to the transport it is given")
def use_pyhive(place: Place) -> None:
    from pyhive import hive
    from thrift.transport.TSocket import TSocket
    from thrift.transport.TTransport import TBufferedTransport

    # It has no timeout of its own, but the transport has.
    socket = TSocket(place.host, place.port)
    socket.setTimeout(place.timeout * 1000)
    hive.connect(thrift_transport=TBufferedTransport(socket)).close()


@client("happybase", "happybase", tls=NO_TLS)
def use_happybase(place: Place) -> None:
    import happybase

    happybase.Connection(place.host, place.port, timeout=int(place.timeout * 1000)).tables()


@client("ibm_db_dbi", "ibm-db")
def use_ibm_db_dbi(place: Place) -> None:
    import ibm_db_dbi

    server = f"DATABASE=d;HOSTNAME={place.host};PORT={place.port};PROTOCOL=TCPIP;UID=u;PWD=p"
    timeouts = "TCPIPConnectTimeout=1;ConnectTimeout=1;ReceiveTimeout=1"
    tls = f";SECURITY=SSL;SSLServerCertificate={place.ca};SSLClientHostnameValidation=Basic" if place.is_tls else ""
    ibm_db_dbi.connect(f"{server};{timeouts}{tls}", "", "")


@client("hdbcli", "hdbcli")
def use_hdbcli(place: Place) -> None:
    from hdbcli import dbapi

    milliseconds = int(place.timeout * 1000)
    tls: dict[str, Any] = {"encrypt": True, "sslTrustStore": place.ca} if place.is_tls else {}
    timeouts = {"connectTimeout": milliseconds, "communicationTimeout": milliseconds}
    address = {"address": place.host, "port": place.port}
    dbapi.connect(**address, user="u", password="p", **timeouts, **tls).close()  # noqa: S106  # invented


@client("pytds", "python-tds", tls=GREETING)
def use_pytds(place: Place) -> None:
    import pytds

    pytds.connect(place.host, "d", "u", "p", port=place.port, login_timeout=1, timeout=1).close()


@client("aioodbc", "aioodbc", tls=GREETING)
async def use_aioodbc(place: Place) -> None:
    import aioodbc

    driver = "/usr/lib/x86_64-linux-gnu/odbc/libtdsodbc.so"
    server = f"SERVER={place.host};PORT={place.port};UID=u;PWD=p;TDS_Version=7.4"
    await aioodbc.connect(dsn=f"DRIVER={driver};{server}", timeout=1)
