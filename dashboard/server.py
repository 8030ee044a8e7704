"""The server: Streamlit's application behind a gate, with health, metrics and small files."""

import atexit
import logging
import os
import signal
import socket
import sys
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import Any

import streamlit as st
import uvicorn
from starlette.middleware import Middleware
from streamlit.runtime import Runtime
from streamlit.web.bootstrap import load_config_options
from streamlit.web.server.starlette import App

from dashboard.access import PAGES
from dashboard.access.sign_in import provider
from dashboard.intake.uploads import MOST_MEGABYTES
from dashboard.serving import Serving, ServingNotUsable, health, metrics
from dashboard.serving.errors import on_error
from dashboard.serving.gate import Gate
from dashboard.serving.headers import Headers
from dashboard.serving.logs import write_logs
from dashboard.serving.shell_page import inline_scripts, shell_page
from dashboard.serving.sockets import Sockets
from dashboard.serving.squeezed import read_squeezed, squeeze, streamlits
from dashboard.serving.static_files import StaticFiles
from dashboard.serving.warming import import_rooms, read_records
from dashboard.serving.way_back import WayBack
from dashboard.shell.page_now import page_now
from dashboard.shell.visit import store
from dashboard.snapshot.releasing import keep_releasing

log = logging.getLogger(__name__)

APP = Path(__file__).with_name("app.py")
FONT = "app/static/open-sans-latin-wght-normal.woff2"
GRACE = 10  # seconds that open screens and running pages have when the server stops
LARGEST_MESSAGE = 200_000_000  # bytes of one message to a browser, as Streamlit has it


def application(serving: Serving) -> App:
    """The whole dashboard as one ASGI application."""
    load_config_options(_options(serving))
    pages = [page.path for page in PAGES]
    signing_in = provider()
    page = shell_page((streamlits() / "index.html").read_text("utf-8"))
    state = health.Health(store)

    @asynccontextmanager
    async def running(_: App) -> AsyncIterator[dict[str, Any]]:
        metrics.SESSIONS.set_function(_open_screens)
        threading.Thread(target=_warm, args=(state,), name="warming", daemon=True).start()
        stopping = threading.Event()
        releasing = threading.Thread(
            target=keep_releasing,
            args=(lambda: store().current(), stopping),
            name="releasing",
            daemon=True,
        )
        releasing.start()
        yield {}
        stopping.set()

    return App(
        APP,
        lifespan=running,
        routes=health.routes(state, serving),
        middleware=[
            Middleware(Headers, inline_scripts(page)),
            Middleware(Gate, serving, [*pages, *_files_of_the_page()]),
            Middleware(WayBack, serving, pages),
            Middleware(StaticFiles, serving.base, pages, page, read_squeezed(), FONT),
        ],
        on_script_error=on_error(st.error, page_now, _whom_to_ask),
        secrets={"auth": signing_in.as_secrets()} if signing_in else None,
    )


def run(host: str, port: int, serving: Serving) -> None:
    """Serve until told to stop: then finish what runs, close, and end with exit code 0.

    Raises ServingNotUsable where the address is taken.
    """
    with suppress(OSError):  # not where the program may not write; then they go out as they are
        squeeze()
    write_logs()
    listening = _listen(host, port)
    import_rooms()
    app = application(serving)
    write_logs()  # again, for the loggers that came with what was imported
    metrics.REGISTRY.register(metrics.OfTheRecords(store))
    log.info("Serving", extra={"host": host, "port": listening.getsockname()[1]})
    # After closing, uvicorn raises the signal again; by then there is nothing left to do.
    for told in (signal.SIGTERM, signal.SIGINT):
        signal.signal(told, _leave)
    server = uvicorn.Server(
        uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            server_header=False,
            ws=Sockets,
            ws_max_size=LARGEST_MESSAGE,
            ws_ping_interval=30,
            ws_ping_timeout=30,
            timeout_graceful_shutdown=GRACE,
        )
    )
    server.run(sockets=[listening])


def _options(serving: Serving) -> dict[str, Any]:
    """What Streamlit is told beside .streamlit/config.toml."""
    return {
        "server.baseUrlPath": serving.base.strip("/"),
        "server.allowedHosts": list(serving.hosts),
        "server.maxUploadSize": MOST_MEGABYTES,
        "server.fileWatcherType": "none",  # nobody edits the program while it serves
        "server.headless": True,
        "client.showErrorDetails": "none",
        "logger.enableRich": False,  # it would write errors with all that they say
        "browser.gatherUsageStats": False,
    }


def _files_of_the_page() -> list[str]:
    """Their paths in the address (`static/js/index.js`)."""
    return [file.relative_to(streamlits()).as_posix() for file in streamlits().rglob("*.*")]


def _warm(state: health.Health) -> None:
    read_records(store)
    state.warm = True


def _whom_to_ask() -> str:
    held = store().held
    return held.settings.whom_to_ask if held else ""


def _open_screens() -> float:
    return Runtime.instance()._session_mgr.num_active_sessions() if Runtime.exists() else 0


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as problem:
        listening.close()
        raise ServingNotUsable(
            f"The dashboard cannot listen at {host}, port {port}: {problem.strerror}. "
            "Stop what listens there, or choose another port with --port."
        ) from None
    listening.listen(2048)
    return listening


def _leave(_number: int, _frame: FrameType | None) -> None:
    # When what writes is done, end at once: a solver at work, which tests a release and cannot be
    # told to stop, would abort if the interpreter were taken down around it.
    atexit.register(os._exit, 0)
    sys.exit(0)
