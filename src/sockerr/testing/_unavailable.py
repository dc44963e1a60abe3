"""What a failure needs, and what is raised where that is missing."""

import os
import sys
import unittest
from importlib import import_module


class Unavailable(unittest.SkipTest):
    """A failure cannot be provoked on this machine; the message says why.

    It is a `unittest.SkipTest`, so that pytest and unittest skip a test that needs what is missing.
    """


def require_connections() -> None:
    """Raise `Unavailable` where sockets do not connect."""
    if sys.platform in ("emscripten", "wasi"):
        raise Unavailable("sockets do not connect on this system")


def require_windows_itself(difference: str) -> None:
    """Raise `Unavailable` under Wine, which stands in for Windows and differs from it in this."""
    if sys.platform == "win32" and "WINEPREFIX" in os.environ:
        raise Unavailable(f"this is Wine, which {difference}")


def require_ssl() -> None:
    """Raise `Unavailable` where the module `ssl` is missing, or comes without OpenSSL."""
    if not can_import("ssl"):
        raise Unavailable("this Python has no ssl")
    if sys.platform == "emscripten":
        raise Unavailable("the ssl of this Python stands in for one with OpenSSL")


def require_trustme() -> None:
    """Raise `Unavailable` where the package that makes certificates is not installed."""
    if not can_import("trustme"):
        raise Unavailable("needs the package trustme: pip install 'sockerr[testing]'")


def can_import(name: str) -> bool:
    """Return whether a module can be imported here."""
    try:
        import_module(name)
    except ImportError:
        return False
    return True
