"""The pathway of a service user: referral, decision, case, who holds it, how it is worked."""

from datetime import date

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from dashboard.database.base import Base, coded, identifier, in_order, one_of, refers_to
from dashboard.database.code_lists import (
    CLOSURE_REASON,
    DECISION,
    DECISION_REASON,
    ENGAGEMENT,
    NEED,
    ROUTE,
    SEX,
)


class ServiceUser(Base):
    """A person causing harm who was referred to Drive. No name is stored."""

    __tablename__ = "service_users"
    __table_args__ = (
        one_of("sex", SEX),
        CheckConstraint("year_of_birth BETWEEN 1900 AND 2100", name="year_of_birth_possible"),
    )

    service_user_id: Mapped[str] = identifier()
    sex: Mapped[str | None] = coded(SEX)
    year_of_birth: Mapped[int | None]
    serial: Mapped[bool | None]
    high_harm: Mapped[bool | None]


class Need(Base):
    """Something a service user needs help with."""

    __tablename__ = "needs"

    service_user_id: Mapped[str] = refers_to("service_users.service_user_id", primary_key=True)
    need: Mapped[str] = coded(NEED, primary_key=True)


class Referral(Base):
    """A referral to Drive. `eligible` is the outcome of the screen on `screened_on`."""

    __tablename__ = "referrals"
    __table_args__ = (
        in_order("received_on", "screened_on"),
        in_order("received_on", "withdrawn_on"),
    )

    referral_id: Mapped[str] = identifier()
    service_user_id: Mapped[str | None] = refers_to("service_users.service_user_id")
    area_code: Mapped[str | None] = refers_to("areas.area_code")
    received_on: Mapped[date] = mapped_column(index=True)
    agency_id: Mapped[str | None] = refers_to("agencies.agency_id")
    route: Mapped[str | None] = coded(ROUTE)
    screened_on: Mapped[date | None]
    eligible: Mapped[bool | None]
    withdrawn_on: Mapped[date | None]


class ReferralDecision(Base):
    """What the referral panel decided on a day. A deferred referral is decided again later."""

    __tablename__ = "referral_decisions"
    __table_args__ = (one_of("decision", DECISION),)

    referral_id: Mapped[str] = refers_to("referrals.referral_id", primary_key=True)
    decided_on: Mapped[date] = mapped_column(primary_key=True)
    decision: Mapped[str] = coded(DECISION, primary_key=True)
    reason: Mapped[str | None] = coded(DECISION_REASON)


class Case(Base):
    """An accepted referral that was allocated to a case manager.

    `area_code` is where it was allocated. A case is active on a day if it was allocated on or
    before it and not closed on or before it.
    """

    __tablename__ = "cases"
    __table_args__ = (
        in_order("allocated_on", "closed_on"),
        in_order("allocated_on", "plan_agreed_on"),
        in_order("allocated_on", "planned_end_on"),
        CheckConstraint("closure_reason IS NULL OR closed_on IS NOT NULL", name="closed_if_reason"),
    )

    case_id: Mapped[str] = identifier()
    referral_id: Mapped[str] = refers_to("referrals.referral_id")
    area_code: Mapped[str | None] = refers_to("areas.area_code")
    allocated_on: Mapped[date] = mapped_column(index=True)
    plan_agreed_on: Mapped[date | None]
    planned_end_on: Mapped[date | None]
    closed_on: Mapped[date | None] = mapped_column(index=True)
    closure_reason: Mapped[str | None] = coded(CLOSURE_REASON)


class CaseArea(Base):
    """The district a case belonged to for a time; only where a case moved."""

    __tablename__ = "case_areas"
    __table_args__ = (in_order("from_on", "to_on"),)

    case_id: Mapped[str] = refers_to("cases.case_id", primary_key=True)
    area_code: Mapped[str] = refers_to("areas.area_code")
    from_on: Mapped[date] = mapped_column(primary_key=True)
    to_on: Mapped[date | None]


class Engagement(Base):
    """From this day the case is worked directly, or by disruption only."""

    __tablename__ = "engagement"
    __table_args__ = (one_of("engagement", ENGAGEMENT),)

    case_id: Mapped[str] = refers_to("cases.case_id", primary_key=True)
    from_on: Mapped[date] = mapped_column(primary_key=True)
    engagement: Mapped[str] = coded(ENGAGEMENT)


class Assignment(Base):
    """The case manager who holds a case for a time; one at a time."""

    __tablename__ = "assignments"
    __table_args__ = (in_order("from_on", "to_on"),)

    case_id: Mapped[str] = refers_to("cases.case_id", primary_key=True)
    case_manager_id: Mapped[str] = refers_to("case_managers.case_manager_id")
    from_on: Mapped[date] = mapped_column(primary_key=True)
    to_on: Mapped[date | None]
