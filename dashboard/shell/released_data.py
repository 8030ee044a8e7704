"""What a release covers, for those who see nothing else: how fresh it is and how much is hidden."""

from dashboard.panels.released_cover import COVER, HIDDEN
from dashboard.shell.released_screen import ReleasedScreen, ReleasedVisit
from queries.words import day


def show_release(visit: ReleasedVisit) -> None:
    """The periods that have been released, and what share of their numbers is hidden."""
    release = visit.view.release
    screen = ReleasedScreen(visit, f"Numbers are released to {day(release.through)}")
    screen.head(())
    screen.rows([[COVER], [HIDDEN]])
