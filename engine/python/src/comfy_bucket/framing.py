"""Messages on a stream: `Content-Length: N`, an empty line, N bytes of JSON.

The framing of the Language Server Protocol, specification 3.17, "Base Protocol".
"""

import json
from typing import IO, Any

LARGEST_HEADER = 1024
LARGEST_MESSAGE = 256 * 1024 * 1024

_FIELDS = (b"content-length", b"content-type")

Message = dict[str, Any]


class FramingError(Exception):
    """The stream holds something else than messages; it cannot be read any further."""


def encode(message: Message) -> bytes:
    """The bytes that go on the stream."""
    # ASCII with escapes: what is no valid Unicode in a widget's text passes too.
    body = json.dumps(message, separators=(",", ":")).encode("ascii")
    return b"Content-Length: %d\r\n\r\n%s" % (len(body), body)


def read(stream: IO[bytes]) -> Message | None:
    """The next message, or None where the stream ends between two messages."""
    length = _read_header(stream)
    if length is None:
        return None
    body = stream.read(length)
    if len(body) < length:
        raise FramingError(f"the stream ended {length - len(body)} bytes before its message did")
    try:
        message = json.loads(body)
    except ValueError as error:
        raise FramingError("a message is not JSON") from error
    if not isinstance(message, dict):
        raise FramingError("a message is not a JSON object")
    return message


def _read_header(stream: IO[bytes]) -> int | None:
    length = None
    total = 0
    while True:
        line = stream.readline(LARGEST_HEADER)
        if not line and total == 0:
            return None
        total += len(line)
        if not line.endswith(b"\n") or total > LARGEST_HEADER:
            raise FramingError(f"no header but {line[:80]!r}")
        name, colon, value = line.strip().partition(b":")
        if not name:
            break
        if not colon or name.lower() not in _FIELDS:
            raise FramingError(f"no header but {line[:80]!r}")
        if name.lower() == b"content-length":
            length = _length(value)
    if length is None:
        raise FramingError("a header without Content-Length")
    return length


def _length(value: bytes) -> int:
    digits = value.strip()
    if not digits.isdigit() or int(digits) > LARGEST_MESSAGE:
        raise FramingError(f"no length but {digits[:80]!r}")
    return int(digits)
