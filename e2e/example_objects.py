"""What the example workflows find in a bucket: pictures, a sound, a video and models, under the keys that they name."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import av
import numpy as np
from PIL import Image

HERE = Path(__file__).resolve().parent

PICTURES = 8
FRAME_RATE = 12
SECONDS = 2
SAMPLE_RATE = 48_000

CHECKPOINTS = ("models/checkpoints/sd_xl_base_1.0.safetensors", "models/checkpoints/sd15.safetensors")


def put_media(bucket: Path, pictures: list[Image.Image]) -> None:
    """Below the folder `bucket`: the pictures, two seconds of sound, and a video of the same length."""
    for number, picture in enumerate(pictures):
        file = bucket / "comfyui" / "images" / f"ComfyUI_{number}.png"
        file.parent.mkdir(parents=True, exist_ok=True)
        picture.save(file)
    _put_sound(bucket / "comfyui" / "audio" / "ComfyUI_audio.flac")
    _put_video(bucket / "comfyui" / "videos" / "ComfyUI_video.mp4", pictures[0])


def put_models(bucket: Path, comfyui: Path, python: str) -> None:
    """Below the folder `bucket`: models with random weights, made by the Python of a ComfyUI."""
    first, *others = [bucket / key for key in CHECKPOINTS]
    first.parent.mkdir(parents=True)
    for program, *arguments in (
        ("tiny_checkpoint.py", comfyui, first),
        ("tiny_models.py", comfyui, first, bucket / "models"),
    ):
        subprocess.run([python, HERE / program, *arguments], check=True, capture_output=True)
    for other in others:
        os.link(first, other)


def made_pictures(width: int = 384, height: int = 256) -> list[Image.Image]:
    """Soft waves of colour, each of another."""
    y, x = np.mgrid[0 : 1 : height * 1j, 0 : 1 : width * 1j]
    pictures = []
    for number in range(PICTURES):
        turn = 2 * np.pi * number / PICTURES
        waves = [np.sin(5 * x + turn + shift) * np.cos(4 * y - turn + 2 * shift) for shift in (0.0, 1.1, 2.3)]
        pictures.append(Image.fromarray((127 + 110 * np.stack(waves, axis=-1)).astype(np.uint8)))
    return pictures


def _put_sound(file: Path) -> None:
    """A chord that fades."""
    time = np.arange(SECONDS * SAMPLE_RATE) / SAMPLE_RATE
    chord = sum(np.sin(2 * np.pi * pitch * time) for pitch in (220.0, 277.18, 329.63)) / 4 * np.exp(-time)
    frame = av.AudioFrame.from_ndarray((32_000 * np.stack([chord, chord])).astype(np.int16), "s16p", "stereo")
    frame.sample_rate = SAMPLE_RATE
    file.parent.mkdir(parents=True)
    with av.open(str(file), "w", format="flac") as container:
        stream = container.add_stream("flac", rate=SAMPLE_RATE, layout="stereo", format="s16")
        resampler = av.AudioResampler("s16", "stereo", SAMPLE_RATE)
        for piece in [*resampler.resample(frame), None]:
            container.mux(stream.encode(piece))


def _put_video(file: Path, picture: Image.Image) -> None:
    """A look that wanders over the picture."""
    width, height = picture.width // 4 * 2, picture.height // 4 * 2
    file.parent.mkdir(parents=True)
    with av.open(str(file), "w", format="mp4") as container:
        stream = container.add_stream("libx264", rate=FRAME_RATE)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        for step in range(SECONDS * FRAME_RATE):
            left = (picture.width - width) * step // (SECONDS * FRAME_RATE)
            part = picture.convert("RGB").crop((left, height // 2, left + width, height // 2 + height))
            container.mux(stream.encode(av.VideoFrame.from_image(part)))
        container.mux(stream.encode(None))
