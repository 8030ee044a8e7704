"""A manager of Berkshire sees nothing of other areas: not in a word, a chart, a map or a file."""

import re

import pytest
import streamlit as st

from dashboard.access import Role, pages_of

# What stands for another area wherever it is drawn, also in the name of an agency.
ELSEWHERE = (
    *("E06000042", "E06000060", "E07000177", "E07000178", "E07000179", "E07000180", "E07000181"),
    *("Cherwell", "Vale of White Horse", "West Oxfordshire", "South Oxfordshire"),
    *("Milton Keynes", "Buckinghamshire", "Oxford", "Oxfordshire"),
    *("buckinghamshire-mk", "oxfordshire"),
)


@pytest.fixture
def files(monkeypatch):
    """What could be saved from the page, made as it would be."""
    made = []
    real = st.download_button

    def kept(label, data, **other):
        made.append(data() if callable(data) else data)
        return real(label, data, **other)

    monkeypatch.setattr(st, "download_button", kept)
    return made


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
    app.switch_page(f"../pages/{path}.py").run()
    assert not app.exception
    assert app.title
    content = drawn(app)
    assert b"E06000039" in content or b"Slough" in content or b"Berkshire" in content
    assert found(content) == set()
    for file in files:
        assert found(file) == set()


def test_the_walk_would_notice(a_browser, people, files):
    people.grant("ann@example.org", Role.MANAGER)
    app = a_browser("ann@example.org")
    app.switch_page("../pages/areas.py").run()
    assert {"Cherwell", "E06000042", "E07000178"} <= found(drawn(app))
    assert any(found(file) for file in files)
