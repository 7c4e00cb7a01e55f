"""Hands a video to the engine as a file that PyAV has written."""

import inspect
import io
from collections.abc import Callable
from functools import partial
from typing import Any

from .containers import AUTO, PICTURE_CODECS, VIDEO_FORMATS, choice, require_encoder
from .handing import Handed, Making
from .problems import problem
from .video_file import kind_for, write_file
from .video_frames import write_frames


def hand_video_over(name: str, video: Any, inputs: dict[str, Any], metadata: dict[str, str], making: Making) -> Handed:
    """Writes the file. Takes its time.

    Raises CloudStorageError for what is no video, for choices that there are not, and where it cannot be written.
    """
    kind = choice("format", inputs.get("format", AUTO), (AUTO, *VIDEO_FORMATS))
    codec = choice("codec", inputs.get("codec", AUTO), (AUTO, *PICTURE_CODECS))
    _require_both(kind, codec)
    if not hasattr(video, "get_components"):
        raise problem("input_not_usable", input=name, reason="it is not a video", allowed="the output of a video node")
    source = _source(video, making)
    if source is None:
        if kind == AUTO:
            kind = kind_for(codec)
        file = making.folder() / f"video.{kind}"
        pictures = VIDEO_FORMATS[kind].codecs[0] if codec == AUTO else codec
        width, height = write_frames(name, video.get_components(), file, kind, pictures, metadata, making)
    else:
        folder = making.folder()
        file, width, height = write_file(
            name, source, lambda wanted: folder / f"video.{wanted}", kind, codec, metadata, making
        )
    return Handed({"files": [{"path": str(file), "width": width, "height": height}]}, making.remove)


def _require_both(kind: str, codec: str) -> None:
    """Tells at once what cannot be, before anything is encoded."""
    formats = VIDEO_FORMATS if kind == AUTO else {kind: VIDEO_FORMATS[kind]}
    wanted = next(iter(formats)) if kind == AUTO else kind
    if codec == AUTO:
        return
    if not any(codec in known.codecs for known in formats.values()):
        raise problem("codec_not_available", codec=codec, format=wanted, choices=_choices())
    require_encoder(PICTURE_CODECS[codec], codec, wanted, _choices())


def _choices() -> str:
    """What the running PyAV can write."""
    return ", ".join(
        f"{kind} with {codec}"
        for kind, known in VIDEO_FORMATS.items()
        for codec in known.codecs
        if PICTURE_CODECS[codec].available()
    )


def _source(video: Any, making: Making) -> Callable[[], Any] | None:
    """The file that the video comes from: gives its path, or opens it to be read; None for frames."""
    owner = next((kind for kind in type(video).__mro__ if "get_stream_source" in vars(kind)), None)
    if owner is None or inspect.isabstract(owner):
        return None  # ComfyUI's default would encode it, and into memory.
    if _is_edited(video):
        edited = making.folder() / "edited.mp4"
        video.save_to(str(edited))
        return partial(str, edited)
    source = video.get_stream_source()
    return partial(_View, source) if isinstance(source, io.BytesIO) else partial(str, source)


def _is_edited(video: Any) -> bool:
    """Whether ComfyUI cuts or crops the file before anybody sees it: since v0.3.76, and in several ways since."""
    edits = getattr(video, "has_pending_frame_edits", None)
    own = {name.rpartition("__")[2]: value for name, value in vars(video).items()}
    return bool(edits is not None and edits()) or any(own.get(name) for name in ("start_time", "duration", "crop"))


class _View(io.RawIOBase):
    """A place of its own in a buffer that other nodes may be reading too."""

    def __init__(self, buffer: io.BytesIO) -> None:
        super().__init__()
        self._bytes = buffer.getbuffer()
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, target: Any) -> int:
        piece = self._bytes[self._at : self._at + len(target)]
        target[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: len(self._bytes)}[whence]
        self._at = max(0, start + offset)
        return self._at

    def tell(self) -> int:
        return self._at
