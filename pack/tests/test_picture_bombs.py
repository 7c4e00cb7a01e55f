"""Small files that announce, or unpack to, far more than they are: refused or read, in little memory and time.

They are read one after another by a process of their own, whose memory is looked at after each.
"""

import json
import subprocess
import sys
import threading
import time

import pytest
from conftest import HERE, WHEEL, part

MEMORY = 400 << 20
"""Bytes above what the process had before. Pillow keeps up to 64 MB of texts, and copies them."""

TIME = 10.0
"""Seconds for one file on a busy machine."""

READER = """
import json, resource, sys, time
from pathlib import Path
import bombs
from conftest import part
from PIL import Image

pictures, problems = part("pictures"), part("problems")
file = Path(sys.argv[1])
Image.new("RGB", (1000, 1000)).save(file, "PNG")
pictures.load_picture(file, "s3://bucket/first")
for name, data in bombs.corpus():
    file.write_bytes(data)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.monotonic()
    try:
        image, mask = pictures.load_picture(file, "s3://bucket/bomb")
        end, text = "read", str(image.shape)
    except problems.CloudStorageError as told:
        end, text = told.code, str(told)
    took = time.monotonic() - start
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024
    print(json.dumps({"name": name, "end": end, "text": text, "took": took, "grown": grown, "size": len(data)}))
"""


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory):
    file = tmp_path_factory.mktemp("bombs") / "picture"
    places = [str(HERE), str(HERE / "standin"), str(WHEEL / "src")]
    program = f"import sys; sys.path[:0] = {places!r}\n{READER}"
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program, str(file)], capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_each_is_refused_clearly_or_read(outcomes):
    assert len(outcomes) >= 45
    for outcome in outcomes:
        assert outcome["end"] in ("read", "image_too_large", "not_an_image"), outcome
        if outcome["end"] != "read":
            assert "s3://bucket/bomb" in outcome["text"], outcome
    refused = {outcome["name"] for outcome in outcomes if outcome["end"] == "image_too_large"}
    assert {"a GIF of 500,000 frames", "a TIFF of 20,000 directories", "a JPEG of 2,000 scans"} <= refused
    assert {name.split()[1] for name in refused} >= {"PNG", "JPEG", "WebP", "GIF", "TIFF", "BMP", "APNG"}
    ends = {outcome["name"]: outcome["text"] for outcome in outcomes}
    assert "is not run" in ends["PostScript, which is a program"]


def test_none_takes_much_memory_or_time(outcomes):
    for outcome in outcomes:
        assert outcome["grown"] < MEMORY, outcome
        assert outcome["took"] < TIME, outcome


def test_a_cancel_ends_between_two_frames(tmp_path):
    import bombs

    (tmp_path / "picture").write_bytes(bombs.gif(64, 64, 9000))
    stop = threading.Event()
    threading.Timer(0.1, stop.set).start()
    start = time.monotonic()
    with pytest.raises(part("threads").Interrupted):
        part("pictures").load_picture(tmp_path / "picture", "s3://bucket/picture", stop.is_set)
    assert time.monotonic() - start < 2
