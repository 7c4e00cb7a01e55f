"""One life of the engine: from the start of its process, over the handshake, to its end."""

import logging
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from concurrent.futures import wait as wait_for
from typing import Any

from . import PROTOCOL, __version__
from .connection import Call, Connection, NotificationHandler
from .errors import EngineDied, EngineError, EngineUnavailable
from .problems import pip, problem
from .process import EngineProcess

log = logging.getLogger("comfy_bucket")

START_TIMEOUT = 60.0
"""Seconds until an engine that does not answer its first message is given up."""

END_TIMEOUT = 5.0
"""Seconds that the engine gets for what it is doing when ComfyUI ends."""

REINSTALL = pip("--force-reinstall", "comfy-bucket")


class Session:
    """A running engine. What is asked of it before it is ready waits until it is."""

    def __init__(
        self,
        command: Sequence[str],
        hello: dict[str, Any],
        on_notification: NotificationHandler,
        on_ready: Callable[[], None],
    ) -> None:
        """Starts the process and returns at once. Raises EngineUnavailable if the system cannot start it."""
        try:
            self._process = EngineProcess(command)
        except OSError as error:
            log.error("the engine could not be started: %s", error)
            raise EngineUnavailable(*problem("engine_not_installed", pip=REINSTALL)) from error
        self.ready = False
        self.ended = False
        self._on_ready = on_ready
        self._connection = Connection(self._process.stdout, self._process.stdin, on_notification, self._on_end)
        greeting = self._connection.request("initialize", {"protocol": PROTOCOL, **hello})
        self._release = self._connection.hold()
        self._start_timer = threading.Timer(START_TIMEOUT, self._give_up)
        self._start_timer.daemon = True
        self._start_timer.start()
        greeting.future.add_done_callback(self._greeted)

    @property
    def pid(self) -> int:
        """The engine's process id."""
        return self._process.pid

    def request(self, method: str, params: dict[str, Any]) -> Call:
        """Asks the engine. Never blocks and never raises: what goes wrong is in the future."""
        return self._connection.request(method, params)

    def close(self) -> None:
        """Ends the engine: in good order if it can be done in time."""
        self._start_timer.cancel()
        if self.ready and not self.ended:
            goodbye = self._connection.request("shutdown", {})
            wait_for([goodbye.future], END_TIMEOUT)
        self.ended = True
        self._release.set()
        self._connection.close()
        if self._process.wait(END_TIMEOUT if self.ready else 0.0) is None:
            self._process.kill()

    def _greeted(self, greeting: "Future[Any]") -> None:
        self._start_timer.cancel()
        error = greeting.exception()
        refusal = error if error is not None else _mismatch(greeting.result())
        if refusal is None:
            self.ready = True
            self._on_ready()
        elif not isinstance(refusal, EngineDied):
            self._connection.fail_all(EngineUnavailable(str(refusal), getattr(refusal, "code", "")))
            self.ended = True
            self._process.kill()
        self._release.set()

    def _give_up(self) -> None:
        log.warning("the engine did not answer within its start time and is ended")
        self._process.kill()

    def _on_end(self, reason: str) -> None:
        was_closed, self.ended = self.ended, True
        if reason:
            self._process.kill()
        how = reason or self._process.how_it_ended(patience=2.0)
        if not was_closed:
            log.error("the engine ended %s: %s", "while it was in use" if self.ready else "at its start", how)
        self._connection.fail_all(EngineDied(*problem("engine_ended")))
        self._release.set()


def _mismatch(answer: Any) -> EngineError | None:
    theirs = answer if isinstance(answer, dict) else {}
    if theirs.get("protocol") == PROTOCOL:
        return None
    ours = f"{__version__} (protocol {PROTOCOL})"
    engine = f"{theirs.get('version')} (protocol {theirs.get('protocol')})"
    return EngineUnavailable(*problem("versions_differ", pack=ours, engine=engine, pip=REINSTALL))
