"""JSON-RPC 2.0 over a pair of streams, for callers on any thread."""

import itertools
import logging
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import IO, Any

from . import framing
from .errors import EngineCancelled, EngineDied, EngineError
from .problems import problem

log = logging.getLogger("comfy_bucket")

CANCELLED = -32800
REFUSED = -32000

NotificationHandler = Callable[[str, dict[str, Any]], None]


@dataclass(frozen=True)
class Call:
    """A request that is under way; `future` gets its result or an EngineError."""

    future: "Future[Any]"
    cancel: Callable[[], None]
    """Asks the engine to stop. The future ends when the engine has."""


class Connection:
    """One peer on two streams.

    A thread reads and a thread writes, so that a peer which stops reading never blocks a caller.
    """

    def __init__(
        self,
        incoming: IO[bytes],
        outgoing: IO[bytes],
        on_notification: NotificationHandler,
        on_end: Callable[[str], None],
    ) -> None:
        """`on_end` hears once, with the reason, that no more messages will come; afterwards `fail_all` is due."""
        self._incoming = incoming
        self._outgoing = outgoing
        self._on_notification = on_notification
        self._on_end = on_end
        self._ids = itertools.count(1)
        self._lock = threading.Lock()
        self._pending: dict[int, Future[Any]] = {}
        self._ended: EngineError | None = None
        self._outbox: queue.SimpleQueue[bytes | threading.Event | None] = queue.SimpleQueue()
        for target, name in ((self._read, "reader"), (self._write, "writer")):
            threading.Thread(target=target, name=f"comfy-bucket {name}", daemon=True).start()

    def request(self, method: str, params: dict[str, Any]) -> Call:
        """Sends a request. Never blocks and never raises: what goes wrong is in the future."""
        future = open_future()
        number = next(self._ids)
        with self._lock:
            if self._ended is not None:
                future.set_exception(self._ended)
                return Call(future, lambda: None)
            self._pending[number] = future
        self._send({"jsonrpc": "2.0", "id": number, "method": method, "params": params})
        return Call(future, lambda: self._cancel(number))

    def notify(self, method: str, params: dict[str, Any] | None = None) -> None:
        """Sends a notification."""
        message: framing.Message = {"jsonrpc": "2.0", "method": method}
        self._send(message if params is None else {**message, "params": params})

    def hold(self) -> threading.Event:
        """What is sent from now on leaves only when the event is set."""
        release = threading.Event()
        self._outbox.put(release)
        return release

    def close(self) -> None:
        """Ends our side of the stream once everything that was sent is written."""
        self._outbox.put(None)

    def fail_all(self, error: EngineError) -> None:
        """Ends every call that is still under way, and every later one, with this error."""
        with self._lock:
            self._ended = self._ended or error
            pending, self._pending = self._pending, {}
        for future in pending.values():
            settle(future, error)

    def _cancel(self, number: int) -> None:
        with self._lock:
            under_way = number in self._pending
        if under_way:
            self.notify("$/cancelRequest", {"id": number})

    def _send(self, message: framing.Message) -> None:
        self._outbox.put(framing.encode(message))

    def _write(self) -> None:
        try:
            while (item := self._outbox.get()) is not None:
                if isinstance(item, threading.Event):
                    item.wait()
                else:
                    self._outgoing.write(item)
                    self._outgoing.flush()
        except (OSError, ValueError):
            pass  # The peer is gone; the reader notices too, and knows why.
        try:
            self._outgoing.close()
        except OSError:
            pass

    def _read(self) -> None:
        reason = ""
        try:
            while (message := framing.read(self._incoming)) is not None:
                self._dispatch(message)
        except framing.FramingError as error:
            reason = f"it sent something that is not its protocol: {error}"
        except (OSError, ValueError) as error:
            reason = f"its stream broke: {error}"
        self._on_end(reason)

    def _dispatch(self, message: framing.Message) -> None:
        if "method" not in message:
            self._answer(message)
        elif "id" not in message:
            try:
                self._on_notification(str(message["method"]), message.get("params") or {})
            except Exception:
                log.exception("a notification of the engine could not be handled")

    def _answer(self, message: framing.Message) -> None:
        with self._lock:
            future = self._pending.pop(message.get("id", 0), None)
        if future is None:
            log.debug("an answer to nothing that was asked: id %r", message.get("id"))
        elif "error" in message:
            settle(future, _error(message["error"]))
        else:
            settle(future, message.get("result"))


def open_future() -> "Future[Any]":
    """A future that only the engine's answer ends: who stops waiting for it does not end it for the others."""
    future: Future[Any] = Future()
    future.set_running_or_notify_cancel()
    return future


def settle(future: "Future[Any]", outcome: Any) -> None:
    """Ends a future with a result, or with an exception."""
    if isinstance(outcome, BaseException):
        future.set_exception(outcome)
    else:
        future.set_result(outcome)


def _error(error: Any) -> EngineError:
    if not isinstance(error, dict):
        return EngineDied(*problem("engine_ended"))
    text = str(error.get("message") or problem("engine_ended")[0])
    if error.get("code") == CANCELLED:
        return EngineCancelled(text)
    data = error.get("data")
    code = str(data.get("code", "")) if isinstance(data, dict) and error.get("code") == REFUSED else ""
    return EngineError(text, code or "internal")
