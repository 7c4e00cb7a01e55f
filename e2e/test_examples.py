"""Each example workflow in a real ComfyUI, as its page queues it: with the engine's own store, and with others'."""

from __future__ import annotations

import json
import os
import urllib.request
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from bases import ROOT, make_base
from comfyui import ComfyUI, Run
from conftest import Start
from example_objects import CHECKPOINTS, made_pictures, put_media, put_models
from page_prompts import page_prompts
from PIL import Image
from sampling import sampled
from stores import BUCKET, STORES

Prompt = dict[str, dict[str, Any]]

EXAMPLES = sorted((ROOT / "example_workflows").glob("*.json"))

ADDRESS = f"s3://{BUCKET}/"

SMALL = {"EmptyLatentImage": {"width": 64, "height": 64}, "KSampler": {"steps": 1}}
"""What a machine without a graphics card gets done."""


def originals() -> list[Path]:
    """The examples of the pack that this one replaces, where ORIGINAL_PACK names it."""
    folder = os.environ.get("ORIGINAL_PACK")
    return sorted((Path(folder) / "examples").glob("*.json")) if folder else []


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory, comfyui_folder: Path, python: str) -> Path:
    """What is in each bucket."""
    folder = tmp_path_factory.mktemp("content")
    put_media(folder, made_pictures())
    put_models(folder, comfyui_folder, python)
    os.link(folder / CHECKPOINTS[0], folder / "models" / "sd_xl_base_1.0.safetensors")  # the original's
    return folder


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory, content: Path) -> Iterator[dict[str, Any]]:
    """Those that are to be had, by their names."""
    running = {name: kind(tmp_path_factory.mktemp(name) / "store") for name, kind in STORES.items()}
    running = {name: store for name, store in running.items() if store.is_to_be_had}
    for store in running.values():
        store.start()
        store.fill(content)
    yield running
    for store in running.values():
        store.stop()


@pytest.fixture(scope="module")
def examples_base(tmp_path_factory: pytest.TempPathFactory, comfyui_folder: Path, stores: dict[str, Any]) -> Path:
    profiles = {name: store.settings() for name, store in stores.items()}
    base = make_base(tmp_path_factory.mktemp("examples") / "comfyui", profiles)
    (base / "output" / "_output_images_will_be_put_here").touch()
    (base / "input" / "example.png").write_bytes((comfyui_folder / "input" / "example.png").read_bytes())
    return base


@pytest.fixture(scope="module")
def examples_comfyui(start: Start, examples_base: Path) -> ComfyUI:
    return start(examples_base)


@pytest.fixture(scope="module")
def prompts(examples_comfyui: ComfyUI) -> dict[str, Prompt]:
    if not os.environ.get("PAGE_TESTS"):
        pytest.skip("no Chromium: ./test installs it")
    return page_prompts(examples_comfyui, EXAMPLES + originals())


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, stores: dict[str, Any]) -> str:
    if request.param not in stores:
        pytest.skip(f"no {request.param}: {request.param.upper()} names none")
    return str(request.param)


def kinds_of(example: str) -> set[str]:
    """The ids of the nodes in its file."""
    file = ROOT / "example_workflows" / f"{example}.json"
    return {node["type"] for node in json.loads(file.read_text(encoding="utf-8"))["nodes"]}


def made_small(prompt: Prompt, profile: str) -> Prompt:
    """The prompt with that profile at each of our nodes, and less to sample."""
    changed = {
        number: {**node, "inputs": {**node["inputs"], **SMALL.get(node["class_type"], {})}}
        for number, node in prompt.items()
    }
    chosen = [node for node in changed.values() if node["class_type"] == "CloudStorageProfile"]
    if not chosen:
        for node in changed.values():
            if "Cloud" in node["class_type"]:
                node["inputs"]["profile"] = ["chosen", 0]
        changed["chosen"] = {"class_type": "CloudStorageProfile", "inputs": {}}
        chosen = [changed["chosen"]]
    for node in chosen:
        node["inputs"]["profile"] = profile
    return changed


def texts(run: Run, prompt: Prompt, *kinds: str) -> list[str]:
    """What nodes of these kinds say."""
    return [
        line
        for number, node in prompt.items()
        if node["class_type"] in kinds
        for line in run.ui(number).get("text", [])
    ]


def shown(run: Run, base: Path, number: str) -> list[bytes]:
    """The files that a node shows."""
    files = [file for kind in ("images", "audio") for file in run.ui(number).get(kind, [])]
    return [(base / file["type"] / file["subfolder"] / file["filename"]).read_bytes() for file in files]


@pytest.mark.parametrize("example", [file.stem for file in EXAMPLES])
def test_an_example(
    examples_comfyui: ComfyUI,
    examples_base: Path,
    stores: dict[str, Any],
    prompts: dict[str, Prompt],
    store: str,
    example: str,
) -> None:
    if "EmptyAudio" in kinds_of(example) and "EmptyAudio" not in examples_comfyui.get("/object_info"):
        pytest.skip("this ComfyUI, such as v0.3.48, has no Empty Audio yet")
    prompt = made_small(prompts[example], store)
    run = examples_comfyui.run(prompt)
    assert run.succeeded, run.error
    objects = stores[store].objects("comfyui/")
    for number, node in prompt.items():
        lines = run.ui(number).get("text", [])
        keys = [line.removeprefix(ADDRESS) for line in lines if line.startswith(ADDRESS)]
        if node["class_type"].startswith("Save"):
            assert keys
            seen = shown(run, examples_base, number)
            assert not seen or seen == [objects[key] for key in keys]
        elif node["class_type"].endswith("FromCloud"):
            assert lines
        elif node["class_type"] == "PreviewImage":
            assert shown(run, examples_base, number)
    if example in CHECKS:
        CHECKS[example](run, prompt, objects, examples_base)


def check_save_text(run: Run, prompt: Prompt, objects: dict[str, bytes], base: Path) -> None:
    (line,) = texts(run, prompt, "SaveTextToCloud")
    assert objects[line.removeprefix(ADDRESS)] == b"A cat that sleeps on a keyboard, by evening light."


def check_save_file(run: Run, prompt: Prompt, objects: dict[str, bytes], base: Path) -> None:
    (line,) = texts(run, prompt, "SaveFileToCloud")
    assert objects[line.removeprefix(ADDRESS)] == b""


def check_load_image(run: Run, prompt: Prompt, objects: dict[str, bytes], base: Path) -> None:
    (preview,) = [number for number, node in prompt.items() if node["class_type"] == "PreviewImage"]
    (picture,) = shown(run, base, preview)
    loaded, stored = (
        Image.open(BytesIO(file)).convert("RGB") for file in (picture, objects["comfyui/images/ComfyUI_0.png"])
    )
    assert loaded.tobytes() == stored.tobytes()


def check_load_upscale_model(run: Run, prompt: Prompt, objects: dict[str, bytes], base: Path) -> None:
    lines = texts(run, prompt, "SaveImageToCloud")
    small = Image.open(BytesIO(objects["comfyui/images/ComfyUI_0.png"]))
    assert Image.open(BytesIO(objects[lines[0].removeprefix(ADDRESS)])).size == (2 * small.width, 2 * small.height)


def check_list_and_share(run: Run, prompt: Prompt, objects: dict[str, bytes], base: Path) -> None:
    below = sorted(key for key in objects if key.startswith("comfyui/images/"))
    links = [line for line in texts(run, prompt, "PreviewAny") if line.startswith("http")]
    assert len(links) == len(below)
    for key, link in zip(below, links, strict=True):
        with urllib.request.urlopen(link, timeout=60) as answer:
            assert answer.read() == objects[key]


def check_save_and_share(run: Run, prompt: Prompt, objects: dict[str, bytes], base: Path) -> None:
    line, link = texts(run, prompt, "SaveImageToCloud")[0], texts(run, prompt, "PreviewAny")[0]
    with urllib.request.urlopen(link, timeout=60) as answer:
        assert answer.read() == objects[line.removeprefix(ADDRESS)]


def check_test_connection(run: Run, prompt: Prompt, objects: dict[str, bytes], base: Path) -> None:
    assert any(BUCKET in line for line in texts(run, prompt, "TestCloudConnection"))


CHECKS = {
    "save_text": check_save_text,
    "save_file": check_save_file,
    "load_image": check_load_image,
    "load_upscale_model": check_load_upscale_model,
    "list_and_share": check_list_and_share,
    "save_and_share": check_save_and_share,
    "test_connection": check_test_connection,
}
"""What is looked at beside what all have in common."""


@pytest.mark.parametrize("example", [file.stem for file in originals()])
def test_an_example_of_the_original(
    examples_comfyui: ComfyUI, stores: dict[str, Any], prompts: dict[str, Prompt], store: str, example: str
) -> None:
    prompt = made_small(prompts[example], store)
    loaders = [number for number, node in prompt.items() if node["class_type"] == "CheckpointLoaderSimple"]
    for loader in loaders:  # it ends with the loader, and ComfyUI runs nothing that shows nothing
        prompt |= sampled(loader)
    run = examples_comfyui.run(prompt)
    assert run.succeeded, run.error
    lines = texts(run, prompt, "SaveImageToCloud", "TestCloudConnection", "LoadModelFromCloud")
    assert lines
    saved = [line.removeprefix(ADDRESS) for line in lines if line.startswith(ADDRESS)]
    if "save" in example:
        assert saved and set(saved) <= stores[store].objects("comfyui/").keys()
