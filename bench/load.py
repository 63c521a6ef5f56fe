"""A small HTTP load: keep-alive connections on loopback, bounded in count and time."""

import asyncio
import time
from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Measured:
    """What one load came to."""

    per_second: float
    p50: float
    """Milliseconds."""
    p95: float


async def load(url: str, *, seconds: float = 4, connections: int = 16) -> Measured:
    """Ask for `url` as often as the server answers. Raises if an answer is not 200."""
    until = time.perf_counter() + seconds
    began = time.perf_counter()
    taken = await asyncio.gather(*(_ask(url, until) for _ in range(connections)))
    times = sorted(one for part in taken for one in part)
    spent = time.perf_counter() - began
    return Measured(len(times) / spent, _at(times, 0.50) * 1000, _at(times, 0.95) * 1000)


async def _ask(url: str, until: float) -> list[float]:
    parts = urlsplit(url)
    if parts.hostname not in ("localhost", "127.0.0.1"):
        raise ValueError("only servers on this machine are measured")
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    request = f"GET {parts.path or '/'} HTTP/1.1\r\nHost: {parts.netloc}\r\n\r\n".encode()
    times = []
    while (now := time.perf_counter()) < until:
        writer.write(request)
        await _answer(reader)
        times.append(time.perf_counter() - now)
    writer.close()
    await writer.wait_closed()
    return times


async def _answer(reader: asyncio.StreamReader) -> None:
    head = await reader.readuntil(b"\r\n\r\n")
    if not head.startswith(b"HTTP/1.1 200"):
        raise RuntimeError(head.split(b"\r\n")[0].decode())
    length = next(
        int(line.split(b":")[1])
        for line in head.lower().split(b"\r\n")
        if line.startswith(b"content-length")
    )
    await reader.readexactly(length)


def _at(times: list[float], share: float) -> float:
    return times[min(len(times) - 1, int(len(times) * share))] if times else 0.0
