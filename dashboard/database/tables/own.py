"""The dashboard's own tables: imports, what was refused, people and grants, the trail."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Boolean, CheckConstraint, DateTime, Float, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from dashboard.database.base import Base, in_order, refers_to


class Mark(Base):
    """Facts about the database itself: `made_up` ("yes" where demo made it), `version`."""

    __tablename__ = "marks"

    name: Mapped[str] = mapped_column(String, primary_key=True)
    value: Mapped[str] = mapped_column(String)


class Move(Base):
    """What one change of the records touched, from one stamp to the next (see `database.moves`)."""

    __tablename__ = "moves"

    version: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    before: Mapped[str] = mapped_column(String)
    after: Mapped[str] = mapped_column(String)
    tables: Mapped[list[str]] = mapped_column(JSON)
    ids: Mapped[dict[str, Any]] = mapped_column(JSON)


class ListedCode(Base):
    """A value of an open code list that a service has added, beside those of the program."""

    __tablename__ = "codes"

    code_list: Mapped[str] = mapped_column(String, primary_key=True)
    code: Mapped[str] = mapped_column(String, primary_key=True)
    label: Mapped[str] = mapped_column(String)
    position: Mapped[int] = mapped_column(Integer)


class Import(Base):
    """One import: when, of what, with which result. Times are UTC."""

    __tablename__ = "imports"

    import_id: Mapped[int] = mapped_column(Integer, primary_key=True)
    started_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    finished_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    loaded: Mapped[bool] = mapped_column(Boolean)
    files: Mapped[list[Any]] = mapped_column(JSON)
    mapping: Mapped[str | None] = mapped_column(String)
    counts: Mapped[dict[str, Any]] = mapped_column(JSON)


class RejectedRow(Base):
    """A row that an import refused, with the reason and the whole row as it came."""

    __tablename__ = "rejected_rows"

    import_id: Mapped[int] = mapped_column(ForeignKey("imports.import_id"), primary_key=True)
    file: Mapped[str] = mapped_column(String, primary_key=True)
    row: Mapped[int] = mapped_column(Integer, primary_key=True)
    column: Mapped[str | None] = mapped_column(String)
    value: Mapped[str | None] = mapped_column(String)
    reason: Mapped[str] = mapped_column(String)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)


class Person(Base):
    """Somebody who may sign in, known by e-mail address or by the provider's subject."""

    __tablename__ = "people"
    __table_args__ = (CheckConstraint("email IS NOT NULL OR subject IS NOT NULL", name="known_by"),)

    person_id: Mapped[int] = mapped_column(Integer, primary_key=True)
    name: Mapped[str] = mapped_column(String)
    email: Mapped[str | None] = mapped_column(String, unique=True)
    subject: Mapped[str | None] = mapped_column(String, unique=True)


class Grant(Base):
    """A role that a person holds for a time, in a district, a county, or `all`."""

    __tablename__ = "grants"
    __table_args__ = (in_order("from_on", "to_on"),)

    grant_id: Mapped[int] = mapped_column(Integer, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.person_id"), index=True)
    role: Mapped[str] = mapped_column(String)
    area: Mapped[str] = mapped_column(String)
    case_manager_id: Mapped[str | None] = refers_to("case_managers.case_manager_id")
    from_on: Mapped[date]
    to_on: Mapped[date | None]
    reason: Mapped[str] = mapped_column(String)
    withdrawn_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class GroupGrant(Base):
    """What everybody in a group of the sign-in provider may do, by the group's name or id."""

    __tablename__ = "group_grants"

    group: Mapped[str] = mapped_column(String, primary_key=True)
    role: Mapped[str] = mapped_column(String, primary_key=True)
    area: Mapped[str] = mapped_column(String, primary_key=True)
    reason: Mapped[str] = mapped_column(String)


class SignIn(Base):
    """A person's time at the dashboard, known by a digest; it ends when it is old or idle."""

    __tablename__ = "sign_ins"

    digest: Mapped[str] = mapped_column(String, primary_key=True)
    who: Mapped[str] = mapped_column(String, index=True)
    started_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    seen_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    ended_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class AuditEntry(Base):
    """One line of the trail: who, when (UTC), what, how many rows; no case content."""

    __tablename__ = "audit"

    entry_id: Mapped[int] = mapped_column(Integer, primary_key=True)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), index=True)
    who: Mapped[str] = mapped_column(String)
    role: Mapped[str | None] = mapped_column(String)
    what: Mapped[str] = mapped_column(String)
    details: Mapped[dict[str, Any]] = mapped_column(JSON)
    rows: Mapped[int | None]


class Setting(Base):
    """A setting that differs from the program's default."""

    __tablename__ = "settings"

    name: Mapped[str] = mapped_column(String, primary_key=True)
    value: Mapped[Any] = mapped_column(JSON)


class Change(Base):
    """A setting, target, capacity or annotation as it was before a person changed it, and after.

    `before` is empty where there was none, `after` where it was taken away.
    """

    __tablename__ = "changes"

    change_id: Mapped[int] = mapped_column(Integer, primary_key=True)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    who: Mapped[str] = mapped_column(String)
    what: Mapped[str] = mapped_column(String)
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    after: Mapped[dict[str, Any] | None] = mapped_column(JSON)


class SavedView(Base):
    """A choice of page and filters that a person keeps; the nameless one is their last."""

    __tablename__ = "saved_views"

    who: Mapped[str] = mapped_column(String, primary_key=True)
    name: Mapped[str] = mapped_column(String, primary_key=True)
    page: Mapped[str] = mapped_column(String)
    choice: Mapped[dict[str, Any]] = mapped_column(JSON)
    saved_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class Release(Base):
    """Protected numbers as they were released: the cuts, what was withheld and why.

    `counted` holds the true counts of that day, from which corrections are told later; they are
    never shown to a protected role.
    """

    __tablename__ = "releases"

    release_id: Mapped[int] = mapped_column(Integer, primary_key=True)
    made_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    through: Mapped[date]
    rules: Mapped[dict[str, Any]] = mapped_column(JSON)
    cuts: Mapped[dict[str, Any]] = mapped_column(JSON)
    withheld: Mapped[list[Any]] = mapped_column(JSON)
    counted: Mapped[dict[str, Any]] = mapped_column(JSON)


class Meeting(Base):
    """A partnership meeting: the release that it was shown, and what was shown beside it.

    Its slides, its decisions, and the service's own facts (targets, notes, places) as they were.
    """

    __tablename__ = "meetings"

    on: Mapped[date] = mapped_column(primary_key=True)
    release_id: Mapped[int] = mapped_column(ForeignKey("releases.release_id"), index=True)
    slides: Mapped[list[str] | None] = mapped_column(JSON)
    decisions: Mapped[list[str] | None] = mapped_column(JSON)
    own: Mapped[dict[str, str] | None] = mapped_column(JSON)
    opened_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class KeptCount(Base):
    """A measure's month in a district, kept when the closed cases behind it were removed."""

    __tablename__ = "kept_counts"

    measure: Mapped[str] = mapped_column(String, primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    area: Mapped[str] = mapped_column(String, primary_key=True)
    numerator: Mapped[float | None] = mapped_column(Float)
    denominator: Mapped[float | None] = mapped_column(Float)
    value: Mapped[float | None] = mapped_column(Float)
