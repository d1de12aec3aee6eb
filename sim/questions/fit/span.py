"""Turn what a file holds into years, between the time from which leavers are known and the last day seen."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from sim.questions.fit.cells import Day
from sim.questions.fit.columns import Columns
from sim.questions.fit.history import CountedYear, Job, Year, followed_years
from sim.questions.fit.reading import LAYOFF, Asked, Person, Read, history_of
from sim.questions.fit.survival import MONTHS
from sim.scenario.problems import Problem, ScenarioError, shown
from sim.units import MONTHS_PER_YEAR
from sim.words.roster import FEWEST

MOST_YEARS: Final = 40


@dataclass(frozen=True)
class Span:
    """When people were observed, in months since year 0, and whether each end is the user's own."""

    since: float
    until: float
    since_stated: bool
    until_stated: bool


@dataclass(frozen=True)
class Observed:
    """A history as it is fitted: its years; of a list of people their jobs too, and from when to when."""

    years: tuple[Year, ...]
    jobs: tuple[Job, ...] = ()
    span: Span | None = None

    @property
    def people(self) -> int:
        """How many people a list has under observation; of yearly counts the most in a year."""
        if self.span is None:
            return max(year.people for year in self.years)
        return sum(one.hired < self.span.until and not one.left < self.span.since for one in self.jobs)

    @property
    def few(self) -> bool:
        """Whether they are too few for anything that rests on them to be told."""
        return self.people < FEWEST

    @property
    def left(self) -> int:
        """How many left."""
        return sum(year.left for year in self.years)

    @property
    def filled_years(self) -> float:
        """Person-years lived in the job."""
        return sum(year.filled_months for year in self.years) / MONTHS_PER_YEAR


def history_read(
    content: bytes, label: str, asked: Asked, since: int | None = None, until: int | None = None
) -> tuple[Read, Observed]:
    """Return how a file is read, and the years in it; see `history_of` and `observed`.

    Raises:
        ScenarioError: with what is wrong.
    """
    read = history_of(content, label, asked)
    return read, observed(read, label, since, until)


def observed(read: Read, label: str, since: int | None = None, until: int | None = None) -> Observed:
    """Return the years of a history.

    Args:
        read: what the file holds.
        label: what faults call it.
        since: month since year 0 from whose start everybody who left is in the file.
        until: month since year 0 at whose end it was seen last.

    Raises:
        ScenarioError: when there is no time, or nothing to say, between the two.
    """
    if read.columns.kind == "counts":
        if (since, until) != (None, None):
            raise _fault(label, "has yearly counts, whose years say from when to when", "leave out --since and --until")
        return Observed(_counted(read, label))
    if "left" not in read.columns.places and since is None:
        raise _without_leaving(read.columns, label)
    return _followed(read.people, label, since, until)


def _without_leaving(columns: Columns, label: str) -> ScenarioError:
    """Return the fault of a list none of whose columns was taken for the date of leaving."""
    seen = shown(", ".join(heading for heading in columns.headings if heading))
    rule = f"no column was taken for the date of leaving; the headings are {seen}"
    fix = "name it, as in --column left=HEADING; if really nobody left, say since when with --since 2021-01"
    return _fault(label, rule, fix)


def _followed(people: Sequence[Person], label: str, since: int | None, until: int | None) -> Observed:
    span = _span(people, label, since, until)
    jobs = tuple(_job(one) for one in people)
    found = Observed(followed_years(jobs, span.since, span.until), jobs, span)
    if not found.filled_years:
        raise _fault(
            label, f"nobody was there from {_told(span.since)} to {_told(span.until)}", "look at --since, --until"
        )
    return found


def _job(one: Person) -> Job:
    if one.left is None:
        return Job(one.hired.months, math.nan)
    return Job(one.hired.months, one.left.months, one.reason == LAYOFF)


def _span(people: Sequence[Person], label: str, since: int | None, until: int | None) -> Span:
    left = [one.left for one in people if one.left is not None]
    first = _first(left, label) if since is None else since
    last = max(one.whole_months for one in [*left, *(one.hired for one in people)])
    end = (last if until is None else until) + 1
    _check(people, label, first, end)
    return Span(float(first), float(end), since is not None, until is not None)


def _check(people: Sequence[Person], label: str, first: int, end: int) -> None:
    """Raise ScenarioError where people cannot have been observed from one month until another."""
    if not first < end or end - first > MOST_YEARS * MONTHS_PER_YEAR:
        rule = f"is observed from {_told(first)} until {_told(end)}: must be one month to {MOST_YEARS} years"
        raise _fault(label, rule, "look at --since and --until")
    if min(one.hired.whole_months for one in people) < first - 2 * MONTHS:
        raise _fault(label, "has a date of hire eighty years before it is observed", "correct it")


def _first(left: Sequence[Day], label: str) -> int:
    """Return January of the first year in which anybody left."""
    if not left:
        rule = "nobody on the list has a date of leaving, so it says nothing of how many leave"
        fix = "put those who left on it, with their dates; if really nobody did, say since when with --since 2021-01"
        raise _fault(label, rule, fix)
    return min(one.year for one in left) * MONTHS_PER_YEAR


def _counted(read: Read, label: str) -> tuple[CountedYear, ...]:
    counts = sorted(read.counts, key=lambda one: one.year)
    twice = {one.year for one, other in pairwise(counts) if one.year == other.year}
    if twice:
        raise _fault(label, f"has the year {', '.join(map(str, sorted(twice)))} twice", "one row for each year")
    return tuple(
        CountedYear(str(one.year), float(MONTHS_PER_YEAR), one.in_post, one.left_in_year, one.left_in_first_year)
        for one in counts
    )


def _told(months: float) -> str:
    year, month = divmod(int(months), MONTHS_PER_YEAR)
    return f"{year}-{month + 1:02d}"


def _fault(label: str, rule: str, fix: str) -> ScenarioError:
    return ScenarioError([Problem(label, None, "", None, rule, fix)])
