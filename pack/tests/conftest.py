import importlib.util
import json
import sys
import time
from pathlib import Path

import numpy as np
import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
WHEEL = ROOT / "engine" / "python"


def load_pack():
    """Imports the pack as ComfyUI does: under a name made from its path."""
    name = str(ROOT).replace(".", "_x_")
    spec = importlib.util.spec_from_file_location(name, ROOT / "__init__.py", submodule_search_locations=[str(ROOT)])
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return name


PACK = load_pack()


def part(name):
    """A module of the pack."""
    return importlib.import_module(f"{PACK}.pack.{name}")


@pytest.fixture(autouse=True)
def comfyui(tmp_path, monkeypatch):
    """A ComfyUI of its own for each test, and no settings but the test's."""
    import folder_paths

    base = tmp_path / "ComfyUI"
    models = base / "models"
    types = ("checkpoints", "loras", "upscale_models", "diffusers", "configs")
    known = {name: ([str(models / name)], {".safetensors"}) for name in types}
    known["custom_nodes"] = ([str(base / "custom_nodes")], set())
    monkeypatch.setattr(folder_paths, "base_path", str(base))
    monkeypatch.setattr(folder_paths, "models_dir", str(models))
    monkeypatch.setattr(folder_paths, "folder_names_and_paths", known)
    for name in ("CONFIG", "CACHE", "DATA"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))
    for name in [name for name in __import__("os").environ if name.startswith("COMFY_S3_")]:
        monkeypatch.delenv(name)
    yield base
    close_engine()


def close_engine():
    engine = part("engine")
    if engine._engine is not None:
        engine._engine.close()
        engine._engine = None
    if engine._hand_over is not None:
        engine._hand_over.close()
        engine._hand_over = None


@pytest.fixture(scope="module")
def shared_engine(tmp_path_factory):
    """One engine for all tests here, with the embedded store over a folder of theirs."""
    import folder_paths
    from comfy_bucket import command
    from comfy_bucket.engine import Engine
    from comfy_bucket.errors import EngineUnavailable

    try:
        command.find_installation()
    except EngineUnavailable as missing:
        pytest.skip(str(missing))
    base = tmp_path_factory.mktemp("ComfyUI")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COMFY_S3_PROVIDER", "Local")
        patch.setattr(folder_paths, "base_path", str(base))
        for name in ("CONFIG", "CACHE", "DATA"):
            patch.setenv(f"XDG_{name}_HOME", str(base / name.lower()))
        engine = Engine(part("engine")._hello)
        engine.start()
    yield engine, base
    engine.close()


@pytest.fixture
def folder(shared_engine, comfyui, monkeypatch):
    """ComfyUI's folder, as the engine knows it."""
    import folder_paths

    engine, base = shared_engine
    monkeypatch.setattr(folder_paths, "base_path", str(base))
    part("engine")._engine = engine
    yield base
    part("engine")._engine = None


@pytest.fixture
def nodes():
    """The node classes, by id, with memories of their own."""
    module = part("nodes")
    for name in module._changes:
        module._changes[name] = part("changes").Changes()
    return {cls.__name__: cls for cls in module.node_classes()}


@pytest.fixture
def fake_engine():
    """Puts an engine that misbehaves as told behind the nodes."""
    from comfy_bucket.engine import Engine

    def use(*fault):
        engine = part("engine")
        engine._engine = Engine(engine._hello, [sys.executable, str(WHEEL / "tests" / "fake_engine.py"), *fault])

    return use


@pytest.fixture
def contract():
    return json.loads((ROOT / "pack" / "nodes.json").read_text(encoding="utf-8"))["nodes"]


@pytest.fixture
def tensor():
    """Makes an image batch."""
    import torch

    def make(*shape, seed=1):
        return torch.from_numpy(np.random.default_rng(seed).random(shape, dtype=np.float32))

    return make


@pytest.fixture
def eventually():
    """Waits for a condition that is about to become true."""

    def wait(condition, seconds=5.0):
        end = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < end, "it did not happen in time"
            time.sleep(0.01)

    return wait
