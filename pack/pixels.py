"""Hands an image batch to the engine: as bytes, or as JPEGs."""

import tempfile
from math import prod
from typing import TYPE_CHECKING, Any

import numpy as np

from . import jpeg, samples, tensors
from .engine import hand_over
from .handing import Handed
from .problems import problem

if TYPE_CHECKING:
    from comfy_bucket.handover import Lease

CHANNELS = (1, 3, 4)


def hand_pixels_over(name: str, images: Any, inputs: dict[str, Any]) -> Handed:
    """Puts the pixels where the engine finds them. Takes its time.

    Raises CloudStorageError for what is no batch, and where there is no room for it.
    """
    shape = _shape(name, images)
    if inputs.get("format") == "jpg":
        return _as_jpegs(images, shape, int(inputs.get("quality", 95)))
    return _as_bytes(images, shape)


def _as_bytes(images: Any, shape: tuple[int, ...]) -> Handed:
    lease = _lease(prod(shape))
    try:
        samples.convert(tensors.to_array(images), np.frombuffer(lease.view, np.uint8).reshape(shape))
    except BaseException:
        lease.release()
        raise
    batch, height, width, channels = shape
    pixels = {"path": lease.path, "batch": batch, "height": height, "width": width, "channels": channels}
    return Handed({"pixels": pixels}, lease.release)


def _as_jpegs(images: Any, shape: tuple[int, ...], quality: int) -> Handed:
    _, height, width, _ = shape
    if max(height, width) > jpeg.LARGEST_SIDE:
        raise problem(
            "image_too_large_for_format", width=width, height=height, format="jpg", limit=str(jpeg.LARGEST_SIDE)
        )
    files = jpeg.compress(tensors.to_array(images), quality)
    lease = _lease(sum(map(len, files)))
    start = 0
    for file in files:
        lease.view[start : start + len(file)] = file
        start += len(file)
    encoded = {"path": lease.path, "lengths": [len(file) for file in files], "width": width, "height": height}
    return Handed({"encoded": encoded}, lease.release)


def _lease(size: int) -> "Lease":
    try:
        return hand_over().lease(size)
    except OSError as error:
        needed = f"{size / 1e6:.0f} MB"
        raise problem("disk_full", needed=needed, folder=tempfile.gettempdir(), missing=needed) from error


def _shape(name: str, images: Any) -> tuple[int, ...]:
    shape = tuple(int(side) for side in getattr(images, "shape", ()))
    if len(shape) != 4 or 0 in shape or shape[-1] not in CHANNELS:
        raise problem(
            "input_not_usable",
            input=name,
            reason=f"its shape is {list(shape)}" if shape else "it is not an image",
            allowed="an image batch [B,H,W,C] with at least one image of 1, 3 or 4 channels",
        )
    return shape
