"""A mistake in a mapping file is shown by its line and key."""

from pathlib import Path

import pytest
from small_service import TODAY

from dashboard.intake import run_import

FEED = '[[feed]]\nfile = "export.csv"\ntable = "referrals"\n'
COLUMNS = FEED + '[feed.columns]\nreferral_id = "Ref"\nreceived_on = "Made"\n'


@pytest.mark.parametrize(
    ("mapping", "said"),
    [
        ("[[feed]\n", "mapping.toml line 1: "),
        ('[[feed]]\ntable = "letters"\n', "line 2, feed.table: there is no table 'letters'"),
        ('\n[[feed]]\nfile = "export.csv"\n', "line 2, feed.table: this key is needed"),
        (FEED + 'colour = "red"\n', "line 4, feed.colour: this key is not known here"),
        (COLUMNS + 'hat = "Hat"\n', "line 7, feed.columns.hat: referrals has no such column"),
        (COLUMNS + 'route = "Way"\n',
         "line 7, feed.columns.route: export.csv has no heading 'Way'; it has Ref, Made"),
        (COLUMNS + 'route = { constant = "pigeon" }\n',
         "line 7, feed.columns.route: 'pigeon' is not one of the known codes"),
        (COLUMNS + "route = 5\n", "line 7, feed.columns.route: this should be"),
        (COLUMNS + 'route = { heading = "Made", constant = "x" }\n',
         "line 7, feed.columns.route: give a heading, a constant, or year, month and day"),
        (COLUMNS + "screened_on = { year = 2025, month = 1 }\n",
         "line 7, feed.columns.screened_on: a date from parts needs year, month and day"),
        (COLUMNS + 'route = { heading = "Made", formats = ["%d"] }\n',
         "line 7, feed.columns.route: this column is no date"),
        (COLUMNS + 'route = "Made"\n[feed.codes.route]\n1 = "pigeon"\n',
         "line 9, feed.codes.route.1: 'pigeon' is not a code of route: operational_policing, "
         "partner_agency, marac, referral_panel, other; it can be added to them under "
         "[codes.route]"),
        (FEED.replace("referrals", "reviews") + '[feed.columns]\nreview_id = "Ref"\n'
         'case_id = "Ref"\ndue_on = "Made"\n[[feed]]\ntable = "engagement"\n[feed.columns]\n'
         'case_id = "Ref"\nfrom_on = "Made"\nengagement = "Ref"\n[feed.codes.engagement]\n'
         '1 = "some"\n',
         "line 15, feed.codes.engagement.1: 'some' is not a code of engagement: direct, "
         "disrupt_only"),
        (COLUMNS + '[feed.codes.route]\n1 = "other"\n',
         "line 7, feed.codes.route: no heading of export.csv feeds this column"),
        (COLUMNS + '[feed.codes.eligible]\n1 = "yes"\n',
         "line 7, feed.codes.eligible: this column has no codes"),
        (COLUMNS + '[[feed]]\ntable = "letters"\n', "line 8, feed.table: there is no table"),
        ('when_filled = ["Ref"]\n' + FEED, "line 1, when_filled: this key is not known here"),
        (FEED + 'when_filled = ["Hat"]\n[feed.columns]\nreferral_id = "Ref"\n'
         'received_on = "Made"\n', "line 4, feed.when_filled: export.csv has no heading 'Hat'"),
        ('[codes.colour]\nred = "Red"\n', "line 1, codes.colour: there is no code list colour"),
        ('[codes.stage]\nred = "Red"\n', "line 2, codes.stage.red: the list stage is closed, "
         "nothing can be added to it; it has intake, review, exit"),
    ],
)  # fmt: skip
def test_by_line_and_key(tmp_path: Path, mapping: str, said: str) -> None:
    (tmp_path / "export.csv").write_text("Ref,Made\n1,2025-01-01\n")
    (tmp_path / "mapping.toml").write_text(mapping)
    report = run_import(
        f"sqlite:///{tmp_path}/case-database.sqlite",
        [tmp_path / "export.csv"],
        tmp_path / "mapping.toml",
        today=TODAY,
    )
    assert report.exit_code == 2
    assert (report.message or "").startswith("mapping.toml ")
    assert said in (report.message or "")


def test_all_mistakes_are_shown_at_once(tmp_path: Path) -> None:
    (tmp_path / "export.csv").write_text("Ref,Made\n")
    (tmp_path / "mapping.toml").write_text('[[feed]]\ntable = "a"\n[[feed]]\ntable = "b"\n')
    report = run_import("sqlite:///x", [tmp_path], tmp_path / "mapping.toml", today=TODAY)
    assert (report.message or "").splitlines() == [
        "mapping.toml line 2, feed.table: there is no table 'a'",
        "mapping.toml line 4, feed.table: there is no table 'b'",
    ]


def test_a_mapping_file_that_is_not_there(tmp_path: Path) -> None:
    report = run_import("sqlite:///x", [tmp_path], tmp_path / "none.toml", today=TODAY)
    assert "none.toml cannot be opened" in (report.message or "")
