"""What every answer tells the browser not to do.

The policy allows scripts of the dashboard's own only. `'unsafe-eval'` is needed by the map, whose
layers are described by expressions; inline styles by Streamlit, which writes its own as it runs.
"""

from collections.abc import Sequence

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SECURE_FOR = 63_072_000  # seconds a browser remembers to come over TLS only: two years

_FIXED = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": (
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
        "magnetometer=(), microphone=(), midi=(), payment=(), usb=(), "
        "clipboard-write=(self), fullscreen=(self)"
    ),
}


def policy(host: str, scripts: Sequence[str]) -> str:
    """The Content-Security-Policy; `scripts` are the digests of the page's own inline scripts.

    The socket is named with its host because not every browser takes 'self' to cover it.
    """
    inline = "".join(f" '{digest}'" for digest in scripts)
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' 'unsafe-eval'{inline}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            f"connect-src 'self' ws://{host} wss://{host} data: blob:",
            "worker-src 'self' blob:",
            "media-src 'self' blob:",
            "manifest-src 'self'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


class Headers:
    """Adds them to every answer; behind TLS also makes cookies secure and TLS lasting.

    Whether the caller came over TLS is what the server or a trusted proxy says.
    """

    def __init__(self, app: ASGIApp, scripts: Sequence[str] = ()) -> None:
        self.app = app
        self.scripts = tuple(scripts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        host = next((value for name, value in scope["headers"] if name == b"host"), b"")
        content = policy(_plain(host.decode("latin-1")), self.scripts)
        secure = scope["scheme"] == "https"

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _FIXED.items():
                    headers[name] = value
                headers["content-security-policy"] = content
                if secure:
                    headers["strict-transport-security"] = f"max-age={SECURE_FOR}"
                    message["headers"] = [_secured(each) for each in message["headers"]]
            await send(message)

        await self.app(scope, receive, with_headers)


def _secured(header: tuple[bytes, bytes]) -> tuple[bytes, bytes]:
    name, value = header
    if name.lower() != b"set-cookie" or b"; secure" in value.lower():
        return header
    return name, value + b"; Secure"


def _plain(host: str) -> str:
    """The host as it may stand in a policy: nothing that could end a directive."""
    return "".join(letter for letter in host if letter.isalnum() or letter in ".-:[]")
