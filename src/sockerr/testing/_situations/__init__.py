"""The situations, in the order of a socket's life.

Each function makes its situation happen and raises the typed error as a program would meet it, with the context
manager of the operation around the call that fails. Importing a module registers its situations.
"""

from sockerr.testing._situation import registered

from . import accepting, binding, configuring, connecting, opening, resolving, routers, tls, transferring

__all__ = [
    "accepting",
    "binding",
    "configuring",
    "connecting",
    "opening",
    "registered",
    "resolving",
    "routers",
    "tls",
    "transferring",
]
