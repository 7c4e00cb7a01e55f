"""The names of the profiles, for ComfyUI's lists.

ComfyUI asks for a node's lists on every request, also before there is an engine. So this module reads `profiles.json`
itself, keeps the names, and drops everything else: secrets live only in the engine.
"""

import json
import os
from pathlib import Path
from typing import Any

from .folders import config_folder
from .problems import problem

FILE = "profiles.json"
SETTING = "COMFY_S3_PROFILES"

_cache: dict[Path, tuple[tuple[int, int, int], list[str] | None]] = {}


def profiles_file(user_folder: str | None = None) -> Path:
    """Where the profiles are, by the engine's own rule; `user_folder` is what ComfyUI has for secrets."""
    named = os.environ.get(SETTING, "")
    if named:
        return Path(named).expanduser()
    return (Path(user_folder) if user_folder else config_folder()) / FILE


def profile_names(user_folder: str | None = None) -> list[str]:
    """The names in the file's order; none if the file is missing or broken, which the engine reports in full."""
    return list(_names(profiles_file(user_folder)) or [])


def unknown_profile(name: str, user_folder: str | None = None) -> str | None:
    """What to tell a user whose workflow names a profile that does not exist; None if it may exist."""
    file = profiles_file(user_folder)
    names = _names(file)
    if names is None or name in names:
        return None
    import difflib

    near = difflib.get_close_matches(name, names, n=3)
    choices = " or ".join(near or ["(env vars)", *names[:20]])
    return problem("profile_not_found", profile=name, choices=choices, profiles_file=str(file))[0]


def _names(file: Path) -> list[str] | None:
    """None where nothing can be said: the file cannot be read as profiles."""
    try:
        status = file.stat()
    except FileNotFoundError:
        return []
    except OSError:
        return None
    stamp = (status.st_mtime_ns, status.st_size, status.st_ino)
    known = _cache.get(file)
    if known is None or known[0] != stamp:
        known = _cache[file] = (stamp, _read(file))
    return known[1]


def _read(file: Path) -> list[str] | None:
    try:
        content: Any = json.loads(file.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError):
        return None
    profiles = content.get("profiles") if isinstance(content, dict) else None
    return [str(name) for name in profiles] if isinstance(profiles, dict) else None
