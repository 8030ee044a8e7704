"""The log: one JSON object a line, without anything that a record says.

A message of the program's own is written as it is. What comes with an error may quote a record
(an id, a date, a name): of an error the log keeps its kind, the places in the program, and its
message with everything quoted and every number left out.
"""

import logging
import re
import sys
import traceback
from types import TracebackType

from pythonjsonlogger.core import RESERVED_ATTRS
from pythonjsonlogger.json import JsonFormatter

_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"|`[^`]*`|‘[^’]*’|“[^”]*”")
_WITH_DIGITS = re.compile(r"[\w.@-]*\d[\w.@-]*")
_LONGEST = 300
_ABOUT_THREADS = "streamlit.runtime.scriptrunner_utils.script_run_context"

_ErrorInfo = (
    tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
)


def without_values(text: str) -> str:
    """The words of a message, with what may come from a record replaced by a dash."""
    first = text.strip().partition("\n")[0]
    return _WITH_DIGITS.sub("–", _QUOTED.sub("–", first))[:_LONGEST]


def in_short(problem: BaseException) -> dict[str, object]:
    """An error as the log keeps it: `kind`, `says`, and `places`, the innermost last."""
    frames = traceback.extract_tb(problem.__traceback__)
    return {
        "kind": type(problem).__name__,
        "says": without_values(str(problem)),
        "places": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames[-12:]],
    }


class OneLine(JsonFormatter):
    """A record of the log as one JSON object, its error shortened."""

    def __init__(self) -> None:
        super().__init__(
            "{asctime}{levelname}{name}{message}",
            style="{",
            rename_fields={"asctime": "at", "levelname": "level", "name": "logger"},
            datefmt="%Y-%m-%dT%H:%M:%S%z",
            json_ensure_ascii=False,
            reserved_attrs=[*RESERVED_ATTRS, "color_message"],
        )

    def formatException(self, ei: _ErrorInfo) -> str:  # noqa: N802
        if ei[1] is None:
            return ""
        return " | ".join(f"{name}: {value}" for name, value in in_short(ei[1]).items())


def _is_told_elsewhere(record: logging.LogRecord) -> bool:
    # An error of a page is logged once, with its number (serving/errors.py).
    return record.name == "streamlit.error_util" and "Uncaught app" in record.getMessage()


def write_logs() -> None:
    """Send every log of what is imported by now to standard error, a line each."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(OneLine())
    handler.addFilter(lambda record: not _is_told_elsewhere(record))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("dashboard").setLevel(logging.INFO)
    for logger in logging.root.manager.loggerDict.values():
        if isinstance(logger, logging.Logger) and logger.handlers:
            # Streamlit gives each of its loggers, and those of the server, a handler and a level.
            logger.handlers = []
            logger.propagate = True
            logger.setLevel(logging.NOTSET)
    # Said of the thread that reads the records before the first visitor, where it is meant.
    logging.getLogger(_ABOUT_THREADS).setLevel(logging.ERROR)
