"""Whether a person was shown round is kept beside their views, and is no view itself."""

from dashboard.keeping.tour import keep_shown_round, shown_round
from dashboard.keeping.views import MOST, View, keep_view, views_of


def test_it_is_kept_for_each_person_and_once(engine):
    assert not shown_round(engine, "Ann Example")
    keep_shown_round(engine, "Ann Example")
    keep_shown_round(engine, "Ann Example")
    assert shown_round(engine, "Ann Example")
    assert not shown_round(engine, "Bea Example")


def test_it_is_no_view_and_takes_no_views_place(engine):
    keep_shown_round(engine, "Ann Example")
    for number in range(MOST):
        keep_view(engine, "Ann Example", View(f"View {number}", "risk", {}))
    assert len(views_of(engine, "Ann Example")) == MOST
    assert shown_round(engine, "Ann Example")


def test_no_name_that_a_person_gives_can_take_it_away(engine):
    keep_shown_round(engine, "Ann Example")
    keep_view(engine, "Ann Example", View(" tour", "risk", {"area": ["E06000039"]}))
    assert [view.name for view in views_of(engine, "Ann Example")] == ["tour"]
    assert shown_round(engine, "Ann Example")
