"""Folders that a ComfyUI of the tests runs on, so that nothing in its own is changed."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def make_base(base: Path, profiles: dict[str, dict[str, object]]) -> Path:
    """Folders for a ComfyUI: the pack linked, the probe nodes beside it, the profiles."""
    nodes = base / "custom_nodes"
    nodes.mkdir(parents=True)
    (nodes / "comfyui-cloud-storage").symlink_to(ROOT, target_is_directory=True)
    shutil.copytree(ROOT / "e2e" / "probe_nodes", nodes / "probe_nodes")
    for name in ("input", "output", "temp", "models", "user"):
        (base / name).mkdir()
    secrets = base / "profiles.json"
    secrets.touch(0o600)
    secrets.write_text(json.dumps({"profiles": profiles}))
    return base


def install_wheel(folder: Path) -> Path:
    """The wheel beside ComfyUI's own packages, so that its environment stays as it is; `folder` goes on its path."""
    wheels = sorted((ROOT / "dist").glob("*.whl"))
    assert wheels, "The wheel is not built: run scripts/build-wheel"
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(folder), str(wheels[-1])]
    subprocess.run(install, check=True)
    return folder
