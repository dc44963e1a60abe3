"""What six clients meet at each endpoint of `sockerr.testing`."""

import gc
import sys
import warnings

import pytest
from clients import CLIENTS, ENDPOINTS, met, use

from sockerr import classify

pytestmark = pytest.mark.usefixtures("resets")


@pytest.mark.parametrize("client", CLIENTS)
@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_client_meets_what_the_endpoint_promises(endpoint: str, client: str, request: pytest.FixtureRequest) -> None:
    if endpoint == "refusing()":
        request.getfixturevalue("refusals")
    if client != "socket":
        pytest.importorskip(client, reason=f"needs {client}: pip install -e '.[clients]'")
    if "tls" in endpoint:
        pytest.importorskip("trustme")
    with warnings.catch_warnings():
        # What some clients leave open when they fail is theirs.
        warnings.simplefilter("ignore", ResourceWarning)
        error, _ = use(endpoint, client)
        found = None if error is None else classify(error)
        answer = None if found is None else (type(found).__name__, found.operation)
        del error, found
        gc.collect()
    if sys.platform == "linux":
        assert answer == met(endpoint, client)
    else:
        assert (answer is None) == (met(endpoint, client) is None)
