"""The dashboard as an ASGI application, asked without a network."""

import socket
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from ipaddress import ip_network

import brotli
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket

from dashboard.serving import Serving
from dashboard.serving.gate import Gate
from dashboard.serving.headers import Headers
from dashboard.serving.static_files import StaticFiles

FONT = "static/media/SourceSansVF-Upright.x.woff2"
SMALL = brotli.compress(b"a script")
PAGE = "<!DOCTYPE html><title>Drive dashboard</title>" + "<p>words </p>" * 100


def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool:
    """Each test in a thread of its own, which has no loop of a browser that others hold open."""
    given = {name: pyfuncitem.funcargs[name] for name in pyfuncitem._fixtureinfo.argnames}
    with ThreadPoolExecutor(1) as aside:
        aside.submit(pyfuncitem.obj, **given).result()
    return True


@pytest.fixture
def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


async def _behind(request: Request) -> Response:
    answer = PlainTextResponse(f"reached {request.url.path}")
    answer.set_cookie("kept", "1")
    return answer


async def _socket(socket: WebSocket) -> None:
    await socket.accept()
    await socket.send_text("reached")
    await socket.close()


@pytest.fixture
def page() -> str:
    """What stands in for Streamlit's page."""
    return PAGE


@pytest.fixture
def ask() -> Iterator[Callable[..., TestClient]]:
    """A caller of the gate, the headers and the static files, with something simple behind."""
    callers: list[TestClient] = []

    def make(
        serving: Serving | None = None, address: str = "http://localhost:8501", **options: object
    ) -> TestClient:
        serving = serving or Serving(metrics_from=(ip_network("127.0.0.1"),))
        app = Starlette(
            routes=[
                WebSocketRoute(f"{serving.base}/_stcore/stream", _socket),
                Route("/{path:path}", _behind, methods=["GET", "POST", "PUT"]),
            ],
            middleware=[
                Middleware(Headers, ("sha256-x",)),
                Middleware(Gate, serving, ["rollout", "static/js/index.js", FONT]),
                Middleware(
                    StaticFiles,
                    serving.base,
                    ["rollout"],
                    PAGE,
                    {"static/js/index.js": SMALL},
                    "app/static/ours.woff2",
                ),
            ],
        )
        caller = TestClient(app, base_url=address, **options)  # type: ignore[arg-type]
        callers.append(caller)
        return caller

    yield make
    for caller in callers:
        caller.close()
