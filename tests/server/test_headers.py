"""What every answer tells the browser not to do."""

import pytest


@pytest.mark.parametrize("path", ["/rollout", "/static/js/index.js", "/nothing", "/media/a.csv"])
def test_every_answer_carries_them(ask, path):
    headers = ask().get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]


def directives(answer):
    policy = answer.headers["content-security-policy"]
    return {each.split()[0]: each.split()[1:] for each in policy.split("; ")}


def test_scripts_come_from_here_alone(ask):
    policy = directives(ask().get("/rollout"))
    assert policy["default-src"] == ["'none'"]
    assert policy["script-src"] == ["'self'", "'unsafe-eval'", "'sha256-x'"]
    assert policy["connect-src"] == [
        "'self'", "ws://localhost:8501", "wss://localhost:8501", "data:", "blob:",
    ]  # fmt: skip


def test_a_name_cannot_add_to_the_policy(ask):
    answer = ask().get("/rollout", headers={"host": "evil.example; script-src *"})
    policy = directives(answer)
    assert policy["script-src"] == ["'self'", "'unsafe-eval'", "'sha256-x'"]
    assert answer.status_code == 421


def test_cookies_are_secure_behind_tls_only(ask):
    plain = ask().get("/media/a")
    assert "secure" not in plain.headers["set-cookie"].lower()
    assert "strict-transport-security" not in plain.headers
    safe = ask(address="https://localhost").get("/media/a")
    assert safe.headers["set-cookie"].endswith("; Secure")
    assert safe.headers["strict-transport-security"] == "max-age=63072000"
