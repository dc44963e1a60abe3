"""Read the socket failures that logs report, and add what they mean to logs as they are written."""

from ._events import SocketErrorFilter, add_socket_error, event_fields
from ._finding import Finding
from ._parse import parse

__all__ = ["Finding", "SocketErrorFilter", "add_socket_error", "event_fields", "parse"]

# These are public under this name, whichever file they stand in; `parse` is sockerr's own as well.
for _name in __all__:
    globals()[_name].__module__ = "sockerr" if _name == "parse" else __name__
