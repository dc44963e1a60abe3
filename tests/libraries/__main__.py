"""Install the libraries, record what each raises and what it means, and move to their newest releases."""

import argparse
import datetime
import json
import os
import platform
import subprocess
import sys
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from . import Client, clients
from .recorded import TARGET, Record, a_third, records
from .trial import run

PINS = Path(__file__).parent / "pins.txt"
# What other tests here use, and certificates for the places where a client speaks TLS.
NEEDED = tuple(
    "PyMySQL aiodns aiohttp aiomqtt anyio asyncpg asyncssh azure-core boto3 clickhouse-driver confluent-kafka "
    "curl-cffi dnspython elasticsearch google-api-core grpcio h11 httpcore httpx ldap3 mysql-connector-python nats-py "
    "opensearch-py oracledb pika psycopg[binary] pycares pycurl pylibmc pymongo pymssql pyodbc python-engineio "
    "python-ldap pyzmq redis requests snowflake-connector-python thrift trio trustme twisted[tls] valkey-glide "
    "websocket-client websockets".split()
)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.libraries", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    install_parser = commands.add_parser("install", help="install the pinned releases")
    install_parser.add_argument("--third", action="store_true", help="a third of them, chosen to use every reader")
    commands.add_parser("write", help="let every library fail, and write docs/libraries.json")
    commands.add_parser("move-pins", help="install the newest releases, pin them, write, and show what changed")
    arguments = parser.parse_args()
    if arguments.command == "install":
        install(a_third() if arguments.third else clients)
    elif arguments.command == "write":
        write()
    else:
        move_pins()


def install(chosen: Iterable[Client]) -> None:
    _uv("install", "--python", sys.executable, "--constraint", str(PINS), *_distributions(chosen))


def _distributions(chosen: Iterable[Client]) -> list[str]:
    wanted = {*NEEDED}
    for client in chosen:
        wanted.update(client.needs, filter(None, (client.distribution,)))
    return sorted(wanted)


def _uv(*arguments: str, names: Iterable[str] = ()) -> None:
    text = "\n".join(names).encode() or None
    subprocess.run([sys.executable, "-m", "uv", "pip", *arguments, "--quiet"], input=text, check=True)


def write() -> None:
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        found = list(pool.map(run, sorted(clients, key=lambda each: each.library)))
    date = datetime.datetime.now(datetime.UTC).date().isoformat()
    python = f"{platform.python_implementation()} {platform.python_version()}"
    start = {"python": python, "system": platform.system(), "date": date}
    failures = ",\n".join(json.dumps(each) for records_of_one in found for each in records_of_one)
    head = json.dumps(start)[:-1]
    TARGET.write_text(f'{head}, "failures": [\n{failures}\n]}}\n', encoding="utf-8")


def move_pins() -> None:
    before = records()
    options = ("--upgrade", "--no-annotate", "--no-header", "--output-file", str(PINS))
    _uv("compile", "-", *options, "--python", sys.executable, names=_distributions(clients))
    _uv("install", "--python", sys.executable, "--requirements", str(PINS))
    write()
    after: list[Record] = json.loads(TARGET.read_text(encoding="utf-8"))["failures"]
    for line in changes(before, after):
        print(line)


def changes(before: Sequence[Record], after: Sequence[Record]) -> Iterable[str]:
    """Yield a line for each release that moved, and for each answer that is another now."""
    old = {(each["library"], each["failure"]): each for each in before}
    versions: set[str] = set()
    for each in after:
        was = old.get((each["library"], each["failure"]), {"version": None})
        if each["version"] != was["version"] and each["library"] not in versions:
            versions.add(each["library"])
            yield f"{each['library']}: {was['version']} -> {each['version']}"
        for key in sorted((was.keys() | each.keys()) - {"library", "version", "failure"}):
            if was.get(key) != each.get(key):
                yield f"{each['library']}, {each['failure']}: {key} {was.get(key)} -> {each.get(key)}"


if __name__ == "__main__":
    main()
