"""The rows of the table of figures. A new one is a file here and a line in `ROWS`."""

from __future__ import annotations

from ..measure import Row
from . import calls, comfyui_start, first_use, large_uploads, listing, png, saving, uploads

ROWS: tuple[Row, ...] = (
    saving.NEAR,
    saving.FAR,
    saving.LOSSY,
    png.ROW,
    saving.BATCH,
    large_uploads.ROW,
    uploads.ROW,
    listing.ROW,
    first_use.ROW,
    comfyui_start.ROW,
    calls.ROW,
)
