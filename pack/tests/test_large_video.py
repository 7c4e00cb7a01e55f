"""A video file of 2 GB is saved and loaded with little memory. Part of `./test --long`."""

import json
import os
import subprocess
import sys
from pathlib import Path

import av
import numpy as np
import pytest
from comfyui import Executor
from conftest import HERE

pytestmark = [
    pytest.mark.skipif(not os.environ.get("COMFY_BUCKET_LONG"), reason="takes long: ./test --long"),
    pytest.mark.skipif(not os.path.exists("/proc/self/status"), reason="only Linux says how much memory was the most"),
]

PASS_ON = """
import json, sys
from pathlib import Path
import folder_paths
folder_paths.base_path = sys.argv[2]
import conftest, media
videos, handing = conftest.part("videos"), conftest.part("handing")
def peak():
    return int(Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0])
before = peak()
making = handing.Making(lambda value, total: None)
handed = videos.hand_video_over("video", media.VideoFromFile(sys.argv[1]), {}, {"workflow": "{}"}, making)
print(json.dumps({"file": handed.params["files"][0]["path"], "grown": (peak() - before) * 1024}))
"""


@pytest.fixture
def large_file(tmp_path):
    """Two seconds of noise, again and again until there are 2 GB of them."""
    random = np.random.default_rng(0)
    seed, large = str(tmp_path / "seed.mp4"), str(tmp_path / "large.mp4")
    with av.open(seed, "w") as output:
        stream = output.add_stream("libx264", rate=30, options={"preset": "ultrafast", "crf": "4", "bf": "0"})
        stream.width, stream.height, stream.pix_fmt = 1280, 720, "yuv420p"
        for _ in range(60):
            noise = random.integers(0, 255, (720, 1280, 3), dtype=np.uint8)
            output.mux(stream.encode(av.VideoFrame.from_ndarray(noise, format="rgb24")))
        output.mux(stream.encode(None))
    with av.open(large, "w") as output:
        stream, start = None, 0
        while start == 0 or os.path.getsize(large) < 2_000_000_000:
            with av.open(seed) as given:
                stream = stream or output.add_stream_from_template(given.streams.video[0])
                end = start
                for packet in given.demux(video=0):
                    if packet.size:
                        packet.pts, packet.dts = packet.pts + start, packet.dts + start
                        end = max(end, packet.pts + packet.duration)
                        packet.stream = stream
                        output.mux(packet)
            start = end
    return large


class Peak:
    """The most memory that a process has had since this was made, above what it had then; in bytes."""

    def __init__(self, pid):
        self._status = Path(f"/proc/{pid}/status")
        Path(f"/proc/{pid}/clear_refs").write_text("5")  # From now on, and not since the process began.
        self._before = self._read("VmRSS:")

    def grown(self):
        return self._read("VmHWM:") - self._before

    def _read(self, field):
        return int(self._status.read_text().partition(field)[2].split()[0]) * 1024


def test_two_gigabytes_load_with_under_100_megabytes_of_memory(large_file, shared_engine, nodes, folder):
    engine, _ = shared_engine
    bucket = folder / "data" / "comfy-bucket" / "local" / "comfyui"
    bucket.mkdir(parents=True, exist_ok=True)
    with av.open(large_file) as given, av.open(str(bucket / "small.mp4"), "w") as output:
        stream = output.add_stream_from_template(given.streams.video[0])
        packet = next(given.demux(video=0))
        packet.stream = stream
        output.mux(packet)
    os.rename(large_file, bucket / "large.mp4")

    def load(key):
        prompt = {"3": {"class_type": "LoadVideoFromCloud", "inputs": {"key": key}}}
        return Executor(list(nodes.values())).run(prompt)["3"][0].get_stream_source()

    load("small.mp4")  # What the first load of a process takes is not the video's.
    peaks = {"ComfyUI": Peak(os.getpid()), "the engine": Peak(engine.pid)}
    loaded = load("large.mp4")
    grown = {name: peak.grown() for name, peak in peaks.items()}
    print("2 GB loaded with", ", ".join(f"{size / 1e6:.0f} MB in {name}" for name, size in grown.items()))
    assert max(grown.values()) < 100_000_000
    assert os.path.getsize(loaded) == os.path.getsize(bucket / "large.mp4")


def test_two_gigabytes_pass_with_under_100_megabytes_of_memory(large_file, tmp_path):
    paths = os.pathsep.join([str(HERE), str(HERE / "standin"), *sys.path])
    run = subprocess.run(
        [sys.executable, "-c", PASS_ON, large_file, str(tmp_path / "ComfyUI")],
        env={**os.environ, "PYTHONPATH": paths},
        capture_output=True,
        text=True,
        check=True,
    )
    told = json.loads(run.stdout.splitlines()[-1])
    print(f"2 GB passed on with {told['grown'] / 1e6:.0f} MB of memory")
    assert told["grown"] < 100_000_000
    assert os.path.getsize(told["file"]) > 0.99 * os.path.getsize(large_file)
