"""What a file announces and does not have."""

import struct

import pytest
from conftest import part

lengths = part("lengths")

LONG = 10_000


def riff(size, kind=b"RIFF"):
    return kind + struct.pack("<I" if kind == b"RIFF" else ">I", size) + b"WAVE"


def box(kind, size, large=False):
    return struct.pack(">I4sQ", 1, kind, size) if large else struct.pack(">I4s", size, kind)


HEAD = b"\x1a\x45\xdf\xa3\x84" + bytes(4)  # An EBML header of four bytes.
SEGMENT = b"\x18\x53\x80\x67"


@pytest.mark.parametrize(
    ("start", "size", "missing"),
    [
        (riff(LONG - 8), LONG, 0),
        (riff(LONG - 8), 4_000, 6_000),
        (riff(LONG - 8, b"FORM"), 4_000, 6_000),
        (riff(LONG - 8), LONG - 100, 0),
        (riff(0xFFFFFFFF), 4_000, 0),
        (riff(0), 4_000, 0),
        (riff(LONG - 8), LONG + 500, 0),
        (box(b"ftyp", 24) + bytes(16) + box(b"mdat", LONG - 24), LONG, 0),
        (box(b"ftyp", 24) + bytes(16) + box(b"mdat", LONG - 24), 4_000, 6_000),
        (box(b"ftyp", 24) + bytes(16) + box(b"mdat", 1 << 40, large=True), 4_000, (1 << 40) + 24 - 4_000),
        (box(b"ftyp", 24) + bytes(16) + box(b"mdat", 0), 4_000, 0),
        (box(b"ftyp", 24) + bytes(16) + box(b"mdat", 3), 4_000, 0),
        (HEAD + SEGMENT + b"\x01" + struct.pack(">Q", LONG)[1:], 4_000, 6_021),
        (HEAD + SEGMENT + b"\x01" + struct.pack(">Q", LONG)[1:], LONG + 21, 0),
        (HEAD + SEGMENT + b"\x01" + b"\xff" * 7, 4_000, 0),
        (HEAD + SEGMENT + b"\xff", 4_000, 0),
        (HEAD[:-1], 8, 0),
        (HEAD + b"\0", 4_000, 0),
        (b"OggS", 4_000, 0),
        (b"", 0, 0),
    ],
)
def test_what_is_missing_is_counted_and_what_announces_nothing_is_left_in_peace(tmp_path, start, size, missing):
    file = tmp_path / "file"
    with file.open("wb") as content:
        content.write(start)
        content.truncate(size)
    assert lengths.missing_bytes(file) == missing
