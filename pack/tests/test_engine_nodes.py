"""The nodes over the real engine and its embedded store, in ComfyUI's executor."""

import io
import json
import struct
import urllib.request
from fractions import Fraction

import numpy as np
import pytest
import torch
from comfy_bucket.errors import EngineError
from comfyui import Executor
from conftest import part
from media import Components, VideoFromComponents
from PIL import Image
from workflows import EXAMPLES, read, to_prompt

pytestmark = pytest.mark.usefixtures("folder")


class Pictures:
    """Puts out an image batch, as a sampler would."""

    batch = None

    @classmethod
    async def execute(cls):
        from comfy_api.latest import io as comfy_io

        return comfy_io.NodeOutput(cls.batch)

    @classmethod
    def GET_SCHEMA(cls):  # noqa: N802
        from comfy_api.latest import io as comfy_io

        return comfy_io.Schema("Pictures", not_idempotent=True)

    @classmethod
    def fingerprint_inputs(cls):
        return id(cls.batch)


class EmptyImage:
    """ComfyUI's node of that name."""

    @classmethod
    async def execute(cls, width, height, batch_size, color):
        from comfy_api.latest import io as comfy_io

        rgb = np.array([color >> 16 & 255, color >> 8 & 255, color & 255], dtype=np.float32) / 255
        return comfy_io.NodeOutput(torch.from_numpy(np.broadcast_to(rgb, (batch_size, height, width, 3)).copy()))

    @classmethod
    def GET_SCHEMA(cls):  # noqa: N802
        from comfy_api.latest import io as comfy_io

        return comfy_io.Schema("EmptyImage")


class EmptyAudio:
    """ComfyUI's node of that name."""

    @classmethod
    async def execute(cls, duration, sample_rate, channels):
        from comfy_api.latest import io as comfy_io

        waveform = torch.from_numpy(np.zeros((1, channels, round(duration * sample_rate)), np.float32))
        return comfy_io.NodeOutput({"waveform": waveform, "sample_rate": sample_rate})

    @classmethod
    def GET_SCHEMA(cls):  # noqa: N802
        from comfy_api.latest import io as comfy_io

        return comfy_io.Schema("EmptyAudio")


class CreateVideo:
    """ComfyUI's node of that name."""

    @classmethod
    async def execute(cls, images, fps, audio=None):
        from comfy_api.latest import io as comfy_io

        return comfy_io.NodeOutput(VideoFromComponents(Components(images, Fraction(fps), audio)))

    @classmethod
    def GET_SCHEMA(cls):  # noqa: N802
        from comfy_api.latest import io as comfy_io

        return comfy_io.Schema("CreateVideo")


class PrimitiveStringMultiline:
    """ComfyUI's node of that name."""

    @classmethod
    async def execute(cls, value):
        from comfy_api.latest import io as comfy_io

        return comfy_io.NodeOutput(value)

    @classmethod
    def GET_SCHEMA(cls):  # noqa: N802
        from comfy_api.latest import io as comfy_io

        return comfy_io.Schema("PrimitiveStringMultiline")


@pytest.fixture
def executor(nodes):
    return Executor([*nodes.values(), Pictures, EmptyImage, EmptyAudio, CreateVideo, PrimitiveStringMultiline])


@pytest.fixture
def pictures(tensor):
    def make(*shape, seed=1):
        Pictures.batch = tensor(*shape, seed=seed)
        return Pictures.batch.numpy()

    yield make
    Pictures.batch = None


def prompt(**inputs):
    given = {"images": ["1", 0], "key_prefix": "%uuid%/", **inputs}
    return {
        "1": {"class_type": "Pictures", "inputs": {}},
        "2": {"class_type": "SaveImageToCloud", "inputs": given},
    }


def load(key):
    return {"3": {"class_type": "LoadImageFromCloud", "inputs": {"key": key}}}


def eight_bit(array):
    return np.clip(255.0 * array, 0, 255).astype(np.uint8)


@pytest.mark.parametrize("shape", [(8, 24, 33, 3), (2, 16, 16, 4), (1, 5, 7, 1)])
def test_png_comes_back_pixel_for_pixel(executor, pictures, shape):
    wanted = eight_bit(pictures(*shape))
    _, _, keys = executor.run(prompt())["2"]
    assert len(keys) == len(set(keys)) == shape[0]
    for picture, key in zip(wanted, keys, strict=True):
        image, mask = executor.run(load(key))["3"]
        rgb = np.repeat(picture, 3, axis=-1) if shape[-1] == 1 else picture[..., :3]
        assert np.array_equal(np.round(image.numpy()[0] * 255).astype(np.uint8), rgb)
        if shape[-1] == 4:
            assert np.array_equal(np.round((1 - mask.numpy()[0]) * 255).astype(np.uint8), picture[..., 3])


@pytest.mark.parametrize("image_format", ["jpg", "webp"])
def test_lossy_formats_come_back_close(executor, pictures, image_format):
    wanted = pictures(3, 64, 64, 3)
    wanted[:] = np.linspace(0, 1, 64, dtype=np.float32)[None, None, :, None]
    _, _, keys = executor.run(prompt(format=image_format, quality=95))["2"]
    image, _ = executor.run(load(keys[1]))["3"]
    assert keys[1].endswith(f".{image_format}")
    assert np.abs(image.numpy()[0] - wanted[1]).max() < 0.05


def test_lines_and_pictures_are_shown_and_the_link_opens(executor, pictures, folder):
    wanted = eight_bit(pictures(2, 8, 8, 3))
    outputs = executor.run(prompt(presign_url=True))
    key, url, keys = outputs["2"]
    shown = executor.shown["2"]
    assert key == keys[0]
    assert [line for line in shown["text"] if line.startswith("s3://")] == [
        line for line in shown["text"] if line.endswith(tuple(keys))
    ]
    assert f"url: {url}" in shown["text"]
    with urllib.request.urlopen(url) as answer:
        assert np.array_equal(np.array(Image.open(io.BytesIO(answer.read()))), wanted[0])
    for picture, shade in zip(shown["images"], wanted, strict=True):
        assert picture["type"] == "temp"
        file = folder / "temp" / picture["subfolder"] / picture["filename"]
        assert np.array_equal(np.array(Image.open(file)), shade)


@pytest.mark.parametrize(("image_format", "read_text"), [("png", lambda picture: picture.text)])
def test_the_workflow_is_in_the_file_as_comfyui_writes_it(executor, pictures, folder, image_format, read_text):
    pictures(1, 8, 8, 3)
    workflow = {"nodes": [{"id": 1, "title": "ü😀"}], "links": []}
    wanted = prompt(format=image_format)
    executor.run(wanted, {"workflow": workflow})
    shown = executor.shown["2"]["images"][0]
    picture = Image.open(folder / "temp" / shown["subfolder"] / shown["filename"])
    texts = read_text(picture)
    assert texts["workflow"] == json.dumps(workflow)
    assert texts["prompt"] == json.dumps(wanted)
    executor.run(prompt(format=image_format, embed_workflow=False), {"workflow": workflow})
    shown = executor.shown["2"]["images"][0]
    assert not read_text(Image.open(folder / "temp" / shown["subfolder"] / shown["filename"]))


def test_two_runs_leave_twice_as_many_objects(executor, pictures):
    pictures(8, 4, 4, 3, seed=1)
    _, _, first = executor.run(prompt(key_prefix="twice/"))["2"]
    pictures(8, 4, 4, 3, seed=2)
    _, _, second = executor.run(prompt(key_prefix="twice/"))["2"]
    assert len({*first, *second}) == 16


def test_unchanged_stays_cached_and_overwritten_is_loaded_anew(executor, pictures):
    first = eight_bit(pictures(1, 4, 4, 3, seed=1))
    save = prompt(key_prefix="changing/", filename="one", on_conflict="overwrite")
    key, _, _ = executor.run(save)["2"]
    both = {
        **load(key),
        "4": {"class_type": "CloudStorageProfile", "inputs": {"profile": "(env vars)"}},
        "5": {"class_type": "LoadImageFromCloud", "inputs": {"key": key, "profile": ["4", 0]}},
    }
    executor.run(both)
    for _ in range(2):
        outputs = executor.run(both)
        assert executor.ran == []
    assert np.array_equal(np.round(outputs["5"][0].numpy() * 255).astype(np.uint8), first)
    second = eight_bit(pictures(1, 4, 4, 3, seed=2))
    executor.run(save)
    executor.run(both)
    outputs = executor.run(both)
    for node in ("3", "5"):
        assert np.array_equal(np.round(outputs[node][0].numpy() * 255).astype(np.uint8), second)


def test_what_is_in_the_bucket_but_no_picture_is_told_with_its_address(executor, pictures, folder):
    pictures(1, 4, 4, 3)
    key, _, _ = executor.run(prompt())["2"]
    (stored,) = [file for file in (folder / "data").rglob("*.png") if str(file).endswith(key)]
    stored.write_bytes(b"no picture")
    with pytest.raises(part("problems").CloudStorageError, match=rf"Not a picture .*s3://.*{key}"):
        executor.run(load(key))


@pytest.mark.parametrize(
    ("inputs", "text"), [({"key": ""}, "The key is empty"), ({"key": "no/such.png"}, "Object not found: s3://")]
)
def test_the_engines_errors_reach_the_user_as_they_are(executor, inputs, text):
    with pytest.raises(EngineError, match=text):
        executor.run({"3": {"class_type": "LoadImageFromCloud", "inputs": inputs}})


def test_no_file_is_left_in_temp_but_those_that_are_shown(executor, pictures, folder):
    def in_temp():
        return {file.name for file in (folder / "temp").rglob("*") if file.is_file()}

    before = in_temp()
    pictures(2, 4, 4, 3)
    key, _, _ = executor.run(prompt())["2"]
    shown = {picture["filename"] for picture in executor.shown["2"]["images"]}
    executor.run(load(key))
    assert in_temp() - before == shown


def checkpoint(bucket, prompt):
    """Puts a small model where the example expects one."""
    [key] = [entry["inputs"]["key"] for entry in prompt.values() if "key" in entry["inputs"]]
    (bucket / key).parent.mkdir(parents=True, exist_ok=True)
    (bucket / key).write_bytes(struct.pack("<Q", 2) + b"{}")


NEED_COMFYUI = {
    "convert_images",
    "list_and_share",
    "load_controlnet",
    "load_model_parts",
    "load_style_model",
    "load_upscale_model",
}
"""Other nodes than ours, or lists that ComfyUI takes apart: `e2e/test_examples.py` runs these and all others."""


@pytest.mark.parametrize(
    "file", [file for file in EXAMPLES if file.stem not in NEED_COMFYUI], ids=lambda file: file.stem
)
def test_the_examples_run(file, executor, contract, pictures, folder):
    wanted = to_prompt(read(file), contract)
    shown = ("Preview", "GetVideoComponents")
    ours = {node: entry for node, entry in wanted.items() if not entry["class_type"].startswith(shown)}
    if file.stem in ("load_audio", "load_video"):
        saving = to_prompt(read(file.with_stem(file.stem.replace("load", "save"))), contract)
        for entry in saving.values():
            if "key_prefix" in entry["inputs"]:
                entry["inputs"]["key_prefix"] = entry["inputs"]["key_prefix"].replace("%date%/", "")
        executor.run(saving)
    if file.stem in ("load_image", "load_images"):
        pictures(1, 4, 4, 3)
        executor.run(prompt(key_prefix="comfyui/images/", filename="ComfyUI_0"))
    if file.stem in ("download_model", "load_checkpoint"):
        # What samples needs a real checkpoint: `e2e/test_models.py` runs it.
        ours = {node: entry for node, entry in ours.items() if entry["class_type"].startswith(("Cloud", "Load"))}
        checkpoint(folder / "data" / "comfy-bucket" / "local" / "comfyui", ours)
    if file.stem == "save_file":
        (folder / "output" / "_output_images_will_be_put_here").touch()
    outputs = executor.run(ours)
    assert outputs.keys() == ours.keys()
