"""Periods that people ask for by name, from the day on which they ask."""

from datetime import date, timedelta

Period = tuple[date, date]  # first and last day, both included

YEAR_TO_DATE = "Financial year to date"


def month_start(day: date, back: int = 0) -> date:
    """The first of the month `back` months before the day's own."""
    years, month = divmod(day.month - 1 - back, 12)
    return date(day.year + years, month + 1, 1)


def financial_year_start(day: date) -> date:
    """The 1 April on or before the day."""
    return date(day.year - (day.month < 4), 4, 1)


def year_to_date(as_at: date) -> Period:
    """From 1 April to the day."""
    return financial_year_start(as_at), as_at


def presets(as_at: date, launch: date) -> dict[str, Period]:
    """Named periods that end on or before the day; only complete months and quarters."""
    tomorrow = as_at + timedelta(days=1)
    running = month_start(tomorrow)  # the month that is not over yet; its first day is excluded
    last = running - timedelta(days=1)
    quarter = month_start(running, (running.month - 1) % 3)
    named = {
        YEAR_TO_DATE: year_to_date(as_at),
        "Last 12 complete months": (month_start(running, 12), last),
        "Last complete month": (month_start(running, 1), last),
        "Last complete quarter": (month_start(quarter, 3), quarter - timedelta(days=1)),
    }
    if launch <= as_at:
        named["Since launch"] = (launch, as_at)
    return named
