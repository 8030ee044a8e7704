"""Whoever looks at the same has the same lens; whoever may see other records has another."""

from dataclasses import replace
from datetime import date

from dashboard.access import Role, Viewer
from dashboard.snapshot.lenses import Lenses

MANAGER = Viewer(Role.MANAGER, None, name="one")
SLOUGH = frozenset({"E06000039"})
DAY = date(2026, 9, 30)


def test_people_with_the_same_rights_share_a_lens(made_up) -> None:
    lens = made_up.lens(MANAGER, SLOUGH, DAY, DAY)
    assert made_up.lens(replace(MANAGER, name="another"), SLOUGH, DAY, DAY) is lens
    assert lens.viewer.name not in ("one", "another")


def test_each_right_area_and_day_has_its_own(made_up) -> None:
    others = [
        (Viewer(Role.REGIONAL_LEAD, None), SLOUGH, DAY, DAY),
        (Viewer(Role.MANAGER, SLOUGH), SLOUGH, DAY, DAY),
        (Viewer(Role.CASE_MANAGER, None, "CM-1"), SLOUGH, DAY, DAY),
        (Viewer(Role.CASE_MANAGER, None, "CM-2"), SLOUGH, DAY, DAY),
        (MANAGER, None, DAY, DAY),
        (MANAGER, frozenset(), DAY, DAY),
        (MANAGER, SLOUGH, date(2026, 9, 1), DAY),
        (MANAGER, SLOUGH, DAY, DAY, date(2026, 9, 30)),
        (MANAGER, SLOUGH, DAY, DAY, date(2026, 10, 1)),
    ]
    found = [made_up.lens(MANAGER, SLOUGH, DAY, DAY), *(made_up.lens(*each) for each in others)]
    assert len({id(each) for each in found}) == len(found)


def test_a_snapshot_that_is_made_of_another_begins_anew(made_up) -> None:
    assert replace(made_up).lens(MANAGER) is not made_up.lens(MANAGER)


def test_no_more_are_kept_than_were_asked_for_last(made_up) -> None:
    lenses, made = Lenses(2), []

    def of(seen: str) -> object:
        return lenses.of(seen, lambda: made.append(seen) or made_up.lens(MANAGER))

    for seen in ("a", "b", "a", "c", "a", "b"):
        of(seen)
    assert made == ["a", "b", "c", "b"]  # b went when c came: a had been asked for since
