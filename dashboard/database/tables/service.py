"""Where the service works, with whom, and who its case managers are."""

from datetime import date

from sqlalchemy import CheckConstraint, Float, String
from sqlalchemy.orm import Mapped, mapped_column

from dashboard.database.base import Base, coded, identifier, in_order, refers_to
from dashboard.database.code_lists import COUNTY, SECTOR


class Area(Base):
    """A district, in a county. `population` is of `population_year`."""

    __tablename__ = "areas"
    __table_args__ = (CheckConstraint("population > 0", name="population_positive"),)

    area_code: Mapped[str] = identifier()
    name: Mapped[str] = mapped_column(String)
    county: Mapped[str] = coded(COUNTY)
    population: Mapped[int | None]
    population_year: Mapped[int | None]


class Agency(Base):
    """A partner agency; `joined_on` is the day it joined the partnership."""

    __tablename__ = "agencies"

    agency_id: Mapped[str] = identifier()
    name: Mapped[str] = mapped_column(String)
    sector: Mapped[str | None] = coded(SECTOR)
    joined_on: Mapped[date | None]


class CaseManager(Base):
    """A Drive worker who holds cases. `left_on` is the first day no longer in post."""

    __tablename__ = "case_managers"
    __table_args__ = (in_order("started_on", "left_on"),)

    case_manager_id: Mapped[str] = identifier()
    name: Mapped[str] = mapped_column(String)
    started_on: Mapped[date | None]
    left_on: Mapped[date | None]


class CaseManagerArea(Base):
    """A district that a case manager covers for a time."""

    __tablename__ = "case_manager_areas"
    __table_args__ = (in_order("from_on", "to_on"),)

    case_manager_id: Mapped[str] = refers_to("case_managers.case_manager_id", primary_key=True)
    area_code: Mapped[str] = refers_to("areas.area_code", primary_key=True)
    from_on: Mapped[date] = mapped_column(primary_key=True)
    to_on: Mapped[date | None]


class CaseManagerHours(Base):
    """A case manager's hours for a time.

    `fte` is the share of full-time hours; `caseload_target` is the number of cases at full time,
    so the worker's own target on a day is `caseload_target` x `fte`.
    """

    __tablename__ = "case_manager_hours"
    __table_args__ = (
        in_order("from_on", "to_on"),
        CheckConstraint("fte >= 0 AND fte <= 1.5", name="fte_possible"),
        CheckConstraint("caseload_target >= 0", name="caseload_target_possible"),
    )

    case_manager_id: Mapped[str] = refers_to("case_managers.case_manager_id", primary_key=True)
    from_on: Mapped[date] = mapped_column(primary_key=True)
    to_on: Mapped[date | None]
    fte: Mapped[float] = mapped_column(Float)
    caseload_target: Mapped[float | None] = mapped_column(Float)
