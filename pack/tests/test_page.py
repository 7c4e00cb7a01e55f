"""Files that the save nodes made, in ComfyUI's real page: `scripts/web/page` drops them on its canvas."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from conftest import ROOT
from media import sound, video
from test_media_nodes import executor, save, stored  # noqa: F401

pytestmark = pytest.mark.usefixtures("folder")

PAGE = ROOT / "scripts" / "web" / "page"

# A node that only the page draws, with a title that no other workflow has.
WORKFLOW = {
    "last_node_id": 1,
    "last_link_id": 0,
    "nodes": [
        {
            "id": 1,
            "type": "Note",
            "title": "Kept in the file: ü ✓",
            "pos": [100, 100],
            "size": [300, 100],
            "flags": {},
            "order": 0,
            "mode": 0,
            "inputs": [],
            "outputs": [],
            "properties": {},
            # Longer than one segment of a JPEG.
            "widgets_values": ["long " * 20_000],
        }
    ],
    "links": [],
    "groups": [],
    "config": {},
    "extra": {},
    "version": 0.4,
}


# What the page opens by itself, and JPEG and MKV, which it opens with our module.
KINDS = {
    "SaveImageToCloud": ("png", "jpg", "webp"),
    "SaveVideoToCloud": ("mp4", "webm", "mkv"),
    "SaveAudioToCloud": ("flac", "mp3", "opus"),
}


@pytest.fixture
def saved_files(save, stored, tensor, tmp_path):  # noqa: F811
    """One file of each kind with the workflow in it, and one without."""
    values = {
        "SaveImageToCloud": tensor(1, 64, 64, 3),
        "SaveVideoToCloud": video(),
        "SaveAudioToCloud": sound(),
    }
    for node, kinds in KINDS.items():
        for kind in kinds:
            for name, embed in (("with", True), ("without", False)):
                outputs, _ = save(node, values[node], {"workflow": WORKFLOW}, format=kind, embed_workflow=embed)
                shutil.copyfile(stored(outputs[0]), tmp_path / f"{name}.{Path(outputs[0]).suffix[1:]}")
    return tmp_path


@pytest.mark.parametrize("what", ["dropped_workflow", "shown_media"])
def test_what_was_saved_opens_its_workflow_and_is_shown(saved_files, what):
    if not os.environ.get("PAGE_TESTS"):
        pytest.skip("no Chromium or no frontends: ./test installs them")
    node = shutil.which("node")
    run = subprocess.run(
        [node, "--test", "--test-reporter=spec", str(PAGE / f"{what}.test.js")],
        env={**os.environ, "SAVED_FILES": str(saved_files)},
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert run.returncode == 0, run.stdout[-6000:] + run.stderr[-2000:]
