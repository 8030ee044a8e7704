"""The dashboard's own tables: imports, what was refused, people and grants, the trail."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Boolean, CheckConstraint, DateTime, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from dashboard.database.base import Base, in_order, refers_to


class Mark(Base):
    """Facts about the database itself: `made_up` ("yes" where demo made it), `version`."""

    __tablename__ = "marks"

    name: Mapped[str] = mapped_column(String, primary_key=True)
    value: Mapped[str] = mapped_column(String)


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


class Release(Base):
    """Protected numbers as they were released: the cuts, and what was withheld and why."""

    __tablename__ = "releases"

    release_id: Mapped[int] = mapped_column(Integer, primary_key=True)
    made_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    through: Mapped[date]
    rules: Mapped[dict[str, Any]] = mapped_column(JSON)
    cuts: Mapped[dict[str, Any]] = mapped_column(JSON)
    withheld: Mapped[list[Any]] = mapped_column(JSON)
