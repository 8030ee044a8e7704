"""Somebody who sees protected numbers finds what they had last, and the views that they keep."""

import shutil

import pytest
from sqlalchemy import make_url

from dashboard.access import Role
from dashboard.database import connect

OLGA = "olga@example.org"


@pytest.fixture(scope="module")
def peoples_database(released_database, tmp_path_factory):
    """In place of the one without a release."""
    file = tmp_path_factory.mktemp("released-people") / "people.sqlite"
    shutil.copy(make_url(released_database).database, file)
    return connect(make_url(f"sqlite:///{file}"))


def looked_at(app) -> str:
    """The area: the first choice after the guide to the page."""
    return app.get("popover")[1].proto.popover.label


def button(app, label):
    return next(each for each in app.button if each.label == label)


def test_filters_are_found_again_a_link_overrides_them_and_reset_forgets_them(a_browser, people):
    people.grant(OLGA, Role.OPCC)
    assert looked_at(a_browser(OLGA, area=["berkshire"])) == "Berkshire"
    again = a_browser(OLGA)
    assert looked_at(again) == "Berkshire"
    assert not again.warning
    assert looked_at(a_browser(OLGA, area=["oxfordshire"])) == "Oxfordshire"
    button(again, "Reset").click().run()
    assert looked_at(again) == "Thames Valley"
    assert "Reset" not in [each.label for each in again.button]
    assert looked_at(a_browser(OLGA)) == "Thames Valley"


def test_a_view_is_kept_under_a_name_and_opened_later(a_browser, people):
    people.grant(OLGA, Role.OPCC)
    app = a_browser(OLGA, area=["berkshire"])
    name = next(each for each in app.text_input if each.label.startswith("Keep this page"))
    name.set_value("Our county")
    button(app, "Keep this view").click().run()
    assert not app.exception
    later = a_browser(OLGA, area=["oxfordshire"])
    button(later, "Our county").click().run()
    assert not later.exception
    assert looked_at(later) == "Berkshire"
