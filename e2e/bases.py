"""Folders that a ComfyUI of the tests runs on, so that nothing in its own is changed."""

from __future__ import annotations

import json
import shutil
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
