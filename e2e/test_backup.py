"""Automatic backup: what ComfyUI's own nodes write goes to the bucket, once, without a node of ours."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from bases import make_base
from comfyui import DONE_WITHIN, ComfyUI, Run
from conftest import Start

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


def backed_up(home: Path) -> dict[str, bytes]:
    bucket = home / "bucket" / "comfyui"
    files = [file for file in bucket.rglob("*") if file.is_file()]
    names = {file.relative_to(bucket).as_posix(): file for file in files}
    return {name: file.read_bytes() for name, file in names.items() if not name.startswith(".")}


def expected(home: Path, files: list[Path]) -> dict[str, bytes]:
    return {f"comfyui/output/{file.relative_to(home / 'output').as_posix()}": file.read_bytes() for file in files}


def await_backup(home: Path, files: list[Path]) -> None:
    deadline = time.monotonic() + DONE_WITHIN
    while backed_up(home) != expected(home, files):
        assert time.monotonic() < deadline, sorted(backed_up(home))
        time.sleep(0.5)


def test_what_comfyuis_own_nodes_write_is_backed_up_once(start: Start, tmp_path: Path) -> None:
    home = tmp_path / "comfyui"
    local = {"provider": "Local", "folder": str(home / "bucket"), "auto_backup": True}
    make_base(home, {"safe": local})
    (home / "output" / "before.png").write_bytes(b"it was there before")
    first: ComfyUI = start(home, "safe")
    ledgers = home / "outbox" / "backups"
    deadline = time.monotonic() + DONE_WITHIN
    while not ledgers.is_dir() or not any(ledgers.glob("*.jsonl")):
        assert time.monotonic() < deadline, first.log.read_text()[-4000:]
        time.sleep(0.1)
    files = written(home, first.run(pictures(1))) + written(home, first.run(clip()))
    await_backup(home, files)
    first.kill()
    second: ComfyUI = start(home, "safe")
    files += written(home, second.run(pictures(2)))
    await_backup(home, files)
    time.sleep(10)
    assert backed_up(home) == expected(home, files)
    second.stop()
