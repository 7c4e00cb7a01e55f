"""Pictures of 8 bits a sample, as ComfyUI's Save Image makes them of its floats."""

import os
from concurrent.futures import ThreadPoolExecutor

import numpy as np

BAND = 1 << 18
"""Samples at a time: what is made of them on the way stays in the processor's cache."""

_Band = tuple[np.ndarray, np.ndarray]


def to_bytes(image: np.ndarray) -> np.ndarray:
    """An image [H,W,C] of 0..1 as 0..255, cut off and not rounded; what is not a number becomes 0."""
    target = np.empty(image.shape, np.uint8)
    _convert(_bands(image, target))
    return target


def convert(images: np.ndarray, target: np.ndarray) -> None:
    """The same for a batch [B,H,W,C], on all processors, into an array of the same shape."""
    bands = [band for image, into in zip(images, target, strict=True) for band in _bands(image, into)]
    workers = min(os.cpu_count() or 1, len(bands))
    with ThreadPoolExecutor(workers) as threads:
        list(threads.map(lambda first: _convert(bands[first::workers]), range(workers)))


def _bands(image: np.ndarray, target: np.ndarray) -> list[_Band]:
    rows = max(1, BAND // image[0].size)
    return [(image[row : row + rows], target[row : row + rows]) for row in range(0, len(image), rows)]


def _convert(bands: list[_Band]) -> None:
    scratch = np.empty(max(floats.shape for floats, _ in bands), np.float32)
    for floats, target in bands:
        scaled = np.multiply(floats, np.float32(255.0), out=scratch[: len(floats)])
        np.fmax(scaled, 0, out=scaled)  # Of a NaN and 0, the 0.
        np.minimum(scaled, 255, out=scaled)
        np.copyto(target, scaled, casting="unsafe")
