"""The work on a case: contacts, reviews, assessments and what partners were asked to do."""

from datetime import date

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from dashboard.database.base import Base, coded, identifier, in_order, one_of, refers_to
from dashboard.database.code_lists import (
    ABUSE_TYPE,
    ACTION_KIND,
    CONTACT_KIND,
    CONTACT_OUTCOME,
    IDVA_CHANGE,
    JUDGEMENT,
    RISK_LEVEL,
    SEVERITY,
    STAGE,
)


class Contact(Base):
    """A contact of the case manager: with the service user, or with agencies about them."""

    __tablename__ = "contacts"
    __table_args__ = (one_of("outcome", CONTACT_OUTCOME),)

    contact_id: Mapped[str] = identifier()
    case_id: Mapped[str] = refers_to("cases.case_id")
    occurred_on: Mapped[date] = mapped_column(index=True)
    kind: Mapped[str | None] = coded(CONTACT_KIND)
    outcome: Mapped[str | None] = coded(CONTACT_OUTCOME)


class Review(Base):
    """A review that was due on a day, and the day it was held, if it was."""

    __tablename__ = "reviews"

    review_id: Mapped[str] = identifier()
    case_id: Mapped[str] = refers_to("cases.case_id")
    due_on: Mapped[date] = mapped_column(index=True)
    held_on: Mapped[date | None]


class RiskAssessment(Base):
    """A DASH assessment of a case, for one victim-survivor where that is recorded.

    `dash_score` counts the ticks of 24 items. `risk_level` may be high under a score of 14:
    `judgement` says on what it rests. `idva_change` is the IDVA's rating since intake.
    """

    __tablename__ = "risk_assessments"
    __table_args__ = (
        CheckConstraint("dash_score BETWEEN 0 AND 24", name="dash_score_possible"),
        one_of("stage", STAGE),
        one_of("risk_level", RISK_LEVEL),
        one_of("judgement", JUDGEMENT),
        one_of("idva_change", IDVA_CHANGE),
    )

    assessment_id: Mapped[str] = identifier()
    case_id: Mapped[str] = refers_to("cases.case_id")
    victim_survivor_id: Mapped[str | None] = refers_to("victim_survivors.victim_survivor_id")
    assessed_on: Mapped[date] = mapped_column(index=True)
    stage: Mapped[str | None] = coded(STAGE)
    dash_score: Mapped[int | None]
    risk_level: Mapped[str | None] = coded(RISK_LEVEL)
    judgement: Mapped[str | None] = coded(JUDGEMENT)
    idva_change: Mapped[str | None] = coded(IDVA_CHANGE)


class AbuseAssessment(Base):
    """How severe one type of abuse was, at one stage of a case; one row a type."""

    __tablename__ = "abuse_assessments"
    __table_args__ = (
        one_of("stage", STAGE),
        one_of("abuse_type", ABUSE_TYPE),
        one_of("severity", SEVERITY),
    )

    assessment_id: Mapped[str] = identifier()
    case_id: Mapped[str] = refers_to("cases.case_id")
    victim_survivor_id: Mapped[str | None] = refers_to("victim_survivors.victim_survivor_id")
    assessed_on: Mapped[date] = mapped_column(index=True)
    stage: Mapped[str | None] = coded(STAGE)
    abuse_type: Mapped[str] = coded(ABUSE_TYPE)
    severity: Mapped[str | None] = coded(SEVERITY)


class PartnerAction(Base):
    """Something a partner agency was asked to do for a case."""

    __tablename__ = "partner_actions"
    __table_args__ = (in_order("raised_on", "completed_on"), in_order("raised_on", "due_on"))

    action_id: Mapped[str] = identifier()
    case_id: Mapped[str] = refers_to("cases.case_id")
    agency_id: Mapped[str] = refers_to("agencies.agency_id")
    kind: Mapped[str | None] = coded(ACTION_KIND)
    raised_on: Mapped[date]
    due_on: Mapped[date | None] = mapped_column(index=True)
    completed_on: Mapped[date | None]
