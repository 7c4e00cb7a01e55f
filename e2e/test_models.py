"""Models in a real ComfyUI: a checkpoint from the bucket samples a picture, torch's files are judged as torch does."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from bases import make_base
from comfyui import ComfyUI
from conftest import Start
from sampling import sampled
from stores import STORES

Prompt = dict[str, dict[str, Any]]

ROOT = Path(__file__).resolve().parent.parent

NAMES = """
import json
from torch._weights_only_unpickler import _get_allowed_globals
print(json.dumps(sorted(_get_allowed_globals())))
"""

FILES = """
import collections, sys, torch
folder = sys.argv[1]
model = {"w": torch.randn(4, 3).half(), "p": torch.nn.Parameter(torch.ones(2)), "n": {"steps": 3, "name": "x"}}
torch.save(model, folder + "/new.pt")
torch.save(model, folder + "/old.pth", _use_new_zipfile_serialization=False)
torch.save(torch.nn.Linear(2, 2), folder + "/module.pt")
torch.save(torch.nn.Linear(2, 2), folder + "/module.ckpt", _use_new_zipfile_serialization=False)
torch.jit.script(torch.nn.Linear(2, 2)).save(folder + "/script.pt")
"""


@pytest.fixture(scope="session")
def bucket(base: Path) -> Path:
    folder = base / "bucket" / "comfyui"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


CHECKPOINT = "models/checkpoints/tiny.safetensors"


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory: pytest.TempPathFactory, comfyui_folder: Path, python: str) -> Path:
    """What is in each store, as a folder."""
    folder = tmp_path_factory.mktemp("content")
    (folder / CHECKPOINT).parent.mkdir(parents=True)
    program = [python, str(ROOT / "e2e" / "tiny_checkpoint.py"), str(comfyui_folder), str(folder / CHECKPOINT)]
    subprocess.run(program, check=True, capture_output=True)
    return folder


@pytest.fixture(scope="module", params=STORES)
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, checkpoint: Path) -> Iterator[Any]:
    store = STORES[request.param](tmp_path_factory.mktemp("store") / request.param)
    if not store.is_to_be_had:
        pytest.skip(f"no {request.param}: {request.param.upper()} names none")
    store.start()
    store.fill(checkpoint)
    yield store
    store.stop()


def node(kind: str, **inputs: Any) -> dict[str, Any]:
    return {"class_type": kind, "inputs": {**inputs, "profile": ["profile", 0]}}


PROFILE = {"profile": {"class_type": "CloudStorageProfile", "inputs": {"profile": "local"}}}


def test_a_checkpoint_from_the_bucket_samples_a_picture(start: Start, tmp_path: Path, store: Any) -> None:
    home = make_base(tmp_path / "comfyui", {"local": store.settings()})
    comfyui = start(home)
    two_steps = {
        **PROFILE,
        "download": node("LoadModelFromCloud", model_type="checkpoints", key=CHECKPOINT, force_redownload=False),
        "load": {"class_type": "CheckpointLoaderSimple", "inputs": {"ckpt_name": ["download", 0]}},
        **sampled("load"),
    }
    run = comfyui.run(two_steps)
    assert run.succeeded, run.error
    assert run.ui("download")["text"][0].startswith("downloaded: tiny.safetensors (289.")
    assert (home / "models" / "checkpoints" / "tiny.safetensors").is_file()
    assert len(run.ui("show")["images"]) == 1
    assert comfyui.run(two_steps).cached == two_steps.keys()

    one_step = {**PROFILE, "load": node("LoadCheckpointFromCloud", key=CHECKPOINT), **sampled("load")}
    run = comfyui.run(one_step)
    assert run.succeeded, run.error
    assert run.ui("load")["text"] == ["cached: tiny.safetensors"]
    assert len(run.ui("show")["images"]) == 1
    comfyui.stop()


def test_the_list_of_names_is_torchs(comfyui_folder: Path, python: str) -> None:
    file = ROOT / "engine/src/main/resources/comfybucket/models/safety/weights-only.txt"
    ours = {line for line in file.read_text().splitlines() if not line.startswith("#")}
    told = subprocess.run([python, "-c", NAMES], check=True, capture_output=True, text=True).stdout
    theirs = set(json.loads(told))
    assert ours <= theirs, "what torch no longer accepts must go"
    assert len(theirs - ours) < 20, f"new in torch: {sorted(theirs - ours)}"


def test_torchs_own_files_are_judged_as_torch_judges_them(
    comfyui: ComfyUI, base: Path, bucket: Path, python: str
) -> None:
    subprocess.run([python, "-c", FILES, str(bucket)], check=True, capture_output=True)
    for name, accepted in (
        ("new.pt", True),
        ("old.pth", True),
        ("module.pt", False),
        ("module.ckpt", False),
        ("script.pt", False),
    ):
        download = node("LoadModelFromCloud", model_type="embeddings", key=name, force_redownload=False)
        look = {"class_type": "PreviewAny", "inputs": {"source": ["download", 0]}}
        run = comfyui.run({**PROFILE, "download": download, "look": look})
        assert run.succeeded is accepted, (name, run.error)
        assert accepted or "could run a program" in run.error
        assert (base / "models" / "embeddings" / name).exists() is accepted


def test_every_loader_of_this_comfyui_has_its_node(comfyui: ComfyUI) -> None:
    nodes = comfyui.get("/object_info")
    contract = json.loads((ROOT / "pack" / "nodes.json").read_text(encoding="utf-8"))["nodes"]
    loaders = [entry for entry in contract if "core_loader" in entry]
    assert len(loaders) == 8
    for entry in loaders:
        ours, core = nodes[entry["id"]], nodes[entry["core_loader"]["class"]]
        file = entry["core_loader"]["file"]
        wanted = ["key" if name == file else name for name in core["input_order"]["required"]]
        assert ours["input_order"]["required"] == wanted
        assert ours["input_order"]["optional"] == [*core["input_order"].get("optional", []), "profile"]
        assert (ours["output"], ours["output_name"]) == (core["output"], list(core["output_name"]))
