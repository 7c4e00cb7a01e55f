"""Floats become the bytes that ComfyUI's Save Image makes of them, wherever a picture is cut into bands."""

import numpy as np
import pytest
from conftest import part

samples = part("samples")


def converted(images):
    target = np.full(images.shape, 99, np.uint8)
    samples.convert(images, target)
    return target


def row(*values):
    return np.array(values, np.float32).reshape(1, 1, 1, -1)


def test_values_are_cut_and_truncated():
    values = row(0, 1, 0.5, -0.1, 1.5, 0.999999, 0.0039215, 0.0039216, -0.0, 1e30, -1e30)
    assert converted(values).ravel().tolist() == [0, 255, 127, 0, 255, 254, 0, 1, 0, 255, 0]


def test_infinity_is_cut_and_what_is_no_number_becomes_black():
    assert converted(row(np.inf, -np.inf, np.nan, -np.nan)).ravel().tolist() == [255, 0, 0, 0]


def test_every_eight_bit_value_is_what_save_image_makes_of_it():
    values = row(*(np.arange(256, dtype=np.float32) / np.float32(255)))
    plain = np.clip(255.0 * values, 0, 255).astype(np.uint8)
    assert (converted(values) == plain).all()


@pytest.mark.parametrize("shape", [(3, 700, 500, 3), (1, 2, 300_000, 1), (5, 1, 1, 4), (2, 1000, 263, 1)])
def test_every_sample_is_converted_whatever_the_bands(shape):
    images = np.random.default_rng(2).uniform(-0.1, 1.1, shape).astype(np.float32)
    plain = np.clip(np.float32(255) * images, 0, 255).astype(np.uint8)
    assert (converted(images) == plain).all()
    assert (samples.to_bytes(images[-1]) == plain[-1]).all()
