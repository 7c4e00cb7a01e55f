"""Hands pixels and files over to the engine through memory-mapped files that are used again and again."""

import atexit
import threading
from pathlib import Path
from types import TracebackType

from .shared_file import SharedFile, remove_leftovers

IDLE_TIME = 60.0
"""Seconds after which memory that nobody uses is given back."""


class Lease:
    """The exclusive use of a hand-over file, from filling it to the engine's answer."""

    def __init__(self, pool: "HandOver", file: SharedFile, size: int) -> None:
        self._pool = pool
        self._file = file
        self._released = False
        self.path = str(file.path)
        """Where the engine finds it."""
        self.view = file.view(size)
        """The bytes, writable. What is made from it (a numpy array, say) must be gone before `release`."""

    def release(self) -> None:
        """Gives the file back; the engine may not be reading it any more."""
        with self._pool.lock:
            if self._released:
                return
            self._released = True
        try:
            self.view.release()
        except BufferError:
            self._pool.give_up(self._file)  # Somebody still has the view; the memory goes when they have not.
        else:
            self._pool.take_back(self._file)

    def __enter__(self) -> "Lease":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.release()


class HandOver:
    """The hand-over files of this process: one, or as many as there are runs at the same time."""

    def __init__(self, folder: Path | None = None, idle_time: float = IDLE_TIME) -> None:
        """`folder` is the only place to use, for tests."""
        self.lock = threading.Lock()
        self._folder = folder
        self._idle_time = idle_time
        self._free: list[SharedFile] = []
        self._leased: list[SharedFile] = []
        self._swept = False
        self._timer: threading.Timer | None = None
        atexit.register(self.close)

    def lease(self, size: int) -> Lease:
        """A file of at least so many bytes, for one run. Raises OSError when there is no room for it."""
        with self.lock:
            if not self._swept:
                self._swept = True
                remove_leftovers(self._folder)
            file = self._take_free(max(size, 1)) or SharedFile(max(size, 1), self._folder)
            self._leased.append(file)
        return Lease(self, file, size)

    def take_back(self, file: SharedFile) -> None:
        """Called by the lease."""
        with self.lock:
            if file in self._leased:
                self._leased.remove(file)
                self._free.append(file)
                self._trim_later()

    def give_up(self, file: SharedFile) -> None:
        """Called by the lease for a file that cannot be used again."""
        with self.lock:
            if file in self._leased:
                self._leased.remove(file)
                file.remove()

    def close(self) -> None:
        """Deletes all files. Done by itself when Python ends."""
        with self.lock:
            files = self._free + self._leased
            self._free, self._leased = [], []
            if self._timer is not None:
                self._timer.cancel()
        for file in files:
            file.remove()
        atexit.unregister(self.close)

    def _take_free(self, size: int) -> SharedFile | None:
        """The smallest file that is large enough; else the largest, grown."""
        fitting = [file for file in self._free if file.size >= size]
        if fitting:
            chosen = min(fitting, key=lambda file: file.size)
        elif self._free:
            chosen = max(self._free, key=lambda file: file.size)
        else:
            return None
        self._free.remove(chosen)
        if chosen.size < size:
            try:
                chosen.resize(size)
            except (OSError, BufferError):
                chosen.remove()  # No room where it is, or still in somebody's hands; a new file finds its own.
                return None
        return chosen

    def _trim_later(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = threading.Timer(self._idle_time, self._trim)
        self._timer.daemon = True
        self._timer.start()

    def _trim(self) -> None:
        with self.lock:
            idle, self._free = self._free, []
            kept = idle[:1]
            for file in idle[1:]:
                file.remove()
            for file in kept:
                try:
                    file.resize(0)
                    self._free.append(file)
                except (OSError, BufferError):
                    file.remove()
