"""What the property tests draw from: every kind of error that a socket operation can raise on this machine."""

import builtins
import errno
import socket
import ssl
import sys

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from sockerr import Operation, platforms
from sockerr._numbers import symbol_of
from sockerr._registry import all_claims

STANDARD = (
    *(each for each in vars(builtins).values() if isinstance(each, type) and issubclass(each, BaseException)),
    socket.gaierror,
    socket.herror,
    ssl.SSLError,
    ssl.SSLCertVerificationError,
    ssl.SSLEOFError,
    ssl.SSLSyscallError,
    ssl.SSLWantReadError,
    ssl.SSLWantWriteError,
    ssl.SSLZeroReturnError,
)
"""The exception classes of the standard library that a handler around a socket may name."""

SYSTEM = (
    *(each for each in vars(builtins).values() if isinstance(each, type) and issubclass(each, OSError)),
    socket.gaierror,
    socket.herror,
)
"""The classes of the standard library that carry an errno or a resolver's code."""

RESOLVER_CODES = {name: getattr(socket, name) for name in dir(socket) if name.startswith("EAI_")}

# The classes that mean a failure of a connection by themselves, without a number.
NUMBERLESS = (
    TimeoutError,
    ConnectionError,
    ConnectionAbortedError,
    ConnectionRefusedError,
    ConnectionResetError,
    BrokenPipeError,
    socket.gaierror,
    socket.herror,
)


def is_unknown(number: int) -> bool:
    """Whether a number means nothing on this machine, as an errno or to the resolver."""
    return number not in errno.errorcode and not any(platforms.symbols(number, kind=kind) for kind in platforms.KINDS)


numbers = st.sampled_from(sorted(errno.errorcode))
_EVERYWHERE = {
    platforms.canonical(symbol)
    for symbol, operation, _ in all_claims()
    # What begins with WSA counts on Windows alone.
    if operation is None and (sys.platform == "win32" or not symbol.startswith("WSA"))
}
socket_numbers = st.sampled_from(sorted(number for number in errno.errorcode if symbol_of(number) in _EVERYWHERE))
"""The numbers that mean a socket failure whatever the operation; the others do so in some operations, or in none."""
other_numbers = st.sampled_from(sorted(number for number in errno.errorcode if symbol_of(number) not in _EVERYWHERE))
unknown_numbers = st.integers().filter(is_unknown)
operations = st.sampled_from(Operation)
operations_or_none = st.none() | operations
messages = st.text(max_size=20)
# Not a descriptor, which is a number: BlockingIOError takes that for the count of what has been written.
file_names = st.text(min_size=1, max_size=10) | st.binary(min_size=1, max_size=10)
ports = st.integers(0, 65535)
addresses = (
    st.none()
    | st.tuples(st.ip_addresses(v=4).map(str), ports)
    | st.tuples(st.ip_addresses(v=6).map(str), ports, st.just(0), st.just(0))
    | st.text(max_size=20)
    | st.binary(max_size=20)
)

system_errors: SearchStrategy[OSError] = st.builds(OSError, socket_numbers, messages)
"""What the operating system reports of a socket, as the socket module raises it: without a file name."""

other_errors: SearchStrategy[OSError] = st.builds(OSError, other_numbers, messages)
"""What the operating system reports of a file or a process, or of a socket in some operations only."""

file_errors: SearchStrategy[OSError] = st.builds(OSError, numbers | unknown_numbers, messages, file_names)
"""What the operating system reports of a file."""

gaierrors: SearchStrategy[OSError] = st.builds(
    socket.gaierror, st.sampled_from(sorted(RESOLVER_CODES.values())), messages
)
herrors: SearchStrategy[OSError] = st.builds(socket.herror, st.sampled_from((1, 2, 3, 4)), messages)
lookup_errors = gaierrors | herrors

numberless_errors: SearchStrategy[OSError] = st.sampled_from(NUMBERLESS).flatmap(
    lambda cls: st.builds(cls) | st.builds(cls, messages)
)

unknown_system_errors: SearchStrategy[OSError] = st.builds(OSError, unknown_numbers, messages)
unknown_lookup_errors: SearchStrategy[OSError] = st.builds(socket.gaierror, unknown_numbers, messages) | st.builds(
    socket.herror, unknown_numbers, messages
)
unknown_errors = unknown_system_errors | unknown_lookup_errors

socket_errors = system_errors | lookup_errors | numberless_errors | unknown_errors
"""Everything that means a socket failure by its number or its type."""

errors_in_operations = socket_errors | other_errors
"""Everything that means a socket failure where the operation is known."""
