"""Sound, video, files and text over the real engine and its embedded store, in ComfyUI's executor."""

import json
import threading
import time
from pathlib import Path

import numpy as np
import pytest
from comfy import cli_args, model_management
from comfy_api.latest import ComfyAPI
from comfyui import Executor
from conftest import part
from media import VideoFromFile, look, pixels, sound, video

pytestmark = pytest.mark.usefixtures("folder")


class Source:
    """Puts out what a test wants saved."""

    value = None

    @classmethod
    async def execute(cls):
        from comfy_api.latest import io

        return io.NodeOutput(cls.value)

    @classmethod
    def GET_SCHEMA(cls):  # noqa: N802
        from comfy_api.latest import io

        return io.Schema("Source", not_idempotent=True)

    @classmethod
    def fingerprint_inputs(cls):
        return id(cls.value)


@pytest.fixture
def executor(nodes):
    yield Executor([*nodes.values(), Source])
    Source.value = None
    model_management.interrupt_current_processing(False)


def prompt(node, **inputs):
    given = {"key_prefix": "%uuid%/", **inputs}
    item = {"SaveImageToCloud": "images", "SaveVideoToCloud": "video", "SaveAudioToCloud": "audio"}.get(node)
    if item is not None:
        given[item] = ["1", 0]
    return {"1": {"class_type": "Source", "inputs": {}}, "2": {"class_type": node, "inputs": given}}


@pytest.fixture
def save(executor):
    def run(node, value=None, extra=None, **inputs):
        Source.value = value
        outputs = executor.run(prompt(node, **inputs), extra)["2"]
        return outputs, executor.shown["2"]

    return run


@pytest.fixture
def stored(folder):
    def find(key):
        (file,) = [file for file in (folder / "data").rglob(Path(key).name) if str(file).endswith(key)]
        return file

    return find


def shown_file(folder, entry):
    return folder / entry["type"] / entry["subfolder"] / entry["filename"]


def making_folders(folder):
    return list((folder / "temp" / "cloud_storage").glob("making-*"))


WORKFLOW = {"workflow": {"nodes": [{"title": "ü😀"}]}}


@pytest.mark.parametrize("kind", ["mp4", "webm", "mkv"])
def test_a_video_of_frames_is_in_the_bucket_and_shown_from_the_same_bytes(save, stored, folder, kind):
    (key, url), shown = save(
        "SaveVideoToCloud",
        video(8, audio=sound()),
        WORKFLOW,
        format=kind,
        filename="v_%width%x%height%",
        presign_url=True,
    )
    assert key.endswith(f"/v_64x48.{kind}")
    seen = look(stored(key))
    assert np.abs(seen.frames - pixels(8) * 255).mean() < 6
    assert seen.samples.size > 0
    assert seen.tags["workflow"] == json.dumps(WORKFLOW["workflow"])
    assert json.loads(seen.tags["prompt"])["2"]["class_type"] == "SaveVideoToCloud"
    assert shown["text"] == [f"s3://comfyui/{key}", f"url: {url}"]
    assert shown["animated"] == [True]
    (picture,) = shown["images"]
    assert shown_file(folder, picture).read_bytes() == stored(key).read_bytes()
    assert making_folders(folder) == []


def test_a_video_from_a_file_is_passed_on_and_the_file_stays(save, stored, folder):
    (key, _), _ = save("SaveVideoToCloud", video(8, audio=sound()), format="webm")
    source = folder / "input.webm"
    source.write_bytes(stored(key).read_bytes())
    before = source.read_bytes()
    (key, _), _ = save("SaveVideoToCloud", VideoFromFile(str(source)), filename="again")
    assert key.endswith("/again.webm")
    assert np.array_equal(look(stored(key)).frames, look(source).frames)
    assert source.read_bytes() == before


@pytest.mark.parametrize("kind", ["flac", "mp3", "wav", "opus"])
@pytest.mark.parametrize("filename", ["take", "take_%batch_num%", "%counter%", "%uuid%"])
def test_each_sound_of_a_batch_is_an_object_under_every_template(save, stored, folder, kind, filename):
    (key, url, keys), shown = save("SaveAudioToCloud", sound(batch=3, seconds=0.2), format=kind, filename=filename)
    assert (key, url) == (keys[0], "")
    assert len(set(keys)) == 3 and all(name.endswith(f".{kind}") for name in keys)
    assert shown["text"] == [f"s3://comfyui/{name}" for name in keys]
    for name, entry in zip(keys, shown["audio"], strict=True):
        assert shown_file(folder, entry).read_bytes() == stored(name).read_bytes()
    assert shown["images"] == [] and "animated" not in shown
    assert making_folders(folder) == []


FORMATS = [
    *(("SaveImageToCloud", kind) for kind in ("png", "jpg", "webp")),
    *(("SaveVideoToCloud", kind) for kind in ("mp4", "webm", "mkv")),
    *(("SaveAudioToCloud", kind) for kind in ("flac", "mp3", "opus", "wav")),
]


@pytest.mark.parametrize(("node", "kind"), FORMATS)
def test_no_workflow_where_none_is_wanted(save, stored, monkeypatch, tensor, node, kind):
    value = {"SaveImageToCloud": tensor(1, 8, 8, 3), "SaveVideoToCloud": video(2)}.get(node, sound(seconds=0.2))

    def holds_it(**inputs):
        outputs, _ = save(node, value, WORKFLOW, format=kind, **inputs)
        file = stored(outputs[0]).read_bytes()
        return any(word.encode(code) in file for word in ("nodes", "class_type") for code in ("utf-8", "utf-16-le"))

    assert holds_it() == (kind != "wav")
    assert not holds_it(embed_workflow=False)
    monkeypatch.setattr(cli_args.args, "disable_metadata", True)
    assert not holds_it()


def test_files_and_text_are_saved_as_they_are(save, stored, folder):
    (folder / "output" / "3d").mkdir(parents=True)
    (folder / "output" / "3d" / "cat.glb").write_bytes(bytes(range(256)))
    (folder / "temp" / "note.srt").write_text("1")
    (key, _, keys), shown = save("SaveFileToCloud", path="3d/cat.glb\nnote.srt")
    assert stored(key).read_bytes() == bytes(range(256))
    assert [Path(name).name for name in keys] == ["cat.glb", "note.srt"]
    assert shown["text"] == [f"s3://comfyui/{name}" for name in keys]
    (key, _), _ = save("SaveTextToCloud", text="Grüße 😀\n", extension="csv")
    assert key.endswith("/ComfyUI_text.csv")
    assert stored(key).read_text("utf-8") == "Grüße 😀\n"


def test_a_file_is_saved_again_only_when_it_has_changed(executor, folder):
    file = folder / "output" / "changing.txt"
    file.parent.mkdir(exist_ok=True)
    file.write_text("1")
    wanted = prompt("SaveFileToCloud", path="changing.txt")
    executor.run(wanted)
    executor.run(wanted)
    assert "2" not in executor.ran
    file.write_text("22")
    executor.run(wanted)
    assert "2" in executor.ran


def test_a_file_outside_is_refused(save, folder):
    from comfy_bucket.errors import EngineError

    (folder / "secret.txt").write_text("secret")
    with pytest.raises(EngineError, match="The file lies outside of ComfyUI's own folders") as caught:
        save("SaveFileToCloud", path="../secret.txt")
    assert caught.value.code == "file_outside"


def test_what_cannot_be_encoded_leaves_nothing_behind(save, folder):
    with pytest.raises(part("problems").CloudStorageError, match="it has no frames"):
        save("SaveVideoToCloud", video(0))
    with pytest.raises(part("problems").CloudStorageError, match="cannot be written into webm"):
        save("SaveVideoToCloud", video(2), format="webm", codec="h264")
    assert making_folders(folder) == []


def test_progress_is_shown_while_a_video_is_encoded(save):
    ComfyAPI.Execution.shown.clear()
    save("SaveVideoToCloud", video(40, 240, 320))
    frames = [value for _, value, total in ComfyAPI.Execution.shown if total == 40]
    assert frames == sorted(frames) and len(frames) >= 1


def test_a_cancel_while_a_video_is_encoded_ends_at_once_and_leaves_nothing(save, folder, eventually):
    pressed = []

    def press():
        pressed.append(time.monotonic())
        model_management.interrupt_current_processing()

    before = {file for file in (folder / "data").rglob("*") if file.is_file()}
    long = video(60, 480, 640)
    threading.Timer(0.4, press).start()
    with pytest.raises(model_management.InterruptProcessingException):
        save("SaveVideoToCloud", long, codec="vp9")
    assert time.monotonic() - pressed[0] < 2
    eventually(lambda: making_folders(folder) == [], seconds=20)
    assert {file for file in (folder / "data").rglob("*") if file.is_file()} == before
