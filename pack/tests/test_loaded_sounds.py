"""Sound files become samples as ComfyUI's own Load Audio makes them, or an error that says what is wrong."""

import av
import numpy as np
import pytest
from conftest import part
from PIL import Image

loaded_sounds = part("loaded_sounds")
media = part("media")
CloudStorageError = part("problems").CloudStorageError

URI = "s3://bucket/sound"
LAYOUTS = {1: "mono", 2: "stereo", 6: "5.1", 8: "7.1"}


@pytest.fixture
def write(tmp_path):
    """Writes 16-bit noise with PyAV; what loses nothing gives it back."""

    def write(kind, codec, channels=2, rate=44_100, seconds=1.0, sample_format=None, name="sound"):
        count = round(seconds * rate)
        noise = np.random.default_rng(channels).integers(-20_000, 20_000, (count, channels)).astype(np.int16)
        file = tmp_path / name
        with av.open(str(file), "w", format=kind) as container:
            stream = container.add_stream(codec, rate=rate, layout=LAYOUTS[channels])
            if sample_format is not None:
                stream.format = sample_format
            into = av.AudioResampler(stream.format, LAYOUTS[channels], rate, stream.codec_context.frame_size or 4096)
            frame = av.AudioFrame.from_ndarray(noise.reshape(1, -1), "s16", LAYOUTS[channels])
            frame.sample_rate = rate
            for piece in [*into.resample(frame), *into.resample(None)]:
                container.mux(stream.encode(piece))
            container.mux(stream.encode(None))
        return file, noise.T.astype(np.float32) / 32768

    return write


def load(file):
    return loaded_sounds.load_sound(file, URI)


def refusal(file):
    with pytest.raises(CloudStorageError) as caught:
        load(file)
    assert URI in str(caught.value)
    return caught.value.code, str(caught.value)


@pytest.mark.parametrize("channels", LAYOUTS)
@pytest.mark.parametrize("rate", [8_000, 44_100, 96_000])
@pytest.mark.parametrize(("kind", "codec"), [("flac", "flac"), ("wav", "pcm_s16le"), ("matroska", "pcm_f32le")])
def test_what_loses_nothing_comes_back_sample_for_sample(write, kind, codec, channels, rate):
    file, wanted = write(kind, codec, channels, rate)
    samples, seen = load(file)
    assert (seen, samples.dtype) == (rate, np.float32)
    assert np.array_equal(samples, wanted)


@pytest.mark.parametrize(("codec", "off"), [("pcm_u8", 1 / 100), ("pcm_s32le", 0), ("pcm_f64le", 0), ("pcm_s24le", 0)])
def test_every_kind_of_sample_is_between_minus_one_and_one(write, codec, off):
    file, wanted = write("wav", codec)
    samples, _ = load(file)
    assert samples.dtype == np.float32
    assert np.abs(samples - wanted).max() <= off


@pytest.mark.parametrize(("kind", "codec", "rate"), [("mp3", "libmp3lame", 44_100), ("ogg", "libopus", 48_000)])
def test_lossy_sound_has_its_length_and_rate(write, kind, codec, rate):
    file, wanted = write(kind, codec, rate=rate)
    samples, seen = load(file)
    assert (seen, samples.shape) == (rate, wanted.shape)


def test_a_sound_longer_than_the_first_room(write, monkeypatch):
    monkeypatch.setattr(loaded_sounds, "FIRST_ROOM", 1000)
    file, wanted = write("flac", "flac", seconds=3)
    assert np.array_equal(load(file)[0], wanted)


def test_the_node_puts_out_comfyuis_audio(write):
    file, wanted = write("flac", "flac")
    (audio,) = loaded_sounds.read(file, URI, lambda: False)
    assert audio["sample_rate"] == 44_100
    assert audio["waveform"].shape == (1, *wanted.shape)


def test_the_sound_of_a_video_is_loaded(tmp_path):
    file = tmp_path / "clip.mp4"
    with av.open(str(file), "w") as container:
        pictures = container.add_stream("libx264", rate=24)
        pictures.width, pictures.height, pictures.pix_fmt = 32, 32, "yuv420p"
        sound = container.add_stream("aac", rate=48_000, layout="mono")
        for _ in range(24):
            frame = av.VideoFrame.from_ndarray(np.zeros((32, 32, 3), np.uint8), "rgb24")
            container.mux(pictures.encode(frame))
        container.mux(pictures.encode(None))
        for start in range(0, 48_000, 1024):
            frame = av.AudioFrame.from_ndarray(np.zeros((1, 1024), np.float32), "fltp", "mono")
            frame.sample_rate, frame.pts = 48_000, start
            container.mux(sound.encode(frame))
        container.mux(sound.encode(None))
    samples, rate = load(file)
    assert rate == 48_000
    assert abs(samples.shape[1] - 48_000) <= 3 * 1024


def test_the_ending_of_the_name_does_not_matter(write):
    file, wanted = write("flac", "flac", name="sound.mp3")
    assert np.array_equal(load(file)[0], wanted)


@pytest.mark.parametrize(
    ("kind", "codec"),
    [("flac", "flac"), ("wav", "pcm_s16le"), ("aiff", "pcm_s16be"), ("ipod", "aac"), ("matroska", "pcm_s16le")],
)
def test_a_file_that_is_cut_off_is_refused(write, tmp_path, kind, codec):
    file, _ = write(kind, codec, seconds=3)
    data = file.read_bytes()
    for share in (0.3, 0.6, 0.9):
        cut = tmp_path / "cut"
        cut.write_bytes(data[: int(len(data) * share)])
        assert refusal(cut)[0] == "not_audio"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"hello\n" * 1000,
        bytes(10_000),
        b"#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\n/etc/passwd\n#EXT-X-ENDLIST\n",
        b"ffconcat version 1.0\nfile other.flac\n",
        b'\x10\0\0\0\0\0\0\0{"a":1}         ' + bytes(500),
    ],
    ids=["empty", "text", "zeros", "playlist", "script", "model"],
)
def test_what_is_no_sound_is_refused(tmp_path, data):
    file = tmp_path / "sound.flac"
    file.write_bytes(data)
    assert refusal(file)[0] == "not_audio"


def test_a_playlist_opens_no_other_file(write, tmp_path):
    write("mpegts", "mp2", name="part.ts")
    list_file = tmp_path / "list.m3u8"
    list_file.write_text("#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\npart.ts\n#EXT-X-ENDLIST\n")
    with av.open(str(list_file)) as container:
        assert container.streams.audio, "FFmpeg itself would follow it"
    assert refusal(list_file) == (
        "not_audio",
        "Not a sound that can be read: s3://bucket/sound. Check that the object is a whole FLAC, MP3, WAV or Opus "
        "file; the reader says: it is none of the formats that are opened.",
    )


def test_a_picture_and_a_silent_video_have_no_sound(tmp_path):
    Image.new("RGB", (32, 32)).save(tmp_path / "picture.png")
    assert refusal(tmp_path / "picture.png")[0] == "not_audio"
    Image.new("RGB", (32, 32)).save(
        tmp_path / "moving.gif", save_all=True, append_images=[Image.new("RGB", (32, 32), "red")]
    )
    assert "there is no sound in it" in refusal(tmp_path / "moving.gif")[1]


def test_a_codec_that_is_not_here_is_told(write, monkeypatch):
    """The running FFmpeg knows more or less everything, so PyAV's own sign for a codec that it has not is put there."""
    file, _ = write("flac", "flac")
    real = media.decoder

    class Stream:
        codec_context = None

    monkeypatch.setattr(media, "decoder", lambda stream, uri, medium: real(Stream(), uri, medium))
    code, text = refusal(file)
    assert code == "codec_not_readable"
    assert text.startswith("The codec of the sound cannot be read on this machine: s3://bucket/sound.")


def test_who_has_stopped_waits_for_nothing(write, monkeypatch):
    file, wanted = write("flac", "flac", seconds=5)
    asked = []
    samples, _ = loaded_sounds.load_sound(file, URI, lambda: asked.append(1) or len(asked) > 3)
    assert 0 < samples.shape[1] < wanted.shape[1] / 2
