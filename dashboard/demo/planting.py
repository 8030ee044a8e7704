"""Which cases the stories of a case fall to in one database."""

import numpy as np

from dashboard.demo.cases import Cases
from dashboard.demo.chance import Bools
from dashboard.demo.stories import QUIET_AGE, QUIET_DAYS, RISING_AGE


def plant(rng: np.random.Generator, held: Cases, today: int) -> dict[str, int]:
    """Mark the cases of the stories; the key of each story with its case's position.

    A service too young or too small to have such a case goes without that story.
    """
    planted: dict[str, int] = {}
    age = today - held.allocated
    stays = held.closed > today + 30
    for key, (youngest, oldest) in (("case_gone_quiet", QUIET_AGE), ("risk_risen", RISING_AGE)):
        fits = stays & (age >= youngest) & (age <= oldest)
        fits[list(planted.values())] = False
        if fits.any():
            planted[key] = _one_of(rng, fits)
    if "case_gone_quiet" in planted:
        held.quiet_from[planted["case_gone_quiet"]] = today - QUIET_DAYS
    if "risk_risen" in planted:
        held.rising[planted["risk_risen"]] = True
    return planted


def _one_of(rng: np.random.Generator, fits: Bools) -> int:
    return int(rng.choice(np.flatnonzero(fits)))
