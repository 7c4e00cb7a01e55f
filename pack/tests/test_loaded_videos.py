"""Videos stay in their file: what is looked at, what is refused, and how long the file is kept."""

import gc
import os
import time

import av
import numpy as np
import pytest
from conftest import part
from PIL import Image

loaded_videos = part("loaded_videos")
CloudStorageError = part("problems").CloudStorageError

URI = "s3://bucket/clip"


@pytest.fixture
def write(tmp_path):
    """Writes noisy frames with PyAV."""

    def write(kind="mp4", codec="libx264", count=48, name="clip", options=None):
        file = tmp_path / name
        random = np.random.default_rng(1)
        with av.open(str(file), "w", format=kind, options=options or {}) as container:
            stream = container.add_stream(codec, rate=24)
            stream.width, stream.height, stream.pix_fmt = 96, 64, "yuv420p"
            for _ in range(count):
                picture = random.integers(0, 256, (64, 96, 3), dtype=np.uint8)
                container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, "rgb24")))
            container.mux(stream.encode(None))
        return file

    return write


def refusal(file):
    with pytest.raises(CloudStorageError) as caught:
        loaded_videos.check(file, URI)
    assert URI in str(caught.value)
    return caught.value.code, str(caught.value)


KINDS = [
    ("mp4", "libx264", {}),
    ("mp4", "libx264", {"movflags": "faststart"}),
    ("webm", "libvpx-vp9", {}),
    ("matroska", "libx264", {}),
    ("avi", "mpeg4", {}),
]


@pytest.mark.parametrize(("kind", "codec", "options"), KINDS)
def test_the_value_reads_from_the_file(write, kind, codec, options):
    file = write(kind, codec, options=options)
    (video,) = loaded_videos.read(file, URI, lambda: False)
    assert video.get_stream_source() == str(file)


@pytest.mark.parametrize(("kind", "codec", "options"), KINDS)
def test_a_file_that_is_cut_off_is_refused(write, tmp_path, kind, codec, options):
    data = write(kind, codec, options=options).read_bytes()
    cut = tmp_path / "cut"
    for share in (0.3, 0.6, 0.9):
        cut.write_bytes(data[: int(len(data) * share)])
        assert refusal(cut)[0] == "not_a_video"


def test_a_stream_that_was_written_live_announces_no_length_and_is_taken(write):
    loaded_videos.check(write("mpegts", "libx264"), URI)
    loaded_videos.check(write("matroska", "libx264", options={"live": "1"}), URI)


@pytest.mark.parametrize("data", [b"", b"hello\n" * 1000, bytes(10_000), b"ffconcat version 1.0\nfile x.mp4\n"])
def test_what_is_no_video_is_refused(tmp_path, data):
    file = tmp_path / "clip.mp4"
    file.write_bytes(data)
    assert refusal(file)[0] == "not_a_video"


def test_a_picture_is_no_video_and_a_moving_gif_is(tmp_path):
    Image.new("RGB", (32, 32)).save(tmp_path / "picture.png")
    assert refusal(tmp_path / "picture.png")[0] == "not_a_video"
    frames = [Image.new("RGB", (32, 32), colour) for colour in ("red", "green")]
    frames[0].save(tmp_path / "moving.gif", save_all=True, append_images=frames[1:])
    loaded_videos.check(tmp_path / "moving.gif", URI)


def test_a_song_is_no_video_also_with_the_picture_of_its_album(tmp_path):
    Image.new("RGB", (32, 32)).save(tmp_path / "cover.png")
    song = tmp_path / "song.mp3"
    with av.open(str(tmp_path / "cover.png")) as cover, av.open(str(song), "w", format="mp3") as container:
        stream = container.add_stream("libmp3lame", rate=44_100)
        picture = container.add_stream_from_template(cover.streams.video[0])
        picture.disposition = av.stream.Disposition.attached_pic
        packet = next(cover.demux())
        packet.stream = picture
        container.mux(packet)
        for start in range(0, 44_100, 1152):
            frame = av.AudioFrame.from_ndarray(np.zeros((2, 1152), np.float32), "fltp", "stereo")
            frame.sample_rate, frame.pts = 44_100, start
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    with av.open(str(song)) as container:
        assert container.streams.video
    assert "there are no moving pictures in it" in refusal(song)[1]


def test_a_codec_that_is_not_here_is_told(write):
    file = write()
    file.write_bytes(file.read_bytes().replace(b"avc1", b"zzzz"))
    code, text = refusal(file)
    assert code == "codec_not_readable"
    assert text.startswith("The codec of the video cannot be read on this machine: s3://bucket/clip. Use an object")


def test_the_file_is_touched_for_as_long_as_somebody_has_the_video(write, monkeypatch):
    monkeypatch.setattr(loaded_videos, "TOUCH_EACH", 0.02)
    monkeypatch.setattr(loaded_videos, "_kept", loaded_videos._Kept())
    file = write()
    (video,) = loaded_videos.read(file, URI, lambda: False)
    long_ago = time.time() - 100_000
    for _ in range(2):
        os.utime(file, (long_ago, long_ago))
        wait_for(lambda: file.stat().st_mtime > long_ago + 1)
    file.unlink()
    time.sleep(0.1)  # Nobody minds.
    del video
    gc.collect()
    wait_for(lambda: loaded_videos._kept._timer is None)
    file.touch()
    os.utime(file, (long_ago, long_ago))
    time.sleep(0.1)
    assert file.stat().st_mtime < long_ago + 1


def wait_for(condition):
    end = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)
