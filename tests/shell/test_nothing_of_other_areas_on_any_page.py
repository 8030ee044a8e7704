"""A manager of Berkshire sees nothing of other areas: not in a word, a chart, a map or a file."""

import re
from io import BytesIO
from zipfile import ZipFile

import pypdf
import pytest
import streamlit as st

from dashboard.access import Role, pages_of

pytestmark = pytest.mark.usefixtures("everything_open")

# What stands for another area wherever it is drawn, also in the name of an agency.
ELSEWHERE = (
    *("E06000042", "E06000060", "E07000177", "E07000178", "E07000179", "E07000180", "E07000181"),
    *("Cherwell", "Vale of White Horse", "West Oxfordshire", "South Oxfordshire"),
    *("Milton Keynes", "Buckinghamshire", "Oxford", "Oxfordshire"),
    *("buckinghamshire-mk", "oxfordshire"),
)


# The same files on every page: made once, below.
PACKS = ("Pack as slides (PDF)", "Pack as slides (PowerPoint)", "All pages as a workbook (Excel)")


@pytest.fixture
def files(monkeypatch):
    """What could be saved from the page last drawn, by the words of its button."""
    offered = {}
    real = st.download_button

    def kept(label, data, *, key, **other):
        offered[label, key] = data
        return real(label, data, key=key, **other)

    monkeypatch.setattr(st, "download_button", kept)
    return offered


def content_of(make) -> bytes:
    """What a file says, made as it would be, unpacked."""
    file = make() if callable(make) else make
    if file.startswith(b"PK"):
        with ZipFile(BytesIO(file)) as parts:
            return b" ".join(parts.read(name) for name in parts.namelist())
    if file.startswith(b"%PDF"):
        return " ".join(
            page.extract_text() for page in pypdf.PdfReader(BytesIO(file)).pages
        ).encode()
    return file


def drawn(app):
    """Everything that was sent to the browser, as bytes."""
    return b"".join(
        element.proto.SerializeToString()
        for element in app._tree
        if getattr(element, "proto", None) is not None
    )


def found(content: bytes) -> set[str]:
    return {each for each in ELSEWHERE if re.search(rb"\b%b\b" % each.encode(), content)}


@pytest.mark.parametrize(
    ("role", "path"),
    [
        # One role is enough for every day; the other has the same pages with less on them.
        pytest.param(role, page.path, marks=marks)
        for role, marks in ((Role.MANAGER, ()), (Role.REGIONAL_LEAD, pytest.mark.slow))
        for page in pages_of(role)
        if page.path not in ("meeting", "definitions", "settings")  # of the whole service, released
    ],
)
def test_nothing_of_elsewhere_leaves_the_server(a_browser, people, files, role, path):
    people.grant("ann@example.org", role, "berkshire")
    app = a_browser("ann@example.org")
    files.clear()
    app.switch_page(f"../pages/{path}.py").run()
    assert not app.exception
    assert app.title
    content = drawn(app)
    assert b"E06000039" in content or b"Slough" in content or b"Berkshire" in content
    assert found(content) == set()
    for (label, _), make in files.items():
        if label not in PACKS:
            assert found(content_of(make)) == set()


@pytest.mark.parametrize("label", PACKS)
def test_nothing_of_elsewhere_is_in_a_pack(a_browser, people, files, label):
    people.grant("ann@example.org", Role.MANAGER, "berkshire")
    a_browser("ann@example.org")
    [content] = [content_of(make) for (said, _), make in files.items() if said == label]
    assert b"Slough" in content
    assert found(content) == set()


def test_the_walk_would_notice(a_browser, people, files):
    people.grant("ann@example.org", Role.MANAGER)
    app = a_browser("ann@example.org")
    files.clear()
    app.switch_page("../pages/areas.py").run()
    assert {"Cherwell", "E06000042", "E07000178"} <= found(drawn(app))
    for (label, _), make in files.items():
        if label in ("This page as a workbook (Excel)", "Pack as slides (PDF)"):
            assert found(content_of(make))
