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


def command(home: Path, *words: str, expected: int = 0) -> list[dict[str, Any]]:
    """What `comfy-bucket outbox …` tells."""
    line = [sys.executable, "-m", "comfy_bucket", "outbox", *words, "--json"]
    environment = os.environ | {"COMFY_S3_PROFILES": str(home / "profiles.json")}
    told = subprocess.run(line, env=environment, check=False, capture_output=True, text=True, timeout=120)
    assert told.returncode == expected, told.stdout + told.stderr
    return [json.loads(one) for one in told.stdout.splitlines()]


def await_empty(home: Path) -> None:
    deadline = time.monotonic() + DONE_WITHIN
    while (home / "outbox" / "owners").exists():
        assert time.monotonic() < deadline, outbox(home)
        time.sleep(0.2)
    assert outbox(home) == []
    assert [file.name for file in (home / "outbox").iterdir()] == []


def outbox(home: Path) -> list[dict[str, Any]]:
    return command(home, "list")


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


def test_the_commands_of_the_outbox(start: Start, store: Store, home: Path, tmp_path: Path) -> None:
    comfyui = start(home, "far")
    first = comfyui.run(pictures(1, "wait"))
    assert not first.succeeded
    assert "comfy-bucket outbox retry" in first.error
    later = saved(comfyui.run(pictures(2, "background", "later/")))
    jobs = {job["job"]: job for job in outbox(home)}
    held = [job for job, told in jobs.items() if told["state"] == "held"]
    waiting = [job for job, told in jobs.items() if told["state"] == "waiting"]
    assert (len(held), len(waiting)) == (PICTURES, PICTURES)
    assert "endpoint_unreachable" in {jobs[job].get("code") for job in held}

    told = command(home, "export", "--to", str(tmp_path / "exported"))
    assert {line["state"] for line in told} == {"exported"}
    exported = {file.name: file.read_bytes() for file in (tmp_path / "exported").rglob("*") if file.is_file()}
    assert len(exported) == 2 * PICTURES
    assert all(file.startswith(b"\x89PNG") and file[-8:-4] == b"IEND" for file in exported.values())
    (refused,) = command(home, "retry", held[0], expected=7)
    assert (refused["state"], refused["code"]) == ("failed", "endpoint_unreachable")
    assert command(home, "cancel", held[1], waiting[1])[1]["state"] == "cancelled"

    store.start()
    (sent,) = command(home, "retry", held[0])
    assert sent["state"] == "sent"
    key = sent["uri"].removeprefix(f"s3://{BUCKET}/")
    assert store.objects()[key] == exported[Path(key).name]
    node = comfyui.run(pictures(3, "wait", "now/"))
    assert any(" not uploaded; see: comfy-bucket outbox list" in line for line in node.ui("save")["text"])
    now = saved(node)
    command(home, "retry")
    await_empty(home)
    kept = [jobs[job]["uri"].removeprefix(f"s3://{BUCKET}/") for job in (held[0], held[2])]
    gone = jobs[waiting[1]]["uri"].removeprefix(f"s3://{BUCKET}/")
    assert sorted(store.objects()) == sorted([*kept, *now, *(key for key in later if key != gone)])
    comfyui.stop()


def test_what_was_refused_is_sent_when_the_profile_is_mended(
    start: Start, store: Store, home: Path, python: str
) -> None:
    store.start()
    profiles = home / "profiles.json"
    right = profiles.read_text()
    profiles.write_text(right.replace("e2e-secret-key", "an-old-secret-key"))
    comfyui = start(home, "far")
    page = Page(comfyui, python)
    keys = saved(comfyui.run(pictures(1, "background")))
    told = page.await_notice("Upload failed")
    assert told["severity"] == "error"
    assert "comfy-bucket outbox list" in told["detail"]
    deadline = time.monotonic() + DONE_WITHIN
    while {job["state"] for job in outbox(home)} != {"held"}:
        assert time.monotonic() < deadline, outbox(home)
        time.sleep(0.2)
    profiles.write_text(right)
    assert f"{PICTURES} files" in page.await_notice("Uploads are tried again")["detail"]
    page.await_notice("Uploads done")
    await_empty(home)
    assert sorted(store.objects()) == sorted(keys)
    page.close()
    comfyui.stop()


FILE = {"node": "SaveFileToCloud", "path": "mesh.glb", "filename": ""}


@pytest.mark.parametrize("how", ["killed", "stopped"])
def test_a_large_file_of_the_temp_folder_outlives_comfyui(start: Start, store: Store, home: Path, how: str) -> None:
    store.start()
    comfyui = start(home, "far")
    content = os.urandom(1 << 20) * 150
    (home / "temp").mkdir(exist_ok=True)
    (home / "temp" / "mesh.glb").write_bytes(content)
    prompt = {
        "profile": {"class_type": "CloudStorageProfile", "inputs": {"profile": "far"}},
        "save": save(**FILE, key_prefix="files/", upload="background"),
    }
    # The first large file also has the engine find out what the store can do.
    (first,) = saved(comfyui.run({**prompt, "save": save(**FILE, key_prefix="first/", upload="wait")}))
    (key,) = saved(comfyui.run(prompt))
    begun = time.monotonic()
    if how == "killed":
        comfyui.kill()
    else:
        comfyui.stop()
        assert time.monotonic() - begun < 15
    second = start(home, "far")
    assert not (home / "temp" / "mesh.glb").exists()
    await_empty(home)
    assert store.objects() == {first: content, key: content}
    assert store.unfinished() == []
    second.stop()
