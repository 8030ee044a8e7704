"""A proxy on loopback that counts the bytes which go through it, as they are on the wire."""

import asyncio
import threading
from dataclasses import dataclass


@dataclass
class CountingProxy:
    """Forwards connections to `port` of this computer; `to_browser` and `to_server` only grow.

    with CountingProxy(8501) as proxy:
        open(proxy.address)
    """

    port: int
    to_browser: int = 0
    to_server: int = 0
    address: str = ""

    def __enter__(self) -> "CountingProxy":
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result()
        return self

    def __exit__(self, *_: object) -> None:
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)

    @property
    def total(self) -> int:
        return self.to_browser + self.to_server

    async def _listen(self) -> None:
        self._server = await asyncio.start_server(self._forward, "127.0.0.1", 0)
        self.address = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def _close(self) -> None:
        self._server.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    async def _forward(self, up: asyncio.StreamReader, up_out: asyncio.StreamWriter) -> None:
        down, down_out = await asyncio.open_connection("127.0.0.1", self.port)
        await asyncio.gather(
            self._pump(up, down_out, "to_server"),
            self._pump(down, up_out, "to_browser"),
            return_exceptions=True,
        )

    async def _pump(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, counts: str
    ) -> None:
        try:
            while content := await reader.read(65536):
                setattr(self, counts, getattr(self, counts) + len(content))
                writer.write(content)
                await writer.drain()
        finally:
            writer.close()
