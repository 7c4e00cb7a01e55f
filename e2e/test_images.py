"""The main job in a real ComfyUI: pictures saved to a bucket and loaded back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from comfyui import ComfyUI

Prompt = dict[str, dict[str, Any]]


def save(prefix: str, seed: int = 1, count: int = 2, **inputs: Any) -> Prompt:
    size = {"width": 320, "height": 192, "channels": 3}
    return {
        "pictures": {"class_type": "ProbePictures", "inputs": {"seed": seed, "count": count, **size}},
        "profile": {"class_type": "CloudStorageProfile", "inputs": {"profile": "local"}},
        "save": {
            "class_type": "SaveImageToCloud",
            "inputs": {
                "images": ["pictures", 0],
                "key_prefix": prefix,
                "filename": "ComfyUI_%batch_num%",
                "format": "png",
                "quality": 95,
                "profile": ["profile", 0],
                **inputs,
            },
        },
    }


def load(key: str, linked: bool) -> Prompt:
    profile = {"profile": ["profile", 0]} if linked else {}
    return {
        "profile": {"class_type": "CloudStorageProfile", "inputs": {"profile": "local"}},
        "load": {"class_type": "LoadImageFromCloud", "inputs": {"key": key, **profile}},
        "look": {"class_type": "ProbeTensor", "inputs": {"image": ["load", 0], "mask": ["load", 1]}},
    }


def saved_keys(text: list[str]) -> list[str]:
    return [line.removeprefix("s3://comfyui/") for line in text if line.startswith("s3://")]


@pytest.mark.parametrize("format", ["png", "jpg", "webp"])
def test_two_runs_leave_two_sets_of_objects(comfyui: ComfyUI, base: Path, format: str) -> None:
    prefix = f"twice/{format}/"
    first = comfyui.run(save(prefix, seed=1, format=format))
    second = comfyui.run(save(prefix, seed=2, format=format))
    assert first.succeeded and second.succeeded, first.error + second.error
    keys = saved_keys(first.ui("save")["text"]) + saved_keys(second.ui("save")["text"])
    assert len(set(keys)) == 4
    for key in keys:
        assert (base / "bucket" / "comfyui" / key).stat().st_size > 0


def test_the_node_shows_the_saved_pictures(comfyui: ComfyUI, base: Path) -> None:
    run = comfyui.run(save("shown/"))
    shown = run.ui("save")["images"]
    keys = saved_keys(run.ui("save")["text"])
    assert len(shown) == len(keys) == 2
    for picture, key in zip(shown, keys, strict=True):
        preview = base / picture["type"] / picture["subfolder"] / picture["filename"]
        assert preview.read_bytes() == (base / "bucket" / "comfyui" / key).read_bytes()


@pytest.mark.parametrize("linked", [True, False])
def test_a_loaded_picture_is_what_load_image_reads(comfyui: ComfyUI, base: Path, linked: bool) -> None:
    key = saved_keys(comfyui.run(save(f"same-{linked}/")).ui("save")["text"])[0]
    (base / "input" / "same.png").write_bytes((base / "bucket" / "comfyui" / key).read_bytes())
    core = load(key, linked)
    core["load"] = {"class_type": "LoadImage", "inputs": {"image": "same.png"}}
    ours = comfyui.run(load(key, linked))
    assert ours.succeeded, ours.error
    assert ours.ui("look") == comfyui.run(core).ui("look")


@pytest.mark.parametrize("linked", [True, False])
def test_only_a_changed_object_is_loaded_again(comfyui: ComfyUI, linked: bool) -> None:
    prefix = f"changing-{linked}/"
    key = saved_keys(comfyui.run(save(prefix, seed=3, count=1)).ui("save")["text"])[0]
    first = comfyui.run(load(key, linked))
    unchanged = comfyui.run(load(key, linked))
    assert {"load", "look"} <= unchanged.cached
    assert comfyui.run(save(prefix, seed=4, count=1, on_conflict="overwrite")).succeeded
    changed = comfyui.run(load(key, linked))
    assert not {"load", "look"} & changed.cached
    assert changed.ui("look") != first.ui("look")
    assert {"load", "look"} <= comfyui.run(load(key, linked)).cached


def test_a_missing_object_is_named(comfyui: ComfyUI) -> None:
    run = comfyui.run(load("nowhere/nothing.png", linked=True))
    assert "Object not found: s3://comfyui/nowhere/nothing.png" in run.error
