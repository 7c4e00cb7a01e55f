"""Writes a video from ComfyUI's frames and sound, one frame after the other."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np

from . import tensors
from .containers import PICTURE_CODECS, SOUND_CODECS, VIDEO_FORMATS, PictureEncoder, require_encoder, writing
from .handing import Making
from .problems import problem
from .samples import to_bytes
from .sound import Sound, sounds

FASTEST = 1_000
"""Frames a second."""

# Frames become video with the matrix of BT.601, as ComfyUI's own Save Video does it, but here the file says so: what
# does not guess (browsers, players) shows the right colours, and what always assumed BT.601 does too.
BT601, SRGB_PRIMARIES, SRGB_CURVE, LIMITED = 6, 1, 13, 1


def write_frames(
    name: str, components: Any, file: Path, kind: str, codec: str, metadata: dict[str, str], making: Making
) -> tuple[int, int]:
    """The width and height of the video in pixels. Raises CloudStorageError, by the name of the input."""
    images = components.images
    count, height, width = _shape(name, images)
    rate = _rate(name, components.frame_rate)
    sound = sounds(f"{name} (its sound)", components.audio)[0] if components.audio else None
    pictures, voice = PICTURE_CODECS[codec], SOUND_CODECS[VIDEO_FORMATS[kind].sound]
    width, height = _fitting(width, pictures.grid), _fitting(height, pictures.grid)
    with writing(file, kind, VIDEO_FORMATS[kind].muxer, metadata) as container:
        video = _video_stream(container, pictures, codec, kind, rate, width, height)
        audio = None
        if sound is not None:
            encoder = require_encoder(voice, VIDEO_FORMATS[kind].sound, kind, "")
            audio = container.add_stream(encoder, rate=voice.rate_for(sound.rate), layout=sound.layout)
        heard = 0
        for index, frame in enumerate(_frames(images, width, height, pictures.pix_fmt)):
            frame.pts, frame.time_base = index, 1 / rate
            container.mux(video.encode(frame))
            if sound is not None:
                # Sound beside its pictures: a player need not look for it at the end of the file.
                heard = _mux_sound(container, audio, sound, heard, _samples(sound, index + 1, rate))
            making.step(index + 1, count)
        container.mux(video.encode(None))
        if audio is not None:
            container.mux(audio.encode(None))
    return width, height


def _video_stream(
    container: Any, codec: PictureEncoder, name: str, kind: str, rate: Fraction, width: int, height: int
) -> Any:
    stream = container.add_stream(require_encoder(codec, name, kind, ""), rate=rate, options=dict(codec.options))
    stream.width, stream.height, stream.pix_fmt = width, height, codec.pix_fmt
    context = stream.codec_context
    # Frames, not slices of them: x264 is faster so, and makes smaller files.
    context.thread_type = "FRAME"
    context.colorspace, context.color_range = BT601, LIMITED
    context.color_primaries, context.color_trc = SRGB_PRIMARIES, SRGB_CURVE
    return stream


def _frames(images: Any, width: int, height: int, pix_fmt: str) -> Iterator[Any]:
    """The frames as the encoder takes them; the next is made ready while one is encoded."""
    from av.video.reformatter import VideoReformatter

    reformatter = VideoReformatter()
    count = int(images.shape[0])

    def ready(index: int) -> Any:
        return _frame(tensors.to_array(images[index]), width, height, pix_fmt, reformatter)

    with ThreadPoolExecutor(max_workers=1) as ahead:
        following = ahead.submit(ready, 0)
        for index in range(count):
            frame = following.result()
            if index + 1 < count:
                following = ahead.submit(ready, index + 1)
            yield frame


def _frame(image: np.ndarray, width: int, height: int, pix_fmt: str, reformatter: Any) -> Any:
    from av import VideoFrame

    pixels = to_bytes(image[..., :3])
    if pixels.shape[-1] == 1:
        pixels = np.repeat(pixels, 3, axis=-1)
    if pixels.shape[:2] != (height, width):
        sides = ((0, height - pixels.shape[0]), (0, width - pixels.shape[1]), (0, 0))
        pixels = np.pad(pixels, sides, mode="edge")
    frame = VideoFrame.from_ndarray(np.ascontiguousarray(pixels), format="rgb24")
    return reformatter.reformat(frame, format=pix_fmt, dst_colorspace="ITU601", dst_color_range="MPEG")


def _mux_sound(container: Any, stream: Any, sound: Sound, start: int, stop: int) -> int:
    for frame in sound.frames(start, stop):
        container.mux(stream.encode(frame))
    return max(start, min(stop, sound.length))


def _samples(sound: Sound, frames: int, rate: Fraction) -> int:
    """How many samples there are until a frame ends."""
    return -int(-frames * sound.rate // rate)


def _fitting(side: int, grid: int) -> int:
    return -(-side // grid) * grid


def _rate(name: str, rate: Any) -> Fraction:
    exact = Fraction(rate).limit_denominator(1001)
    if not 0 < exact <= FASTEST:
        raise problem(
            "input_not_usable",
            input=name,
            reason=f"it has {float(rate):g} frames a second",
            allowed=f"a video of more than 0 and at most {FASTEST} frames a second",
        )
    return exact


def _shape(name: str, images: Any) -> tuple[int, int, int]:
    shape = tuple(int(side) for side in getattr(images, "shape", ()))
    if len(shape) != 4 or 0 in shape or shape[-1] not in (1, 3, 4):
        raise problem(
            "input_not_usable",
            input=name,
            reason="it has no frames" if 0 in shape[:1] else f"its frames have the shape {list(shape)}",
            allowed="a video with at least one frame of 1, 3 or 4 channels",
        )
    return shape[:3]
