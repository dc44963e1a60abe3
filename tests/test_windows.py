"""What only Windows can be asked: the numbers that it makes of failures.

Wine passes for Windows here.
"""

import socket
import subprocess
import sys

import pytest

import sockerr
from sockerr import platforms

if sys.platform != "win32":
    pytest.skip("this is not Windows", allow_module_level=True)

import ctypes

# What Winsock's own calls report for a status of the kernel, as uv__ntstatus_to_winsock_error in libuv's
# src/win/winsock.c lists it. Overlapped calls report the number that RtlNtStatusToDosError makes of it.
WINSOCK = {
    0xC0000007: "ENOBUFS",  # STATUS_PAGEFILE_QUOTA
    0xC000009A: "ENOBUFS",  # STATUS_INSUFFICIENT_RESOURCES
    0xC00000A1: "ENOBUFS",  # STATUS_WORKING_SET_QUOTA
    0xC000012D: "ENOBUFS",  # STATUS_COMMITMENT_LIMIT
    0xC0000209: "EADDRINUSE",  # STATUS_TOO_MANY_ADDRESSES
    0xC000020A: "EADDRINUSE",  # STATUS_ADDRESS_ALREADY_EXISTS
    0xC00000B5: "ETIMEDOUT",  # STATUS_IO_TIMEOUT
    0x00000102: "ETIMEDOUT",  # STATUS_TIMEOUT
    0xC0000237: "EDISCON",  # STATUS_GRACEFUL_DISCONNECT
    0xC000013C: "ECONNRESET",  # STATUS_REMOTE_DISCONNECT
    0xC000020C: "ECONNRESET",  # STATUS_CONNECTION_DISCONNECTED
    0xC000020D: "ECONNRESET",  # STATUS_CONNECTION_RESET
    0xC0000241: "ECONNABORTED",  # STATUS_CONNECTION_ABORTED
    0xC00000BE: "ENETUNREACH",  # STATUS_BAD_NETWORK_PATH
    0xC000023C: "ENETUNREACH",  # STATUS_NETWORK_UNREACHABLE
    0xC000023E: "ENETUNREACH",  # STATUS_PROTOCOL_UNREACHABLE
    0xC000023D: "EHOSTUNREACH",  # STATUS_HOST_UNREACHABLE
    0x80000005: "EMSGSIZE",  # STATUS_BUFFER_OVERFLOW
    0xC0000206: "EMSGSIZE",  # STATUS_INVALID_BUFFER_SIZE
    0xC0000005: "EFAULT",  # STATUS_ACCESS_VIOLATION
    0xC0000023: "EFAULT",  # STATUS_BUFFER_TOO_SMALL
    0xC00000D0: "EAGAIN",  # STATUS_REQUEST_NOT_ACCEPTED
    0xC00000BF: "ENETDOWN",  # STATUS_NETWORK_BUSY
    0xC00000C3: "ENETDOWN",  # STATUS_INVALID_NETWORK_RESPONSE
    0xC00000C4: "ENETDOWN",  # STATUS_UNEXPECTED_NETWORK_ERROR
    0xC0000236: "ECONNREFUSED",  # STATUS_CONNECTION_REFUSED
    0xC0000018: "EADDRNOTAVAIL",  # STATUS_CONFLICTING_ADDRESSES
    0xC0000207: "EADDRNOTAVAIL",  # STATUS_INVALID_ADDRESS_COMPONENT
    0xC00000BB: "EOPNOTSUPP",  # STATUS_NOT_SUPPORTED
    0xC0000022: "EACCES",  # STATUS_ACCESS_DENIED
    # Here the table differs from that list, and says why.
    0xC0000008: "EBADF",  # STATUS_INVALID_HANDLE
    0xC0000120: "ECANCELED",  # STATUS_CANCELLED
    0xC0000240: "ECANCELED",  # STATUS_REQUEST_ABORTED
    0xC000023F: "ECONNREFUSED",  # STATUS_PORT_UNREACHABLE
}


def win32_number(status: int) -> int:
    """The number of the Windows API for a status of the kernel."""
    convert = ctypes.WinDLL("ntdll").RtlNtStatusToDosError
    convert.argtypes, convert.restype = [ctypes.c_ulong], ctypes.c_ulong
    found: int = convert(status)
    return found


@pytest.mark.parametrize(("status", "symbol"), WINSOCK.items(), ids=[f"{status:#x}" for status in WINSOCK])
def test_number_of_an_overlapped_call_means_what_winsock_says(status: int, symbol: str) -> None:
    assert platforms.winerror_symbol(win32_number(status)) == symbol


def test_number_that_stands_for_two_things_means_neither() -> None:
    not_listening, no_resources = 0xC00000BC, 0xC000013D
    number = win32_number(not_listening)
    assert number == win32_number(no_resources)
    assert platforms.winerror_symbol(number) is None


def test_port_that_another_socket_has_exclusively_is_not_a_privileged_one() -> None:
    with socket.socket() as owner, socket.socket() as sock:
        owner.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        # On Unix these would be privileged.
        address = next(each for each in (("127.0.0.1", port) for port in range(1023, 0, -1)) if can_bind(owner, each))
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        with pytest.raises(sockerr.PermissionDenied) as caught, sockerr.binding(address):
            sock.bind(address)
    assert type(caught.value) is sockerr.PermissionDenied
    assert caught.value.code == 10013


def can_bind(sock: socket.socket, address: tuple[str, int]) -> bool:
    try:
        sock.bind(address)
    except OSError:
        return False
    return True


def test_program_that_cannot_be_started_is_no_socket_failure() -> None:
    with pytest.raises(OSError, match="WinError") as caught:
        subprocess.run([__file__], check=False)
    assert caught.value.winerror < 10000
    assert sockerr.classify(caught.value) is None
