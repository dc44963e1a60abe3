"""Databases and caches."""

from .places import Place
from .registry import client


@client("redis", "redis")
def use_redis(place: Place) -> None:
    from redis import Redis
    from redis.backoff import NoBackoff
    from redis.retry import Retry

    timeouts = {"socket_timeout": place.timeout, "socket_connect_timeout": place.timeout}
    with Redis(place.host, place.port, retry=Retry(NoBackoff(), 0), **timeouts) as made:
        made.ping()


@client("redis.asyncio", "redis")
async def use_redis_asyncio(place: Place) -> None:
    from redis.asyncio import Redis
    from redis.asyncio.retry import Retry
    from redis.backoff import NoBackoff

    timeouts = {"socket_timeout": place.timeout, "socket_connect_timeout": place.timeout}
    async with Redis(host=place.host, port=place.port, retry=Retry(NoBackoff(), 0), **timeouts) as made:
        await made.ping()


@client("psycopg", "psycopg")
def use_psycopg(place: Place) -> None:
    import psycopg

    # libpq waits for two seconds at least.
    psycopg.connect(host=place.host, port=place.port, connect_timeout=2, user="u", dbname="d").close()


@client("pg8000", "pg8000")
def use_pg8000(place: Place) -> None:
    import pg8000.dbapi

    pg8000.dbapi.connect("u", place.host, port=place.port, timeout=place.timeout).close()


@client("asyncpg", "asyncpg")
async def use_asyncpg(place: Place) -> None:
    import asyncpg

    await asyncpg.connect(host=place.host, port=place.port, user="u", database="d", timeout=place.timeout, ssl=False)


@client("pymysql", "PyMySQL")
def use_pymysql(place: Place) -> None:
    import pymysql

    timeouts = {"connect_timeout": 1, "read_timeout": 1}
    pymysql.connect(host=place.host, port=place.port, user="u", **timeouts).close()


@client("pymongo", "pymongo")
def use_pymongo(place: Place) -> None:
    from pymongo import MongoClient

    milliseconds = int(place.timeout * 1000)
    with MongoClient(
        place.host, place.port, serverSelectionTimeoutMS=milliseconds, connectTimeoutMS=milliseconds
    ) as made:
        made.admin.command("ping")


@client("pymemcache", "pymemcache")
def use_pymemcache(place: Place) -> None:
    from pymemcache.client.base import Client

    Client((place.host, place.port), connect_timeout=place.timeout, timeout=place.timeout).get("key")


@client("sqlalchemy", "SQLAlchemy")
def use_sqlalchemy(place: Place) -> None:
    from sqlalchemy import create_engine

    engine = create_engine(f"postgresql+pg8000://u@{place.authority}/d", connect_args={"timeout": place.timeout})
    with engine.connect():
        pass
