"""Kinds of files for sound and video, what may be in them, and writing and reading them with PyAV."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .handing import not_written
from .problems import problem

AUTO = "auto"


@dataclass(frozen=True)
class Encoder:
    """A codec: PyAV's encoders for it, best first, and the sample rates that it has; None means all."""

    names: tuple[str, ...]
    rates: tuple[int, ...] | None = None

    def rate_for(self, rate: int) -> int:
        """The rate itself, or the next higher one that the codec has."""
        if self.rates is None or rate in self.rates:
            return rate
        return next((known for known in self.rates if known > rate), self.rates[-1])

    def available(self) -> str | None:
        """The first of its encoders that the running PyAV has."""
        from av.codec import Codec

        for name in self.names:
            try:
                return str(Codec(name, "w").name)
            except ValueError:
                continue
        return None


@dataclass(frozen=True)
class PictureEncoder(Encoder):
    """`aliases` are PyAV's names for its decoders; sides are multiples of `grid` pixels."""

    pix_fmt: str = "yuv420p"
    options: dict[str, str] = field(default_factory=dict)
    aliases: tuple[str, ...] = ()
    grid: int = 1


@dataclass(frozen=True)
class VideoFormat:
    """A kind of file for videos: FFmpeg's name, codecs for pictures, the first for `auto`, and one for sound."""

    muxer: str
    codecs: tuple[str, ...]
    sound: str


AAC_RATES = (7_350, 8_000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 64_000, 88_200, 96_000)
MP3_RATES = (8_000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000)
OPUS_RATES = (8_000, 12_000, 16_000, 24_000, 48_000)

SOUND_CODECS = {
    "aac": Encoder(("aac",), AAC_RATES),
    "flac": Encoder(("flac",)),
    "mp3": Encoder(("libmp3lame",), MP3_RATES),
    "opus": Encoder(("libopus",), OPUS_RATES),
    "wav": Encoder(("pcm_s16le",)),
}

# Qualities are those of ComfyUI's own nodes: SaveVideo (x264's CRF 23) and SaveWEBM (CRF 32). VP9 and AV1 are made
# faster than there; by measurement the files are as good and as small.
PICTURE_CODECS = {
    "h264": PictureEncoder(("libx264", "h264"), aliases=("h264",), grid=2),
    "vp9": PictureEncoder(
        ("libvpx-vp9",),
        options={"crf": "32", "b": "0", "deadline": "good", "cpu-used": "2", "row-mt": "1"},
        aliases=("vp9", "libvpx-vp9"),
    ),
    "av1": PictureEncoder(
        ("libsvtav1",),
        pix_fmt="yuv420p10le",
        options={"crf": "32", "preset": "8"},
        aliases=("av1", "libdav1d", "libaom-av1"),
    ),
}

VIDEO_FORMATS = {
    "mp4": VideoFormat("mp4", ("h264", "vp9", "av1"), "aac"),
    "webm": VideoFormat("webm", ("vp9", "av1"), "opus"),
    "mkv": VideoFormat("matroska", ("h264", "vp9", "av1"), "aac"),
}

# ComfyUI's page finds the workflow in MP4 only as a tag of a name of its own. The index comes first, so that a player
# can begin before it has the whole file.
_MUXER_OPTIONS = {"mp4": {"movflags": "use_metadata_tags+faststart"}}


def choice(name: str, value: Any, known: Any) -> str:
    """One of the words that an input takes. Raises CloudStorageError for another."""
    if value not in known:
        raise problem("input_not_usable", input=name, reason=f"there is no choice {value}", allowed=", ".join(known))
    return str(value)


def require_encoder(codec: Encoder, name: str, kind: str, choices: str) -> str:
    """PyAV's encoder. Raises CloudStorageError with what there is instead, where PyAV was built without it."""
    encoder = codec.available()
    if encoder is None:
        raise problem("codec_not_available", codec=name, format=kind, choices=choices or "none on this machine")
    return encoder


@contextmanager
def writing(file: Path, kind: str, muxer: str, metadata: dict[str, str]) -> Iterator[Any]:
    """A container that is complete when it closes. Raises CloudStorageError where it cannot be written."""
    import av

    try:
        with av.open(str(file), "w", format=muxer, options=_MUXER_OPTIONS.get(muxer, {})) as container:
            for name, text in metadata.items():
                container.metadata[name] = text
            yield container
    except OSError as error:
        raise not_written(error, file.parent) from error
    except av.error.FFmpegError as error:
        raise problem("media_not_encoded", format=kind, reason=_reason(error)) from error
    if not file.exists():
        # PyAV begins the file with the first packet.
        raise problem("media_not_encoded", format=kind, reason="it is too short")


@contextmanager
def reading(name: str, source: Any) -> Iterator[Any]:
    """A file that a video comes from. Raises CloudStorageError, by the name of the input, for what is none."""
    import av

    try:
        container = av.open(source, "r")
    except (av.error.FFmpegError, OSError) as error:
        raise not_readable(name, error) from error
    with container:
        yield container


def guarded(name: str, items: Any) -> Iterator[Any]:
    """What is read, one by one; errors are told as the input's, wherever the items are used."""
    import av

    try:
        yield from items
    except (av.error.FFmpegError, OSError) as error:
        raise not_readable(name, error) from error


def not_readable(name: str, error: Exception) -> Exception:
    """What to tell a user whose video comes from a damaged file."""
    return problem(
        "input_not_usable",
        input=name,
        reason=f"its file cannot be read ({_reason(error)})",
        allowed="a whole video file that ComfyUI can play",
    )


def _reason(error: Exception) -> str:
    # Without the number, and without the path of this machine that may follow.
    return str(getattr(error, "strerror", "") or error).rstrip(".") or type(error).__name__
