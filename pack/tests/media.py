"""Sounds and videos for the tests, and a look into the files that became of them."""

import abc
import io
from dataclasses import dataclass
from fractions import Fraction

import av
import numpy as np
import torch


@dataclass
class Components:
    """ComfyUI's VideoComponents."""

    images: torch.Tensor
    frame_rate: Fraction
    audio: dict = None


class VideoInput(abc.ABC):
    """ComfyUI's abstract video, as far as its save nodes use it (`comfy_api/latest/_input/video_types.py`, v0.3.64)."""

    @abc.abstractmethod
    def get_components(self):
        pass

    def get_stream_source(self):
        raise AssertionError("it would be encoded into memory")


class VideoFromComponents(VideoInput):
    def __init__(self, components):
        self.__components = components

    def get_components(self):
        return self.__components


class VideoFromFile(VideoInput):
    def __init__(self, file):
        self.__file = file

    def get_components(self):
        raise AssertionError("it would be decoded into memory")

    def get_stream_source(self):
        if isinstance(self.__file, io.BytesIO):
            self.__file.seek(0)
        return self.__file


def sound(channels=2, seconds=1.0, rate=44_100, batch=1):
    """A ComfyUI AUDIO: a tone for each channel, another for each of a batch."""
    time = np.arange(round(seconds * rate)) / rate
    tones = [
        [np.sin(2 * np.pi * 110 * (item + channel + 1) * time) for channel in range(channels)] for item in range(batch)
    ]
    return {"waveform": torch.from_numpy(0.5 * np.array(tones, dtype=np.float32)), "sample_rate": rate}


def pixels(count=6, height=48, width=64, channels=3):
    """Slopes that change from frame to frame."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    frames = [
        np.stack(
            [
                x / max(width - 1, 1),
                y / max(height - 1, 1),
                np.full_like(x, index / max(count - 1, 1)),
                np.ones_like(x),
            ],
            -1,
        )
        for index in range(count)
    ]
    return np.stack(frames)[..., :channels] if count else np.zeros((0, height, width, channels), np.float32)


def video(count=6, height=48, width=64, channels=3, rate=24, audio=None):
    """A video of frames."""
    images = torch.from_numpy(np.ascontiguousarray(pixels(count, height, width, channels)))
    return VideoFromComponents(Components(images, Fraction(rate), audio))


@dataclass
class Seen:
    """What is in a file."""

    container: str
    codec: str
    frames: np.ndarray
    times: list
    rate: Fraction
    sound_codec: str
    sound_rate: int
    layout: str
    samples: np.ndarray
    tags: dict


def look(file):
    """Decodes a file with PyAV."""
    frames, times, samples = [], [], []
    codec = rate = sound_codec = sound_rate = layout = None
    with av.open(str(file)) as container:
        tags = {name.lower(): text for name, text in container.metadata.items()}
        name = container.format.name
        if container.streams.video:
            stream = container.streams.video[0]
            codec, rate = stream.codec_context.name, stream.average_rate
            for frame in container.decode(stream):
                frames.append(frame.to_ndarray(format="rgb24"))
                times.append(frame.time)
    with av.open(str(file)) as container:
        if container.streams.audio:
            stream = container.streams.audio[0]
            tags |= {name.lower(): text for name, text in stream.metadata.items()}
            sound_codec, sound_rate, layout = stream.codec_context.name, stream.sample_rate, stream.layout.name
            # Packed: PyAV reads beyond the memory of more than seven planes.
            resampler = av.AudioResampler(format="flt")
            for frame in container.decode(stream):
                samples += [piece.to_ndarray().reshape(-1, stream.channels).T for piece in resampler.resample(frame)]
    joined = np.concatenate(samples, axis=1) if samples else np.zeros((0, 0), np.float32)
    return Seen(name, codec, np.array(frames), times, rate, sound_codec, sound_rate, layout, joined, tags)
