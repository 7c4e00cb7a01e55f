"""Installs this checkout into a ComfyUI: the wheel into its Python, the pack into its custom_nodes."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
PACK = "comfyui-cloud-storage"
PACK_FILES = [
    "__init__.py",
    "pyproject.toml",
    "requirements.txt",
    "node_list.json",
    "README.md",
    "LICENSE",
    "pack",
    "web",
    "locales",
    "example_workflows",
]
NOT_INSTALLED = shutil.ignore_patterns("tests", "__pycache__", "*.pyc")


def main() -> int:
    options = parse()
    comfyui: Path = options.comfyui.resolve()
    if not (comfyui / "main.py").is_file() or not (comfyui / "custom_nodes").is_dir():
        fail(f"{comfyui} is not a ComfyUI folder: it has no main.py and custom_nodes.")
    python = options.python or python_of(comfyui)
    destination = comfyui / "custom_nodes" / PACK
    check_destination(destination)

    wheel = build_wheel()
    print(f"Installing {wheel.name} into {python}")
    install_wheel(python, wheel)
    place_pack(destination, link=options.link)
    prepare_start(python)
    remember(comfyui)
    placed = "a link to this checkout" if options.link else "a copy of the pack"
    print(f"Installed the engine for {ROOT}" if is_in_place(destination) else f"Installed {placed}: {destination}")
    print("Restart ComfyUI; the nodes are under cloud_storage in the node menu.")
    return 0


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="comfy-bucket install", description=__doc__)
    parser.add_argument("comfyui", type=Path, help="the ComfyUI folder, the one with main.py")
    parser.add_argument("--link", action="store_true", help="link the pack to this checkout instead of copying it")
    parser.add_argument("--python", help="ComfyUI's Python, when it is not found by itself")
    return parser.parse_args()


def python_of(comfyui: Path) -> str:
    """The Python that runs this ComfyUI: its own venv, the portable build's, the active venv, then any with torch."""
    windows = os.name == "nt"
    inside = Path("Scripts/python.exe") if windows else Path("bin/python")
    candidates = [comfyui / name / inside for name in (".venv", "venv")]
    candidates += [comfyui.parent / name / inside for name in (".venv", "venv")]
    candidates.append(comfyui.parent / "python_embeded" / "python.exe")
    if active := os.environ.get("VIRTUAL_ENV"):
        candidates.append(Path(active) / inside)
    for candidate in candidates:
        if candidate.is_file():
            return str(candidate)
    for name in ("python3", "python"):
        found = shutil.which(name)
        if found and subprocess.run([found, "-c", "import torch"], capture_output=True, check=False).returncode == 0:
            return found
    fail("ComfyUI's Python was not found. Name it: ./comfy-bucket install --python <path> <ComfyUI folder>")


def check_destination(destination: Path) -> None:
    """Only our own earlier install is replaced, never somebody else's folder, and no checkout."""
    if is_in_place(destination) or destination.is_symlink() or not destination.exists():
        return
    if not (destination / "pack" / "nodes.json").is_file():
        fail(
            f"{destination} is another node pack with the same name. "
            "Move it out of custom_nodes first; workflows saved with it run unchanged with this one."
        )
    if (destination / ".git").exists():
        fail(f"{destination} is a checkout of its own. Install from there, or move it out of custom_nodes first.")


def is_in_place(destination: Path) -> bool:
    """Whether this checkout was cloned into custom_nodes itself: then it is the pack already."""
    return ROOT.parent == destination.parent.resolve()


def build_wheel() -> Path:
    built = subprocess.run(
        [str(ROOT / "scripts" / "build-wheel"), sys.executable], check=True, stdout=subprocess.PIPE, text=True
    )
    return ROOT / built.stdout.strip()


def install_wheel(python: str, wheel: Path) -> None:
    # Twice, because a rebuilt wheel has the same version: first whatever it needs, then the wheel itself anew.
    pip = [python, "-m", "pip", "install", "--quiet"]
    for arguments in ([str(wheel)], ["--force-reinstall", "--no-deps", str(wheel)]):
        if subprocess.run(pip + arguments, check=False).returncode != 0:
            fail(f"pip could not install {wheel.name} into {python}; its message is above.")


def prepare_start(python: str) -> None:
    """Makes the engine's AOT cache, so that already its first start is short. Without it the engine makes it later."""
    print("Preparing the engine's first start …")
    make = "from comfy_bucket import aot, command; aot.AotCache(command.find_installation()).train()"
    subprocess.run([python, "-c", make], check=False)


def place_pack(destination: Path, *, link: bool) -> None:
    if is_in_place(destination):
        return
    if destination.is_symlink():
        destination.unlink()
    elif destination.exists():
        shutil.rmtree(destination)
    if link:
        destination.symlink_to(ROOT, target_is_directory=True)
        return
    # Copied beside and renamed, so that an interrupted install leaves no half pack.
    fresh = destination.with_name(f".{PACK}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir()
    for name in PACK_FILES:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, fresh / name, ignore=NOT_INSTALLED)
        elif source.exists():
            shutil.copy2(source, fresh / name)
    fresh.rename(destination)


def remember(comfyui: Path) -> None:
    """Writes down where this ComfyUI keeps the profiles, so that the command line finds the ones its nodes use."""
    sys.path.insert(0, str(ROOT / "engine" / "python" / "src"))
    from comfy_bucket.folders import config_folder

    file = config_folder() / "comfyui.json"
    secrets = comfyui / "user" / "__cloud_storage"
    if not keeps_secrets(comfyui) and not (secrets / "profiles.json").is_file():
        file.unlink(missing_ok=True)
        return
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = file.with_name(".comfyui.json.new")
    fresh.write_text(json.dumps({"secrets": str(secrets)}) + "\n", encoding="utf-8")
    fresh.replace(file)


def keeps_secrets(comfyui: Path) -> bool:
    """Whether it has folders that it does not serve over HTTP; before v0.3.76 the system's folder is used instead."""
    folders = comfyui / "folder_paths.py"
    return folders.is_file() and "def get_system_user_directory" in folders.read_text(encoding="utf-8")


def fail(message: str) -> NoReturn:
    sys.exit(f"install: {message}")


if __name__ == "__main__":
    sys.exit(main())
