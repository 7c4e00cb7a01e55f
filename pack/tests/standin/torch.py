"""Tensors on numpy arrays."""

import contextlib

import numpy as np

float32 = np.float32


class Tensor:
    def __init__(self, array):
        self._array = array

    @property
    def shape(self):
        return self._array.shape

    def __getitem__(self, index):
        return Tensor(self._array[index])

    def view(self, shape):
        return Tensor(self._array.reshape(shape))

    def copy_(self, src):
        np.copyto(self._array, src._array, casting="unsafe")
        return self

    def detach(self):
        return self

    def to(self, device=None, dtype=None):
        return Tensor(self._array.astype(dtype or self._array.dtype, copy=False))

    def numpy(self):
        return self._array


def from_numpy(array):
    return Tensor(array)


def inference_mode():
    return contextlib.nullcontext()
