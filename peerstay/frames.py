"""Turn columns into pandas tables: names for codes, dollars for cents, dates for months counted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pandas.api.types import union_categoricals

from sim.runs.exports.dictionary import TABLES, Column
from sim.runs.exports.frames import Coded, Columns, Partial

CENTS: Final = 100.0
IN_CENTS: Final = re.compile(r"^(?:(.+)_)?cents(\..+)?$")
TIME: Final = "time_months"
DAY: Final = Column(
    "date", "date", "the same in the calendar, to the day; a month's close is the first day of the next"
)
FIRST_DAY: Final = Column("date", "date", "first day of the month")


def frame(table: str, parts: Sequence[Columns], start: int) -> pd.DataFrame:
    """Return a table of a run.

    Args:
        table: its name in the dictionary.
        parts: its columns, block by block; where one lacks a column, its rows have nothing there.
        start: the first month, as months since year 0.
    """
    names = dict.fromkeys(name for part in parts for name in part)
    made = pd.DataFrame({_renamed(name): _whole(name, parts) for name in names})
    if TIME in made:
        made.insert(list(made.columns).index(TIME), DAY.name, _dates(made[TIME].to_numpy(dtype=np.float64), start))
    elif table == "panel":
        made[DAY.name] = pd.to_datetime(made[DAY.name].astype(str), format="%Y-%m")
    return made


def documented(table: str) -> list[Column]:
    """Return the columns that `frame` gives a table, with units and what they hold."""
    found = []
    for one in TABLES[table]:
        if one.name == TIME:
            found.append(DAY)
        money = _renamed(one.name) != one.name
        told = FIRST_DAY if (table, one.name) == ("panel", DAY.name) else one
        found.append(replace(told, name=_renamed(told.name), unit="USD" if money else told.unit))
    return found


def _renamed(name: str) -> str:
    return IN_CENTS.sub(lambda found: f"{found[1]}_usd{found[2] or ''}" if found[1] else "usd", name)


def _whole(name: str, parts: Sequence[Columns]) -> Any:
    """Return a column over all parts."""
    own = [part.get(name) for part in parts]
    sizes = [len(np.asarray(part["replication"])) for part in parts]
    if any(isinstance(one, Coded) for one in own):
        return union_categoricals([_words(one, size) for one, size in zip(own, sizes, strict=True)])
    whole = [_numbers(one, size) for one, size in zip(own, sizes, strict=True)]
    known = np.concatenate(whole)
    return known / CENTS if _renamed(name) != name else known


def _words(column: Any, size: int) -> Any:
    """Return a column of words as pandas has them."""
    codes = np.full(size, -1) if column is None else np.maximum(column.codes, -1)
    words = pd.Index([] if column is None else list(column.names), dtype=object)
    return pd.Categorical.from_codes(codes, words)


def _numbers(column: Any, size: int) -> NDArray[Any]:
    if column is None:
        return np.full(size, np.nan)
    if isinstance(column, Partial):
        return np.where(column.known, column.values.astype(np.float64), np.nan)
    return np.asarray(column)


def _dates(months: NDArray[np.float64], start: int) -> pd.DatetimeIndex:
    """Return the day on which each time lies, given in months since the start."""
    whole = np.floor(months)
    first = (whole.astype(np.int64) + start - 1970 * 12).astype("datetime64[M]")
    days = ((first + 1).astype("datetime64[D]") - first.astype("datetime64[D]")).astype(np.float64)
    return pd.DatetimeIndex(first.astype("datetime64[D]") + np.floor((months - whole) * days).astype("timedelta64[D]"))
