"""Models over the real engine and its embedded store: Python's own pickles, and what the nodes say and give."""

import io
import json
import pickle
import pickletools
import struct
import zipfile
from collections import Counter, OrderedDict

import folder_paths
import pytest
from comfy_bucket.errors import EngineError
from comfyui import Executor
from conftest import part


@pytest.fixture(autouse=True)
def put(folder):
    """Puts an object into the bucket."""
    bucket = folder / "data" / "comfy-bucket" / "local" / "comfyui"

    def store(key, content):
        file = bucket / key
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)

    return store


def download(nodes, key, **more):
    inputs = {"model_type": "checkpoints", "key": key, "force_redownload": False, **more}
    executor = Executor(nodes.values())
    outputs = executor.run({"1": {"class_type": "LoadModelFromCloud", "inputs": inputs}})
    return outputs["1"], executor.shown["1"]["text"]


def safetensors():
    header = json.dumps({"a": {"dtype": "U8", "shape": [4], "data_offsets": [0, 4]}}).encode()
    return struct.pack("<Q", len(header)) + header + b"abcd"


def archive(data):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        made.writestr("archive/data.pkl", data)
        made.writestr("archive/version", "3\n")
    return file.getvalue()


def test_a_model_is_downloaded_once_and_named_as_the_loaders_name_it(nodes, put, comfyui):
    put("models/a.safetensors", safetensors())
    (name,), text = download(nodes, "models/a.safetensors")
    assert name == "a.safetensors"
    assert text[0].startswith("downloaded: a.safetensors (")
    assert (comfyui / "models" / "checkpoints" / name).read_bytes() == safetensors()
    assert download(nodes, "models/a.safetensors") == ((name,), ["cached: a.safetensors"])


def test_a_one_step_loader_gives_what_comfyuis_loader_gives(nodes, put, comfyui):
    put("loras/style.safetensors", safetensors())
    inputs = {"model": "m", "clip": "c", "key": "loras/style.safetensors", "strength_model": 0.5, "strength_clip": 1.0}
    executor = Executor(nodes.values())
    prompt = {"7": {"class_type": "LoadLoraFromCloud", "inputs": inputs}}
    part("loaders")._kept.clear()
    assert executor.run(prompt)["7"] == (("m", "style.safetensors", 0.5, 1), ("c", "style.safetensors", 1.0))
    assert executor.shown["7"]["text"][0].startswith("downloaded: style.safetensors (")
    assert (comfyui / "models" / "loras" / "style.safetensors").is_file()
    executor.run(prompt)
    assert executor.ran == []


def test_extra_folders_count_only_where_the_owner_named_them(nodes, put, comfyui, tmp_path, monkeypatch):
    put("models/a.safetensors", safetensors())
    put("models/b.safetensors", safetensors())
    shared = tmp_path / "shared"
    own = str(comfyui / "models" / "checkpoints")
    monkeypatch.setitem(folder_paths.folder_names_and_paths, "checkpoints", ([str(shared), own], set()))
    download(nodes, "models/a.safetensors")
    assert not shared.exists()
    named = tmp_path / "more.yaml"
    named.write_text(f"shared:\n  is_default: true\n  checkpoints: {shared}\n")
    from comfy.cli_args import args

    monkeypatch.setattr(args, "extra_model_paths_config", [[str(named)]], raising=False)
    assert download(nodes, "models/b.safetensors")[0] == ("b.safetensors",)
    assert (shared / "b.safetensors").is_file()


class Command:
    """Runs something when it is loaded."""

    def __init__(self, function, *arguments):
        self.function, self.arguments = function, arguments

    def __reduce__(self):
        return self.function, self.arguments


def attacks():
    import os
    import subprocess

    values = {
        "system": Command(os.system, "true"),
        "popen": Command(subprocess.Popen, ["true"]),
        "eval": Command(eval, "1"),
        "import": Command(__import__, "os"),
        "getattr": Command(getattr, OrderedDict, "__init__"),
        "in a list": [1, {"a": (Command(os.system, "true"),)}],
        "as a key": {Command(os.system, "true"): 1},
        "twice": [Command(os.system, "true")] * 2,
        "behind much": [list(range(1000)), "x" * 70_000, b"y" * 70_000, Command(exec, "")],
        "a class of ours": Command,
    }
    for name, value in values.items():
        for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
            made = pickle.dumps(value, protocol)
            yield f"{name}, protocol {protocol}", made
            if protocol > 1:
                yield f"{name}, protocol {protocol}, optimised", pickletools.optimize(made)


def test_pythons_pickles_are_refused_when_they_name_more_than_is_allowed(nodes, put, comfyui):
    samples = dict(attacks())
    assert len(samples) >= 100
    for number, (name, made) in enumerate(samples.items()):
        for kind, content in (("plain", made), ("archive", archive(made))):
            key = f"attacks/{number}-{kind}.pt"
            put(key, content)
            with pytest.raises(EngineError) as refused:
                download(nodes, key)
            assert refused.value.code == "pickle_refused", (name, kind, str(refused.value))
    assert not list((comfyui / "models").rglob("*.pt"))


def test_pythons_pickles_are_accepted_when_they_name_nothing_else(nodes, put):
    harmless = {
        "a": [1, 2.5, None, True, "text", b"bytes", bytearray(b"x"), 1 << 100, -5, complex(1, 2)],
        "b": {"nested": (1, (2, (3, ()))), "set": {1, 2}},
        "c": OrderedDict(x=1),
        "d": Counter("aab"),
        "long": "é" * 100_000,
    }
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        for kind, content in (
            ("pt", pickle.dumps(harmless, protocol)),
            ("ckpt", archive(pickle.dumps(harmless, protocol))),
        ):
            put(f"good/{protocol}.{kind}", content)
            assert download(nodes, f"good/{protocol}.{kind}")[0] == (f"{protocol}.{kind}",)


def test_a_renamed_pickle_is_refused_by_what_it_is(nodes, put):
    put("renamed.safetensors", pickle.dumps(Command(eval, "1")))
    with pytest.raises(EngineError, match="could run a program"):
        download(nodes, "renamed.safetensors")
    put("harmless.safetensors", archive(pickle.dumps({})))
    with pytest.raises(EngineError, match="Not a model file"):
        download(nodes, "harmless.safetensors")
