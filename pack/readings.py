"""Reads the files that a load node brings, each as soon as it is there, into the outputs that the node has."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from pathlib import Path
from typing import Any

from . import host, loaded_sounds, loaded_videos, pictures, threads
from .contract import NodeSpec
from .problems import CloudStorageError, problem

POLL = 0.1
"""Seconds between two looks at ComfyUI's cancel button."""

Stopped = Callable[[], bool]
"""Whether nobody wants the result any more."""

_READERS: dict[str, Callable[[Path, str, Stopped], tuple[Any, ...]]] = {
    "IMAGE": pictures.read,
    "AUDIO": loaded_sounds.read,
    "VIDEO": loaded_videos.read,
}


class Readings:
    """The files of one run. For use from any thread."""

    def __init__(self, spec: NodeSpec) -> None:
        first = next(iter(spec.outputs), None)
        self._list = first is not None and first.list
        self._reader = None if first is None else _READERS.get(first.type)
        self._stop = threading.Event()
        self._lock = threading.Lock()
        self._futures: dict[str, Future[tuple[Any, ...]]] = {}

    def begin(self, path: str, uri: str) -> "Future[tuple[Any, ...]]":
        """Reads a file, once."""
        if self._reader is None:
            raise TypeError("the node reads no files")
        with self._lock:
            if path not in self._futures:
                self._futures[path] = threads.start(partial(self._reader, Path(path), uri, self._stop.is_set))
            return self._futures[path]

    def stop(self) -> None:
        """Nobody waits for the rest."""
        self._stop.set()
        with self._lock:
            for future in self._futures.values():
                future.cancel()

    async def results(self, files: list[dict[str, str]], outputs: list[Any]) -> tuple[list[Any], list[str]]:
        """The node's outputs, and the lines that tell which objects were read and which not.

        `outputs` are those that the engine has made, and come after. Raises CloudStorageError when nothing could be
        read, and Interrupted.
        """
        futures = [self.begin(file["path"], file["uri"]) for file in files]
        await self._wait(futures)
        if not self._list:
            return [*futures[0].result(), *outputs], [files[0]["uri"]]
        errors = [future.exception() for future in futures]
        read = [future.result() for future, error in zip(futures, errors, strict=True) if error is None]
        if not read:
            raise problem("nothing_loaded", total=len(files), cause=str(_known(errors[0])))
        kept = [_kept(output, errors) for output in outputs]
        lines = [
            file["uri"] if error is None else f"{file['uri']} failed: {_known(error)}"
            for file, error in zip(files, errors, strict=True)
        ]
        return [*(list(column) for column in zip(*read, strict=True)), *kept], lines

    def kept(self, files: list[dict[str, str]]) -> list[str]:
        """Those of the files that the outputs go on reading from."""
        return [file["path"] for file in files] if self._reader is loaded_videos.read else []

    async def _wait(self, futures: "list[Future[tuple[Any, ...]]]") -> None:
        waiting = {asyncio.wrap_future(future) for future in futures}
        for wrapped in waiting:
            # What it has thrown is told by the future itself; asyncio would say that nobody has asked.
            wrapped.add_done_callback(lambda done: done.cancelled() or done.exception())
        while waiting:
            if host.interrupted():
                raise threads.Interrupted
            _, waiting = await asyncio.wait(waiting, timeout=POLL)


def _kept(output: Any, errors: list[BaseException | None]) -> Any:
    """Without the items of files that could not be read."""
    if not isinstance(output, list):
        return output
    return [item for item, error in zip(output, errors, strict=True) if error is None]


def _known(error: BaseException | None) -> CloudStorageError:
    """An error that is meant for the user; another is a mistake of ours and ends the node."""
    if isinstance(error, CloudStorageError):
        return error
    raise error or RuntimeError
