"""The page, its scripts and its styles, as small as they were made, and kept by the browser.

Names of scripts and styles hold a digest of their content, so browsers keep them for good; the
page itself is asked for each time, and answered with "unchanged" where it is.
"""

import gzip
from collections.abc import Collection, Mapping
from hashlib import sha256
from mimetypes import guess_type

import brotli
from starlette.datastructures import Headers
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.serving.gate import below

FOR_GOOD = "public, max-age=31536000, immutable"
# Asked for before the page knows the theme, and used by nothing after: it is sent to ours, which
# is fetched anyhow.
STREAMLITS_FONT = "static/media/SourceSansVF-Upright"
A_WEEK = "public, max-age=604800"


class StaticFiles:
    """Answers for the page and for compressed files; everything else goes on to Streamlit."""

    def __init__(
        self,
        app: ASGIApp,
        base: str,
        pages: Collection[str],
        page: str,
        squeezed: Mapping[str, bytes],
        font: str = "",
    ) -> None:
        self.app = app
        self.base = base
        self.pages = {"", "index.html", *pages}
        content = page.encode()
        self.page = {
            "br": brotli.compress(content),
            "gzip": gzip.compress(content, mtime=0),
            "": content,
        }
        self.tag = f'"{sha256(content).hexdigest()[:16]}"'
        self.squeezed = squeezed
        self.font = font

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            await self.app(scope, receive, send)
            return
        asked = below(scope["path"], self.base) or ""
        headers = Headers(scope=scope)
        accepted = headers.get("accept-encoding", "")
        if asked in self.pages:
            await self._page(headers, accepted)(scope, receive, send)
        elif "br" in accepted and asked in self.squeezed:
            answer = Response(
                self.squeezed[asked],
                media_type=guess_type(asked)[0],
                headers={
                    "content-encoding": "br",
                    "cache-control": "no-cache" if asked == "manifest.json" else FOR_GOOD,
                    "vary": "accept-encoding",
                },
            )
            await answer(scope, receive, send)
        elif self.font and asked.startswith(STREAMLITS_FONT):
            ours = RedirectResponse(
                f"{self.base}/{self.font}", 308, headers={"cache-control": FOR_GOOD}
            )
            await ours(scope, receive, send)
        elif asked.startswith("app/static/"):
            await self.app(scope, receive, _kept(send))
        else:
            await self.app(scope, receive, send)

    def _page(self, headers: Headers, accepted: str) -> Response:
        how = next((each for each in ("br", "gzip") if each in accepted), "")
        said = {"cache-control": "no-cache", "etag": self.tag, "vary": "accept-encoding"}
        if self.tag in headers.get("if-none-match", ""):
            return Response(status_code=304, headers=said)
        if how:
            said["content-encoding"] = how
        return Response(self.page[how], media_type="text/html", headers=said)


def _kept(send: Send) -> Send:
    """The typeface may be kept for a week: its name holds no digest."""

    async def with_time(message: Message) -> None:
        if message["type"] == "http.response.start" and message["status"] == 200:
            others = [each for each in message["headers"] if each[0].lower() != b"cache-control"]
            message["headers"] = [*others, (b"cache-control", A_WEEK.encode())]
        await send(message)

    return with_time
