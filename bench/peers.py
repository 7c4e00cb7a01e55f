"""What others do for the same work, by the libraries that ComfyUI's packs use: boto3 and Pillow."""

from __future__ import annotations

import io
from functools import cache
from typing import Any

import numpy as np
from PIL import Image, ImageOps

from .pictures import to_bytes
from .stores import Store

PILLOW_OPTIONS: dict[str, dict[str, Any]] = {
    "png": {"format": "PNG", "compress_level": 4},  # as ComfyUI's Save Image
    "jpg": {"format": "JPEG", "quality": 95},
    "webp": {"format": "WEBP", "quality": 95},
}

LARGEST_DIFFERENCE = {"png": 0, "jpg": 16, "webp": 16}
"""Of the mean sample; far less than between two pictures."""

ROUNDING = 0.001
"""Of a sample that was divided by 255 and multiplied again."""


def encode(picture: np.ndarray, format: str) -> bytes:
    """A picture of 8 bits a sample as a file."""
    file = io.BytesIO()
    Image.fromarray(picture).save(file, **PILLOW_OPTIONS[format])
    return file.getvalue()


def decode(file: bytes) -> np.ndarray:
    """The pixels of a file."""
    return np.array(Image.open(io.BytesIO(file)))


class PillowAndBoto3:
    """Saves a batch as Python packs do: encode one picture, upload it, go on to the next."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._client = store.boto3()

    @staticmethod
    @cache
    def of(store: Store) -> PillowAndBoto3:
        """The one for this store: its connection stays open."""
        return PillowAndBoto3(store)

    def save(self, images: np.ndarray, prefix: str, format: str) -> None:
        """One object for each picture, numbered so that their keys are in order."""
        for number, image in enumerate(images):
            body = encode(to_bytes(image), format)
            key = f"{prefix}{number:03}.{format}"
            self._client.put_object(Bucket=self._store.bucket, Key=key, Body=body, ContentType=f"image/{format}")

    def load(self, prefix: str) -> list[np.ndarray]:
        """All pictures below a prefix as floats [1,H,W,3], as ComfyUI's Load Image makes them."""
        listed = self._client.list_objects_v2(Bucket=self._store.bucket, Prefix=prefix)
        return [self._load(entry["Key"]) for entry in listed["Contents"]]

    def _load(self, key: str) -> np.ndarray:
        body = self._client.get_object(Bucket=self._store.bucket, Key=key)["Body"].read()
        picture = ImageOps.exif_transpose(Image.open(io.BytesIO(body))).convert("RGB")
        return np.array(picture).astype(np.float32)[None] / 255.0


def require_pictures(store: Store, prefix: str, images: np.ndarray, format: str) -> None:
    """Raises unless each picture of the batch is stored, in order, with its pixels (as near as the format allows)."""
    keys = store.keys(prefix)
    if len(keys) != len(images):
        raise AssertionError(f"{len(keys)} objects below {prefix} where {len(images)} were saved")
    by_number = sorted(keys, key=lambda key: (len(key), key))
    for key, image in zip(by_number, images, strict=True):
        stored, meant = decode(store.read(key)).astype(int), to_bytes(image).astype(int)
        difference = np.abs(stored - meant)
        if stored.shape != meant.shape or difference.mean() > LARGEST_DIFFERENCE[format]:
            raise AssertionError(f"{key} is not the picture that was saved")


def require_decoded(loaded: list[np.ndarray], images: np.ndarray, format: str) -> None:
    """Raises unless what was loaded are the pictures of the batch in order, as near as the format allows."""
    if len(loaded) != len(images):
        raise AssertionError(f"{len(loaded)} pictures were loaded where {len(images)} are")
    for number, (one, image) in enumerate(zip(loaded, images, strict=True)):
        difference = np.abs(255.0 * one[0] - to_bytes(image))
        if one.shape[1:] != image.shape or difference.mean() > LARGEST_DIFFERENCE[format] + ROUNDING:
            raise AssertionError(f"picture {number} is not the one that is stored")
