"""A real ComfyUI with this checkout's pack, named by COMFYUI_DIR and COMFYUI_PYTHON; nothing in it is changed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from comfyui import ComfyUI

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def comfyui_folder() -> Path:
    folder = os.environ.get("COMFYUI_DIR")
    if not folder:
        pytest.skip("COMFYUI_DIR names no ComfyUI")
    return Path(folder).resolve()


@pytest.fixture(scope="session")
def wheel_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel beside ComfyUI's own packages, so that its environment stays as it is."""
    folder = tmp_path_factory.mktemp("wheel")
    wheels = sorted((ROOT / "dist").glob("*.whl"))
    assert wheels, "The wheel is not built: run scripts/build-wheel"
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(folder), str(wheels[-1])]
    subprocess.run(install, check=True)
    return folder


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """ComfyUI's folders for this test session: the pack linked, the probe nodes beside it, a Local profile."""
    base = tmp_path_factory.mktemp("comfyui")
    nodes = base / "custom_nodes"
    nodes.mkdir()
    (nodes / "comfyui-cloud-storage").symlink_to(ROOT, target_is_directory=True)
    shutil.copytree(ROOT / "e2e" / "probe_nodes", nodes / "probe_nodes")
    for name in ("input", "output", "temp", "models", "user"):
        (base / name).mkdir()
    profiles = {"local": {"provider": "Local", "folder": str(base / "bucket")}}
    secrets = base / "profiles.json"
    secrets.touch(0o600)
    secrets.write_text(json.dumps({"profiles": profiles}))
    return base


@pytest.fixture(scope="session")
def comfyui(comfyui_folder: Path, base: Path, wheel_folder: Path) -> Iterator[ComfyUI]:
    python = os.environ.get("COMFYUI_PYTHON", sys.executable)
    environment = {
        "PYTHONPATH": str(wheel_folder),
        "COMFY_S3_PROFILES": str(base / "profiles.json"),
        "COMFY_S3_PROFILE": "local",
        "XDG_CACHE_HOME": str(base / "cache"),
    }
    running = ComfyUI(comfyui_folder, python, base, environment)
    yield running
    running.stop()
