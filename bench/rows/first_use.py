"""Row 11: from nothing to the first object that is stored."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

import numpy as np

from .. import comfyuis
from ..engine import open_engine
from ..java import train_cache
from ..measure import Case, Row, Sample, Side
from ..meters import timed
from ..pictures import photo_like
from ..savers import PACK
from ..setting import Setting
from ..stores import Store, open_store

KEY = "first/0.png"

# Only what a Python pack would do when its first save comes: Python itself is running then.
BOTO3 = """
import json, sys, time
start, cpu = time.perf_counter(), time.process_time()
import boto3
from botocore.client import Config
endpoint, bucket, access, secret, key = sys.argv[1:]
client = boto3.client("s3", endpoint_url=endpoint, region_name="us-east-1", aws_access_key_id=access,
                      aws_secret_access_key=secret, config=Config(s3={"addressing_style": "path"}))
client.put_object(Bucket=bucket, Key=key, Body=bytes(1000))
print(json.dumps([time.perf_counter() - start, time.process_time() - cpu]))
"""


@contextmanager
def _open(setting: Setting) -> Iterator[list[Case]]:
    if not setting.small:
        train_cache()
    with open_store(setting) as store:
        peers = (Side("boto3", partial(_boto3, store)),)
        yield [Case("start to first object", partial(_ours, setting, store), peers, goal="≥ 1.25 ×, then ≥ 2 ×")]


def _ours(setting: Setting, store: Store) -> Sample:
    with open_engine(setting) as engine:
        pixel = np.zeros((1, 1, 1, 3), np.float32)
        inputs = {"profile": {"profile": store.profile}, "key_prefix": "first/", "filename": "%batch_num%"}
        sample = timed(lambda: engine.save_floats(pixel, inputs), engine.pids)
    return _stored(store, sample)


def _boto3(store: Store) -> Sample:
    arguments = [store.endpoint, store.bucket, store.access_key, store.secret_key, KEY]
    done = subprocess.run([sys.executable, "-c", BOTO3, *arguments], stdout=subprocess.PIPE, check=True)
    return _stored(store, Sample(*json.loads(done.stdout)))


def _stored(store: Store, sample: Sample) -> Sample:
    if len(store.keys("first/")) != 1:
        raise AssertionError("The object is not there")
    store.remove("first/")
    return sample


@contextmanager
def _in_comfyui(setting: Setting) -> Iterator[list[Case]]:
    """The first save after ComfyUI's start: one picture of a megapixel."""
    if setting.comfyui is None:
        yield []
        return
    train_cache()
    picture = comfyuis.save_pictures(setting, photo_like(1, 1024))
    with open_store(setting) as store:

        def first_save(pack: comfyuis.Start) -> Sample:
            with pack(setting) as comfyui:
                comfyui.load_pictures(picture)
                sample, _ = comfyui.run(comfyuis.save_prompt(picture, store.profile, "first/"))
            return _stored(store, sample)

        peers = (Side(PACK, partial(first_save, comfyuis.original)),) if setting.comfyui.original else ()
        yield [Case("first save in ComfyUI", partial(first_save, comfyuis.ours), peers, goal="≥ 1 ×", warm=False)]


ROW = Row(11, "First use", (_open, _in_comfyui))
