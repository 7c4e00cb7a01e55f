"""Row 17, memory: a large video file that Save Video to Cloud passes on as it is."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from .. import comfyuis
from ..measure import Case, Sample
from ..meters import peak_growth
from ..setting import ROOT, Setting, on_disk
from ..stores import Store, open_sink

FEW = 2_000_000
"""Bytes. What the first save of a process takes is not the file's."""

GOAL = "≤ 100 MB"

_PROGRAM = ROOT / "bench" / "large_video.py"


@contextmanager
def open_part(setting: Setting) -> Iterator[list[Case]]:
    """In a ComfyUI that has just been started, since what a process has once taken it seldom gives back."""
    if setting.comfyui is None:
        yield []
        return
    with open_sink(setting, False, "sink") as store, on_disk(setting) as disk:
        small = _made(disk, FEW)
        large = _made(disk, setting.size(2_000_000_000, 2 * FEW))

        def growth() -> Sample:
            with comfyuis.ours(disk) as comfyui:
                _save(comfyui, store, small)
                with peak_growth(comfyui.pids) as grown:
                    _save(comfyui, store, large)
                return Sample(grown())

        work = f"a video file of {large.stat().st_size / 1e9:.2g} GB passed on: memory"
        yield [Case(work, growth, unit="MB", goal=GOAL, warm=False)]


def _save(comfyui: comfyuis.MeasuredComfyUI, store: Store, file: Path) -> None:
    prefix = f"passed/{file.stem}/"
    comfyui.run(_prompt(store.profile, prefix, file))
    (size,) = store.sizes(prefix).values()
    store.remove(prefix)
    if not 0.99 < size / file.stat().st_size < 1.01:
        raise AssertionError(f"{size} bytes were stored of {file.stat().st_size}")


def _prompt(profile: str, prefix: str, file: Path) -> dict[str, Any]:
    save = {"video": ["video", 0], "format": "auto", "codec": "auto", "key_prefix": prefix, "filename": "video"}
    return {
        "video": {"class_type": "BenchVideo", "inputs": {"file": str(file)}},
        "profile": {"class_type": "CloudStorageProfile", "inputs": {"profile": profile}},
        "save": {"class_type": "SaveVideoToCloud", "inputs": {**save, "profile": ["profile", 0]}},
    }


def _made(setting: Setting, size: int) -> Path:
    """By ComfyUI's Python: ours has no PyAV."""
    assert setting.comfyui
    file = setting.new_folder("video") / f"{size}.mp4"
    subprocess.run([setting.comfyui.python, _PROGRAM, file, str(size)], check=True)
    return file
