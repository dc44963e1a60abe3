"""Which libraries there are, and how each is used."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from inspect import iscoroutinefunction
from typing import Any

from .places import PLACES, TLS, Place


@dataclass(frozen=True)
class Client:
    """A library, used as its documentation says."""

    library: str
    """The name it is imported by; two clients of one library have something after it."""
    distribution: str | None
    """The name it is installed by, with extras; `None` if it comes with Python."""
    use: Callable[[Place], object]
    """Connect and exchange something."""
    not_tried: Mapping[str, str]
    """The failures that are not tried, and why."""
    needs: tuple[str, ...] = ()
    """What else must be installed for this use."""

    @property
    def is_installed(self) -> bool:
        return all(map(_is_installed, (*self.needs, *filter(None, (self.distribution,)))))

    @property
    def version(self) -> str | None:
        return None if self.distribution is None else version(_without_extras(self.distribution))

    def fail(self, failure: str) -> tuple[BaseException, Place] | None:
        """What the library raises, and where; `None` if it does not fail."""
        with PLACES[failure]() as place:
            try:
                if iscoroutinefunction(self.use):
                    asyncio.run(self.use(place))
                else:
                    self.use(place)
            except Exception as error:  # noqa: BLE001  # whatever it is, is what we want to see
                return error, place
        return None


def _is_installed(distribution: str) -> bool:
    try:
        return bool(version(_without_extras(distribution)))
    except PackageNotFoundError:
        return False


def _without_extras(distribution: str) -> str:
    return distribution.partition("[")[0]


clients: list[Client] = []


def client(
    library: str,
    distribution: str | None = None,
    *,
    needs: tuple[str, ...] = (),
    tls: str | None = None,
    **not_tried: str,
) -> Callable[[Callable[[Place], Any]], Callable[[Place], Any]]:
    """Register how a library is used.

    `tls` says why it is not tried with TLS; `no_reply_in_time="..."` says why it is not tried in that place.
    """
    reasons = {} if tls is None else dict.fromkeys(TLS, tls)
    reasons.update({_failure(name): why for name, why in not_tried.items()})

    def add(use: Callable[[Place], Any]) -> Callable[[Place], Any]:
        clients.append(Client(library, distribution, use, reasons, needs))
        return use

    return add


def _failure(name: str) -> str:
    return next(each for each in PLACES if each.lower().replace(" ", "_").replace("-", "_") == name)
