"""`parse`: every spelling, what it leaves alone, and that no text makes it slow or raise."""

import json
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sockerr
from sockerr import Evidence, Operation, Retry, platforms
from sockerr import _sentences as sentences
from sockerr._registry import all_claims
from sockerr.logs import Finding
from sockerr.logs._atoms import needles
from sockerr.logs._names import FAMILIES, names
from sockerr.logs._spelling import Spelling
from sockerr.logs._spellings import NUMBERS, PHRASES

SPELLINGS = (*NUMBERS, *PHRASES)
EXAMPLES = [row.example for row in SPELLINGS]


def one(text: str) -> Finding:
    (found,) = sockerr.parse(text)
    return found


def name_of(finding: Finding) -> str:
    return type(finding.error).__name__


@pytest.mark.parametrize("row", SPELLINGS, ids=lambda row: row.name)
def test_example_of_a_spelling_is_understood(row: Spelling) -> None:
    assert row.needle == row.needle.lower()
    assert row.needle in row.example.lower()
    assert any(needle in row.example.lower() for needle in needles())
    assert row.regex.search(row.example)
    found = one(row.example)
    if hasattr(sockerr, row.means):
        assert isinstance(found.error, getattr(sockerr, row.means))
    elif row.means.isupper():
        assert found.symbol == row.means
    else:
        assert type(found.error) is not sockerr.SocketError
    if row.operation is not None:
        assert found.operation == (row.operation or None)


def test_names_of_spellings_are_unique() -> None:
    names = [row.name for row in SPELLINGS]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("text", "symbol", "operation", "host", "port"),
    [
        ("[Errno 61] Connection refused", "ECONNREFUSED", None, None, None),
        ("connect() failed (111: Connection refused)", "ECONNREFUSED", "connect", None, None),
        ("(os error 10061)", "ECONNREFUSED", None, None, None),
        ("connect ENOENT /run/app.sock", "ENOENT", "connect", None, None),
        ("connect: connection refused", "ECONNREFUSED", "connect", None, None),
        ("dial tcp 10.0.0.1:80: i/o timeout", None, "connect", "10.0.0.1", 80),
        ("lookup db on 10.0.0.2:53: no such host", "EAI_NONAME", "resolve", "db", None),
        ("connect ECONNREFUSED 127.0.0.1:80", "ECONNREFUSED", "connect", "127.0.0.1", 80),
        ("getaddrinfo ENOTFOUND db", "EAI_NONAME", "resolve", "db", None),
        (
            "connect(3, {sa_family=AF_INET}, 16) = -1 ECONNREFUSED (Connection refused)",
            "ECONNREFUSED",
            "connect",
            None,
            None,
        ),
        ('{"level": "error", "err": {"errno": -111, "code": "ECONNREFUSED"}}', "ECONNREFUSED", None, None, None),
        ("accept4() failed (24: Too many open files)", "EMFILE", "accept", None, None),
        ("write tcp 10.0.0.1:4000->10.0.0.2:80: write: broken pipe", "EPIPE", "send", "10.0.0.2", 80),
        ("bind: can't assign requested address", "EADDRNOTAVAIL", "bind", None, None),
        ("listen tcp :80: bind: permission denied", "EACCES", "bind", None, 80),
        ("setsockopt failed: Protocol not available", "ENOPROTOOPT", "configure", None, None),
        ("connect to [2001:db8::1]:443: No route to host", "EHOSTUNREACH", "connect", "2001:db8::1", 443),
        ("ping: db.internal: Name or service not known", "EAI_NONAME", "resolve", "db.internal", None),
        (
            "request to https://api.internal/x failed: Connection reset by peer",
            "ECONNRESET",
            None,
            "api.internal",
            None,
        ),
        ("connecting to db:99999: Connection refused", "ECONNREFUSED", "connect", None, None),
        ("error 111 (ECONNREFUSED) in net.c:1234", "ECONNREFUSED", None, None, None),
        # "ls" is a program, but not within a word.
        ("tls: broken pipe", "EPIPE", None, None, None),
        (
            "read tcp 10.0.0.1:1->10.0.0.2:80: connection reset by peer, not 10.0.0.1:1->10.0.0.3:80",
            "ECONNRESET",
            "receive",
            "10.0.0.2",
            80,
        ),
        ("read: Connection reset by peer; the second attempt was not successful", "ECONNRESET", "receive", None, None),
    ],
)
def test_symbol_operation_and_peer(
    text: str, symbol: str | None, operation: str | None, host: str | None, port: int | None
) -> None:
    found = one(text)
    assert (found.symbol, found.operation, found.host, found.port) == (symbol, operation, host, port)


@pytest.mark.parametrize(
    ("text", "number", "systems"),
    [
        ("[Errno 61] Connection refused", 61, {"darwin", "freebsd"}),
        ("[Errno 146] Connection refused", 146, {"linux-mips", "sunos5"}),
        ("connect: errno=-4078", 4078, {"win32"}),
        ("HRESULT 0x8007274D", 10061, {"win32"}),
        ("HRESULT 0x80072EE7", 12007, {"win32"}),
        ("[Errno 8] nodename nor servname provided, or not known", 8, {"darwin"}),
        ("Network unreachable", None, {"emscripten"}),
        ("connect ECONNREFUSED", None, set[str]()),
    ],
)
def test_system_that_a_number_or_a_sentence_comes_from(text: str, number: int | None, systems: set[str]) -> None:
    found = one(text)
    assert found.number == number
    assert set(found.platforms) >= systems
    assert set(found.platforms) <= set(platforms.names())


def test_number_and_sentence_that_contradict_leave_both_systems_of_the_number() -> None:
    # Windows has neither this number nor this sentence.
    assert "win32" not in one("[Errno 111] Connection refused").platforms
    assert one("[Errno 110] Operation timed out").platforms[0] == "linux"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "all is well",
        "[Errno 2] No such file or directory: '/etc/app.conf'",
        "[Errno 61] No data available",
        "[Errno 99999] what",
        "[WinError 2] The system cannot find the file specified",
        "HRESULT 0x80070005",
        "status 0xC0000022",
        "STATUS_ACCESS_DENIED",
        "curl: (22) The requested URL returned error: 404",
        "GET / HTTP/1.1 502",
        "connection refused at first, succeeded at the second attempt",
        "cat: write error: Broken pipe",
        "flush stdout: broken pipe",
        "sort: Broken pipe",
        "I get a connection refused error",
        "- Connection refused",
        "`Connection reset by peer` means that the peer is gone",
        'the "connection refused" dialog',
        "the `ECONNREFUSED` case",
        "ECONNREFUSED means that nobody listens",
        '    raise TimeoutError("Timeout connecting to server")',
        "errno 2",
        "getsockopt: errno 0",
        "open: Permission denied",
        "fork: Resource temporarily unavailable",
        "System error: 0",
        # Prose, code, settings.
        "When the server is down I get a connection refused error.",
        'This fixes the "socket hang up" error.',
        "This happens if the certificate has expired.",
        "You may see `net::ERR_CONNECTION_REFUSED` in the console.",
        "The message `socket hang up` says little.",
        '    throw new SocketTimeoutException("Read timed out");',
        "if (err.code === 'ECONNREFUSED') { retry(); }",
        "| ECONNREFUSED | 111 | Connection refused |",
        '    2006: "MySQL server has gone away",',
        "ENOTCONN, ESHUTDOWN, EISCONN, ECONNABORTED",
        "* `ECONNRESET` (Connection reset by peer): the peer has cut the connection off",
        "<td><code>CERT_HAS_EXPIRED</code></td>",
        "pass a (connect timeout, read timeout) tuple",
        "const ECONNREFUSED = 'ECONNREFUSED';",
        "12007 = ERROR_WINHTTP_NAME_NOT_RESOLVED",
        "Inner exception has HResult value WININET_E_NAME_NOT_RESOLVED (0x80072EE7)",
        "read timeout: 30s, write timeout: 10s",
        "Connection timeout: 30 seconds",
        "Verify return code: 0 (ok)",
        "Connection error: Connection Refused: not authorised.",
        "Error Domain=NSPOSIXErrorDomain Code=2",
        "_kCFStreamErrorCodeKey=4",
        "HRESULT 0x80070002",
        "curl: (56) Received HTTP code 503 from proxy after CONNECT",
    ],
)
def test_what_reports_no_failure_of_a_socket(text: str) -> None:
    assert sockerr.parse(text) == []


def test_traceback_gives_the_deciding_exception_once() -> None:
    text = """\
2024-01-01 ERROR Traceback (most recent call last):
  File "connection.py", line 1, in connect
    raise ConnectionRefusedError(111, "Connection refused")  # a source line
ConnectionRefusedError: [Errno 111] Connection refused

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File "pool.py", line 2, in urlopen
    connect()
requests.exceptions.ConnectionError: HTTPConnectionPool(host='db', port=80): Max retries exceeded with url: / \
(Caused by NewConnectionError('<X>: Failed to establish a new connection: [Errno 111] Connection refused'))
2024-01-01 ERROR connect ECONNREFUSED 10.0.0.1:80"""
    first, second = sockerr.parse(text)
    assert (first.symbol, first.host, first.port) == ("ECONNREFUSED", "db", 80)
    assert second.host == "10.0.0.1"


@pytest.mark.parametrize(
    ("text", "name", "operation", "host"),
    [
        (
            "kex_exchange_identification: read: Connection reset by peer\nConnection reset by 10.1.2.3 port 22",
            "ConnectionReset",
            "receive",
            "10.1.2.3",
        ),
        (
            (
                "npm ERR! code SELF_SIGNED_CERT_IN_CHAIN\n\nnpm ERR! request to https://npm.internal/x failed, "
                "reason: self signed certificate in certificate chain"
            ),
            "CertificateUntrusted",
            "connect",
            "npm.internal",
        ),
        (
            "12:00:00 ERROR cannot reach http://db.internal:80/\njava.net.ConnectException: Connection refused",
            "ConnectionRefused",
            "connect",
            "db.internal",
        ),
        (
            (
                'Fatal Exception: java.net.UnknownHostException\nUnable to resolve host "db.internal": No address '
                "associated with hostname\n\nCaused by android.system.GaiException\n"
                "android_getaddrinfo failed: EAI_NODATA"
            ),
            "NameNotFound",
            "resolve",
            "db.internal",
        ),
        (
            (
                "JedisConnectionException: Failed to create socket.\n\tat a.b(C.java:1)\nCaused by: "
                "java.net.ConnectException: Connection refused\n\tat java.net.PlainSocketImpl.socketConnect(A.java)"
            ),
            "ConnectionRefused",
            "connect",
            None,
        ),
        (
            "java.net.SocketTimeoutException: timeout\n\tat okhttp3.internal.http2.Http2Stream.takeHeaders(A.kt)",
            "ReceiveTimedOut",
            "receive",
            None,
        ),
        (
            "AxiosError: timeout of 5000ms exceeded\n    at x {\n  code: 'ECONNABORTED'\n}",
            "TimedOut",
            None,
            None,
        ),
        (
            (
                "Error: write EPROTO 140:error:1408F10B:SSL routines:ssl3_get_record:wrong version number:a.c:332:\n"
                "    at WriteWrap.afterWrite {\n  code: 'EPROTO'\n}"
            ),
            "NotTLS",
            "connect",
            None,
        ),
        (
            (
                "IOException: Unable to read data from the transport connection: x\n ---> SocketException (110): "
                "Connection timed out"
            ),
            "ReceiveTimedOut",
            "receive",
            None,
        ),
        ("connect ECONNREFUSED\nError: connect ECONNREFUSED", "ConnectionRefused", "connect", None),
        (
            "Could not connect to the server.\nFailed to connect to db.internal:80: Connection refused",
            "ConnectionRefused",
            "connect",
            "db.internal",
        ),
        (
            "java.net.UnknownHostException: db.internal: Temporary failure in name resolution",
            "ResolverUnavailable",
            "resolve",
            "db.internal",
        ),
        (
            (
                "A connection was successfully established with the server, but then an error occurred during the "
                "login process. (provider: TCP Provider, error: 0 - No such host is known.)"
            ),
            "NameNotFound",
            "resolve",
            None,
        ),
        ("SSL_accept() failed: error:1408F10B:SSL routines:ssl3_get_record:wrong version number", "NotTLS", None, None),
    ],
)
def test_lines_and_words_of_one_failure_are_one_finding(
    text: str, name: str, operation: str | None, host: str | None
) -> None:
    found = one(text)
    assert (name_of(found), found.operation, found.host) == (name, operation, host)


@pytest.mark.parametrize(
    "text",
    [
        "connect ECONNREFUSED 10.0.0.1:80\nconnect ECONNREFUSED 10.0.0.2:80",
        "read: Connection reset by peer\nread: Connection reset by peer",
        "worker 1: Connection refused\nworker 2: Connection refused",
        "2024-01-01 00:00:01 connect ECONNREFUSED\n2024-01-01 00:00:02 Error: connect ECONNREFUSED",
        "npm ERR! code ECONNRESET\nyarn: read ECONNRESET",
    ],
)
def test_failures_of_two_peers_or_times_are_two(text: str) -> None:
    assert len(sockerr.parse(text)) == 2


def test_names_of_programs_mean_classes_or_symbols_that_are_known() -> None:
    symbols = {symbol for symbol, _, _ in all_claims()}
    for family in FAMILIES:
        for name, means in (names(family) or {}).items():
            assert means in symbols or issubclass(getattr(sockerr, means), sockerr.SocketError), name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Verify return code: 10 (certificate has expired)", "CertificateExpired"),
        ("certificate verify error: (26:unsupported certificate purpose) while SSL handshaking", "CertificateRejected"),
        ("Unknown error (0x80090325) - The chain was issued by an untrusted authority", "CertificateUntrusted"),
        ("error:0A000999:SSL routines::a reason that nobody knows", "TLSError"),
        ("remote error: tls: protocol version not supported while reading", "TLSVersionMismatch"),
        ("[WinError 10013]", "PermissionDenied"),
        ("[WinError 054]", "NetworkDown"),
        ("error: read timeout", "ReceiveTimedOut"),
        ("E: Failed to fetch http://deb.internal/a.deb  Connection timed out [IP: 10.0.0.1 80]", "TimedOut"),
        ("Verbindungsfehler: Verbindungsaufbau abgelehnt", "ConnectionRefused"),
        ("[WinError 10061] \u7531\u4e8e\u76ee\u6807\u8ba1\u7b97\u673a", "ConnectionRefused"),
    ],
)
def test_numbers_and_names_of_families(text: str, name: str) -> None:
    assert name_of(one(text)) == name


def test_page_that_explains_a_failure_is_no_peer() -> None:
    found = one("Recv failure: Connection was reset. See https://curl.se/libcurl/c/libcurl-errors.html")
    assert found.host is None


def test_last_exception_of_a_chain_decides() -> None:
    text = """\
Traceback (most recent call last):
  File "a.py", line 1, in a
ConnectionRefusedError: [Errno 111] Connection refused

The above exception was the direct cause of the following exception:

Traceback (most recent call last):
  File "b.py", line 1, in b
socket.gaierror: [Errno -2] Name or service not known"""
    assert one(text).symbol == "EAI_NONAME"


def test_cause_that_java_names_last_decides() -> None:
    text = """\
java.io.IOException: Connection reset by peer
\tat java.net.Socket.connect(Socket.java:609)
Caused by: java.net.ConnectException: Connection refused (Connection refused)
\t... 12 more"""
    assert one(text).symbol == "ECONNREFUSED"


def test_traceback_behind_the_name_of_a_container() -> None:
    text = """\
web-1  | Traceback (most recent call last):
web-1  |   File "a.py", line 1, in a
web-1  |     sock.connect(address)  # ConnectionResetError: [Errno 104] Connection reset by peer
web-1  | ConnectionRefusedError: [Errno 111] Connection refused"""
    assert one(text).symbol == "ECONNREFUSED"


def test_two_failures_of_one_line_are_two() -> None:
    found = sockerr.parse("connect to 10.0.0.1:80: Connection refused; connect to 10.0.0.2:80: No route to host")
    assert [(each.symbol, each.host) for each in found] == [("ECONNREFUSED", "10.0.0.1"), ("EHOSTUNREACH", "10.0.0.2")]


def test_two_numbers_are_two_failures() -> None:
    found = sockerr.parse("[Errno 111] at first, then [Errno 113] again")
    assert [each.number for each in found] == [111, 113]


def test_more_exact_words_win_over_general_ones() -> None:
    assert one("curl: (7) Failed to connect to db port 80: Connection refused").symbol == "ECONNREFUSED"
    assert name_of(one("curl: (7) something new")) == "ConnectFailed"
    assert name_of(one("Lost connection to MySQL server during query")) == "ConnectionLost"


def test_lines_of_one_message_complete_each_other() -> None:
    text = """\
Error: connect ECONNREFUSED
    at TCPConnectWrap.afterConnect [as oncomplete] (net.js:1146:16) {
  errno: -111,
  code: 'ECONNREFUSED',
  address: '10.0.0.1',
  port: 80
}"""
    found = one(text)
    assert (found.number, found.host, found.port) == (111, "10.0.0.1", 80)


def test_message_has_a_limited_number_of_lines() -> None:
    text = "\n".join(["begin", *["  connect ECONNREFUSED 10.0.0.1:80"] * 1200])
    assert len(sockerr.parse(text)) == 3


def test_finding_is_an_error_whose_advice_is_never_safe() -> None:
    found = one("connect ECONNREFUSED 10.0.0.1:80")
    assert found.evidence is Evidence.MESSAGE
    assert found.operation is Operation.CONNECT
    assert found.error.retry is Retry.IF_IDEMPOTENT
    assert isinstance(found.error, sockerr.ConnectionRefused)
    record = json.loads(json.dumps(found.as_dict()))
    assert (record["host"], record["port"], record["spelling"]) == ("10.0.0.1", 80, "symbol")


def test_span_is_what_reports_the_failure() -> None:
    text = "first\nsecond: [Errno 111] Connection refused."
    found = one(text)
    assert text[found.start : found.end] == "[Errno 111] Connection refused"


def test_text_must_be_a_str() -> None:
    with pytest.raises(TypeError, match="text must be a str, not bytes"):
        sockerr.parse(b"")  # type: ignore[arg-type]  # what is wrong is the test


def test_every_sentence_of_a_system_is_found_where_it_is_reported() -> None:
    for table in (sentences.UNIX, sentences.WINDOWS, sentences.RESOLVER):
        for sentence, (symbol, systems) in table.items():
            if sentence != "Connection aborted":
                found = one(f"connect(): {sentence}")
                assert found.symbol == symbol, sentence
                assert set(found.platforms) >= set(systems.split())


NOISE = st.lists(
    st.one_of(
        st.sampled_from(EXAMPLES), st.text(max_size=30), st.sampled_from(["\n", ": ", " (", "[Errno ", "\u0130"])
    ),
    max_size=8,
).map("".join)


@given(NOISE)
def test_any_text_gives_findings_in_order_with_spans_of_their_own(text: str) -> None:
    found = sockerr.parse(text)
    # Errors compare by identity, and records by what they say.
    assert [each.as_dict() for each in found] == [each.as_dict() for each in sockerr.parse(text)]
    spans = [(each.start, each.end) for each in found]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    for each in found:
        json.dumps(each.as_dict())
        assert str(each.error)
        assert each.error.retry is not Retry.SAFE


@pytest.mark.parametrize(
    "piece",
    [
        "a" * 100,
        "1.2.3.4:5 ",
        "connect ",
        "[Errno ",
        "(((",
        ": ",
        "refused ",
        "connection refused ",
        "x://",
        "a.",
        " E",
        "`",
    ],
)
def test_time_is_linear_in_the_length_of_a_line(piece: str) -> None:
    def seconds(size: int) -> float:
        line = piece * (size // len(piece)) + "connect: Connection refused"
        best = 1e9
        for _ in range(2):
            started = time.perf_counter()
            sockerr.parse(line)
            best = min(best, time.perf_counter() - started)
        return best

    seconds(1000)
    # Ten times the text takes about ten times as long; what grows with the square would take a hundred times.
    assert seconds(100_000) < 40 * seconds(10_000) + 0.05


TRACEBACK = 'Traceback (most recent call last):\n  File "a.py", line 1, in main\n'


@pytest.mark.parametrize(
    ("text", "name", "operation", "host", "port"),
    [
        (TRACEBACK + "    data = s.recvfrom(1024)\nBlockingIOError: [Errno 11] x", "WouldBlock", "receive", None, None),
        (
            TRACEBACK + "    s = socket.socket(); s.bind(('', 443))\nPermissionError: [Errno 13] Permission denied",
            "PrivilegedPort",
            "bind",
            None,
            443,
        ),
        # Without the first lines of it.
        ('  File "/usr/socket.py", line 2, in accept\nTimeoutError: timed out', "AcceptTimedOut", "accept", None, None),
        ("    sock.connect(sa)\nPermissionError: [Errno 13] x", "PermissionDenied", "connect", None, None),
        (
            "closing AMQP connection <0.1.2> (10.0.0.1:59370 -> 10.0.0.2:5672):\n{writer,send_failed,{error,timeout}}",
            "SendTimedOut",
            "send",
            "10.0.0.1",
            59370,
        ),
        (
            "**** FAILED TO BIND TO PORT!\njava.net.BindException: Cannot assign requested address: bind",
            "AddressNotAvailable",
            "bind",
            None,
            None,
        ),
        (
            "Error: SSL routines:ssl3_get_record:wrong version number\nSocket error on client a, disconnecting.",
            "NotTLS",
            "connect",
            None,
            None,
        ),
        (
            "Lost connection to server at 'x'\n[Errno 104] Connection reset by peer",
            "ConnectionReset",
            None,
            None,
            None,
        ),
        (
            "Unable to bind to port 80\nCannot listen to port: 80",
            "SocketError",
            "bind",
            None,
            None,
        ),
        (
            "lookup a.test: err read udp 10.0.0.1:1->10.0.0.2:53: i/o timeout",
            "ResolverUnavailable",
            "resolve",
            "a.test",
            None,
        ),
        (
            "lookup a.test on 10.0.0.2:53: read udp: connection refused",
            "ResolverUnavailable",
            "resolve",
            "a.test",
            None,
        ),
        ("Error: listen EADDRINUSE 127.0.0.1:3000", "AddressInUse", "listen", "127.0.0.1", 3000),
        ("Error: listen EACCES: permission denied 127.0.0.1:80", "PrivilegedPort", "bind", "127.0.0.1", 80),
        ("packet_write_wait: Connection to 10.0.0.1 port 22: Broken pipe", "BrokenPipe", "send", "10.0.0.1", 22),
        (
            "Get https://a.test:8443/: x509: certificate is valid for b.test, not a.test",
            "CertificateNameMismatch",
            "connect",
            "a.test",
            8443,
        ),
        ("java.net.SocketException: Too many open files", "TooManyOpenFiles", None, None, None),
        (
            "java.io.IOException: Too many open files\n\tat java.base/sun.nio.ch.Net.accept(Native Method)",
            "TooManyOpenFiles",
            "accept",
            None,
            None,
        ),
        (
            "RPC failed; curl 56 GnuTLS recv error (-110): The TLS connection was non-properly terminated.",
            "TLSConnectionLost",
            "receive",
            None,
            None,
        ),
        ("*3 recv() failed (104: Connection reset by peer), 22630#22630", "ConnectionReset", "receive", None, None),
    ],
)
def test_operation_and_peer_from_what_stands_around(
    text: str, name: str, operation: str | None, host: str | None, port: int | None
) -> None:
    found = one(text)
    names = {name}
    if sys.platform == "win32" and name == "PrivilegedPort":
        # Where a text does not tell its system, it is that of the reader, and Windows has no privileged ports.
        names.add("PermissionDenied")
    assert name_of(found) in names
    assert (found.operation, found.host, found.port) == (operation, host, port)


@pytest.mark.parametrize(
    "text",
    [
        TRACEBACK
        + '    self.sock.connect(address)\n  File "b.py", line 2, in read\n    x()\n    y()\nOSError: [Errno 24] x',
        "Errno::EPIPE : Broken pipe @ io_writev - <STDOUT>",
        "reading config file: open /etc/app.conf: no such file or directory",
        "Error reading key: Permission denied",
        "java.io.IOException: Too many open files\n\tat java.base/java.io.FileInputStream.open0(Native Method)",
    ],
)
def test_failures_of_files_in_such_places(text: str) -> None:
    assert sockerr.parse(text) == []


def test_two_lines_that_name_two_peers_are_two_failures_though_one_is_general() -> None:
    text = "Failed to listen on 10.0.0.1:80\nconnect to 10.0.0.2:80: Connection refused"
    assert len(sockerr.parse(text)) == 2


def test_lines_with_different_times_are_different_failures() -> None:
    lines = (
        "2024-01-01 10:05:00 connect() failed (111: Connection refused)",
        "2024-01-01 10:09:00 Socket error on client 4711, disconnecting.",
        "2024-01-01 10:10:00 read ECONNRESET",
    )
    found = sockerr.parse("\n".join(lines))
    assert [name_of(each) for each in found] == ["ConnectionRefused", "ConnectionLost", "ConnectionReset"]
    same = sockerr.parse("\n".join(lines[:2]).replace("10:09:00", "10:05:00"))
    assert [name_of(each) for each in same] == ["ConnectionRefused"]
