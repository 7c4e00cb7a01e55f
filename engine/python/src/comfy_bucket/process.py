"""The engine's process."""

import logging
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from typing import IO

from .command import child_environment

log = logging.getLogger("comfy_bucket")

_LEVELS = {
    "ERROR": logging.ERROR,
    "WARN": logging.WARNING,
    "INFO": logging.INFO,
    "DEBUG": logging.DEBUG,
}


class EngineProcess:
    """A running engine. It ends by itself when its stdin does, also when this process is killed."""

    def __init__(self, command: Sequence[str]) -> None:
        """Starts it. Raises OSError where the system refuses."""
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=child_environment(),
            # Ctrl-C in the terminal is for ComfyUI, which then ends the engine in good order.
            start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        assert self._process.stdin and self._process.stdout and self._process.stderr  # all were asked for
        self.stdin = self._process.stdin
        self.stdout = self._process.stdout
        threading.Thread(target=_forward, args=(self._process.stderr,), name="comfy-bucket log", daemon=True).start()

    @property
    def pid(self) -> int:
        """The process id."""
        return self._process.pid

    def how_it_ended(self, patience: float) -> str:
        """In words, after waiting so many seconds for the end."""
        code = self.wait(patience)
        if code is None:
            return "it stopped answering"
        if code < 0:
            try:
                return f"killed by {signal.Signals(-code).name}"
            except ValueError:
                return f"killed by signal {-code}"
        return f"exit code {code}"

    def wait(self, patience: float) -> int | None:
        """The exit code, or None if it still runs after so many seconds."""
        try:
            return self._process.wait(patience)
        except subprocess.TimeoutExpired:
            return None

    def kill(self) -> None:
        """Ends it at once."""
        self._process.kill()
        self._process.wait()


def lower_priority(process: "subprocess.Popen[bytes]") -> None:
    """Lets everything else on the machine go first."""
    if sys.platform != "win32":
        try:
            os.setpriority(os.PRIO_PROCESS, process.pid, 19)
        except OSError:
            pass  # It has ended already.


def _forward(stream: IO[bytes]) -> None:
    """Passes the engine's log lines, `LEVEL text`, on to our logger; what has no level comes from the JVM."""
    with stream:
        for line in stream:
            text = line.decode("utf-8", "replace").rstrip()
            level, _, rest = text.partition(" ")
            if level in _LEVELS:
                log.log(_LEVELS[level], "%s", rest)
            elif text:
                log.warning("%s", text)
