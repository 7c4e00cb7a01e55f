"""Prints what a page of ComfyUI hears, an object of JSON a line. Run by ComfyUI's Python, which has aiohttp.

Usage: python listener.py http://127.0.0.1:PORT
"""

import asyncio
import sys

import aiohttp


async def main(url: str) -> None:
    async with aiohttp.ClientSession() as session, session.ws_connect(f"{url}/ws?clientId=listener") as page:
        async for message in page:
            if message.type == aiohttp.WSMsgType.TEXT:
                print(message.data, flush=True)


asyncio.run(main(sys.argv[1]))
