"""Nothing is lost: a store that is gone, a ComfyUI and an engine that are killed, two ComfyUIs under one template."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from bases import make_base
from comfyui import DONE_WITHIN, ComfyUI, Page, Run
from conftest import Start
from stores import BUCKET, Store

Prompt = dict[str, dict[str, Any]]

PICTURES = 3


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path / "store")
    if not store.is_to_be_had:
        pytest.skip("VERSITYGW and RCLONE name no S3 server")
    yield store
    store.stop()


@pytest.fixture
def home(tmp_path: Path, store: Store) -> Path:
    return make_base(tmp_path / "comfyui", {"far": store.settings()})


def save(node: str, **inputs: Any) -> dict[str, Any]:
    return {"class_type": node, "inputs": {"profile": ["profile", 0], "embed_workflow": False, **inputs}}


def pictures(seed: int, upload: str, prefix: str = "comfyui/images/") -> Prompt:
    sizes = {"seed": seed, "count": PICTURES, "width": 320, "height": 192, "channels": 3}
    return {
        "profile": {"class_type": "CloudStorageProfile", "inputs": {"profile": "far"}},
        "pictures": {"class_type": "ProbePictures", "inputs": sizes},
        "save": save(
            "SaveImageToCloud",
            images=["pictures", 0],
            key_prefix=prefix,
            filename="ComfyUI_%batch_num%",
            format="png",
            quality=95,
            upload=upload,
        ),
    }


def everything(upload: str) -> Prompt:
    tones = {"seed": 5, "count": 1, "channels": 2, "samples": 44_100, "sample_rate": 44_100}
    video = {"key_prefix": "comfyui/videos/", "filename": "clip", "format": "auto", "codec": "auto"}
    audio = {"key_prefix": "comfyui/audio/", "filename": "take", "format": "flac"}
    return {
        **pictures(1, upload),
        "tones": {"class_type": "ProbeTones", "inputs": tones},
        "clip": {"class_type": "CreateVideo", "inputs": {"images": ["pictures", 0], "fps": 8.0, "audio": ["tones", 0]}},
        "video": save("SaveVideoToCloud", video=["clip", 0], upload=upload, **video),
        "sound": save("SaveAudioToCloud", audio=["tones", 0], upload=upload, **audio),
    }


def saved(run: Run, *nodes: str) -> list[str]:
    assert run.succeeded, run.error
    start = f"s3://{BUCKET}/"
    lines = [line for node in nodes or ("save",) for line in run.ui(node)["text"]]
    return [line.removeprefix(start) for line in lines if line.startswith(start)]


def outbox(home: Path) -> list[dict[str, Any]]:
    """What `comfy-bucket outbox list` tells."""
    command = [sys.executable, "-m", "comfy_bucket", "outbox", "list", "--json"]
    environment = os.environ | {"COMFY_S3_PROFILES": str(home / "profiles.json")}
    told = subprocess.run(command, env=environment, check=True, capture_output=True, text=True, timeout=120)
    return [json.loads(line) for line in told.stdout.splitlines()]


def await_empty(home: Path) -> None:
    deadline = time.monotonic() + DONE_WITHIN
    while (home / "outbox" / "owners").exists():
        assert time.monotonic() < deadline, outbox(home)
        time.sleep(0.2)
    assert outbox(home) == []
    assert [file.name for file in (home / "outbox").iterdir()] == []


def digests(files: dict[str, bytes]) -> dict[str, str]:
    return {name: hashlib.sha256(bytes).hexdigest() for name, bytes in files.items()}


def test_what_was_saved_in_the_background_survives_everything(
    start: Start, store: Store, home: Path, python: str
) -> None:
    first = start(home, "far")
    page = Page(first, python)
    run = first.run(everything("background"))
    keys = saved(run, "save", "video", "sound")
    assert len(set(keys)) == PICTURES + 2
    told = page.await_notice("Uploads wait")
    assert told["severity"] == "warn"
    assert store.address in told["detail"]
    later = first.run(pictures(2, "background", "more/"))
    keys += saved(later)
    waiting = [line for line in later.ui("save")["text"] if line.startswith("outbox: ")]
    assert len(waiting) == 1
    assert f"waiting for {BUCKET}" in waiting[0]
    jobs = outbox(home)
    assert sorted(job["uri"] for job in jobs) == sorted(f"s3://{BUCKET}/{key}" for key in keys)
    assert {job["state"] for job in jobs} == {"waiting"}
    assert "endpoint_unreachable" in {job.get("code") for job in jobs}
    page.close()
    first.kill()

    assert {job["state"] for job in outbox(home)} == {"left"}
    kept = {job["uri"]: Path(job["file"]).read_bytes() for job in jobs}
    store.start()
    second = start(home, "far")
    page = Page(second, python)
    assert f"{len(keys)} files from before" in page.await_notice("Uploads go on")["detail"]
    assert page.await_notice("Uploads done")["severity"] == "success"
    await_empty(home)
    there = store.objects()
    assert sorted(there) == sorted(keys)
    for key in saved(run, "video", "sound"):
        assert there[key] == kept[f"s3://{BUCKET}/{key}"]
    again = saved(second.run(pictures(1, "wait", "again/"))) + saved(second.run(pictures(2, "wait", "again/")))
    expected = digests(store.objects())
    assert [expected[key] for key in saved(run) + saved(later)] == [expected[key] for key in again]
    page.close()
    second.stop()


def test_two_comfyuis_under_one_template_lose_nothing(start: Start, store: Store, home: Path, tmp_path: Path) -> None:
    runs = 8
    store.start()
    other = make_base(tmp_path / "other", {})
    comfyuis = [start(home, "far"), start(other, "far", settings=home)]

    def queue(comfyui: ComfyUI, seed: int) -> str:
        return comfyui.queue(pictures(seed, "background" if seed % 2 else "wait", "shared/"))

    queued = [(comfyui, seed, queue(comfyui, seed)) for seed in range(runs) for comfyui in comfyuis]
    keys = {(comfyui.port, seed): saved(comfyui.await_end(prompt)) for comfyui, seed, prompt in queued}
    await_empty(home)
    there = digests(store.objects())
    assert sorted(there) == sorted(key for run in keys.values() for key in run)
    assert len(there) == 2 * runs * PICTURES
    one, two = (comfyui.port for comfyui in comfyuis)
    for seed in range(runs):
        assert [there[key] for key in keys[one, seed]] == [there[key] for key in keys[two, seed]]
    assert len(set(there.values())) == runs * PICTURES
    for comfyui in comfyuis:
        comfyui.stop()
