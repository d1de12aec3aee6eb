"""Sum up the monthly paths of an answer's runs: mean, and the middle 90 % of the runs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from sim.charts.printed import Paths
from sim.runs.answer import Answer
from sim.units import month_number, month_text


@dataclass(frozen=True)
class Series:
    """Name a series that is taken away, and the unit its numbers are in."""

    key: str
    title: str
    unit: str
    about: str


SERIES: Final = (
    Series("headcount", "Peers in post", "peers", "Peers employed at each month's end, those on leave among them."),
    Series("cash_usd", "Cash", "USD", "Cash at each month's end."),
    Series(
        "chance_of_negative_cash",
        "Chance of having had cash below zero",
        "share",
        "Share of runs, or of employers, whose cash has been below zero at any month's end up to then.",
    ),
    Series("burnout_prevalence", "Share burned out", "share", "Share of peers at work who are burned out."),
    Series("satisfaction_mean", "Mean satisfaction", "points from 1 to 5", "Mean job satisfaction of peers at work."),
)


def collector(names: tuple[str, ...]) -> Paths:
    """Return what collects the paths that exports need; pass its `keep` to `ask`."""
    return Paths(names, tuple(series.key for series in SERIES))


def month_ends(answer: Answer) -> Iterator[str]:
    """Yield the months of a projection, YYYY-MM."""
    horizon = answer.base.loaded.scenario.horizon
    first = month_number(horizon.start)
    return (month_text(first + month) for month in range(horizon.months))
