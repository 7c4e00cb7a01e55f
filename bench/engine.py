"""Our engine as the pack uses it: the wheel's launcher, the real protocol, the real hand-over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import numpy as np
from comfy_bucket import __version__
from comfy_bucket.engine import Engine, FileArrived
from comfy_bucket.handover import HandOver

from pack.samples import convert

from .setting import Setting


@contextmanager
def open_engine(setting: Setting) -> Iterator[OurEngine]:
    """An engine that has not been used yet; its process starts with the first call."""
    temp = setting.new_folder("temp")
    engine = Engine(lambda: {"version": __version__, "folders": {"temp": str(temp)}})
    hand_over = HandOver()
    try:
        yield OurEngine(engine, hand_over)
    finally:
        engine.close()
        hand_over.close()


class OurEngine:
    """Calls as the pack makes them."""

    def __init__(self, engine: Engine, hand_over: HandOver) -> None:
        self.engine = engine
        self.hand_over = hand_over

    def pids(self) -> list[int]:
        """The engine's process."""
        pid = self.engine.pid
        return [] if pid is None else [pid]

    def run_node(
        self, node: str, inputs: Mapping[str, Any], on_file: FileArrived | None = None, **more: Any
    ) -> dict[str, Any]:
        """Runs a node and waits for its answer."""
        params = {"node": node, "inputs": dict(inputs), "context": {"disable_metadata": False}, **more}
        answer: dict[str, Any] = self.engine.run_node(params, on_file=on_file).future.result()
        return answer

    def save_floats(self, images: np.ndarray, inputs: Mapping[str, Any]) -> dict[str, Any]:
        """Save Image to Cloud for a float32 batch [B,H,W,C]."""
        with self.hand_over.lease(images.size) as lease:
            convert(images, np.frombuffer(lease.view, np.uint8).reshape(images.shape))
            return self.run_node("SaveImageToCloud", inputs, pixels={"path": lease.path, **_shape(images)})

    def save_jpegs(self, files: list[bytes], shape: tuple[int, ...], inputs: Mapping[str, Any]) -> dict[str, Any]:
        """Save Image to Cloud for pictures that Pillow has compressed."""
        with self.hand_over.lease(sum(map(len, files))) as lease:
            lease.view[:] = b"".join(files)
            encoded = {"path": lease.path, "lengths": [len(f) for f in files], "width": shape[2], "height": shape[1]}
            return self.run_node("SaveImageToCloud", inputs, encoded=encoded)


def _shape(images: np.ndarray) -> dict[str, int]:
    batch, height, width, channels = images.shape
    return {"batch": batch, "height": height, "width": width, "channels": channels}
