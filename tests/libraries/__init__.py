"""Failures provoked on loopback through real network libraries, and what `classify` makes of what they raise."""

from . import brokers, concurrency, databases, messaging, names, services, standard, systems, web
from .registry import Client, clients

__all__ = [
    "Client",
    "brokers",
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
