"""The words by which a text names an operation, and the peers it names."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from sockerr._vocabulary import Operation

# How far from a failure the words that belong to it may stand.
BEFORE, AFTER = 400, 300

# What follows the name of a system call.
_CALL = r"(?:\(|:| E[A-Z]| tcp| udp| unix| failed| error)"
# The methods of Java, as the frames of its stacks have them, and of Netty.
_JAVA: dict[Operation, str] = {
    Operation.CONNECT: (
        r"|\b(?:socketConnect|finishConnect|checkConnect|connect0|doConnect|pollConnect(?:Now)?)\b|Socket\.connect\b"
    ),
    Operation.RECEIVE: (
        r"|\b(?:socketRead0?|read0|readv0|takeHeaders|readResponseHeaders|implRead|timedRead|readAddress)\b"
        r"|SocketInputStream\b|syscall:read\b|NetworkStream\.(?:Begin|End)?Read|Sockets\.\w{1,20}\.(?:Begin|End)?Receive"
        r"|in [`'](?:[\w:]{1,60}#)?(?:sys)?read(?:_nonblock|partial)?'|InternetReadFile"
    ),
    Operation.SEND: (
        r"|\b(?:socketWrite0?|write0|writev0|implWrite|writev?(?:Addresses|Address)?(?=\(\.\.\)))"
        r"|SocketOutputStream\b|WriteWrap|NetworkStream\.(?:Begin|End)?Write|Sockets\.\w{1,20}\.(?:Begin|End)?Send"
        r"|in [`'](?:[\w:]{1,60}#)?(?:sys)?write(?:_nonblock)?'"
    ),
    Operation.BIND: r"|\b(?:bind0|socketBind|doBind)\b|Net\.bind\b",
    Operation.ACCEPT: r"|\b(?:accept0|socketAccept)\b|Net\.accept\b|Sockets\.\w{1,20}\.(?:Begin|End)?Accept",
}
_WORDS: dict[Operation, str] = {
    Operation.RESOLVE: (
        r"\b[Ll]ookup \S|getaddrinfo|gethostby|getnameinfo|translate host|\b[Rr]esolv(?:e|ing)\b|\bquery[A-Z]\w{1,8}\b"
        r"|name resolution|php_network_getaddresses"
    ),
    Operation.CONNECT: (
        r"\b[Dd]ial(?:ing)?\b|\b(?:re)?[Cc]onnect(?:ing|ex)?(?:\b|Ex\b|_ex\b)"
        r"|(?<![Ll]ost )[Cc]onnection (?:to|at|attempt)\b|new connection\b|TCPConnectWrap"
        r"|\bopen (?:a )?(?:socket|connection)\b|fsockopen|stream_socket_client"
        r"|[Hh]andshak(?!e error from|ing, client|eException)"
        r"|[Cc]onnectError|[Cc]onnectTimeout|_connect\(\)|net_connect_\w{1,10}|SSL_connect\b"
    ),
    Operation.RECEIVE: (
        rf"\bread(?:v|\(\))?(?={_CALL})|\bread (?:tcp|udp|unix|TCP|UDP)|\b(?:wsa)?[Rr]ecv(?:from|msg|mmsg)?\b"
        r"|\b[Rr]eading\b|onStreamRead|awaiting|socket_read|receive data|[Rr]ead(?:Error|TimeoutError)"
        r"|\breceiv(?:e|ing) (?:from|data)\b|waiting for (?:initial|request)|[Rr]ead from (?:remote|socket)"
        r"|\[RECV_ERROR\]|\b(?:[Ff]ailed|[Uu]nable|[Cc]ould not|[Cc]annot|[Cc]an't) (?:to )?(?:read|receive)\b"
        r"|Read error (?:at byte|\()|network read error|Status read failed|\bread of \d|Couldn't read packet"
    ),
    Operation.SEND: (
        rf"\bwritev?(?={_CALL})|\b(?:wsa)?[Ss]end(?:to|msg|mmsg|file|all)?(?={_CALL}|\(\))"
        r"|\b(?:while|error) (?:sending|writing)\b|\bwrite (?:UDP|TCP)|\bSend failure|send data|WriteError"
        r"|\bsend (?:of \d|to\b|disconnect)|_write_|[Ww]rite failed|packet_write"
        r"|\b(?:[Ff]ailed|[Uu]nable|[Cc]ould not|[Cc]annot|[Cc]an't) (?:to )?(?:write|send)\b"
    ),
    Operation.BIND: (
        r"\b(?:[Bb]ind(?:ing)?|bind\w{0,12}::bind|BIND)\b|\bnicht binden|\blisten (?:tcp|udp|unix)"
        r"|BindException|bind IPv[46]|commBind|[Mm]ake_sock\b|Listening failed"
    ),
    Operation.LISTEN: (
        r"\blisten(?=\(|:| E[A-Z])|\blisten(?:ing)? on\b|[Oo]pening ipv[46] listen socket|\[Server Listen\]"
        r"|\b(?:[Ff]ailed|[Uu]nable|[Cc]ould not|[Cc]annot|[Cc]an't) (?:to )?listen"
    ),
    Operation.ACCEPT: r"\b[Aa]ccept(?:4|_socket)?(?=[\s(:])|\baccepting (?:a |new |client|connection)",
    Operation.OPEN: r"\bsocket(?=\(|: )|\bcreate (?:a |IPv[46] )?(?:TCP |UDP )?socket\b",
    Operation.CONFIGURE: r"\bsetsockopt\b",
    Operation.SHUTDOWN: r"\bshutdown\(",
}
_OPERATIONS = re.compile("|".join(f"(?P<{each.value}>{words}{_JAVA.get(each, '')})" for each, words in _WORDS.items()))


# What a server says of a handshake that a client began.
_SERVER_SIDE = re.compile(r"SSL_accept\b|TLS handshake error from|SSL handshaking, client|rejected connection from")


def is_of_client(text: str) -> bool:
    """Return whether a text speaks of a handshake that a client began."""
    return _SERVER_SIDE.search(text) is not None


# The resolver of Go says in the same words what it asked for and how that failed.
_GO_LOOKUP = re.compile(r"\blookup:? \S{1,253}(?: on \S{1,60})?: |->\S{1,60}:53: ")
# What OpenSSH names before the connection.
_FIRST = re.compile(r"\bpacket_write_\w{1,9}: ")


def operation_before(text: str, end: int) -> Operation | None:
    """Return the operation that is named last before a place in a text."""
    if _GO_LOOKUP.search(text, 0, end):
        return Operation.RESOLVE
    if _FIRST.search(text, 0, end):
        return Operation.SEND
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


# The calls that lines of Python show, and the functions that make them.
_CALLS = {
    Operation.RESOLVE: r"\bgetaddrinfo\b|\bgethostby\w{4,8}\(|\bgetnameinfo\b",
    Operation.CONNECT: (
        r"(?i:sock\w{0,8}|\bs|conn|client)\.connect(?:_ex)?\(|create_connection\b|in (?:_?sock_)?connect(?:_cb)?$"
        r"|\bopen_connection\b|do_handshake\b"
    ),
    Operation.ACCEPT: r"\.accept\(\)|\._accept\(|in accept$|_accept_connection\b",
    Operation.RECEIVE: r"\.recv(?:from|msg)?(?:_into)?\(|in (?:_?sock_)?recv\w{0,10}$|in readinto$|_sslobj\.read\(",
    Operation.SEND: (
        r"(?i:sock\w{0,8}|\bs|conn|client)\.send\w{0,4}\(|in (?:_?sock_)?send(?:all|to|msg)?$|_sslobj\.write\("
    ),
    Operation.BIND: r"\.bind\(|in server_bind$",
    Operation.LISTEN: r"(?i:sock\w{0,8}|\bs|server)\.listen\(|in server_activate$",
    Operation.OPEN: r"socket\.py\", line \d{1,6}, in (?:__init__|socketpair)$|\bsocket\.socket\(",
}
_FRAMES = re.compile("|".join(f"(?P<{each.value}>{words})" for each, words in _CALLS.items()))


def operation_of_frames(frames: Sequence[str]) -> Operation | None:
    """Return the operation that the innermost of the lines of a traceback shows."""
    for line in reversed(frames):
        # The last call of a line is the one that failed, or nearest to it.
        names = [found.lastgroup for found in _FRAMES.finditer(line.rstrip())]
        if names:
            return Operation(str(names[-1]))
    return None


_IN_CALL = re.compile(r"\(\([\"'](?P<host>[\w.:-]{0,253})[\"'], ?(?P<port>\d{1,5})\)\)")


def peer_of_frames(frames: Sequence[str]) -> "Peer":
    """Return the peer that a call in the lines of a traceback names."""
    for line in reversed(frames):
        found = _IN_CALL.search(line)
        if found is not None:
            return Peer(found["host"] or None, int(found["port"]))
    return Peer(None, None)


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
        rf"\b[Ll]ookup:? (?!failure|error|failed)(?P<host>{_NAME})(?= on |:)",
        rf"[Ll]ookup failure: {{1,3}}(?P<host>{_NAME})",
        rf"(?:not known|not resolve): `(?P<host>{_NAME})",
        r"getaddrinfo: \"(?P<host>[^\"\n]{1,253})\" \d",
        rf"(?:ENOTFOUND|EAI_AGAIN|EAI_NONAME|EAI_NODATA|EAI_FAIL) (?P<host>{_NAME})(?::{_PORT})?",
        r"resolve host \"(?P<host>[^\"\s]{1,253})\"",
        rf"Failed host lookup: '(?P<host>{_NAME})'",
        rf"[Nn]ame service error for name=(?P<host>{_NAME})",
        rf"[Hh]ost(?:name)? lookup: (?P<host>{_NAME}?)(?=\.?(?:$|[\s'>\]]))",
        rf"address of host: (?P<host>{_NAME})",
        rf"resolve host address: (?P<host>{_NAME})",
        rf"resolve (?:server|address) '?(?P<host>{_NAME})",
        rf"(?i:resolve|unknown) (?i:host|proxy)(?i:name| address)?:? (?!or )[\u2018'\"`(]?(?P<host>{_NAME})",
        rf"UnknownHostException: (?P<host>{_NAME})",
        rf"(?:look up|[Rr]esolving) '?(?P<host>{_NAME})",
        rf"translate host name \"(?P<host>{_NAME})\"",
        rf"host not found in upstream \"(?P<host>{_NAME})(?::{_PORT})?",
        rf"Unknown (?:MySQL |MariaDB )?server host '(?P<host>{_NAME})'",
        rf"can't find (?P<host>{_NAME}): ",
        rf"(?i:could not be resolved): '(?P<host>{_NAME})'",
        rf"(?i:failed to resolve|cannot resolve|could not resolve) [\u2018'\"`(]?(?P<host>{_NAME})[\u2019'\"`)]?",
        rf"(?<!or )(?<!\w)(?P<host>{_NAME}) could not be resolved",
        rf"bad address '(?P<host>{_NAME})",
        rf"connect to host {_HOST}:{_PORT}",
        rf"DNS resolution failed for (?P<host>{_NAME})",
        rf"No address found for (?P<host>{_NAME})",
        rf"{_HOST}:{_PORT} \(Name or service not known\)",
        rf"\bknown\.? \({_HOST}:{_PORT}\)",
        rf"connection to {_HOST}:{_PORT} \(getaddrinfo",
        rf"getaddrinfo for (?P<host>{_NAME}) failed",
        rf"\bconnect(?:ing)? (?:to )?\(?{_HOST}:{_PORT}\b",
        rf"(?<!\S){_HOST}:{_PORT}: \[Errno",
        rf"\(host='{_HOST}', port={_PORT}\)",
        rf"[Hh]ost:? [\u2018'\"`](?P<host>{_NAME})[\u2019'\"`]",
    )
]
# What names a peer by itself, the most exact first.
_EXACT = [
    re.compile(pattern)
    for pattern in (
        rf"->{_HOST}:{_PORT}",
        rf"(?<![\w.])(?P<host>(?=\w{{0,4}}[.:])[\da-fA-F.:]{{2,45}})#{_PORT}",
        rf"\bfrom client {_HOST}:{_PORT}",
        rf"\[(?P<host>[a-z][\w.-]{{1,253}})\]:{_PORT}",
        rf"\bIP: \"?(?P<host>[\da-fA-F.:]{{2,45}})\"?[.,] ?[Pp]ort: \"?(?:(?:TCP|UDP)/)?{_PORT}",
        rf"[Cc]onnect(?:ing)? to (?P<host>(?=[\w-]{{1,63}}\.){_NAME})(?=: [A-Z])",
        rf"\blisten on port {_PORT}",
        rf"listen socket on port {_PORT}",
        rf"cannot verify (?P<host>{_NAME})(?:'|\u2019)s certificate",
        rf"certificate of \u2018(?P<host>{_NAME})\u2019",
        rf"=> /{_HOST}:{_PORT}\]",
        rf"\bR:[\w.-]{{0,253}}/{_HOST}:{_PORT}",
        # Postfix and Exim write the name before the address.
        rf"\b(?:from|to|with|for) [\w.-]{{1,253}}\[(?P<host>[\w.:]{{2,45}})\]:{_PORT}",
        r"\b(?:from|to|with|for) [\w.-]{1,253}\[(?P<host>(?=\w{0,40}[.:])[\w.:]{2,45})\]",
        r"\[IP: (?P<host>[\da-fA-F.:]{2,45}) (?P<port>\d{1,5})\]",
        rf"connect to [\w.-]{{1,253}}:{_PORT} \((?P<host>[\da-fA-F.:]{{2,45}})\)",
        rf"AMQP connection <[\d.]{{1,30}}> \({_HOST}:{_PORT} -> ",
        r"\b(?:H=|to |from |host )[\w.-]{1,253} \[(?P<host>[\d.]{7,15}|[\da-fA-F:]{2,45})\]",
        r"\brip=(?P<host>[\w.:]{2,45})",
        rf"upstream: \"\w{{1,10}}://{_HOST}(?::{_PORT})?",
        rf"\(host='{_HOST}', port={_PORT}\)",
        rf"\('{_HOST}', {_PORT}(?:, \d+, \d+)?\)",
        r"server at \"(?P<host>[^\"\s]{1,253})\"(?: \([^)]{1,60}\))?, port (?P<port>\d{1,5})",
        (
            r"host \"(?P<host>[^\"\s]{1,253})\"(?: \([^)]{1,60}\))? and accepting\s{1,20}TCP/IP connections on port "
            r"(?P<port>\d{1,5})"
        ),
        r"running on port (?P<port>\d{1,5})\?[^\"]{0,160}listen socket for \"(?P<host>[^\"\s]{1,253})\"",
        r"\bIPv[46] (?:address|socket for) \"(?P<host>[^\"\s]{1,253})\"",
        rf"server on '{_HOST}(?::{_PORT})?'",
        rf"'\w{{1,32}}@{_HOST}:{_PORT}'",
        r"\buser: '[^'\n]{0,80}' host: '(?P<host>[^'\s]{1,253})'",
        r"address: '(?P<host>[^']{1,253})',\s{1,80}port: (?P<port>\d{1,5})",
        r"\"address\": ?\"(?P<host>[^\"]{1,253})\", ?\"port\": ?(?P<port>\d{1,5})",
        rf"\baddress = {_HOST}, port = {_PORT}",
        rf"\bhost: {_HOST}, port: {_PORT}",
        r"htons\((?P<port>\d{1,5})\), sin_addr=inet_addr\(\"(?P<host>[\d.]{7,15})\"\)",
        (
            r"htons\((?P<port>\d{1,5})\),(?: sin6_flowinfo=[\w()]{1,20},)? inet_pton\(AF_INET6, "
            r"\"(?P<host>[\da-fA-F:.]{2,45})\""
        ),
        rf"[Cc]onnect(?:ing|ion)? to (?:host |address )?{_HOST} port {_PORT}",
        rf"connect to (?:[\w.-]{{0,253}}/)?{_HOST} \(port {_PORT}\)",
        r"remote host \((?P<host>[\da-fA-F:.]{2,45})\)",
        rf"for \"{_HOST}\" port {_PORT}",
        rf"(?:closed|reset) by (?:remote host |(?:invalid|authenticating) user \S{{0,80}} )?{_HOST} port {_PORT}",
        rf"\b(?:from|for) (?!nil ){_HOST} port {_PORT}",
        r"[Bb]ind to port (?P<port>\d{1,5}) on (?P<host>[\w:]{2,45}(?:\.\d{1,3}){0,3})",
        rf"\bport {_PORT} on (?P<host>{_NAME})",
        rf"\b(?:bind|listen|connect)\({_HOST}, ?{_PORT}\)",
        rf"\[AF_INET6?\]{_HOST}:{_PORT}",
        rf"\bipv[46]:{_HOST}:{_PORT}",
        rf"listening socket \*:{_PORT}",
        rf"<null>:{_PORT}",
        r"\bto \[(?P<host>[\da-fA-F:.]{2,45})\](?!:\d)",
        rf"(?<= )(?P<six>(?=[\da-f:]{{0,45}}::)[\da-f:]{{2,45}}):{_PORT}",
        rf"connection to (?:backend: {_HOST}|:{_PORT})",
        rf"\b(?:tcp[46]?|udp[46]?|listen) :{_PORT}",
        rf"\b(?i:port):? {_PORT} (?:is|was) (?:already )?in use",
        # The name comes first, and the address that it stands for in parentheses.
        rf"(?<![\w.:@-]){_HOST}:{_PORT}(?= \(\[?[\da-f.:]{{7,45}}\]?:\d)",
        rf"altnames: \"?Host: (?P<host>{_NAME})\.? is not in",
        rf"is valid for [^\n]{{1,200}}, not (?P<host>{_NAME})",
        r"not valid for '(?P<host>[^'\s]{1,253})'",
        r"host ?name ['\"](?P<host>[^'\"\s]{1,253})['\"]",
    )
]
_PAIR = re.compile(rf"(?<![\w.:@-]){_HOST}:{_PORT}")
_URL = re.compile(rf"\b[a-z][a-z0-9+]{{1,14}}://(?:[^\s/@\"']{{1,100}}@)?{_HOST}(?::{_PORT})?", re.IGNORECASE)
# Before the address of a page that explains a failure.
_ELSEWHERE = re.compile(r"(?i:see:?|try|visit|read|details:?|help:?|\(docs?:|wiki:?) $")
# As ping writes it, with the host before a colon.
_BEFORE_COLON = re.compile(rf"(?<!\S)(?P<host>{_NAME}): \W{{0,3}}$")
# What a colon and a number follow that is a place in a source, not a port.
_SOURCE = re.compile(r"\.(?:c|cc|cpp|cs|ex|exs|erl|go|h|java|js|jsx|kt|lua|mjs|php|pl|pm|py|rb|rs|scala|ts|tsx)$")
# The names of connections in Apple's Network framework.
_OF_NETWORK = re.compile(r"C\d{1,9}(?:\.\d{1,9}){0,9}")
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
            return _with_port(_peer(found), text)
    pairs = [each for each in _PAIR.finditer(text) if _is_peer(text, each)]
    if pairs:
        return _peer(next((each for each in reversed(pairs) if each.start() < end), pairs[0]))
    return _of_url(text, end)


def _with_port(peer: Peer, text: str) -> Peer:
    """Add the port that another place of a text names with the same host."""
    if peer.host is None or peer.port is not None:
        return peer
    at = text.find(f"{peer.host}:")
    found = None if at < 0 else _PAIR.match(text, at)
    return peer if found is None else Peer(peer.host, _peer(found).port)


def _of_url(text: str, end: int) -> Peer:
    urls = [
        each for each in _URL.finditer(text) if not _ELSEWHERE.search(text, max(0, each.start() - 12), each.start())
    ]
    if not urls:
        return Peer(None, None)
    return _peer(next((each for each in reversed(urls) if each.start() < end), urls[0]))


def _host_near(text: str, start: int, end: int) -> str | None:
    for pattern in _LOOKED_UP:
        found = _nearest(pattern, text, end)
        if found is not None:
            return _peer(found).host
    alone = _BEFORE_COLON.search(text, max(0, start - 260), start)
    if alone is not None and "." in alone["host"] and not alone["host"].lower().endswith(("error", "exception")):
        return alone["host"]
    return _of_url(text, end).host


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
    if (
        host.isdecimal()
        or _SOURCE.search(host)
        or _OF_NETWORK.fullmatch(host)
        or text.endswith(_NO_PEER, 0, found.start())
    ):
        return False
    return "." in host or host == "localhost" or text[: found.start()].endswith(_INTRODUCE)


def _peer(found: "re.Match[str]") -> Peer:
    groups = found.groupdict()
    host, port = groups.get("six") or groups.get("host"), groups.get("port")
    return Peer(host, None if port is None or int(port) > _LAST_PORT else int(port))
