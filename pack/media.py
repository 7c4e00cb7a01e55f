"""Opens sound and video files with PyAV, which comes with ComfyUI, and says in our words what is wrong with them."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .lengths import missing_bytes
from .problems import CloudStorageError, problem

if TYPE_CHECKING:
    from av.container import InputContainer

# Files that are what they are. FFmpeg also opens playlists and scripts, which name other files of this machine or
# addresses to fetch; text, which it paints; and pictures.
_FORMATS = (
    "aac ac3 aiff amr ape asf au avi caf dsf dts eac3 flac flv gif matroska mov mp3 mpeg mpegts mxf nut ogg w64 wav wv "
    "yuv4mpegpipe"
)

_OPTIONS = {"format_whitelist": _FORMATS.replace(" ", ","), "protocol_whitelist": "file"}


_ATTACHED_PICTURE = 0x0400
"""AV_DISPOSITION_ATTACHED_PIC of FFmpeg."""


@dataclass(frozen=True)
class Medium:
    """What a node wants to find in a file."""

    word: str
    problem: str
    readable: str
    """Formats that can always be read."""


SOUND = Medium("sound", "not_audio", "FLAC, MP3 or WAV")
VIDEO = Medium("video", "not_a_video", "MP4 with H.264")


@contextmanager
def opened(file: Path, uri: str, medium: Medium) -> "Iterator[InputContainer]":
    """The file for reading. Raises CloudStorageError when it cannot be opened, also for what fails while it is open."""
    import av

    try:
        # Tags in an old encoding are no reason to refuse a file.
        with av.open(str(file), options=_OPTIONS, metadata_errors="replace") as container:
            missing = missing_bytes(file)
            if missing:
                raise unreadable(medium, uri, f"it is cut off, the last {missing} bytes are missing")
            yield container
    except av.FFmpegError as error:
        raise unreadable(medium, uri, _reason(error)) from None


def decoder(stream: Any, uri: str, medium: Medium) -> Any:
    """The stream's decoder. Raises CloudStorageError where this PyAV has none."""
    if stream.codec_context is None:  # Decoding would crash older versions.
        raise problem("codec_not_readable", codec=f"The codec of the {medium.word}", uri=uri, choices=medium.readable)
    return stream.codec_context


def is_cover(stream: Any) -> bool:
    """Whether a stream of pictures is no video, but the picture that belongs to a song."""
    return bool(stream.disposition.value & _ATTACHED_PICTURE)


def unreadable(medium: Medium, uri: str, reason: str) -> CloudStorageError:
    """The error to raise for a file that is not what the node wants."""
    return problem(medium.problem, uri=uri, reason=reason)


def _reason(error: Any) -> str:
    if error.errno == errno.EINVAL:
        return "it is none of the formats that are opened"
    return str(error.strerror or type(error).__name__)
