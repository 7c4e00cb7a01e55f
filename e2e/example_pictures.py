"""Takes the pictures of the example workflows, each after a run in a real ComfyUI, and puts them beside the workflows.

    python e2e/example_pictures.py [--pictures FOLDER] [NAME…]

COMFYUI_DIR and COMFYUI_PYTHON name the ComfyUI. FOLDER holds pictures to show; without one they are made.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bases import ROOT, install_wheel, make_base
from comfyui import ComfyUI
from example_objects import PICTURES, made_pictures, put_media, put_models
from PIL import Image, ImageOps

EXAMPLES = ROOT / "example_workflows"
TAKE = ROOT / "scripts" / "web" / "page" / "pictures.js"

SIZE = (512, 384)


def main() -> int:
    """Exits with 0 when every picture was taken."""
    parser = argparse.ArgumentParser(description="Takes the pictures of the example workflows.")
    parser.add_argument("--pictures", type=Path, metavar="FOLDER")
    parser.add_argument("names", nargs="*", metavar="NAME")
    options = parser.parse_args()
    comfyui = Path(os.environ["COMFYUI_DIR"]).resolve()
    python = os.environ.get("COMFYUI_PYTHON", sys.executable)
    with tempfile.TemporaryDirectory() as scratch:
        base = make_base(Path(scratch) / "base", {})
        bucket = base / "data" / "comfy-bucket" / "local" / "comfyui"
        put_media(bucket, _pictures(options.pictures))
        put_models(bucket, comfyui, python)
        (base / "output" / "_output_images_will_be_put_here").touch()
        environment = {
            "PYTHONPATH": str(install_wheel(base / "wheel")),
            "COMFY_S3_PROVIDER": "Local",
            "XDG_CACHE_HOME": str(base / "cache"),
            "XDG_CONFIG_HOME": str(base / "settings"),
            "XDG_DATA_HOME": str(base / "data"),
            "MALLOC_MMAP_THRESHOLD_": "65536",  # New memory is nought, and with it what a made model leaves out.
        }
        running = ComfyUI(comfyui, python, base, environment)
        try:
            return subprocess.call(["node", str(TAKE), running.url, str(EXAMPLES), *(options.names or _in_order())])
        finally:
            running.stop()


def _pictures(folder: Path | None) -> list[Image.Image]:
    if folder is None:
        return made_pictures(*SIZE)
    files = sorted(file for file in folder.iterdir() if file.is_file())[:PICTURES]
    return [ImageOps.fit(Image.open(file).convert("RGB"), SIZE) for file in files]


def _in_order() -> list[str]:
    """First what loads, so that it shows the pictures that were there, and not those that the others save."""
    names = sorted(file.stem for file in EXAMPLES.glob("*.json"))
    return sorted(names, key=lambda name: "save" in name or "upscale" in name)


if __name__ == "__main__":
    sys.exit(main())
