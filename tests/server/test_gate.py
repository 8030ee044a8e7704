"""Who is answered, and for which paths."""

import pytest
from starlette.websockets import WebSocketDisconnect

from dashboard.serving import Serving
from dashboard.serving.settings import THIS_COMPUTER

OFFICE = Serving(hosts=(*THIS_COMPUTER, "drive.example.org", "*.inside.example"))


@pytest.mark.parametrize(
    "path", ["/rollout", "/", "/index.html", "/_stcore/health", "/media/a.csv"]
)
def test_a_path_that_there_is_is_reached(ask, path):
    assert ask().get(path).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/nothing",
        "/healthz",
        "/healthz/other",
        "/rollout/more",
        "/static/js/other.js",
        "/_stcore/metrics",
        "/_stcore/agent/openapi.json",
        "/_stcore/agent/interact",
        "/rollout/_stcore/health",
        "/media",
        "/auth/other",
        "/_stcore/upload_file/session/file",
    ],
)
def test_any_other_path_is_not_found(ask, path):
    answer = ask().get(path)
    assert answer.status_code == 404
    assert "no such page" in answer.text
    assert answer.headers["content-type"].startswith("text/plain")


@pytest.mark.parametrize(
    "host",
    ["localhost", "LOCALHOST:8501", "127.0.0.1:9", "[::1]:8501", "drive.example.org.",
     "drive.example.org:443", "a.inside.example", "a.b.inside.example"],
)  # fmt: skip
def test_it_answers_to_its_names(ask, host):
    assert ask(OFFICE).get("/rollout", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example", "drive.example.org.evil.example", "xdrive.example.org", "inside.example", "",
     "evil.example:8501", "drive.example.org@evil.example", "localhost evil"],
)  # fmt: skip
def test_other_names_are_refused_in_words(ask, host):
    answer = ask(OFFICE).get("/rollout", headers={"host": host})
    assert answer.status_code == 421
    assert "not served under this name" in answer.text
    assert "evil" not in answer.text


def test_uploads_are_sent_and_never_read(ask):
    assert ask().put("/_stcore/upload_file/session/file").status_code == 200


def test_a_socket_is_refused_under_another_name(ask):
    with ask(OFFICE).websocket_connect("ws://localhost/_stcore/stream") as socket:
        assert socket.receive_text() == "reached"
    with (
        pytest.raises(WebSocketDisconnect) as refused,
        ask(OFFICE).websocket_connect("ws://evil.example/_stcore/stream"),
    ):
        pass
    assert refused.value.code == 1008


def test_below_a_base_path_only_that_is_there(ask):
    caller = ask(Serving(base="/drive"))
    assert caller.get("/drive/rollout").status_code == 200
    assert caller.get("/drive").status_code == 200
    assert caller.get("/drive/").status_code == 200
    for path in ("/rollout", "/", "/driver/rollout", "/drive/nothing"):
        assert caller.get(path).status_code == 404
