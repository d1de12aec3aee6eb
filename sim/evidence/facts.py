"""The fact tables: one figure a row, with its unit, place, year, quality mark and source."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from sim.evidence.paths import DATA
from sim.evidence.sources import QUALITIES
from sim.evidence.tables import Row, read_rows

THEMES = ("wages", "billing", "grants", "costs", "workforce")
COLUMNS = ("key", "fact", "value", "low", "high", "unit", "place", "year", "quality", "source", "note")
RATE_COLUMNS = (
    "state",
    "payer",
    "year",
    "code",
    "service",
    "unit",
    "individual_usd_per_unit",
    "group_usd_per_unit",
    "max_units_per_client_day",
    "max_units_per_client_period",
    "period_months",
    "max_group_size",
    "quality",
    "source",
    "note",
)


@dataclass(frozen=True, slots=True)
class Fact:
    """One figure; value is None where only a range is known, year where the source bears none."""

    key: str
    fact: str
    value: float | None
    low: float | None
    high: float | None
    unit: str
    place: str
    year: int | None
    quality: str
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class Rate:
    """What a payer pays for peer services in a state, and the limits on units; None is not known."""

    state: str
    payer: str
    year: int | None
    code: str
    service: str
    unit: str
    individual_usd_per_unit: float | None
    group_usd_per_unit: float | None
    max_units_per_client_day: float | None
    max_units_per_client_period: float | None
    period_months: float | None
    max_group_size: float | None
    quality: str
    source: str
    note: str


@cache
def load_facts(theme: str) -> Mapping[str, Fact]:
    """Return the facts of data/<theme>.csv by key."""
    return read_facts(DATA / f"{theme}.csv")


@cache
def load_rates() -> tuple[Rate, ...]:
    """Return the rates and unit rules of data/rates.csv."""
    return tuple(_rate(row) for row in read_rows(DATA / "rates.csv", RATE_COLUMNS))


def read_facts(path: Path) -> Mapping[str, Fact]:
    """Return the facts of one file by key; raise EvidenceError at the first fault."""
    facts: dict[str, Fact] = {}
    for row in read_rows(path, COLUMNS):
        fact = _fact(row)
        if fact.key in facts:
            raise row.fault("key", "appears twice")
        facts[fact.key] = fact
    return MappingProxyType(facts)


def _fact(row: Row) -> Fact:
    value, low, high = (row.optional_number(column) for column in ("value", "low", "high"))
    ends = [number for number in (low, value, high) if number is not None]
    if not ends:
        raise row.fault("value", "a fact needs a value or a range")
    if ends != sorted(ends):
        raise row.fault("value", f"must lie within low {low} and high {high}")
    return Fact(
        key=row.text("key"),
        fact=row.text("fact"),
        value=value,
        low=low,
        high=high,
        unit=row.text("unit"),
        place=row.text("place"),
        year=_year(row),
        quality=row.choice("quality", QUALITIES),
        source=row.text("source"),
        note=row.cells["note"],
    )


def _rate(row: Row) -> Rate:
    return Rate(
        state=row.text("state"),
        payer=row.text("payer"),
        year=_year(row),
        code=row.cells["code"],
        service=row.text("service"),
        unit=row.text("unit"),
        individual_usd_per_unit=row.optional_number("individual_usd_per_unit"),
        group_usd_per_unit=row.optional_number("group_usd_per_unit"),
        max_units_per_client_day=row.optional_number("max_units_per_client_day"),
        max_units_per_client_period=row.optional_number("max_units_per_client_period"),
        period_months=row.optional_number("period_months"),
        max_group_size=row.optional_number("max_group_size"),
        quality=row.choice("quality", QUALITIES),
        source=row.text("source"),
        note=row.cells["note"],
    )


def _year(row: Row) -> int | None:
    year = row.optional_number("year")
    return None if year is None else int(year)
