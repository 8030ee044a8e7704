"""A person's views: the last one they looked at, and those that they keep under a name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Engine, delete, insert, select

from dashboard.database.tables import SavedView
from dashboard.keeping.changes import NotKept, changing

LAST = ""  # the name of the last view
TOUR = " tour"  # no view: the person was shown round; a name that is given begins with no space
MOST = 20
LONGEST = 60

Choice = Mapping[str, Sequence[str]]  # the parameters of a page's address


@dataclass(frozen=True)
class View:
    """A page and its filters, as parameters of its address."""

    name: str
    page: str
    choice: Choice


def views_of(engine: Engine, who: str) -> list[View]:
    """All of a person's named views by name, and the last one first where there is one."""
    chosen = (
        select(SavedView.name, SavedView.page, SavedView.choice)
        .where(SavedView.who == who, SavedView.name != TOUR)
        .order_by(SavedView.name)
    )
    with changing(engine) as connection:
        return [View(*row) for row in connection.execute(chosen)]


def keep_view(engine: Engine, who: str, view: View) -> None:
    """Keep a view under its name, in place of one of that name. Raises NotKept."""
    name = " ".join(view.name.split())
    if len(name) > LONGEST:
        raise NotKept(f"The name has {len(name)} characters; use at most {LONGEST}.")
    with changing(engine) as connection:
        of_name = (SavedView.who == who, SavedView.name == name)
        connection.execute(delete(SavedView).where(*of_name))
        named = connection.scalars(
            select(SavedView.name).where(SavedView.who == who, SavedView.name.not_in((LAST, TOUR)))
        ).all()
        if name != LAST and len(named) >= MOST:
            raise NotKept(f"You keep {MOST} views already. Remove one first.")
        connection.execute(
            insert(SavedView).values(
                who=who,
                name=name,
                page=view.page,
                choice={key: list(values) for key, values in view.choice.items()},
                saved_at=datetime.now(UTC),
            )
        )


def drop_view(engine: Engine, who: str, name: str) -> None:
    """Forget a view."""
    with changing(engine) as connection:
        connection.execute(delete(SavedView).where(SavedView.who == who, SavedView.name == name))
