"""Prompts as ComfyUI's own page makes them of the workflows that it stores."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from bases import ROOT
from comfyui import ComfyUI

Prompt = dict[str, dict[str, Any]]

MADE_WITHIN = 300


def page_prompts(comfyui: ComfyUI, files: list[Path]) -> dict[str, Prompt]:
    """By the files' names without their endings."""
    workflows = {file.stem: json.loads(file.read_text(encoding="utf-8")) for file in files}
    made = subprocess.run(
        [shutil.which("node") or "node", str(ROOT / "scripts" / "web" / "page" / "prompts.js"), comfyui.url],
        input=json.dumps(workflows),
        capture_output=True,
        text=True,
        timeout=MADE_WITHIN,
    )
    if made.returncode != 0:
        pytest.fail(f"The page made no prompts:\n{made.stderr[-4000:]}")
    return dict(json.loads(made.stdout))
