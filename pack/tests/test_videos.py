"""Videos become files that PyAV reads back as what they were: frames encoded, files passed on wherever they can be."""

import io
from fractions import Fraction

import av
import numpy as np
import pytest
from conftest import part
from media import Components, VideoFromComponents, VideoFromFile, VideoInput, look, pixels, sound, video

videos = part("videos")
containers = part("containers")
handing = part("handing")
CloudStorageError = part("problems").CloudStorageError

WORKFLOW = {"prompt": '{"1": {"text": "ü"}}', "workflow": '{"nodes": []}'}

COMBINATIONS = [
    ("mp4", "h264"),
    ("mp4", "vp9"),
    ("mp4", "av1"),
    ("webm", "vp9"),
    ("webm", "av1"),
    ("mkv", "h264"),
    ("mkv", "vp9"),
    ("mkv", "av1"),
]


def save(source, format="auto", codec="auto", metadata=WORKFLOW, making=None):
    making = making or handing.Making(lambda value, total: None)
    handed = videos.hand_video_over("video", source, {"format": format, "codec": codec}, metadata, making)
    (file,) = handed.params["files"]
    return file


def packets(file, kind):
    """The compressed data of a stream."""
    with av.open(str(file)) as container:
        return [bytes(packet) for packet in container.demux(container.streams.get(**{kind: 0})) if packet.size]


def close(seen, wanted, tolerance=6):
    return np.abs(seen.astype(int) - np.round(wanted * 255).astype(int)).mean() < tolerance


@pytest.mark.parametrize(("kind", "codec"), COMBINATIONS)
def test_frames_and_sound_come_back_in_every_combination(kind, codec):
    file = save(video(10, audio=sound(2, seconds=1)), kind, codec)
    seen = look(file["path"])
    assert (file["width"], file["height"]) == (64, 48)
    assert file["path"].endswith(f".{kind}")
    assert seen.codec in containers.PICTURE_CODECS[codec].aliases
    assert seen.sound_codec == ("opus" if kind == "webm" else "aac")
    assert close(seen.frames, pixels(10))
    assert np.allclose(seen.times, np.arange(10) / 24, atol=0.002)
    # Sound ends with the last frame.
    assert 10 / 24 <= seen.samples.shape[1] / seen.sound_rate < 10 / 24 + 0.05
    assert 0.3 < seen.samples.std() < 0.4
    assert seen.tags.items() >= WORKFLOW.items()


@pytest.mark.parametrize(
    ("format", "codec", "kind", "made"),
    [
        ("auto", "auto", "mp4", "h264"),
        ("auto", "h264", "mp4", "h264"),
        ("auto", "vp9", "webm", "vp9"),
        ("auto", "av1", "mp4", "av1"),
        ("mp4", "auto", "mp4", "h264"),
        ("webm", "auto", "webm", "vp9"),
        ("mkv", "auto", "mkv", "h264"),
    ],
)
def test_auto_chooses_what_goes_together(format, codec, kind, made):
    file = save(video(2), format, codec)
    assert file["path"].endswith(f".{kind}")
    assert look(file["path"]).codec in containers.PICTURE_CODECS[made].aliases


def test_h264_in_webm_is_refused_before_anything_is_encoded():
    with pytest.raises(
        CloudStorageError, match=r"h264 cannot be written into webm.*webm with vp9, webm with av1"
    ) as caught:
        save(VideoFromComponents(None), "webm", "h264")
    assert caught.value.code == "codec_not_available"


def test_an_encoder_that_pyav_lacks_is_told_with_what_there_is(monkeypatch):
    codecs = containers.PICTURE_CODECS
    monkeypatch.setitem(codecs, "av1", containers.PictureEncoder(("libnothing",), aliases=("av1",)))
    with pytest.raises(CloudStorageError, match="av1 cannot be written into mkv") as caught:
        save(video(2), "mkv", "av1")
    assert "mp4 with h264" in str(caught.value) and "with av1" not in str(caught.value)


@pytest.mark.parametrize("inputs", [("gif", "auto"), ("auto", "prores")])
def test_choices_that_there_are_not_are_refused(inputs):
    with pytest.raises(CloudStorageError, match="is not usable: there is no choice"):
        save(video(2), *inputs)


@pytest.mark.parametrize(("height", "width"), [(33, 47), (32, 47), (33, 64), (1, 1)])
def test_odd_sides_get_one_more_row_or_column_for_h264(height, width):
    file = save(video(3, height, width), "mp4")
    even = (height + height % 2, width + width % 2)
    assert (file["height"], file["width"]) == even
    seen = look(file["path"])
    assert seen.frames.shape[1:3] == even
    assert close(seen.frames[:, :height, :width], pixels(3, height, width), 12)
    assert np.abs(seen.frames[:, -1].astype(int) - seen.frames[:, height - 1]).max() < 25
    assert np.abs(seen.frames[:, :, -1].astype(int) - seen.frames[:, :, width - 1]).max() < 25


def test_odd_sides_stay_where_the_codec_has_them():
    assert look(save(video(2, 33, 47), "webm")["path"]).frames.shape[1:3] == (33, 47)


@pytest.mark.parametrize("channels", [1, 4])
def test_grey_and_transparent_frames_are_saved_as_colours(channels):
    seen = look(save(video(3, channels=channels))["path"])
    wanted = pixels(3, channels=channels)[..., :3]
    assert close(seen.frames, np.repeat(wanted, 3, axis=-1) if channels == 1 else wanted)


def test_one_frame_is_a_video_and_no_frame_is_none():
    assert len(look(save(video(1))["path"]).frames) == 1
    with pytest.raises(CloudStorageError, match="Input video is not usable: it has no frames") as caught:
        save(video(0))
    assert caught.value.code == "input_not_usable"


def test_values_outside_of_0_to_1_are_cut_off_and_what_is_no_number_is_black():
    frames = np.zeros((2, 32, 32, 3), np.float32)
    frames[:, :16], frames[:, 16:, :16], frames[:, 16:, 16:] = 7.5, -3.0, np.nan
    import torch

    seen = look(save(VideoFromComponents(Components(torch.from_numpy(frames), Fraction(8))))["path"]).frames
    assert seen[:, 2:14].min() > 245
    assert seen[:, 18:].max() < 10


@pytest.mark.parametrize("rate", [Fraction(1), Fraction(24000, 1001), Fraction(29.97), Fraction(60), Fraction(1, 2)])
def test_frames_are_shown_when_they_should_be(rate):
    seen = look(save(video(5, rate=rate))["path"])
    assert np.allclose(seen.times, np.arange(5) / float(rate), atol=0.001)


@pytest.mark.parametrize("rate", [0, -1, 1001])
def test_a_rate_that_no_video_has_is_refused(rate):
    with pytest.raises(CloudStorageError, match="frames a second"):
        save(video(2, rate=rate))


@pytest.mark.parametrize("channels", [1, 6, 7])
@pytest.mark.parametrize("kind", ["mp4", "webm"])
def test_mono_and_surround_sound_keep_their_channels(kind, channels):
    seen = look(save(video(24, audio=sound(channels, rate=8_000)), kind)["path"])
    assert seen.samples.shape[0] == channels


def test_sound_that_is_shorter_than_its_pictures_ends_early():
    seen = look(save(video(48, audio=sound(1, seconds=0.5)))["path"])
    assert len(seen.frames) == 48
    assert abs(seen.samples.shape[1] / seen.sound_rate - 0.5) < 0.05


def test_the_index_comes_first_so_that_a_player_can_begin_at_once():
    data = open(save(video(6))["path"], "rb").read()
    assert 0 < data.index(b"moov") < data.index(b"mdat")


def test_the_file_says_which_colours_it_has():
    with av.open(save(video(2))["path"]) as container:
        context = container.streams.video[0].codec_context
        assert (context.colorspace, context.color_range, context.color_primaries, context.color_trc) == (6, 1, 1, 13)


# A video that comes from a file.

SOURCES = [("mp4", "h264"), ("webm", "vp9"), ("mkv", "h264"), ("mkv", "av1")]


@pytest.fixture(scope="module")
def source_file(tmp_path_factory):
    """A file of a kind, with somebody else's workflow in it."""
    made = {}

    def make(kind, codec, **more):
        if (kind, codec) not in made:
            folder = tmp_path_factory.mktemp("source")
            import folder_paths

            before, folder_paths.base_path = folder_paths.base_path, str(folder)
            tags = {"prompt": '"old"', "workflow": '"old"', "title": "A title"}
            made[kind, codec] = save(video(10, audio=sound(2, rate=48_000)), kind, codec, tags)["path"]
            folder_paths.base_path = before
        return made[kind, codec]

    return make


@pytest.mark.parametrize("in_memory", [False, True])
@pytest.mark.parametrize(("kind", "codec"), SOURCES)
def test_a_file_that_is_what_is_wanted_is_passed_on_packet_by_packet(source_file, kind, codec, in_memory):
    source = source_file(kind, codec)
    given = io.BytesIO(open(source, "rb").read()) if in_memory else source
    file = save(VideoFromFile(given))
    # In memory a Matroska file has no name that would tell it from WebM: what is in it decides.
    assert file["path"].endswith("webm" if kind == "webm" else kind)
    assert packets(file["path"], "video") == packets(source, "video")
    assert packets(file["path"], "audio") == packets(source, "audio")
    seen, before = look(file["path"]), look(source)
    assert np.array_equal(seen.frames, before.frames)
    assert np.allclose(seen.times, before.times, atol=0.002)
    assert seen.tags.items() >= {**WORKFLOW, "title": "A title"}.items()


@pytest.mark.parametrize(("kind", "codec"), SOURCES)
@pytest.mark.parametrize("wanted", ["mp4", "mkv", "webm"])
def test_another_container_takes_the_packets_that_it_can_hold(source_file, kind, codec, wanted):
    source = source_file(kind, codec)
    file = save(VideoFromFile(source), wanted)
    seen = look(file["path"])
    holds = wanted != "webm" or codec in ("vp9", "av1")
    assert (packets(file["path"], "video") == packets(source, "video")) is holds
    assert (packets(file["path"], "audio") == packets(source, "audio")) is (wanted != "webm" or kind == "webm")
    assert len(seen.frames) == 10
    assert close(seen.frames, pixels(10))
    # AAC begins 1,024 samples early; Matroska moves everything by them, pictures too.
    assert np.allclose(np.array(seen.times) - seen.times[0], np.arange(10) / 24, atol=0.003)
    assert 0 <= seen.times[0] < 0.025
    assert 0.3 < seen.samples.std() < 0.4
    assert abs(seen.samples.shape[1] / seen.sound_rate - 10 / 24) < 0.06


@pytest.mark.parametrize(("kind", "codec"), SOURCES)
@pytest.mark.parametrize("wanted", ["h264", "vp9", "av1"])
def test_another_codec_is_encoded_again_and_sound_is_kept(source_file, kind, codec, wanted):
    source = source_file(kind, codec)
    file = save(VideoFromFile(source), "auto", wanted)
    seen = look(file["path"])
    assert (packets(file["path"], "video") == packets(source, "video")) is (codec == wanted)
    assert seen.codec in containers.PICTURE_CODECS[wanted].aliases
    assert len(seen.frames) == 10
    assert close(seen.frames, pixels(10), 8)
    assert np.allclose(seen.times, np.arange(10) / 24, atol=0.003)
    assert 0.3 < seen.samples.std() < 0.4


@pytest.mark.parametrize(("kind", "codec"), SOURCES)
def test_without_a_workflow_of_ours_the_files_own_is_left_out_too(source_file, kind, codec):
    tags = look(save(VideoFromFile(source_file(kind, codec)), metadata={})["path"]).tags
    assert not {"prompt", "workflow"} & tags.keys()
    assert tags["title"] == "A title"


def turned(source, target, degrees):
    """The file with a note that players turn it."""
    with av.open(source) as given, av.open(target, "w") as output:
        stream = output.add_stream_from_template(given.streams.video[0], opaque=True)
        stream.set_display_rotation(degrees)
        for packet in given.demux(video=0):
            if packet.size:
                packet.stream = stream
                output.mux(packet)
    return target


@pytest.mark.skipif(not hasattr(av.VideoStream, "set_display_rotation"), reason="this PyAV cannot write a turn")
@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_turned_video_stays_turned_or_is_turned_when_it_is_encoded_again(source_file, tmp_path, degrees):
    source = turned(source_file("mp4", "h264"), str(tmp_path / "turned.mp4"), degrees)

    def turn(file):
        with av.open(file) as container:
            return next(container.decode(video=0)).rotation % 360

    assert turn(save(VideoFromFile(source))["path"]) == turn(source) != 0
    again = save(VideoFromFile(source), "webm")
    assert turn(again["path"]) == 0
    upright = np.rot90(pixels(10), k=turn(source) // 90, axes=(1, 2))
    seen = look(again["path"])
    assert (again["height"], again["width"]) == seen.frames.shape[1:3] == upright.shape[1:3]
    assert close(seen.frames, upright)


def test_an_odd_video_that_is_encoded_again_gets_one_more_row(source_file):
    source = save(video(3, 33, 47), "webm")["path"]
    file = save(VideoFromFile(source), "mp4", "h264")
    seen = look(file["path"])
    assert (file["height"], file["width"]) == seen.frames.shape[1:3] == (34, 48)
    assert close(seen.frames[:, :33, :47], pixels(3, 33, 47), 10)


def test_full_range_pictures_keep_their_brightness(tmp_path):
    source = str(tmp_path / "camera.mkv")
    with av.open(source, "w") as output:
        stream = output.add_stream("mjpeg", rate=10)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuvj420p"
        for frame in pixels(4):
            shade = av.VideoFrame.from_ndarray(np.round(frame * 255).astype(np.uint8), format="rgb24")
            output.mux(stream.encode(shade))
        output.mux(stream.encode(None))
    assert close(look(save(VideoFromFile(source), "mp4", "h264")["path"]).frames, pixels(4))


def test_a_gif_becomes_a_video(tmp_path):
    from PIL import Image

    frames = [Image.fromarray(np.full((20, 30, 3), shade, np.uint8)) for shade in (20, 120, 220)]
    frames[0].save(tmp_path / "a.gif", save_all=True, append_images=frames[1:], duration=200)
    seen = look(save(VideoFromFile(str(tmp_path / "a.gif")), "mp4")["path"])
    assert [round(float(frame.mean()), -1) for frame in seen.frames[:3]] == [20, 120, 220]
    assert np.allclose(np.diff(seen.times[:3]), 0.2, atol=0.01)


@pytest.mark.parametrize("kind", ["mp4", "webm", "mkv"])
def test_a_file_that_is_cut_off_is_not_saved_as_if_it_were_whole(tmp_path, kind):
    whole = open(save(video(100, audio=sound(1, seconds=4)), kind)["path"], "rb").read()
    cut = tmp_path / f"cut.{kind}"
    for share in (0.3, 0.6):
        cut.write_bytes(whole[: int(len(whole) * share)])
        with pytest.raises(CloudStorageError, match="it ends too early"):
            save(VideoFromFile(str(cut)))


def damaged(source, how, target):
    data = open(source, "rb").read()
    target.write_bytes({"cut": data[: len(data) // 3], "text": b"not a video " * 99, "empty": b""}[how])
    return str(target)


@pytest.mark.parametrize("how", ["cut", "text", "empty"])
@pytest.mark.parametrize("wanted", ["auto", "webm"])
def test_a_damaged_file_is_told_by_the_inputs_name_and_without_its_path(source_file, tmp_path, how, wanted):
    source = damaged(source_file("mp4", "h264"), how, tmp_path / "damaged.mp4")
    with pytest.raises(CloudStorageError, match="Input video is not usable: its file cannot be read") as caught:
        save(VideoFromFile(source), wanted)
    assert str(tmp_path) not in str(caught.value)


def test_a_file_without_a_video_and_one_that_is_gone_are_told(tmp_path):
    audio = str(tmp_path / "sound.mkv")
    part("sounds").write_sound(part("sound").sounds("audio", sound())[0], tmp_path / "a.flac", "flac", "V0", {}, print)
    with av.open(str(tmp_path / "a.flac")) as given, av.open(audio, "w") as output:
        stream = output.add_stream_from_template(given.streams.audio[0])
        for packet in given.demux(audio=0):
            if packet.size:
                packet.stream = stream
                output.mux(packet)
    with pytest.raises(CloudStorageError, match="its file has no video"):
        save(VideoFromFile(audio))
    with pytest.raises(CloudStorageError, match="No such file"):
        save(VideoFromFile(str(tmp_path / "gone.mp4")))


@pytest.mark.parametrize("given", [None, "x", {"waveform": 1}])
def test_what_is_no_video_is_refused_by_name(given):
    with pytest.raises(CloudStorageError, match="Input video is not usable: it is not a video"):
        save(given)


def test_a_video_that_comfyui_would_cut_is_written_by_comfyui_first(source_file):
    class Trimmed(VideoFromFile):
        def has_pending_frame_edits(self):
            return True

        def save_to(self, path):
            whole = save(video(3))["path"]
            with open(path, "wb") as target:
                target.write(open(whole, "rb").read())

    assert len(look(save(Trimmed(source_file("mp4", "h264")))["path"]).frames) == 3


def test_two_nodes_read_one_video_in_memory_at_the_same_time(source_file):
    from concurrent.futures import ThreadPoolExecutor

    shared = VideoFromFile(io.BytesIO(open(source_file("mkv", "h264"), "rb").read()))
    with ThreadPoolExecutor(8) as threads:
        files = list(threads.map(lambda _: save(shared, "webm")["path"], range(8)))
    assert all(np.array_equal(look(file).frames, look(files[0]).frames) for file in files)


def test_progress_counts_frames_and_a_stop_ends_the_work():
    told = []
    save(video(30), making=handing.Making(lambda value, total: told.append((value, total))))
    assert told == [(frame + 1, 30) for frame in range(30)]
    making = handing.Making(lambda value, total: making.stop() if value == 3 else told.append((value, "stopped")))
    with pytest.raises(handing.Stopped):
        save(video(500), making=making)
    assert told[-1] == (2, "stopped")


def test_passing_on_says_how_much_of_the_file_is_through(source_file):
    source, told = source_file("mp4", "h264"), []
    save(VideoFromFile(source), making=handing.Making(lambda value, total: told.append((value, total))))
    assert {total for _, total in told} == {len(open(source, "rb").read())}
    making = handing.Making(lambda value, total: making.stop())
    with pytest.raises(handing.Stopped):
        save(VideoFromFile(source), making=making)


def test_a_full_disk_is_told():
    making = handing.Making(lambda value, total: None)
    (making.folder() / "video.mkv").symlink_to("/dev/full")
    with pytest.raises(CloudStorageError, match="No room for"):
        save(video(30), "mkv", making=making)


def test_the_stand_in_is_abstract_where_comfyuis_own_is():
    import inspect

    assert inspect.isabstract(VideoInput)
