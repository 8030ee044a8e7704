"""What may be granted to whom, and by whom: what every change of a role is held against."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, or_, select

from dashboard.access.grants import EVERYWHERE, holding
from dashboard.access.roles import Role
from dashboard.database.tables import Area, CaseManager, Grant
from queries.words import day


class NotGranted(Exception):
    """A change that may not be made; the message says why, and nothing was changed."""


class Forbidden(NotGranted):
    """A change that this person may not make at all; the trail is told of it, and `why` not."""

    def __init__(self, words: str, why: str) -> None:
        super().__init__(words)
        self.why = why
        self.by = By("")
        self.tried: dict[str, Any] = {}


@dataclass(frozen=True)
class By:
    """Who makes a change. `role` is None at the command line, where the computer's owner works."""

    who: str
    role: Role | None = None


@dataclass(frozen=True)
class Wanted:
    """A role to give: in an area, from a day, up to but not on another, and why."""

    role: Role
    area: str = EVERYWHERE
    from_on: date | None = None
    to_on: date | None = None
    case_manager: str | None = None
    reason: str = ""


@contextmanager
def trying(by: By, tried: dict[str, Any]) -> Iterator[None]:
    """What is forbidden within is known by who tried it, and what that was."""
    try:
        yield
    except Forbidden as problem:
        problem.by, problem.tried = by, tried
        raise


def require_administrator(by: By) -> None:
    """The command line is the computer owner's; on the screen it takes an administrator."""
    if by.role not in (None, Role.ADMINISTRATOR):
        raise Forbidden("Only administrators grant and withdraw roles.", "not an administrator")


def require_another(by: By, oneself: bool, words: str) -> None:
    """Nobody raises themselves, by a grant of their own or of a group of theirs."""
    if by.role is not None and oneself:
        raise Forbidden(words, "a role for themselves")


def require_reason(reason: str) -> None:
    if not reason.strip():
        raise NotGranted("Give a reason: it is kept with the change.")


def require_possible(connection: Connection, wanted: Wanted) -> None:
    """Role, area, case manager and reason go together, and are known."""
    require_reason(wanted.reason)
    if wanted.area != EVERYWHERE:
        known = or_(Area.area_code == wanted.area, Area.county == wanted.area)
        if not connection.scalar(select(func.count()).select_from(Area).where(known)):
            raise NotGranted(
                f"There is no area “{wanted.area}”. Give a district's code, a county's key, "
                f"or {EVERYWHERE}."
            )
        if wanted.role.everywhere:
            raise Forbidden(
                f"The role {wanted.role.label} is held for the whole service, not for an area.",
                "held for the whole service only",
            )
    if wanted.role is not Role.CASE_MANAGER:
        if wanted.case_manager:
            raise NotGranted("Only the role case manager names a case manager.")
        return
    if not wanted.case_manager:
        raise NotGranted("Say which case manager of the records this is, by their id.")
    worker = select(CaseManager.case_manager_id).where(
        CaseManager.case_manager_id == wanted.case_manager
    )
    if connection.scalar(worker) is None:
        raise NotGranted(f"There is no case manager “{wanted.case_manager}” in the records.")


def require_one_worker(connection: Connection, person: int, wanted: Wanted, start: date) -> None:
    """One person is one worker: who holds cases under two ids would see only those of one."""
    another = select(Grant.case_manager_id).where(
        *_overlapping(person, wanted, start), Grant.case_manager_id != wanted.case_manager
    )
    if connection.scalar(another) is not None:
        raise NotGranted(
            "This person is another case manager at that time. Withdraw that role first."
        )


def require_once(connection: Connection, person: int, wanted: Wanted, start: date) -> None:
    """One role in one area is held once at a time: a second grant would outlive the first."""
    same = select(Grant.grant_id, Grant.from_on, Grant.to_on).where(
        *_overlapping(person, wanted, start),
        Grant.area == wanted.area,
        Grant.case_manager_id == wanted.case_manager,  # none is compared as such
    )
    if held := connection.execute(same.order_by(Grant.from_on)).first():
        until = f"until before {day(held.to_on)}" if held.to_on else "without an end"
        raise NotGranted(
            f"This person has the role {wanted.role.label} for this area already, from "
            f"{day(held.from_on)}, {until} (number {held.grant_id}). To change it, withdraw that "
            "one first, then grant it again."
        )


def require_others(connection: Connection, number: int, today: date) -> None:
    """Another administrator of today has a grant of their own that does not end.

    The rows are locked, so that two administrators cannot take each other away at once.
    """
    found = connection.scalars(
        select(Grant.grant_id)
        .where(
            Grant.role == Role.ADMINISTRATOR.value,
            Grant.area == EVERYWHERE,
            Grant.to_on.is_(None),
            *holding(today),
        )
        .order_by(Grant.grant_id)
        .with_for_update()
    ).all()
    if all(each == number for each in found):
        raise Forbidden(
            "Somebody must stay who can grant roles: this is the last administrator whose role "
            "does not end. Make somebody else administrator first.",
            "the last administrator",
        )


def _overlapping(person: int, wanted: Wanted, start: date) -> tuple[ColumnElement[bool], ...]:
    """Conditions for the person's grants of this role that hold on a day of the wanted one."""
    return (
        Grant.person_id == person,
        Grant.role == wanted.role.value,
        Grant.withdrawn_at.is_(None),
        or_(Grant.to_on.is_(None), Grant.to_on > start),
        *([Grant.from_on < wanted.to_on] if wanted.to_on else []),
    )
