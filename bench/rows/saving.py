"""Rows 1, 2, 3 and 5: Save Image to Cloud."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial

from .. import comfyuis
from ..measure import Case, Row, Sample, Side
from ..meters import peak_growth
from ..pictures import photo_like
from ..savers import PACK, case, open_savers
from ..setting import Setting, on_disk
from ..stores import far_away, open_store

SIDE = 1024


@contextmanager
def _near(setting: Setting) -> Iterator[list[Case]]:
    images = photo_like(setting.size(8, 2), setting.size(SIDE, 32))
    with ExitStack() as stack:
        store = stack.enter_context(open_store(setting))
        savers = open_savers(setting, stack, images)
        yield [case(f"{len(images)} PNG saved", savers, store, images, "png", "≥ 5 ×, ≤ 0.30 s")]


@contextmanager
def _background(setting: Setting) -> Iterator[list[Case]]:
    """How long the graph is held up. What is accepted has been forced to the disk by then, so it is on one here."""
    images = photo_like(setting.size(8, 2), setting.size(SIDE, 32))
    with ExitStack() as stack:
        store = stack.enter_context(open_store(setting))
        disk = stack.enter_context(on_disk(setting))
        savers = open_savers(disk, stack, images)
        work = f"{len(images)} PNG accepted in the background"
        yield [case(work, savers, store, images, "png", "≥ 17 ×, ≤ 0.08 s", upload="background")]


@contextmanager
def _far(setting: Setting) -> Iterator[list[Case]]:
    images = photo_like(setting.size(8, 2), setting.size(SIDE, 32))
    with ExitStack() as stack:
        store = stack.enter_context(open_store(setting))
        far = stack.enter_context(far_away(setting, store))
        savers = open_savers(setting, stack, images)
        yield [case(f"{len(images)} PNG saved, 50 ms away", savers, far, images, "png", "≤ 0.60 s")]


@contextmanager
def _lossy(setting: Setting) -> Iterator[list[Case]]:
    images = photo_like(setting.size(8, 2), setting.size(SIDE, 32))
    with ExitStack() as stack:
        store = stack.enter_context(open_store(setting))
        savers = open_savers(setting, stack, images)
        yield [
            case(f"{len(images)} JPEG saved", savers, store, images, "jpg", "≥ 1 ×"),
            case(f"{len(images)} WebP saved", savers, store, images, "webp", "≥ 1 ×, ≤ 0.5 s"),
        ]


@contextmanager
def _batch(setting: Setting) -> Iterator[list[Case]]:
    images = photo_like(setting.size(32, 3), setting.size(SIDE, 32))
    with ExitStack() as stack:
        store = stack.enter_context(open_store(setting))
        savers = open_savers(setting, stack, images)
        yield [case(f"{len(images)} PNG saved", savers, store, images, "png", "≤ 1.1 s")]


@contextmanager
def _memory(setting: Setting) -> Iterator[list[Case]]:
    """In a ComfyUI that has just been started, since what a process has once taken it seldom gives back."""
    if setting.comfyui is None:
        yield []
        return
    images = photo_like(32, SIDE)
    with open_store(setting) as store:
        batch, one = comfyuis.save_pictures(setting, images), comfyuis.save_pictures(setting, images[:1])

        def growth(pack: comfyuis.Start) -> Sample:
            with pack(setting) as comfyui:
                comfyui.run(comfyuis.save_prompt(one, store.profile, "memory/"))
                comfyui.load_pictures(batch)  # The last before: ComfyUI drops what a prompt in between does not name.
                with peak_growth(comfyui.pids) as grown:
                    comfyui.run(comfyuis.save_prompt(batch, store.profile, "memory/batch-"))
                store.remove("memory/")
                return Sample(grown())

        peers = (Side(PACK, partial(growth, comfyuis.original)),) if setting.comfyui.original else ()
        work = f"{len(images)} PNG saved: memory"
        goal = f"≤ {images.nbytes / 1e6:.0f} MB"
        yield [Case(work, partial(growth, comfyuis.ours), peers, unit="MB", goal=goal, warm=False)]


NEAR = Row(1, "Save Image to Cloud", (_near, _background))
FAR = Row(2, "The same, 50 ms and 200 Mbit/s away", (_far,))
LOSSY = Row(3, "The same, JPEG and WebP", (_lossy,))
BATCH = Row(5, "A larger batch", (_batch, _memory))
