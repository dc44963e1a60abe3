"""What an exception means by what it carries, where it does not speak for itself."""

from . import wrapped
from .base import SocketError, bare, build, clone, fields_of, is_a
from .errors import AddressFamilyNotSupported, AddressNotAvailable, NetworkUnreachable
from .evidence import SPEAKING, of_symbol, speak
from .messages import symbols_in
from .vocabulary import Evidence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .vocabulary import Operation

# Attempts that say no more than that this machine cannot use that address family.
_ONLY_THIS_MACHINE = (NetworkUnreachable, AddressNotAvailable, AddressFamilyNotSupported)

# From the surest evidence to the least; a group is as sure as its least sure member.
_DOUBT = tuple(Evidence)

# How deep groups within what groups carry are followed.
_DEPTH = 8


class Search:
    """A walk through an exception and all that it carries, no further than `wrapped.LIMIT`."""

    def __init__(self, operation: "Operation | None", address: object) -> None:
        self._operation = operation
        self._address = address
        self._seen: set[int] = set()

    def find(self, error: BaseException, depth: int = 0) -> "SocketError | None":
        """What the first exception means that speaks for itself, in the order in which they are carried."""
        silent: list[BaseException] = []
        pending = [error]
        while pending:
            each = pending.pop()
            if id(each) in self._seen:
                continue
            if self._is_exhausted():
                return None
            self._seen.add(id(each))
            found = self._of_one(each, depth)
            if found is not None:
                return found
            if not is_a(each, BaseExceptionGroup):
                silent.append(each)
                pending.extend(reversed(list(wrapped.carried(each))))
        return self._of_silent(silent)

    def _is_exhausted(self) -> bool:
        return len(self._seen) >= wrapped.LIMIT

    def _of_one(self, error: BaseException, depth: int) -> "SocketError | None":
        if is_a(error, SocketError):
            return clone(error)
        return speak(error, self._operation, self._address) or self._of_group(error, depth)

    def _of_group(self, error: BaseException, depth: int) -> "SocketError | None":
        """What several attempts mean together: nothing, if one of them failed for another reason than its socket."""
        members: list[SocketError] = []
        for each in wrapped.alternatives(error) if depth < _DEPTH else ():
            found = self.find(each, depth + 1)
            if found is None:
                # Past the bound only this much is known of it.
                return SocketError("too many failures to look at") if members and self._is_exhausted() else None
            found.__cause__ = each
            members.append(found)
        return self._merge(members) if members else None

    def _merge(self, members: "list[SocketError]") -> SocketError:
        """The nearest common ancestor of the attempts that got furthest; its advice is their most cautious."""
        causes = [each for each in members if not isinstance(each, _ONLY_THIS_MACHINE)] or members
        publics = [each._public for each in causes]
        common = next(cls for cls in publics[0]._lineage() if all(issubclass(each, cls) for each in publics))
        if common is publics[0] and len({each.symbol for each in causes}) == 1:
            made = clone(causes[0])
        else:
            made = build(common, OSError, ("; ".join(map(str, causes)),), {})
            made.symbol = None
        evidence = max((each.evidence for each in causes), key=_DOUBT.index)
        made.__dict__.update(operation=self._operation, address=self._address, evidence=evidence, causes=tuple(causes))
        return made

    def _of_silent(self, silent: "list[BaseException]") -> "SocketError | None":
        """What exceptions that carry nothing say of themselves: in terms of their base class, or else in words."""
        for listen in (self._in_terms_of_base, self._in_words):
            for each in reversed(silent):
                found = listen(each)
                if found is not None:
                    return found
        return None

    def _in_terms_of_base(self, error: BaseException) -> "SocketError | None":
        base = next((each for each in type(error).__mro__ if each in SPEAKING), None)
        if base is None or not is_a(error, OSError):
            return None
        found = speak(bare(base, wrapped.slot(error, "args"), fields_of(error)), self._operation, self._address)
        # A number that has no class here is more likely the library's own than the system's.
        return None if found is not None and found._public is SocketError else found

    def _in_words(self, error: BaseException) -> "SocketError | None":
        if type(error) is not OSError and type(error).__module__ == "builtins":
            return None
        found = [self._of_words(symbol, platform) for symbol, platform in symbols_in(wrapped.text(error))]
        return self._merge(found) if len(found) > 1 else next(iter(found), None)

    def _of_words(self, symbol: str, platform: str) -> SocketError:
        made = of_symbol(symbol, None, None, platform, self._operation, self._address)
        made.evidence = Evidence.MESSAGE
        return made
