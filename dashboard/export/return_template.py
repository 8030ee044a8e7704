"""The template of a funder's return: which columns it has. A TOML file, as each funder has its own.

docs/return-template.toml is an example of all that may stand in it; `USUAL` is taken without one.
"""

import re
import tomllib
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from dashboard.disclosure.parts import BY_KEY, SPLITS
from dashboard.export.taking import NotTaken
from dashboard.intake.toml_places import line_of, places, syntax_mistake
from queries import words

USUAL = Path(__file__).with_name("return.toml")
PART = "{part}"  # in a heading: where the name of the part stands
SHOWN = {"value": "value", "count": "numerator", "n": "denominator"}


class Column(BaseModel):
    """A column: a measure's value, its count or its n; or, of a `split`, one part or all parts."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    heading: str = Field(min_length=1)
    measure: str
    split: str | None = None
    part: str | None = None
    show: Literal["value", "count", "n"] = "value"

    @field_validator("measure")
    @classmethod
    def _is_measure(cls, key: str) -> str:
        if key not in BY_KEY:
            raise ValueError(
                f"there is no measure '{key}'; 'drive-dashboard measures --json' has the keys"
            )
        return key

    @model_validator(mode="after")
    def _known(self) -> Self:
        splits = [each for each in SPLITS if each.measure == self.measure]
        offered = [each.name for each in splits if BY_KEY[each.measure].out_of is None]
        if self.split is not None and self.split not in offered:
            there = ", ".join(offered) or "none"
            raise ValueError(f"{self.measure} has no split '{self.split}'; it has: {there}")
        if self.part is not None and self.split is None:
            raise ValueError("a part needs the split that it is of")
        if self.split and self.part is None and PART not in self.heading:
            raise ValueError(f"a split into all its parts needs {PART} in its heading")
        if self.split and self.show != "value":
            raise ValueError("a split shows its value, a count")
        measure = BY_KEY[self.measure]
        if self.show != "value" and measure.out_of is None and measure.fold != "median":
            raise ValueError(f"{self.measure} is a count: it has a value alone")
        if self.show == "count" and measure.fold == "median":
            raise ValueError(f"{self.measure} is a middle value: it has a value and an n")
        return self

    @property
    def is_share(self) -> bool:
        return self.show == "value" and self.split is None and BY_KEY[self.measure].is_fraction


class Template(BaseModel):
    """The title of a return, the areas that it has rows for, and its columns."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str = "Quarterly return"
    areas: Literal["district", "county", "whole"] = "district"
    column: tuple[Column, ...] = Field(min_length=1)

    @property
    def title_of_year(self) -> str:
        """The title where the rows are years: no such return is quarterly."""
        return words.sentence(re.sub(r"\bquarterly\s+", "", self.title, flags=re.IGNORECASE))

    @model_validator(mode="after")
    def _apart(self) -> Self:
        headings = [column.heading for column in self.column]
        again = sorted({each for each in headings if headings.count(each) > 1})
        if again:
            raise ValueError(f"the heading '{again[0]}' stands twice")
        return self


def read_template(file: Path | None) -> Template:
    """The template of a file, or the usual one; NotTaken, with the line, if it is wrong."""
    source = file or USUAL
    try:
        text = source.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as problem:
        why = getattr(problem, "strerror", None) or "it is no text in UTF-8"
        raise NotTaken(f"The template {source} cannot be read: {why}.") from None
    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise NotTaken(f"{source.name}, {syntax_mistake(problem)}.") from None
    try:
        return Template.model_validate(given)
    except ValidationError as problem:
        lines = places(text)
        errors = problem.errors()
        # Columns with mistakes do not count: that there are too few of them is none of its own.
        own = [error for error in errors if error["type"] != "too_short"] or errors
        said = [_mistake(error, lines) for error in own]
        raise NotTaken("\n".join(f"{source.name}, {each}." for each in said)) from None


def _mistake(error: Any, lines: dict[tuple[str | int, ...], int]) -> str:
    place = error["loc"]
    name = ".".join(str(part) for part in place if not isinstance(part, int))
    what = error["msg"].removeprefix("Value error, ")
    if error["type"] == "extra_forbidden":
        what = "there is no such entry"
    elif error["type"] == "missing":
        what = "it is needed and missing"
    elif error["type"] == "too_short":
        what = "a return needs at least one [[column]]"
    elif error["type"] == "literal_error":
        what = f"it is one of {error['ctx']['expected']}"
    return f"line {line_of(place, lines)}{f', {name}' if name else ''}: {what}"
