"""Large models on their way into a real ComfyUI: killed in the middle, and two ComfyUIs that want the same at once."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from bases import make_base
from comfyui import DONE_WITHIN, ComfyUI
from conftest import Start
from hollow_model import MEBIBYTE, make_hollow_model
from line import Line
from stores import Served, Store

SIZE = (1024 if os.environ.get("COMFY_BUCKET_LONG") else 512) * MEBIBYTE

KEY = "models/large.safetensors"

PIECE = 2 * MEBIBYTE

ON_THEIR_WAY = 32 * (PIECE + 7 * MEBIBYTE)
"""Of 16 connections and as many that are tried: a piece, and what the kernel holds that nobody has read yet."""

HTTP = MEBIBYTE
"""More than all headers take."""


@pytest.fixture(params=["local", "versitygw", "minio"])
def store(request: pytest.FixtureRequest, tmp_path: Path, wheel_folder: Path) -> Iterator[Store | Served]:
    if request.param == "local":
        served = Served(tmp_path / "store")
        served.start(wheel_folder)
        yield served
        served.stop()
        return
    store = Store(tmp_path / "store", request.param)
    if not store.is_to_be_had:
        pytest.skip(f"no {request.param}: {request.param.upper()} names none")
    store.start()
    yield store
    store.stop()


@pytest.fixture
def line(store: Store | Served) -> Iterator[Line]:
    line = Line(store.address, SIZE / 5)
    yield line
    line.close()


@pytest.fixture
def profiles(store: Store | Served, line: Line) -> dict[str, dict[str, object]]:
    return {"near": store.settings(), "far": {**store.settings(), "endpoint_url": f"http://{line.address}"}}


@pytest.fixture
def model(tmp_path: Path, wheel_folder: Path, profiles: dict[str, dict[str, object]]) -> Path:
    """What is in the bucket under KEY, as a file."""
    settings = make_base(tmp_path / "uploader", {"near": profiles["near"]}) / "profiles.json"
    file = tmp_path / Path(KEY).name
    make_hollow_model(file, SIZE)
    push = [sys.executable, "-m", "comfy_bucket", "push", str(file), "--to", "models/", "--profile", "near"]
    environment = os.environ | {"COMFY_S3_PROFILES": str(settings), "PYTHONPATH": str(wheel_folder)}
    subprocess.run(push, env=environment, check=True, stdout=subprocess.DEVNULL, timeout=DONE_WITHIN)
    return file


def same(one: Path, other: Path) -> bool:
    if one.stat().st_size != other.stat().st_size:
        return False
    with one.open("rb") as left, other.open("rb") as right:
        while data := left.read(16 * MEBIBYTE):
            if data != right.read(16 * MEBIBYTE):
                return False
    return True


def download() -> dict[str, Any]:
    inputs = {"model_type": "checkpoints", "key": KEY, "force_redownload": False, "profile": ["profile", 0]}
    return {
        "profile": {"class_type": "CloudStorageProfile", "inputs": {"profile": "far"}},
        "model": {"class_type": "LoadModelFromCloud", "inputs": inputs},
        "show": {"class_type": "PreviewAny", "inputs": {"source": ["model", 0]}},
    }


def await_bytes(line: Line, count: int) -> None:
    deadline = time.monotonic() + DONE_WITHIN
    while line.received < count:
        assert time.monotonic() < deadline, f"{line.received} bytes have come"
        time.sleep(0.005)


def noted_bytes(folder: Path) -> int:
    """What the journal of an unfinished download says is there; its last line may be written in part."""
    (journal,) = folder.glob("*.journal")
    pieces = re.findall(r"^piece ([0-9]+) [0-9a-f]{16} [0-9a-f]{8}$", journal.read_text(), re.MULTILINE)
    return len(set(pieces)) * PIECE


def test_a_download_that_was_killed_with_comfyui_goes_on(
    start: Start, tmp_path: Path, model: Path, line: Line, profiles: dict[str, dict[str, object]]
) -> None:
    home = make_base(tmp_path / "comfyui", profiles)
    here = home / "models" / "checkpoints" / "large.safetensors"
    comfyui = start(home, "far")
    comfyui.queue(download())
    await_bytes(line, SIZE * 3 // 4)
    comfyui.kill()
    line.await_silence(DONE_WITHIN)
    assert not here.exists()
    first, noted = line.received, noted_bytes(here.parent)
    assert noted >= first - ON_THEIR_WAY

    run = start(home, "far").run(download())
    assert run.succeeded, run.error
    assert run.ui("model")["text"][0].startswith("downloaded: large.safetensors")
    assert same(here, model)
    assert sorted(file.name for file in here.parent.iterdir() if file.name.startswith("large")) == [
        "large.safetensors",
        "large.safetensors.s3etag",
        "large.safetensors.s3model",
    ]
    print(f"{noted / MEBIBYTE:.0f} of {first / MEBIBYTE:.0f} MiB had come when it was killed, and did not come again")
    assert line.received - first <= SIZE - noted + HTTP


def test_two_comfyuis_that_share_a_folder_download_once(
    start: Start, tmp_path: Path, model: Path, line: Line, profiles: dict[str, dict[str, object]]
) -> None:
    shared = make_base(tmp_path / "one", profiles)
    other = make_base(tmp_path / "other", profiles)
    (other / "models").rmdir()
    (other / "models").symlink_to(shared / "models", target_is_directory=True)
    both: list[ComfyUI] = [start(shared, "far"), start(other, "far")]
    queued = [comfyui.queue(download()) for comfyui in both]
    for comfyui, prompt in zip(both, queued, strict=True):
        run = comfyui.await_end(prompt)
        assert run.succeeded, run.error
        assert "large.safetensors" in comfyui.get("/models/checkpoints")
    assert same(shared / "models" / "checkpoints" / "large.safetensors", model)
    print(f"{line.received / SIZE:.2f} downloads")
    assert line.received <= SIZE + ON_THEIR_WAY + HTTP
