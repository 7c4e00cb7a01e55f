"""Finds out whether the end of a sound or video file is missing, by the lengths that its own parts announce.

FFmpeg plays what is left of a file that was cut off, and says nothing.
"""

from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

SLACK = 1024
"""Bytes. Some writers count padding that they then leave out."""

_UNKNOWN_32 = 0xFFFF_FF00
"""Lengths from here on, and 0, stand for "not known" in files that were written as a stream."""


def missing_bytes(file: Path) -> int:
    """How many bytes the file announces and does not have; 0 for formats that announce nothing."""
    size = file.stat().st_size
    with file.open("rb") as content:
        start = content.read(12)
        announced = _announced(start, content, size)
    return max(0, announced - size) if announced - size > SLACK else 0


def _announced(start: bytes, content: BinaryIO, size: int) -> int:
    if start[:4] == b"RIFF":
        return _chunks(content, size, "little")
    if start[:4] == b"FORM":
        return _chunks(content, size, "big")
    if start[4:8] in (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip", b"styp"):
        return _walk(content, size, _box)
    if start[:4] == b"\x1a\x45\xdf\xa3":
        return _walk(content, size, _element)
    return 0


def _chunks(content: BinaryIO, size: int, order: str) -> int:
    """RIFF and AIFF. A long AVI has several."""

    def chunk(content: BinaryIO) -> int | None:
        head = content.read(8)
        length = int.from_bytes(head[4:8], "little" if order == "little" else "big")
        if len(head) < 8 or head[:4] not in (b"RIFF", b"FORM") or length == 0 or length >= _UNKNOWN_32:
            return None
        return 8 + length + length % 2

    return _walk(content, size, chunk)


def _walk(content: BinaryIO, size: int, length_of_next: Callable[[BinaryIO], int | None]) -> int:
    """Where the last part ends; each tells its length, head included, or None where it cannot be told."""
    position = 0
    while position < size:
        content.seek(position)
        length = length_of_next(content)
        if length is None or length <= 0:
            return 0
        position += length
    return position


def _box(content: BinaryIO) -> int | None:
    """A box of MP4 and MOV (ISO/IEC 14496-12, 4.2)."""
    head = content.read(16)
    length = int.from_bytes(head[:4], "big")
    if length == 1 and len(head) == 16:
        return int.from_bytes(head[8:16], "big")
    return length if length >= 8 and len(head) >= 8 else None  # 0: to the end of the file


def _element(content: BinaryIO) -> int | None:
    """An element of Matroska and WebM (RFC 8794, 4 to 6)."""
    head = content.read(12)
    if not head or not head[0]:
        return None
    id_length = 9 - head[0].bit_length()
    if len(head) <= id_length or not head[id_length]:
        return None
    length_length = 9 - head[id_length].bit_length()
    coded = int.from_bytes(head[id_length : id_length + length_length], "big")
    unknown = (1 << (7 * length_length)) - 1
    length = coded & unknown
    return None if length == unknown else id_length + length_length + length
