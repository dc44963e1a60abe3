"""What a failure needs, and what is raised where that is missing."""

import sys
import unittest
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import ModuleType


class Unavailable(unittest.SkipTest):
    """A failure cannot be provoked on this machine; the message says why.

    It is a `unittest.SkipTest`, so that pytest and unittest skip a test that needs what is missing.
    """


def require_connections() -> None:
    """Raise `Unavailable` where sockets do not connect."""
    if sys.platform in ("emscripten", "wasi"):
        raise Unavailable("sockets do not connect on this system")


def ssl_module() -> "ModuleType":
    """Return the module `ssl`; raises `Unavailable` where there is none, or none with OpenSSL."""
    try:
        import ssl
    except ImportError:
        raise Unavailable("this Python has no ssl") from None
    if sys.platform == "emscripten":
        raise Unavailable("the ssl of this Python stands in for one with OpenSSL")
    return ssl
