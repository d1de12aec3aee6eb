"""Read a budget by fiscal year from the books of a result: what came in, what it was spent on, what is left."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from sim.model.world.log import COST_KINDS
from sim.results.blocks import Floats, Sums
from sim.results.fates import FATES, KEPT, LOST
from sim.results.fiscal import FiscalYears
from sim.results.measures.measure import PAYERS

Part = Literal["source", "payer", "spent", "result", "award"]
MIDDLE: Final = (5.0, 95.0)  # percentiles between which nine of ten runs lie
HALF: Final = 0.5
TOTAL: Final = "total"


@dataclass(frozen=True)
class Line:
    """One line of a budget: USD by replication and fiscal year.

    `name` is a source, a payer, a kind of cost, `total`, `margin`, `cash_end`, or of awards `awarded.<name>`,
    `drawn.<name>`, `lapsed.<name>` and `carried.<name>`: what was carried from the year before and what was awarded is
    drawn, lapses or is carried on.
    """

    part: Part
    name: str
    usd: Floats

    @property
    def means(self) -> list[float]:
        """Return the mean of each year."""
        return [float(mean) for mean in self.usd.mean(axis=0)]

    @property
    def middle(self) -> tuple[list[float], list[float]]:
        """Return the ends between which nine of ten runs lie in each year."""
        low, high = np.percentile(self.usd, MIDDLE, axis=0)
        return [float(one) for one in low], [float(one) for one in high]


@dataclass(frozen=True)
class Event:
    """How likely an event is that happens once to an employer, and the median month among those that meet it."""

    share: float  # of employers
    typical: int | None  # months since the start


@dataclass(frozen=True)
class Low:
    """The lowest cash at any month's end: mean, the middle nine tenths of the runs, and the median month."""

    mean: float
    low: float
    high: float
    typical: int


def budget_lines(books: Sums, years: FiscalYears) -> list[Line]:
    """Return the lines of a budget in the order they are read; what is zero in every run and year is left out."""
    return [line for line in _lines(books, years) if line.part == "result" or np.any(line.usd)]


def _lines(books: Sums, years: FiscalYears) -> Iterator[Line]:
    payers = [Line("payer", payer, books[f"received.{payer}"]) for payer in PAYERS]
    spent = [Line("spent", kind, books[f"spent.{kind}"]) for kind in COST_KINDS]
    came_in, went_out = _sum(payers), _sum(spent)
    yield Line("source", TOTAL, came_in)
    yield from (Line("source", name, usd) for name, usd in _named(books, "source."))
    yield from payers
    yield Line("spent", TOTAL, went_out)
    yield from spent
    yield Line("result", "margin", came_in - went_out)
    yield Line("result", "cash_end", books["cash"][:, years.closes])
    for name, _ in _named(books, "drawn."):
        yield from (Line("award", f"{what}.{name}", books[f"{what}.{name}"]) for what in _AWARD)


_AWARD: Final = ("awarded", "drawn", "lapsed", "carried")


def _sum(lines: list[Line]) -> Floats:
    return np.asarray(np.sum([line.usd for line in lines], axis=0))


def _named(books: Sums, start: str) -> Iterator[tuple[str, Floats]]:
    return ((name.removeprefix(start), values) for name, values in books.items() if name.startswith(start))


def lowest_cash(books: Sums) -> Low:
    """Return the lowest cash of all employers together, and when it typically comes."""
    lowest, when = books["cash"].min(axis=1), books["cash"].argmin(axis=1)
    low, high = np.percentile(lowest, MIDDLE)
    return Low(float(lowest.mean()), float(low), float(high), int(np.sort(when)[(when.size - 1) // 2]))


def event(books: Sums, name: str, share: float) -> Event:
    """Return when something typically happens to those it happens to.

    Args:
        books: the books; `name` counts employers by month.
        name: `first_short` or `closing`.
        share: how many employers it happens to, as the measure of it says.
    """
    counted = books[name].sum(axis=0)
    whole = counted.sum()
    return Event(share, int(np.argmax(np.cumsum(counted) >= HALF * whole)) if whole else None)


@dataclass(frozen=True)
class Decision:
    """Name the decision that took most posts, on average over runs."""

    kind: str  # budget, layoff or award_cut
    at: int  # the month since the start at whose close it was made; of layoffs the place of the fiscal year
    posts: float  # mean over runs
    share: float  # of runs in which it took any


def decision_that_took_most(books: Sums, years: FiscalYears) -> Decision | None:
    """Return the budget, the cut at an award's end, or the year's layoffs that took most posts; None where none did."""
    found = []
    for name, by_month in _named(books, "took."):
        within = by_month.copy()
        if name == "budget":
            within[:, -1] = 0.0  # what the last close budgets holds after the end; whom it lays off is laid off
        posts = _by_year(within, years) if name == "layoff" else within
        mean = posts.mean(axis=0)
        at = int(np.argmax(mean))
        found.append(Decision(name, at, float(mean[at]), float((posts[:, at] > 0).mean())))
    most = max(found, key=lambda one: one.posts)
    return most if most.posts > 0 else None


def _by_year(by_month: Floats, years: FiscalYears) -> Floats:
    return np.stack([by_month[:, years.place == year].sum(axis=1) for year in range(years.number)], axis=1)


@dataclass(frozen=True)
class Undrawn:
    """What is drawn of an award and what lapses, both in USD a year of the projection, means over runs.

    What is still available at the end is neither: it is carried.
    """

    name: str
    drawn: float
    lapsed: float

    @property
    def share(self) -> float:
        """Return the part that lapses of what is drawn or lapses."""
        return self.lapsed / (self.drawn + self.lapsed)


def undrawn(books: Sums, years: FiscalYears) -> list[Undrawn]:
    """Return what is drawn and what lapses of each award, over all runs together."""
    told = []
    for name, lapsed in _named(books, "lapsed."):
        a_year = 12.0 / (len(lapsed) * years.months)
        one = Undrawn(name, float(books[f"drawn.{name}"].sum()) * a_year, float(lapsed.sum()) * a_year)
        if one.drawn + one.lapsed > 0:
            told.append(one)
    return told


@dataclass(frozen=True)
class Split:
    """What becomes of an award, and what the runs that keep it and those that lose it end with.

    Each pair is (renewed at every end within the projection, lost at whichever end or early); means over runs.
    """

    name: str
    runs: dict[str, int]  # by fate, as FATES; they add up to all runs
    peers: tuple[float, float]
    cash: tuple[float, float]  # USD
    closed_after: int  # of the runs that lose it, those in which the employer closes in the end

    @property
    def lost(self) -> int:
        """Return in how many runs the award is lost within the projection."""
        return sum(self.runs[fate] for fate in LOST)


def splits(books: Sums, employers: float) -> list[Split]:
    """Return the runs parted by what becomes of an award, where some keep and some lose it; of one employer alone."""
    if employers != 1:
        return []
    found = []
    for name, kept in _named(books, f"{KEPT}."):
        fates = {fate: books[f"{fate}.{name}"] > 0 for fate in FATES}
        yes, no = kept > 0, np.any([fates[fate] for fate in LOST], axis=0)
        if yes.any() and no.any():
            both = (books["peers_end"], books["cash"][:, -1])
            peers, cash = ((float(of[yes].mean()), float(of[no].mean())) for of in both)
            after = int((no & books["closing"].any(axis=1)).sum())
            found.append(Split(name, {fate: int(met.sum()) for fate, met in fates.items()}, peers, cash, after))
    return found
