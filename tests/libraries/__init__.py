"""Failures provoked on loopback through real network libraries, and what `classify` makes of what they raise."""

from . import concurrency, databases, messaging, names, services, standard, systems, web
from .registry import Client, clients

__all__ = [
    "Client",
    "clients",
    "concurrency",
    "databases",
    "messaging",
    "names",
    "services",
    "standard",
    "systems",
    "web",
]
