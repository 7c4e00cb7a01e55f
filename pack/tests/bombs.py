"""Files that are small and announce, or unpack to, far more than they are; by what they are."""

import gzip
import io
import struct
import zipfile
import zlib

from PIL import Image, features

HUGE = 60_000
"""Pixels of a side: 3.6 gigapixels."""

UNPACKED = 200 << 20
"""Bytes that a packed stream of zeros has."""


def zeros(size=UNPACKED):
    packer = zlib.compressobj(9)
    piece = bytes(1 << 20)
    return b"".join(packer.compress(piece) for _ in range(size >> 20)) + packer.flush()


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width, height, *extra, depth=8, colours=2, interlace=0, pixels=None):
    pixels = zlib.compress(bytes(1000)) if pixels is None else pixels
    header = struct.pack(">IIBBBBB", width, height, depth, colours, 0, 0, interlace)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + b"".join(extra) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )


def small_pixels():
    return zlib.compress((b"\0" + bytes(3 * 4)) * 4)


def encoded(kind, size=(16, 16), frames=1, **options):
    file = io.BytesIO()
    pictures = [Image.new("RGB", size, (shade % 251, shade // 251 % 251, 7)) for shade in range(frames)]
    if frames > 1:
        options |= {"save_all": True, "append_images": pictures[1:]}
    pictures[0].save(file, kind, **options)
    return file.getvalue()


def jpeg(width, height):
    data = bytearray(encoded("JPEG"))
    start = data.index(b"\xff\xc0") + 5
    data[start : start + 4] = struct.pack(">HH", height, width)
    return bytes(data)


def scans(side, count):
    """A progressive JPEG whose last scan comes again and again; each goes over all of the picture."""
    data = encoded("JPEG", (side, side), progressive=True)
    last = data.rindex(b"\xff\xda")
    return data[:last] + data[last:-2] * count + data[-2:]


def riff(*chunks):
    body = b"WEBP" + b"".join(
        kind + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2) for kind, data in chunks
    )
    return b"RIFF" + struct.pack("<I", len(body)) + body


def webp_canvas(width, height, *chunks, flags=2):
    size = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return riff((b"VP8X", bytes([flags, 0, 0, 0]) + size), *chunks)


def webp_frames(width, height, count):
    still = encoded("WEBP", (16, 16), lossless=True)[12:]
    frame = bytes(6) + (15).to_bytes(3, "little") * 2 + (100).to_bytes(3, "little") + b"\0" + still
    return webp_canvas(width, height, (b"ANIM", bytes(6)), *[(b"ANMF", frame)] * count)


def vp8(width, height):
    data = bytearray(encoded("WEBP", lossless=False))
    start = data.index(b"\x9d\x01\x2a") + 3
    data[start : start + 4] = struct.pack("<HH", width, height)
    return bytes(data)


def gif(width, height, frames, side=1):
    picture = b"," + struct.pack("<HHHHB", 0, 0, side, side, 0) + b"\x02\x02D\x01\0"
    return b"GIF89a" + struct.pack("<HHBBB", width, height, 0x80, 0, 0) + bytes(6) + picture * frames + b";"


def tiff(width, height, compression=1, data=b"", following=0, rows=None, extra=()):
    tags = {
        256: width,
        257: height,
        258: 8,
        259: compression,
        262: 1,
        273: 0,
        277: 1,
        278: rows or height,
        279: len(data),
    }
    tags.update(extra)
    tags[273] = 8 + 2 + 12 * len(tags) + 4
    entries = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in sorted(tags.items()))
    return (
        b"II*\0" + struct.pack("<I", 8) + struct.pack("<H", len(tags)) + entries + struct.pack("<I", following) + data
    )


def tiff_directories(count):
    tags = {256: 1, 257: 1, 258: 8, 259: 1, 262: 1, 273: 0, 277: 1, 278: 1, 279: 1}
    entries = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in sorted(tags.items()))
    size = 2 + len(entries) + 4
    offsets = [8 + size * index for index in range(1, count)] + [0]
    start = struct.pack("<H", len(tags)) + entries
    directories = b"".join(start + struct.pack("<I", offset) for offset in offsets)
    return b"II*\0" + struct.pack("<I", 8) + directories


def bmp(width, height, compression=0, data=b"\0" * 100, bits=24):
    palette = bytes(1024) if bits == 8 else b""
    header = struct.pack("<IiiHHIIiiII", 40, width, height, 1, bits, compression, 0, 0, 0, 0, 0)
    start = 14 + len(header) + len(palette)
    return b"BM" + struct.pack("<IHHI", start + len(data), 0, 0, start) + header + palette + data


def avif(width, height):
    data = bytearray(encoded("AVIF"))
    start = data.index(b"ispe") + 8
    data[start : start + 8] = struct.pack(">II", width, height)
    return bytes(data)


def icon(picture):
    entry = struct.pack("<BBBBHHII", 0, 0, 0, 0, 1, 32, len(picture), 22)
    return struct.pack("<HHH", 0, 1, 1) + entry + picture


def archive():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("picture.png", bytes(50 << 20))
    return file.getvalue()


def svg():
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    return f'<!DOCTYPE svg [<!ENTITY a0 "ha">{entities}]><svg>&a11;</svg>'.encode()


def corpus():
    """Each by its name. The formats are those that Load Image from Cloud is for, and some that Pillow reads as well."""
    packed = zeros()
    text = {
        "zTXt": b"workflow\0\0" + packed,
        "iTXt": b"workflow\0\1\0\0\0" + packed,
        "iCCP": b"profile\0\0" + packed,
        "eXIf": b"MM\0*" + b"\xff" * 1000,
    }
    for kind, data in text.items():
        yield (
            f"a PNG with a {kind} that unpacks to 200 MB",
            png(4, 4, chunk(kind.encode(), data), pixels=small_pixels()),
        )
    many = [chunk(b"zTXt", b"k%d\0\0" % number + zeros(1 << 20)) for number in range(100)]
    yield "a PNG with 100 texts of 1 MB", png(4, 4, *many, pixels=small_pixels())
    yield "a PNG of 60,000 × 60,000", png(HUGE, HUGE)
    yield "a PNG of 2³¹−1 × 2³¹−1", png(0x7FFFFFFF, 0x7FFFFFFF)
    yield "a PNG of 2³²−1 × 1", png(0xFFFFFFFF, 1)
    yield "an interlaced PNG of 60,000 × 60,000", png(HUGE, HUGE, interlace=1)
    yield "a PNG of 16 bits, 20,000 × 20,000", png(20_000, 20_000, depth=16, pixels=packed)
    yield "a PNG of 1 bit, 100,000 × 100,000", png(100_000, 100_000, depth=1, colours=0, pixels=packed)
    yield "a PNG of 4 × 4 whose pixels unpack to 200 MB", png(4, 4, pixels=packed)
    frames = chunk(b"acTL", struct.pack(">II", 0x7FFFFFFF, 0))
    yield "an APNG that announces 2³¹−1 frames", png(4, 4, frames, pixels=small_pixels())
    large = chunk(b"fcTL", struct.pack(">IIIIIHHBB", 0, HUGE, HUGE, 0, 0, 1, 1, 0, 0))
    one = chunk(b"acTL", struct.pack(">II", 2, 0))
    yield "an APNG with a frame larger than itself", png(4, 4, one, large, pixels=small_pixels())

    yield "a JPEG of 65,535 × 65,535", jpeg(65_535, 65_535)
    yield "a JPEG of 2,000 scans", scans(2000, 2000)
    yield (
        "a JPEG with an EXIF that points to itself",
        encoded("JPEG", exif=b"Exif\0\0MM\0*\0\0\0\x08\0\1\x87\x69\0\4\0\0\0\1\0\0\0\x08"),
    )

    yield "a WebP of 16,383 × 16,383", vp8(16_383, 16_383)
    yield "a WebP canvas of 16,384 × 16,384", webp_frames(16_384, 16_384, 1)
    yield "a WebP canvas of 2²⁴ × 2²⁴", webp_canvas(1 << 24, 1 << 24)
    yield "a WebP of 20,000 frames of 4,000 × 4,000", webp_frames(4000, 4000, 20_000)

    yield "a GIF of 65,535 × 65,535", gif(65_535, 65_535, 1)
    yield "a GIF of 5,000 frames of 4,000 × 4,000", gif(4000, 4000, 5000)
    yield "a GIF of 500,000 frames", gif(1, 1, 500_000)
    yield "a GIF with a frame larger than itself", gif(1, 1, 2, side=65_535)

    yield "a TIFF of 2³²−1 × 2³²−1", tiff(0xFFFFFFFF, 0xFFFFFFFF)
    yield "a TIFF of 60,000 × 60,000", tiff(HUGE, HUGE, 8, packed)
    yield "a TIFF of 16 × 16 that unpacks to 200 MB", tiff(16, 16, 8, packed)
    yield "a TIFF whose directory follows itself", tiff(16, 16, data=bytes(256), following=8)
    yield "a TIFF of 20,000 directories", tiff_directories(20_000)
    yield (
        "a TIFF with 2³²−1 values in a tag",
        tiff(16, 16, data=bytes(256)).replace(struct.pack("<HHI", 273, 4, 1), struct.pack("<HHI", 273, 4, 0xFFFFFFFF)),
    )

    yield "a BMP of 2³¹−1 × 2³¹−1", bmp(0x7FFFFFFF, 0x7FFFFFFF)
    yield "a BMP of 60,000 × −60,000", bmp(HUGE, -HUGE)
    yield "a BMP of 60,000 × 60,000 in runs", bmp(HUGE, HUGE, 1, b"\xff\0" * 1000, bits=8)

    if features.check("avif"):
        yield "an AVIF of 65,535 × 65,535", avif(65_535, 65_535)
        yield "an AVIF of 2³²−1 × 2³²−1", avif(0xFFFFFFFF, 0xFFFFFFFF)

    yield "an icon with a PNG of 60,000 × 60,000", icon(png(HUGE, HUGE))
    yield "a PPM of 60,000 × 60,000", b"P6 60000 60000 255\n" + bytes(100)
    yield "a QOI of 60,000 × 60,000", b"qoif" + struct.pack(">IIBB", HUGE, HUGE, 3, 0) + b"\xfd" * 1000
    yield (
        "a TGA of 65,535 × 65,535",
        struct.pack("<BBBHHBHHHHBB", 0, 0, 10, 0, 0, 0, 0, 0, 65_535, 65_535, 24, 0) + b"\xff" * 99,
    )
    yield "a PSD of 60,000 × 60,000", b"8BPS\0\1" + bytes(6) + struct.pack(">HIIHH", 3, HUGE, HUGE, 8, 3) + bytes(100)
    yield "PostScript, which is a program", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n%%EndComments\n{} loop\n"
    yield "a ZIP", archive()
    yield "a packed PNG", gzip.compress(png(HUGE, HUGE))
    yield "an SVG of a billion laughs", svg()
