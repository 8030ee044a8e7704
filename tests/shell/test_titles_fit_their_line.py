"""A page's sentence and a panel's finding stand on one line, on made-up and on sparse records."""

from datetime import date

import pytest
from sqlalchemy import make_url

from dashboard.access import Role, Viewer
from dashboard.database import connect
from dashboard.panel import Panel
from dashboard.panels import (
    area_shown,
    areas,
    caseload,
    data,
    outcomes,
    partners,
    referrals,
    released_areas,
    risk,
    rollout,
)
from dashboard.panels import victim_survivors as people
from dashboard.panels.released_pages import of_areas, of_subject
from dashboard.panels.released_subjects import SUBJECTS
from dashboard.snapshot import Lens, read_snapshot
from dashboard.snapshot.releases import read_release
from queries import released
from queries.area_words import RANKED
from queries.areas import forms
from queries.follow_up import Rules
from queries.measures import ALL as MEASURES
from queries.measures import MEASURES as BY_KEY
from queries.view import View
from queries.words import FULL, HALF, NARROW, TITLE, WIDE

SPARSE = """
areas
area_code | name            | county             | population
B1        | Slough          | berkshire          | 160713
B2        | Reading         | berkshire          | 178196
K1        | Buckinghamshire | buckinghamshire-mk | 566694

agencies
agency_id | name                                | sector
P1        | Thames Valley Police, Berkshire     | police
L1        | Slough community safety partnership | community safety

service_users
service_user_id
S1
S2
S3

referrals
referral_id | service_user_id | area_code | received_on | agency_id
R1          | S1              | B1        | 2026-04-02  | P1
R2          | S2              | B2        | 2026-06-02  | L1
R3          | S3              | K1        | 2026-10-05  |

cases
case_id | referral_id | area_code | allocated_on | closed_on
C1      | R1          | B1        | 2026-04-20   |
C2      | R2          | B2        | 2026-06-20   | 2026-09-01
"""

OUTCOMES = outcomes.panels(Rules())
STANDINGS = people.standings(14)
# Panels in the narrower column of their page.
IN_FIVE = (
    rollout.SOURCES,
    rollout.SINCE_OWN_LAUNCH,
    caseload.WAITING,
    referrals.WAITING,
    referrals.AGAIN,
    risk.CHANGE,
    risk.RATINGS,
    people.TIME_TO_IDVA,
    people.LIVING,
    OUTCOMES.police,
    partners.TO_HEARING,
)
# Panels over the whole width of their page that have more to say than the wider column holds.
OVER_ALL = (rollout.COURSE, partners.ON_TIME, partners.KINDS, *risk.CHARTS.values())
OTHERS = tuple(
    panel
    for panel in (
        *(panel for panel in rollout.ALL if panel not in IN_FIVE),
        caseload.WORKERS,
        caseload.DISTRICTS,
        *(panel for panel in referrals.ALL if panel not in IN_FIVE),
        *referrals.BY.values(),
        *referrals.OVER_TIME.values(),
        *referrals.TRENDS.values(),
        *(panel for panel in risk.ALL if panel not in IN_FIVE),
        STANDINGS,
        *(panel for panel in people.ALL if panel not in IN_FIVE),
        *(panel for panel in OUTCOMES.all if panel not in IN_FIVE),
        *(panel for panel in partners.ALL if panel not in IN_FIVE),
        *partners.AREAS.values(),
        *partners.MARAC_BY.values(),
        *data.ALL,
    )
    if panel not in OVER_ALL
)


@pytest.fixture(params=["made up", "sparse"])
def lens(request, made_up, given) -> Lens:
    snapshot = made_up if request.param == "made up" else given(SPARSE)
    end = date(2026, 10, 31)
    return snapshot.lens(Viewer(Role.MANAGER, None), None, date(2026, 4, 1), end, end)


def too_long(panels: tuple[Panel, ...], lens: View, limit: int) -> list[tuple[str, str, int]]:
    found = []
    for panel in panels:
        frame = panel.result(lens).collect()
        said = (panel.without if frame.is_empty() else panel.reading(frame)).rstrip(".")
        if len(said) > limit:
            found.append((panel.key, said, len(said)))
    return found


def test_findings_fit_the_narrow_column(lens):
    assert too_long(IN_FIVE, lens, NARROW) == []


def test_findings_fit_the_wide_column(lens):
    assert too_long(OTHERS, lens, WIDE) == []


def test_findings_fit_the_whole_width(lens):
    assert too_long(OVER_ALL, lens, FULL) == []


def test_the_sentence_of_each_page_fits(lens):
    pages = [
        (rollout.headline, rollout.ALL),
        (caseload.headline, (caseload.WORKERS,)),
        (caseload.headline, (caseload.DISTRICTS,)),
        (referrals.headline, referrals.ALL),
        (referrals.headline, referrals.OWN),
        (risk.headline, risk.panels(cases=True)),
        (people.headline, (STANDINGS, *people.ALL)),
        (OUTCOMES.headline, OUTCOMES.all),
        (partners.headline, partners.ALL),
        (data.headline, data.ALL),
        (data.headline, data.FRESH_ONLY),
    ]
    said = [
        sentence({panel.key: panel.result(lens).collect() for panel in panels})
        for sentence, panels in pages
    ]
    assert [each for each in said if len(each) > TITLE] == []


@pytest.mark.slow
@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.key)
def test_the_findings_of_each_measure_by_area_fit(lens, measure):
    for form in forms(measure):
        funnel = area_shown.usual_funnel(measure)
        shown = area_shown.Shown(measure, form, BY_KEY[funnel.key], "Thames Valley")
        panels = areas.panels(shown, lens)
        frames = {panel.key: panel.result(lens).collect() for panel in panels.all}
        assert too_long((panels.map,), lens, NARROW) == []
        assert too_long(panels.all[1:], lens, WIDE) == []
        assert len(areas.headline(shown, frames)) <= TITLE


@pytest.mark.slow
def test_the_findings_of_released_numbers_fit(released_database):
    engine = connect(make_url(released_database))
    release = read_release(engine)
    assert release is not None
    view = read_snapshot(engine).released(release)
    whole, *others = released.areas(view, "Thames Valley")
    found = []
    for place in (whole, others[0], others[-1]):
        cut = next(each for each in released.periods(view, place) if each.kind != "week")
        rows = [row for each in SUBJECTS.values() for row in of_subject(each, view, cut, 30)]
        for row in rows:
            found += too_long(tuple(row), view, HALF if len(row) > 1 else FULL)
    cut = next(each for each in released.periods(view, whole) if each.kind != "week")
    for measure in MEASURES:
        shown = released_areas.of(view, measure, cut, whole)
        (drawn_map, ranked), *below = of_areas(shown, view)
        found += too_long((drawn_map,), view, NARROW)
        found += too_long((ranked,), view, RANKED)
        found += too_long(tuple(panel for row in below for panel in row), view, WIDE)
        said = released_areas.in_a_sentence(shown, view)
        assert len(said) <= TITLE, said
    assert found == []
