"""What the store refuses ends a save node while it still encodes, and leaves nothing behind."""

import json
import subprocess
from fractions import Fraction

import numpy as np
import pytest
import torch
from comfy_bucket import command
from comfy_bucket.errors import EngineError
from comfy_bucket.profiles import profiles_file
from comfyui import Executor
from media import Components, VideoFromComponents, sound, video
from test_media_nodes import Source, making_folders, prompt

WRONG = {
    "bucket_not_found": {"bucket": "nowhere"},
    "access_key_invalid": {"access_key": "somebody"},
    "signature_mismatch": {"secret_key": "guessed"},
}


@pytest.fixture(scope="module")
def store(shared_engine, tmp_path_factory):
    """A store of its own process, as a profile's fields."""
    folder = tmp_path_factory.mktemp("store")
    serve = ["serve", "--folder", str(folder), "--show-secret", "--json"]
    with subprocess.Popen(command.find_installation().command(*serve), stdout=subprocess.PIPE, text=True) as process:
        told = json.loads(process.stdout.readline())
        yield {
            "provider": "MinIO",
            "endpoint_url": told["endpoint"],
            **{name: told[name] for name in ("bucket", "access_key", "secret_key")},
        }
        process.terminate()


@pytest.fixture
def executor(store, nodes, folder, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder / "config"))  # As the engine was started with.
    file = profiles_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch(0o600)
    profiles = {"right": store, **{name: {**store, **wrong} for name, wrong in WRONG.items()}}
    file.write_text(json.dumps({"profiles": profiles}))
    yield Executor([*nodes.values(), Source])
    Source.value = None
    file.unlink()


def hours_of(medium):
    """What would take very long to encode, and takes no memory."""
    if medium == "audio":
        return {"waveform": broadcast(np.float32(0), (1, 2, 44_100 * 3_600 * 10)), "sample_rate": 44_100}
    frame = np.random.default_rng(1).random((480, 640, 3), np.float32)
    return VideoFromComponents(Components(broadcast(frame, (100_000, 480, 640, 3)), Fraction(24)))


def broadcast(array, shape):
    """The same again and again."""
    return torch.from_numpy(np.broadcast_to(array, shape))


@pytest.mark.parametrize("code", WRONG)
@pytest.mark.parametrize(("node", "medium"), [("SaveVideoToCloud", "video"), ("SaveAudioToCloud", "audio")])
def test_it_is_not_encoded_to_its_end(executor, folder, eventually, node, medium, code):
    Source.value = hours_of(medium)
    with pytest.raises(EngineError) as caught:
        executor.run(prompt(node, profile={"profile": code}))
    assert caught.value.code == code
    eventually(lambda: making_folders(folder) == [], seconds=20)


@pytest.mark.parametrize(
    ("node", "value"), [("SaveVideoToCloud", video(30, 240, 320)), ("SaveAudioToCloud", sound(seconds=20))]
)
def test_in_the_background_it_waits_in_the_outbox(executor, folder, node, value):
    before = set(folder.rglob("*.file.*"))
    Source.value = value
    executor.run(prompt(node, profile={"profile": "bucket_not_found"}, upload="background"))
    assert len(set(folder.rglob("*.file.*")) - before) == 1


def test_what_the_store_takes_is_saved(executor):
    Source.value = video(30, 240, 320)
    assert executor.run(prompt("SaveVideoToCloud", profile={"profile": "right"}))["2"][0]
