"""Files that the save nodes made, in ComfyUI's real page: `scripts/web/page` drops them on its canvas."""

import json
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


def run_in_page(what, **environment):
    """Runs a test of `scripts/web/page`."""
    if not os.environ.get("PAGE_TESTS"):
        pytest.skip("no Chromium or no frontends: ./test installs them")
    run = subprocess.run(
        [shutil.which("node"), "--test", "--test-reporter=spec", str(PAGE / f"{what}.test.js")],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert run.returncode == 0, run.stdout[-6000:] + run.stderr[-2000:]


@pytest.mark.parametrize("what", ["dropped_workflow", "shown_media"])
def test_what_was_saved_opens_its_workflow_and_is_shown(saved_files, what):
    run_in_page(what, SAVED_FILES=str(saved_files))


def test_a_page_can_do_nothing_with_the_embedded_store(save, folder):  # noqa: F811
    (key, _), _ = save("SaveTextToCloud", text="secret", key_prefix="", filename="there", extension="txt")
    bucket = folder / "data" / "comfy-bucket" / "local" / "comfyui"
    (bucket / key).rename(bucket / "there.txt")
    before = {file: file.read_bytes() for file in bucket.rglob("*") if file.is_file()}
    port = (bucket.parent / ".comfy-bucket" / "port").read_text().strip()
    store = {"endpoint": f"http://127.0.0.1:{port}", "bucket": "comfyui"}
    run_in_page("embedded_store", STORE=json.dumps(store))
    assert {file: file.read_bytes() for file in bucket.rglob("*") if file.is_file()} == before
