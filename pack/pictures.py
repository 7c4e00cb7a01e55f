"""Reads a picture file the way ComfyUI's own Load Image reads it (`LoadImage` in nodes.py, v0.3.64)."""

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from . import tensors, threads
from .forgiveness import forgiving
from .problems import problem

if TYPE_CHECKING:
    from PIL.Image import Image

NO_MASK = (64, 64)
"""The shape of the empty mask of a picture without alpha."""

LARGEST_BATCH = 1 << 30
"""Pixels of all frames together: 12.9 GB of floats. A small file can announce any number of large frames."""

ORIENTATION = 0x0112
"""EXIF's tag; 1 is upright."""

MOST_FRAMES = 10_000
"""Of one picture. Half a million fit into 7 MB, and take a minute and 16 GB as a batch."""

MOST_SCANS = 100
"""Of one JPEG. Encoders make ten; each goes over the whole picture, and takes 30 bytes of the file."""

_FIRST_FRAME_ONLY = ("MPO",)

_PROGRAMS = ("EPS",)
"""What Pillow gives to another program to run."""


def read(file: Path, uri: str, stopped: Callable[[], bool]) -> tuple[Any, Any]:
    """The node's outputs. Raises CloudStorageError."""
    image, mask = load_picture(file, uri, stopped)
    return tensors.to_tensor(image), tensors.to_tensor(mask)


def load_picture(file: Path, uri: str, stopped: Callable[[], bool] = lambda: False) -> tuple[np.ndarray, np.ndarray]:
    """Image [B,H,W,3] and mask [B,h,w] as float32; frames whose size differs from the first are left out.

    Raises CloudStorageError when the file is no picture, is cut off, or is larger than Pillow's limit or ours allows,
    and Interrupted.
    """
    from PIL import Image, UnidentifiedImageError

    try:
        with forgiving(lambda: Image.open(file)) as picture:
            _require_harmless(picture, file, uri)
            return _read_frames(picture, uri, stopped)
    except Image.DecompressionBombError as error:
        raise problem("image_too_large", uri=uri, reason=_reason(error)) from None
    except UnidentifiedImageError:
        raise problem("not_an_image", uri=uri, reason="it is none of the formats that Pillow knows") from None
    except (OSError, ValueError, SyntaxError, EOFError, LookupError, TypeError) as error:
        raise problem("not_an_image", uri=uri, reason=_reason(error)) from None


def _require_harmless(picture: "Image", file: Path, uri: str) -> None:
    """Before anything is decoded: a small file can announce any amount of work."""
    if picture.format in _PROGRAMS:
        raise problem("not_an_image", uri=uri, reason="PostScript is a program, which is not run")
    if picture.format in ("JPEG", *_FIRST_FRAME_ONLY):
        scans = file.read_bytes().count(b"\xff\xda")
        if scans > MOST_SCANS:
            raise problem("image_too_large", uri=uri, reason=f"it is written over {scans} times")
    if picture.format in _FIRST_FRAME_ONLY:
        return
    frames = _frames(picture)
    if frames > MOST_FRAMES:
        raise problem("image_too_large", uri=uri, reason=f"it has more than {MOST_FRAMES} frames")
    if frames * picture.width * picture.height > LARGEST_BATCH:
        raise problem(
            "image_too_large", uri=uri, reason=f"{frames} frames of {picture.width} × {picture.height} pixels"
        )


def _frames(picture: "Image") -> int:
    """How many, or one more than there may be."""
    if picture.format != "TIFF":
        return int(getattr(picture, "n_frames", 1))
    # Pillow takes longer for each than for the one before, and counts wrongly when some are jumped over.
    frames = 0
    with suppress(EOFError):
        while frames <= MOST_FRAMES:
            picture.seek(frames)
            frames += 1
    picture.seek(0)
    return frames


def _read_frames(picture: "Image", uri: str, stopped: Callable[[], bool]) -> tuple[np.ndarray, np.ndarray]:
    from PIL import ImageSequence

    images: list[np.ndarray] = []
    masks: list[np.ndarray] = []
    for raw in ImageSequence.Iterator(picture):
        if stopped():
            raise threads.Interrupted
        forgiving(raw.load)
        frame = forgiving(partial(_turned, raw))
        image = _grey_16(frame) if frame.mode.startswith("I;16") else _rgb(frame)
        if images and image.shape != images[0].shape:
            continue
        images.append(image)
        masks.append(_mask(frame))
    if len(images) == 1 or picture.format in _FIRST_FRAME_ONLY:
        return images[0][None], masks[0][None]
    if len({mask.shape for mask in masks}) > 1:
        # Some frames have alpha and some have none, where ComfyUI's own node fails.
        masks = [
            mask if mask.shape == images[0].shape[:2] else np.zeros(images[0].shape[:2], np.float32) for mask in masks
        ]
    return np.stack(images), np.stack(masks)


def _rgb(frame: "Image") -> np.ndarray:
    if frame.mode == "I":
        frame = frame.point(lambda value: value * (1 / 255))
    return _floats(frame if frame.mode == "RGB" else frame.convert("RGB"))


def _grey_16(frame: "Image") -> np.ndarray:
    """With all its levels. ComfyUI's own node leaves it to Pillow, which makes everything above 255 white."""
    grey = np.divide(np.asarray(frame), np.float32(65_535), dtype=np.float32)
    return np.repeat(grey[..., None], 3, axis=2)


def _turned(frame: "Image") -> "Image":
    from PIL import ImageOps

    # Without a turn Pillow would copy the picture.
    return frame if frame.getexif().get(ORIENTATION, 1) == 1 else ImageOps.exif_transpose(frame)


def _mask(frame: "Image") -> np.ndarray:
    if "A" in frame.getbands():
        return 1.0 - _floats(frame.getchannel("A"))
    if frame.mode == "P" and "transparency" in frame.info:
        return 1.0 - _floats(frame.convert("RGBA").getchannel("A"))
    return np.zeros(NO_MASK, dtype=np.float32)


def _floats(frame: "Image") -> np.ndarray:
    # In one pass: an array in between would cost as much as decoding a JPEG.
    return np.divide(np.asarray(frame), np.float32(255.0), dtype=np.float32)


def _reason(error: Exception) -> str:
    return str(error).rstrip(".") or type(error).__name__
