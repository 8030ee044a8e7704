"""Records coming in: read files, map headings and codes, check rows, load, report."""

from dashboard.intake.importing import run_import
from dashboard.intake.problems import NotLoadable
from dashboard.intake.rejected import write_rejected
from dashboard.intake.report import Report

__all__ = ["NotLoadable", "Report", "run_import", "write_rejected"]
