"""The stand-in has the real ComfyUI's signatures, where a real one is at hand."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import HERE

# By module: what the pack calls, and in which classes' fields it looks.
USED = {
    "comfy_api.latest": [
        "ComfyExtension.get_node_list",
        "ComfyAPI.Execution.set_progress",
        "InputImpl.VideoFromFile.__init__",
        "InputImpl.VideoFromFile.get_stream_source",
    ],
    "comfy_api.latest:io": [
        *(
            f"{kind}.Input.__init__"
            for kind in ("String", "Int", "Boolean", "Combo", "Image", "Mask", "Audio", "Video")
        ),
        *(f"{kind}.Output.__init__" for kind in ("String", "Image", "Mask", "Audio", "Video")),
        "Custom",
        "Schema",
        "NodeOutput.__init__",
        "ComfyNode.GET_SCHEMA",
    ],
    "comfy.model_management": ["processing_interrupted", "throw_exception_if_processing_interrupted"],
    "comfy_execution.utils": ["get_executing_context", "CurrentNodeContext.__init__", "ExecutionContext"],
    "folder_paths": [
        "get_output_directory",
        "get_temp_directory",
        "get_input_directory",
        "get_user_directory",
        "get_folder_paths",
    ],
}

DESCRIBE = """
import importlib, inspect, json, sys
from comfy.cli_args import args
args.cpu = True
described = {}
for place, names in json.loads(%r).items():
    module_name, _, attribute = place.partition(":")
    module = importlib.import_module(module_name)
    module = getattr(module, attribute) if attribute else module
    for name in names:
        found = module
        for step in name.split("."):
            found = getattr(found, step)
        described[f"{place}.{name}"] = list(inspect.signature(found).parameters)
from comfy_api.latest import io
described["hidden"] = [io.Hidden.prompt.value, io.Hidden.extra_pnginfo.value]
described["disable_metadata"] = [str(args.disable_metadata)]
print("\\n" + json.dumps(described))
"""


def describe(python, folder):
    program = DESCRIBE % json.dumps(USED)
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    done = subprocess.run(
        [python, "-c", program], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.skipif(
    not (os.environ.get("COMFYUI_DIR") and os.environ.get("COMFYUI_PYTHON")),
    reason="COMFYUI_DIR and COMFYUI_PYTHON do not name a ComfyUI",
)
def test_its_signatures_are_those_of_the_real_one():
    real = describe(os.environ["COMFYUI_PYTHON"], Path(os.environ["COMFYUI_DIR"]))
    ours = describe(sys.executable, HERE / "standin")
    assert ours.keys() == real.keys()
    for name, parameters in ours.items():
        in_the_real_order = [parameter for parameter in real[name] if parameter in parameters]
        assert parameters == in_the_real_order, name
