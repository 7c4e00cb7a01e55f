"""Picture files become tensors as ComfyUI's own Load Image makes them."""

import io
import struct
import threading
import zlib

import numpy as np
import pytest
from conftest import part
from PIL import Image, ImageFile, PngImagePlugin, features

pictures = part("pictures")
CloudStorageError = part("problems").CloudStorageError

WIDE, HIGH = 5, 3
PIXELS = np.random.default_rng(7).integers(0, 256, (HIGH, WIDE, 4), dtype=np.uint8)
RGB = Image.fromarray(PIXELS[..., :3])
RGBA = Image.fromarray(PIXELS)


@pytest.fixture
def load(tmp_path):
    def load(picture, image_format="PNG", **options):
        file = tmp_path / "picture"
        picture.save(file, image_format, **options)
        return pictures.load_picture(file, "s3://bucket/picture")

    return load


@pytest.fixture
def load_bytes(tmp_path):
    def load(data):
        (tmp_path / "picture").write_bytes(data)
        return pictures.load_picture(tmp_path / "picture", "s3://bucket/picture")

    return load


def as_bytes(picture, image_format, **options):
    buffer = io.BytesIO()
    picture.save(buffer, image_format, **options)
    return buffer.getvalue()


def test_rgb_comes_as_it_is_with_an_empty_mask(load):
    image, mask = load(RGB)
    assert image.dtype == mask.dtype == np.float32
    assert np.array_equal(image, PIXELS[None, ..., :3].astype(np.float32) / 255.0)
    assert mask.shape == (1, 64, 64) and not mask.any()


def test_alpha_becomes_the_inverted_mask(load):
    image, mask = load(RGBA)
    assert np.array_equal(image[0], PIXELS[..., :3].astype(np.float32) / 255.0)
    assert np.array_equal(mask[0], 1.0 - PIXELS[..., 3].astype(np.float32) / 255.0)


@pytest.mark.parametrize("mode", ["1", "L", "P", "CMYK"])
def test_every_mode_without_alpha_becomes_rgb(load, mode):
    picture = RGB.convert(mode)
    image, mask = load(picture, "TIFF")
    assert np.array_equal(image[0], np.array(picture.convert("RGB")).astype(np.float32) / 255.0)
    assert mask.shape == (1, 64, 64)


def test_grey_with_alpha_has_a_mask(load):
    _, mask = load(RGBA.convert("LA"))
    assert np.array_equal(mask[0], 1.0 - PIXELS[..., 3].astype(np.float32) / 255.0)


def test_a_palette_with_a_transparent_colour_has_a_mask(load):
    picture = Image.fromarray(np.array([[0, 1], [1, 0]], dtype=np.uint8))
    picture.putpalette([255, 0, 0, 0, 255, 0])
    image, mask = load(picture, transparency=1)
    assert image[0].tolist() == [[[1, 0, 0], [0, 1, 0]], [[0, 1, 0], [1, 0, 0]]]
    assert mask[0].tolist() == [[0, 1], [1, 0]]


def test_32_bit_integers_are_scaled_down(load):
    picture = Image.fromarray(np.full((2, 2), 255 * 100, dtype=np.int32))
    image, _ = load(picture, "TIFF")
    assert np.allclose(image, 100 / 255, atol=1 / 255)


@pytest.mark.parametrize("image_format", ["PNG", "TIFF"])
def test_16_bits_of_grey_keep_their_levels(load, image_format):
    levels = np.array([[0, 1, 257, 32_768, 65_535]], dtype=np.uint16)
    image, mask = load(Image.fromarray(levels), image_format)
    assert image.dtype == np.float32
    assert np.array_equal(image[0, ..., 1], levels.astype(np.float32) / np.float32(65_535))
    assert mask.shape == (1, 64, 64)


def test_16_bits_of_colour_become_8_as_pillow_reads_them(load_bytes):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"\0" + struct.pack(">6H", 0, 0x1234, 0xFFFF, 0x8000, 0x80FF, 0x0101)
    header = struct.pack(">IIBBBBB", 2, 1, 16, 2, 0, 0, 0)
    png = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    image, _ = load_bytes(png)
    assert np.round(image[0] * 255).tolist() == [[[0, 0x12, 0xFF], [0x80, 0x80, 0x01]]]


@pytest.mark.skipif(not features.check("avif"), reason="this Pillow reads no AVIF")
def test_avif_is_read_where_pillow_reads_it(load):
    image, mask = load(RGBA.resize((64, 64)), "AVIF", quality=100)
    assert image.shape == (1, 64, 64, 3)
    assert mask.shape == (1, 64, 64)
    assert mask.any()


@pytest.mark.parametrize("image_format", ["GIF", "WEBP", "BMP", "TIFF"])
def test_palettes_and_alpha_of_other_formats(load, image_format):
    flat = Image.new("RGBA", (8, 8), (255, 0, 0, 255))
    flat.putpixel((3, 3), (255, 0, 0, 0))
    lossless = {"lossless": True, "exact": True} if image_format == "WEBP" else {}
    image, mask = load(flat if image_format != "BMP" else flat.convert("RGB"), image_format, **lossless)
    assert np.allclose(image[0, 0, 0], [1, 0, 0])
    if image_format != "BMP":
        assert mask[0, 3, 3] == 1 and mask[0].sum() == 1


@pytest.mark.parametrize("orientation", range(1, 9))
def test_exif_turns_the_picture(load, orientation):
    exif = Image.Exif()
    exif[0x0112] = orientation
    image, _ = load(RGB, exif=exif)
    assert image.shape[1:3] == ((WIDE, HIGH) if orientation >= 5 else (HIGH, WIDE))


@pytest.mark.parametrize("image_format", ["GIF", "WEBP", "TIFF", "PNG"])
def test_several_frames_are_a_batch(load, image_format):
    frames = [Image.new("RGB", (4, 4), (shade, 0, 0)) for shade in (0, 120, 240)]
    lossless = {"lossless": True} if image_format == "WEBP" else {}
    image, mask = load(frames[0], image_format, save_all=True, append_images=frames[1:], **lossless)
    assert image.shape == (3, 4, 4, 3)
    assert np.allclose(image[:, 0, 0, 0] * 255, [0, 120, 240], atol=6)
    assert len(mask) == 3


def test_frames_of_another_size_are_left_out(load):
    frames = [Image.new("RGB", size, "white") for size in ((4, 4), (2, 2), (4, 4))]
    image, mask = load(frames[0], "TIFF", save_all=True, append_images=frames[1:])
    assert image.shape == (2, 4, 4, 3)
    assert len(mask) == 2


def test_frames_with_and_without_alpha_are_one_batch(load):
    frames = [Image.new("RGB", (4, 4)), Image.new("RGBA", (4, 4), (0, 0, 0, 51))]
    _, mask = load(frames[0], "TIFF", save_all=True, append_images=frames[1:])
    assert mask.shape == (2, 4, 4)
    assert not mask[0].any()
    assert np.allclose(mask[1], 0.8)


@pytest.mark.parametrize("image_format", ["PNG", "JPEG", "WEBP", "GIF", "TIFF", "BMP"])
def test_a_file_that_is_cut_off_is_refused(load_bytes, image_format):
    noise = Image.fromarray(np.random.default_rng(1).integers(0, 256, (64, 64, 3), dtype=np.uint8))
    data = as_bytes(noise, image_format)
    for share in (0.3, 0.6, 0.9):
        with pytest.raises(CloudStorageError, match="Not a picture that can be read: s3://bucket/picture") as caught:
            load_bytes(data[: int(len(data) * share)])
        assert caught.value.code == "not_an_image"


@pytest.mark.parametrize("data", [b"", b"hello", b"\x89PNG\r\n\x1a\n", b"<svg/>", b"GIF89a", bytes(10_000)])
def test_what_is_no_picture_is_refused(load_bytes, data):
    with pytest.raises(CloudStorageError) as caught:
        load_bytes(data)
    assert caught.value.code == "not_an_image"


def test_damage_beside_the_pixels_is_forgiven_and_the_setting_is_put_back(load_bytes, monkeypatch):
    monkeypatch.setattr(PngImagePlugin, "MAX_TEXT_CHUNK", 1000)
    text = PngImagePlugin.PngInfo()
    text.add_text("workflow", "x" * 5000, zip=True)
    image, _ = load_bytes(as_bytes(RGB, "PNG", pnginfo=text))
    assert np.array_equal(image[0], PIXELS[..., :3].astype(np.float32) / 255.0)
    assert ImageFile.LOAD_TRUNCATED_IMAGES is False


def test_a_picture_that_is_cut_off_does_not_slip_through_beside_one_that_is_forgiven(load_bytes):
    noise = Image.fromarray(np.random.default_rng(1).integers(0, 256, (64, 64, 3), dtype=np.uint8))
    cut = as_bytes(noise, "PNG")[:9000]
    forgiveness = part("forgiveness")
    forgiven, released = threading.Event(), threading.Event()
    tries = []

    def damaged():
        tries.append(ImageFile.LOAD_TRUNCATED_IMAGES)
        if len(tries) == 1:
            raise OSError("bad EXIF")
        forgiven.set()
        assert released.wait(10)

    beside = threading.Thread(target=forgiveness.forgiving, args=(damaged,))
    beside.start()
    assert forgiven.wait(10)
    threading.Timer(0.2, released.set).start()
    with pytest.raises(CloudStorageError):
        load_bytes(cut)
    beside.join()
    assert tries == [False, True]


def test_a_small_file_with_very_many_frames_is_refused_before_they_are_decoded(load, monkeypatch):
    frames = [Image.new("RGB", (64, 64), (30 * shade, 0, 0)) for shade in range(8)]
    load(frames[0], "GIF", save_all=True, append_images=frames[1:])
    monkeypatch.setattr(pictures, "LARGEST_BATCH", 7 * 64 * 64)
    with pytest.raises(CloudStorageError, match="8 frames of 64 × 64 pixels") as caught:
        load(frames[0], "GIF", save_all=True, append_images=frames[1:])
    assert caught.value.code == "image_too_large"


def test_a_picture_beyond_pillows_limit_is_refused_before_it_is_decoded(load_bytes):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    bomb = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(1000)))
    with pytest.raises(CloudStorageError, match="too large to be loaded safely") as caught:
        load_bytes(bomb)
    assert caught.value.code == "image_too_large"
