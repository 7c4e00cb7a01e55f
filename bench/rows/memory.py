"""Row 13: what the engine holds of the memory, private to it: when it has nothing to do, and while a model comes in."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..engine import open_engine
from ..java import train_cache
from ..measure import Case, Row, Sample
from ..meters import peak, private_memory
from ..setting import Setting
from ..stores import open_sink
from .models import NODE, model_params

SETTLED_AFTER = 3.0
"""Seconds."""


@contextmanager
def _open(setting: Setting) -> Iterator[list[Case]]:
    if not setting.small:
        train_cache()
    size = setting.size(8 << 30, 8 << 20)
    key = f"made/{size}-model.safetensors"
    with open_sink(setting, False, "memory") as near, open_sink(setting, True, "memory-tls") as secure:

        def idle() -> Sample:
            with open_engine(setting) as engine:
                engine.engine.start()
                time.sleep(0 if setting.small else SETTLED_AFTER)
                return Sample(private_memory(engine.pids()))

        def loading(profile: str) -> Sample:
            with setting.disk_folder() as disk, open_engine(setting) as engine:
                folder = disk / "models" / "checkpoints"
                folder.mkdir(parents=True)
                with peak(lambda: private_memory(engine.pids())) as highest:
                    engine.run_node(NODE, **model_params(folder, profile, key))
                if (folder / Path(key).name).stat().st_size != size:
                    raise AssertionError("The model is not there")
                return Sample(highest())

        work = f"a model of {size / (1 << 30):.2f} GiB comes in over"
        yield [
            Case("the engine has started", idle, unit="MB", goal="≤ 70 MB", warm=False),
            Case(f"{work} http", lambda: loading(near.profile), unit="MB", goal="≤ 250 MB", warm=False),
            Case(f"{work} https", lambda: loading(secure.profile), unit="MB", goal="≤ 250 MB", warm=False),
        ]


ROW = Row(13, "The engine's memory", (_open,))
