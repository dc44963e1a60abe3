"""The process in which a situation that needs a network is provoked: `python -m sockerr.testing._child TASK NAME`.

It writes the typed error and the original to standard output, as a pickle.
"""

import pickle
import sys

from sockerr import SocketError

from . import _network
from ._run import provoke_in_child, situation
from ._unavailable import Unavailable


def main(task: str, name: str) -> None:
    """Lay the network first (`lay`), or use the one that the parent process has laid (`provoke`)."""
    chosen = situation(name)
    error: SocketError | Unavailable | None = None
    try:
        if task == "lay":
            _network.lay()
        if task == "lay" and chosen.needs == "unprivileged":
            provoke_in_child(_network.UNPRIVILEGED, "provoke", name)
        else:
            chosen.provoke()
    except (SocketError, Unavailable) as raised:
        error = raised
    sys.stdout.buffer.write(pickle.dumps((error, error and error.__cause__)))


if __name__ == "__main__":
    main(*sys.argv[1:])
