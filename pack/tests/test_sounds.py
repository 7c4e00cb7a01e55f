"""Sounds become files that PyAV reads back as what they were, whatever comes in."""

import threading

import numpy as np
import pytest
import torch
from conftest import part
from media import look, sound

sounds = part("sounds")
handing = part("handing")
CloudStorageError = part("problems").CloudStorageError

WORKFLOW = {"prompt": '{"1": {"text": "ü"}}', "workflow": '{"nodes": []}'}


def save(audio, metadata=WORKFLOW, making=None, **inputs):
    making = making or handing.Making(lambda value, total: None)
    handed = sounds.hand_sounds_over("audio", audio, inputs, metadata, making)
    return [file["path"] for file in handed.params["files"]]


def same(seen, audio, item=0):
    wanted = audio["waveform"].numpy()[item]
    return np.abs(seen.samples[:, : wanted.shape[1]] - wanted).max()


@pytest.mark.parametrize("kind", ["flac", "wav"])
@pytest.mark.parametrize("channels", range(1, 9))
@pytest.mark.parametrize("rate", [8_000, 44_100])
def test_what_loses_nothing_comes_back_sample_for_sample(kind, channels, rate):
    audio = sound(channels, seconds=0.5, rate=rate)
    (file,) = save(audio, format=kind)
    seen = look(file)
    assert (seen.sound_rate, seen.samples.shape) == (rate, (channels, rate // 2))
    assert same(seen, audio) <= 1 / 32768


@pytest.mark.parametrize("quality", ["V0", "128k", "320k"])
@pytest.mark.parametrize(("channels", "layout"), [(1, "mono"), (2, "stereo")])
@pytest.mark.parametrize("kind", ["mp3", "opus"])
def test_what_loses_some_comes_back_close(kind, channels, layout, quality):
    audio = sound(channels, rate=48_000)
    (file,) = save(audio, format=kind, quality=quality)
    seen = look(file)
    assert (seen.layout, seen.sound_rate) == (layout, 48_000)
    heard, wanted = seen.samples[:, 4800:40_000], audio["waveform"].numpy()[0][:, 4800:40_000]
    assert heard.shape == wanted.shape
    assert np.abs(np.abs(heard).max() - np.abs(wanted).max()) < 0.05


def test_the_qualities_differ_in_size():
    noise = np.random.default_rng(1).normal(0, 0.2, (1, 2, 96_000)).astype(np.float32)
    audio = {"waveform": torch.from_numpy(noise), "sample_rate": 48_000}
    for kind in ("mp3", "opus"):
        small, best, large = (
            len(open(save(audio, {}, format=kind, quality=quality)[0], "rb").read())
            for quality in ("128k", "V0", "320k")
        )
        assert small < best < large, kind


@pytest.mark.parametrize("rate", [8_000, 22_050, 44_100, 44_056, 96_000, 192_000])
@pytest.mark.parametrize("kind", ["mp3", "opus"])
def test_a_rate_that_a_format_has_not_is_converted_and_the_length_stays(kind, rate):
    (file,) = save(sound(2, rate=rate), format=kind)
    seen = look(file)
    assert abs(seen.samples.shape[1] / seen.sound_rate - 1.0) < 0.1
    crossings = np.count_nonzero(np.diff(np.sign(seen.samples[0][seen.sound_rate // 4 : seen.sound_rate * 3 // 4])))
    assert abs(crossings - 110) <= 3  # 110 Hz cross zero 110 times in half a second.


def test_more_channels_than_mp3_has_are_mixed_down_and_opus_keeps_them():
    audio = sound(6)
    assert look(save(audio, format="mp3")[0]).layout == "stereo"
    assert look(save(audio, format="opus")[0]).samples.shape[0] == 6


@pytest.mark.parametrize("kind", ["flac", "mp3", "opus"])
def test_the_workflow_is_in_the_tags_and_wav_has_none(kind):
    assert look(save(sound(), format=kind)[0]).tags.items() >= WORKFLOW.items()
    assert not {"prompt", "workflow"} & look(save(sound(), {}, format=kind)[0]).tags.keys()
    assert not {"prompt", "workflow"} & look(save(sound(), format="wav")[0]).tags.keys()


@pytest.mark.parametrize("kind", ["flac", "mp3", "wav", "opus"])
def test_a_batch_is_a_file_for_each_sound(kind):
    audio = sound(1, batch=5, seconds=0.3, rate=8_000)
    files = save(audio, format=kind)
    assert len(set(files)) == 5
    pitches = [np.count_nonzero(np.diff(np.sign(look(file).samples[0]))) for file in files]
    assert pitches == sorted(pitches) and len(set(pitches)) == 5


@pytest.mark.parametrize("kind", ["flac", "mp3", "wav", "opus"])
def test_silence_is_a_sound_and_what_is_too_short_is_told(kind):
    silence = {"waveform": torch.from_numpy(np.zeros((1, 2, 8_000), np.float32)), "sample_rate": 8_000}
    assert np.abs(look(save(silence, format=kind)[0]).samples).max() < 1e-3
    for length in (1, 10, 100, 1000):
        short = {"waveform": torch.from_numpy(np.ones((1, 1, length), np.float32)), "sample_rate": 44_100}
        if kind == "opus" and length < 100:
            with pytest.raises(CloudStorageError, match=r"cannot be written as opus.*too short") as caught:
                save(short, format=kind)
            assert caught.value.code == "media_not_encoded"
        else:
            assert look(save(short, format=kind)[0]).samples.shape[1] >= length


@pytest.mark.parametrize("kind", ["flac", "mp3", "wav", "opus"])
def test_what_is_no_number_is_silent_and_what_is_too_loud_is_cut_off(kind):
    samples = np.zeros((1, 1, 48_000), np.float32)
    samples[:, :, 10_000:11_000] = np.nan
    samples[:, :, 20_000:30_000:2] = 3e38
    samples[:, :, 20_001:30_000:2] = -np.inf
    audio = {"waveform": torch.from_numpy(samples), "sample_rate": 48_000}
    heard = look(save(audio, format=kind)[0]).samples[0]
    assert np.isfinite(heard).all()
    assert np.abs(heard[8_000:14_000]).max() < 0.05
    assert np.abs(heard).max() < 2
    if kind in ("flac", "wav"):
        assert heard[20_000] > 0.99 and heard[20_001] < -0.99


@pytest.mark.parametrize(
    ("audio", "text"),
    [
        (None, "it is not a sound"),
        ({}, "it is not a sound"),
        ("x", "it is not a sound"),
        ({"waveform": torch.from_numpy(np.zeros((2, 9), np.float32)), "sample_rate": 8_000}, r"its shape is \[2, 9\]"),
        ({"waveform": torch.from_numpy(np.zeros((0, 2, 9), np.float32)), "sample_rate": 8_000}, "it has no samples"),
        ({"waveform": torch.from_numpy(np.zeros((1, 2, 0), np.float32)), "sample_rate": 8_000}, "it has no samples"),
        ({"waveform": torch.from_numpy(np.zeros((1, 9, 9), np.float32)), "sample_rate": 8_000}, "it has 9 channels"),
        ({"waveform": torch.from_numpy(np.zeros((1, 2, 9), np.float32)), "sample_rate": 0}, "its sample rate is 0"),
        (
            {"waveform": torch.from_numpy(np.zeros((1, 2, 9), np.float32)), "sample_rate": None},
            "its sample rate is None",
        ),
    ],
)
def test_what_is_no_sound_is_refused_by_name(audio, text):
    with pytest.raises(CloudStorageError, match=f"Input audio is not usable: {text}") as caught:
        save(audio)
    assert caught.value.code == "input_not_usable"


@pytest.mark.parametrize("inputs", [{"format": "aiff"}, {"quality": "64k"}])
def test_choices_that_there_are_not_are_refused(inputs):
    with pytest.raises(CloudStorageError, match=f"Input {next(iter(inputs))} is not usable: there is no choice"):
        save(sound(), **inputs)


def test_an_encoder_that_pyav_lacks_is_told_with_what_there_is(monkeypatch):
    codecs = part("containers").SOUND_CODECS
    monkeypatch.setitem(codecs, "opus", type(codecs["opus"])(("libnothing",)))
    with pytest.raises(CloudStorageError, match=r"opus cannot be written into opus.*instead: flac, mp3, wav") as caught:
        save(sound(), format="opus")
    assert caught.value.code == "codec_not_available"


def test_progress_counts_samples_and_a_stop_ends_the_work():
    told = []
    save(sound(2, seconds=5, batch=2), making=handing.Making(lambda value, total: told.append((value, total))))
    assert told[-1] == (2 * 5 * 44_100, 2 * 5 * 44_100)
    assert [value for value, _ in told] == sorted(value for value, _ in told)
    making = handing.Making(lambda value, total: making.stop() if value > 100_000 else None)
    with pytest.raises(handing.Stopped):
        save(sound(2, seconds=60), making=making)


def test_the_files_lie_where_only_this_user_can_read_them(comfyui):
    making = handing.Making(lambda value, total: None)
    (file,) = save(sound(), making=making)
    folder = making.folder()
    assert file.startswith(str(comfyui / "temp" / "cloud_storage"))
    assert folder.stat().st_mode & 0o077 == 0
    making.remove()
    assert not folder.exists()


def test_a_full_disk_is_told(monkeypatch):
    making = handing.Making(lambda value, total: None)
    folder = making.folder()
    (folder / "0.flac").symlink_to("/dev/full")
    with pytest.raises(CloudStorageError, match="No room for") as caught:
        save(sound(2, seconds=30), making=making)
    assert caught.value.code == "disk_full"


def test_several_threads_encode_a_batch(monkeypatch):
    names = set()
    write = sounds.write_sound
    together = threading.Barrier(2, timeout=20)

    def watched(*arguments):
        names.add(threading.current_thread().name)
        together.wait()
        write(*arguments)

    monkeypatch.setattr(sounds, "write_sound", watched)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    save(sound(1, batch=2))
    assert len(names) == 2
