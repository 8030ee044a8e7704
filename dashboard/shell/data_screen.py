"""The screen of the data page: it knows what day it is, and where a steward loads records."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

import polars as pl

from dashboard.panel import Panel
from dashboard.panels import data
from dashboard.shell.screen import Screen
from dashboard.shell.visit import current
from queries.freshness import how_fresh_on, too_old


class DataScreen(Screen):
    """How old the newest record is, is told by today's date, which is no part of any answer."""

    def __init__(self) -> None:
        visit = current()
        self._today = visit.standing.now.date()
        self._usual = visit.snapshot.settings.stale_days
        reading = partial(how_fresh_on, today=self._today, usual=self._usual)
        self.fresh: Panel = replace(data.FRESHNESS, reading=reading)
        sees_quality = visit.viewer.role.sees_data_quality
        super().__init__(self._title, data.ALL if sees_quality else data.FRESH_ONLY)

    def _title(self, frames: Mapping[str, pl.DataFrame]) -> str:
        """What is wrong with the records; that none came for too long goes before all else."""
        old = too_old(frames[data.FRESHNESS.key], self._today, self._usual)
        return old or data.headline(frames)

    def _what_is_missing(self) -> tuple[str, str] | None:
        """Whoever loads records here is shown to the form below in place of the command line."""
        missing, snapshot = super()._what_is_missing(), self.visit.snapshot
        if missing is None or not snapshot.is_empty or not self.role.loads_records:
            return missing
        title = missing[0]
        if snapshot.recorded("imports"):
            title = "No referrals or cases have been loaded yet"
        return (
            title,
            "Choose your files below, under “Load records from files”. They are tried first, and "
            "loaded by a second press. Larger ones are loaded at the command line, as the README "
            "says.",
        )
