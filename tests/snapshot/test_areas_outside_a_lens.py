"""Districts outside a lens may change: the areas page of those inside it does not."""

import pytest
from scrambling import BERKSHIRE, scrambled

from dashboard.access import Role, Viewer
from dashboard.panels import area_shown, areas
from queries.areas import forms
from queries.measures import MEASURES


def everything(lens, key: str) -> list[str]:
    measure = MEASURES[key]
    said = []
    for form in forms(measure):
        shown = area_shown.Shown(measure, form, area_shown.usual_funnel(measure), "Thames Valley")
        frames = {}
        for panel in areas.panels(shown, lens).all:
            frame = panel.result(lens).collect()
            frames[panel.key] = frame
            said += [frame.write_ndjson(), panel.caption(lens), repr(panel.headings)]
            said += [panel.reading(frame), panel.note(frame)] if frame.height else [panel.without]
        said.append(areas.headline(shown, frames))
    return said


@pytest.mark.parametrize("key", ["referrals_received", "idva_engaged_rate"])
@pytest.mark.parametrize(
    "chosen", [BERKSHIRE, frozenset({"E06000039"})], ids=["county", "district"]
)
def test_scrambling_the_other_districts_changes_nothing(made_up, chosen, key):
    viewer = Viewer(Role.REGIONAL_LEAD, chosen)
    lens = made_up.lens(viewer)
    other = scrambled(made_up, lens)
    whole = Viewer(Role.MANAGER, None)
    assert everything(other.lens(whole), key) != everything(made_up.lens(whole), key)
    assert everything(other.lens(viewer), key) == everything(lens, key)
