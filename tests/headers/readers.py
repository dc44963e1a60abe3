"""One reader for each kind of source; each returns the numbers that it finds there."""

import json
import re
from collections.abc import Sequence
from pathlib import Path

from . import macros
from .cache import PYCARES, debian, existing
from .pythons import WINSOCK_ONLY
from .symbols import HERROR_NAMES, Numbers, by_kind

_REFERENCE = Path(__file__).with_name("reference.json")
_GO = "usr/share/go-1.19/src/cmd/vendor/golang.org/x/sys/unix"
_WINDOWS = "x86_64-windows-gnu"
_NETDB = "|".join((r"EAI_\w+", *HERROR_NAMES))


def headers(target: str, *options: str) -> Numbers:
    """The errno.h and netdb.h of one of the ziglang package's targets."""
    errnos = _integers(target, ["errno.h"], "E[A-Z0-9]+", *options)
    codes = _integers(target, ["netdb.h"], _NETDB, *options)
    return by_kind(errnos | codes)


def kernel(package: str, triplet: str) -> Numbers:
    """glibc's errno.h and netdb.h over the Linux headers that Debian has for another processor."""
    return headers("x86_64-linux-gnu", f"-I{debian(package) / 'usr' / triplet / 'include'}")


def emscripten() -> Numbers:
    """The errno.h and netdb.h of Debian's Emscripten."""
    include = debian("emscripten") / "usr/share/emscripten/cache/sysroot/include"
    return headers("wasm32-freestanding", "-nostdlibinc", f"-I{include}")


def newlib_as_cygwin() -> Numbers:
    """The errno.h of newlib, Cygwin's C library, as a Cygwin program sees it."""
    include = debian("libnewlib-dev") / "usr/include/newlib"
    # sys/reent.h is not about errors and needs what Debian's newlib leaves to a board's vendor.
    options = ("-nostdlibinc", f"-I{include}", "-D_SYS_REENT_H_")
    cygwin = ("-D__CYGWIN__", "-D__LINUX_ERRNO_EXTENSIONS__")
    target = "x86_64-freestanding"
    return by_kind(_integers(target, ["errno.h"], "E[A-Z0-9]+", *options, *cygwin))


def mingw() -> Numbers:
    """The Windows headers, put together as CPython's errno module does.

    It shows Winsock's number of a symbol that Winsock has too, unless the C runtime had that symbol
    before Visual Studio 2010 added those from 100 upwards.
    """
    crt = by_kind(_integers(_WINDOWS, ["errno.h"], "E[A-Z0-9]+"))["ERRNO"]
    del crt["ENOFILE"]  # MS-DOS's ENOENT, which Python does not show.
    headers = ["winsock2.h", "ws2tcpip.h", "windows.h"]
    sockets = _integers(_WINDOWS, headers, rf"WSA\w+|{_NETDB}")
    winsock = {name[3:]: sockets[name] for name in sockets if re.fullmatch("WSAE[A-Z]+", name)}
    shown = crt | winsock | {name: number for name, number in crt.items() if number < 100}
    return by_kind(sockets) | {
        "ERRNO": shown | {name: sockets[name] for name in WINSOCK_ONLY},
        "CRT": {name: number for name, number in crt.items() if number != shown[name]},
        "WINSOCK": {name: number for name, number in winsock.items() if number != shown[name]},
    }


def winerror() -> Numbers:
    """The ERROR_... and WAIT_TIMEOUT constants of the Windows headers, and Winsock's that Python does not show."""
    return {"WIN32": _integers(_WINDOWS, ["windows.h"], r"ERROR_\w+|WAIT_TIMEOUT|WSASYSCALLFAILURE|WSA_E_\w+")}


def go(*files: str) -> Numbers:
    """The constants that Go's golang.org/x/sys/unix has for a system, as Debian packages it."""
    directory = debian("golang-1.19-src") / _GO
    texts = [(directory / f"zerrors_{name}.go").read_text(encoding="utf-8") for name in files]
    found = re.findall(r"^\t(E\w+) += syscall\.Errno\((\w+)\)", "\n".join(texts), re.MULTILINE)
    return by_kind({name: int(number, 16) for name, number in found})


def zig(path: str, enum: str, prefix: str = "E") -> Numbers:
    """An enum of Zig's standard library, whose members lack the prefix that they have in C."""
    text = (macros.zig() / "lib/std" / path).read_text(encoding="utf-8")
    _, _, after = text.partition(enum)
    body, _, _ = after.partition(" _,\n")
    values = _zig_constants(body.replace("std.math.minInt(i32)", str(-(2**31))))
    return by_kind({prefix + name: number for name, number in values.items()})


def c_ares() -> Numbers:
    """The status codes in the ares.h of c-ares."""
    text = existing(PYCARES / "ares.h", "the source of pycares").read_text(encoding="utf-8")
    codes, _, _ = text.partition("} ares_status_t;")
    found = re.findall(r"^ +(ARES_\w+) += (\d+)", codes, re.MULTILINE)
    return {"C_ARES": {name: int(number) for name, number in found}}


def nameser() -> Numbers:
    """The response codes in glibc's arpa/nameser.h that an answer can have without extensions."""
    header = macros.zig() / "lib/libc/include/generic-glibc/arpa/nameser.h"
    found = re.findall(r"^\tns_r_(\w+) = (\d+),", header.read_text(encoding="utf-8"), re.MULTILINE)
    codes = {name.upper().replace("NOTIMPL", "NOTIMP"): int(number) for name, number in found}
    return {"RCODE": {name: number for name, number in codes.items() if number < 11}}


def reference(system: str) -> Numbers:
    """The numbers in reference.json, which says where they come from."""
    numbers: dict[str, int] = json.loads(_REFERENCE.read_text(encoding="utf-8"))[system]
    return by_kind(numbers)


def _integers(target: str, headers: Sequence[str], wanted: str, *options: str) -> dict[str, int]:
    """Every macro of such a name that including the headers defines as an integer."""
    names = macros.defined(target, headers, *options)
    matching = [name for name in names if re.fullmatch(wanted, name)]
    return macros.expanded(target, headers, matching, *options)


def _zig_constants(body: str) -> dict[str, int]:
    """Zig's `NAME = number` and `pub const NAME = number`, where numbers may be sums of names."""
    values: dict[str, int] = {}
    assignment = r'^ +(?:pub const )?@?"?(\w+)"?[\w: ]* = (.+?)[,;]'
    for name, expression in re.findall(assignment, body, re.MULTILINE):
        named = re.sub(r"\b[A-Z]\w*", lambda word: str(values.get(word[0], word[0])), expression)
        value = macros.evaluate(named)
        if value is not None:
            values[name] = value
    return values
