"""A server as people start it: what it tells, how it fails, how it stops."""

import asyncio
import json
import os
import shutil
import signal
import subprocess
import time

import httpx
import pytest
from instances import COMMAND, serving
from visitor import Visitor

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def instance(tmp_path_factory, released_database):
    with serving(tmp_path_factory.mktemp("served"), released_database) as started:
        yield started


def test_pages_and_nothing_else(instance):
    answer = instance.ask("/caseload")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert "<title>Drive dashboard</title>" in answer.text
    assert "server" not in answer.headers
    for path in ("/healthz", "/nothing", "/_stcore/metrics", "/_stcore/agent/openapi.json"):
        assert instance.ask(path).status_code == 404


def test_scripts_are_compressed_and_kept(instance):
    script = instance.ask("/caseload").text.split('src="./')[1].split('"')[0]
    answer = instance.ask(f"/{script}", **{"accept-encoding": "br"})
    assert answer.headers["content-encoding"] == "br"
    assert "immutable" in answer.headers["cache-control"]


def test_health_and_metrics(instance):
    assert instance.ask("/healthz/live").json() == {"state": "alive"}
    assert instance.ask("/healthz/ready").json()["state"] == "ready"
    kind = instance.ask("/metrics").headers["content-type"]
    assert kind.startswith("application/openmetrics-text")
    assert instance.metric("drive_database_reachable") == 1


def test_an_upload_needs_a_session_and_has_a_limit(instance):
    token = httpx.get(f"{instance.address}/_stcore/health").cookies["_streamlit_xsrf"]

    def upload(session: str, megabytes: int) -> int:
        return httpx.put(
            f"{instance.address}/_stcore/upload_file/{session}/file",
            files={"file": ("a.csv", b"x" * megabytes * 1_000_000)},
            headers={"X-Xsrftoken": token, "Cookie": f"_streamlit_xsrf={token}"},
            timeout=60,
        ).status_code

    async def look() -> list[int]:
        async with Visitor(instance.address) as person:
            await person.open("definitions")
            return [
                await asyncio.to_thread(upload, *asked)
                for asked in ((person.session, 1), (person.session, 60), ("nobody", 1))
            ]

    assert asyncio.run(look()) == [204, 413, 400]


def test_its_log_is_json_and_its_end_is_clean(tmp_path, released_database):
    with serving(tmp_path, released_database) as instance:

        async def look() -> None:
            async with Visitor(instance.address) as person:
                answer = await person.open("caseload")
                assert answer.problem == ""
                assert answer.title != ""
                assert instance.metric("drive_sessions") == 1
                instance.process.send_signal(signal.SIGTERM)
                for _ in range(200):
                    if instance.process.poll() is not None:
                        break
                    await asyncio.sleep(0.1)

        asyncio.run(look())
        assert instance.process.wait(30) == 0
    for line in instance.log.read_text().splitlines():
        assert json.loads(line)["level"] in {"INFO", "WARNING"}, line


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
def test_its_end_is_clean_while_a_release_is_made(tmp_path, made_up_database, told):
    own = shutil.copy(made_up_database.removeprefix("sqlite:///"), tmp_path / "own.sqlite")
    with serving(tmp_path, f"sqlite:///{own}") as instance:
        time.sleep(4)  # the first release takes far longer
        instance.process.send_signal(told)
        assert instance.process.wait(30) == 0
    log = instance.log.read_text()
    assert "Release made" not in log
    for line in log.splitlines():
        assert json.loads(line)["level"] == "INFO", line


def test_a_taken_port_is_said_in_words(instance, tmp_path, released_database):
    second = subprocess.run(
        [COMMAND, "serve", "--port", str(instance.port), "--without-sign-in", "manager"],
        capture_output=True,
        text=True,
        timeout=120,
        env={**os.environ, "DRIVE_DATABASE_URL": released_database},
        check=False,
    )
    assert second.returncode == 2
    assert "choose another port with --port" in second.stderr
    assert "Traceback" not in second.stderr


def test_a_page_that_fails_shows_a_number_and_no_trace(tmp_path, released_database):
    site = tmp_path / "site"
    site.mkdir()
    # A fault for real: what every chart is drawn by raises, with a record's id in its message.
    (site / "sitecustomize.py").write_text(
        "import sys, threading, time\n"
        "def break_it():\n"
        "    while 'dashboard.shell.show' not in sys.modules: time.sleep(0.05)\n"
        "    time.sleep(0.5)\n"
        "    import dashboard.shell.screen as screen\n"
        "    def broken(*a, **k): raise RuntimeError('SU-00042 cannot be drawn')\n"
        "    screen.show = broken\n"
        "threading.Thread(target=break_it, daemon=True).start()\n"
    )
    with serving(tmp_path, released_database, PYTHONPATH=str(site)) as instance:
        time.sleep(2)

        async def look():
            async with Visitor(instance.address) as person:
                return await person.open("caseload")

        answer = asyncio.run(look())
        assert "Something went wrong" in answer.problem
        assert "SU-00042" not in answer.problem
        number = answer.problem.split("the number ")[1][:4]
        log = instance.log.read_text()
        entry = next(json.loads(line) for line in log.splitlines() if '"number"' in line)
        assert entry["number"] == number
        assert entry["page"] == "caseload"
        assert entry["error"]["says"] == "– cannot be drawn"
        assert "SU-00042" not in log
        assert instance.metric('drive_errors_total{page="caseload"}') >= 1
