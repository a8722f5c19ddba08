"""A network that fails: an asyncio TCP proxy that is far, slow, silent, refuses, or cuts after some bytes either way."""

from __future__ import annotations

import asyncio
import contextlib
import random
import threading
from dataclasses import dataclass, field

QUEUE = 64  # chunks under way in one direction; more wait with the sender, as in a router


@dataclass
class Weather:
    """What the network does. ``up`` and ``down``: bytes that still pass before everything is cut; None is no limit."""

    open: bool = True
    up: int | None = None
    down: int | None = None
    delay: float = 0.0  # seconds one way
    up_rate: float = 0.0  # bytes a second, of all connections together; 0 is no limit
    down_rate: float = 0.0
    cut_chance: float = 0.0  # that a request is cut somewhere on its way there or back
    silent: bool = False  # half open: connections come about and nothing passes


# 400 ms there and back, 50 KB/s down, 20 KB/s up, one request in ten cut off: of those drawn to break late the short ones pass.
BAD = Weather(delay=0.2, up_rate=20_000, down_rate=50_000, cut_chance=0.12)


@dataclass(eq=False)
class Line:
    """One connection through the proxy: its two ends, and after how many bytes of which way it breaks."""

    writers: list[asyncio.StreamWriter] = field(default_factory=list)
    left: dict[str, int] = field(default_factory=dict)
    last: str = "down"

    def abort(self) -> None:
        for writer in self.writers:
            writer.transport.abort()


class Proxy:
    """Runs in a thread of its own; the weather may be changed at any time."""

    def __init__(self, upstream: int, *, seed: int = 1) -> None:
        self.upstream, self.weather, self.cuts, self.requests = upstream, Weather(), 0, 0
        self._chance = random.Random(seed)
        self._lines: set[Line] = set()
        self._free = {"up": 0.0, "down": 0.0}  # when the last byte of each way will have passed
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self.port = 0
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        self._ready.wait()

    def set(self, weather: Weather) -> None:
        """Change the weather; a closed network cuts what is under way."""
        self._loop.call_soon_threadsafe(self._set, weather)

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)

    def _set(self, weather: Weather) -> None:
        self.weather = weather
        if not weather.open:
            self.cuts += bool(self._lines)
            self._cut()

    def _cut(self) -> None:
        for line in list(self._lines):
            line.abort()
        self._lines.clear()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(asyncio.start_server(self._serve, "127.0.0.1", 0))
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        self._loop.run_forever()
        server.close()
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
        self._loop.run_until_complete(asyncio.sleep(0))

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if not self.weather.open:
            writer.transport.abort()
            return
        line = Line([writer])
        self._lines.add(line)
        try:
            first = await self._read(
                reader
            )  # a browser connects ahead of need; the server takes one at a time
            if not first:
                return
            try:
                back_reader, back = await asyncio.open_connection("127.0.0.1", self.upstream)
            except OSError:
                return
            line.writers.append(back)
            await asyncio.gather(
                self._pump(line, reader, back, "up", first),
                self._pump(line, back_reader, writer, "down", b""),
            )
        finally:
            self._lines.discard(line)
            for each in line.writers:
                each.close()

    async def _read(self, reader: asyncio.StreamReader) -> bytes:
        try:
            return await reader.read(16384)
        except OSError:
            return b""

    async def _pump(
        self, line: Line, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, way: str, first: bytes
    ) -> None:
        """Read without waiting for what is still on its way: delay and rate are the network's, not the ends'."""
        on_its_way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue(QUEUE)
        delivery = asyncio.ensure_future(self._deliver(on_its_way, writer))
        broken = False
        try:
            chunk = first or await self._read(reader)
            while chunk and not broken:
                passes, broken = self._passes(line, way, len(chunk))
                chunk = chunk[:passes]
                if chunk:
                    await on_its_way.put((self._arrives(way, len(chunk)), chunk))
                if not broken:
                    chunk = await self._read(reader)
            await on_its_way.put((0.0, b""))
            await delivery
        finally:
            delivery.cancel()
        if broken:
            line.abort()
        if way == "down" and not writer.is_closing():
            writer.close()

    async def _deliver(
        self, on_its_way: asyncio.Queue[tuple[float, bytes]], writer: asyncio.StreamWriter
    ) -> None:
        while (told := await on_its_way.get())[1]:
            await asyncio.sleep(max(0.0, told[0] - self._loop.time()))
            while self.weather.silent:
                await asyncio.sleep(0.05)
            if writer.is_closing():
                continue  # nobody takes it any more; what follows is let go
            with contextlib.suppress(OSError):
                writer.write(told[1])
                await writer.drain()

    def _arrives(self, way: str, size: int) -> float:
        """When so many bytes will be at the other end."""
        rate = getattr(self.weather, f"{way}_rate")
        self._free[way] = max(self._free[way], self._loop.time()) + (size / rate if rate else 0.0)
        return self._free[way] + self.weather.delay

    def _passes(self, line: Line, way: str, size: int) -> tuple[int, bool]:
        """How many of the next bytes pass, and whether the connection is cut behind them."""
        left = getattr(self.weather, way)
        if left is not None:
            if size >= left:
                self.weather = Weather()  # it has happened; the network is back
                self._lines.discard(line)
                self._cut()
                self.cuts += 1
                return int(left), True
            setattr(self.weather, way, left - size)
        if way == "up" and line.last == "down":
            self.requests += 1
            line.left = self._drawn()
        line.last = way
        if way in line.left:
            line.left[way] -= size
            if line.left[way] <= 0:
                self.cuts += 1
                return size + line.left[way], True
        return size, False

    def _drawn(self) -> dict[str, int]:
        """Whether the request that begins is cut, after how many bytes of which way."""
        draw = self._chance
        if draw.random() >= self.weather.cut_chance:
            return {}
        way = draw.choices(("early", "late", "down"), (3, 2, 4))[
            0
        ]  # late: within a photo or a part of a file
        if way == "down":
            return {"down": draw.randint(1, 300)}
        return {"up": draw.randint(1, 500) if way == "early" else draw.randint(500, 1_000_000)}
