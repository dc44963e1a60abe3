"""What the failures of several attempts mean together."""

from sockerr._errors import AddressFamilyNotSupported, AddressNotAvailable, NetworkUnreachable
from sockerr._instances import build, public_class
from sockerr._socket_error import SocketError, clone, lineage
from sockerr._vocabulary import Evidence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from sockerr._vocabulary import Operation

# Attempts that say no more than that this machine cannot use that address family.
_ONLY_THIS_MACHINE = (NetworkUnreachable, AddressNotAvailable, AddressFamilyNotSupported)

# From the surest evidence to the least; a group is as sure as its least sure member.
_DOUBT = tuple(Evidence)


def merge(members: "list[SocketError]", operation: "Operation | None", address: object) -> SocketError:
    """Return the nearest common ancestor of the attempts that got furthest, with each of them among its causes."""
    causes = [each for each in members if not isinstance(each, _ONLY_THIS_MACHINE)] or members
    publics = [public_class(type(each)) for each in causes]
    first, *_ = publics
    common = next(cls for cls in lineage(first) if all(issubclass(each, cls) for each in publics))
    _, *other_symbols = {each.symbol for each in causes}
    if common is first and not other_symbols:
        made = clone(causes[0])
    else:
        made = build(common, OSError, ("; ".join(map(str, causes)),), {}, operation, address)
        made.symbol = None
    evidence = max((each.evidence for each in causes), key=_DOUBT.index)
    made.operation, made.address, made.evidence, made.causes = operation, address, evidence, tuple(causes)
    return made


def is_plain(error: SocketError) -> bool:
    """Return whether an error is a `SocketError` and of no class derived from it."""
    return public_class(type(error)) is SocketError
