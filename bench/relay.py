"""A line with delay and limited rate in front of a server: `python relay.py HOST PORT RTT_SECONDS BITS_PER_SECOND`.

Prints its own port. Each connection has the rate for itself, as behind a router that shares fairly, and each direction
half of the round trip. The handshake of TCP, which happens on this machine, is made up for: what a client says first
comes a round trip later.
"""

from __future__ import annotations

import asyncio
import sys
from asyncio import StreamReader, StreamWriter

CHUNK = 256 * 1024
"""At 200 Mbit/s a hundredth of a second. Smaller ones cost the line more of the processor that its clients need too:
with 32 KiB 2.4 seconds for a GiB, with this 1.6."""

QUEUED = 8
"""Chunks on the line: more than the rate can hold in a round trip, less than what would hide it from the sender."""


class Line:
    """One direction of one connection."""

    def __init__(self, delay: float, rate: float, first_delay: float = 0.0) -> None:
        self._delay = delay
        self._rate = rate
        self._first_delay = first_delay

    async def carry(self, source: StreamReader, sink: StreamWriter) -> None:
        """From one end to the other, until the source ends."""
        queue: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue(QUEUED)
        await asyncio.gather(self._take(source, queue), self._deliver(queue, sink))

    async def _take(self, source: StreamReader, queue: asyncio.Queue[tuple[float, bytes]]) -> None:
        clock = asyncio.get_running_loop().time
        free = 0.0
        while True:
            chunk = await source.read(CHUNK)
            if free == 0.0:
                free = clock() + self._first_delay
            free = max(free, clock()) + len(chunk) / self._rate
            await queue.put((free + self._delay, chunk))
            if not chunk:
                return

    async def _deliver(self, queue: asyncio.Queue[tuple[float, bytes]], sink: StreamWriter) -> None:
        clock = asyncio.get_running_loop().time
        while True:
            due, chunk = await queue.get()
            await asyncio.sleep(due - clock())
            if not chunk:
                if sink.can_write_eof():
                    sink.write_eof()
                return
            sink.write(chunk)
            await sink.drain()


async def serve(host: str, port: int, rtt: float, rate: float) -> None:
    """Until it is ended."""
    running: set[asyncio.Task[None]] = set()

    def accept(client_in: StreamReader, client_out: StreamWriter) -> None:
        # The loop itself keeps no tasks alive.
        task = asyncio.create_task(connect(client_in, client_out))
        running.add(task)
        task.add_done_callback(running.discard)

    async def connect(client_in: StreamReader, client_out: StreamWriter) -> None:
        try:
            server_in, server_out = await asyncio.open_connection(host, port, limit=CHUNK)
            there = Line(rtt / 2, rate / 8, rtt).carry(client_in, server_out)
            back = Line(rtt / 2, rate / 8).carry(server_in, client_out)
            await asyncio.gather(there, back)
        except OSError:
            pass  # One end is gone, and with it the other.
        finally:
            client_out.close()

    server = await asyncio.start_server(accept, "127.0.0.1", 0, limit=CHUNK)
    print(server.sockets[0].getsockname()[1], flush=True)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), float(sys.argv[4])))
