"""What others hold about the same people, what was aimed for, and notes on dates.

`person_id` is a service user's id or a comparison person's; intake checks that it is one.
"""

from datetime import date

from sqlalchemy import CheckConstraint, Float, String
from sqlalchemy.orm import Mapped, mapped_column

from dashboard.database.base import Base, coded, identifier, in_order, refers_to
from dashboard.database.code_lists import INCIDENT_CATEGORY


class MaracReferral(Base):
    """A referral of a pair (victim-survivor, person) to MARAC, and the day it was heard."""

    __tablename__ = "marac_referrals"
    __table_args__ = (in_order("referred_on", "heard_on"),)

    marac_id: Mapped[str] = identifier()
    person_id: Mapped[str] = mapped_column(String, index=True)
    victim_survivor_id: Mapped[str | None] = refers_to("victim_survivors.victim_survivor_id")
    area_code: Mapped[str | None] = refers_to("areas.area_code")
    referred_on: Mapped[date] = mapped_column(index=True)
    heard_on: Mapped[date | None]


class PoliceIncident(Base):
    """A domestic abuse incident recorded by police."""

    __tablename__ = "police_incidents"

    incident_id: Mapped[str] = identifier()
    person_id: Mapped[str] = mapped_column(String, index=True)
    occurred_on: Mapped[date] = mapped_column(index=True)
    is_crime: Mapped[bool | None]
    category: Mapped[str | None] = coded(INCIDENT_CATEGORY)


class ComparisonPerson(Base):
    """A person like a service user who was not allocated, observed between two days.

    `index_on` stands for the day of allocation, `end_on` for the day of closure.
    """

    __tablename__ = "comparison_people"
    __table_args__ = (in_order("index_on", "end_on"),)

    person_id: Mapped[str] = identifier()
    area_code: Mapped[str | None] = refers_to("areas.area_code")
    index_on: Mapped[date]
    end_on: Mapped[date | None]


class Target(Base):
    """What a measure is aimed at, for a district's code, a county's key, or `all`.

    For a count of events `value` is the total over the period; for a state or a rate, its level.
    """

    __tablename__ = "targets"
    __table_args__ = (in_order("from_on", "to_on"), CheckConstraint("value >= 0", name="value_ok"))

    measure: Mapped[str] = mapped_column(String, primary_key=True)
    area: Mapped[str] = mapped_column(String, primary_key=True)
    from_on: Mapped[date] = mapped_column(primary_key=True)
    to_on: Mapped[date | None]
    value: Mapped[float] = mapped_column(Float)


class Annotation(Base):
    """A note on a date, for a district's code, a county's key, or `all`."""

    __tablename__ = "annotations"

    on: Mapped[date] = mapped_column(primary_key=True)
    area: Mapped[str] = mapped_column(String, primary_key=True)
    text: Mapped[str] = mapped_column(String, primary_key=True)
