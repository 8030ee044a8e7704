"""The case database's tables as typed Polars frames, ids and codes turned into Enums."""

from dataclasses import dataclass
from functools import cached_property

import polars as pl
from sqlalchemy import Connection

from dashboard.database.code_lists import COUNTY, CodeList
from dashboard.database.codes import counties_told_apart, read_code_lists
from dashboard.database.settings import Settings, read_settings
from dashboard.database.tables import RECORDS
from dashboard.facts.reading import read_columns
from dashboard.facts.some import Connected, read_some

UNKNOWN = "unknown"  # the district of a row that names none

# The short names of ids in facts. A person of MARAC and police is a service user, or of the
# comparison, and keeps text.
_SHORT = {
    "case_id": "case",
    "referral_id": "referral",
    "service_user_id": "service_user",
    "victim_survivor_id": "victim_survivor",
    "case_manager_id": "case_manager",
    "agency_id": "agency",
    "person_id": "person",
    "area_code": "area",
    "marac_id": "marac",
    "review_id": "review",
    "action_id": "action",
}


@dataclass(frozen=True)
class Records:
    """Everything read from one version of the database, in one transaction."""

    tables: dict[str, pl.DataFrame]
    codes: dict[str, CodeList]
    settings: Settings

    def __getitem__(self, table: str) -> pl.DataFrame:
        return self.tables[table]

    @cached_property
    def areas(self) -> pl.DataFrame:
        """Districts by county and name, with the one that stands for unknown last.

        `county_label` is the county's own name, `county_name` what it is called beside districts.
        `of_county`, `of_all`: how many districts there are, so that a view can tell a part.
        """
        counties = list(self.codes[COUNTY.name].values)
        listed = self["areas"].sort(
            pl.col("county").replace_strict(counties, range(len(counties)), default=None), "name"
        )
        listed = listed.with_columns(known=True, of_county=pl.len().over("county"), of_all=pl.len())
        unknown = pl.DataFrame(
            {"area": [UNKNOWN], "name": ["Not known"], "county": [UNKNOWN], "known": [False]}
        )
        labels = [self.codes[COUNTY.name].label(each) for each in counties]
        areas = pl.concat([listed, unknown], how="diagonal_relaxed").with_columns(
            pl.col("county")
            .replace_strict([*counties, UNKNOWN], [*labels, "Not known"], default=pl.col("county"))
            .alias("county_label")
        )
        named = areas.filter("known").select("name", "county", "county_label")
        called = counties_told_apart(named.iter_rows())
        return areas.with_columns(
            county_name=pl.col("county").replace_strict(called, default=pl.col("county_label"))
        )

    @cached_property
    def area_type(self) -> pl.Enum:
        return pl.Enum(self.areas["area"])

    @cached_property
    def county_type(self) -> pl.Enum:
        return pl.Enum(self.areas["county"].unique(maintain_order=True))

    def enum(self, table: str, column: str) -> pl.Enum:
        """The Enum of all ids of a table, so that joins and distinct counts use small integers."""
        return self.tables[table].schema[column]  # type: ignore[return-value]

    def label(self, column: str, code_list: CodeList) -> pl.Expr:
        """The column's codes as labels, an Enum in the list's order; an unlisted code as itself."""
        codes = self.codes[code_list.name].codes
        kind = pl.Enum(list(dict.fromkeys(code.label for code in codes)))
        labels = pl.Series([code.label for code in codes], dtype=kind)
        known = pl.col(column).cast(pl.Enum([code.code for code in codes]), strict=False)
        return pl.lit(labels).gather(known.to_physical().cast(pl.UInt32)).alias(column)

    def group(self, column: str, code_list: CodeList) -> pl.Expr:
        """The group that a code belongs to within its list."""
        codes = self.codes[code_list.name].codes
        return pl.col(column).replace_strict(
            [code.code for code in codes], [code.group for code in codes], default=None
        )


def read_records(connection: Connection) -> Records:
    """Read every table that facts need. Ids become Enums shared by all the tables they join."""
    return _records(connection, read_columns(connection, RECORDS.values(), _UNREAD))


def read_records_of(connection: Connection, people: Connected) -> Records:
    """The records of some people alone, in lists of these ids."""
    return _records(connection, read_some(connection, RECORDS.values(), people, _UNREAD))


def _records(connection: Connection, read: dict[str, pl.DataFrame]) -> Records:
    tables = {name: frame.rename(_SHORT, strict=False) for name, frame in read.items()}
    for table, column in OWNERS.items():
        # One expression for all tables: making it hashes every id.
        known = pl.col(column).cast(pl.Enum(tables[table][column].unique().sort()))
        for name, frame in tables.items():
            if column in frame.columns:
                tables[name] = frame.with_columns(known)
    records = Records(tables, read_code_lists(connection), read_settings(connection))
    for name, frame in tables.items():
        if "area" in frame.columns and name not in _NAMING_AREAS:
            tables[name] = frame.with_columns(pl.col("area").cast(records.area_type))
    return records


# What no fact asks for, of tables that are large.
_UNREAD = (
    "abuse_assessments.assessment_id",
    "abuse_assessments.victim_survivor_id",
    "needs.service_user_id",
    "police_incidents.incident_id",
    "victim_survivors.sex",
)
# Where `area` is not the code of a district, or is what makes it one.
_NAMING_AREAS = ("areas", "targets", "annotations")
# The table that an id comes from; elsewhere the same column refers to it.
OWNERS = {
    "case_managers": "case_manager",
    "agencies": "agency",
    "service_users": "service_user",
    "referrals": "referral",
    "cases": "case",
    "victim_survivors": "victim_survivor",
}
