"""Files that the save nodes made, in ComfyUI's real page: `scripts/web/page` drops them on its canvas."""

import os
import shutil
import subprocess
import urllib.request

import pytest
from conftest import ROOT
from test_engine_nodes import executor, folder, pictures, prompt, shared_engine  # noqa: F401

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


@pytest.fixture
def saved_files(executor, pictures, tmp_path):  # noqa: F811
    """One file of each kind with the workflow in it, and one without."""
    pictures(1, 64, 64, 3)
    for kind in ("png", "jpg", "webp"):
        for name, embed in (("with", True), ("without", False)):
            inputs = prompt(format=kind, presign_url=True, embed_workflow=embed)
            _, url, _ = executor.run(inputs, extra_pnginfo={"workflow": WORKFLOW})["2"]
            with urllib.request.urlopen(url) as answer:
                (tmp_path / f"{name}.{kind}").write_bytes(answer.read())
    return tmp_path


def test_a_dropped_file_opens_its_workflow(saved_files):
    if not os.environ.get("PAGE_TESTS"):
        pytest.skip("no Chromium or no frontends: ./test installs them")
    node = shutil.which("node")
    run = subprocess.run(
        [node, "--test", "--test-reporter=spec", str(PAGE / "dropped_workflow.test.js")],
        env={**os.environ, "SAVED_FILES": str(saved_files)},
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert run.returncode == 0, run.stdout[-6000:] + run.stderr[-2000:]
