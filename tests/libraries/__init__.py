"""Failures provoked on loopback through real network libraries, and what `classify` makes of what they raise.

`python -m tests.libraries` tries all that are installed and writes what it saw for the documentation.
"""

from . import concurrency, databases, messaging, standard, web
from .registry import Answer, Client, clients

__all__ = ["Answer", "Client", "clients", "concurrency", "databases", "messaging", "standard", "web"]
