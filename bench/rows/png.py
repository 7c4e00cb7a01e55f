"""Row 4: the PNG encoder alone, on one thread."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

import numpy as np

from ..java import JavaProgram
from ..measure import Case, Row, Sample, Side
from ..meters import timed
from ..peers import decode, encode
from ..pictures import made, samples
from ..setting import Setting

PHOTOGRAPHS = "≥ 3.4 ×, no larger"
DRAWINGS = "≥ 1.5 ×, no larger"

WARM_UP = 40
"""Pictures until the JVM has compiled the encoder, as in an engine that has been saving for a while."""


@contextmanager
def _open(setting: Setting) -> Iterator[list[Case]]:
    pictures = made(setting.size(1024, 64))
    kinds = dict.fromkeys(pictures, DRAWINGS) | {"photo-like": PHOTOGRAPHS}
    if not setting.small:
        photographs = samples()
        pictures |= photographs
        kinds |= dict.fromkeys(photographs, PHOTOGRAPHS)
    with JavaProgram("EncodePng") as encoder:
        ours = OurEncoder(encoder)
        for picture in pictures.values():
            for _ in range(setting.size(WARM_UP, 1) // 4):
                ours.encode(picture)
        yield [case for name, picture in pictures.items() for case in _cases(ours, name, picture, kinds[name])]


def _cases(ours: OurEncoder, name: str, picture: np.ndarray, goal: str) -> list[Case]:
    pillow = len(encode(picture, "png"))
    return [
        Case(f"PNG, {name}", partial(ours.timed, picture), (Side("Pillow", partial(_pillow, picture)),), goal=goal),
        Case(
            f"PNG, {name}: size",
            lambda: Sample(len(ours.encode(picture)[1]) / 1e6),
            (Side("Pillow", lambda: Sample(pillow / 1e6)),),
            unit="MB",
            goal="≥ 1",
            warm=False,
        ),
    ]


def _pillow(picture: np.ndarray) -> Sample:
    return timed(lambda: encode(picture, "png"))


class OurEncoder:
    """`EncodePng.java`, which measures itself."""

    def __init__(self, program: JavaProgram) -> None:
        self._program = program

    def encode(self, picture: np.ndarray) -> tuple[float, bytes]:
        """Seconds, and the file."""
        height, width, channels = picture.shape
        self._program.stdin.write(np.array([width, height, channels], ">i4").tobytes() + picture.tobytes())
        self._program.stdin.flush()
        nanos, length = np.frombuffer(self._program.stdout.read(16), ">i8")
        return int(nanos) / 1e9, self._program.stdout.read(int(length))

    def timed(self, picture: np.ndarray) -> Sample:
        """One sample; raises unless the file decodes to the picture."""
        seconds, file = self.encode(picture)
        if not np.array_equal(decode(file), picture):
            raise AssertionError("The PNG does not decode to the picture that was encoded")
        return Sample(seconds, seconds)


ROW = Row(4, "PNG encoder, one thread", (_open,))
