"""What is read from the engine's stream is a message, a clean end, or an error; never something else."""

import io
import os
import random

import pytest
from comfy_bucket import framing


def read_all(data):
    stream = io.BytesIO(data)
    messages = []
    while (message := framing.read(stream)) is not None:
        messages.append(message)
    return messages


def test_what_is_written_is_read_again():
    messages = [{"a": 1}, {"text": "ü€😀\ud800\n\r\n\r\n"}, {}]
    assert read_all(b"".join(map(framing.encode, messages))) == messages


def test_further_headers_and_other_spellings_are_understood():
    body = b'{"a":1}'
    header = b"content-length:7\nContent-Type: application/vscode-jsonrpc; charset=utf-8\n\n"
    assert read_all(header + body) == [{"a": 1}]


@pytest.mark.parametrize(
    "data",
    [
        b"OpenJDK 64-Bit Server VM warning: something\n",
        b"Hello\r\n\r\n",
        b"Content-Length: -1\r\n\r\n",
        b"Content-Length: 99999999999\r\n\r\n",
        b"Content-Type: x\r\n\r\n{}",
        b"Content-Length: 2\r\n\r\n[]",
        b"Content-Length: 2\r\n\r\n{x",
        b"Content-Length: 2\r\n\r\n\xff\xff",
        b"Content-Length: 9\r\n\r\n{}",
        b"Content-Length: 2",
        b"x" * 5000,
        b"Content-Type: x\r\n" * 500,
    ],
)
def test_anything_else_is_an_error(data):
    with pytest.raises(framing.FramingError):
        read_all(data)


def test_no_stream_is_ever_taken_for_something_it_is_not():
    seed = 20251123
    random_bytes = random.Random(seed)
    good = framing.encode({"jsonrpc": "2.0", "id": 1, "result": {"a": [1, 2, 3]}})
    for case in range(1_000_000 if os.environ.get("COMFY_BUCKET_LONG") else 10_000):
        data = bytearray(good * 2)
        for _ in range(random_bytes.randint(1, 4)):
            data[random_bytes.randrange(len(data))] = random_bytes.randrange(256)
        cut = bytes(data[: random_bytes.randrange(len(data) + 1)])
        try:
            assert all(isinstance(message, dict) for message in read_all(cut)), f"seed {seed}, case {case}"
        except framing.FramingError:
            pass
