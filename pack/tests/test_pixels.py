"""Image batches go to the engine as the bytes, or as the JPEGs, that ComfyUI's own pixels would make."""

import io
from pathlib import Path

import numpy as np
import pytest
import torch
from conftest import part
from PIL import Image

pixels = part("pixels")
CloudStorageError = part("problems").CloudStorageError


def bytes_of(handed, key):
    return Path(handed.params[key]["path"]).read_bytes()


@pytest.mark.parametrize("shape", [(1, 2, 3, 3), (3, 5, 7, 4), (2, 4, 4, 1)])
def test_pixels_are_in_the_file_as_comfyui_makes_them(tensor, shape):
    images = tensor(*shape)
    handed = pixels.hand_pixels_over("images", images, {"format": "png"})
    described = handed.params["pixels"]
    assert tuple(described[side] for side in ("batch", "height", "width", "channels")) == shape
    plain = np.clip(255.0 * images.numpy(), 0, 255).astype(np.uint8)
    assert bytes_of(handed, "pixels")[: plain.size] == plain.tobytes()
    handed.release()


def test_other_float_types_are_converted():
    images = torch.from_numpy(np.full((1, 2, 2, 3), 0.5, dtype=np.float16))
    handed = pixels.hand_pixels_over("images", images, {})
    assert bytes_of(handed, "pixels")[:12] == bytes([127] * 12)
    handed.release()


def test_a_batch_that_does_not_lie_in_memory_as_it_is_read_is_handed_over_in_order(tensor):
    images = torch.from_numpy(tensor(4, 5, 9, 7).numpy().transpose(0, 2, 3, 1)[::2, :, ::3, 1:4])
    handed = pixels.hand_pixels_over("images", images, {})
    plain = np.clip(255.0 * images.numpy(), 0, 255).astype(np.uint8)
    assert bytes_of(handed, "pixels")[: plain.size] == plain.tobytes()
    handed.release()


@pytest.mark.parametrize("channels", [1, 3, 4])
def test_jpegs_are_what_pillow_makes_of_comfyuis_pixels(tensor, channels):
    images = tensor(3, 9, 11, channels)
    handed = pixels.hand_pixels_over("images", images, {"format": "jpg", "quality": 80})
    encoded = handed.params["encoded"]
    assert (encoded["width"], encoded["height"]) == (11, 9)
    data, start = bytes_of(handed, "encoded"), 0
    for length, image in zip(encoded["lengths"], images.numpy(), strict=True):
        plain = np.clip(255.0 * image, 0, 255).astype(np.uint8)
        buffer = io.BytesIO()
        Image.fromarray(plain[..., 0] if channels == 1 else plain[..., :3]).save(buffer, "JPEG", quality=80)
        assert data[start : start + length] == buffer.getvalue()
        start += length
    handed.release()


def test_values_outside_of_0_to_1_are_cut_off_and_not_wrapped():
    images = torch.from_numpy(np.array([[[[-1.0, 2.0, np.nan]]]], dtype=np.float32).repeat(8, 1).repeat(8, 2))
    handed = pixels.hand_pixels_over("images", images, {"format": "jpg", "quality": 100})
    picture = Image.open(io.BytesIO(bytes_of(handed, "encoded")[: handed.params["encoded"]["lengths"][0]]))
    red, green, blue = picture.getpixel((4, 4))
    assert red < 5 and green > 250 and blue < 5
    handed.release()


@pytest.mark.parametrize("shape", [(), (2, 2), (2, 2, 3), (0, 4, 4, 3), (1, 0, 4, 3), (1, 4, 4, 2), (1, 1, 4, 4, 3)])
@pytest.mark.parametrize("image_format", ["png", "jpg"])
def test_what_is_no_image_batch_is_refused_by_name(tensor, shape, image_format):
    with pytest.raises(CloudStorageError, match="Input images is not usable") as caught:
        pixels.hand_pixels_over("images", tensor(*shape), {"format": image_format})
    assert caught.value.code == "input_not_usable"
    with pytest.raises(CloudStorageError, match="not an image"):
        pixels.hand_pixels_over("images", None, {"format": image_format})


def test_a_picture_wider_than_jpeg_can_hold_is_refused(tensor):
    with pytest.raises(CloudStorageError, match="does not fit into jpg") as caught:
        pixels.hand_pixels_over("images", tensor(1, 1, 65_501, 1), {"format": "jpg"})
    assert caught.value.code == "image_too_large_for_format"


def test_no_room_is_an_error_for_the_user(tensor, monkeypatch):
    def no_room(size):
        raise OSError(28, "No space left on device")

    pool = part("engine").hand_over()
    monkeypatch.setattr(pool, "lease", no_room)
    with pytest.raises(CloudStorageError, match="No room for") as caught:
        pixels.hand_pixels_over("images", tensor(1, 2, 2, 3), {})
    assert caught.value.code == "disk_full"


def test_a_failed_copy_gives_the_memory_back(monkeypatch, tensor):
    pool = part("engine").hand_over()

    def fail(images, target):
        raise RuntimeError("CUDA error")

    monkeypatch.setattr(part("samples"), "convert", fail)
    with pytest.raises(RuntimeError):
        pixels.hand_pixels_over("images", tensor(1, 2, 2, 3), {})
    assert pool._leased == []
