"""What the failures of several attempts mean together."""

from sockerr._errors import AddressFamilyNotSupported, AddressNotAvailable, NetworkUnreachable
from sockerr._instances import build, public_class
from sockerr._socket_error import SocketError, clone, is_located, lineage, mark_located
from sockerr._vocabulary import Evidence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from sockerr._vocabulary import Operation

ONLY_THIS_MACHINE = (NetworkUnreachable, AddressNotAvailable, AddressFamilyNotSupported)
"""Attempts that say no more than that this machine cannot use that address family."""

# From the surest evidence to the least sure. A group is as sure as its least sure member.
_DOUBT = tuple(Evidence)


def merge(members: "list[SocketError]", operation: "Operation | None", address: object) -> SocketError:
    """Return the nearest common ancestor of the attempts that got furthest, with each of them among its causes."""
    causes = [each for each in members if not isinstance(each, ONLY_THIS_MACHINE)] or members
    publics = [public_class(type(each)) for each in causes]
    common = next(cls for cls in lineage(publics[0]) if all(issubclass(each, cls) for each in publics))
    if common is publics[0] and len({each.symbol for each in causes}) == 1:
        made = clone(causes[0])
    else:
        made = build(common, OSError, ("; ".join(map(str, causes)),), {}, operation, address)
        made.symbol = None
    made.evidence = max((each.evidence for each in causes), key=_DOUBT.index)
    made.operation, made.address, made.causes = operation, address, tuple(causes)
    if operation is not None or len({each.operation for each in causes}) > 1:
        return made
    made.operation = causes[0].operation
    if len(causes) == 1 and address is None:
        made.address = causes[0].address
    return mark_located(made) if all(map(is_located, causes)) else made


def is_plain(error: SocketError) -> bool:
    """Return whether an error is a `SocketError` and of no class derived from it."""
    return public_class(type(error)) is SocketError
