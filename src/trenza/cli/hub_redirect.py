"""Plain HTTP at a hub that has a safe connection: whoever asks is sent there, whatever name or number she typed."""

import asyncio
from contextlib import suppress
from threading import Event
from typing import Final

_MOST: Final = 8_000
_PATIENCE: Final = 5.0
_MOST_AT_ONCE: Final = 100
_LOOK_AGAIN: Final = 0.5


def answer_to(head: bytes, address: str) -> bytes:
    """Send her to the same page under `address`. For now alone: without a certificate pages are here again."""
    words = head.partition(b"\r\n")[0].decode("latin-1").split(" ")
    whole = len(words) == 3 and words[0] in {"GET", "HEAD"} and words[1].startswith("/") and words[1].isprintable()
    path = words[1] if whole and words[1].isascii() else "/"
    return (
        f"HTTP/1.1 302 Found\r\nLocation: {address}{path}\r\nCache-Control: no-store\r\n"
        "Content-Length: 0\r\nConnection: close\r\n\r\n"
    ).encode("ascii")


def redirect(host: str, port: int, address: str, ended: Event) -> None:
    """Answer at `port` until `ended`."""
    asyncio.run(_until(ended, host, port, address))


async def _until(ended: Event, host: str, port: int, address: str) -> None:
    room = asyncio.Semaphore(_MOST_AT_ONCE)

    async def told(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(TimeoutError, OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            if not room.locked():
                async with room, asyncio.timeout(_PATIENCE):
                    writer.write(answer_to(await reader.readuntil(b"\r\n\r\n"), address))
                    await writer.drain()
        writer.close()

    async with await asyncio.start_server(told, host, port, limit=_MOST):
        while not ended.is_set():
            await asyncio.sleep(_LOOK_AGAIN)
