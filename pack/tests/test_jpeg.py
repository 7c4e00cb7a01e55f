"""JPEGs are the same whichever kind of file Pillow writes them into, and no file is left."""

import os
import tempfile
from types import SimpleNamespace

import numpy as np
import pytest
from conftest import part
from PIL import Image

jpeg = part("jpeg")

BATCH = np.random.default_rng(5).random((5, 40, 56, 3), dtype=np.float32)


@pytest.fixture
def temporary(tmp_path, monkeypatch):
    """Where temporary files go, and how many there were."""
    made = []
    usual = tempfile.TemporaryFile
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(tempfile, "TemporaryFile", lambda: made.append(usual()) or made[-1])
    yield made
    assert all(file.closed for file in made)
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize("system", ["darwin", "win32"])
@pytest.mark.parametrize("channels", [1, 3, 4])
def test_without_files_in_memory_they_are_the_same(monkeypatch, temporary, system, channels):
    batch = np.ascontiguousarray(np.concatenate([BATCH, BATCH], axis=-1)[..., :channels])
    usual = jpeg.compress(batch, 90)
    monkeypatch.setattr(jpeg, "sys", SimpleNamespace(platform=system))
    assert jpeg.compress(batch, 90) == usual
    assert len(temporary) == len(batch)


def test_a_linux_whose_python_has_none_takes_a_temporary_file(monkeypatch, temporary):
    usual = jpeg.compress(BATCH, 90)
    monkeypatch.delattr(os, "memfd_create", raising=False)
    assert jpeg.compress(BATCH, 90) == usual
    assert len(temporary) == len(BATCH)


def test_what_fails_leaves_no_file(monkeypatch, temporary):
    monkeypatch.setattr(jpeg, "sys", SimpleNamespace(platform="win32"))
    monkeypatch.setattr(Image.Image, "save", lambda *_, **__: (_ for _ in ()).throw(OSError("no room")))
    with pytest.raises(OSError, match="no room"):
        jpeg.compress(BATCH, 90)
    assert temporary
