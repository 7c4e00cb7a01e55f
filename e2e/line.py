"""A line to a server that counts what goes over it, carries no more of it than told, and may damage it."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable

CHUNK = 64 * 1024

UNREAD = 2 * CHUNK
"""Bytes of an upload that may wait in the line: a cancel does not take back what has been sent into it."""


class Line:
    """Listens at `address` until it is closed."""

    damage: Callable[[bytes], bytes] = staticmethod(lambda data: data)
    """What becomes of what the server sends."""

    def __init__(self, server: str, bytes_per_second: float) -> None:
        self._host, port = server.split(":")
        self._port = int(port)
        self.bytes_per_second = bytes_per_second
        """Up and down together; may be changed at any time."""
        self._lock = threading.Lock()
        self._next = time.monotonic()
        self._answering = 0
        self.sent = 0
        """Bytes that clients have sent, HTTP's own included."""
        self.received = 0
        """Bytes that clients have got, HTTP's own included."""
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, UNREAD)
        self.address = f"127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
                server = socket.create_connection((self._host, self._port))
            except OSError:
                return
            threading.Thread(target=self._carry, args=(client, server, False), daemon=True).start()
            with self._lock:
                self._answering += 1
            threading.Thread(target=self._answer, args=(server, client), daemon=True).start()

    def _answer(self, server: socket.socket, client: socket.socket) -> None:
        self._carry(server, client, True)
        with self._lock:
            self._answering -= 1

    def _carry(self, source: socket.socket, sink: socket.socket, down: bool) -> None:
        try:
            while data := source.recv(CHUNK):
                time.sleep(self._turn(len(data), down))
                sink.sendall(self.damage(data) if down else data)
        except OSError:
            pass  # One end is gone, and with it the other.
        for end in (source, sink):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue
        sink.close()

    def _turn(self, size: int, down: bool) -> float:
        with self._lock:
            if down:
                self.received += size
            else:
                self.sent += size
            now = time.monotonic()
            self._next = max(self._next, now) + size / self.bytes_per_second
            return max(0.0, self._next - now)

    def await_silence(self, seconds: float) -> None:
        """Returns when nobody is connected any more; what was on its way to clients that died is counted by then."""
        deadline = time.monotonic() + seconds
        while self._answering:
            assert time.monotonic() < deadline, f"{self._answering} connections are open"
            time.sleep(0.005)

    def close(self) -> None:
        self._listener.close()
