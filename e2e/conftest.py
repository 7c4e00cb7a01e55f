"""A real ComfyUI with this checkout's pack, named by COMFYUI_DIR and COMFYUI_PYTHON; nothing in it is changed."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from bases import install_wheel, make_base
from comfyui import ComfyUI


@pytest.fixture(scope="session")
def comfyui_folder() -> Path:
    folder = os.environ.get("COMFYUI_DIR")
    if not folder:
        pytest.skip("COMFYUI_DIR names no ComfyUI")
    return Path(folder).resolve()


@pytest.fixture(scope="session")
def wheel_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return install_wheel(tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """ComfyUI's folders for this test session, with a Local profile."""
    base = tmp_path_factory.mktemp("comfyui")
    return make_base(base, {"local": {"provider": "Local", "folder": str(base / "bucket")}})


@pytest.fixture(scope="session")
def python() -> str:
    """The one that runs ComfyUI."""
    return os.environ.get("COMFYUI_PYTHON", sys.executable)


Start = Callable[..., ComfyUI]


@pytest.fixture(scope="session")
def start(comfyui_folder: Path, wheel_folder: Path, python: str) -> Iterator[Start]:
    """Starts a ComfyUI on the folders of `make_base`; `settings` is where its profiles are, if not there too."""
    started: list[ComfyUI] = []

    def start(base: Path, profile: str = "local", settings: Path | None = None) -> ComfyUI:
        environment = {
            "PYTHONPATH": str(wheel_folder),
            "COMFY_S3_PROFILES": str((settings or base) / "profiles.json"),
            "COMFY_S3_PROFILE": profile,
            "XDG_CACHE_HOME": str(base / "cache"),
        }
        started.append(ComfyUI(comfyui_folder, python, base, environment))
        return started[-1]

    yield start
    for running in started:
        running.stop()


@pytest.fixture(scope="session")
def comfyui(start: Start, base: Path) -> ComfyUI:
    return start(base)
