"""Reads a sound file the way ComfyUI's own Load Audio reads it (`load` in comfy_extras/nodes_audio.py, v0.3.64)."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from . import media, tensors
from .media import SOUND

if TYPE_CHECKING:
    from av.audio.frame import AudioFrame

PLANES = 8
"""AV_NUM_DATA_POINTERS of FFmpeg."""

FIRST_ROOM = 1 << 20
"""Samples a channel that there is room for at first. It doubles whenever it is full."""


def read(file: Path, uri: str, stopped: Callable[[], bool]) -> tuple[dict[str, Any]]:
    """The node's output. Raises CloudStorageError."""
    samples, rate = load_sound(file, uri, stopped)
    return ({"waveform": tensors.to_tensor(samples[None]), "sample_rate": rate},)


def load_sound(file: Path, uri: str, stopped: Callable[[], bool] = lambda: False) -> tuple[np.ndarray, int]:
    """Samples [C,T] as float32, full scale -1..1, and the sample rate: the first sound of the file, of a video too.

    Raises CloudStorageError when there is none, when it is cut off, or when it cannot be decoded here.
    """
    with media.opened(file, uri, SOUND) as container:
        if not container.streams.audio:
            raise media.unreadable(SOUND, uri, "there is no sound in it")
        stream = container.streams.audio[0]
        context = media.decoder(stream, uri, SOUND)
        samples = _Samples(int(context.channels))
        for frame in container.decode(stream):
            if stopped():
                break
            if frame.layout.nb_channels != samples.channels:
                raise media.unreadable(SOUND, uri, "the number of its channels changes")
            for piece in _safe(frame):
                samples.add(_floats(piece.to_ndarray(), piece.format.is_planar, samples.channels))
        if samples.count == 0:
            raise media.unreadable(SOUND, uri, "there are no samples in it")
        return samples.all(), int(context.sample_rate)


class _Samples:
    """Grows by doubling: a list of frames would need its memory twice when they are joined."""

    def __init__(self, channels: int) -> None:
        self.channels = channels
        self.count = 0
        self._array = np.empty((channels, FIRST_ROOM), dtype=np.float32)

    def add(self, block: np.ndarray) -> None:
        end = self.count + block.shape[1]
        if end > self._array.shape[1]:
            larger = np.empty((self.channels, max(end, 2 * self._array.shape[1])), dtype=np.float32)
            larger[:, : self.count] = self._array[:, : self.count]
            self._array = larger
        self._array[:, self.count : end] = block
        self.count = end

    def all(self) -> np.ndarray:
        return np.ascontiguousarray(self._array[:, : self.count])


def _safe(frame: "AudioFrame") -> "list[AudioFrame]":
    """PyAV reads beyond the memory of a frame with more planes than FFmpeg has room for in the frame itself."""
    if not frame.format.is_planar or frame.layout.nb_channels < PLANES:
        return [frame]
    from av.audio.resampler import AudioResampler

    return AudioResampler(format=frame.format.packed).resample(frame)


def _floats(samples: np.ndarray, planar: bool, channels: int) -> np.ndarray:
    """Samples [C,T] of -1..1."""
    if not planar:
        samples = samples.reshape(-1, channels).T
    if samples.dtype == np.uint8:  # Which ComfyUI's own node refuses.
        return (samples.astype(np.float32) - np.float32(128)) / np.float32(128)
    if np.issubdtype(samples.dtype, np.integer):
        return samples.astype(np.float32) / np.float32(2.0 ** (8 * samples.itemsize - 1))
    return samples
