"""Loads the Python pack that this product replaces into a ComfyUI 0.3.64, which lacks two things that it needs.

Copied as `__init__.py` into a custom node folder of its own, with the pack's folder in place of PACK_FOLDER.
"""

import importlib.util
import sys
from pathlib import Path

import folder_paths
from comfy_api.latest import io

PACK = Path("PACK_FOLDER")


def _system_user_directory(name):
    folder = Path(folder_paths.get_user_directory()) / f"__{name}"
    folder.mkdir(parents=True, exist_ok=True)
    return str(folder)


if not hasattr(folder_paths, "get_system_user_directory"):
    folder_paths.get_system_user_directory = _system_user_directory

if "search_aliases" not in io.Schema.__dataclass_fields__:
    _make_schema = io.Schema.__init__

    def _without_aliases(self, *arguments, search_aliases=None, **fields):
        _make_schema(self, *arguments, **fields)

    io.Schema.__init__ = _without_aliases

_spec = importlib.util.spec_from_file_location(
    "original_pack", PACK / "__init__.py", submodule_search_locations=[str(PACK)]
)
_module = importlib.util.module_from_spec(_spec)
sys.modules[_spec.name] = _module
_spec.loader.exec_module(_module)

comfy_entrypoint = _module.comfy_entrypoint
