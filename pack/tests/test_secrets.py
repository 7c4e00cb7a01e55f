"""A canary secret goes through every success and error path of every node, and must then be nowhere."""

import asyncio
import base64
import json
import logging
import os
import traceback
import urllib.parse
from collections import defaultdict
from pathlib import Path

import folder_paths
import nodes as comfyui_nodes
import pytest
import server
from comfy_api.latest import ComfyAPI
from comfy_bucket import command
from comfy_bucket.engine import Engine
from comfy_bucket.errors import EngineUnavailable
from comfyui import Executor
from conftest import part
from media import sound, video
from test_media_nodes import Source
from test_model_nodes import safetensors

CANARY = "cAnary+Secret/0123456789=abcdefghijklmn"
SECRET_FILES = {"profiles.json", "credentials.json"}


def forms(secret):
    """How a secret may look in a text or a file. Base64 depends on what stands in front of it."""
    yield secret.encode()
    yield urllib.parse.quote(secret, safe="").encode()
    yield urllib.parse.quote(secret).encode()
    for before in range(3):
        encoded = base64.b64encode(b"\0" * before + secret.encode())
        yield encoded[4:-4]


def assert_absent(place, data, secrets):
    for secret in secrets:
        assert not any(form in data for form in forms(secret)), f"a secret is in {place}"


@pytest.fixture
def machine(tmp_path, monkeypatch, caplog):
    """An engine whose profiles hold the canary, and the folder of everything that it may write to.

    New files are open to everybody, unless who makes them says otherwise.
    """
    try:
        command.find_installation()
    except EngineUnavailable as missing:
        pytest.skip(str(missing))
    caplog.set_level(logging.DEBUG)
    usual = os.umask(0)
    base = tmp_path / "ComfyUI"
    base.mkdir()
    monkeypatch.setattr(folder_paths, "base_path", str(base))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    file = tmp_path / "profiles.json"
    monkeypatch.setenv("COMFY_S3_PROFILES", str(file))
    engine = Engine(part("engine")._hello, on_notice=part("notices").show)
    part("engine")._engine = engine

    def profiles(**more):
        file.touch(0o600)
        local = {"local": {"provider": "Local", "folder": str(tmp_path / "bucket")}}
        file.write_text(json.dumps({"profiles": local | more}))

    profiles()
    yield engine, tmp_path, profiles
    engine.close()
    part("engine")._engine = None
    os.umask(usual)


def store_of(folder):
    """Address and secret of the embedded store, as its own files tell them."""
    inner = folder / "bucket" / ".comfy-bucket"
    keys = json.loads((inner / "credentials.json").read_text())
    secret = max((value for value in keys.values() if isinstance(value, str)), key=len)
    return f"http://127.0.0.1:{(inner / 'port').read_text().strip()}", secret


def is_private(file, top):
    """Whether the file, or a folder that it lies in, is its owner's only."""
    places = [file, *(folder for folder in file.parents if top in folder.parents)]
    return any(place.stat().st_mode & 0o077 == 0 for place in places)


MODELS = {
    "LoadCheckpointFromCloud": "checkpoints",
    "LoadLoraFromCloud": "loras",
    "LoadVAEFromCloud": "vae",
    "LoadDiffusionModelFromCloud": "diffusion_models",
    "LoadControlNetFromCloud": "controlnet",
    "LoadUpscaleModelFromCloud": "upscale_models",
    "LoadCLIPVisionFromCloud": "clip_vision",
    "LoadTextEncoderFromCloud": "text_encoders",
}


@pytest.fixture
def all_nodes(contract, comfyui, monkeypatch, nodes):
    """Every node of the contract, in a ComfyUI that has every loader."""
    for name in MODELS.values():
        known = ([str(comfyui / "models" / name)], {".safetensors"})
        monkeypatch.setitem(folder_paths.folder_names_and_paths, name, known)
    for loader in (entry["core_loader"] for entry in contract if "core_loader" in entry):
        monkeypatch.setitem(comfyui_nodes.NODE_CLASS_MAPPINGS, loader["class"], core_loader(**loader))
    classes = {cls.__name__: cls for cls in part("nodes").node_classes()}
    assert classes.keys() == {entry["id"] for entry in contract}
    return classes


def core_loader(file, **named):
    def load(self, **given):
        return (given[file],)

    inputs = {"required": {file: (["x"],)}}
    body = {"INPUT_TYPES": classmethod(lambda cls: inputs), "RETURN_TYPES": ("M",), "FUNCTION": "load", "load": load}
    return type(named["class"], (), body)


@pytest.fixture
def page(monkeypatch):
    """What ComfyUI's page is sent."""
    instance = server.PromptServer()
    instance.sockets["page"] = object()
    monkeypatch.setattr(server.PromptServer, "instance", instance)
    monkeypatch.setattr(ComfyAPI.Execution, "shown", [])
    return instance


class Frames(Source):
    """A video."""


class Sounds(Source):
    """A sound."""


class Pictures(Source):
    """An image batch."""


def prompts(profile, keys):
    """What is run with a profile: by a name, every node and some of them in another way."""
    chosen = {"profile": {"profile": profile}}
    link = {"presign_url": True, **chosen}
    model = {"key": keys["model"], **chosen}
    wanted = {
        "CloudStorageProfile": {"profile": profile},
        "SaveImageToCloud": {"images": ["1", 0], **link},
        "SaveVideoToCloud": {"video": ["2", 0], **link},
        "SaveAudioToCloud": {"audio": ["3", 0], **link},
        "SaveFileToCloud": {"path": "model.safetensors", "key_prefix": "models/", **link},
        "SaveTextToCloud": {"text": "hello", **link},
        "LoadImageFromCloud": {"key": keys["image"], **chosen},
        "LoadImagesFromCloud": {"prefix": "comfyui/images/", "max_images": 3, "order": "newest", **chosen},
        "LoadAudioFromCloud": {"key": keys["audio"], **chosen},
        "LoadVideoFromCloud": {"key": keys["video"], **chosen},
        "LoadModelFromCloud": {"model_type": "loras", "force_redownload": True, **model},
        **dict.fromkeys(MODELS, model),
        "ListBucketContents": chosen,
        "GeneratePresignedURL": {"key": keys["image"], **chosen},
        "TestCloudConnection": chosen,
    }
    wanted = {name: (name, inputs) for name, inputs in wanted.items()}
    wanted["later"] = ("SaveTextToCloud", {"text": "later", "upload": "background", **chosen})
    wanted["missing"] = ("LoadImageFromCloud", {"key": "no/such.png", **chosen})
    wanted["other"] = ("LoadVideoFromCloud", {"key": keys["text"], **chosen})
    return wanted


class Runs:
    """Runs nodes, and keeps all that a user or a program can see of it."""

    def __init__(self, classes):
        self.classes = [*classes.values(), Frames, Sounds, Pictures]
        self.places = defaultdict(list)
        self.succeeded = set()
        self.failed = set()

    async def run(self, name, node, inputs):
        executor = Executor(self.classes)
        sources = {"1": "Pictures", "2": "Frames", "3": "Sounds"}
        prompt = {
            **{key: {"class_type": kind, "inputs": {}} for key, kind in sources.items()},
            "9": {"class_type": node, "inputs": inputs},
        }
        try:
            outputs = (await executor.execute(prompt, {"workflow": {"nodes": []}}))["9"]
        except Exception as error:
            self.failed.add(name)
            self.places["an error's text"].append(f"{error} {error!r} {vars(error)}")
            self.places["an error's traceback"].append("".join(traceback.format_exception(error)))
            return None
        self.succeeded.add(name)
        self.places["the outputs of a node"].append(repr(outputs))
        self.places["the history"].append(json.dumps([prompt, executor.shown["9"]], default=str))
        return outputs


def settings(address):
    """Profiles that fail, each in its way."""
    remote = {"provider": "MinIO", "endpoint_url": address, "bucket": "comfyui", "access_key": "nobody"}
    return {
        "wrong": {**remote, "secret_key": CANARY},
        "token": {**remote, "secret_key": CANARY, "session_token": CANARY},
        "down": {**remote, "secret_key": CANARY, "endpoint_url": "http://127.0.0.1:9"},
        "nowhere": {**remote, "secret_key": CANARY, "endpoint_url": "https://no-such-host.invalid"},
        "odd": {**remote, "secret_key": CANARY, "provider": "Acme"},
        "typo": {**remote, "secret_key": CANARY, "acess_key": CANARY, "concurrency": CANARY},
        "readonly": {**remote, "secret_key": CANARY, "read_only": True},
        "address": {**remote, "secret_key": CANARY, "endpoint_url": f"https://{CANARY}@x"},
    }


def test_no_secret_is_anywhere(machine, all_nodes, page, tensor, caplog, capfd, eventually):
    engine, folder, profiles = machine
    (folder / "ComfyUI" / "output").mkdir()
    (folder / "ComfyUI" / "output" / "model.safetensors").write_bytes(safetensors())
    Pictures.value, Frames.value, Sounds.value = tensor(2, 16, 16, 3), video(2), sound(seconds=0.1)
    runs = Runs(all_nodes)

    async def keys():
        wanted = prompts("local", defaultdict(str))
        saved = {"image": "Image", "audio": "Audio", "video": "Video", "model": "File", "text": "Text"}
        return {key: (await runs.run("", *wanted[f"Save{node}ToCloud"]))[0] for key, node in saved.items()}

    there = asyncio.run(keys())
    address, stores_own = store_of(folder)
    failing = settings(address)
    profiles(**failing)

    async def everything():
        asked = [one for profile in ("local", *failing, "missing") for one in prompts(profile, there).items()]
        await asyncio.gather(*(runs.run(name, *wanted) for name, wanted in asked))

    asyncio.run(everything())
    names = prompts("local", there).keys()
    assert runs.succeeded == {"", *names} - {"missing", "other"}, "the way without errors was not taken"
    assert runs.failed >= names - {"CloudStorageProfile"}, "the way with errors was not taken"
    errors = " ".join(runs.places["an error's text"])
    assert "does not know this access key" in errors and "127.0.0.1:9" in errors
    eventually(lambda: any(event == part("notices").EVENT for event, _ in page.sent), seconds=60)

    places = runs.places
    said = capfd.readouterr()
    places["the page's messages"] = [json.dumps(page.sent, default=str)]
    places["the lines on a node"] = [repr(page.texts)]
    places["the progress"] = [repr(ComfyAPI.Execution.shown)]
    places["object_info"] = [repr([vars(item) for item in schema_items(cls)]) for cls in all_nodes.values()]
    places["the log"] = [caplog.text]
    places["the terminal"] = [f"stdout: {said.out} stderr: {said.err}"]
    places["the command line"] = [Path(f"/proc/{engine.pid}/cmdline").read_bytes()]
    places["the engine's environment"] = [Path(f"/proc/{engine.pid}/environ").read_bytes()]
    places["the hand-over"] = [Path(file.path).read_bytes() for file in part("engine")._hand_over._free]
    for file in folder.rglob("*"):
        if file.is_file() and file.name not in SECRET_FILES:
            places[f"a file of {kind_of(file, folder)}"].append(file.read_bytes())
    expected = {"bucket", "outbox", "ComfyUI/output", "ComfyUI/temp", "ComfyUI/models", "cache"}
    assert {f"a file of {kind}" for kind in expected} <= places.keys()
    assert len(places) >= 12
    secrets = [CANARY, stores_own]
    for place, contents in places.items():
        contents = [content if isinstance(content, bytes) else content.encode() for content in contents]
        assert any(contents), f"nothing was searched in {place}"
        for content in contents:
            assert_absent(place, content, secrets)
    assert_private(folder)


def schema_items(cls):
    schema = cls.GET_SCHEMA()
    return [*schema.inputs, *schema.outputs]


def kind_of(file, folder):
    """What a file is there for, by the folders that it lies in."""
    parts = file.relative_to(folder).parts
    return "/".join(parts[:2]) if parts[0] == "ComfyUI" else parts[0]


def assert_private(folder):
    open_to_all = {"ComfyUI", "bucket/comfyui"}
    for file in folder.rglob("*"):
        inner = str(file.relative_to(folder))
        if file.is_file() and not any(inner == place or inner.startswith(f"{place}/") for place in open_to_all):
            assert is_private(file, folder), f"others may read or change {file}"
    for name in SECRET_FILES:
        for file in folder.rglob(name):
            assert file.stat().st_mode & 0o077 == 0, f"others may read {file}"


def test_the_search_finds_a_secret_that_is_there():
    hidden = base64.b64encode(f"user:{CANARY}".encode())
    with pytest.raises(AssertionError):
        assert_absent("a header", b"Authorization: Basic " + hidden, [CANARY])
