"""Whether a person has been shown round: kept with their views, under a name nobody can give."""

from datetime import UTC, datetime

from sqlalchemy import Engine, Select, insert, select

from dashboard.database.tables import SavedView
from dashboard.keeping.changes import changing
from dashboard.keeping.views import TOUR


def shown_round(engine: Engine, who: str) -> bool:
    """Whether the tour was shown to this person before. Raises NotKept."""
    with changing(engine) as connection:
        return connection.scalar(_kept(who)) is not None


def keep_shown_round(engine: Engine, who: str) -> None:
    """Write down that the tour was shown to this person. Raises NotKept."""
    with changing(engine) as connection:
        if connection.scalar(_kept(who)) is None:
            row = {"who": who, "name": TOUR, "page": "", "choice": {}}
            connection.execute(insert(SavedView).values(**row, saved_at=datetime.now(UTC)))


def _kept(who: str) -> Select[str]:
    return select(SavedView.name).where(SavedView.who == who, SavedView.name == TOUR)
