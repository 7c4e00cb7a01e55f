"""One memory-mapped file that two processes share: made private, grown and emptied in place, removed at the end.

It keeps its path for life, so the other side can keep its mapping, and emptying it frees the memory on both sides.
"""

import mmap
import os
import secrets
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

if sys.platform != "win32":
    import fcntl

PREFIX = "comfy-bucket-"
SUFFIX = ".pixels"

GRAIN = 16 * 1024 * 1024
"""Sizes are multiples of this, so that a slightly larger batch finds room."""

_MEMORY_FOLDER = Path("/dev/shm")


class SharedFile:
    """A file of at least `size` bytes whose pages are all there: writing to it neither faults nor fills the disk."""

    def __init__(self, size: int, folder: Path | None = None) -> None:
        """Raises OSError when there is no room for it, in memory or on disk."""
        self.size = 0
        self._mapping: mmap.mmap | None = None
        errors: list[OSError] = []
        for place in [folder] if folder is not None else _places():
            try:
                self.path, self._fd = _create(place)
            except OSError as error:
                errors.append(error)
                continue
            try:
                self.resize(size)
                return
            except OSError as error:
                self.remove()
                errors.append(error)
        raise errors[-1]

    def view(self, size: int) -> memoryview:
        """The first bytes of the file, writable. To be released before `resize` or `remove`."""
        if self._mapping is None:
            raise ValueError("the file is empty")
        return memoryview(self._mapping)[:size]

    def resize(self, size: int) -> None:
        """Makes room for so many bytes, or frees what is more. Nobody may use the file meanwhile. Raises OSError."""
        wanted = -(-size // GRAIN) * GRAIN
        if wanted == self.size:
            return
        if self._mapping is not None:
            self._mapping.close()
            self._mapping = None
        _set_length(self._fd, self.size, wanted)
        self.size = wanted
        if wanted:
            self._mapping = _map(self._fd, wanted)

    def remove(self) -> None:
        """Closes and deletes the file."""
        if self._mapping is not None:
            try:
                self._mapping.close()
            except BufferError:
                pass  # A view is still about; the memory goes with it.
            self._mapping = None
        # On Windows an open file cannot be deleted, elsewhere the lock must outlive the name.
        if sys.platform == "win32":
            os.close(self._fd)
            self.path.unlink(missing_ok=True)
        else:
            self.path.unlink(missing_ok=True)
            os.close(self._fd)


def remove_leftovers(folder: Path | None = None) -> None:
    """Deletes the files of processes that ended without doing so themselves."""
    for place in [folder] if folder is not None else _places():
        for path in _ours(place):
            if not _in_use(path):
                try:
                    path.unlink(missing_ok=True)
                except OSError:
                    pass  # In use after all (Windows), or another user's.


def _places() -> Iterator[Path]:
    """Memory where there is any to be had, else the temp folder."""
    if sys.platform == "linux" and os.access(_MEMORY_FOLDER, os.W_OK | os.X_OK):
        yield _MEMORY_FOLDER
    yield Path(tempfile.gettempdir())


def _ours(folder: Path) -> Iterator[Path]:
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.startswith(PREFIX) and entry.name.endswith(SUFFIX):
                    yield Path(entry.path)
    except OSError:
        return


def _create(folder: Path) -> tuple[Path, int]:
    path = folder / f"{PREFIX}{os.getpid()}-{secrets.token_hex(8)}{SUFFIX}"
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    fd = os.open(path, flags, 0o600)
    if sys.platform != "win32":
        # The lock says that somebody lives behind the file. A pid would not: containers share /dev/shm.
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    return path, fd


def _in_use(path: Path) -> bool:
    if sys.platform == "win32":
        return False  # Deleting what is in use fails there.
    try:
        fd = os.open(path, os.O_RDWR | os.O_NOFOLLOW)
    except FileNotFoundError:
        return False
    except OSError:
        return True
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return False
    except OSError:
        return True
    finally:
        os.close(fd)


def _set_length(fd: int, old: int, new: int) -> None:
    if new > old and sys.platform == "linux":
        # Takes the pages now: without it a full /dev/shm (64 MB in a container) kills the process on writing.
        os.posix_fallocate(fd, old, new - old)
    else:
        os.ftruncate(fd, new)


def _map(fd: int, size: int) -> mmap.mmap:
    if sys.platform == "linux":
        return mmap.mmap(fd, size, flags=mmap.MAP_SHARED | mmap.MAP_POPULATE)
    return mmap.mmap(fd, size)
