"""The areas page: its switches, one district alone, a part of the areas, and no shapes at all."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import dashboard
from dashboard.access import Role
from dashboard.access.sign_in import WITHOUT_SIGN_IN
from dashboard.areas.shapes import VARIABLE
from dashboard.shell import visit

APP = str(Path(dashboard.__file__).parent / "app.py")


@pytest.fixture
def areas_page(monkeypatch, made_up_database):
    """Opens the page in a role, at an address."""

    def run(role: Role = Role.MANAGER, **query: list[str]) -> AppTest:
        monkeypatch.setenv("DRIVE_DATABASE_URL", made_up_database)
        monkeypatch.setenv(WITHOUT_SIGN_IN, role.value)
        visit.store.clear()
        app = AppTest.from_file(APP, default_timeout=60)
        for key, values in query.items():
            app.query_params[key] = values
        app.run()
        return app.switch_page("../pages/areas.py").run()

    yield run
    visit.store.clear()


def headings(app: AppTest) -> list[str]:
    return [each.value for each in app.header]


def said(app: AppTest) -> str:
    return " ".join(each.value for each in [*app.markdown, *app.caption])


def switch(app: AppTest, measure: str) -> AppTest:
    box = next(each for each in app.selectbox if each.label == "Measure")
    return box.set_value(measure).run()


def test_there_is_a_map_and_whom_it_is_owed_to(areas_page):
    app = areas_page()
    assert not app.exception
    assert len(app.get("deck_gl_json_chart")) == 1
    assert "Open Government Licence v.3.0" in said(app)
    assert "How to read it" in headings(app)


@pytest.mark.parametrize(
    "measure", ["planned_completion_rate", "mean_dash_score", "adult_victim_survivors"]
)
def test_the_switch_changes_every_panel_of_a_measure(areas_page, measure):
    app = areas_page()
    before = headings(app)
    app = switch(app, measure)
    assert not app.exception
    assert headings(app) != before
    assert len(app.title[0].value) <= 65
    for form in ("change", "value"):
        control = next(each for each in app.button_group)
        app = control.set_value(form).run()
        assert not app.exception


def test_one_district_alone_is_compared_with_nothing(areas_page):
    app = areas_page(area=["E06000039"])
    assert not app.exception
    assert app.title[0].value.startswith("Slough: ")
    assert "Slough alone is in view: nothing to compare" in headings(app)
    assert len(app.get("deck_gl_json_chart")) == 1


def test_a_county_is_compared_with_itself(areas_page):
    app = areas_page(area=["berkshire"])
    assert not app.exception
    assert "The line is Berkshire: all that is in view." in said(app)


def test_without_a_file_of_shapes_the_list_still_works(areas_page, monkeypatch, tmp_path):
    monkeypatch.setenv(VARIABLE, str(tmp_path / "none.geojson"))
    app = areas_page()
    assert not app.exception
    assert not app.get("deck_gl_json_chart")
    assert "cannot be read from none.geojson" in said(app)
    assert len(app.get("plotly_chart")) >= 3


def test_districts_without_a_shape_are_named_and_listed(areas_page, monkeypatch, tmp_path):
    file = tmp_path / "other.geojson"
    file.write_text('{"attribution": "", "features": []}', "utf-8")
    monkeypatch.setenv(VARIABLE, str(file))
    app = areas_page()
    assert not app.exception
    assert not app.get("deck_gl_json_chart")
    assert "No shape is known for" in said(app)
    assert "Slough" in said(app)


def test_it_is_the_first_screen_of_a_regional_lead_and_opens_no_records(areas_page):
    app = areas_page(Role.REGIONAL_LEAD)
    assert not app.exception
    labels = [each.label for each in app.get("menu_button")]
    assert "Show records" not in labels
    visit.store.clear()
    assert AppTest.from_file(APP, default_timeout=60).run().header
