"""Tells ComfyUI's page, and its log, what the engine did while nobody waited for it."""

import logging
import threading
import time
from collections import deque

from . import host

EVENT = "comfy-bucket.notice"

KEPT = 20
"""Notices that wait for a page; older ones are in the log."""

POLL = 1.0
"""Seconds between two looks whether a page has come."""

SETTLING = 4.0
"""Seconds that a page gets from its connection to the listeners of its modules."""

_LEVELS = {"warn": logging.WARNING, "error": logging.ERROR}

_lock = threading.Lock()
_waiting: deque[dict[str, str]] = deque(maxlen=KEPT)
_watching = False


def show(notice: dict[str, str]) -> None:
    """Shows it now, or to the first page that opens. Called on any thread."""
    global _watching
    level = _LEVELS.get(notice["severity"], logging.INFO)
    host.log.log(level, "Cloud storage: %s: %s", notice["summary"], notice["detail"])
    with _lock:
        if not _watching and host.page_is_open():
            host.send_to_pages(EVENT, notice)
            return
        _waiting.append(notice)
        if _watching:
            return
        _watching = True
    threading.Thread(target=_wait_for_page, name="comfy-bucket notices", daemon=True).start()


def _wait_for_page() -> None:
    global _watching
    while not host.page_is_open():
        time.sleep(POLL)
    time.sleep(SETTLING)
    with _lock:
        _watching = False
        for notice in _waiting:
            host.send_to_pages(EVENT, notice)
        _waiting.clear()
