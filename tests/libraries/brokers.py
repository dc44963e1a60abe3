"""Message brokers, remote procedures and industrial devices."""

from .places import Place  # noqa: F401
from .registry import client  # noqa: F401
