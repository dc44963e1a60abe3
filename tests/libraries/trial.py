"""Try a library in every place, in a process of its own.

`python -m tests.libraries.trial NAME [FAILURE...]` prints one line of JSON for each.
"""

import json
import logging
import os
import shutil
import subprocess
import sys
import warnings
from collections.abc import Sequence
from pathlib import Path

from sockerr import SocketError, classify

from . import Client, clients
from .places import PLACES, Place, trusted
from .recorded import Record

ROOT = Path(__file__).parents[2]
LIMIT = 120  # seconds, for all places together
# Where TLS libraries, requests, botocore and gRPC look for the authorities to trust.
_TRUST = ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "AWS_CA_BUNDLE", "GRPC_DEFAULT_SSL_ROOTS_FILE_PATH")


def run(client: Client, failures: Sequence[str] = ()) -> list[Record]:
    """Try a client in a process of its own. Raises `RuntimeError` if that fails or takes too long."""
    command = [sys.executable, "-m", "tests.libraries.trial", client.library, *failures]
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=LIMIT, check=False)
    except subprocess.TimeoutExpired as error:
        raise RuntimeError(f"{client.library} took longer than {LIMIT} s, after {error.output!r}") from None
    if done.returncode != 0:
        raise RuntimeError(f"{client.library} ended with {done.returncode}: {done.stderr.decode()[-3000:]}")
    return [json.loads(line) for line in done.stdout.splitlines()]


def record(client: Client, failure: str) -> Record:
    """Let a client fail, and return what it raised and what `classify` made of that."""
    start: Record = {"library": client.library, "version": client.version, "failure": failure}
    if failure in client.not_tried:
        return {**start, "not_tried": client.not_tried[failure]}
    failed = client.fail(failure)
    if failed is None:
        return {**start, "not_tried": "it does not fail"}
    error, place = failed
    found = classify(error)
    raised = f"{type(error).__module__}.{type(error).__qualname__}"
    return {**start, "raised": raised, **_answer(found), "names_the_address": found is not None and names(found, place)}


def _answer(found: SocketError | None) -> Record:
    if found is None:
        return {"error": None}
    said = found.as_dict()
    kept = ("error", "symbol", "evidence", "operation", "located", "retry")
    chosen = {name: value for name, value in said.items() if name in kept}
    return {**chosen, "reader": found.library}


def names(found: SocketError, place: Place) -> bool:
    """Return whether a failure has the address of a place; a resolver is asked for the host alone."""
    match found.address:
        case (str(host), int(port)):
            return (host, port) == (place.host, place.port)
        case str() | bytes() as host:
            return host in (place.host, place.host.encode())
    return False


def main(name: str, *failures: str) -> None:
    # Some libraries write their log to the standard output, in the middle of a line if it must be.
    results = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    warnings.simplefilter("ignore")
    logging.disable()
    for variable in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        os.environ.pop(variable, None)
    os.environ.update(dict.fromkeys(_TRUST, str(trusted())))
    client = next(each for each in clients if each.library == name)
    for failure in failures or PLACES:
        print(json.dumps(record(client, failure)), file=results, flush=True)
    shutil.rmtree(trusted().parent)
    # Threads that a library has left running would keep the process alive.
    os._exit(0)


if __name__ == "__main__":
    main(*sys.argv[1:])
