"""The partnership: districts, agencies, what is funded and aimed for, and notes on dates."""

from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from dashboard.demo import profile
from dashboard.demo.stories import NEVER_REFERRED, OVERDUE_PARTNER


@dataclass(frozen=True)
class Agency:
    """A partner agency of a county; `share` of that county's referrals come from it."""

    agency_id: str
    name: str
    sector: str
    county: str
    share: float
    joined_on: date = profile.LAUNCHED_ON


_B, _M, _O = (county.key for county in profile.COUNTIES)
AGENCIES = (
    Agency("A-01", "Thames Valley Police, Berkshire", "police", _B, 0.46),
    Agency("A-02", "Probation, Berkshire", "probation", _B, 0.15),
    Agency("A-03", "Children’s social care, Slough", "childrens_social_care", _B, 0.09),
    Agency("A-04", "Children’s social care, Reading", "childrens_social_care", _B, 0.08),
    Agency("A-05", "Adult social care, Berkshire", "adult_social_care", _B, 0.02),
    Agency(OVERDUE_PARTNER, "Housing, Reading", "housing", _B, 0.04),
    Agency("A-07", "Substance misuse service, Berkshire", "substance_misuse", _B, 0.04),
    Agency("A-08", "Mental health service, Berkshire", "mental_health", _B, 0.03),
    Agency("A-09", "IDVA service, Berkshire", "idva_service", _B, 0.05),
    Agency("A-10", "Community safety, Slough", "community_safety", _B, 0.04, date(2024, 9, 2)),
    Agency(NEVER_REFERRED, "Education safeguarding, Berkshire", "education", _B, 0.0),
    Agency("A-12", "Thames Valley Police, Buckinghamshire", "police", _M, 0.26),
    Agency("A-13", "Thames Valley Police, Milton Keynes", "police", _M, 0.24),
    Agency("A-14", "Probation, Buckinghamshire and Milton Keynes", "probation", _M, 0.16),
    Agency("A-15", "Children’s social care, Buckinghamshire", "childrens_social_care", _M, 0.1),
    Agency("A-16", "Children’s social care, Milton Keynes", "childrens_social_care", _M, 0.09),
    Agency("A-17", "Housing, Milton Keynes", "housing", _M, 0.03),
    Agency("A-18", "Substance misuse service, Buckinghamshire", "substance_misuse", _M, 0.04),
    Agency("A-19", "Mental health service, Milton Keynes", "mental_health", _M, 0.03),
    Agency("A-20", "IDVA service, Buckinghamshire", "idva_service", _M, 0.05),
    Agency("A-21", "Thames Valley Police, Oxfordshire", "police", _O, 0.48),
    Agency("A-22", "Probation, Oxfordshire", "probation", _O, 0.17),
    Agency("A-23", "Children’s social care, Oxfordshire", "childrens_social_care", _O, 0.14),
    Agency("A-24", "Housing, Oxford", "housing", _O, 0.03),
    Agency("A-25", "Substance misuse service, Oxfordshire", "substance_misuse", _O, 0.04),
    Agency("A-26", "Mental health service, Oxfordshire", "mental_health", _O, 0.03),
    Agency("A-27", "IDVA service, Oxfordshire", "idva_service", _O, 0.05),
    Agency(
        "A-28",
        "Refuge and outreach, Oxfordshire",
        "victim_survivor_services",
        _O,
        0.06,
        date(2025, 2, 3),
    ),
    Agency("A-29", "Adult social care, Oxfordshire", "adult_social_care", _O, 0.0),
)


def areas() -> pl.DataFrame:
    """The table `areas`."""
    return pl.DataFrame(
        {
            "area_code": [each.code for each in profile.DISTRICTS],
            "name": [each.name for each in profile.DISTRICTS],
            "county": [each.county for each in profile.DISTRICTS],
            "population": [each.population for each in profile.DISTRICTS],
            "population_year": [profile.POPULATION_YEAR] * len(profile.DISTRICTS),
        }
    )


def agencies(today: date) -> pl.DataFrame:
    """The table `agencies`: those that have joined by today."""
    joined = [each for each in AGENCIES if each.joined_on <= today]
    return pl.DataFrame(
        {
            "agency_id": [each.agency_id for each in joined],
            "name": [each.name for each in joined],
            "sector": [each.sector for each in joined],
            "joined_on": [each.joined_on for each in joined],
        }
    )


def targets(today: date, scale: float) -> pl.DataFrame:
    """The table `targets`: the funded course by county and year, and what the service aims at.

    The first year runs from launch. `scale` is the size of the service against the default.
    """
    rows: list[tuple[str, str, date, date | None, float]] = []
    for county in profile.COUNTIES:
        from_on, to_on, share = profile.LAUNCHED_ON, date(2025, 4, 1), profile.FIRST_YEAR_FUNDED
        while from_on <= today:
            funded = float(round(county.funded * share * scale))
            rows.append(("referrals_received", county.key, from_on, to_on, funded))
            from_on, to_on, share = to_on, date(to_on.year + 1, 4, 1), 1.0
    rows += [
        (measure, "all", profile.LAUNCHED_ON, None, float(value))
        for measure, value in profile.TARGETS.items()
    ]
    return pl.DataFrame(
        rows,
        schema={
            "measure": pl.String,
            "area": pl.String,
            "from_on": pl.Date,
            "to_on": pl.Date,
            "value": pl.Float64,
        },
        orient="row",
    )


def annotations(today: date, weekly_from: date, vacancy: tuple[str, int] | None) -> pl.DataFrame:
    """The table `annotations`: the dated events of the invented service."""
    notes = [
        (profile.LAUNCHED_ON, county.key, f"Launch event in {county.name}")
        for county in profile.COUNTIES
    ]
    notes += [
        (profile.LAUNCHED_ON + timedelta(weeks=26), "all", "Second round of recruitment"),
        (date(2025, 2, 3), _O, "Refuge and outreach joins the partnership"),
        (weekly_from, "all", "Referral panel meets every week"),
    ]
    if vacancy:
        county, since = vacancy
        notes.append(
            (date(1970, 1, 1) + timedelta(since), county, "A case manager’s post falls vacant")
        )
    return pl.DataFrame(
        [note for note in notes if note[0] <= today],
        schema={"on": pl.Date, "area": pl.String, "text": pl.String},
        orient="row",
    )
