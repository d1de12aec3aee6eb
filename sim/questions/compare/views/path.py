"""Which series are followed through the months, and how replications are summed up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from sim.charts.seen import Seen
from sim.charts.sentences import HIGHER_LOWER, MORE_LESS
from sim.results.bands import FEWEST_OPEN, Band, chances, interval, middle
from sim.results.blocks import Floats
from sim.words.apart import NOT_YET
from sim.words.ranges import Words

MONTHS_A_QUARTER: Final = 3
Around = Literal["runs", "mean"]  # what the band holds: nine of ten runs, or the mean with 95 % confidence


@dataclass(frozen=True)
class Path:
    """A series of `sim.results.views.PATHS`, and how it is drawn and described."""

    key: str
    title: str
    unit: str
    name: str  # in sentences: "cash"
    about: str
    around: Around = "runs"
    from_zero: bool = True
    words: Words = HIGHER_LOWER
    while_open: bool = False  # told of the runs in which there is still an employer
    gone: str = "nobody in post"  # where there is nothing to tell
    there: str = "somebody"  # where there is
    lumpy: bool = False  # what is drawn is the lowest month's end of each quarter: payments come in lumps


PATHS: Final = {
    path.key: path
    for path in (
        Path(
            "cash_usd",
            "Cash",
            "USD",
            "cash",
            "Cash at the months' ends, in the runs in which an employer still exists then.",
            words=MORE_LESS,
            lumpy=True,
            while_open=True,
            gone="no employer left",
            there="an employer",
        ),
        Path(
            "months_of_reserve",
            "Reserve",
            "months of payroll",
            "the reserve",
            "Cash over the wages and fringe of the month; nothing where nobody is paid.",
            lumpy=True,
        ),
        Path(
            "chance_of_negative_cash",
            "Chance of having had cash below zero",
            "share",
            "the chance of having had cash below zero",
            "Share of runs, or of employers, whose cash has been below zero at any month's end up to then. "
            f"{NOT_YET}: money due soon and a credit limit count too.",
            around="mean",
        ),
        Path(
            "headcount", "Peers in post", "peers", "the number of peers in post", "Peers employed, on leave included."
        ),
        Path(
            "vacancy_rate",
            "Vacancy rate",
            "share",
            "the vacancy rate",
            "Share of the budgeted posts' time in which nobody is employed in them.",
        ),
        Path(
            "burnout_prevalence",
            "Share burned out",
            "share",
            "the share burned out",
            "A peer in post counts as burned out above the level that 40 % of the national workforce exceed.",
        ),
        Path(
            "satisfaction_mean",
            "Mean satisfaction",
            "points from 1 to 5",
            "mean satisfaction",
            "Mean job satisfaction of peers in post; the norm of the scale is 3.44.",
            from_zero=False,
        ),
        Path(
            "mean_wage_usd_per_hour",
            "Mean wage",
            "USD/hour",
            "the mean wage",
            "Mean hourly wage of peers in post.",
            from_zero=False,
        ),
        Path(
            "wage_to_living_wage",
            "Wage over living wage",
            "ratio",
            "the wage over the living wage",
            "Mean of wages over the living wage of one adult; 1 means that they reach it.",
            from_zero=False,
        ),
    )
}


@dataclass(frozen=True)
class Drawn:
    """What is drawn of a series: the months of its points, and a band for each scenario."""

    path: Path
    at: tuple[int, ...]
    bands: tuple[Band, ...]
    lumpy: bool  # a point is the lowest month's end of a quarter

    @property
    def about(self) -> str:
        """Return what a point stands for."""
        return "lowest month's end of each quarter" if self.lumpy else "month by month"


def drawn_of(seen: Seen, path: Path, *, lumpy: bool) -> Drawn:
    """Return the bands of all scenarios: month by month, or of the lowest month's end of each quarter."""
    months = len(seen.months)
    starts = range(0, months, MONTHS_A_QUARTER) if lumpy else range(months)
    spans = [(start, min(months, start + MONTHS_A_QUARTER)) if lumpy else (start, start + 1) for start in starts]
    bands = tuple(_band(seen, path, place, spans) for place in range(len(seen.cases)))
    return Drawn(path, tuple(last - 1 for _, last in spans), bands, lumpy)


def series_of(seen: Seen, place: int, path: Path) -> Floats:
    """Return a path of every run of a scenario, shape (replications, months); NaN where there is nothing to tell."""
    return seen.path_while_open(place, path.key) if path.while_open else seen.path(place, path.key)


def _band(seen: Seen, path: Path, place: int, spans: Sequence[tuple[int, int]]) -> Band:
    runs = series_of(seen, place, path)
    lowest = np.stack([np.fmin.reduce(runs[:, first:last], axis=1) for first, last in spans], axis=1)
    if path.around == "runs":
        return middle(lowest, FEWEST_OPEN if path.while_open else 0.0) if seen.runs > 1 else interval(lowest)
    return chances(lowest)
