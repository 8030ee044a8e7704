"""Questions never ask a fact for its schema: with it Polars hashes every id that there is.

With 200,000 cases that takes as long as the question itself. `filter("adult")` asks for it as
well; `filter(pl.col("adult"))` does not.
"""

import polars as pl
import pytest

from dashboard.access import Role, Viewer
from dashboard.export.pages import pages
from dashboard.panels import partners, referrals, risk

OF_IDS = ("case", "referral", "service_user", "victim_survivor")


@pytest.mark.parametrize("role", [Role.MANAGER, Role.REGIONAL_LEAD, Role.CASE_MANAGER])
def test_no_question_of_a_page_asks_for_a_schema_with_ids(made_up, role, monkeypatch) -> None:
    asked = pl.LazyFrame.collect_schema
    found = []

    def watched(rows: pl.LazyFrame) -> pl.Schema:
        schema = asked(rows)
        found.extend(each for each in OF_IDS if isinstance(schema.get(each), pl.Enum))
        return schema

    monkeypatch.setattr(pl.LazyFrame, "collect_schema", watched)
    lens = made_up.lens(Viewer(role, None, made_up.fullest_worker()))
    shown = [panel for page in pages(role, made_up.settings, lens) for panel in page.panels]
    shown += [*risk.CHARTS.values(), *partners.MARAC_BY.values(), *referrals.TRENDS.values()]
    for panel in shown:
        panel.result(lens)
        assert not found, panel.key
