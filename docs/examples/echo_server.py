"""An echo server (RFC 862) that survives what its clients do, and shuts down cleanly."""

import contextlib
import logging
import socket
import threading
import time
from typing import Any, Self

import sockerr

log = logging.getLogger("echo")


class EchoServer:
    """Listens from the beginning, and serves within its block, each client in a thread of its own."""

    def __init__(self, address: tuple[str, int]) -> None:
        with sockerr.binding(address):
            self._listener = socket.create_server(address)
        self._listener.settimeout(0.2)  # accept() then notices that the socket has been closed
        self.address: tuple[str, int] = self._listener.getsockname()
        self._acceptor = threading.Thread(target=self._accept)
        self._clients: dict[socket.socket, threading.Thread] = {}

    def __enter__(self) -> Self:
        self._acceptor.start()
        return self

    def __exit__(self, *exc_info: object) -> None:
        self._listener.close()
        self._acceptor.join()
        clients = dict(self._clients)
        for client in clients:
            with contextlib.suppress(OSError):  # it may have left
                client.shutdown(socket.SHUT_RD)
        for thread in clients.values():
            thread.join(timeout=5)

    def _accept(self) -> None:
        while True:
            try:
                with sockerr.accepting(self.address):
                    client, peer = self._listener.accept()
            except sockerr.AcceptTimedOut:
                continue
            except sockerr.SocketClosed:
                return
            except sockerr.ResourceExhausted as error:  # above all TooManyOpenFiles
                log.error("%s. %s", error, error.hint)
                time.sleep(0.5)
            except sockerr.SocketError as error:
                if not sockerr.is_safe_to_retry(error):
                    raise
                log.info("%s", error)  # it concerns one client, such as ConnectionAborted
            else:
                self._clients[client] = threading.Thread(target=self._serve, args=(client, peer), daemon=True)
                self._clients[client].start()

    def _serve(self, client: socket.socket, peer: Any) -> None:
        try:
            client.settimeout(60)
            while True:
                with sockerr.receiving(peer):
                    data = client.recv(65536)
                if not data:
                    break
                with sockerr.sending(peer):
                    client.sendall(data)
        except (sockerr.ConnectionLost, sockerr.TimedOut, sockerr.Unreachable) as error:
            log.info("%s", error)
        finally:
            client.close()
            del self._clients[client]


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO)
    with EchoServer(("127.0.0.1", 7007)), contextlib.suppress(KeyboardInterrupt):
        threading.Event().wait()
