"""Read what a cell says as payrolls write it: dates and numbers, in every form in which only one can be meant.

Whether 11/03/2023 is in March or in November is told by the file's other dates, or by the user; it is never guessed.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from sim.scenario.read.roster_csv import CENTURY, DAY_NUMBERS, EPOCH, NEXT_CENTURY_BEFORE
from sim.scenario.read.roster_csv import MONTHS as NAMES
from sim.units import MONTHS_PER_YEAR

Order = Literal["month-first", "day-first"]
MONTH_FIRST: Final[Order] = "month-first"
DAY_FIRST: Final[Order] = "day-first"
YEARS: Final = range(1930, 2101)
NEVER: Final = 2900  # a year from which on a leaving date means that nobody left
MIDDLE: Final = 0.5
LONGEST: Final = 60  # letters of a date
RULE: Final = "is no date that is known here"
FIX: Final = "write it as 2024-03-15 or 2024-03"

_TIME: Final = re.compile(r"[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?( ?[AaPp][Mm])?(Z| ?UTC|[+-]\d{2}:?\d{2})?$")
_WEEKDAY: Final = re.compile(r"^(mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,? ", re.IGNORECASE)
_YEAR_FIRST: Final = re.compile(r"(\d{4})[-/. ](\d{1,2})(?:[-/. ](\d{1,2}))?\.?")
_COMPACT: Final = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_NUMBERS: Final = re.compile(r"(\d{1,2})[-/. ] ?(\d{1,2})[-/. ] ?(\d{2}|\d{4})")
_MONTH_YEAR: Final = re.compile(r"(\d{1,2})[-/.](\d{4})")
_DAY_NAME: Final = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\.?[-/ ]+(?:of )?([a-z]{3,9})\.?,?[-/ ]+(\d{2}|\d{4})")
_NAME_DAY: Final = re.compile(r"([a-z]{3,9})\.?[-/ ]+(\d{1,2})(?:st|nd|rd|th)?,?[-/ ]+(\d{4})")
_NAME_YEAR: Final = re.compile(r"([a-z]{3,9})\.?,?[-/ ]+(\d{2}|\d{4})")
_YEAR_NAME: Final = re.compile(r"(\d{4})[-/ ]+([a-z]{3,9})\.?(?:[-/ ]+(\d{1,2}))?")

LONGEST_NUMBER: Final = 30
_MARKS: Final = re.compile(r"^\$\s*|\s*(usd|dollars?|\$)?\s*(/|per|an)?\s*(hour|hr|h)?\.?$", re.IGNORECASE)
_ENGLISH: Final = re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?|\d+(\.\d+)?|\.\d+")
_DECIMAL_COMMA: Final = re.compile(r"\d{1,3}([. ]\d{3})+(,\d+)?|\d+(,\d+)?|,\d+")


@dataclass(frozen=True)
class Day:
    """A day, or a month without its day (0)."""

    year: int
    month: int
    day: int = 0

    @property
    def months(self) -> float:
        """The middle of it in months since year 0."""
        if not self.day:
            return self.whole_months + MIDDLE
        return self.whole_months + (self.day - MIDDLE) / calendar.monthrange(self.year, self.month)[1]

    @property
    def whole_months(self) -> int:
        """The start of its month in months since year 0."""
        return self.year * MONTHS_PER_YEAR + self.month - 1


@dataclass(frozen=True)
class Either:
    """Two numbers of which the first or the second is the month."""

    first: int
    second: int
    year: int

    @property
    def order(self) -> Order | None:
        """The order that it shows; None where both can be meant."""
        return DAY_FIRST if self.first > MONTHS_PER_YEAR else MONTH_FIRST if self.second > MONTHS_PER_YEAR else None

    @property
    def open(self) -> bool:
        """Whether the order decides which day is meant."""
        return self.order is None and self.first != self.second

    def read(self, order: Order) -> Day | None:
        """Return the day in an order; None where there is none."""
        month, day = (self.first, self.second) if order == MONTH_FIRST else (self.second, self.first)
        return _day(self.year, month, day)


def date_in(cell: str) -> Day | Either | None:
    """Return what a cell says; None where it is no date."""
    if len(cell) > LONGEST:
        return None
    text = _WEEKDAY.sub("", _TIME.sub("", cell.strip())).strip()
    if text.isdecimal() and len(text) == len("45000") and int(text) in DAY_NUMBERS:
        day = EPOCH + dt.timedelta(days=int(text))
        return Day(day.year, day.month, day.day)
    for pattern, parts in ((_YEAR_FIRST, (0, 1, 2)), (_COMPACT, (0, 1, 2)), (_MONTH_YEAR, (1, 0, None))):
        found = pattern.fullmatch(text)
        if found is not None:
            return _of_numbers(found.groups(), parts)
    numbers = _NUMBERS.fullmatch(text)
    if numbers is not None:
        either = Either(int(numbers[1]), int(numbers[2]), _year(numbers[3]))
        return either if any(either.read(order) for order in (MONTH_FIRST, DAY_FIRST)) else None
    return _in_words(text.lower())


def _of_numbers(groups: tuple[str | None, ...], parts: tuple[int, int, int | None]) -> Day | None:
    year, month = groups[parts[0]], groups[parts[1]]
    day = None if parts[2] is None else groups[parts[2]]
    assert year is not None
    assert month is not None
    return _day(int(year), int(month), None if day is None else int(day))


def _in_words(text: str) -> Day | None:
    for pattern, (year, name, day) in (
        (_DAY_NAME, (3, 2, 1)),
        (_NAME_DAY, (3, 1, 2)),
        (_NAME_YEAR, (2, 1, None)),
        (_YEAR_NAME, (1, 2, 3)),
    ):
        found = pattern.fullmatch(text)
        if found is not None and found[name][:3] in NAMES and _is_month(found[name]):
            whole = None if day is None or found[day] is None else int(found[day])
            return _day(_year(found[year]), NAMES.index(found[name][:3]) + 1, whole)
    return None


def _is_month(word: str) -> bool:
    full = calendar.month_name[NAMES.index(word[:3]) + 1].lower()
    return full.startswith(word) or word == "sept"


def _day(year: int, month: int, day: int | None) -> Day | None:
    if not 1 <= month <= MONTHS_PER_YEAR or not (year in YEARS or year >= NEVER):
        return None
    if day is not None and not 1 <= day <= calendar.monthrange(min(year, YEARS.stop), month)[1]:
        return None
    return Day(year, month, day or 0)


def _year(text: str) -> int:
    year = int(text)
    if len(text) > len("24"):
        return year
    return year + (CENTURY if year < NEXT_CENTURY_BEFORE else CENTURY - 100)


def orders_shown(dates: Iterable[Either]) -> set[Order]:
    """Return the orders that the dates show which can be read in one way only."""
    return {one.order for one in dates if one.order is not None}


def number_in(cell: str, low: float, high: float) -> float | None:
    """Return the one number within limits that a cell can mean; None where there is none, or more than one."""
    if len(cell) > LONGEST_NUMBER:
        return None
    whole = 100.0 if cell.endswith("%") else 1.0
    meant = _meant(_MARKS.sub("", cell.removesuffix("%").strip()).strip())
    inside = [one / whole for one in meant if low <= one / whole <= high]
    return inside[0] if len(inside) == 1 else None


def _meant(text: str) -> set[float]:
    """Return the numbers that a text can mean, with a point or a comma before the decimals."""
    meant = set()
    if _ENGLISH.fullmatch(text):
        meant.add(float(text.replace(",", "")))
    if _DECIMAL_COMMA.fullmatch(text):
        meant.add(float(re.sub("[. ]", "", text).replace(",", ".")))
    return meant
