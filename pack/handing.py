"""Pictures, sounds and videos on their way to the engine: as memory, or as files that are made here."""

import errno
import shutil
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import host
from .problems import problem


class Stopped(Exception):
    """Nobody wants the work any more."""


@dataclass(frozen=True)
class Handed:
    """What the engine is told, and how to free what is its own until it has answered."""

    params: dict[str, Any]
    release: Callable[[], None]


class Making:
    """Work that takes its time: how far it is, whether anybody still wants it, and where its files go.

    For one worker thread; `stop` may come from any other.
    """

    def __init__(self, progress: Callable[[int, int], None]) -> None:
        self._progress = progress
        self._stopped = threading.Event()
        self._folder: Path | None = None

    def step(self, value: int, total: int) -> None:
        """Says how far the work is. Raises Stopped when it should end."""
        if self._stopped.is_set():
            raise Stopped
        self._progress(value, total)

    def stop(self) -> None:
        """Ends the work at its next step."""
        self._stopped.set()

    def folder(self) -> Path:
        """A folder for this work alone, below ComfyUI's temp folder, that only this user can read."""
        if self._folder is None:
            base = host.temp_folder() / "cloud_storage"
            try:
                base.mkdir(parents=True, exist_ok=True)
                self._folder = Path(tempfile.mkdtemp(prefix="making-", dir=base))
            except OSError as error:
                raise not_written(error, base) from error
        return self._folder

    def remove(self) -> None:
        """Removes the folder and what is left in it."""
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)


def not_written(error: OSError, folder: Path) -> Exception:
    """What to tell a user whose disk does not take a file."""
    if error.errno == errno.ENOSPC:
        return problem("disk_full", needed="the file", folder=folder, missing="some room")
    return problem("folder_not_writable", folder=folder, reason=error.strerror or type(error).__name__)
