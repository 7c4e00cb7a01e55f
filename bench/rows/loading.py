"""Row 16: Load Image Batch from Cloud, for pictures that are not on this machine yet."""

from __future__ import annotations

import itertools
import os
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from pack.pictures import load_picture

from .. import comfyuis
from ..engine import OurEngine, open_engine
from ..measure import Case, Row, Sample, Side
from ..meters import timed
from ..peers import PillowAndBoto3, require_decoded
from ..pictures import photo_like
from ..setting import Setting
from ..stores import Store, far_away, open_store

NODE = "LoadImagesFromCloud"

Load = Callable[[Store, str], Sample]
"""Makes floats of all pictures of a format, which lie below a prefix of its name, and looks at them."""

_numbers = itertools.count()


@contextmanager
def _open(setting: Setting) -> Iterator[list[Case]]:
    images = photo_like(setting.size(50, 3), setting.size(1024, 32))
    with ExitStack() as stack:
        store = stack.enter_context(open_store(setting))
        far = stack.enter_context(far_away(setting, store))
        load = _in_comfyui(setting, stack, images) if setting.comfyui else _by_engine(setting, stack, images)
        cases = []
        for format, name in (("jpg", "JPEG"), ("png", "PNG")):
            PillowAndBoto3.of(store).save(images, f"{format}/", format)
            work = f"{len(images)} {name} loaded, 50 ms away"
            peer = Side("boto3, Pillow", partial(_by_libraries, images, far, format))
            cases.append(Case(work, partial(load, far, format), (peer,), goal="≥ 5 ×"))
        yield cases


def _by_engine(setting: Setting, stack: ExitStack, images: np.ndarray) -> Load:
    """As the pack does it, without ComfyUI around it."""
    engine = stack.enter_context(open_engine(setting))
    threads = stack.enter_context(ThreadPoolExecutor(os.cpu_count()))

    def load(store: Store, format: str) -> Sample:
        loaded: list[np.ndarray] = []
        _forget_loaded()
        sample = timed(lambda: loaded.extend(_read(engine, threads, store, format)), engine.pids)
        require_decoded(loaded, images, format)
        return sample

    return load


def _read(engine: OurEngine, threads: ThreadPoolExecutor, store: Store, format: str) -> list[np.ndarray]:
    begun: dict[str, Future[tuple[np.ndarray, np.ndarray]]] = {}

    def arrived(path: str, uri: str) -> None:
        begun[path] = threads.submit(load_picture, Path(path), uri)

    inputs = {"prefix": f"{format}/", "profile": {"profile": store.profile}}
    answer = engine.run_node(NODE, inputs, arrived)
    return [begun[file["path"]].result()[0] for file in answer["files"]]


def _in_comfyui(setting: Setting, stack: ExitStack, images: np.ndarray) -> Load:
    comfyui = stack.enter_context(comfyuis.ours(setting))

    def load(store: Store, format: str) -> Sample:
        _forget_loaded()
        sample, run = comfyui.run(_prompt(store.profile, f"{format}/", len(images)))
        found = len(run.ui("load")["text"])
        if found != len(images):
            raise AssertionError(f"{found} pictures were loaded where {len(images)} are")
        return sample

    return load


def _prompt(profile: str, prefix: str, count: int) -> dict[str, Any]:
    # Always another one: a node whose inputs are those of its last run is not run again by ComfyUI.
    inputs = {"prefix": prefix, "max_images": count + next(_numbers), "order": "name", "profile": ["profile", 0]}
    return {
        "profile": {"class_type": "CloudStorageProfile", "inputs": {"profile": profile}},
        "load": {"class_type": NODE, "inputs": inputs},
        "shown": {"class_type": "PreviewAny", "inputs": {"source": ["load", 2]}},
    }


def _by_libraries(images: np.ndarray, store: Store, format: str) -> Sample:
    loaded: list[np.ndarray] = []
    sample = timed(lambda: loaded.extend(PillowAndBoto3.of(store).load(f"{format}/")))
    require_decoded(loaded, images, format)
    return sample


def _forget_loaded() -> None:
    """The engine keeps what it has downloaded."""
    shutil.rmtree(Path(os.environ["XDG_CACHE_HOME"]) / "comfy-bucket" / "media", ignore_errors=True)


ROW = Row(16, "Load Image Batch from Cloud", (_open,))
