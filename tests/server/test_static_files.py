"""The page and its files: small, kept, and never stale."""

import brotli

from dashboard.serving import Serving
from dashboard.serving.shell_page import inline_scripts, shell_page
from dashboard.serving.squeezed import streamlits

FOR_GOOD = "public, max-age=31536000, immutable"


def raw(caller, path, accepts):
    with caller.stream("GET", path, headers={"accept-encoding": accepts}) as answer:
        return answer, b"".join(answer.iter_raw())


def test_the_page_is_compressed_as_the_browser_takes_it(ask, page):
    answer, content = raw(ask(), "/rollout", "gzip, br")
    assert answer.headers["content-encoding"] == "br"
    assert brotli.decompress(content).decode() == page
    answer, content = raw(ask(), "/rollout", "identity")
    assert "content-encoding" not in answer.headers
    assert content.decode() == page


def test_the_page_is_asked_for_each_time_and_sent_once(ask):
    caller = ask()
    first = caller.get("/rollout")
    assert first.headers["cache-control"] == "no-cache"
    again = caller.get("/", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_scripts_are_kept_for_good(ask):
    answer, content = raw(ask(), "/static/js/index.js", "gzip, deflate, br")
    assert brotli.decompress(content) == b"a script"
    assert answer.headers["content-encoding"] == "br"
    assert answer.headers["cache-control"] == FOR_GOOD
    assert answer.headers["vary"] == "accept-encoding"
    assert "javascript" in answer.headers["content-type"]


def test_who_takes_no_brotli_gets_the_script_as_it_is(ask):
    _, content = raw(ask(), "/static/js/index.js", "gzip")
    assert content == b"reached /static/js/index.js"


def test_streamlits_typeface_is_ours_and_is_kept(ask):
    caller = ask(Serving(base="/drive"))
    answer = caller.get("/drive/static/media/SourceSansVF-Upright.x.woff2", follow_redirects=False)
    assert answer.status_code == 308
    assert answer.headers["location"] == "/drive/app/static/ours.woff2"
    kept = caller.get(answer.headers["location"])
    assert kept.headers["cache-control"] == "public, max-age=604800"


def test_streamlits_page_becomes_ours():
    page = shell_page((streamlits() / "index.html").read_text("utf-8"))
    assert "<title>Drive dashboard</title>" in page
    assert 'as="font"' not in page
    assert "agent" not in page
    assert 'type="module"' in page
    assert '<div id="root"></div>' in page
    # What comes first stands in a column of its last width, and does not jump.
    assert "stMainBlockContainer] {max-width: none" in page.split("</head>")[0]


def test_inline_scripts_are_known_by_their_digest():
    page = '<script>a()</script><script type="module" src="b.js"></script>'
    assert inline_scripts(page) == ["sha256-qVpDBgj7bpq5hMAcGp3AOc79J3Y1Z4HvySTwKrWDoy4="]
