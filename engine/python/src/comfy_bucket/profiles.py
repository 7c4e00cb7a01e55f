"""The names of the profiles, for ComfyUI's lists, and whether one of them wants the engine at ComfyUI's start.

ComfyUI asks for a node's lists on every request, also before there is an engine. So this module reads `profiles.json`
itself, keeps that, and drops everything else: secrets live only in the engine.
"""

import json
import os
from pathlib import Path
from typing import Any, NamedTuple

from .folders import config_folder
from .problems import problem

FILE = "profiles.json"
SETTING = "COMFY_S3_PROFILES"

BACKUP = "auto_backup"


class _Kept(NamedTuple):
    names: list[str]
    backs_up: bool


_cache: dict[Path, tuple[tuple[int, int, int], _Kept | None]] = {}


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


def backs_up(user_folder: str | None = None) -> bool:
    """Whether a profile has what appears in ComfyUI's output folder backed up."""
    kept = _kept(profiles_file(user_folder))
    return kept is not None and kept.backs_up


def _names(file: Path) -> list[str] | None:
    """None where nothing can be said: the file cannot be read as profiles."""
    kept = _kept(file)
    return None if kept is None else kept.names


def _kept(file: Path) -> _Kept | None:
    try:
        status = file.stat()
    except FileNotFoundError:
        return _Kept([], False)
    except OSError:
        return None
    stamp = (status.st_mtime_ns, status.st_size, status.st_ino)
    known = _cache.get(file)
    if known is None or known[0] != stamp:
        known = _cache[file] = (stamp, _read(file))
    return known[1]


def _read(file: Path) -> _Kept | None:
    try:
        content: Any = json.loads(file.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError):
        return None
    profiles = content.get("profiles") if isinstance(content, dict) else None
    if not isinstance(profiles, dict):
        return None
    wanting = (profile.get(BACKUP) for profile in profiles.values() if isinstance(profile, dict))
    return _Kept([str(name) for name in profiles], any(wanted not in (None, False, "") for wanted in wanting))
