"""Sounds, videos and batches of pictures loaded in a real ComfyUI: the same as what ComfyUI's own loaders read."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from comfyui import ComfyUI, Run

Prompt = dict[str, dict[str, Any]]

PROFILE: Prompt = {"profile": {"class_type": "CloudStorageProfile", "inputs": {"profile": "local"}}}

CLIP: Prompt = {
    "pictures": {
        "class_type": "ProbePictures",
        "inputs": {"seed": 5, "count": 12, "width": 320, "height": 192, "channels": 3},
    },
    "tones": {
        "class_type": "ProbeTones",
        "inputs": {"seed": 5, "count": 1, "channels": 2, "samples": 48_000, "sample_rate": 48_000},
    },
    "clip": {"class_type": "CreateVideo", "inputs": {"images": ["pictures", 0], "fps": 24.0, "audio": ["tones", 0]}},
}


def saved(comfyui: ComfyUI, node: str, **inputs: Any) -> list[str]:
    """The keys of what was saved."""
    usual: dict[str, Any] = {
        "SaveImageToCloud": {"format": "png", "quality": 95},
        "SaveAudioToCloud": {},
        "SaveVideoToCloud": {"format": "auto", "codec": "auto"},
    }[node] | {"filename": "file", "profile": ["profile", 0]}
    prompt = {**CLIP, **PROFILE, "save": {"class_type": node, "inputs": {**usual, **inputs}}}
    run = comfyui.run(prompt)
    assert run.succeeded, run.error
    return [line.removeprefix("s3://comfyui/") for line in run.ui("save")["text"] if line.startswith("s3://")]


def stored(base: Path, key: str) -> Path:
    return base / "bucket" / "comfyui" / key


def into_input(base: Path, key: str) -> str:
    name = key.replace("/", "-")
    shutil.copy(stored(base, key), base / "input" / name)
    return name


def load(node: str, **inputs: Any) -> Prompt:
    return {**PROFILE, "load": {"class_type": node, "inputs": {"profile": ["profile", 0], **inputs}}}


def heard(source: str = "load", output: int = 0) -> Prompt:
    return {"look": {"class_type": "ProbeSound", "inputs": {"audio": [source, output]}}}


def seen(image: list[Any], mask: list[Any]) -> Prompt:
    return {"look": {"class_type": "ProbeTensor", "inputs": {"image": image, "mask": mask}}}


def done(run: Run) -> Run:
    assert run.succeeded, run.error
    return run


@pytest.mark.parametrize("format", ["flac", "mp3", "wav", "opus"])
def test_a_sound_is_what_load_audio_reads(comfyui: ComfyUI, base: Path, format: str) -> None:
    (key,) = saved(comfyui, "SaveAudioToCloud", audio=["tones", 0], key_prefix=f"la/{format}/", format=format)
    core = {"load": {"class_type": "LoadAudio", "inputs": {"audio": into_input(base, key)}}}
    theirs = done(comfyui.run({**core, **heard()}))
    ours = done(comfyui.run({**load("LoadAudioFromCloud", key=key), **heard()}))
    assert ours.ui("look") == theirs.ui("look")
    assert {"load", "look"} <= comfyui.run({**load("LoadAudioFromCloud", key=key), **heard()}).cached


@pytest.mark.parametrize("format", ["mp4", "webm", "mkv"])
def test_a_video_is_what_load_video_reads(comfyui: ComfyUI, base: Path, format: str) -> None:
    (key,) = saved(comfyui, "SaveVideoToCloud", video=["clip", 0], key_prefix=f"lv/{format}/", format=format)
    parts: Prompt = {
        "parts": {"class_type": "GetVideoComponents", "inputs": {"video": ["load", 0]}},
        "empty": {"class_type": "SolidMask", "inputs": {"value": 0.0, "width": 8, "height": 8}},
        **seen(["parts", 0], ["empty", 0]),
        "sound": {"class_type": "ProbeSound", "inputs": {"audio": ["parts", 1]}},
    }
    core = {"load": {"class_type": "LoadVideo", "inputs": {"file": into_input(base, key)}}}
    theirs = done(comfyui.run({**core, **parts}))
    ours = done(comfyui.run({**load("LoadVideoFromCloud", key=key), **parts}))
    assert ours.ui("look") == theirs.ui("look")
    assert ours.ui("sound") == theirs.ui("sound")
    assert {"load", "parts"} <= comfyui.run({**load("LoadVideoFromCloud", key=key), **parts}).cached


def test_a_loaded_video_is_saved_again_without_being_decoded(comfyui: ComfyUI, base: Path) -> None:
    (key,) = saved(comfyui, "SaveVideoToCloud", video=["clip", 0], key_prefix="again/1/")
    names = {"key_prefix": "again/2/", "filename": "file", "format": "auto", "codec": "auto"}
    save = {"video": ["load", 0], "profile": ["profile", 0], **names}
    run = done(
        comfyui.run({**load("LoadVideoFromCloud", key=key), "save": {"class_type": "SaveVideoToCloud", "inputs": save}})
    )
    assert any(line.startswith("s3://comfyui/again/2/") for line in run.ui("save")["text"])


def test_a_batch_runs_what_is_behind_it_once_for_each_picture(comfyui: ComfyUI, base: Path) -> None:
    keys = saved(comfyui, "SaveImageToCloud", images=["pictures", 0], key_prefix="batch/", filename="p_%batch_num%")
    assert len(keys) == 12
    stored(base, "batch/notes.txt").write_text("no picture")
    stored(base, "batch/zz.png").write_text("no picture either")
    prompt = {
        **load("LoadImagesFromCloud", prefix="batch/", max_images=50, order="name"),
        **seen(["load", 0], ["load", 1]),
        "keys": {"class_type": "PreviewAny", "inputs": {"source": ["load", 2]}},
    }
    run = done(comfyui.run(prompt))
    lines = run.ui("load")["text"]
    assert lines[:-1] == [f"s3://comfyui/{key}" for key in sorted(keys)]
    assert lines[-1].startswith("s3://comfyui/batch/zz.png failed: Not a picture that can be read")
    core = []
    for key in sorted(keys):
        one: Prompt = {"load": {"class_type": "LoadImage", "inputs": {"image": into_input(base, key)}}}
        core += done(comfyui.run({**one, **seen(["load", 0], ["load", 1])})).ui("look")["image"]
    assert run.ui("look")["image"] == core
    assert run.ui("keys")["text"] == sorted(keys)
    stored(base, "batch/zz.png").unlink()
    assert "load" not in comfyui.run(prompt).cached
    assert {"load", "look"} <= comfyui.run(prompt).cached


@pytest.mark.parametrize("node", ["LoadAudioFromCloud", "LoadVideoFromCloud"])
def test_what_cannot_be_read_is_told(comfyui: ComfyUI, base: Path, node: str) -> None:
    stored(base, "text.mp4").write_bytes(b"hello " * 1000)
    look = (
        heard() if "Audio" in node else {"look": {"class_type": "GetVideoComponents", "inputs": {"video": ["load", 0]}}}
    )
    end: Prompt = {"end": {"class_type": "PreviewAny", "inputs": {"source": ["load", 0]}}}
    run = comfyui.run({**load(node, key="text.mp4"), **look, **end})
    assert "that can be read: s3://comfyui/text.mp4" in run.error
