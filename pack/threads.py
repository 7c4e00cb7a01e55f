"""Work that takes its time, beside ComfyUI's loop and the other nodes."""

import os
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

AT_ONCE = 4
"""Runs at the same time. A list wired to a node is many runs, each with memory of its own."""

_Result = TypeVar("_Result")

# Not the loop's own threads: ComfyUI's loop ends with each prompt and would wait for them.
_threads = ThreadPoolExecutor(max(AT_ONCE, os.cpu_count() or 1), thread_name_prefix="comfy-bucket")


class Interrupted(Exception):
    """The user has cancelled the prompt."""


def start(work: Callable[[], _Result]) -> "Future[_Result]":
    """Begins it as soon as a thread is free."""
    return _threads.submit(work)
