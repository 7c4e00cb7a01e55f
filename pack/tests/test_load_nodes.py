"""Pictures, sounds and videos loaded over the real engine and its embedded store, in ComfyUI's executor."""

import os
import threading
import time

import numpy as np
import pytest
from comfy import model_management
from comfy_bucket.errors import EngineError
from comfyui import Executor
from conftest import part
from media import look, pixels, sound, video
from PIL import Image

pytestmark = pytest.mark.usefixtures("folder")

CloudStorageError = part("problems").CloudStorageError


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


class Key:
    """Puts out a text, as a primitive node would."""

    @classmethod
    async def execute(cls, value):
        from comfy_api.latest import io

        return io.NodeOutput(value)

    @classmethod
    def GET_SCHEMA(cls):  # noqa: N802
        from comfy_api.latest import io

        return io.Schema("Key")


@pytest.fixture
def executor(nodes):
    yield Executor([*nodes.values(), Key, Source])
    model_management.interrupt_current_processing(False)


@pytest.fixture
def bucket(folder):
    """The folder behind the bucket: what is put there is an object."""
    place = folder / "data" / "comfy-bucket" / "local" / "comfyui"
    place.mkdir(parents=True, exist_ok=True)
    return place


@pytest.fixture
def cached(folder):
    """The files of the engine's cache, whole or not."""
    return lambda: [file for file in (folder / "cache" / "comfy-bucket" / "media").rglob("*") if file.is_file()]


@pytest.fixture
def put_pictures(bucket):
    def put(prefix, count, start=0):
        (bucket / prefix).mkdir(parents=True, exist_ok=True)
        for index in range(start, start + count):
            Image.new("RGB", (8 + index, 8), (index, 0, 0)).save(bucket / prefix / f"{index:03}.png")
        return bucket / prefix

    return put


def load(node, **inputs):
    return {"3": {"class_type": node, "inputs": inputs}}


def batch(prefix, **inputs):
    return load("LoadImagesFromCloud", **{"prefix": prefix, "max_images": 50, "order": "name", **inputs})


def shades(images):
    return [round(float(image.numpy()[0, 0, 0, 0]) * 255) for image in images]


def test_a_batch_is_lists_of_one_length_in_one_order(executor, put_pictures):
    put_pictures("lists", 12)
    images, masks, keys = executor.run(batch("lists/"))["3"]
    assert keys == [f"lists/{index:03}.png" for index in range(12)]
    assert shades(images) == list(range(12))
    assert [image.shape for image in images] == [(1, 8, 8 + index, 3) for index in range(12)]
    assert [mask.shape for mask in masks] == [(1, 64, 64)] * 12
    assert executor.shown["3"]["text"] == [f"s3://comfyui/{key}" for key in keys]


def test_the_keys_of_a_batch_load_alone(executor, put_pictures):
    put_pictures("alone", 3)
    _, _, keys = executor.run(batch("alone/*.png"))["3"]
    image, _ = executor.run(load("LoadImageFromCloud", key=keys[2]))["3"]
    assert shades([image]) == [2]


def test_a_picture_that_cannot_be_read_is_named_and_the_others_are_put_out(executor, put_pictures):
    place = put_pictures("broken", 4)
    (place / "001.png").write_bytes(b"no picture")
    (place / "002.png").write_bytes((place / "003.png").read_bytes()[:50])
    images, masks, keys = executor.run(batch("broken/"))["3"]
    assert keys == ["broken/000.png", "broken/003.png"]
    assert shades(images) == [0, 3]
    assert len(masks) == 2
    lines = executor.shown["3"]["text"]
    assert lines[0] == "s3://comfyui/broken/000.png"
    assert lines[1].startswith("s3://comfyui/broken/001.png failed: Not a picture that can be read")
    assert lines[2].startswith("s3://comfyui/broken/002.png failed: Not a picture that can be read")


def test_when_there_are_none_the_node_says_what_it_looked_for(executor, bucket):
    with pytest.raises(EngineError, match=r"No pictures found in .*: nowhere/") as caught:
        executor.run(batch("nowhere/"))
    assert caught.value.code == "nothing_found"


def test_when_none_can_be_read_the_node_fails(executor, bucket):
    (bucket / "none").mkdir()
    (bucket / "none" / "a.png").write_bytes(b"no picture")
    with pytest.raises(CloudStorageError, match="None of 1 pictures could be loaded") as caught:
        executor.run(batch("none/"))
    assert caught.value.code == "nothing_loaded"
    assert "s3://comfyui/none/a.png" in str(caught.value)


def test_a_batch_runs_again_exactly_when_what_is_listed_changes(executor, put_pictures):
    place = put_pictures("set", 3)
    linked = {
        "3": {
            "class_type": "LoadImagesFromCloud",
            "inputs": {"prefix": ["8", 0], "max_images": 3, "order": "name", "profile": ["9", 0]},
        },
        "8": {"class_type": "Key", "inputs": {"value": "set/"}},
        "9": {"class_type": "CloudStorageProfile", "inputs": {"profile": "(env vars)"}},
    }
    for prompt in (batch("set/", max_images=3), linked):
        executor.run(prompt)
        for _ in range(2):
            executor.run(prompt)
            assert executor.ran == []
        put_pictures("set", 1, start=7)
        executor.run(prompt)
        assert executor.ran == [], "the fourth is not among the first three"
        Image.new("RGB", (4, 4), (200, 0, 0)).save(place / "001.png")
        images, _, _ = executor.run(prompt)["3"]
        assert executor.ran == ["3"]
        assert shades(images) == [0, 200, 2]
        put_pictures("set", 3)


@pytest.fixture
def save(executor):
    """Saves a sound or a video; its key."""

    def run(node, item, value):
        Source.value = value
        source = {"class_type": "Source", "inputs": {}}
        saving = {"class_type": node, "inputs": {item: ["1", 0], "key_prefix": "%uuid%/"}}
        return executor.run({"1": source, "2": saving})["2"][0]

    yield run
    Source.value = None


def test_a_sound_comes_back_and_stays_cached(executor, save):
    audio = sound(2, seconds=1.0)
    key = save("SaveAudioToCloud", "audio", audio)
    loaded = executor.run(load("LoadAudioFromCloud", key=key))["3"][0]
    assert loaded["sample_rate"] == audio["sample_rate"]
    assert np.abs(loaded["waveform"].numpy() - audio["waveform"].numpy()).max() <= 1 / 32768
    assert executor.shown["3"]["text"] == [f"s3://comfyui/{key}"]
    executor.run(load("LoadAudioFromCloud", key=key))
    assert executor.ran == []


def test_a_video_is_a_file_of_the_cache_and_loads_again_when_that_is_gone(executor, save, cached):
    key = save("SaveVideoToCloud", "video", video(12))
    prompt = load("LoadVideoFromCloud", key=key)
    source = executor.run(prompt)["3"][0].get_stream_source()
    assert source in [str(file) for file in cached()]
    assert np.abs(look(source).frames / 255 - pixels(12)).mean() < 0.05
    executor.run(prompt)
    assert executor.ran == []
    os.unlink(source)
    assert executor.run(prompt)["3"][0].get_stream_source() == source
    assert executor.ran == ["3"]
    assert os.path.getsize(source) > 0


@pytest.mark.parametrize(("node", "code"), [("LoadAudioFromCloud", "not_audio"), ("LoadVideoFromCloud", "not_a_video")])
def test_what_is_something_else_is_told_with_its_address(executor, bucket, node, code):
    (bucket / "text.mp4").write_bytes(b"hello" * 1000)
    with pytest.raises(CloudStorageError, match=r"s3://comfyui/text\.mp4") as caught:
        executor.run(load(node, key="text.mp4"))
    assert caught.value.code == code


def test_a_replaced_object_is_loaded_again_by_every_kind_of_node(executor, save, bucket):
    for node, item, first, second in (
        ("Audio", "audio", sound(1, 0.2), sound(1, 0.4)),
        ("Video", "video", video(3), video(6)),
    ):
        key = save(f"Save{node}ToCloud", item, first)
        prompt = load(f"Load{node}FromCloud", key=key)
        executor.run(prompt)
        other = save(f"Save{node}ToCloud", item, second)
        (bucket / key).write_bytes((bucket / other).read_bytes())
        executor.run(prompt)
        assert executor.ran == ["3"]
        executor.run(prompt)
        assert executor.ran == []


def test_a_cancel_while_a_long_sound_is_decoded_ends_the_node_within_a_second(executor, bucket, monkeypatch):
    part("sounds").write_sound(
        part("sound").sounds("audio", sound(2, seconds=2.0))[0],
        bucket / "long.flac",
        "flac",
        "V0",
        {},
        lambda samples: None,
    )
    loaded_sounds = part("loaded_sounds")
    decoded = loaded_sounds._floats
    stopped = threading.Event()

    def slowly(*arguments):
        time.sleep(0.2)  # A sound of hours on one core.
        return decoded(*arguments)

    real = loaded_sounds.load_sound

    def watched(*arguments):
        try:
            return real(*arguments)
        finally:
            stopped.set()

    monkeypatch.setattr(loaded_sounds, "_floats", slowly)
    monkeypatch.setattr(loaded_sounds, "load_sound", watched)
    pressed = []
    timer = threading.Timer(
        1.0, lambda: (pressed.append(time.monotonic()), model_management.interrupt_current_processing())
    )
    timer.start()
    with pytest.raises(model_management.InterruptProcessingException):
        executor.run(load("LoadAudioFromCloud", key="long.flac"))
    assert time.monotonic() - pressed[0] < 1
    assert stopped.wait(1), "the thread is free again"
