"""Files leave by one door: written down first; if that fails, or nobody may, they stay."""

import ast
from pathlib import Path

import pytest
from signed_in_people import trail
from sqlalchemy import text

import dashboard
from dashboard.access import Role, Viewer
from dashboard.access.sign_ins import NotAdmitted
from dashboard.access.trail import TrailNotWritten
from dashboard.shell.leaving import _leave
from dashboard.shell.looking import Looking

ANN = Looking(Viewer(Role.MANAGER, None, None, "ann@example.org"), "risk", {"area": ["berkshire"]})


def nothing_to_ask():
    pass


def leave(why_not, who=ANN, require=nothing_to_ask, made=None):
    def make():
        if made is not None:
            made.append(True)
        return b"rows"

    return _leave(make, "risk.csv", 12, who, require, why_not)


def test_what_leaves_is_in_the_trail(people):
    why_not = []
    assert leave(why_not) == b"rows"
    assert trail(people.engine)[-1] == (
        "ann@example.org",
        "download",
        {"page": "risk", "filters": {"area": ["berkshire"]}, "file": "risk.csv"},
    )
    assert why_not == []


def test_without_a_trail_nothing_leaves_and_the_reason_is_kept_to_be_said(people):
    why_not = []
    rename = "ALTER TABLE {} RENAME TO {}"
    with people.engine.begin() as connection:
        connection.execute(text(rename.format("audit", "gone")))
    try:
        with pytest.raises(TrailNotWritten):
            leave(why_not)
    finally:
        with people.engine.begin() as connection:
            connection.execute(text(rename.format("gone", "audit")))
    (said,) = why_not
    assert "nothing was saved" in said.replace("so nothing", "nothing")
    assert "Try again" in said


def test_without_a_database_nothing_leaves(people, monkeypatch, tmp_path):
    monkeypatch.setenv("DRIVE_DATABASE_URL", f"sqlite:///{tmp_path}/away.sqlite")
    why_not = []
    with pytest.raises(Exception, match="no database"):
        leave(why_not)
    assert len(why_not) == 1


def test_whoever_may_no_longer_be_here_takes_nothing(people):
    def require():
        raise NotAdmitted("Your roles have changed", "Your roles have changed.")

    made, why_not, before = [], [], trail(people.engine)
    with pytest.raises(NotAdmitted):
        leave(why_not, require=require, made=made)
    assert made == []
    assert trail(people.engine) == before


def test_nobody_takes_nothing(people):
    with pytest.raises(TrailNotWritten):
        leave([], who=None)


def test_there_is_no_other_door():
    """Nothing but `leaving` makes a download button, and tables have no button of their own."""
    root = Path(dashboard.__file__).parent
    calls = [
        file.name
        for folder in (root, root.parent / "pages")
        for file in folder.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in ("download_button", "data_editor")
    ]
    assert calls == ["leaving.py"]
    config = (root.parent / ".streamlit" / "config.toml").read_text("utf-8")
    assert "disableDataExport = true" in config
