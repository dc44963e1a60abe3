"""Finding situations and running them, each in this process or in a network of its own."""

import os
import pickle
import subprocess
import sys

from sockerr import Operation, SocketError

from . import _network
from ._situation import Outcome, Situation
from ._situations import registered
from ._unavailable import Unavailable

_SECONDS = 15


def situations() -> tuple[Situation, ...]:
    """Return every situation, in the order of a socket's life."""
    order = list(Operation)
    return tuple(sorted(registered.values(), key=lambda each: order.index(each.operation)))


def situation(name: str) -> Situation:
    """Return the situation of that name; raises `ValueError`, with the known names, for another.

    >>> situation("bind-twice").sentence
    'the socket is already bound'
    """
    if name not in registered:
        raise ValueError(f"unknown situation {name!r}: expected one of {', '.join(registered)}")
    return registered[name]


def run(situation: Situation) -> Outcome:
    """Provoke a situation, and return the outcome."""
    try:
        if situation.needs:
            _network.require_namespaces()
            provoke_in_child(_network.OWN_NETWORK, "lay", situation.name)
        else:
            situation.provoke()
    except Unavailable as reason:
        return Outcome(situation, None, str(reason))
    except SocketError as error:
        return Outcome(situation, error)
    return Outcome(situation, None, situation.unless)


def provoke_in_child(namespaces: tuple[str, ...], task: str, name: str) -> None:
    """Raise what a situation raises in a child process, which a command puts into namespaces of its own."""
    done = start([*namespaces, sys.executable, "-m", "sockerr.testing._child", task, name])
    if done.returncode != 0:
        last = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        raise Unavailable(f"needs a network namespace, which this machine refuses: {last}")
    error, cause = pickle.loads(done.stdout)  # noqa: S301  # written by the child started above
    if error is not None:
        raise error from cause


def start(command: list[str]) -> "subprocess.CompletedProcess[bytes]":
    """Run a command that finds the modules which this process finds."""
    path = os.pathsep.join(filter(None, sys.path))
    return subprocess.run(
        command,
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": path},
        stdin=subprocess.DEVNULL,
        timeout=_SECONDS,
    )
