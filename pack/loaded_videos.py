"""Videos stay in their file: what a node puts out reads from it when it is asked.

The engine removes a cached file when it needs room and nobody has touched the file for ten minutes. So the file behind
a video is touched again and again for as long as ComfyUI keeps the video.
"""

import os
import threading
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import Any

from . import host, media
from .media import VIDEO

TOUCH_EACH = 60.0
"""Seconds, a good deal less than the engine's ten minutes."""


def read(file: Path, uri: str, stopped: Callable[[], bool]) -> tuple[Any]:
    """The node's output. Raises CloudStorageError when the file is no video that can be decoded here."""
    check(file, uri)
    video = host.video_from_file(str(file))
    _kept.add(video, file)
    return (video,)


def check(file: Path, uri: str) -> None:
    """Looks at the first picture of the video. Raises CloudStorageError."""
    with media.opened(file, uri, VIDEO) as container:
        stream = next((stream for stream in container.streams.video if not media.is_cover(stream)), None)
        if stream is None:
            raise media.unreadable(VIDEO, uri, "there are no moving pictures in it")
        media.decoder(stream, uri, VIDEO)
        if next(container.decode(stream), None) is None:
            raise media.unreadable(VIDEO, uri, "there are no pictures in it")


class _Kept:
    """The videos that somebody still has. For use from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._files: weakref.WeakKeyDictionary[Any, Path] = weakref.WeakKeyDictionary()
        self._timer: threading.Timer | None = None

    def add(self, video: Any, file: Path) -> None:
        with self._lock:
            self._files[video] = file
            if self._timer is None:
                self._touch_later()

    def touch(self) -> None:
        with self._lock:
            self._timer = None
            files = set(self._files.values())
            if files:
                self._touch_later()
        for file in files:
            try:
                os.utime(file)
            except OSError:
                pass  # Somebody has emptied the cache; the node will load the video again.

    def _touch_later(self) -> None:
        self._timer = threading.Timer(TOUCH_EACH, self.touch)
        self._timer.daemon = True
        self._timer.start()


_kept = _Kept()
