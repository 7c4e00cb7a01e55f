"""A cancel while bytes are on their way ends each node that moves them within a second, and leaves nothing half."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
from bases import ROOT, make_base
from comfyui import ComfyUI, Run
from conftest import Start
from hollow_model import MEBIBYTE, make_hollow_model
from line import Line
from stores import BUCKET, Store

Prompt = dict[str, dict[str, Any]]

WITHIN = 1.0
"""Seconds from the press of the button until ComfyUI says that the prompt has ended."""

SLOW, FAST = 500_000.0, 1e9
"""Bytes a second."""

UNDER_WAY = 128 * 1024
"""More bytes than any request or answer has without a file."""

SOURCES: Prompt = {
    "profile": {"class_type": "CloudStorageProfile", "inputs": {"profile": "far"}},
    "pictures": {
        "class_type": "ProbePictures",
        "inputs": {"seed": 1, "count": 2, "width": 1024, "height": 768, "channels": 3},
    },
    "frames": {
        "class_type": "ProbePictures",
        "inputs": {"seed": 2, "count": 72, "width": 640, "height": 480, "channels": 3},
    },
    "tones": {
        "class_type": "ProbeTones",
        "inputs": {"seed": 3, "count": 1, "channels": 2, "samples": 882_000, "sample_rate": 44_100},
    },
    "clip": {"class_type": "CreateVideo", "inputs": {"images": ["frames", 0], "fps": 24.0}},
    "none": {"class_type": "ProbeNoModel", "inputs": {}},
}

SAVES: dict[str, dict[str, Any]] = {
    "SaveImageToCloud": {"images": ["pictures", 0], "filename": "p_%batch_num%", "format": "png", "quality": 95},
    "SaveVideoToCloud": {"video": ["clip", 0], "filename": "clip", "format": "auto", "codec": "auto"},
    "SaveAudioToCloud": {"audio": ["tones", 0], "filename": "take", "format": "flac"},
    "SaveFileToCloud": {"path": "large.bin", "filename": ""},
    "SaveTextToCloud": {"text": os.urandom(1_000_000).hex(), "filename": "note", "extension": "txt"},
}

LOADS: dict[str, dict[str, Any]] = {
    "LoadImageFromCloud": {"key": "in/p_0.png"},
    "LoadImagesFromCloud": {"prefix": "in/*.png", "max_images": 9, "order": "name"},
    "LoadAudioFromCloud": {"key": "in/take.flac"},
    "LoadVideoFromCloud": {"key": "in/clip.mp4"},
}

MODEL = "in/hollow.safetensors"

SIZE = 128 * MEBIBYTE

MODELS: dict[str, dict[str, Any]] = {
    "LoadModelFromCloud": {"model_type": "embeddings", "force_redownload": False},
    "LoadCheckpointFromCloud": {},
    "LoadLoraFromCloud": {"model": ["none", 0], "clip": ["none", 1], "strength_model": 1.0, "strength_clip": 1.0},
    "LoadVAEFromCloud": {},
    "LoadDiffusionModelFromCloud": {"weight_dtype": "default"},
    "LoadControlNetFromCloud": {},
    "LoadUpscaleModelFromCloud": {},
    "LoadCLIPVisionFromCloud": {},
    "LoadTextEncoderFromCloud": {"type": "stable_diffusion"},
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store = Store(tmp_path_factory.mktemp("cancel") / "store")
    if not store.is_to_be_had:
        pytest.skip("VERSITYGW and RCLONE name no S3 server")
    store.start()
    yield store
    store.stop()


@pytest.fixture(scope="module")
def fast_line(store: Store) -> Iterator[Line]:
    line = Line(store.address, FAST)
    yield line
    line.close()


@pytest.fixture
def line(fast_line: Line) -> Iterator[Line]:
    fast_line.bytes_per_second = SLOW
    yield fast_line
    fast_line.bytes_per_second = FAST


@pytest.fixture(scope="module")
def home(store: Store, fast_line: Line, tmp_path_factory: pytest.TempPathFactory) -> Path:
    far = {**store.settings(), "endpoint_url": f"http://{fast_line.address}"}
    home = make_base(tmp_path_factory.mktemp("cancel") / "comfyui", {"far": far})
    (home / "output" / "large.bin").write_bytes(os.urandom(40 * MEBIBYTE))  # goes in parts
    return home


@pytest.fixture(scope="module")
def comfyui(start: Start, home: Path, store: Store) -> ComfyUI:
    """One in which every save node has run: what is made or found out once is there, and below `in/` what is loaded."""
    comfyui = start(home, "far")
    for node in SAVES:
        done(comfyui.run(save(node, "in/")))
    model = home / "input" / Path(MODEL).name
    make_hollow_model(model, SIZE)
    store.client().upload_file(str(model), BUCKET, MODEL)
    return comfyui


def save(node: str, prefix: str) -> Prompt:
    """A prompt that saves the same each time."""
    inputs = {**SAVES[node], "key_prefix": prefix, "on_conflict": "overwrite", "profile": ["profile", 0]}
    return {**SOURCES, "node": {"class_type": node, "inputs": inputs}}


def load(node: str, **inputs: Any) -> Prompt:
    show = {"class_type": "PreviewAny", "inputs": {"source": ["node", 0]}}
    return {**SOURCES, "node": {"class_type": node, "inputs": {**inputs, "profile": ["profile", 0]}}, "show": show}


def done(run: Run) -> Run:
    assert run.succeeded, run.error
    return run


def cancel_under_way(comfyui: ComfyUI, line: Line, prompt: Prompt, after: int = UNDER_WAY) -> None:
    """Presses the button when so many bytes have passed, and sees the prompt end. The line is fast then, and empty."""
    before = line.sent + line.received
    queued = comfyui.queue(prompt)
    eventually(lambda: line.sent + line.received > before + after)
    pressed = time.monotonic()
    comfyui.post("/interrupt", {})
    run = comfyui.await_end(queued)
    took = time.monotonic() - pressed
    assert run.interrupted, run.history
    print(f"{prompt['node']['class_type']} ended {took:.2f} s after the cancel")
    assert took <= WITHIN
    line.bytes_per_second = FAST
    passed = -1
    while line.sent + line.received != passed:
        passed = line.sent + line.received
        time.sleep(0.3)


def eventually(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.01)


class Left:
    """What is left of a prompt below ComfyUI's folder and in the store."""

    ANYWAY = ("comfyui.*.log", "cache/*/engine-*", "outbox/owners/*")
    """ComfyUI's log, the engine's compiled code, and its mark in the outbox, which stays for a while: no matter."""

    def __init__(self, home: Path, store: Store) -> None:
        self._home = home
        self._store = store
        self._before = self._look()

    def new(self) -> set[str]:
        """Files, objects and unfinished uploads in parts."""
        return self._look() - self._before

    def _look(self) -> set[str]:
        files = {str(file.relative_to(self._home)) for file in self._home.rglob("*") if file.is_file()}
        files -= {file for file in files for name in self.ANYWAY if fnmatch(file, name)}
        objects = self._store.client().list_objects_v2(Bucket=BUCKET).get("Contents", [])
        parts = self._store.unfinished()
        return files | {f"s3://{entry['Key']}" for entry in objects} | {f"parts of s3://{key}" for key in parts}

    def await_nothing(self) -> None:
        """The engine may still be clearing up when the node has ended."""
        deadline = time.monotonic() + 20
        while new := self.new():
            assert time.monotonic() < deadline, new
            time.sleep(0.2)


@pytest.mark.parametrize("node", SAVES)
def test_a_cancelled_save_leaves_nothing(comfyui: ComfyUI, store: Store, home: Path, line: Line, node: str) -> None:
    prompt = save(node, f"out/{node}/")
    left = Left(home, store)
    cancel_under_way(comfyui, line, prompt)
    left.await_nothing()
    done(comfyui.run(prompt))
    assert any(name.startswith(f"s3://out/{node}/") for name in left.new()), "it is saved when nobody cancels it"


@pytest.mark.parametrize("node", LOADS)
def test_a_cancelled_load_leaves_nothing(comfyui: ComfyUI, store: Store, home: Path, line: Line, node: str) -> None:
    prompt = load(node, **LOADS[node])
    left = Left(home, store)
    cancel_under_way(comfyui, line, prompt)
    left.await_nothing()
    done(comfyui.run(prompt))


@pytest.mark.parametrize("node", MODELS)
def test_a_cancelled_download_leaves_nothing_of_a_model(
    comfyui: ComfyUI, store: Store, home: Path, line: Line, node: str
) -> None:
    prompt = load(node, key=MODEL, **MODELS[node])
    left = Left(home, store)
    cancel_under_way(comfyui, line, prompt)
    left.await_nothing()


def test_what_has_come_whole_of_a_model_does_not_come_again(
    comfyui: ComfyUI, store: Store, home: Path, line: Line
) -> None:
    line.bytes_per_second = 4 * SIZE / 10
    prompt = load("LoadModelFromCloud", key=MODEL, **MODELS["LoadModelFromCloud"])
    left = Left(home, store)
    cancel_under_way(comfyui, line, prompt, SIZE * 3 // 4)
    begun = sorted(Path(file).name for file in left.new())
    assert [name.rpartition(".")[2] for name in begun] == ["download", "journal"]
    assert all(name.startswith(f"{Path(MODEL).name}.") for name in begun)
    before = line.received
    done(comfyui.run(prompt))
    print(f"{(line.received - before) / MEBIBYTE:.0f} of {SIZE / MEBIBYTE:.0f} MiB came again")
    assert line.received - before < SIZE * 3 // 4
    name = Path(MODEL).name
    assert sorted(Path(file).name for file in left.new()) == [name, f"{name}.s3etag", f"{name}.s3model"]


def test_every_node_that_moves_files_is_cancelled_here() -> None:
    contract = json.loads((ROOT / "pack" / "nodes.json").read_text(encoding="utf-8"))["nodes"]
    moving = {node["id"] for node in contract if node["id"].startswith(("Save", "Load"))}
    assert {*SAVES, *LOADS, *MODELS} == moving
