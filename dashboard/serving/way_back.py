"""After signing in, back to the page and its filters that somebody wanted to open.

The framework sends everybody to the first page. Which page they came from, their browser says as
it leaves for the sign-in (its referrer, which no other site is told); until they are back it is
kept in their browser, where only the sign-in's return can read it.
"""

from collections.abc import Collection
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.serving.gate import below
from dashboard.serving.settings import Serving

COOKIE = "drive_wanted"
LEAVES, RETURNS = "auth/login", "oauth2callback"
KEPT = 900  # seconds for which somebody may be at the provider
LONGEST = 1500  # characters of an address that is kept


class WayBack:
    """Keeps the wanted address on the way out, and leads to it on the way back.

    `pages`: the paths of the pages. Whatever is none of them is not kept and not led to, wherever
    it comes from: what leads away is made of our own base, one of these paths and parameters.
    """

    def __init__(self, app: ASGIApp, serving: Serving, pages: Collection[str]) -> None:
        self.app = app
        self.serving = serving
        self.pages = frozenset(pages)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = below(scope["path"], self.serving.base) if scope["type"] == "http" else None
        if path not in (LEAVES, RETURNS):
            await self.app(scope, receive, send)
            return
        asked = Headers(scope=scope)
        if path == LEAVES:
            wanted = self._left(asked.get("referer", ""))
        else:
            wanted = self._own(unquote(cookie_parser(asked.get("cookie", "")).get(COOKIE, "")))

        async def with_the_way(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if path == RETURNS and wanted and self._is_first_page(headers.get("location")):
                    headers["location"] = wanted
                if path == RETURNS or wanted:
                    headers.append("set-cookie", self._cookie(wanted if path == LEAVES else None))
            await send(message)

        await self.app(scope, receive, with_the_way)

    def _left(self, referrer: str) -> str | None:
        """The address of ours that somebody leaves from."""
        try:
            left = urlsplit(referrer)
        except ValueError:
            return None
        if not self.serving.answers_to(left.netloc):
            return None
        return self._own(f"{left.path}?{left.query}")

    def _own(self, address: str) -> str | None:
        """A page of ours and its parameters, written anew; None where it is anything else."""
        path, _, query = address.partition("?")
        page = below(path, self.serving.base)
        if page not in self.pages or len(address) > LONGEST:
            return None
        given = urlencode(parse_qsl(query))
        return f"{self.serving.base}/{page}" + (f"?{given}" if given else "")

    def _is_first_page(self, location: str | None) -> bool:
        return location is not None and location.rstrip("/") == self.serving.base

    def _cookie(self, wanted: str | None) -> str:
        kept = f"{COOKIE}={quote(wanted, safe='')}; Max-Age={KEPT}" if wanted else _FORGOTTEN
        # Lax: the provider's page leads back here, from another site.
        return f"{kept}; Path={self.serving.base}/{RETURNS}; HttpOnly; SameSite=Lax"


_FORGOTTEN = f"{COOKIE}=; Max-Age=0"
