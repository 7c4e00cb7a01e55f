"""Where the operating system wants a program's settings and caches to be."""

import os
import sys
from pathlib import Path

NAME = "comfy-bucket"


def config_folder() -> Path:
    """The user's folder for settings, as the engine's own rule has it. It may not exist."""
    if sys.platform == "win32":
        return _from_environment("APPDATA", Path.home() / "AppData" / "Roaming") / NAME
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / NAME
    return _from_environment("XDG_CONFIG_HOME", Path.home() / ".config") / NAME


def data_folder() -> Path:
    """The user's folder for files that are worth keeping, as the engine's own rule has it. It may not exist."""
    if sys.platform == "win32":
        return _from_environment("LOCALAPPDATA", Path.home() / "AppData" / "Local") / NAME
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / NAME
    return _from_environment("XDG_DATA_HOME", Path.home() / ".local" / "share") / NAME


def cache_folder() -> Path:
    """The user's folder for what can be made again. It may not exist."""
    if sys.platform == "win32":
        return _from_environment("LOCALAPPDATA", Path.home() / "AppData" / "Local") / NAME / "Cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / NAME
    return _from_environment("XDG_CACHE_HOME", Path.home() / ".cache") / NAME


def _from_environment(variable: str, otherwise: Path) -> Path:
    # The XDG specification has relative paths ignored.
    value = os.environ.get(variable, "")
    return Path(value) if os.path.isabs(value) else otherwise
