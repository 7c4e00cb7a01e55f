"""A sound as encoders take it: PyAV frames, made a piece at a time so that nothing is copied as a whole."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from . import tensors
from .problems import problem

if TYPE_CHECKING:
    from av import AudioFrame

LAYOUTS = {1: "mono", 2: "stereo", 3: "3.0", 4: "quad", 5: "5.0", 6: "5.1", 7: "6.1", 8: "7.1"}
"""FFmpeg's usual speakers for a number of channels, as its FLAC and Opus encoders have them."""

FASTEST_RATE = 655_350
"""Hz; what FLAC can say."""

PIECE = 1 << 16
"""Samples of each channel in one frame."""


@dataclass(frozen=True)
class Sound:
    """Samples [channels, time] of any floats, nominally −1 to 1, and how many of them are a second."""

    samples: np.ndarray
    rate: int

    @property
    def channels(self) -> int:
        """1 to 8."""
        return int(self.samples.shape[0])

    @property
    def length(self) -> int:
        """Samples of each channel."""
        return int(self.samples.shape[1])

    @property
    def layout(self) -> str:
        """FFmpeg's name for the channels."""
        return LAYOUTS[self.channels]

    def frames(self, start: int, stop: int) -> Iterator["AudioFrame"]:
        """What lies between two samples. Values beyond ±1 are cut off; what is not a number is silent."""
        from av import AudioFrame

        for at in range(start, min(stop, self.length), PIECE):
            piece = self.samples[:, at : min(at + PIECE, stop)].T
            packed = np.empty(piece.shape, np.float32)
            # A NaN or a huge number is a loud crack in one encoder and the end of the process in another.
            np.clip(piece, -1.0, 1.0, out=packed, casting="same_kind")
            packed[np.isnan(packed)] = 0.0
            frame = AudioFrame.from_ndarray(packed.reshape(1, -1), format="flt", layout=self.layout)
            frame.sample_rate = self.rate
            frame.time_base = Fraction(1, self.rate)
            frame.pts = at
            yield frame


def sounds(name: str, audio: Any) -> list[Sound]:
    """The sounds of a ComfyUI AUDIO. Raises CloudStorageError for what is none, by the name of the input."""
    waveform = audio.get("waveform") if isinstance(audio, dict) else None
    shape = tuple(int(side) for side in getattr(waveform, "shape", ()))
    if len(shape) != 3:
        raise _refused(name, f"its shape is {list(shape)}" if shape else "it is not a sound")
    batch, channels, length = shape
    if batch == 0 or length == 0:
        raise _refused(name, "it has no samples")
    if channels not in LAYOUTS:
        raise _refused(name, f"it has {channels} channels")
    rate = audio.get("sample_rate")
    if not isinstance(rate, (int, float)) or not 1 <= rate <= FASTEST_RATE:
        raise _refused(name, f"its sample rate is {rate}")
    samples = tensors.to_array(waveform)
    return [Sound(samples[item], int(rate)) for item in range(batch)]


def _refused(name: str, reason: str) -> Exception:
    allowed = f"a sound [B,C,T] of 1 to {max(LAYOUTS)} channels with at least one sample"
    return problem("input_not_usable", input=name, reason=reason, allowed=allowed)
