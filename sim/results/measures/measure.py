"""What a measure is, and the forms that repeat."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import Final, Literal

from sim.results.measures.formulas import Formula

Direction = Literal["higher", "lower", "neither"]
Level = Literal["employer", "portfolio"]
Family = Literal["people", "pay", "money", "service"]
How = Literal["mean", "ratio", "hazard"]
By = Literal["", "cause", "destination", "household", "rung", "cost"]

REPLACING: Final = ("separation", "hiring", "cover", "ramp_up", "not_billable")  # parts of the cost of turnover
PAYERS: Final = ("federal", "state", "county", "other")
FAMILIES: Final[tuple[Family, ...]] = ("people", "pay", "money", "service")


@dataclass(frozen=True)
class Measure:
    """Define one measure.

    `direction` is the side on which an outcome is better; "neither" for what is context, such as a count that falls
    when there are fewer people. `level` is "portfolio" for a total that adds up over
    employers, "employer" for an average that has the same size for one employer and for many. `how` is "mean" when
    each replication has a value of its own; "ratio" and "hazard" are found over all replications together, and each
    replication gets its jackknife pseudo-value, so that means and intervals are made in one way. `by` names the parts
    that are measured too, under `key.part`. A headline is among those a short text chooses from.
    """

    key: str
    label: str
    unit: str
    direction: Direction
    formula: Formula = field(repr=False, compare=False)
    definition: str
    family: Family
    level: Level
    how: How
    lowest: float | None = None
    highest: float | None = None
    by: By = ""
    headline: bool = False
    on_base: bool = False  # its formula reads sums of the base too
    judged: bool = True  # a difference is called better or worse; not so of averages over whoever is in post
    of_time: bool = False  # a share of months, not of people or runs: alike in every run it has no range
    leaving: str = ""  # the same with layoffs and closing apart; better only with it, or where no fewer are in post

    @property
    def has_verdict(self) -> bool:
        """Whether a difference of it is called better or worse."""
        return self.judged and self.direction != "neither"

    @property
    def is_share(self) -> bool:
        """Whether it lies between 0 and 1."""
        return (self.lowest, self.highest) == (0.0, 1.0)

    @property
    def is_chance(self) -> bool:
        """Whether each replication, or each of its employers, answers yes or no."""
        return self.is_share and self.how == "mean"


total = partial(Measure, level="portfolio", how="mean", lowest=0.0)
mean = partial(Measure, level="employer", how="mean", lowest=0.0)
rate = partial(Measure, level="employer", how="ratio", lowest=0.0)
share = partial(Measure, level="employer", how="ratio", lowest=0.0, highest=1.0)
chance = partial(Measure, level="employer", how="mean", lowest=0.0, highest=1.0)
retained = partial(Measure, level="employer", how="hazard", lowest=0.0, highest=1.0)
