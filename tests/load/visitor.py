"""A person at the dashboard, as its server sees one: a socket, pages asked for, answers read."""

import asyncio
from dataclasses import dataclass
from time import perf_counter
from typing import Any
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect


@dataclass(frozen=True)
class Answer:
    """One run of a page: how long it took, how much came, and what it says went wrong."""

    page: str
    seconds: float
    bytes: int
    title: str
    problem: str


class Visitor:
    """An open screen. `address`: of the dashboard, as http://host:port with its base path.

    async with Visitor("http://127.0.0.1:8501") as visitor:
        answer = await visitor.open("caseload", area="berkshire")
    """

    def __init__(
        self, address: str, headers: dict[str, str] | None = None, **connecting: Any
    ) -> None:
        self._url = f"{address.replace('http', 'ws', 1)}/_stcore/stream"
        self._headers = headers or {}
        self._connecting = connecting
        self._socket: ClientConnection | None = None
        self.session = ""  # known once a page was opened

    async def __aenter__(self) -> "Visitor":
        self._socket = await connect(
            self._url,
            subprotocols=["streamlit"],
            additional_headers=self._headers,
            max_size=None,
            open_timeout=60,
            **self._connecting,
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._socket is not None
        await self._socket.close()

    async def open(self, page: str, patience: float = 60, **query: str) -> Answer:
        """Ask for a page, with parameters in the address, and read until it is finished."""
        assert self._socket is not None
        asked = BackMsg()
        asked.rerun_script.page_name = page
        asked.rerun_script.query_string = urlencode(query)
        began = perf_counter()
        await self._socket.send(asked.SerializeToString())
        async with asyncio.timeout(patience):
            return await self._read(page, began)

    async def _read(self, page: str, began: float) -> Answer:
        assert self._socket is not None
        size, title, problem = 0, "", ""
        while True:
            content = await self._socket.recv(decode=False)
            size += len(content)
            message = ForwardMsg()
            message.ParseFromString(content)
            kind = message.WhichOneof("type")
            if kind == "new_session":
                self.session = message.new_session.initialize.session_id
            elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
                element = message.delta.new_element
                match element.WhichOneof("type"):
                    case "exception":
                        problem = problem or element.exception.message
                    case "alert" if "went wrong" in element.alert.body:
                        problem = problem or element.alert.body
                    case "heading" if element.heading.tag == "h1":
                        title = element.heading.body
            elif kind == "page_not_found":
                problem = problem or f"{page} was not found"
            elif kind == "script_finished":
                status = ForwardMsg.ScriptFinishedStatus.Name(message.script_finished)
                if status == "FINISHED_EARLY_FOR_RERUN":
                    continue  # the page leads on to another, or runs again
                if status != "FINISHED_SUCCESSFULLY":
                    problem = problem or status
                return Answer(page, perf_counter() - began, size, title, problem)
