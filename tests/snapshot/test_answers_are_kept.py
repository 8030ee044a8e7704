"""What was answered once is answered again from there, and never to a view that sees other rows."""

from dataclasses import replace
from datetime import date, timedelta

import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.access import Role, Viewer
from dashboard.snapshot import Lens, Snapshot
from dashboard.snapshot.answers import Answers
from queries.view import View

AREAS = ("E06000036", "E06000038", "E07000178")


def per_area(view: View) -> pl.LazyFrame:
    held = view.numbers("caseload").group_by("area", "case_manager").len().sort(pl.all())
    seen = {"start": pl.lit(view.start), "end": pl.lit(view.end), "as_at": pl.lit(view.as_at)}
    return held.with_columns(**seen)


def in_period(view: View) -> pl.LazyFrame:
    rows = view.numbers("referrals").filter(pl.col("on").is_between(view.start, view.end))
    return rows.select("referral").sort("referral")


areas = st.none() | st.frozensets(st.sampled_from(AREAS))
roles = st.sampled_from((Role.MANAGER, Role.REGIONAL_LEAD, Role.CASE_MANAGER))
days = st.sampled_from([date(2026, 10, 31) - timedelta(days=n) for n in (0, 1, 30, 200)])


@st.composite
def lenses(draw: st.DrawFn, of: Snapshot) -> Lens:
    workers = [None, *of._facts["case_managers"]["case_manager"].cast(pl.String).head(3)]
    viewer = Viewer(draw(roles), draw(areas), draw(st.sampled_from(workers)))
    return of.lens(viewer, draw(areas), draw(days), draw(days), draw(days))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_every_view_gets_its_own_rows(made_up: Snapshot, data: st.DataObject) -> None:
    lens = data.draw(lenses(made_up))
    asked = data.draw(st.permutations([per_area, in_period]))
    for question, rows in zip(asked, lens.answers(asked), strict=True):
        assert rows.equals(question(lens).collect())


def test_the_same_view_is_not_read_again(made_up: Snapshot) -> None:
    read = []

    def question(view: View) -> pl.LazyFrame:
        read.append(view)
        return view.numbers("areas")

    first = made_up.lens(Viewer(Role.MANAGER, None, name="one"))
    second = made_up.lens(Viewer(Role.MANAGER, None, name="another"))
    assert first.answers([question, question])[0] is second.answers([question])[0]
    assert read == [first]
    second.of(frozenset(AREAS)).answers([question])
    assert len(read) == 2


def test_other_facts_have_no_answers_yet(made_up: Snapshot) -> None:
    def question(view: View) -> pl.LazyFrame:
        return view.numbers("referrals")

    viewer = Viewer(Role.MANAGER, None)
    assert made_up.lens(viewer).answers([question])[0].height > 0
    facts = {name: frame.clear() for name, frame in made_up._facts.items()}
    emptied = replace(made_up, _facts=facts | {"areas": made_up._facts["areas"]})
    assert emptied.lens(viewer).answers([question])[0].height == 0


def test_the_oldest_answers_make_room() -> None:
    read: list[object] = []

    def question(view: View) -> pl.LazyFrame:
        read.append(view)
        return pl.LazyFrame({"x": range(1000)}, schema={"x": pl.Int64})  # 8,000 bytes

    kept = Answers(most=20_000)
    for seen in "aabacab":
        kept.to([question], seen, seen)  # type: ignore[arg-type]
    # "b" went when "c" came, as "a" had been asked for since.
    assert read == ["a", "b", "c", "b"]
