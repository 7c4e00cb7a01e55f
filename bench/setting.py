"""Where a run of the benchmarks takes place, and with what."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / ".build" / "bench"

WHEEL = BUILD / "wheel"
"""The engine as users get it, installed into a folder of its own."""

_MEMORY = Path("/dev/shm")


@dataclass(frozen=True)
class ComfyUISetting:
    """A ComfyUI to measure in."""

    folder: Path
    python: Path
    original: Path | None
    """The pack that this product replaces, to measure beside ours."""


@dataclass(frozen=True)
class Setting:
    """One run."""

    folder: Path
    """Removed afterwards. It lies in memory where there is room: then the clients are measured, and not the disk."""
    small: bool
    """Tiny pictures, few objects: only to see that everything works."""
    versitygw: Path | None
    """This S3 server in place of the embedded store."""
    comfyui: ComfyUISetting | None
    rclone: Path | None = None
    """To measure beside ours where it is given."""

    @property
    def profiles(self) -> Path:
        """The engine's settings."""
        return self.folder / "profiles.json"

    def size(self, full: int, small: int) -> int:
        """One or the other, as the run is."""
        return small if self.small else full

    def new_folder(self, name: str) -> Path:
        """An empty one."""
        return Path(tempfile.mkdtemp(prefix=f"{name}-", dir=self.folder))

    @contextmanager
    def disk_folder(self) -> Iterator[Path]:
        """An empty one on the disk of this checkout, where what has to reach a disk is measured."""
        folder = Path(tempfile.mkdtemp(prefix="disk-", dir=BUILD))
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def add_profile(self, name: str, fields: dict[str, object]) -> None:
        """For the engine, which reads the file anew for each call."""
        whole = json.loads(self.profiles.read_text())
        whole["profiles"][name] = fields
        self.profiles.write_text(json.dumps(whole))


@contextmanager
def new_setting(
    small: bool = False,
    versitygw: Path | None = None,
    comfyui: ComfyUISetting | None = None,
    rclone: Path | None = None,
) -> Iterator[Setting]:
    """Makes its folder, and has everything that is started from here use it, whatever the user's own settings are."""
    place = _MEMORY if os.access(_MEMORY, os.W_OK) else None
    folder = Path(tempfile.mkdtemp(prefix="comfy-bucket-bench-", dir=place))
    for name in [name for name in os.environ if name.startswith(("COMFY_S3_", "COMFY_BUCKET_", "AWS_"))]:
        del os.environ[name]
    setting = Setting(folder, small, versitygw, comfyui, rclone)
    setting.profiles.touch(0o600)
    setting.profiles.write_text('{"profiles": {}}')
    (BUILD / "cache").mkdir(parents=True, exist_ok=True)
    os.environ.update(
        {
            "COMFY_S3_PROFILES": str(setting.profiles),
            "XDG_CACHE_HOME": str(BUILD / "cache"),
            "XDG_CONFIG_HOME": str(folder / "config"),
            "XDG_DATA_HOME": str(folder / "data"),
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_CONFIG_FILE": str(folder / "none"),
            "AWS_SHARED_CREDENTIALS_FILE": str(folder / "none"),
        }
    )
    try:
        yield setting
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def on_disk(setting: Setting) -> Iterator[Setting]:
    """The same run with profiles, and with them the outbox, on the disk: for what has to be there before it counts."""
    folder = Path(tempfile.mkdtemp(prefix="disk-", dir=BUILD))
    disk = replace(setting, folder=folder)
    disk.profiles.touch(0o600)
    disk.profiles.write_text(setting.profiles.read_text())
    os.environ["COMFY_S3_PROFILES"] = str(disk.profiles)
    try:
        yield disk
    finally:
        os.environ["COMFY_S3_PROFILES"] = str(setting.profiles)
        shutil.rmtree(folder, ignore_errors=True)
