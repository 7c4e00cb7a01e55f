"""Whether the engine is wanted before a node needs it: when files wait for their upload, or are to be backed up.

Asked at ComfyUI's start, so it costs a look at one folder's name and at the profiles, which are read for lists anyway.
"""

import os

from .folders import data_folder
from .profiles import backs_up, profiles_file

OUTBOX = "outbox"
OWNERS = "owners"
"""The engine keeps this folder for as long as something is to be done, see `docs/outbox.md`."""


def wanted(user_folder: str | None = None) -> bool:
    """`user_folder` is what ComfyUI has for secrets."""
    beside = profiles_file(user_folder).parent
    if (beside / OUTBOX / OWNERS).is_dir() or backs_up(user_folder):
        return True
    # Where nothing can be written beside the profiles, the outbox lies elsewhere.
    return not os.access(beside, os.W_OK) and (data_folder() / OUTBOX / OWNERS).is_dir()
