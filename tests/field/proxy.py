"""A network that fails: an asyncio TCP proxy which refuses, cuts after some bytes either way, or lets everything through."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import dataclass


@dataclass
class Weather:
    """What the network does. ``up`` and ``down``: bytes that still pass before everything is cut; None is no limit."""

    open: bool = True
    up: int | None = None
    down: int | None = None


class Proxy:
    """Runs in a thread of its own; the weather may be changed at any time."""

    def __init__(self, upstream: int) -> None:
        self.upstream, self.weather, self.cuts = upstream, Weather(), 0
        self._writers: set[asyncio.StreamWriter] = set()
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
            self._cut()

    def _cut(self) -> None:
        self.cuts += bool(self._writers)
        for writer in list(self._writers):
            writer.transport.abort()
        self._writers.clear()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(asyncio.start_server(self._serve, "127.0.0.1", 0))
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        self._loop.run_forever()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if not self.weather.open:
            writer.transport.abort()
            return
        self._writers.add(writer)
        first = await self._read(reader)  # a browser connects ahead of need; the server takes one at a time
        if not first:
            self._close(writer)
            return
        try:
            back_reader, back = await asyncio.open_connection("127.0.0.1", self.upstream)
        except OSError:
            self._close(writer)
            return
        self._writers.add(back)
        await asyncio.gather(
            self._pump(reader, back, "up", first), self._pump(back_reader, writer, "down", b"")
        )
        self._close(writer)
        self._close(back)

    def _close(self, writer: asyncio.StreamWriter) -> None:
        self._writers.discard(writer)
        writer.close()

    async def _read(self, reader: asyncio.StreamReader) -> bytes:
        try:
            return await reader.read(16384)
        except OSError:
            return b""

    async def _pump(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, way: str, first: bytes
    ) -> None:
        chunk = first or await self._read(reader)
        while chunk:
            left = getattr(self.weather, way)
            if left is not None:
                if len(chunk) >= left:
                    writer.write(chunk[:left])
                    self.weather = Weather()  # it has happened; the network is back
                    self._cut()
                    return
                setattr(self.weather, way, left - len(chunk))
            try:
                writer.write(chunk)
                await writer.drain()
            except OSError:
                break
            chunk = await self._read(reader)
        if way == "down" and not writer.is_closing():
            writer.close()
