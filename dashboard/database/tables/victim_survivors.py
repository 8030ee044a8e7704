"""Adults and children harmed, their links to cases, and the IDVA's contacts with them."""

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from dashboard.database.base import Base, coded, identifier, in_order, one_of, refers_to
from dashboard.database.code_lists import AGE_GROUP, RELATIONSHIP, SAFETY_CONTACT_OUTCOME, SEX


class VictimSurvivor(Base):
    """An adult or child harmed. Counted once, however many cases they are linked to."""

    __tablename__ = "victim_survivors"
    __table_args__ = (one_of("age_group", AGE_GROUP), one_of("sex", SEX))

    victim_survivor_id: Mapped[str] = identifier()
    age_group: Mapped[str] = coded(AGE_GROUP)
    sex: Mapped[str | None] = coded(SEX)


class CaseVictimSurvivor(Base):
    """A victim-survivor linked to a case for a time.

    `relationship` is theirs to the service user; `idva_engaged_on` is the day they took up the
    IDVA's support; `lives_with` says whether they live with the service user.
    """

    __tablename__ = "case_victim_survivors"
    __table_args__ = (in_order("linked_on", "unlinked_on"),)

    case_id: Mapped[str] = refers_to("cases.case_id", primary_key=True)
    victim_survivor_id: Mapped[str] = refers_to(
        "victim_survivors.victim_survivor_id", primary_key=True, index=True
    )
    relationship: Mapped[str | None] = coded(RELATIONSHIP)
    linked_on: Mapped[date]
    unlinked_on: Mapped[date | None]
    idva_engaged_on: Mapped[date | None]
    lives_with: Mapped[bool | None]


class SafetyContact(Base):
    """An IDVA's contact, or attempt, with a victim-survivor."""

    __tablename__ = "safety_contacts"
    __table_args__ = (one_of("outcome", SAFETY_CONTACT_OUTCOME),)

    contact_id: Mapped[str] = identifier()
    case_id: Mapped[str] = refers_to("cases.case_id")
    victim_survivor_id: Mapped[str] = refers_to("victim_survivors.victim_survivor_id")
    contacted_on: Mapped[date] = mapped_column(index=True)
    outcome: Mapped[str | None] = coded(SAFETY_CONTACT_OUTCOME)
