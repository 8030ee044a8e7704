"""How long cases stay open."""

import numpy as np

from queries.statistics.numbers import Floats, Numbers, counts, floats

AT_RISK_NEEDED = 10
RECENT = 182


def log_survival(days: Numbers, closed: Numbers, horizon: int) -> Floats:
    """Logarithm of the share of cases still open after each day since allocation, 0 to `horizon`.

    `days`: whole days from allocation to closure, or for open cases (`closed` false) to now.
    As far as ten cases have come (or all, if there are fewer) it is the estimate of Kaplan and
    Meier 1958; beyond, cases are taken to close at the one rate at which those of the half-year
    of ages before, and older, have closed. Half a closure and half a case are added where a rate
    of nothing, or of all, would rest on a few cases. At least one case is needed. A logarithm,
    because the share itself runs out of digits where all cases so far were short.
    """
    age = counts(days).astype(np.int64)
    ended = floats(closed) > 0
    length = max(int(age.max()), horizon) + 1
    closures = np.bincount(age[ended], minlength=length)
    at_risk = np.bincount(age, minlength=length)[::-1].cumsum()[::-1]
    closing = np.minimum(closures, at_risk - 0.5) / np.maximum(at_risk, 1)
    still_open = np.cumsum(np.log1p(-closing))
    last = int(np.flatnonzero(at_risk >= min(AT_RISK_NEEDED, len(age)))[-1])
    recent = slice(max(0, last - RECENT), None)
    rate = (closures[recent].sum() + 0.5) / at_risk[recent].sum()
    still_open[last:] = still_open[last] - rate * np.arange(length - last)
    until: Floats = still_open[: horizon + 1]
    return until
