"""Which calls reach the dashboard at all: by its own names, and for paths that there are.

Streamlit answers any path with its page; here a path that is none of the dashboard's is not found.
"""

from collections.abc import Collection

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocketClose

from dashboard.serving.settings import Serving

# What Streamlit and the sign-in serve beside the pages. Its agent interface is not among them.
BELOW = (
    "app/static",
    "component",
    "media",
    "_stcore/bidi-components",
)
UPLOADS = "_stcore/upload_file/"  # nothing is read from there
ALONE = (
    "",
    "_stcore/health",
    "_stcore/host-config",
    "_stcore/stream",
    "auth/login",
    "auth/logout",
    "favicon.png",
    "healthz/fresh",
    "healthz/live",
    "healthz/ready",
    "index.html",
    "metrics",
    "oauth2callback",
)

MISDIRECTED = (
    "This dashboard is not served under this name. Use the address that you were given; whoever "
    "runs the dashboard can add the name to DRIVE_ALLOWED_HOSTS.\n"
)
NOT_FOUND = (
    "There is no such page here. Open the dashboard's first page, and go on from there by its "
    "navigation.\n"
)


def below(path: str, base: str) -> str | None:
    """The path below the base, without slashes at its ends; None where it is not below it."""
    if not base:
        return path.strip("/")
    if path == base or path.startswith(f"{base}/"):
        return path[len(base) :].strip("/")
    return None


class Gate:
    """Lets through what is asked by an allowed name and for a path that there is.

    `paths`: the pages, and the files that the page needs.
    """

    def __init__(self, app: ASGIApp, serving: Serving, paths: Collection[str]) -> None:
        self.app = app
        self.serving = serving
        self.paths = {*ALONE, *paths}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        host = next((value for name, value in scope["headers"] if name == b"host"), b"")
        if not self.serving.answers_to(host.decode("latin-1")):
            await _refuse(scope, receive, send, MISDIRECTED, 421)
        elif not self.is_there(scope["path"], scope.get("method", "GET")):
            await _refuse(scope, receive, send, NOT_FOUND, 404)
        else:
            await self.app(scope, receive, send)

    def is_there(self, path: str, method: str = "GET") -> bool:
        """Whether the path is a page, or something that a page needs."""
        asked = below(path, self.serving.base)
        if asked is None:
            return False
        if asked.startswith(UPLOADS):
            return method not in ("GET", "HEAD")
        return asked in self.paths or any(asked.startswith(f"{each}/") for each in BELOW)


async def _refuse(scope: Scope, receive: Receive, send: Send, words: str, status: int) -> None:
    if scope["type"] == "websocket":
        await WebSocketClose(code=1008, reason="Not here")(scope, receive, send)
    else:
        await PlainTextResponse(words, status)(scope, receive, send)
