"""Makes a large MP4 file, in the Python of a ComfyUI: `python large_video.py FILE BYTES`."""

from __future__ import annotations

import sys
from fractions import Fraction

import av
import numpy as np

WIDTH, HEIGHT = 1280, 720
RATE = 30


def make(file: str, size: int) -> None:
    """One picture of noise, again and again until there are so many bytes."""
    noise = np.random.default_rng(0).integers(0, 255, (HEIGHT, WIDTH, 3), dtype=np.uint8)
    with av.open(file, "w") as output:
        stream = output.add_stream("libx264", rate=RATE, options={"preset": "ultrafast", "crf": "4"})
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        frame = av.VideoFrame.from_ndarray(noise, format="rgb24")
        (encoded,) = stream.encode(frame) + stream.encode(None)
        data = bytes(encoded)
        for number in range(-(-size // len(data))):
            packet = av.Packet(data)
            packet.stream, packet.is_keyframe = stream, True
            packet.time_base, packet.pts, packet.dts, packet.duration = Fraction(1, RATE), number, number, 1
            output.mux(packet)


if __name__ == "__main__":
    make(sys.argv[1], int(sys.argv[2]))
