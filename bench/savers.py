"""Everybody who can save a batch of pictures into a store, with and without a ComfyUI around them."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from pack.jpeg import compress

from . import comfyuis
from .comfyuis import MeasuredComfyUI
from .engine import OurEngine, open_engine
from .measure import OURS, Case, Sample, Side
from .meters import timed
from .peers import PillowAndBoto3, require_pictures
from .setting import Setting
from .stores import Store

_numbers = itertools.count(1)

UPLOADED_WITHIN = 60.0

PACK = "pack 0.3.0"
"""The Python pack that this product replaces."""


@dataclass(frozen=True)
class Saver:
    """One of them."""

    name: str
    save: Callable[[Store, str, str, str], Sample]
    """Saves the batch into a store below a prefix in a format; what it says of `upload` is heard by ours alone."""
    local_only: bool = False
    """It does not upload: ComfyUI's own node, and only PNG."""

    def checked(self, store: Store, images: np.ndarray, format: str, upload: str) -> Sample:
        """Saves, looks at what is stored, and removes it."""
        # Always another one: a node whose inputs are those of its last run is not run again by ComfyUI.
        prefix = f"saved/{self.name.replace(' ', '-')}-{next(_numbers)}/"
        sample = self.save(store, prefix, format, upload)
        if not self.local_only:
            _await_objects(store, prefix, len(images))
            require_pictures(store, prefix, images, format)
            store.remove(prefix)
        return sample


def open_savers(setting: Setting, stack: ExitStack, images: np.ndarray) -> list[Saver]:
    """Starts them, ours first. Stores must be open before: a ComfyUI reads its profiles when it starts."""
    if setting.comfyui is None:
        engine = stack.enter_context(open_engine(setting))
        return [
            Saver(OURS, partial(_by_engine, engine, images)),
            Saver("Pillow, boto3", partial(_by_libraries, images)),
        ]
    file = comfyuis.save_pictures(setting, images)
    ours = stack.enter_context(comfyuis.ours(setting))
    ours.load_pictures(file)
    savers = [Saver(OURS, partial(_in_comfyui, ours, file)), Saver("Save Image", partial(_by_core, ours, file), True)]
    if setting.comfyui.original is not None:
        original = stack.enter_context(comfyuis.original(setting))
        original.load_pictures(file)
        savers.append(Saver(PACK, partial(_in_comfyui, original, file)))
    return savers


def _await_objects(store: Store, prefix: str, count: int) -> None:
    """Until a save that does not wait for its upload has been uploaded."""
    end = time.monotonic() + UPLOADED_WITHIN
    while len(store.keys(prefix)) < count and time.monotonic() < end:
        time.sleep(0.1)


def case(
    work: str, savers: list[Saver], store: Store, images: np.ndarray, format: str, goal: str, upload: str = "wait"
) -> Case:
    """The batch saved by all of them."""
    ours, *others = savers
    return Case(
        work,
        partial(ours.checked, store, images, format, upload),
        tuple(
            Side(other.name, partial(other.checked, store, images, format, upload))
            for other in others
            if format == "png" or not other.local_only
        ),
        goal=goal,
    )


def _by_engine(engine: OurEngine, images: np.ndarray, store: Store, prefix: str, format: str, upload: str) -> Sample:
    inputs: dict[str, Any] = {
        "profile": {"profile": store.profile},
        "key_prefix": prefix,
        "filename": "%batch_num%",
        "format": format,
        "quality": 95,
        "upload": upload,
    }

    def save() -> None:
        if format == "jpg":
            engine.save_jpegs(compress(images, inputs["quality"]), images.shape, inputs)
        else:
            engine.save_floats(images, inputs)

    return timed(save, engine.pids)


def _by_libraries(images: np.ndarray, store: Store, prefix: str, format: str, upload: str) -> Sample:
    pillow = PillowAndBoto3.of(store)
    return timed(lambda: pillow.save(images, prefix, format))


def _in_comfyui(comfyui: MeasuredComfyUI, file: Path, store: Store, prefix: str, format: str, upload: str) -> Sample:
    inputs = {"upload": upload} if comfyui.has_upload else {}
    return comfyui.run(comfyuis.save_prompt(file, store.profile, prefix, format=format, **inputs))[0]


def _by_core(comfyui: MeasuredComfyUI, file: Path, store: Store, prefix: str, format: str, upload: str) -> Sample:
    return comfyui.run(comfyuis.core_save_prompt(file))[0]
