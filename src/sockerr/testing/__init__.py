"""Socket failures on demand, each made by the kernel: for the tests of a program, and for the tour.

An endpoint is a server on loopback with one way to fail:

>>> import socket
>>> from sockerr import testing
>>> with testing.refusing() as endpoint:
...     try:
...         socket.create_connection(endpoint.address)
...     except ConnectionRefusedError as error:
...         print(error.strerror)
Connection refused

`proxy` sits between a client and its real server, and `failing` finds the endpoint for a class. pytest has a fixture
for each endpoint.

A situation is one of the failures that the tour provokes, in a network of its own if it must be:

>>> outcome = testing.run(testing.situation("connect-refused"))
>>> outcome.as_expected, outcome.error.symbol
(True, 'ECONNREFUSED')
"""

from ._endpoint import Connection, Endpoint
from ._endpoints import (
    busy,
    closing,
    leaving_client,
    not_tls,
    refusing,
    resetting,
    silent,
    stalling,
    trickling,
    unresolvable,
)
from ._failing import failing
from ._proxy import Proxy, ProxyConnection, proxy
from ._run import run, situation, situations
from ._situation import Outcome, Situation
from ._tls import TLSEndpoint, tls
from ._unavailable import Unavailable

__all__ = [
    "Connection",
    "Endpoint",
    "Outcome",
    "Proxy",
    "ProxyConnection",
    "Situation",
    "TLSEndpoint",
    "Unavailable",
    "busy",
    "closing",
    "failing",
    "leaving_client",
    "not_tls",
    "proxy",
    "refusing",
    "resetting",
    "run",
    "silent",
    "situation",
    "situations",
    "stalling",
    "tls",
    "trickling",
    "unresolvable",
]
