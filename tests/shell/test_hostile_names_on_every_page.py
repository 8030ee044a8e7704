"""Names from other people's systems are text and nothing else, on every page and in every file."""

import csv
import json
import re
import shutil
from datetime import UTC, datetime
from io import BytesIO, StringIO
from itertools import count
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
import streamlit as st
from google.protobuf.descriptor import FieldDescriptor
from sqlalchemy import insert, make_url, text
from streamlit.testing.v1 import AppTest

import dashboard
from dashboard.access import Role, pages_of
from dashboard.access.sign_in import WITHOUT_SIGN_IN
from dashboard.database import connect
from dashboard.database.tables import ListedCode, Setting
from dashboard.disclosure import making
from dashboard.shell import visit
from dashboard.snapshot import read_snapshot
from dashboard.snapshot.releasing import make_release

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("everything_open")]

APP = str(Path(dashboard.__file__).parent / "app.py")
NAMES = (
    "<img src=x onerror=alert(1)>",
    '=HYPERLINK("http://x.example","go")',
    "**bold** _more_ `code`",
    "[link](http://x.example)",
    "$x^2$",
    ":red[red]",
    ":material/home:",
    "```mermaid graph TD; A-->B```",
    "<b>thick</b><br>",
    "# heading",
    "{{said}} {x} %{y}",
)
# What would be drawn as something else than itself where Markdown is read.
MARKED = re.compile(
    r"(?<!\\)(<img|<b>thick|\*\*bold|`code|\[link|\$x|:red\[|:material/home|```mermaid)"
    r"|(?m:^=HYPER|^# heading)"
)
# ... and where Plotly reads its few tags.
TAGGED = re.compile(r"<img|<b>thick")
FORMULA = re.compile(r"\s*[=+@-]")

SLIDES = 10  # a number beyond the last is the last

# Where Streamlit shows text as it is, or does not show it: not Markdown.
AS_IT_IS = {
    *("id", "key", "form_id", "url", "alt", "data", "spec", "json", "tooltip", "css", "config"),
    *("deferred_file_id", "page_script_hash", "script_path", "columns", "styles", "uuid"),
    *("display_values", "theme", "query", "command", "user_key", "formatted_value", "default"),
}
# Widgets whose options are plain text.
PLAIN_OPTIONS = ("selectbox", "multiselect")


@pytest.fixture(scope="module")
def hostile_database(made_up_database, tmp_path_factory):
    """The made-up service with such names of everything that has one, and a release of it."""
    file = tmp_path_factory.mktemp("hostile") / "hostile.sqlite"
    shutil.copy(make_url(made_up_database).database or "", file)
    url = f"sqlite:///{file}"
    engine = connect(make_url(url))
    number = count()

    def name() -> str:
        each = next(number)
        return f"{NAMES[each % len(NAMES)]} {each}"

    with engine.begin() as connection:
        for table, key in (
            ("areas", "area_code"),
            ("agencies", "agency_id"),
            ("case_managers", "case_manager_id"),
        ):
            for (code,) in connection.execute(text(f"SELECT {key} FROM {table}")).all():  # noqa: S608
                change = text(f"UPDATE {table} SET name = :name WHERE {key} = :code")  # noqa: S608
                connection.execute(change, {"name": name(), "code": code})
        connection.execute(text("UPDATE annotations SET text = text || :name"), {"name": NAMES[0]})
        for code_list, table, column in (
            ("closure_reason", "cases", "closure_reason"),
            ("decision_reason", "referral_decisions", "reason"),
            ("route", "referrals", "route"),
            ("sector", "agencies", "sector"),
            ("action_kind", "partner_actions", "kind"),
            ("relationship", "case_victim_survivors", "relationship"),
            ("county", "areas", "county"),
        ):
            found = connection.execute(text(f"SELECT DISTINCT {column} FROM {table}"))  # noqa: S608
            for place, code in enumerate(sorted(each for (each,) in found if each)):
                if code == "planned_completion":
                    continue
                new = f"x_{code}"
                connection.execute(
                    insert(ListedCode).values(
                        code_list=code_list, code=new, label=name(), position=100 + place
                    )
                )
                change = text(f"UPDATE {table} SET {column} = :new WHERE {column} = :code")  # noqa: S608
                connection.execute(change, {"new": new, "code": code})
        for setting in ("service_name", "whole_name", "whom_to_ask"):
            connection.execute(insert(Setting).values(name=setting, value=name()))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(making, "withhold", lambda *_: {})
        make_release(engine, read_snapshot(engine), datetime(2026, 11, 16, tzinfo=UTC))
    engine.dispose()
    return url


@pytest.fixture
def files(monkeypatch):
    offered = {}
    real = st.download_button

    def kept(label, data, file_name, *, key, **other):
        offered[key] = (file_name, data)
        return real(label, data, file_name, key=key, **other)

    monkeypatch.setattr(st, "download_button", kept)
    return offered


def texts(message, path=""):
    """All texts of what is sent to the browser, each with the names of its fields."""
    for field, value in message.ListFields():
        where = f"{path}.{field.name}"
        many = value if field.is_repeated else [value]
        for each in many:
            if field.type == FieldDescriptor.TYPE_MESSAGE:
                if hasattr(each, "ListFields"):
                    yield from texts(each, where)
            elif field.type == FieldDescriptor.TYPE_STRING:
                yield where, each


def wrong_on(app):
    """Texts that would be drawn as something else than they are."""
    found = []
    for element in app._tree:
        proto = getattr(element, "proto", None)
        if proto is None or not hasattr(proto, "ListFields"):
            continue
        if element.type == "plotly_chart":
            found += [("plotly", each) for each in _strings(proto) if TAGGED.search(each)]
            continue
        if element.type == "deck_gl_json_chart":  # a tooltip may be HTML
            found += [("map", "tooltip")] if "html" in json.loads(proto.tooltip) else []
            continue
        for where, said in texts(proto):
            parts = set(where.split("."))
            if parts & AS_IT_IS or (element.type in PLAIN_OPTIONS and "options" in parts):
                continue
            if (TAGGED if element.type == "html" else MARKED).search(said):
                found.append((f"{element.type}{where}", said[:200]))
    return found


def _strings(proto):
    """Every text of a chart."""
    left = [json.loads(proto.spec)]
    while left:
        each = left.pop()
        if isinstance(each, dict):
            left += each.values()
        elif isinstance(each, list):
            left += each
        elif isinstance(each, str):
            yield each


def wrong_in(file_name: str, content: bytes):
    """Cells that a spreadsheet would calculate, and links."""
    if file_name.endswith(".csv"):
        rows = csv.reader(StringIO(content.decode("utf-8-sig")))
        return [cell for row in rows for cell in row if FORMULA.match(cell) and not _number(cell)]
    if file_name.endswith(".xlsx"):
        return list(_formulas(content))
    if file_name.endswith(".pptx"):
        with ZipFile(BytesIO(content)) as parts:
            inside = [each for each in parts.namelist() if each.endswith(".xlsx")]
            found = [each for name in inside for each in _formulas(parts.read(name))]
            links = [name for name in parts.namelist() if name.endswith(".rels")]
            return found + [name for name in links if b"x.example" in parts.read(name)]
    return [b"/URI"] if b"/URI" in content else []


def _formulas(content: bytes):
    book = openpyxl.load_workbook(BytesIO(content))
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                link = cell.hyperlink is not None and cell.hyperlink.target
                if cell.data_type == "f" or link:
                    yield f"{sheet.title}!{cell.coordinate}: {cell.value}"


def _number(cell: str) -> bool:
    return re.fullmatch(r"-?[\d.]+(e-\d+)?", cell) is not None


def addresses(role):
    """The pages of a role; of the meeting each of its slides."""
    for page in pages_of(role):
        slides = SLIDES if page.path == "meeting" else 1
        yield from ((page.path, str(slide)) for slide in range(1, slides + 1))


@pytest.mark.parametrize("role", [Role.MANAGER, Role.OPCC, Role.MEETING, Role.ADMINISTRATOR])
def test_names_stay_text(hostile_database, monkeypatch, files, role):
    monkeypatch.setenv("DRIVE_DATABASE_URL", hostile_database)
    monkeypatch.setenv(WITHOUT_SIGN_IN, role.value)
    visit.store.clear()
    app = AppTest.from_file(APP, default_timeout=120).run()
    there = {str(page["url_pathname"]): key for key, page in app._registered_pages.items()}
    found, made, sent = [], set(), ""
    for path, slide in addresses(role):
        files.clear()
        app._page_hash = there[path]
        app.query_params.clear()
        if path == "meeting":
            app.query_params["slide"] = [slide]
        app.run()
        assert not app.exception, path
        found += [(path, *each) for each in wrong_on(app)]
        sent += str([getattr(each, "proto", "") for each in app._tree])
        for key, (file_name, make) in files.items():
            if key not in made:
                made.add(key)
                content = make() if callable(make) else make
                found += [(path, file_name, each) for each in wrong_in(file_name, content)]
    visit.store.clear()
    assert not found, "\n".join(map(str, found))
    for each in ("<img", "HYPERLINK", "bold", "mermaid"):  # they were there to be found
        assert each in sent


def test_the_walk_would_notice():
    app = AppTest.from_function(_careless).run()
    found = {where for where, _ in wrong_on(app)}
    assert found == {"plotly", "title.body", "markdown.body", "button_group.options.content"}
    assert wrong_in("a.csv", b"name\r\n=HYPERLINK(1)\r\n")


def _careless():
    import plotly.graph_objects as go
    import streamlit as st

    name = "<img src=x onerror=alert(1)>"
    st.title(name)
    st.markdown("**bold** of somebody")
    st.pills("Area", [":red[red]"])
    st.plotly_chart(go.Figure(layout={"title": {"text": name}}))
