"""The nodes over the real engine at every provider as it is known to behave, in ComfyUI's executor."""

import json
import os
import subprocess
import threading
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import folder_paths
import numpy as np
import pytest
from comfy_bucket import command
from comfy_bucket.engine import Engine
from comfy_bucket.errors import EngineUnavailable
from comfyui import Executor
from conftest import ROOT, part
from media import look, pixels, sound, video
from test_engine_nodes import Pictures, eight_bit, prompt
from test_media_nodes import Source
from test_model_nodes import safetensors

PROVIDERS = (
    "AWS S3",
    "Backblaze B2",
    "Cloudflare R2",
    "MinIO",
    "Wasabi",
    "DigitalOcean Spaces",
    "GCS (S3 interop)",
    "Custom",
)


def serve(folder):
    """Starts all of them in one process; yields what a profile needs to know of each."""
    classes = [ROOT / "store" / "target" / name for name in ("classes", "test-classes")]
    if not all(place.is_dir() for place in classes):
        pytest.skip("the store's tests are not built")
    home = subprocess.run([ROOT / "scripts" / "find-jdk"], capture_output=True, text=True, check=True)
    path = os.pathsep.join(map(str, classes))
    server = "comfybucket.store.personality.ServePersonalities"
    process = subprocess.Popen(
        [f"{home.stdout.strip()}/bin/java", "-Xmx128m", "-XX:+UseSerialGC", "-cp", path, server, "all", str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    profiles = {}
    for line in iter(process.stdout.readline, "\n"):
        store = json.loads(line)
        profiles[store["provider"]] = {
            "provider": store["provider"],
            "endpoint_url": store["endpoint"],
            "access_key": store["access_key"],
            "secret_key": store["secret_key"],
            "bucket": store["bucket"],
            "path_prefix": "team/",
            **({} if store["path_style"] else {"force_path_style": False}),
        }
    return process, profiles


class Metadata(BaseHTTPRequestHandler):
    """A cloud's metadata service, which a profile with keys of its own must not ask."""

    asked: ClassVar[list[str]] = []

    def do_GET(self):
        self.asked.append(self.path)
        self.send_error(404)

    do_PUT = do_GET  # noqa: N815


@pytest.fixture(scope="module")
def shared_engine(tmp_path_factory):
    try:
        command.find_installation()
    except EngineUnavailable as missing:
        pytest.skip(str(missing))
    base = tmp_path_factory.mktemp("ComfyUI")
    process, profiles = serve(base / "stores")
    metadata = ThreadingHTTPServer(("127.0.0.1", 0), Metadata)
    threading.Thread(target=metadata.serve_forever, daemon=True).start()
    file = base / "profiles.json"
    file.write_text(json.dumps({"profiles": profiles}))
    file.chmod(0o600)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COMFY_S3_PROFILES", str(file))
        patch.setenv("AWS_ACCESS_KEY_ID", "AKIAAMBIENT")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "ambient")
        patch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
        patch.setenv("AWS_EC2_METADATA_SERVICE_ENDPOINT", f"http://127.0.0.1:{metadata.server_port}")
        patch.setattr(folder_paths, "base_path", str(base))
        for name in ("CONFIG", "CACHE", "DATA"):
            patch.setenv(f"XDG_{name}_HOME", str(base / name.lower()))
        engine = Engine(part("engine")._hello)
        engine.start()
    yield engine, base, profiles
    engine.close()
    metadata.shutdown()
    process.stdin.close()
    process.wait(timeout=20)


@pytest.fixture(autouse=True)
def base(shared_engine, comfyui, monkeypatch):
    engine, base, _ = shared_engine
    monkeypatch.setattr(folder_paths, "base_path", str(base))
    part("engine")._engine = engine
    yield base
    part("engine")._engine = None


@pytest.mark.parametrize("provider", PROVIDERS)
def test_what_is_saved_twice_is_there_twice_and_loads_as_it_is(provider, nodes, tensor, base, shared_engine):
    executor = Executor([*nodes.values(), Pictures])
    chosen = {"9": {"class_type": "CloudStorageProfile", "inputs": {"profile": provider}}}
    kept = {}
    for seed in (1, 2):
        Pictures.batch = tensor(2, 8, 8, 3, seed=seed)
        wanted = eight_bit(Pictures.batch.numpy())
        saved = prompt(profile=["9", 0], key_prefix="cats ü+/", filename="cat_%batch_num%", presign_url=True)
        _, url, keys = executor.run({**saved, **chosen})["2"]
        kept.update(zip(keys, wanted, strict=True))
        if shared_engine[2][provider].get("force_path_style", True):
            with urllib.request.urlopen(url) as answer:
                assert answer.status == 200
    assert len(kept) == 4
    for key, picture in kept.items():
        load = {**chosen, "3": {"class_type": "LoadImageFromCloud", "inputs": {"key": key, "profile": ["9", 0]}}}
        image, _ = executor.run(load)["3"]
        assert np.array_equal(np.round(image.numpy()[0] * 255).astype(np.uint8), picture)
        executor.run(load)
        assert executor.ran == []
    listing = {"4": {"class_type": "ListBucketContents", "inputs": {"prefix": "cats ü+/", "profile": ["9", 0]}}}
    assert set(executor.run({**chosen, **listing})["4"][1]) == set(kept)
    folder = base / "stores"
    assert not list(folder.glob("*/comfyui/team/.comfy-bucket-probe"))
    assert Metadata.asked == []


@pytest.mark.parametrize("provider", PROVIDERS)
def test_every_medium_goes_there_and_comes_back(provider, nodes, tensor, base, comfyui, eventually):
    executor = Executor([*nodes.values(), Source])
    chosen = {"9": {"class_type": "CloudStorageProfile", "inputs": {"profile": provider}}}
    medium = {"SaveImageToCloud": "images", "SaveVideoToCloud": "video", "SaveAudioToCloud": "audio"}

    def run(node, value=None, **inputs):
        Source.value = value
        item = {medium[node]: ["1", 0]} if node in medium else {}
        wanted = {"class_type": node, "inputs": {**item, **inputs, "profile": ["9", 0]}}
        return executor.run({"1": {"class_type": "Source", "inputs": {}}, "2": wanted, **chosen})["2"]

    frames = video(6, audio=sound(seconds=0.25))
    for kind in ("mp4", "webm"):
        key, _ = run("SaveVideoToCloud", frames, key_prefix="all ü+/", format=kind)
        loaded = run("LoadVideoFromCloud", key=key)[0].get_stream_source()
        assert np.abs(look(loaded).frames / 255 - pixels(6)).mean() < 0.05

    tone = sound(seconds=0.25, batch=2)
    _, _, keys = run("SaveAudioToCloud", tone, key_prefix="all ü+/", format="flac")
    for index, key in enumerate(keys):
        heard = run("LoadAudioFromCloud", key=key)[0]["waveform"].numpy()
        assert np.abs(heard[0] - tone["waveform"].numpy()[index]).max() <= 1 / 32768

    (base / "output").mkdir(exist_ok=True)
    (base / "output" / "a b.safetensors").write_bytes(safetensors())
    key, _, _ = run("SaveFileToCloud", path="a b.safetensors", key_prefix="models/")
    (name,) = run("LoadModelFromCloud", model_type="checkpoints", key=key, force_redownload=False)
    assert (comfyui / "models" / "checkpoints" / name).read_bytes() == safetensors()
    (name,) = run("LoadModelFromCloud", model_type="checkpoints", key=key, force_redownload=True)
    assert (comfyui / "models" / "checkpoints" / name).read_bytes() == safetensors()

    key, url = run("SaveTextToCloud", text="Grüße 😀", key_prefix="all ü+/", presign_url=True)
    link = run("GeneratePresignedURL", key=key, expires_hours=1, download_name="ü.txt")[0]
    assert key in run("ListBucketContents", prefix="all ü+/", max_results=1000)[1]
    if "localhost" not in url:
        for one in (url, link):
            with urllib.request.urlopen(one) as answer:
                assert answer.read().decode() == "Grüße 😀"

    pictures = tensor(3, 8, 8, 3, seed=7)
    later = {"key_prefix": "later/", "upload": "background"}
    saved = run("SaveImageToCloud", pictures, **later)[2]
    assert len(set(saved)) == 3
    eventually(lambda: set(saved) <= set(run("ListBucketContents", prefix="later/", max_results=1000)[1]), seconds=60)
    images, _, keys = run("LoadImagesFromCloud", prefix="later/", max_images=50, order="name")
    loaded = dict(zip(keys, images, strict=True))
    for key, wanted in zip(saved, eight_bit(pictures.numpy()), strict=True):
        assert np.array_equal(np.round(loaded[key].numpy()[0] * 255).astype(np.uint8), wanted)
    report = executor.run({"2": {"class_type": "TestCloudConnection", "inputs": {"profile": ["9", 0]}}, **chosen})
    assert report["2"][0].startswith(f"OK · s3://comfyui · {provider}")
    assert Metadata.asked == []
