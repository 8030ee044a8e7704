"""Whoever opened a page and had to sign in first comes back to that page, and nowhere else."""

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import RedirectResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from dashboard.serving import Serving
from dashboard.serving.settings import THIS_COMPUTER
from dashboard.serving.way_back import COOKIE, WayBack

OURS = "https://drive.example.org"
PROVIDER = "https://login.example.com/authorize"


def visitor(base: str = "") -> TestClient:
    """A browser, and behind the way back a sign-in that always leads to the first page."""

    async def out(_request):
        return RedirectResponse(PROVIDER, 302)

    async def back(request):
        return RedirectResponse(request.query_params.get("to", f"{base}/"), 302)

    app = Starlette(
        routes=[Route(f"{base}/auth/login", out), Route(f"{base}/oauth2callback", back)],
        middleware=[
            Middleware(
                WayBack,
                Serving(hosts=(*THIS_COMPUTER, "drive.example.org"), base=base),
                ["caseload", "victim-survivors"],
            )
        ],
    )
    return TestClient(app, base_url=OURS, follow_redirects=False)


def led_to(referrer: str, base: str = "", to: str | None = None) -> str:
    browser = visitor(base)
    left = browser.get(f"{base}/auth/login", headers={"referer": referrer} if referrer else {})
    assert left.headers["location"] == PROVIDER
    back = browser.get(f"{base}/oauth2callback", params={"to": to} if to else {})
    assert COOKIE not in browser.cookies
    return back.headers["location"]


@pytest.mark.parametrize(
    ("wanted", "base"),
    [
        ("/caseload?area=berkshire&area=E07000178&from=2026-05-01", ""),
        ("/victim-survivors", ""),
        ("/drive/caseload?area=berkshire", "/drive"),
    ],
)
def test_after_signing_in_people_are_where_they_wanted_to_be(wanted, base):
    assert led_to(f"{OURS}{wanted}", base) == wanted


@pytest.mark.parametrize(
    "referrer",
    [
        "",
        f"{OURS}/",
        f"{OURS}/?area=berkshire",
        f"{OURS}/auth/logout",
        f"{OURS}/nothing?area=berkshire",
        f"{OURS}//evil.example/caseload",
        "https://evil.example/caseload",
        "https://drive.example.org@evil.example/caseload",
        "https://drive.example.org.evil.example/caseload",
        "https://[evil/caseload",
        f"{OURS}/caseload?area={'x' * 2000}",
    ],
)
def test_from_anywhere_else_the_first_page_comes(referrer):
    assert led_to(referrer) == "/"


@pytest.mark.parametrize(
    "cookie",
    ["https%3A%2F%2Fevil.example", "%2F%2Fevil.example", "%2F%5Cevil.example", "evil",
     "%2Fcaseload%2F..%2Fx", "%2Fauth%2Flogout", "%E0%A4%A", ""],
)  # fmt: skip
def test_a_forged_cookie_leads_nowhere_else(cookie):
    answer = visitor().get("/oauth2callback", headers={"cookie": f"{COOKIE}={cookie}"})
    assert answer.headers["location"] == "/"


def test_what_is_in_the_parameters_stays_a_parameter():
    cookie = "%2Fcaseload%3Farea%3Da%0D%0ASet-Cookie%3A%20x%3D1"
    answer = visitor().get("/oauth2callback", headers={"cookie": f"{COOKIE}={cookie}"})
    assert answer.headers["location"] == "/caseload?area=a%0D%0ASet-Cookie%3A+x%3D1"
    assert "x" not in answer.cookies


def test_a_way_that_leads_elsewhere_is_left_alone():
    assert led_to(f"{OURS}/caseload", to=PROVIDER) == PROVIDER


def test_only_the_return_from_signing_in_can_read_what_is_kept():
    answer = visitor().get("/auth/login", headers={"referer": f"{OURS}/caseload"})
    cookie = answer.headers["set-cookie"]
    for part in ("Path=/oauth2callback", "HttpOnly", "SameSite=Lax", "Max-Age=900"):
        assert part in cookie
