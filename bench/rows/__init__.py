"""The rows of the table of figures. A new one is a file here and a line in `ROWS`."""

from __future__ import annotations

from ..measure import Row
from . import (
    calls,
    comfyui_start,
    downloads,
    first_use,
    growth,
    large_uploads,
    listing,
    loading,
    media,
    memory,
    models,
    png,
    saving,
    uploads,
)

ROWS: tuple[Row, ...] = (
    saving.NEAR,
    saving.FAR,
    saving.LOSSY,
    png.ROW,
    saving.BATCH,
    models.ROW,
    downloads.ROW,
    large_uploads.ROW,
    uploads.ROW,
    listing.ROW,
    first_use.ROW,
    comfyui_start.ROW,
    memory.ROW,
    calls.ROW,
    growth.ROW,
    loading.ROW,
    media.ROW,
)
