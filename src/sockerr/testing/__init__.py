"""Situations in which a socket fails, each provoked for real: on loopback, or in a network made for it.

>>> from sockerr import testing
>>> outcome = testing.run(testing.situation("connect-refused"))
>>> outcome.as_expected, outcome.error.symbol
(True, 'ECONNREFUSED')

The tour and the tests of this package run them all. The tests of a program can provoke one to see how it copes.
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
