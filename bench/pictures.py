"""Pictures to save: made ones of several kinds, and photographs that Python packages ship as samples."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

SAMPLES = {
    "skimage": (
        "data",
        ["astronaut.png", "chelsea.png", "coffee.png", "ihc.png", "motorcycle_left.png", "retina.jpg", "rocket.jpg"],
    ),
    "sklearn": ("datasets/images", ["china.jpg", "flower.jpg"]),
    "matplotlib": ("mpl-data/sample_data", ["grace_hopper.jpg"]),
}


def photo_like(count: int, side: int, seed: int = 1) -> np.ndarray:
    """A float32 batch [B,H,W,3]: soft shapes, light from one side, and the grain that diffusion models leave."""
    random = np.random.default_rng(seed)
    batch = np.empty((count, side, side, 3), np.float32)
    for image in batch:
        image[:] = np.linspace(0.15, 0.75, side, dtype=np.float32)[:, None, None]
        for cells in (4, 16, 64):
            coarse = random.random((cells, cells, 3), dtype=np.float32) - 0.5
            image += _enlarged(coarse, side) * (1.6 / np.sqrt(cells))
        image += 0.008 * random.standard_normal((side, side, 3), dtype=np.float32)
    return np.clip(batch, 0.0, 1.0, out=batch)


def to_bytes(images: np.ndarray) -> np.ndarray:
    """8 bits a sample, as ComfyUI's own save nodes make them."""
    return np.clip(255.0 * images, 0, 255).astype(np.uint8)


def made(side: int) -> dict[str, np.ndarray]:
    """One picture [H,W,3] of each kind."""
    photo = to_bytes(photo_like(1, side))[0]
    return {
        "photo-like": photo,
        "posterised": photo // 32 * 32,
        "flat": np.full((side, side, 3), (30, 144, 255), np.uint8),
        "text": _text(side),
    }


def samples() -> dict[str, np.ndarray]:
    """Photographs [H,W,3] by name, as far as the packages that ship them are installed."""
    found: dict[str, np.ndarray] = {}
    for package, (folder, names) in SAMPLES.items():
        spec = find_spec(package)
        if spec is None or spec.origin is None:
            continue
        files = [Path(spec.origin).parent / folder / name for name in names]
        found |= {file.stem: np.array(Image.open(file).convert("RGB")) for file in files if file.exists()}
    return found


def _enlarged(cells: np.ndarray, side: int) -> np.ndarray:
    """Each channel on its own, since Pillow has no colours of 32 bits."""
    channels = [
        Image.fromarray(cells[..., channel]).resize((side, side), Image.Resampling.BICUBIC) for channel in range(3)
    ]
    return np.stack([np.asarray(channel) for channel in channels], axis=-1)


def _text(side: int) -> np.ndarray:
    page = Image.new("RGB", (side, side), "white")
    draw = ImageDraw.Draw(page)
    font = ImageFont.load_default(size=18)
    words = "The quick brown fox jumps over the lazy dog 0123456789 "
    for line, y in enumerate(range(8, side - 20, 24)):
        draw.text((8, y), (words * (side // 200 + 1))[line % 40 :], fill=(20, 20, 20), font=font)
    return np.array(page)
