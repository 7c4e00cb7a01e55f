"""The command that installs the engine into the Python that runs this pack."""

import sys
from pathlib import Path

from . import host

WHEEL = ("comfy-bucket", "comfy_bucket")

_ROOT = Path(__file__).resolve().parent.parent


def install_line(root: Path = _ROOT) -> str:
    """pip's, where the requirements name the wheel, as those of a release do; else its checkout's own command."""
    requirements = root / "requirements.txt"
    if any(line.startswith(WHEEL) for line in requirements.read_text(encoding="utf-8").splitlines()):
        return f"{_quoted(sys.executable)} -m pip install -r {_quoted(requirements)}"
    command = root / "comfy-bucket"
    line = f"install --python {_quoted(sys.executable)} {_quoted(host.comfyui_folder())}"
    if command.is_file():
        return f"{_quoted(command)} {line}"
    return f"./comfy-bucket {line}  in the checkout that these nodes were copied from,"


def _quoted(path: object) -> str:
    return f'"{path}"' if " " in str(path) else str(path)
