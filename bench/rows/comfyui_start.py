"""Row 12: what the pack adds to ComfyUI's start."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from ..comfyuis import wrap_original
from ..measure import Case, Row, Sample, Side
from ..savers import PACK
from ..setting import ROOT, WHEEL, Setting

COMFYUI = """
sys.argv[1:] = ["--cpu", "--base-directory", base]
import comfy.options
comfy.options.enable_args_parsing()
import utils.extra_config, execution, server, nodes, PIL.PngImagePlugin  # as main.py does before it looks for packs
"""

# What ComfyUI does with a pack: it imports it, asks it for its nodes, and each node for its schema.
IMPORT = """
import asyncio, importlib.util, json, os, sys, time
pack, base, *path = sys.argv[1:]
sys.path[:0] = path
{around}
import comfy_api.latest, folder_paths, numpy
start, cpu = time.perf_counter(), time.process_time()
spec = importlib.util.spec_from_file_location("pack_in_use", pack + "/__init__.py", submodule_search_locations=[pack])
module = importlib.util.module_from_spec(spec)
sys.modules[spec.name] = module
spec.loader.exec_module(module)
async def nodes():
    return await (await module.comfy_entrypoint()).get_node_list()
schemas = [node.GET_SCHEMA() for node in asyncio.run(nodes())]
took = time.perf_counter() - start, time.process_time() - cpu
assert schemas
children = open(f"/proc/self/task/{{os.getpid()}}/children").read().split()
print(json.dumps([*took, children]), file=sys.stderr)
"""


@contextmanager
def _open(setting: Setting) -> Iterator[list[Case]]:
    """In the ComfyUI that was given, else in the stand-in of the pack's tests, where the original cannot run."""
    base = setting.new_folder("comfyui")
    peers = []
    if setting.comfyui is None:
        python, path, around = Path(sys.executable), [ROOT / "pack" / "tests" / "standin"], ""
    else:
        python, path, around = setting.comfyui.python, [setting.comfyui.folder], COMFYUI
        if setting.comfyui.original:
            wrapped = wrap_original(base, setting.comfyui.original)
            peers = [Side(PACK, partial(_import, python, around, wrapped, base, path))]
    path = [*path, WHEEL]
    ours = partial(_import, python, around, ROOT, base, path)
    yield [Case("import and schemas", ours, tuple(peers), goal="≤ 0.020 s, no JVM")]


def _import(python: Path, around: str, pack: Path, base: Path, path: list[Path]) -> Sample:
    command = [str(python), "-c", IMPORT.format(around=around), str(pack), str(base), *map(str, path)]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPYCACHEPREFIX"] = str(base / "compiled")  # as in a ComfyUI that has started before
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    if done.returncode:
        raise AssertionError(done.stderr)
    seconds, cpu, children = json.loads(done.stderr.splitlines()[-1])
    if children:
        raise AssertionError(f"The pack has started {len(children)} processes")
    return Sample(seconds, cpu)


ROW = Row(12, "ComfyUI's start", (_open,))
