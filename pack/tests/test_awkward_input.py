"""Names, numbers and files that are not what one would wish, through the nodes: each right, or told."""

import shutil
from fractions import Fraction

import numpy as np
import pytest
import torch
from comfy_bucket.errors import EngineError
from comfyui import Executor
from conftest import part
from media import Components, VideoFromComponents, VideoFromFile, look, sound, video
from PIL import Image
from test_media_nodes import Source, prompt

pytestmark = pytest.mark.usefixtures("folder")

NAMES = (
    "ü 😀 名前 e\u0301",
    "a+b&c=d%20e#f?g;h@i,j",
    "quote\"'`$(x) <b>|*:",
    " leading and trailing ",
    "100% %nonsense% %",
    "CON",
    "x" * 200,
    "back\\slash",
    "%date%_%time%_%year%%month%%day%%hour%%minute%%second%_%uuid%_%counter%_%batch_num%_%width%x%height%",
    "%date:yyyy-MM-dd%/%Source.value%",
    "%SaveImageToCloud.key_prefix%-%SaveAudioToCloud.format%",
)

NO_NAMES = ("..", "a/../../b", "tab\tnew\nline\0")

SAVED = {
    "SaveImageToCloud": torch.from_numpy(np.random.default_rng(1).random((1, 8, 8, 3), np.float32)),
    "SaveAudioToCloud": sound(1, 0.1),
    "SaveVideoToCloud": video(2),
    "SaveTextToCloud": None,
}

LOADS = {node: node.replace("Save", "Load").replace("To", "From") for node in SAVED if "Text" not in node}


@pytest.fixture
def executor(nodes):
    yield Executor([*nodes.values(), Source])
    Source.value = None


@pytest.fixture
def save(executor):
    def run(node, value, **inputs):
        Source.value = value
        text = {"text": "ü"} if node == "SaveTextToCloud" else {}
        return executor.run(prompt(node, **text, **inputs))["2"][0]

    return run


@pytest.fixture
def load(executor):
    def run(node, **inputs):
        return executor.run({"3": {"class_type": node, "inputs": inputs}})["3"]

    return run


@pytest.fixture
def bucket(folder):
    return folder / "data" / "comfy-bucket" / "local" / "comfyui"


@pytest.mark.parametrize("node", SAVED)
def test_every_awkward_name_is_saved_and_loads_by_the_key_that_came_out(save, load, node):
    keys = [save(node, SAVED[node], filename=name) for name in NAMES]
    assert len(set(keys)) == len(NAMES)
    if node in LOADS:
        for key in keys:
            load(LOADS[node], key=key)


@pytest.mark.parametrize("node", SAVED)
@pytest.mark.parametrize("name", NO_NAMES)
def test_what_is_no_name_is_told_or_made_one_that_stays_in_its_folder(save, load, node, name):
    try:
        key = save(node, SAVED[node], key_prefix="jail/", filename=name)
    except EngineError as told:
        assert told.code in ("key_not_storable", "key_outside")
    else:
        assert key.startswith("jail/") and ".." not in key.split("/")


@pytest.mark.parametrize("node", SAVED)
def test_an_empty_prefix_is_the_top_of_the_bucket(save, node):
    key = save(node, SAVED[node], key_prefix="", filename="top-%uuid%")
    assert key.startswith("top-") and "/" not in key


@pytest.mark.parametrize("name", ["ü 😀 名前.bin", "a+b&c=d%20e#f?g;h@i,j", "100% %nonsense% %.txt", "x" * 200])
def test_a_file_keeps_its_awkward_name_at_the_top_of_the_bucket(executor, folder, bucket, name):
    (folder / "output").mkdir(exist_ok=True)
    (folder / "output" / name).write_bytes(b"abc")
    (key, _, _) = executor.run(prompt("SaveFileToCloud", path=name, key_prefix="", filename=""))["2"]
    assert "/" not in key
    assert executor.run({"3": {"class_type": "GeneratePresignedURL", "inputs": {"key": key}}})["3"]


@pytest.mark.parametrize("prefix", ["", "**", "*.png"])
def test_an_empty_prefix_loads_from_the_top(load, bucket, prefix):
    bucket.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (9, 9)).save(bucket / "!first.png")
    images, _, keys = load("LoadImagesFromCloud", prefix=prefix, max_images=1, order="name")
    assert keys == ["!first.png"]
    assert images[0].shape == (1, 9, 9, 3)


@pytest.mark.parametrize(("image_format", "near"), [("png", 0), ("webp", 24), ("jpg", 24)])
def test_pixels_out_of_range_are_cut_off_and_what_is_no_number_is_black(save, load, image_format, near):
    values = [-1.0, 2.0, float("nan"), float("inf"), float("-inf"), 0.5]
    bands = np.repeat(np.array(values, np.float32), 32)[None, :, None, None]
    pixels = torch.from_numpy(np.broadcast_to(bands, (1, 32 * len(values), 64, 3)))
    key = save("SaveImageToCloud", pixels, format=image_format)
    image = load("LoadImageFromCloud", key=key)[0].numpy()[0]
    shown = [image[at * 32 + 16, 32] * 255 for at in range(len(values))]
    assert np.abs(np.array(shown) - np.array([0, 255, 0, 255, 0, 127])[:, None]).max() <= near


@pytest.mark.parametrize("kind", ["mp4", "webm", "mkv"])
@pytest.mark.parametrize("channels", [1, 2, 6])
def test_silence_at_8_khz_goes_with_its_pictures(save, bucket, kind, channels):
    silence = {"waveform": torch.from_numpy(np.zeros((1, channels, 8_000), np.float32)), "sample_rate": 8_000}
    seen = look(bucket / save("SaveVideoToCloud", video(24, audio=silence), format=kind))
    assert len(seen.frames) == 24
    assert seen.samples.shape[0] == channels
    assert np.abs(seen.samples).max() < 1e-3
    assert abs(seen.samples.shape[1] / seen.sound_rate - 1) < 0.2


@pytest.mark.parametrize("kind", ["mp4", "webm", "mkv"])
def test_what_is_no_number_in_the_sound_of_a_video_is_silent_and_what_is_too_loud_is_cut_off(save, bucket, kind):
    samples = np.zeros((1, 2, 48_000), np.float32)
    samples[:, :, 10_000:11_000] = np.nan
    samples[:, :, 20_000:30_000:2] = np.inf
    samples[:, :, 20_001:30_000:2] = -3e38
    sound = {"waveform": torch.from_numpy(samples), "sample_rate": 48_000}
    heard = look(bucket / save("SaveVideoToCloud", video(24, audio=sound), format=kind)).samples
    assert np.isfinite(heard).all()
    assert np.abs(heard[:, :14_000]).max() < 0.05
    assert np.abs(heard).max() < 2


@pytest.mark.parametrize(
    ("node", "value"),
    [
        ("SaveImageToCloud", torch.from_numpy(np.zeros((0, 8, 8, 3), np.float32))),
        ("SaveVideoToCloud", video(0)),
        ("SaveAudioToCloud", sound(2, 0)),
    ],
)
def test_nothing_at_all_is_refused_and_is_no_object(save, bucket, node, value):
    with pytest.raises(part("problems").CloudStorageError) as caught:
        save(node, value, key_prefix="nothing/")
    assert caught.value.code == "input_not_usable"
    assert not (bucket / "nothing").exists()


def test_a_source_file_under_a_wrong_ending_is_saved_for_what_it_is(save, bucket, tmp_path):
    shutil.copy(bucket / save("SaveVideoToCloud", video(3), format="webm"), tmp_path / "wrong.mp4")
    key = save("SaveVideoToCloud", VideoFromFile(str(tmp_path / "wrong.mp4")))
    assert key.endswith(".webm")
    assert len(look(bucket / key).frames) == 3


@pytest.mark.parametrize(
    ("node", "kind", "code"),
    [
        ("SaveImageToCloud", "png", "not_an_image"),
        ("SaveImageToCloud", "jpg", "not_an_image"),
        ("SaveImageToCloud", "webp", "not_an_image"),
        ("SaveAudioToCloud", "flac", "not_audio"),
        ("SaveAudioToCloud", "wav", "not_audio"),
        ("SaveVideoToCloud", "mp4", "not_a_video"),
        ("SaveVideoToCloud", "mkv", "not_a_video"),
    ],
)
def test_an_object_that_is_cut_off_is_told(save, load, bucket, node, kind, code):
    noise = torch.from_numpy(np.random.default_rng(2).random((12, 120, 160, 3), np.float32))
    clip = VideoFromComponents(Components(noise, Fraction(24)))
    value = {"SaveAudioToCloud": sound(2, 1), "SaveVideoToCloud": clip}.get(node, noise[:1])
    whole = (bucket / save(node, value, format=kind)).read_bytes()
    for share in (0, 0.5, 0.95):
        (bucket / f"cut.{kind}").write_bytes(whole[: int(len(whole) * share)])
        with pytest.raises(part("problems").CloudStorageError, match=rf"s3://comfyui/cut\.{kind}") as caught:
            load(LOADS[node], key=f"cut.{kind}")
        assert caught.value.code == code


def test_a_file_under_a_wrong_ending_is_read_for_what_it_is(save, load, bucket):
    image = save("SaveImageToCloud", SAVED["SaveImageToCloud"])
    take = save("SaveAudioToCloud", sound(1, 0.5), format="flac")
    clip = save("SaveVideoToCloud", video(3), format="webm")
    for key, name in ((image, "wrong.jpg"), (take, "wrong.mp3"), (clip, "wrong.mp4")):
        shutil.copy(bucket / key, bucket / name)
    same = [load("LoadImageFromCloud", key=key)[0].numpy() for key in (image, "wrong.jpg")]
    assert np.array_equal(*same)
    assert load("LoadAudioFromCloud", key="wrong.mp3")[0]["waveform"].shape[-1] == 22_050
    assert len(look(load("LoadVideoFromCloud", key="wrong.mp4")[0].get_stream_source()).frames) == 3


@pytest.mark.parametrize("node", ["LoadImageFromCloud", "LoadAudioFromCloud", "LoadVideoFromCloud"])
@pytest.mark.parametrize("key", ["", "a\0b", "../x", "x" * 1100, "s3://elsewhere/x"])
def test_a_key_that_no_object_can_have_is_told(load, node, key):
    with pytest.raises((EngineError, part("problems").CloudStorageError)) as caught:
        load(node, key=key)
    assert caught.value.code in ("key_empty", "key_not_storable", "key_outside", "object_not_found")
