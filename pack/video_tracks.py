"""One stream of a video on its way from file to file: as it is, or decoded and encoded again."""

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any, Protocol

from . import host
from .containers import (
    AUTO,
    PICTURE_CODECS,
    SOUND_CODECS,
    VIDEO_FORMATS,
    PictureEncoder,
    guarded,
    not_readable,
    reading,
    require_encoder,
)
from .sound import LAYOUTS
from .video_frames import BT601, LIMITED, SRGB_CURVE, SRGB_PRIMARIES


class Track(Protocol):
    """One stream on its way from file to file."""

    def take(self, packet: Any) -> None:
        """The next packet of the stream."""

    def end(self) -> None:
        """There are no more."""


# What undoes a turn of as many quarters, counter-clockwise.
_TURNS: tuple[tuple[tuple[str, str | None], ...], ...] = (
    (),
    (("transpose", "cclock"),),
    (("hflip", None), ("vflip", None)),
    (("transpose", "clock"),),
)


class Passed:
    """The packets as they are."""

    def __init__(self, output: Any, stream: Any) -> None:
        self._output = output
        self._waiting: list[Any] = []
        self._begun = False
        self._stream = output.add_stream_from_template(stream, opaque=True)
        if stream.codec_context.name == "hevc" and _tag(stream) == "hvc1":
            # Apple's players want this name for it, which a new stream would not have.
            self._stream.codec_context.codec_tag = "hvc1"

    def take(self, packet: Any) -> None:
        """Matroska does not say when the first packets are to be decoded: that follows from the first that is known."""
        if packet.size == 0:
            return  # The end of the stream.
        if packet.dts is None and not self._begun:
            self._waiting.append(packet)
            return
        step = packet.duration or 1
        for place, early in enumerate(self._waiting):
            early.dts = packet.dts - (len(self._waiting) - place) * step
            self._mux(early)
        self._waiting.clear()
        self._begun = True
        self._mux(packet)

    def end(self) -> None:
        """Packets whose time never got known are decoded when they are shown."""
        for packet in self._waiting:
            packet.dts = packet.pts
            self._mux(packet)

    def _mux(self, packet: Any) -> None:
        if packet.pts is None:
            packet.pts = packet.dts
        packet.stream = self._stream
        self._output.mux(packet)


class Encoded:
    """Pictures, decoded, turned upright, and encoded again with their own times."""

    def __init__(self, name: str, output: Any, video: Any, source: Callable[[], Any], kind: str, codec: str) -> None:
        chosen = VIDEO_FORMATS[kind].codecs[0] if codec == AUTO else codec
        encoder = PICTURE_CODECS[chosen]
        self._name, self._output, self._last = name, output, None
        first = _first_frame(name, source, video.index)
        turned = round((getattr(first, "rotation", 0) or 0) / 90) % 4
        width, height = (first.height, first.width) if turned % 2 else (first.width, first.height)
        self.width, self.height = -(-width // encoder.grid) * encoder.grid, -(-height // encoder.grid) * encoder.grid
        self._graph = _graph(video, first, turned, (width, height), (self.width, self.height), encoder)
        rate = video.average_rate or video.guessed_rate or Fraction(25)
        self._step = max(1, round(1 / (rate * video.time_base)))
        stream = output.add_stream(require_encoder(encoder, chosen, kind, ""), rate=rate, options=dict(encoder.options))
        stream.width, stream.height, stream.pix_fmt = self.width, self.height, encoder.pix_fmt
        context, was = stream.codec_context, video.codec_context
        context.thread_type = "FRAME"
        context.time_base = video.time_base
        context.color_range = LIMITED
        if first.format.is_rgb:
            context.colorspace, context.color_primaries, context.color_trc = BT601, SRGB_PRIMARIES, SRGB_CURVE
        else:
            context.colorspace, context.color_primaries = was.colorspace, was.color_primaries
            context.color_trc = was.color_trc
        self._stream = stream

    def take(self, packet: Any) -> None:
        """Encodes the frames that come out of the packet."""
        _, source, sink = self._graph
        for frame in guarded(self._name, _decoded(packet)):
            source.push(frame)
            made = sink.pull()
            if made.pts is None or (self._last is not None and made.pts <= self._last):
                made.pts = 0 if self._last is None else self._last + self._step
            self._last = made.pts
            made.pict_type = 0  # That of the source would force the encoder's.
            self._output.mux(self._stream.encode(made))

    def end(self) -> None:
        """What the encoder still holds."""
        self._output.mux(self._stream.encode(None))


class Voiced:
    """Sound, decoded and encoded again."""

    def __init__(self, name: str, output: Any, audio: Any, kind: str) -> None:
        codec = VIDEO_FORMATS[kind].sound
        encoder = SOUND_CODECS[codec]
        self._name, self._output = name, output
        self._stream = output.add_stream(
            require_encoder(encoder, codec, kind, ""),
            rate=encoder.rate_for(audio.codec_context.sample_rate),
            layout=LAYOUTS.get(audio.codec_context.channels, "stereo"),
        )

    def take(self, packet: Any) -> None:
        """Encodes the samples that come out of the packet."""
        for frame in guarded(self._name, _decoded(packet)):
            self._output.mux(self._stream.encode(frame))

    def end(self) -> None:
        """What the encoder still holds."""
        self._output.mux(self._stream.encode(None))


def _decoded(packet: Any) -> Iterator[Any]:
    """The frames of a packet; a damaged one has none, as in every player."""
    import av

    try:
        yield from packet.decode()
    except av.error.InvalidDataError:
        host.log.debug("a damaged packet was left out")


def _first_frame(name: str, source: Callable[[], Any], index: int) -> Any:
    with reading(name, source()) as container:
        for frame in guarded(name, container.decode(container.streams[index])):
            return frame
    raise not_readable(name, ValueError("it has no frames"))


def _graph(
    video: Any, first: Any, turned: int, size: tuple[int, int], wanted: tuple[int, int], encoder: PictureEncoder
) -> tuple[Any, Any, Any]:
    """The graph, which must outlive its ends, where frames go in, and where they come out."""
    from av.filter import Graph

    graph = Graph()
    steps: list[tuple[str, str | None]] = list(_TURNS[turned])
    if size != wanted:
        right, bottom = wanted[0] - size[0], wanted[1] - size[1]
        # By a copy of the last row or column, as `video_frames` does it.
        steps = [
            *steps,
            ("format", encoder.pix_fmt.replace("yuv420p", "yuv444p")),
            ("pad", f"{wanted[0]}:{wanted[1]}:0:0"),
            ("fillborders", f"left=0:right={right}:top=0:bottom={bottom}:mode=smear"),
        ]
    source = graph.add_buffer(
        width=first.width, height=first.height, format=first.format.name, time_base=video.time_base
    )
    last = source
    scale = "out_range=tv:out_color_matrix=bt601" if first.format.is_rgb else "out_range=tv"
    for filter_name, arguments in [*steps, ("scale", scale), ("format", encoder.pix_fmt), ("buffersink", None)]:
        step = graph.add(filter_name, arguments)
        last.link_to(step)
        last = step
    graph.configure()
    return graph, source, last


def _tag(stream: Any) -> str:
    try:
        return str(stream.codec_context.codec_tag)
    except UnicodeDecodeError:
        return ""
