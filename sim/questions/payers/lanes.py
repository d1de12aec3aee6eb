"""What money a scenario has through time: its sources, its cash while an employer exists, and how many still do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from sim.charts.seen import Seen
from sim.results.bands import FEWEST_OPEN, Band, interval, middle
from sim.results.blocks import Floats
from sim.scenario.tables.funding import grants_of
from sim.scenario.tables.funding.grant import award_ends
from sim.scenario.timeline import plans
from sim.units import MONTHS_PER_YEAR, month_number
from sim.words.futures import whose_chance
from sim.words.layout import name_of_key

QUARTER: Final = 3
CLIFF: Final = 0.02  # of the runs: an end that is marked
HUNDRED: Final = 100


@dataclass(frozen=True)
class Terms:
    """What an award pays while it runs, and what becomes of it; shares are of all runs, or of employers."""

    usd_per_year: float  # as stated at the start, of all employers together
    last: int | None  # the last month of the first award; None where it ends beyond the projection, or not at once
    renewed: float  # at its first end
    ended_early: float


@dataclass(frozen=True)
class Lane:
    """One source of money through time."""

    name: str
    share: Floats  # of the runs, or of the employers of all runs, in which it runs, month by month
    renewals: tuple[int, ...] = ()  # months in which anybody is told whether it is renewed
    payments: tuple[int, ...] = ()  # months of dated payments
    usd_per_year: float = 0.0  # what it brings, the mean over all months of the projection
    award: Terms | None = None

    @property
    def cliffs(self) -> list[tuple[int, float]]:
        """Return the months before which it ends in many runs, and the share of runs in which it does."""
        falls = self.share[:-1] - self.share[1:]
        return [(int(month) + 1, float(falls[month])) for month in np.flatnonzero(falls >= CLIFF)]


def open_of(seen: Seen, place: int) -> Floats:
    """Return the share of employers that still exist, month by month."""
    return np.asarray(1.0 - seen.path(place, "chance_of_closure").mean(axis=0), dtype=np.float64)


def cash_of(seen: Seen, place: int) -> Band:
    """Return the lowest cash of each quarter's month's ends in the runs in which an employer still exists then.

    NaN from where fewer than one run in twenty has one.
    """
    there = seen.path_while_open(place, "cash_usd")
    starts = range(0, there.shape[1], QUARTER)
    lowest = np.stack([np.fmin.reduce(there[:, start : start + QUARTER], axis=1) for start in starts], axis=1)
    return middle(lowest, FEWEST_OPEN) if seen.runs > 1 else interval(lowest)


def lanes_of(seen: Seen, place: int) -> list[Lane]:
    """Return the sources of a scenario, of several kinds of employers together."""
    scenario, views = seen.cases[place].loaded.scenario, seen.views[place]
    first, months = month_number(scenario.horizon.start), len(seen.months)
    found: dict[str, Lane] = {}
    for plan in plans(scenario):
        funding = plan.epochs[0][1].funding
        for name, source in funding.items():
            usd = float(np.asarray(views.get(f"source.{name}", np.zeros((1, 1))), np.float64).sum(axis=1).mean())
            if f"award.{name}.of" in views and name in grants_of(funding):
                found.setdefault(name, _award(seen, place, name, usd * MONTHS_PER_YEAR / months))
                continue
            dated = tuple(at for at in source.dated_months(first) if 0 <= at < months)
            usd_per_year = usd * MONTHS_PER_YEAR / months
            lane = Lane(name_of_key(name), open_of(seen, place), payments=dated, usd_per_year=usd_per_year)
            found.setdefault(name, lane)
    return list(found.values())


def _award(seen: Seen, place: int, name: str, usd: float) -> Lane:
    views = seen.views[place]
    of, running, renewed, ended, early = (
        np.asarray(views.get(f"award.{name}.{what}", np.zeros((1, 1))), np.float64)
        for what in ("of", "running", "renewed", "not_renewed", "ended_early")
    )
    whole, (amount, last) = of.sum(), _stated(seen, place, name)
    at_first = renewed if last is None else renewed[:, : last + 2]
    terms = Terms(amount, last, float(at_first.sum() / whole), float(early.sum() / whole))
    notices = tuple(int(at) for at in np.flatnonzero((renewed + ended).sum(axis=0)))
    share = np.asarray(running.sum(axis=0) / whole, dtype=np.float64)
    return Lane(name_of_key(name), share, notices, (), usd, terms)


def _stated(seen: Seen, place: int, name: str) -> tuple[float, int | None]:
    """Return the amount a year of an award at the start, of all employers, and the last month of the first one."""
    scenario, first, months = seen.cases[place].loaded.scenario, month_number(seen.months[0]), len(seen.months)
    counts = [kind.count for kind in scenario.employer] or [1]
    usd, ends = 0.0, set[int | None]()
    for plan, count in zip(plans(scenario), counts, strict=True):
        if (grant := grants_of(plan.epochs[0][1].funding).get(name)) is not None:
            usd += count * grant.amount_usd_per_year
            ends.add(next(iter(award_ends(grant, first, months - 1)), None))
    end = ends.pop() if len(ends) == 1 else None
    return usd, None if end is None else end - 1


def runs_of(seen: Seen) -> str:
    """Return what a replication is called: a future where it draws what is not known anew, a run where it does not."""
    return "futures" if seen.answer.over_futures else "runs"


def whose_of(seen: Seen, place: int) -> str:
    """Return of what a chance of a scenario is a share: of runs or futures, or where several of employers."""
    return whose_chance(seen.cases[place].loaded.scenario, runs_of(seen))


def of_100(share: float, whose: str = "runs") -> str:
    """Return a share of the runs, or of whom it is: `14 of 100 runs`."""
    number = round(HUNDRED * share)
    if number in (0, HUNDRED) and 0.0 < share < 1.0:
        return f"{'fewer than 1' if number == 0 else 'more than 99'} of 100 {whose}"
    return f"{number} of 100 {whose}"
