"""A network of its own for the situations that need one, in an unprivileged Linux network namespace.

The parent starts `python -m sockerr.testing._network NAME` under `unshare`; the child lays the network, provokes the
situation there, and hands the typed error and the original back as a pickle. Nothing of it reaches the machine's own
network: the namespace has no connection to it.
"""

import os
import pickle
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from sockerr import SocketError

from ._registry import Unavailable

if TYPE_CHECKING:
    from ._registry import Situation

# Addresses set aside for documentation and for benchmarks (RFC 5737, RFC 2544).
ABSENT = "192.0.2.99"  # on a network where nobody answers ARP for it
SILENT = "198.51.100.99"  # behind an interface that swallows every packet
UNREACHABLE = "203.0.113.1"
PROHIBITED = "203.0.113.65"
BLACKHOLED = "203.0.113.129"
NOWHERE = "198.18.0.1"  # no route covers it

_ROUTES = f"""
link set lo up
link add near type veth peer name far
addr add 192.0.2.1/24 dev near
link set near up
link set far up
ntable change name arp_cache dev near retrans 100
link add hole type veth peer name drain
link set hole arp off
addr add 198.51.100.1/24 dev hole
link set hole up
link set drain up
route add unreachable {UNREACHABLE}/32
route add prohibit {PROHIBITED}/32
route add blackhole {BLACKHOLED}/32
"""

_MODULE = "sockerr.testing._network"
_SECONDS = 15


def provoke_in_network(situation: "Situation") -> None:
    """Raise what the situation raises in a network of its own, or `Unavailable`."""
    if sys.platform != "linux":
        raise Unavailable("needs a Linux network namespace")
    if "QEMU_LD_PREFIX" in os.environ:
        raise Unavailable("needs a network namespace, in which qemu-user cannot start this Python")
    for tool in ("unshare", "ip", "mount"):
        if shutil.which(tool) is None:
            raise Unavailable(f"needs a network namespace, and the command {tool!r} to make one")
    _raise_from_child(["unshare", "--map-root-user", "--net", "--mount"], "lay", situation.name)


def _raise_from_child(prefix: list[str], task: str, name: str) -> None:
    done = _run([*prefix, sys.executable, "-m", _MODULE, task, name])
    if done.returncode != 0:
        last = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        raise Unavailable(f"needs a network namespace, which this machine refuses: {last}")
    error, cause = pickle.loads(done.stdout)  # noqa: S301  # written by the child started above
    if error is not None:
        raise error from cause


def _run(command: list[str]) -> "subprocess.CompletedProcess[bytes]":
    path = os.pathsep.join(filter(None, sys.path))
    return subprocess.run(
        command,
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": path},
        stdin=subprocess.DEVNULL,
        timeout=_SECONDS,
    )


def lay_network() -> None:
    """Lay the links and routes of this namespace, and make its resolver ask 127.0.0.1 only."""
    for line in _ROUTES.strip().splitlines():
        subprocess.run(["ip", *line.split()], check=True, capture_output=True)
    with tempfile.NamedTemporaryFile("w", suffix=".conf", delete=False) as conf:
        conf.write("nameserver 127.0.0.1\noptions timeout:1 attempts:1\n")
    try:
        subprocess.run(["mount", "--bind", conf.name, "/etc/resolv.conf"], check=True, capture_output=True)
    finally:
        Path(conf.name).unlink()


def name_server(*, answers: bool) -> socket.socket:
    """A name server on 127.0.0.1 that knows no name, or that never answers; close it when done."""
    server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    server.bind(("127.0.0.1", 53))
    if answers:
        threading.Thread(target=_deny_everything, args=(server,), daemon=True).start()
    return server


def _deny_everything(server: socket.socket) -> None:
    no_such_name = b"\x81\x83"  # a response, recursion available, code 3 (RFC 1035 section 4.1.1)
    while True:
        question, client = server.recvfrom(512)
        header = question[:2] + no_such_name + question[4:6] + bytes(6)
        server.sendto(header + question[12:], client)


def main(task: str, name: str) -> None:
    """Lay the network (`lay`), provoke a situation in it, and write what it raised to standard output."""
    from . import situation

    chosen = situation(name)
    error = None
    if task == "lay":
        lay_network()
    try:
        if task == "lay" and chosen.needs == "unprivileged":
            # A second user namespace owns nothing in the first one's network, so nothing is privileged there.
            _raise_from_child(["unshare", "--user"], "provoke", name)
        else:
            chosen.provoke()
    except SocketError as raised:
        error = raised
    sys.stdout.buffer.write(pickle.dumps((error, error and error.__cause__)))


if __name__ == "__main__":
    main(*sys.argv[1:])
