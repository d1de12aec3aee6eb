"""Declare inputs: every field has a unit, a range, a description and an evidence key."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, WithJsonSchema
from pydantic.fields import FieldInfo

from sim.units import month_number, month_text

MONTH_PATTERN = r"^(19[5-9]\d|20\d\d|21[0-4]\d)-(0[1-9]|1[0-2])$"
MONTHS_KNOWN = "from 1950 to 2149"  # the years that MONTH_PATTERN takes, in words
LOWEST_WAGE = 1.0  # USD an hour: what is less is no wage, and a ratio to it means nothing


class Table(BaseModel):
    """One frozen table of a scenario; unknown keys, NaN and infinity are errors."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, strict=True)


def _checked_month(text: str) -> str:
    month = month_text(month_number(text))  # the same month in the same digits
    if re.fullmatch(MONTH_PATTERN, month) is None:
        raise ValueError(f"{text!r} lies outside the years {MONTHS_KNOWN}")
    return month


Month = Annotated[
    str,
    AfterValidator(_checked_month),
    WithJsonSchema({"type": "string", "pattern": MONTH_PATTERN}),
]
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]


MARKS = (
    "decided",  # the default stands for a decision, a contract, or what an employer can look up: futures do not draw it
    "grows",  # an amount that the model lets grow from the month in which it was last set
)


def given(default: Any = ..., *, unit: str, evidence: str, about: str, **more: Any) -> Any:
    """Return a pydantic field that carries unit, evidence key and marks (`MARKS`) beside its range and description.

    `also` may name other words that people have for it, by which it is found too.
    """
    marks: dict[str, Any] = {mark: True for mark in MARKS if more.pop(mark, False)}
    also = {"also": more.pop("also")} if "also" in more else {}
    extra: dict[str, Any] = {"unit": unit, "evidence": evidence} | marks | also
    return Field(default, description=about, json_schema_extra=extra, **more)


def mark_of(field: FieldInfo, name: str) -> Any:
    """What a field carries under a name: its unit, its evidence key, a mark; None where it carries none."""
    extra = field.json_schema_extra
    return extra.get(name) if isinstance(extra, dict) else None


def share(default: Any = ..., *, evidence: str, about: str, of: str = "share", le: float = 1.0, **more: Any) -> Any:
    """Return a field for a share from 0 to 1."""
    return given(default, unit=of, evidence=evidence, about=about, ge=0.0, le=le, **more)
