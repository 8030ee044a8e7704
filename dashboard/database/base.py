"""What every table of the case database is made of."""

from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, MetaData, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from dashboard.database.code_lists import CodeList

# Constraints have names of their own, so that a migration can name what it changes.
NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """The parent of all tables. Ids are text, as the source system gives them."""

    metadata = MetaData(naming_convention=NAMING)


def identifier(**options: Any) -> Mapped[str]:
    """The record's own id, as the source system gives it."""
    return mapped_column(String, primary_key=True, **options)


def refers_to(column: str, **options: Any) -> Mapped[Any]:
    """A reference to another record; indexed, because every page follows it."""
    options.setdefault("index", not options.get("primary_key", False))
    return mapped_column(String, ForeignKey(column), **options)


def coded(code_list: CodeList, **options: Any) -> Mapped[Any]:
    """A value from a code list. Intake reads the list from `info`."""
    return mapped_column(String, info={"codes": code_list.name}, **options)


def one_of(column: str, code_list: CodeList) -> CheckConstraint:
    """A closed list is also held by the database itself."""
    values = ", ".join(f"'{value}'" for value in code_list.values)
    return CheckConstraint(f"{column} IN ({values})", name=f"{column}_known")


def in_order(first: str, then: str) -> CheckConstraint:
    """`then` is not before `first`; either may be missing."""
    return CheckConstraint(f"{then} >= {first}", name=f"{first}_then_{then}")
