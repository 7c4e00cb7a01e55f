"""A canary secret goes through every success and error path of the nodes, and must then be nowhere."""

import base64
import json
import logging
import os
import urllib.parse
from pathlib import Path

import folder_paths
import pytest
from comfy_bucket import command
from comfy_bucket.engine import Engine
from comfy_bucket.errors import EngineError, EngineUnavailable
from conftest import part

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
    data = data if isinstance(data, bytes) else str(data).encode()
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
    engine = Engine(part("engine")._hello)
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


def save(profile):
    return ("SaveImageToCloud", {"profile": {"profile": profile}, "presign_url": True})


def test_no_secret_is_anywhere(machine, tensor, caplog):
    engine, folder, profiles = machine
    pixels = folder / "pixels"
    pixels.write_bytes(tensor(2, 16, 16, 3).numpy().tobytes())
    batch = {"path": str(pixels), "batch": 2, "height": 16, "width": 16, "channels": 3}
    heard = []

    def run(node, inputs):
        context = {"prompt": "{}", "extra_pnginfo": {"workflow": "{}"}, "disable_metadata": False}
        params = {"node": node, "inputs": inputs, "context": context}
        if node == "SaveImageToCloud":
            params["pixels"] = batch
        try:
            answer = engine.run_node(params, lambda *progress: heard.append(progress)).future.result(90)
            heard.append(json.dumps(answer))
            return answer
        except EngineError as error:
            heard.extend([str(error), repr(error)])
            return None

    key = run(*save("local"))["outputs"][0]
    address, stores_own = store_of(folder)
    remote = {"provider": "MinIO", "endpoint_url": address, "bucket": "comfyui", "access_key": "nobody"}
    profiles(
        wrong={**remote, "secret_key": CANARY},
        token={**remote, "secret_key": CANARY, "session_token": CANARY},
        down={**remote, "secret_key": CANARY, "endpoint_url": "http://127.0.0.1:9"},
        nowhere={**remote, "secret_key": CANARY, "endpoint_url": "https://no-such-host.invalid"},
        odd={**remote, "secret_key": CANARY, "provider": "Acme"},
        typo={**remote, "secret_key": CANARY, "acess_key": CANARY, "concurrency": CANARY},
        readonly={**remote, "secret_key": CANARY, "read_only": True},
        address={**remote, "secret_key": CANARY, "endpoint_url": f"https://{CANARY}@x"},
    )
    succeeded = 0
    for profile in ("local", "wrong", "token", "down", "nowhere", "odd", "typo", "readonly", "address", "missing"):
        chosen = {"profile": {"profile": profile}}
        asked = [
            save(profile),
            ("CloudStorageProfile", {"profile": profile}),
            ("LoadImageFromCloud", {"key": key, **chosen}),
            ("ListBucketContents", chosen),
            ("GeneratePresignedURL", {"key": key, **chosen}),
            ("TestCloudConnection", chosen),
        ]
        succeeded += sum(run(*one) is not None for one in asked)
    assert succeeded >= 6, "the way without errors was not taken"
    assert any("Access denied" in str(one) or "access key" in str(one) for one in heard)

    secrets = [CANARY, stores_own]
    for line in heard:
        assert_absent("what the node says", line, secrets)
    assert_absent("the log", caplog.text, secrets)
    assert_absent("the command line", Path(f"/proc/{engine.pid}/cmdline").read_bytes(), secrets)
    searched = 0
    for file in folder.rglob("*"):
        if file.is_file() and file.name not in SECRET_FILES:
            assert_absent(file, file.read_bytes(), secrets)
            searched += 1
    assert searched > 4
    open_to_all = {"ComfyUI", "bucket/comfyui", "pixels"}
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
