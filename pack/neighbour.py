"""Notices the pack that this one replaces: both have nodes with the same ids, and ComfyUI keeps the last it loads."""

from pathlib import Path

from . import host

_ITS_FILES = ("nodes_profile.py", "nodes_save.py", "nodes_load.py", "providers.py")


def warn_about_original() -> None:
    """One line in the log that names its folder, if it is installed too."""
    ours = Path(__file__).resolve().parent.parent
    for folder in host.pack_folders():
        if folder.is_dir():
            for pack in folder.iterdir():
                if _is_original(pack) and pack.resolve() != ours:
                    host.log.warning(
                        "Cloud storage: %s has nodes with the same names; remove or disable it, "
                        "or ComfyUI uses whichever it loads last.",
                        pack,
                    )


def _is_original(pack: Path) -> bool:
    return not pack.name.endswith(".disabled") and all((pack / name).is_file() for name in _ITS_FILES)
