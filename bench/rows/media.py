"""Row 17: Save Video and Save Audio to Cloud, beside ComfyUI's own nodes, which save to the local disk."""

from __future__ import annotations

import itertools
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from .. import comfyuis
from ..comfyuis import MeasuredComfyUI
from ..measure import Case, Row, Sample, Side
from ..meters import timed
from ..pictures import photo_like
from ..setting import Setting
from ..stores import Store, open_store
from . import passed_on

RATE = 44_100

_numbers = itertools.count(1)


@dataclass(frozen=True)
class Medium:
    """What is saved: the nodes that make it, ours and ComfyUI's own that save it, and what its files begin with."""

    made: dict[str, Any]
    ours: dict[str, Any]
    core: dict[str, Any]
    shown: str
    """Where ComfyUI's own node shows its file."""
    magic: bytes


@contextmanager
def _open(setting: Setting) -> Iterator[list[Case]]:
    if setting.comfyui is None:
        yield []
        return
    seconds, frames = setting.size(60, 1), setting.size(48, 2)
    with open_store(setting) as store, comfyuis.ours(setting) as comfyui:
        yield [
            _case(f"{seconds} s of stereo as FLAC", comfyui, store, _sound(setting, seconds)),
            _case(f"{frames} frames as MP4", comfyui, store, _video(setting, frames)),
        ]


def _case(work: str, comfyui: MeasuredComfyUI, store: Store, medium: Medium) -> Case:
    peer = Side(f"{medium.core['class_type']}, then boto3", partial(_core, comfyui, store, medium))
    return Case(work, partial(_ours, comfyui, store, medium), (peer,), goal="≥ 0.91 ×")


def _ours(comfyui: MeasuredComfyUI, store: Store, medium: Medium) -> Sample:
    # Always another one: a node whose inputs are those of its last run is not run again by ComfyUI.
    prefix = f"media/{next(_numbers)}/"
    inputs = {**medium.ours["inputs"], "key_prefix": prefix, "filename": "one", "profile": ["profile", 0]}
    profile = {"class_type": "CloudStorageProfile", "inputs": {"profile": store.profile}}
    sample, _ = comfyui.run({**medium.made, "profile": profile, "save": {**medium.ours, "inputs": inputs}})
    (key,) = store.keys(prefix)
    if medium.magic not in store.read(key)[:12]:
        raise AssertionError(f"{key} is no such file")
    store.remove(prefix)
    return sample


def _core(comfyui: MeasuredComfyUI, store: Store, medium: Medium) -> Sample:
    inputs = {**medium.core["inputs"], "filename_prefix": f"bench-{next(_numbers)}"}
    sample, run = comfyui.run({**medium.made, "save": {**medium.core, "inputs": inputs}})
    (shown,) = run.ui("save")[medium.shown]
    with urllib.request.urlopen(f"{comfyui.running.url}/view?{urllib.parse.urlencode(shown)}") as answer:
        file = answer.read()
    if medium.magic not in file[:12]:
        raise AssertionError(f"{shown} is no such file")
    client = store.boto3()
    client.head_bucket(Bucket=store.bucket)
    upload = timed(lambda: client.put_object(Bucket=store.bucket, Key="core", Body=file))
    return Sample(sample.value + upload.value, (sample.cpu or 0) + (upload.cpu or 0))


def _sound(setting: Setting, seconds: int) -> Medium:
    random, time = np.random.default_rng(1), np.arange(seconds * RATE) / RATE
    tones = [0.4 * np.sin(2 * np.pi * pitch * time) + 0.02 * random.standard_normal(len(time)) for pitch in (220, 330)]
    made = {"sound": {"class_type": "BenchSound", "inputs": {"file": _kept(setting, np.array(tones)), "rate": RATE}}}
    return Medium(
        made,
        {"class_type": "SaveAudioToCloud", "inputs": {"audio": ["sound", 0], "format": "flac"}},
        {"class_type": "SaveAudio", "inputs": {"audio": ["sound", 0]}},
        "audio",
        b"fLaC",
    )


def _video(setting: Setting, frames: int) -> Medium:
    images = photo_like(frames, setting.size(1024, 32))
    made = {
        "pictures": {"class_type": "BenchPictures", "inputs": {"file": _kept(setting, images)}},
        "clip": {"class_type": "CreateVideo", "inputs": {"images": ["pictures", 0], "fps": 24.0}},
    }
    choices = {"video": ["clip", 0], "format": "mp4", "codec": "h264"}
    return Medium(
        made,
        {"class_type": "SaveVideoToCloud", "inputs": choices},
        {"class_type": "SaveVideo", "inputs": choices},
        "images",
        b"ftyp",
    )


def _kept(setting: Setting, array: np.ndarray) -> str:
    file: Path = setting.new_folder("media") / "made.npy"
    np.save(file, array.astype(np.float32))
    return str(file)


ROW = Row(17, "Save Audio and Save Video to Cloud", (_open, passed_on.open_part), only_in_comfyui=True)
