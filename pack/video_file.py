"""Writes a video that comes from a file: what fits is passed on as it is, the rest is encoded again."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from . import media
from .containers import AUTO, PICTURE_CODECS, VIDEO_FORMATS, guarded, not_readable, reading, writing
from .handing import Making
from .problems import problem
from .video_tracks import Encoded, Passed, Track, Voiced

WEBM_CODECS = {"vp8", "vp9", "av1", "libdav1d", "libaom-av1", "libvpx", "libvpx-vp9", "opus", "libopus", "vorbis"}

LEFT_OUT = {"prompt", "workflow", "encoder", "duration", "major_brand", "minor_version", "compatible_brands"}
"""Tags of the file that the new one does not take over: a workflow is ours or none, the others are the container's."""


def write_file(
    name: str,
    source: Callable[[], Any],
    file_for: Callable[[str], Path],
    kind: str,
    codec: str,
    metadata: dict[str, str],
    making: Making,
) -> tuple[Path, int, int]:
    """The file, and the width and height of the video in pixels.

    `source` opens the file to be read anew, or names it. `kind` and `codec` may be `auto`.

    Raises CloudStorageError, by the name of the input.
    """
    with reading(name, source()) as container:
        video = _video(name, container)
        if kind == AUTO:
            kind = _own_kind(container, video, codec)
        file = file_for(kind)
        kept = {tag: text for tag, text in container.metadata.items() if tag.lower() not in LEFT_OUT}
        with writing(file, kind, VIDEO_FORMATS[kind].muxer, {**kept, **metadata}) as output:
            pictures = _pictures(name, output, video, source, kind, codec)
            tracks: dict[int, Track] = {video.index: pictures}
            for stream in container.streams:
                track = None if stream.index in tracks else _other(name, output, stream, kind)
                if track is not None:
                    tracks[stream.index] = track
            _take_all(name, container, tracks, making)
    if isinstance(pictures, Encoded):
        return file, pictures.width, pictures.height
    return file, video.width, video.height


def _take_all(name: str, container: Any, tracks: dict[int, Track], making: Making) -> None:
    """Reads the file from its beginning to its end."""
    size, end = container.size, 0.0
    for packet in guarded(name, container.demux([container.streams[index] for index in tracks])):
        making.step(max(packet.pos or 0, 0), max(size, 0))
        if packet.is_corrupt:
            raise _cut_off(name)
        if packet.pts is not None and packet.time_base is not None:
            end = max(end, float((packet.pts + (packet.duration or 0)) * packet.time_base))
        tracks[packet.stream.index].take(packet)
    if end + _tolerance(container) < (container.duration or 0) / 1e6:
        raise _cut_off(name)
    for track in tracks.values():
        track.end()


def _tolerance(container: Any) -> float:
    """How many seconds earlier a file may end than it says. Only Matroska says it and shows no other sign of a cut."""
    return max(1.0, 0.05 * (container.duration or 0) / 1e6) if "matroska" in container.format.name else float("inf")


def _cut_off(name: str) -> Exception:
    return not_readable(name, ValueError("it ends too early"))


def _video(name: str, container: Any) -> Any:
    for stream in container.streams.video:
        if stream.codec_context is not None and not media.is_cover(stream):
            return stream
    raise problem("input_not_usable", input=name, reason="its file has no video", allowed="a video with frames")


def _own_kind(container: Any, video: Any, codec: str) -> str:
    formats = container.format.name.split(",")
    own = "mp4" if "mp4" in formats else None
    if "matroska" in formats:
        inside = {stream.codec_context.name for stream in container.streams if stream.type in ("video", "audio")}
        own = "webm" if inside <= WEBM_CODECS and not str(container.name).endswith(".mkv") else "mkv"
    if own is not None and (codec == AUTO or codec in VIDEO_FORMATS[own].codecs):
        return own
    return kind_for(codec)


def kind_for(codec: str) -> str:
    """The kind of file for a codec when nothing else decides."""
    return "webm" if codec == "vp9" else "mp4"


def _codec(video: Any) -> str | None:
    return next((name for name, codec in PICTURE_CODECS.items() if video.codec_context.name in codec.aliases), None)


def _pictures(name: str, output: Any, video: Any, source: Callable[[], Any], kind: str, codec: str) -> Passed | Encoded:
    if video.codec_context.name in output.supported_codecs and codec in (AUTO, _codec(video)):
        return Passed(output, video)
    return Encoded(name, output, video, source, kind, codec)


def _other(name: str, output: Any, stream: Any, kind: str) -> Track | None:
    """Sound and subtitles; other streams, and subtitles that the format has not, are left out."""
    if stream.type not in ("audio", "subtitle") or stream.codec_context is None:
        return None
    if stream.codec_context.name in output.supported_codecs:
        return Passed(output, stream)
    return Voiced(name, output, stream, kind) if stream.type == "audio" and stream.codec_context.sample_rate else None
