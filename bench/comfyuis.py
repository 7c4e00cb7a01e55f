"""Real ComfyUIs to measure in: one with our pack, one with the pack that ours replaces, each a process of its own."""

from __future__ import annotations

import itertools
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from comfy_bucket.command import find_installation
from comfyui import ComfyUI, Run

from .measure import Sample
from .meters import cpu_seconds, tree
from .setting import ROOT, WHEEL, ComfyUISetting, Setting

_HERE = Path(__file__).parent

Start = Callable[..., AbstractContextManager["MeasuredComfyUI"]]
"""One of `ours` and `original`."""

_numbers = itertools.count(1)


class MeasuredComfyUI:
    """A running ComfyUI whose prompts are timed by its own clock: from a prompt's start to its end."""

    def __init__(self, running: ComfyUI) -> None:
        self.running = running
        inputs = running.get("/object_info/SaveImageToCloud")["SaveImageToCloud"]["input"]
        self.has_upload = "upload" in {**inputs["required"], **inputs.get("optional", {})}
        """Whether its pack can save without waiting for the upload."""

    def run(self, prompt: dict[str, Any]) -> tuple[Sample, Run]:
        """What a prompt takes, pictures from an earlier prompt ready. Raises when it fails."""
        before = {pid: cpu_seconds(pid) for pid in self.pids()}
        run = self.running.run(prompt)
        cpu = sum(cpu_seconds(pid) - before.get(pid, 0.0) for pid in self.pids())
        if not run.succeeded:
            raise AssertionError(run.error)
        times = {name: data["timestamp"] for name, data in run.history["status"]["messages"]}
        return Sample((times["execution_success"] - times["execution_start"]) / 1000, cpu), run

    def pids(self) -> list[int]:
        """ComfyUI and our engine."""
        return tree(self.running.process.pid)

    def load_pictures(self, file: Path) -> None:
        """Has the pictures ready for later prompts."""
        pictures = {"class_type": "BenchPictures", "inputs": {"file": str(file)}}
        self.run({"pictures": pictures, "shown": {"class_type": "PreviewAny", "inputs": {"source": ["pictures", 0]}}})


def save_prompt(file: Path, profile: str, prefix: str, **inputs: Any) -> dict[str, Any]:
    """Save Image to Cloud, as both packs have it."""
    save = {"images": ["pictures", 0], "key_prefix": prefix, "filename": "%batch_num%", "profile": ["profile", 0]}
    return {
        "pictures": {"class_type": "BenchPictures", "inputs": {"file": str(file)}},
        "profile": {"class_type": "CloudStorageProfile", "inputs": {"profile": profile}},
        "save": {"class_type": "SaveImageToCloud", "inputs": {**save, "format": "png", "quality": 95, **inputs}},
    }


def core_save_prompt(file: Path) -> dict[str, Any]:
    """ComfyUI's own Save Image, to the local disk."""
    return {
        "pictures": {"class_type": "BenchPictures", "inputs": {"file": str(file)}},
        "save": {
            "class_type": "SaveImage",
            "inputs": {"images": ["pictures", 0], "filename_prefix": f"bench-{next(_numbers)}"},
        },
    }


def save_pictures(setting: Setting, images: np.ndarray) -> Path:
    """As a file for the ComfyUIs."""
    file = setting.new_folder("pictures") / "batch.npy"
    np.save(file, images)
    return file


@contextmanager
def ours(setting: Setting, models: Path | None = None) -> Iterator[MeasuredComfyUI]:
    """A ComfyUI with this checkout's pack; `models` is its folder of models where it shall not be in memory."""
    assert setting.comfyui
    with _running(setting, setting.comfyui, _link_ours, models) as running:
        yield running


@contextmanager
def original(setting: Setting, models: Path | None = None) -> Iterator[MeasuredComfyUI]:
    """A ComfyUI with the pack that ours replaces."""
    assert setting.comfyui and setting.comfyui.original
    pack = setting.comfyui.original

    with _running(setting, setting.comfyui, lambda nodes: wrap_original(nodes, pack), models) as running:
        yield running


def wrap_original(nodes: Path, pack: Path) -> Path:
    """Makes a folder in `nodes` that loads the pack which ours replaces."""
    folder = nodes / "original"
    folder.mkdir()
    text = (_HERE / "original_pack.py").read_text()
    (folder / "__init__.py").write_text(text.replace('"PACK_FOLDER"', repr(str(pack))))
    return folder


def _link_ours(nodes: Path) -> None:
    (nodes / "comfyui-cloud-storage").symlink_to(ROOT, target_is_directory=True)


@contextmanager
def _running(
    setting: Setting, comfyui: ComfyUISetting, link_pack: Callable[[Path], object], models: Path | None
) -> Iterator[MeasuredComfyUI]:
    base = setting.new_folder("comfyui")
    for name in ("custom_nodes", "input", "output", "temp", "user"):
        (base / name).mkdir()
    (base / "models").symlink_to(models) if models else (base / "models").mkdir()
    link_pack(base / "custom_nodes")
    shutil.copytree(_HERE / "comfyui_nodes", base / "custom_nodes" / "bench_nodes")
    # Where the original looks for the profiles; ours is told by the environment.
    (base / "user" / "__cloud_storage").mkdir()
    (base / "user" / "__cloud_storage" / "profiles.json").write_text(setting.profiles.read_text())
    environment = {
        "PYTHONPATH": os.pathsep.join([str(WHEEL), os.environ.get("PYTHONPATH", "")]),
        "COMFY_BUCKET_JAVA": str(find_installation().java.program),
    }
    running = ComfyUI(comfyui.folder, str(comfyui.python), base, environment)
    try:
        yield MeasuredComfyUI(running)
    finally:
        running.stop()
        shutil.rmtree(base, ignore_errors=True)
