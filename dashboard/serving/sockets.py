"""Sockets whose messages are compressed together.

uvicorn compresses each message with a memory of 4 KB. The charts of a page repeat each other over
more than that: with 32 KB a change of filter takes about half the bytes, for a quarter of a
megabyte of the server's memory an open screen.
"""

from typing import Any

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.extensions.permessage_deflate import ServerPerMessageDeflateFactory


class Sockets(WebSocketsSansIOProtocol):
    """uvicorn's own, with a longer memory."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.conn.available_extensions = [
            ServerPerMessageDeflateFactory(
                client_max_window_bits=12, compress_settings={"level": 6}
            )
        ]
