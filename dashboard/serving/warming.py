"""Done before the first visitor comes: everything is imported, and the records are read."""

import logging
from collections.abc import Callable
from importlib import import_module
from pkgutil import walk_packages
from time import perf_counter

import plotly.graph_objects as go

from dashboard.database import DatabaseNotUsable
from dashboard.snapshot import Store

log = logging.getLogger(__name__)

# Streamlit imports it when a page first shows a table; Plotly, in another visitor's thread, would
# take up what is half imported. So it is whole before anybody is let in.
import_module("pandas")

ROOMS = ("dashboard.shell", "dashboard.draw", "dashboard.panels", "dashboard.export", "queries")


def import_rooms() -> None:
    """Import every module that a page may ask for, and what those import when first used."""
    for room in ROOMS:
        package = import_module(room)
        for module in walk_packages(package.__path__, f"{room}."):
            try:
                import_module(module.name)
            except Exception:  # a page that needs it will say so; the others need not wait for it
                log.exception("A module could not be imported", extra={"module_name": module.name})
    go.Figure(go.Scatter(y=[1])).to_json()


def read_records(store: Callable[[], Store]) -> None:
    """Read the snapshot. Where that cannot be, the pages say so, and try again."""
    began = perf_counter()
    try:
        snapshot = store().current()
        snapshot.tally()
    except DatabaseNotUsable as problem:
        log.warning("No records could be read: %s", problem)
        return
    except Exception:  # pages will fail with it too, each with its number; the server stays up
        log.exception("The records could not be read")
        return
    log.info(
        "The records are read",
        extra={
            "seconds": round(perf_counter() - began, 2),
            "records_to": snapshot.latest.isoformat() if snapshot.latest else None,
            "version": snapshot.version,
        },
    )
