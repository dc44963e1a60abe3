"""Places where a client fails: the endpoints of `sockerr.testing`, as the clients take them."""

import contextlib
import ssl
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from sockerr import testing
from sockerr.testing import Endpoint
from sockerr.testing._tls import _authority


@dataclass(frozen=True)
class Place:
    """Where a client is to connect to, and how long it is to wait, in seconds."""

    host: str
    port: int
    timeout: float
    is_tls: bool
    """Whether the client is to speak TLS, and to verify the certificate."""

    @property
    def authority(self) -> str:
        return f"{self.host}:{self.port}"

    @property
    def url(self) -> str:
        return f"{'https' if self.is_tls else 'http'}://{self.authority}"

    @property
    def ca(self) -> str | None:
        """The file of the authority that clients are to trust; `None` where they are not to speak TLS."""
        return str(trusted()) if self.is_tls else None

    @property
    def context(self) -> ssl.SSLContext | None:
        """An `SSLContext` for a client that takes one; `None` where it is not to speak TLS."""
        return ssl.create_default_context(cafile=self.ca) if self.is_tls else None


@cache
def trusted() -> Path:
    """Return a file with the authority of the endpoints, for variables that libraries read before there is one."""
    path = Path(tempfile.mkdtemp(prefix="sockerr-")) / "authority.pem"
    _authority().cert_pem.write_to_path(str(path))
    return path


@contextlib.contextmanager
def _place(
    endpoint: Callable[[], AbstractContextManager[Endpoint]], timeout: float, *, is_tls: bool = False
) -> Iterator[Place]:
    with endpoint() as found:
        yield Place(found.host, found.port, timeout, is_tls)


# A timeout is waited for; no other failure takes long.
_SHORT, _LONG = 0.3, 2.0

PLACES: dict[str, Callable[[], AbstractContextManager[Place]]] = {
    "refused": partial(_place, testing.refusing, _SHORT),
    "unresolvable": partial(_place, testing.unresolvable, _SHORT),
    "no connection in time": partial(_place, testing.busy, _SHORT),
    "no reply in time": partial(_place, testing.silent, _SHORT),
    "reset": partial(_place, testing.resetting, _LONG),
    "closed early": partial(_place, testing.closing, _LONG),
    "certificate expired": partial(_place, partial(testing.tls, "expired"), _LONG, is_tls=True),
    "certificate for another host": partial(_place, partial(testing.tls, "wrong-host"), _LONG, is_tls=True),
    "certificate self-signed": partial(_place, partial(testing.tls, "self-signed"), _LONG, is_tls=True),
    "not TLS": partial(_place, testing.not_tls, _LONG, is_tls=True),
    "no common TLS version": partial(_place, partial(testing.tls, "old-version"), _LONG, is_tls=True),
}
TLS = tuple(PLACES)[6:]
"""The failures of a client that speaks TLS."""
