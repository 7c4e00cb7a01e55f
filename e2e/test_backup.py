"""Automatic backup: what ComfyUI's own nodes write goes to the bucket, once, without a node of ours."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from bases import make_base
from comfyui import DONE_WITHIN, ComfyUI, Page, Run
from conftest import Start
from stores import Store

Prompt = dict[str, dict[str, Any]]

PROBE = {"count": 2, "width": 320, "height": 192, "channels": 3}


def pictures(seed: int) -> Prompt:
    return {
        "pictures": {"class_type": "ProbePictures", "inputs": {"seed": seed, **PROBE}},
        "save": {"class_type": "SaveImage", "inputs": {"images": ["pictures", 0], "filename_prefix": "sub/cat"}},
    }


def clip() -> Prompt:
    video = {"video": ["clip", 0], "filename_prefix": "video/clip", "format": "auto", "codec": "auto"}
    return {
        "pictures": {"class_type": "ProbePictures", "inputs": {"seed": 9, **PROBE, "count": 24}},
        "clip": {"class_type": "CreateVideo", "inputs": {"images": ["pictures", 0], "fps": 8.0}},
        "save": {"class_type": "SaveVideo", "inputs": video},
    }


def written(home: Path, run: Run) -> list[Path]:
    assert run.succeeded, run.error
    return [home / "output" / file["subfolder"] / file["filename"] for file in run.ui("save")["images"]]


class Local:
    """The embedded store's folder, as a store that is there as soon as somebody uses it."""

    is_to_be_had = True

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def settings(self) -> dict[str, object]:
        return {"provider": "Local", "folder": str(self.folder)}

    def start(self) -> None:
        """It has started."""

    def stop(self) -> None:
        """It ends with the engine."""

    def objects(self) -> dict[str, bytes]:
        bucket = self.folder / "comfyui"
        files = [file for file in bucket.rglob("*") if file.is_file()]
        names = {file.relative_to(bucket).as_posix(): file for file in files}
        return {name: file.read_bytes() for name, file in names.items() if not name.startswith(".")}


@pytest.fixture(params=["Local", "versitygw", "minio", "rclone"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Local | Store]:
    name = request.param
    store = Local(tmp_path / "bucket") if name == "Local" else Store(tmp_path / "store", name)
    if not store.is_to_be_had:
        pytest.skip(f"{name.upper()} names no S3 server")
    store.start()
    yield store
    store.stop()


SUFFIX = re.compile(r"_[0-9a-f]{16}(?=\.)")


def backed_up(store: Local | Store) -> dict[str, bytes]:
    """By the keys without the suffix that a store without conditional writes makes necessary (rclone)."""
    objects = store.objects()
    plain = {SUFFIX.sub("", key): content for key, content in objects.items()}
    assert len(plain) == len(objects), sorted(objects)
    return plain


def expected(home: Path, files: list[Path]) -> dict[str, bytes]:
    return {f"comfyui/output/{file.relative_to(home / 'output').as_posix()}": file.read_bytes() for file in files}


def await_backup(store: Local | Store, home: Path, files: list[Path]) -> None:
    deadline = time.monotonic() + DONE_WITHIN
    while backed_up(store) != expected(home, files):
        assert time.monotonic() < deadline, sorted(backed_up(store))
        time.sleep(0.5)


def test_what_comfyuis_own_nodes_write_is_backed_up_once(
    start: Start, store: Local | Store, tmp_path: Path, python: str
) -> None:
    home = tmp_path / "comfyui"
    reader = {**store.settings(), "read_only": True, "auto_backup": True}
    make_base(home, {"safe": {**store.settings(), "auto_backup": True}, "reader": reader})
    (home / "output" / "before.png").write_bytes(b"it was there before")
    first: ComfyUI = start(home, "safe")
    page = Page(first, python)
    assert "read-only" in page.await_notice("No backup with the profile reader")["detail"]
    page.close()
    ledgers = home / "outbox" / "backups"
    deadline = time.monotonic() + DONE_WITHIN
    while not ledgers.is_dir() or not any(ledgers.glob("*.jsonl")):
        assert time.monotonic() < deadline, first.log.read_text()[-4000:]
        time.sleep(0.1)
    files = written(home, first.run(pictures(1))) + written(home, first.run(clip()))
    await_backup(store, home, files)
    first.kill()
    second: ComfyUI = start(home, "safe")
    files += written(home, second.run(pictures(2)))
    await_backup(store, home, files)
    time.sleep(10)
    assert backed_up(store) == expected(home, files)
    second.stop()
