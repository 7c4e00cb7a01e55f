"""The engine as its users see it: asked anything at any time from any thread, started and restarted as needed."""

import atexit
import itertools
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import Any

from .aot import AotCache
from .command import find_installation
from .connection import Call, open_future, settle
from .errors import EngineCancelled, EngineDied, EngineError
from .problems import problem
from .session import Session

Progress = Callable[..., None]
"""Hears how much of how much is done, and perhaps a line of text for the user; the whole is 0 when it is unknown.

Called on a thread of ours.
"""

FileArrived = Callable[[str, str], Any]
"""Hears the path and the address of a file that can be read ahead of the answer. Called on a thread of ours."""

Notices = Callable[[dict[str, str]], None]
"""Hears `$/notice` of the protocol: what happened while nobody waited for it. Called on a thread of ours."""


class Engine:
    """The Java process behind the nodes: one for each ComfyUI, started on first use, ended with ComfyUI.

    `hello` is what the engine is told first, see `initialize` in the protocol. It is asked at each start.
    """

    def __init__(
        self,
        hello: Callable[[], dict[str, Any]],
        command: Sequence[str] | None = None,
        on_notice: Notices | None = None,
    ) -> None:
        """`command` starts something else than the installed engine, for tests."""
        self._hello = hello
        self._command = command
        self._on_notice = on_notice
        self._lock = threading.Lock()
        self._session: Session | None = None
        self._aot: AotCache | None = None
        self._closed = False
        self._runs = itertools.count(1)
        self._progress: dict[str, Progress] = {}
        self._files: dict[str, FileArrived] = {}
        atexit.register(self.close)

    def start(self) -> None:
        """Starts the engine ahead of its first use. Raises EngineUnavailable."""
        self._running()

    def run_node(
        self, params: dict[str, Any], on_progress: Progress | None = None, on_file: FileArrived | None = None
    ) -> Call:
        """`node/run`. Runs that change something are never repeated by us: when the engine dies, they say so."""
        run = str(next(self._runs))
        if on_progress is not None:
            self._progress[run] = on_progress
        if on_file is not None:
            self._files[run] = on_file
        call = self.request("node/run", {**params, "run": run})
        call.future.add_done_callback(lambda _: self._forget(run))
        return call

    def _forget(self, run: str) -> None:
        self._progress.pop(run, None)
        self._files.pop(run, None)

    def request(self, method: str, params: dict[str, Any], *, repeatable: bool = False) -> Call:
        """Asks the engine. Never blocks for long and never raises: what goes wrong is in the future.

        `repeatable` calls change nothing and are asked once more when the engine dies over them.
        """
        return _Request(self, method, params, repeatable).call

    def ask(self, method: str, params: dict[str, Any], timeout: float | None = None) -> Any:
        """`request` for what changes nothing, waiting for the answer. Raises EngineError, TimeoutError."""
        return self.request(method, params, repeatable=True).future.result(timeout)

    @property
    def pid(self) -> int | None:
        """The process id of the running engine."""
        session = self._session
        return session.pid if session is not None and not session.ended else None

    def close(self) -> None:
        """Ends the engine for good. Done by itself when Python ends."""
        with self._lock:
            self._closed = True
            session, self._session = self._session, None
            aot = self._aot
        if aot is not None:
            aot.close()
        if session is not None:
            session.close()
        atexit.unregister(self.close)

    def _running(self) -> Session:
        with self._lock:
            if self._closed:
                raise EngineDied(*problem("engine_ended"))
            if self._session is None or self._session.ended:
                self._session = self._new_session()
            return self._session

    def _new_session(self) -> Session:
        if self._command is not None:
            return Session(self._command, self._hello(), self._on_notification, lambda: None)
        if self._aot is None:
            self._aot = AotCache(find_installation())
        command = self._aot.installation.command("rpc", options=self._aot.options())
        return Session(command, self._hello(), self._on_notification, self._aot.train_later)

    def _distrust_cache(self) -> None:
        if self._aot is not None:
            self._aot.distrust()

    def _on_notification(self, method: str, params: dict[str, Any]) -> None:
        if method == "$/progress":
            listener = self._progress.get(str(params.get("run", "")))
            if listener is not None:
                text = params.get("text")
                listener(int(params.get("value", 0)), int(params.get("total", 0)), *([str(text)] if text else []))
        elif method == "$/file":
            reader = self._files.get(str(params.get("run", "")))
            if reader is not None:
                reader(str(params["path"]), str(params["uri"]))
        elif method == "$/notice" and self._on_notice is not None:
            self._on_notice({name: str(params.get(name, "")) for name in ("severity", "summary", "detail")})


class _Request:
    """One question, asked again once where that is safe: it never reached the engine, or it changes nothing."""

    def __init__(self, engine: Engine, method: str, params: dict[str, Any], repeatable: bool) -> None:
        self._engine = engine
        self._method = method
        self._params = params
        self._repeatable = repeatable
        self._attempts = 0
        self._cancelled = False
        self._current: Call | None = None
        self.call = Call(open_future(), self._cancel)
        self._ask()

    def _ask(self) -> None:
        self._attempts += 1
        try:
            session = self._engine._running()
        except EngineError as error:
            settle(self.call.future, error)
            return
        self._current = session.request(self._method, self._params)
        self._current.future.add_done_callback(lambda answer: self._answered(session, answer))

    def _answered(self, session: Session, answer: "Future[Any]") -> None:
        error = answer.exception()
        if error is None:
            settle(self.call.future, answer.result())
        elif isinstance(error, EngineDied) and self._cancelled:
            settle(self.call.future, EngineCancelled(str(error)))
        elif isinstance(error, EngineDied) and self._attempts < 2 and (self._repeatable or not session.ready):
            if not session.ready:
                self._engine._distrust_cache()
            self._ask()
        else:
            settle(self.call.future, error)

    def _cancel(self) -> None:
        self._cancelled = True
        if self._current is not None:
            self._current.cancel()
