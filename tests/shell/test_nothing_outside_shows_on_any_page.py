"""What stands outside what somebody may see may change: no page, list or file of theirs does."""

from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZipFile

import pypdf
import pytest
import streamlit as st
from scrambling import BERKSHIRE, scrambled

from dashboard.access import Role, Viewer, pages_of
from dashboard.export import taking
from dashboard.snapshot import Store

pytestmark = pytest.mark.usefixtures("everything_open")

# Of the whole service, released, or not about records at all.
WITHOUT = ("meeting", "definitions", "settings")
PACKS = ("take-Pack as", "take-All pages as", "take-Return")
AT = datetime(2026, 11, 16, 9, 30, tzinfo=UTC)


class Clock(datetime):
    """It is always the same moment at which a file is taken."""

    @classmethod
    def now(cls, tz=None):
        return AT.astimezone(tz)


@pytest.fixture
def files(monkeypatch):
    """What could be saved from the page last drawn, by button."""
    offered = {}
    real = st.download_button

    def kept(label, data, *, key, **other):
        offered[key] = data
        return real(label, data, key=key, **other)

    monkeypatch.setattr(st, "download_button", kept)
    monkeypatch.setattr(taking, "datetime", Clock)
    return offered


def content_of(make):
    """What a file says, without the moment at which it was written."""
    file = make() if callable(make) else make
    if file.startswith(b"PK"):
        with ZipFile(BytesIO(file)) as parts:
            names = [each for each in parts.namelist() if each != "docProps/core.xml"]
            return {name: content_of(parts.read(name)) for name in names}
    if file.startswith(b"%PDF"):
        return [page.extract_text() for page in pypdf.PdfReader(BytesIO(file)).pages]
    return file


def made_up_anew(kind, proto):
    """The names that Streamlit makes up each time for files to be made."""
    return [proto.deferred_file_id] if kind == "download_button" else []


def drawn(app):
    """All that is sent to the browser, in order."""
    shown = []
    for element in app._tree:
        proto = getattr(element, "proto", None)
        if proto is not None:
            sent = proto.SerializeToString(deterministic=True)
            for name in made_up_anew(element.type, proto):
                sent = sent.replace(name.encode(), b"")
            shown.append((element.type, sent))
    return shown


@pytest.mark.slow
@pytest.mark.parametrize("role", [Role.MANAGER, Role.CASE_MANAGER])  # a regional lead has less
def test_every_page_and_file_is_the_same(a_browser, people, files, made_up, monkeypatch, role):
    own = role is Role.CASE_MANAGER
    worker = made_up.fullest_worker() if own else None
    people.grant("ann@example.org", role, "all" if own else "berkshire", worker)
    viewer = Viewer(role, None if own else BERKSHIRE, worker)
    seen = {}
    for snapshot in (made_up, scrambled(made_up, made_up.lens(viewer))):
        monkeypatch.setattr(Store, "current", lambda _, now=snapshot: now)
        app = a_browser("ann@example.org")
        paths = [page.path for page in pages_of(role) if page.path not in WITHOUT]
        for path in paths:
            files.clear()
            app.switch_page(f"../pages/{path}.py").run()
            assert not app.exception
            assert files
            # The packs are the same from every page.
            kept = [key for key in files if path == paths[0] or not key.startswith(PACKS)]
            shown = drawn(app), {key: content_of(files[key]) for key in kept}
            seen.setdefault(path, []).append(shown)
    for path, (first, second) in seen.items():
        pairs = zip(first[0], second[0], strict=True)
        assert [after for before, after in pairs if before != after] == [], path
        assert [key for key in first[1] if first[1][key] != second[1][key]] == [], path
