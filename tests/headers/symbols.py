"""What a table holds, which names belong in it, and in which order."""

import re
from collections.abc import Iterable, Mapping
from typing import TypeAlias

Numbers: TypeAlias = dict[str, dict[str, int]]
"""The dicts of one table (or as much as a source knows of them) by name: ERRNO, RESOLVER, ..."""

HERROR_NAMES = ("HOST_NOT_FOUND", "TRY_AGAIN", "NO_RECOVERY", "NO_DATA")

# Success, and the highest number in use.
_NO_ERRORS = {"ESUCCESS", "ELAST", "EAI_MAX"}

# Names that yield to another one of the same number.
_ALIASES = {
    "EWOULDBLOCK",
    "ENOTSUP",
    "EDEADLOCK",
    "ECANCELLED",
    "EREFUSED",
    "EFSCORRUPTED",
    "EFSBADCRC",
    "ECLONEME",
    "EDESTADDREQ",
}


def is_errno(name: str) -> bool:
    """Whether a macro or constant of that name is an errno symbol."""
    return re.fullmatch("E[A-Z0-9]+", name) is not None and name not in _NO_ERRORS


def is_resolver(name: str) -> bool:
    """Whether a macro or constant of that name is a code of getaddrinfo()."""
    return name.startswith("EAI_") and name not in _NO_ERRORS


def by_kind(numbers: Mapping[str, int]) -> Numbers:
    """Sort symbols of all kinds into the dicts of a table, and drop what belongs in none."""
    return {
        "ERRNO": {name: value for name, value in numbers.items() if is_errno(name)},
        "RESOLVER": {name: value for name, value in numbers.items() if is_resolver(name)},
        "HERROR": {name: numbers[name] for name in HERROR_NAMES if name in numbers},
    }


def in_order(numbers: Mapping[str, int]) -> Iterable[tuple[str, int]]:
    """The symbols by number, and of several names of one number the canonical one first."""
    return sorted(numbers.items(), key=lambda item: (item[1], item[0] in _ALIASES, item[0]))
