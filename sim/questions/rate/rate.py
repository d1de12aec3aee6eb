"""Ask what rate pays for a wage, and what wage a rate can carry; staffing comes out of runs, the rest is arithmetic."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sim.questions.rate.build_up import Prices, rate_of
from sim.questions.rate.columns import STAFFED, Column, columns_of, number
from sim.questions.rate.neutral import NOBODY, left_out, neutral
from sim.questions.rate.staffing import Staffing
from sim.questions.solve.levers import varied
from sim.results.summary import Estimate
from sim.runs.answer import Answer
from sim.runs.replicate import Settings
from sim.scenario.fields import LOWEST_WAGE
from sim.scenario.files import Loaded
from sim.scenario.problems import Problem, ScenarioError

WAGE = "pay.wage_usd_per_hour"
HIGHEST_WAGE, CENT, HALVINGS = 500.0, 0.01, 60


@dataclass(frozen=True)
class Wanted:
    """What is asked: a rate to carry a wage, if any; the payer; sizes of groups; where the wages come from."""

    rate: float | None = None
    source: str | None = None
    sizes: tuple[int, ...] = (2, 3, 4, 6, 8, 10, 12)
    wage_source: str = ""


@dataclass(frozen=True)
class Carried:
    """What wage a rate carries: by arithmetic with the base's staffing, then with the staffing at that wage.

    Where that is less than may be paid, the lowest wage that may be is simulated in its place.
    """

    rate: float
    by_arithmetic: float  # in whole cents
    wage: float  # that is simulated
    lawful: bool  # whether what the rate carries by arithmetic may be paid
    needs: Estimate  # the rate that this wage needs once its own staffing has been simulated
    left: Estimate  # by how much that is more than the rate: what the staffing does, run by run
    then: float | None  # the wage that the rate carries with that staffing
    covered: float | None = None  # in which share of futures the rate covers that wage


@dataclass(frozen=True)
class RateStudy:
    """A build-up: the base first among its columns."""

    answer: Answer
    wanted: Wanted
    payer: str
    columns: tuple[Column, ...]
    carried: Carried | None
    left_out: tuple[str, ...]  # months of changes that a build-up leaves out
    typed: tuple[Loaded, ...]  # the scenarios as they were asked about

    @property
    def typed_payer(self) -> bool:
        """Whether the payer's terms are a source of the scenario, and not the defaults."""
        return self.payer != NOBODY


def rate_study(everyone: Sequence[Loaded], settings: Settings, wanted: Wanted) -> RateStudy:
    """Return the build-up of scenarios, the base first, or of a base and of the wage that a rate carries there.

    Raises:
        ScenarioError: for scenarios no rate can be built for, or a rate that carries no wage.
    """
    plain = [neutral(one, wanted.source, everyone[0]) for one in everyone]
    answer, columns = columns_of(plain, settings)
    carried = None
    if wanted.rate is not None:
        base = columns[0]
        found = _carried_wage(base.prices, base.staffing, wanted.rate)
        wage = max(found, legal_minimum(base.prices))
        then = replace(varied(plain[0], ((WAGE, wage),)), path=plain[0].path.with_name(f"wage_{wage:.2f}.toml"))
        answer, columns = columns_of([plain[0], then], settings)
        carried = _carried(columns[1], wanted.rate, found)
    months = tuple(dict.fromkeys(month for one in everyone for month in left_out(one)))
    return RateStudy(answer, wanted, next(iter(plain[0].scenario.funding)), columns, carried, months, tuple(everyone))


# what wage a rate carries --------------------------------------------------------------------------------------


def _carried_wage(prices: Prices, staffing: Staffing, rate: float) -> float:
    """Return the highest wage in whole cents whose rate, at a staffing, is not above one.

    Raises:
        ScenarioError: when no wage is so low, or when any is carried.
    """
    found = wage_for(prices, staffing, rate)
    if found is None or found >= HIGHEST_WAGE - CENT:
        least = max(LOWEST_WAGE, legal_minimum(prices))
        ends = [number(rate_of(prices.at(wage), staffing)) for wage in (least, HIGHEST_WAGE)]
        rule = f"carries no wage between ${LOWEST_WAGE:g} and ${HIGHEST_WAGE:g} an hour"
        fix = f"rates between ${ends[0]:.2f} and ${ends[1]:.2f} a unit carry wages from ${least:.2f} up"
        raise ScenarioError([Problem(f"--rate {rate:g}", None, "", None, rule, fix)])
    return math.floor(found / CENT + 1e-6) / 100


def legal_minimum(prices: Prices) -> float:
    """Return the wage below which nobody may be paid at the start, USD an hour; 0 where none is known."""
    return prices.organization.place.minimum_wage_usd_per_hour or 0.0


def wage_for(prices: Prices, staffing: Staffing, rate: float) -> float | None:
    """Return the wage that a rate pays for at a staffing, by halving; None where even the lowest needs more."""
    low, high = LOWEST_WAGE, HIGHEST_WAGE
    if number(rate_of(prices.at(low), staffing)) > rate:
        return None
    for _ in range(HALVINGS):
        middle = (low + high) / 2.0
        low, high = (middle, high) if number(rate_of(prices.at(middle), staffing)) <= rate else (low, middle)
    return low


def _carried(column: Column, rate: float, found: float) -> Carried:
    needs = column.lines["rate"]
    moved, gap = column.difference[STAFFED], (needs.mean or 0.0) - rate
    low, high = (None if end is None else gap + end - (moved.mean or 0.0) for end in (moved.low, moved.high))
    left = Estimate(gap, low, high, needs.n)
    then = wage_for(column.prices, column.staffing, rate)
    wage = column.prices.wage
    return Carried(rate, found, wage, found >= legal_minimum(column.prices), needs, left, then, column.covered(rate))
