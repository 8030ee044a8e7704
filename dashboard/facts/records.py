"""The case database's tables as typed Polars frames, ids and codes turned into Enums."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import polars as pl
from sqlalchemy import Boolean, Connection, Date, Float, Integer, Table
from sqlalchemy.dialects import sqlite

from dashboard.database.code_lists import COUNTY, CodeList
from dashboard.database.codes import read_code_lists
from dashboard.database.settings import Settings, read_settings
from dashboard.database.tables import RECORDS

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
        return pl.concat([listed, unknown], how="diagonal_relaxed").with_columns(
            pl.col("county")
            .replace_strict(
                [*counties, UNKNOWN],
                [self.codes[COUNTY.name].label(each) for each in counties] + ["Not known"],
                default=pl.col("county"),
            )
            .alias("county_name")
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
        labels = list(dict.fromkeys(code.label for code in codes))
        return pl.col(column).replace_strict(
            [code.code for code in codes],
            [code.label for code in codes],
            default=None,
            return_dtype=pl.Enum(labels),
        )

    def group(self, column: str, code_list: CodeList) -> pl.Expr:
        """The group that a code belongs to within its list."""
        codes = self.codes[code_list.name].codes
        return pl.col(column).replace_strict(
            [code.code for code in codes], [code.group for code in codes], default=None
        )


def read_records(connection: Connection) -> Records:
    """Read every table that facts need. Ids become Enums shared by all the tables they join."""
    tables = {name: _read(connection, table) for name, table in RECORDS.items()}
    for table, column in _OWNERS.items():
        values = tables[table][column]
        enum = pl.Enum(values.unique().sort())
        for name, frame in tables.items():
            if column in frame.columns:
                tables[name] = frame.with_columns(pl.col(column).cast(enum))
    return Records(tables, read_code_lists(connection), read_settings(connection))


# The table that an id comes from; elsewhere the same column refers to it.
_OWNERS = {
    "case_managers": "case_manager",
    "agencies": "agency",
    "service_users": "service_user",
    "referrals": "referral",
    "cases": "case",
    "victim_survivors": "victim_survivor",
}


def _read(connection: Connection, table: Table) -> pl.DataFrame:
    # Plain SQL text: converting each value in Python would cost ten times what Polars takes.
    quote = connection.dialect.identifier_preparer.quote
    names = ", ".join(quote(column.name) for column in table.columns)
    frame = pl.read_database(
        f"SELECT {names} FROM {quote(table.name)}",  # noqa: S608 - names of our own tables
        connection,
        infer_schema_length=None,
        schema_overrides=dict(_stored_types(connection, table)),
    )
    return frame.with_columns(
        pl.col(column.name).cast(pl.Date if isinstance(column.type, Date) else pl.Boolean)
        if frame.schema[column.name] != pl.String
        else pl.col(column.name).str.to_date()
        for column in table.columns
        if isinstance(column.type, Date | Boolean)
    ).rename({long: short for long, short in _SHORT.items() if long in frame.columns})


def _stored_types(connection: Connection, table: Table) -> Iterable[tuple[str, pl.DataType]]:
    embedded = connection.dialect.name == sqlite.dialect.name
    for column in table.columns:
        if isinstance(column.type, Date):
            yield column.name, pl.String() if embedded else pl.Date()
        elif isinstance(column.type, Boolean):
            yield column.name, pl.Int8() if embedded else pl.Boolean()
        elif isinstance(column.type, Integer):
            yield column.name, pl.Int32()
        elif isinstance(column.type, Float):
            yield column.name, pl.Float64()
        else:
            yield column.name, pl.String()
