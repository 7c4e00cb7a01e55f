"""Row 14: a call to the engine, and handing pixels over to it."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median

import numpy as np

from pack.samples import convert

from ..engine import OurEngine, open_engine
from ..measure import Case, Row, Sample, Side
from ..meters import timed
from ..setting import Setting

PIPE_READER = (
    "import sys\nwhile (size := int(sys.stdin.buffer.readline())):\n sys.stdin.buffer.read(size)\n print(flush=True)"
)


@contextmanager
def _calls(setting: Setting) -> Iterator[list[Case]]:
    setting.add_profile("local", {"provider": "Local", "folder": str(setting.new_folder("local"))})
    with open_engine(setting) as engine:
        calls = setting.size(400, 4)
        for _ in range(calls):
            _call(engine)
        yield [
            Case(
                "a node without work (median call)",
                lambda: Sample(median(timed(lambda: _call(engine)).value for _ in range(calls))),
                goal="≤ 0.0005 s",
            )
        ]


def _call(engine: OurEngine) -> None:
    engine.run_node("CloudStorageProfile", {"profile": "local"})


@contextmanager
def _pixels(setting: Setting) -> Iterator[list[Case]]:
    side = setting.size(1024, 16)
    images = np.random.default_rng(1).random((8, side, side, 3), dtype=np.float32)
    pipe = subprocess.Popen([sys.executable, "-c", PIPE_READER], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert pipe.stdin and pipe.stdout
    told, heard = pipe.stdin, pipe.stdout

    def through_pipe() -> None:
        told.write(b"%d\n" % images.nbytes)
        told.write(images.data)
        told.flush()
        heard.readline()

    with open_engine(setting) as engine:

        def through_file() -> Sample:
            started = time.perf_counter()
            with engine.hand_over.lease(images.size) as lease:
                convert(images, np.frombuffer(lease.view, np.uint8).reshape(images.shape))
                seconds = time.perf_counter() - started
                if lease.view[-1] != int(255 * images[-1, -1, -1, -1]):
                    raise AssertionError("The pixels did not arrive")
            return Sample(seconds)

        try:
            work = f"{images.nbytes / 1e6:.0f} MB of pixels handed over"
            peers = (Side("pipe", lambda: timed(through_pipe, lambda: [pipe.pid])),)
            yield [Case(work, through_file, peers, goal="≤ 0.05 s")]
        finally:
            told.write(b"0\n")
            told.close()
            heard.close()
            pipe.wait(10)


ROW = Row(14, "Calls to the engine", (_calls, _pixels))
