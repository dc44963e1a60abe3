"""The words by which a text names an operation, and the peers it names."""

import re
from typing import NamedTuple

from sockerr._vocabulary import Operation

# How far from a failure the words that belong to it may stand.
BEFORE, AFTER = 400, 300

# What follows the name of a system call.
_CALL = r"(?:\(|:| E[A-Z]| tcp| udp| unix| failed| error)"
_WORDS: dict[Operation, str] = {
    Operation.RESOLVE: (
        r"\b[Ll]ookup \S|getaddrinfo|gethostby|getnameinfo|translate host|\b[Rr]esolv(?:e|ing)\b|\bquery[A-Z]\w{1,8}\b"
        r"|name resolution|php_network_getaddresses"
    ),
    Operation.CONNECT: (
        r"\b[Dd]ial(?:ing)?\b|\b(?:re)?[Cc]onnect(?:ing)?(?:\b|Ex\b|_ex\b)"
        r"|[Cc]onnection (?:to|at|attempt)\b|new connection\b|TCPConnectWrap"
        r"|\bopen (?:a )?(?:socket|connection)\b|fsockopen|stream_socket_client|[Hh]andshak"
        r"|[Cc]onnectError|[Cc]onnectTimeout|_connect\(\)"
    ),
    Operation.RECEIVE: (
        rf"\bread(?:v|\(\))?(?={_CALL})|\bread (?:tcp|udp|unix)|\b[Rr]ecv(?:from|msg|mmsg)?\b"
        r"|\b[Rr]eading\b|onStreamRead|awaiting|socket_read|receive data|[Rr]ead(?:Error|TimeoutError)"
    ),
    Operation.SEND: (
        rf"\bwritev?(?={_CALL})|\bsend(?:to|msg|mmsg|file|all)?(?={_CALL}|\(\))|\b(?:while|error) (?:sending|writing)\b"
        r"|\bSend failure|send data|WriteError"
    ),
    Operation.BIND: r"\b[Bb]ind(?:ing)?\b|\blisten (?:tcp|udp|unix)|\blisten(?= E[A-Z])|BindException",
    Operation.LISTEN: r"\blisten(?=\(|:)",
    Operation.ACCEPT: r"\baccept(?:4|ing)?(?=[\s(:])",
    Operation.OPEN: r"\bsocket(?=\(|: )|\bcreate (?:a )?socket\b",
    Operation.CONFIGURE: r"\bsetsockopt\b",
    Operation.SHUTDOWN: r"\bshutdown\(",
}
_OPERATIONS = re.compile("|".join(f"(?P<{each.value}>{words})" for each, words in _WORDS.items()))


# The resolver of Go says in the same words what it asked for and how that failed.
_GO_LOOKUP = re.compile(r"\blookup \S{1,253}(?: on \S{1,60})?: ")


def operation_before(text: str, end: int) -> Operation | None:
    """Return the operation that is named last before a place in a text."""
    if _GO_LOOKUP.search(text, 0, end):
        return Operation.RESOLVE
    # What follows belongs to some of the words: "listen EADDRINUSE".
    found = None
    for match in _OPERATIONS.finditer(text):
        if match.start() >= end:
            break
        found = match
    return None if found is None else Operation(str(found.lastgroup))


def operation_after(text: str) -> Operation | None:
    """Return the operation that is named first in a text."""
    found = _OPERATIONS.search(text)
    return None if found is None else Operation(str(found.lastgroup))


class Peer(NamedTuple):
    """A host, a port, or both."""

    host: str | None
    port: int | None


_NAME = r"[A-Za-z0-9_](?:[\w-]|\.(?=[\w-])){0,252}"
_HOST = rf"(?:\[(?P<six>[0-9A-Fa-f:.]{{2,45}}(?:%\w{{1,15}})?)\]|(?P<host>{_NAME}))"
_PORT = r"(?P<port>\d{1,5})(?![\w-]|[.:]\d)"

# What names the host of a lookup.
_LOOKED_UP = [
    re.compile(pattern)
    for pattern in (
        rf"\b[Ll]ookup (?P<host>{_NAME})(?= on |:)",
        rf"(?:ENOTFOUND|EAI_AGAIN|EAI_NONAME|EAI_NODATA|EAI_FAIL) (?P<host>{_NAME})(?::{_PORT})?",
        rf"(?i:resolve|unknown) (?i:host|proxy)(?i:name| address)?:? [\u2018'\"`(]?(?P<host>{_NAME})",
        rf"UnknownHostException: (?P<host>{_NAME})",
        rf"(?:look up|[Rr]esolving) '?(?P<host>{_NAME})",
        rf"translate host name \"(?P<host>{_NAME})\"",
        rf"host not found in upstream \"(?P<host>{_NAME})(?::{_PORT})?",
        rf"Unknown MySQL server host '(?P<host>{_NAME})'",
        rf"can't find (?P<host>{_NAME}): ",
        rf"(?i:could not be resolved): '(?P<host>{_NAME})'",
        rf"(?i:failed to resolve|cannot resolve|could not resolve) [\u2018'\"`(]?(?P<host>{_NAME})[\u2019'\"`)]?",
        rf"(?P<host>{_NAME}) could not be resolved",
        rf"bad address '(?P<host>{_NAME})",
        rf"connect to host {_HOST}:{_PORT}",
        rf"DNS resolution failed for (?P<host>{_NAME})",
        rf"No address found for (?P<host>{_NAME})",
        rf"{_HOST}:{_PORT} \(Name or service not known\)",
        rf"\(host='{_HOST}', port={_PORT}\)",
        rf"[Hh]ost:? [\u2018'\"`](?P<host>{_NAME})[\u2019'\"`]",
    )
]
# What names a peer by itself, the most exact first.
_EXACT = [
    re.compile(pattern)
    for pattern in (
        rf"->{_HOST}:{_PORT}",
        # Postfix writes the name before the address.
        rf"connect to \S{{1,253}}\[(?P<host>[\da-fA-F:.]{{2,45}})\]:{_PORT}",
        rf"upstream: \"\w{{1,10}}://{_HOST}(?::{_PORT})?",
        rf"\(host='{_HOST}', port={_PORT}\)",
        rf"\('{_HOST}', {_PORT}(?:, \d+, \d+)?\)",
        r"server at \"(?P<host>[^\"\s]{1,253})\"(?: \([^)]{1,60}\))?, port (?P<port>\d{1,5})",
        (
            r"host \"(?P<host>[^\"\s]{1,253})\"(?: \([^)]{1,60}\))? and accepting\s{1,20}TCP/IP connections on port "
            r"(?P<port>\d{1,5})"
        ),
        rf"server on '{_HOST}(?::{_PORT})?'",
        r"address: '(?P<host>[^']{1,253})',\s{1,80}port: (?P<port>\d{1,5})",
        r"\"address\": ?\"(?P<host>[^\"]{1,253})\", ?\"port\": ?(?P<port>\d{1,5})",
        r"htons\((?P<port>\d{1,5})\), sin_addr=inet_addr\(\"(?P<host>[\d.]{7,15})\"\)",
        (
            r"htons\((?P<port>\d{1,5})\),(?: sin6_flowinfo=[\w()]{1,20},)? inet_pton\(AF_INET6, "
            r"\"(?P<host>[\da-fA-F:.]{2,45})\""
        ),
        rf"[Cc]onnect(?:ing|ion)? to (?:host |address )?{_HOST} port {_PORT}",
        rf"for \"{_HOST}\" port {_PORT}",
        rf"(?:closed|reset) by (?:remote host )?{_HOST} port {_PORT}",
        rf"(?<= )(?P<six>(?=[\da-f:]{{0,45}}::)[\da-f:]{{2,45}}):{_PORT}",
        rf"connection to (?:backend: {_HOST}|:{_PORT})",
        rf"\b(?:tcp[46]?|udp[46]?|listen) :{_PORT}",
    )
]
_PAIR = re.compile(rf"(?<![\w.:@-]){_HOST}:{_PORT}")
_URL = re.compile(rf"\b[a-z][a-z0-9+]{{1,14}}://(?:[^\s/@\"']{{1,100}}@)?{_HOST}(?::{_PORT})?", re.IGNORECASE)
# As ping writes it, with the host before a colon.
_BEFORE_COLON = re.compile(rf"(?<!\S)(?P<host>{_NAME}): \W{{0,3}}$")
# What a colon and a number follow that is a place in a source, not a port.
_SOURCE = re.compile(r"\.(?:c|cc|cpp|cs|ex|exs|erl|go|h|java|js|jsx|kt|lua|mjs|php|pl|pm|py|rb|rs|scala|ts|tsx)$")
_INTRODUCE = (
    " to ",
    " at ",
    " tcp ",
    " udp ",
    " connecting ",
    "//",
    "REFUSED ",
    "->",
    "host ",
    "for ",
    "(",
    "TIMEDOUT ",
)
# Behind these words proxies name their own clients, and the address that they listen on.
_NO_PEER = ("client ", "client: ", "server: ")
_LAST_PORT = 65535


def peer_near(text: str, start: int, end: int, operation: Operation | None) -> Peer:
    """Return the peer that is named in a text, as near as possible to the failure between two places."""
    if operation is Operation.RESOLVE:
        return Peer(_host_near(text, start, end), None)
    for pattern in _EXACT:
        found = _nearest(pattern, text, end)
        if found is not None:
            return _peer(found)
    pairs = [each for each in _PAIR.finditer(text) if _is_peer(text, each)]
    if pairs:
        return _peer(next((each for each in reversed(pairs) if each.start() < end), pairs[0]))
    url = _nearest(_URL, text, end)
    return Peer(None, None) if url is None else _peer(url)


def _host_near(text: str, start: int, end: int) -> str | None:
    for pattern in _LOOKED_UP:
        found = _nearest(pattern, text, end)
        if found is not None:
            return _peer(found).host
    alone = _BEFORE_COLON.search(text, max(0, start - 260), start)
    if alone is not None and "." in alone["host"] and not alone["host"].lower().endswith(("error", "exception")):
        return alone["host"]
    url = _nearest(_URL, text, end)
    return None if url is None else _peer(url).host


def _nearest(pattern: "re.Pattern[str]", text: str, end: int) -> "re.Match[str] | None":
    """Return the last match that begins before a place, or else the first after it."""
    found = None
    for match in pattern.finditer(text):
        if found is not None and match.start() >= end:
            break
        found = match
    return found


def _is_peer(text: str, found: "re.Match[str]") -> bool:
    host = found["host"]
    if int(found["port"]) > _LAST_PORT:
        return False
    if host is None:
        return True
    if host.isdecimal() or _SOURCE.search(host) or text.endswith(_NO_PEER, 0, found.start()):
        return False
    return "." in host or host == "localhost" or text[: found.start()].endswith(_INTRODUCE)


def _peer(found: "re.Match[str]") -> Peer:
    groups = found.groupdict()
    host, port = groups.get("six") or groups.get("host"), groups.get("port")
    return Peer(host, None if port is None or int(port) > _LAST_PORT else int(port))
