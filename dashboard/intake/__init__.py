"""Records coming in: read files, map headings and codes, check rows, load, report."""

from dashboard.intake.importing import run_import
from dashboard.intake.problems import NotLoadable
from dashboard.intake.rejected import file_for, read_rejected, write_rejected
from dashboard.intake.report import Report
from dashboard.intake.uploads import Upload, load_uploads

__all__ = [
    "NotLoadable",
    "Report",
    "Upload",
    "file_for",
    "load_uploads",
    "read_rejected",
    "run_import",
    "write_rejected",
]
