"""Hands sounds to the engine as files, encoded with PyAV as ComfyUI's own save nodes do (`nodes_audio.py`, v0.3.64)."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from .containers import SOUND_CODECS, choice, require_encoder, writing
from .handing import Handed, Making
from .sound import LAYOUTS, Sound, sounds

FORMATS = ("flac", "mp3", "wav", "opus")

BIT_RATES = {"V0": None, "128k": 128_000, "320k": 320_000}

OPUS_BEST = 96_000
"""Bits a second and channel for V0, which is a word of MP3."""

OPUS_MOST = 256_000
"""Bits a second and channel; libopus refuses more."""

MOST_CHANNELS = {"mp3": 2}
"""Where a format has fewer than there can be."""


def hand_sounds_over(name: str, audio: Any, inputs: dict[str, Any], metadata: dict[str, str], making: Making) -> Handed:
    """Encodes each sound of a batch into a file of its own. Takes its time.

    Raises CloudStorageError for what is no sound, for choices that there are not, and where it cannot be written.
    """
    batch = sounds(name, audio)
    kind = choice("format", inputs.get("format", "flac"), FORMATS)
    quality = choice("quality", inputs.get("quality", "V0"), BIT_RATES)
    files = [making.folder() / f"{index}.{kind}" for index in range(len(batch))]
    done = [0] * len(batch)
    total = sum(sound.length for sound in batch)

    def write(index: int) -> None:
        def moved(samples: int) -> None:
            done[index] = samples
            making.step(sum(done), total)

        write_sound(batch[index], files[index], kind, quality, metadata, moved)

    with ThreadPoolExecutor(max_workers=min(len(batch), os.cpu_count() or 1)) as threads:
        list(threads.map(write, range(len(batch))))
    return Handed({"files": [{"path": str(file)} for file in files]}, making.remove)


def write_sound(
    sound: Sound, file: Path, kind: str, quality: str, metadata: dict[str, str], moved: Callable[[int], None]
) -> None:
    """One file; `moved` is told how many samples are done."""
    codec = SOUND_CODECS[kind]
    encoder = require_encoder(codec, kind, kind, ", ".join(name for name in FORMATS if SOUND_CODECS[name].available()))
    channels = min(sound.channels, MOST_CHANNELS.get(kind, sound.channels))
    with writing(file, kind, kind, metadata) as container:
        stream = container.add_stream(encoder, rate=codec.rate_for(sound.rate), layout=LAYOUTS[channels])
        _set_quality(stream, kind, BIT_RATES[quality], channels)
        done = 0
        for frame in sound.frames(0, sound.length):
            done += frame.samples
            container.mux(stream.encode(frame))
            moved(done)
        container.mux(stream.encode(None))


def _set_quality(stream: Any, kind: str, bit_rate: int | None, channels: int) -> None:
    if kind == "opus":
        stream.bit_rate = min(bit_rate or OPUS_BEST * channels, OPUS_MOST * channels)
    elif kind == "mp3" and bit_rate is None:
        stream.codec_context.qscale = True  # With FFmpeg's quality of 0, which is LAME's V0.
    elif kind == "mp3":
        stream.bit_rate = bit_rate
