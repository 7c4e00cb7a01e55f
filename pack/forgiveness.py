"""Damage beside the pixels of a picture is forgiven, as ComfyUI does; missing pixels are not.

Damage is bad EXIF or an overlong text chunk (Pillow issues #2445 and #4472). Pillow has its setting for the whole
process only, so what is forgiven is decoded alone: a picture that is cut off must not slip through beside it.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

# What Pillow says of pixels that are not all there.
_CUT_OFF = ("truncated", "data stream", "unexpected end")

_Result = TypeVar("_Result")

_changed = threading.Condition()
_strict = 0
_forgiving = 0


def forgiving(step: Callable[[], _Result]) -> _Result:
    """Does a step of reading a picture, and once more with Pillow's forgiveness if that can help."""
    try:
        with _strictly():
            return step()
    except (OSError, ValueError) as error:
        if any(words in str(error).lower() for words in _CUT_OFF):
            raise
        with _forgivingly():
            return step()


@contextmanager
def _strictly() -> Iterator[None]:
    """Any number at the same time, but not beside a forgiven step."""
    global _strict
    with _changed:
        _changed.wait_for(lambda: _forgiving == 0)
        _strict += 1
    try:
        yield
    finally:
        with _changed:
            _strict -= 1
            _changed.notify_all()


@contextmanager
def _forgivingly() -> Iterator[None]:
    """Alone."""
    from PIL import ImageFile

    global _forgiving
    with _changed:
        _changed.wait_for(lambda: _forgiving == 0)
        _forgiving = 1  # Nobody begins anew from here on.
        _changed.wait_for(lambda: _strict == 0)
    before = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = True
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before
        with _changed:
            _forgiving = 0
            _changed.notify_all()
