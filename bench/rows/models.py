"""Row 6: Download Model from Cloud, onto the disk."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from boto3.s3.transfer import TransferConfig

from .. import comfyuis
from ..engine import open_engine
from ..measure import Case, Row, Sample, Side
from ..meters import timed
from ..savers import PACK
from ..setting import Setting
from ..stores import Store, far_away, open_sink
from .downloads import require_made

NODE = "LoadModelFromCloud"

_numbers = itertools.count(1)

Download = Callable[[Store, str], Sample]
"""Brings an object of the sink to the folder."""


@contextmanager
def _open(setting: Setting) -> Iterator[list[Case]]:
    with ExitStack() as stack:
        near = stack.enter_context(open_sink(setting, False, "models"))
        far = stack.enter_context(far_away(setting, near, "models-far"))
        sides = dict(_in_comfyui(setting, stack) if setting.comfyui else _by_engine(setting, stack))
        size = setting.size(1 << 30, 8 << 20)
        work = f"{size / (1 << 30):.2f} GiB by Download Model"
        yield [
            _case(work, near, size, sides, "≤ 1.5 s where the pack needs 3.4 s"),
            _case(f"{work}, 50 ms away", far, size, sides, "≤ 3 s where the pack needs 5.9 s"),
        ]


def _case(work: str, store: Store, size: int, sides: dict[str, tuple[Path, Download]], goal: str) -> Case:
    def once(folder: Path, download: Download) -> Sample:
        # Always another one: a node whose inputs are those of its last run is not run again by ComfyUI.
        key = f"made/{size}-{next(_numbers)}.safetensors"
        sample = download(store, key)
        require_made(folder / Path(key).name, size)
        shutil.rmtree(folder)
        folder.mkdir()
        return sample

    ours, *others = (Side(name, partial(once, *given)) for name, given in sides.items())
    return Case(work, ours.run, tuple(others), goal=goal)


def model_params(folder: Path, profile: str, key: str) -> dict[str, Any]:
    """As the pack sends them to the engine."""
    return {
        "inputs": {"model_type": "checkpoints", "key": key, "profile": {"profile": profile}},
        "models": {"folder": str(folder.parent), "types": {"checkpoints": [str(folder)]}, "extra": [], "code": []},
    }


def _by_engine(setting: Setting, stack: ExitStack) -> Iterator[tuple[str, tuple[Path, Download]]]:
    engine = stack.enter_context(open_engine(setting))
    folder, other = _checkpoints(setting, stack), _checkpoints(setting, stack)

    def ours(store: Store, key: str) -> Sample:
        return timed(lambda: engine.run_node(NODE, **model_params(folder, store.profile, key)), engine.pids)

    def boto3(store: Store, key: str) -> Sample:
        client, target = store.boto3(max_pool_connections=20), str(other / Path(key).name)
        return timed(lambda: client.download_file(store.bucket, key, target, Config=TransferConfig()))

    yield "ours", (folder, ours)
    yield "boto3", (other, boto3)


def _in_comfyui(setting: Setting, stack: ExitStack) -> Iterator[tuple[str, tuple[Path, Download]]]:
    assert setting.comfyui
    packs = {"ours": comfyuis.ours, **({PACK: comfyuis.original} if setting.comfyui.original else {})}
    for name, pack in packs.items():
        folder = _checkpoints(setting, stack)
        comfyui = stack.enter_context(pack(setting, folder.parent))

        def download(store: Store, key: str, comfyui: comfyuis.MeasuredComfyUI = comfyui) -> Sample:
            return comfyui.run(_prompt(store.profile, key))[0]

        yield name, (folder, download)


def _prompt(profile: str, key: str) -> dict[str, Any]:
    model = {"model_type": "checkpoints", "key": key, "force_redownload": False, "profile": ["profile", 0]}
    return {
        "profile": {"class_type": "CloudStorageProfile", "inputs": {"profile": profile}},
        "model": {"class_type": NODE, "inputs": model},
        "shown": {"class_type": "PreviewAny", "inputs": {"source": ["model", 0]}},
    }


def _checkpoints(setting: Setting, stack: ExitStack) -> Path:
    folder = stack.enter_context(setting.disk_folder()) / "models" / "checkpoints"
    folder.mkdir(parents=True)
    return folder


ROW = Row(6, "Download Model from Cloud", (_open,))
