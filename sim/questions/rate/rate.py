"""Ask what rate pays for a wage, and what wage a rate can carry; staffing comes out of runs, the rest is arithmetic."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from sim.questions.rate.build_up import TURNOVER, Lines, Prices, build_up, rate_of, steps
from sim.questions.rate.neutral import NOBODY, left_out, neutral
from sim.questions.rate.staffing import Collected, Staffing, at_turnover_of, staffing_of, without_turnover
from sim.questions.solve.levers import varied
from sim.results.blocks import Floats, Sums
from sim.results.measures.formulas import divided, pseudo_values
from sim.results.summary import Estimate, estimate
from sim.runs.answer import Answer, ask
from sim.runs.replicate import Settings
from sim.scenario.fields import LOWEST_WAGE
from sim.scenario.files import Loaded
from sim.scenario.problems import Problem, ScenarioError
from sim.scenario.tables.funding import FeeForService

WAGE = "pay.wage_usd_per_hour"
HIGHEST_WAGE, CENT, HALVINGS = 500.0, 0.01, 60
BASE = "base's "  # before the names of the base's sums among those of an alternative
ALL, WHOLE, PLAIN, SHARE, STAFFED = "turnover", "whole", "arithmetic", "share", "staffing"
DIFFERENCES = (PLAIN, *TURNOVER, ALL, "other", WHOLE)  # as they are told
Formula = Callable[[Sums], Lines]


@dataclass(frozen=True)
class Wanted:
    """What is asked: a rate to carry a wage, if any; the payer; sizes of groups; where the wages come from."""

    rate: float | None = None
    source: str | None = None
    sizes: tuple[int, ...] = (2, 3, 4, 6, 8, 10, 12)
    wage_source: str = ""


@dataclass(frozen=True)
class Column:
    """The build-up of one scenario.

    `turnover` is what turnover adds to the rate, part by part and as `ALL`. `difference` is how the rate differs from
    the base's: `WHOLE`, `PLAIN` (at the base's staffing: arithmetic), what each part of the staffing gives back, all of
    turnover (`ALL`) and of the staffing (`STAFFED`), and what turnover gives back as a `SHARE` of the arithmetic; empty
    for the base.
    """

    name: str
    loaded: Loaded
    prices: Prices
    staffing: Staffing  # of all runs together
    lines: dict[str, Estimate]
    without: dict[str, float]  # the lines if nobody left
    simulated: dict[str, Estimate]  # the staffing with its ranges
    turnover: dict[str, Estimate]
    difference: dict[str, Estimate]


@dataclass(frozen=True)
class Carried:
    """What wage a rate carries: by arithmetic with the base's staffing, then with the staffing at that wage."""

    rate: float
    wage: float  # by arithmetic, in whole cents
    needs: Estimate  # the rate that this wage needs once its own staffing has been simulated
    left: Estimate  # by how much that is more than the rate: what the staffing does, run by run
    then: float | None  # the wage that the rate carries with that staffing


@dataclass(frozen=True)
class RateStudy:
    """A build-up: the base first among its columns."""

    answer: Answer
    wanted: Wanted
    payer: str
    columns: tuple[Column, ...]
    carried: Carried | None
    left_out: tuple[str, ...]  # months of changes that a build-up leaves out

    @property
    def typed_payer(self) -> bool:
        """Whether the payer's terms are a source of the scenario, and not the defaults."""
        return self.payer != NOBODY


def rate_study(everyone: Sequence[Loaded], settings: Settings, wanted: Wanted) -> RateStudy:
    """Return the build-up of scenarios, the base first, or of a base and of the wage that a rate carries there.

    Raises:
        ScenarioError: for scenarios no rate can be built for, or a rate that carries no wage.
    """
    plain = [neutral(one, wanted.source) for one in everyone]
    answer, columns = _columns(plain, settings)
    carried = None
    if wanted.rate is not None:
        base = columns[0]
        wage = _carried_wage(base.prices, base.staffing, wanted.rate)
        then = replace(varied(plain[0], ((WAGE, wage),)), path=plain[0].path.with_name(f"wage_{wage:.2f}.toml"))
        answer, columns = _columns([plain[0], then], settings)
        carried = _carried(columns[1], wanted.rate, wage)
    months = tuple(dict.fromkeys(month for one in everyone for month in left_out(one)))
    return RateStudy(answer, wanted, next(iter(plain[0].scenario.funding)), columns, carried, months)


# columns -------------------------------------------------------------------------------------------------------


def _columns(everyone: Sequence[Loaded], settings: Settings) -> tuple[Answer, tuple[Column, ...]]:
    collected = Collected(everyone)
    answer = ask(everyone[0], everyone[1:], settings, collected.keep)
    _check(collected)
    told = [_column(collected, answer, case) for case in range(len(everyone))]
    return answer, tuple(told)


def _check(collected: Collected) -> None:
    """See that every scenario has an hour that is paid for; raise ScenarioError naming those that have none."""
    problems = []
    for case, loaded in enumerate(collected.everyone):
        with np.errstate(all="ignore"):
            rate = rate_of(_prices(loaded, loaded), staffing_of(_together(collected.of(case)), loaded.scenario))
        if not np.all(np.isfinite(rate)):
            rule, fix = "no hour is paid for in the end", "see what may be billed, who is in post, and what is denied"
            problems.append(Problem(loaded.label, None, "", None, rule, fix))
    if problems:
        raise ScenarioError(problems)


def _together(sums: Sums) -> Sums:
    """Return the sums of all runs together, one row."""
    return {name: values.sum(axis=0, keepdims=True) for name, values in sums.items()}


def _prices(loaded: Loaded, base: Loaded) -> Prices:
    (payer,) = loaded.scenario.funding.values()
    assert isinstance(payer, FeeForService)
    wage, reference = (one.scenario.pay.wage_usd_per_hour for one in (loaded, base))
    return Prices(loaded.scenario, payer, wage, reference)


def _column(collected: Collected, answer: Answer, case: int) -> Column:
    loaded, base = collected.everyone[case], collected.everyone[0]
    prices, own = _prices(loaded, base), collected.of(case)

    def nobody_leaves(sums: Sums) -> Staffing:
        return without_turnover(staffing_of(sums, loaded.scenario), loaded.scenario, base.scenario)

    def added(sums: Sums) -> Lines:
        parts = steps(prices, nobody_leaves(sums), staffing_of(sums, loaded.scenario))
        told = {part: parts[part] for part in TURNOVER}
        return told | {ALL: sum(told.values())}

    whole = _together(own)
    return Column(
        name=answer.cases[case].name,
        loaded=loaded,
        prices=prices,
        staffing=_numbers(staffing_of(whole, loaded.scenario)),
        lines=_estimates(lambda sums: build_up(prices, staffing_of(sums, loaded.scenario)), own),
        without={name: _number(value) for name, value in build_up(prices, nobody_leaves(whole)).items()},
        simulated=_estimates(lambda sums: vars(staffing_of(sums, loaded.scenario)), own),
        turnover=_estimates(added, own),
        difference=_difference(prices, _prices(base, base), own, collected.of(0), answer.within) if case else {},
    )


def _difference(prices: Prices, base_prices: Prices, own: Sums, base: Sums, within: float) -> dict[str, Estimate]:
    """Return how the rate differs from the base's, run by run: arithmetic, then what the staffing gives back."""

    def formula(sums: Sums) -> Lines:
        there = staffing_of(_of_base(sums), base_prices.organization)
        here = staffing_of(sums, prices.organization)
        plain = at_turnover_of(there, prices.organization, base_prices.organization)
        before = rate_of(base_prices, there)
        parts = steps(prices, plain, here)
        return {
            WHOLE: rate_of(prices, here) - before,
            PLAIN: rate_of(prices, plain) - before,
            **parts,
            ALL: sum(parts[part] for part in TURNOVER),
            STAFFED: sum(parts.values()),
        }

    def share(sums: Sums) -> Lines:
        told = formula(sums)
        return {SHARE: -divided(np.asarray(told[ALL]), np.asarray(told[PLAIN]))}

    both = own | {f"{BASE}{name}": values for name, values in base.items()}
    return _estimates(formula, both, within) | _estimates(share, both, within)


def _of_base(sums: Sums) -> Sums:
    return {name.removeprefix(BASE): values for name, values in sums.items() if name.startswith(BASE)}


def _estimates(formula: Formula, sums: Sums, within: float = 0.95) -> dict[str, Estimate]:
    """Return what lines come to on all runs together, with the intervals of random variation (jackknife)."""
    names = list(formula(sums))

    def side_by_side(part: Sums) -> Floats:
        size = next(iter(part.values())).shape[0]
        return np.stack([np.broadcast_to(np.asarray(value, dtype=float), size) for value in formula(part).values()], 1)

    with np.errstate(all="ignore"):  # leaving a run out may leave nobody in post
        values = pseudo_values(side_by_side, sums)
    if values.shape[0] > 1 and values.ndim == 1:  # leaving a run out leaves nothing
        values = side_by_side(_together(sums))
    return {name: estimate(values[:, place], within=within) for place, name in enumerate(names)}


def _numbers(staffing: Staffing) -> Staffing:
    return Staffing(**{name: _number(value) for name, value in vars(staffing).items()})


def _number(value: object) -> float:
    return float(np.asarray(value, dtype=float).reshape(-1)[0])


# what wage a rate carries --------------------------------------------------------------------------------------


def _carried_wage(prices: Prices, staffing: Staffing, rate: float) -> float:
    """Return the highest wage in whole cents whose rate, at a staffing, is not above one.

    Raises:
        ScenarioError: when no wage is so low, or when any is carried.
    """
    found = wage_for(prices, staffing, rate)
    if found is None or found >= HIGHEST_WAGE - CENT:
        ends = [_number(rate_of(prices.at(wage), staffing)) for wage in (LOWEST_WAGE, HIGHEST_WAGE)]
        rule = f"carries no wage between ${LOWEST_WAGE:g} and ${HIGHEST_WAGE:g} an hour"
        fix = f"rates between ${ends[0]:.2f} and ${ends[1]:.2f} a unit do"
        raise ScenarioError([Problem("--rate", None, "", f"{rate:g}", rule, fix)])
    return math.floor(found / CENT + 1e-6) / 100


def wage_for(prices: Prices, staffing: Staffing, rate: float) -> float | None:
    """Return the wage that a rate pays for at a staffing, by halving; None where even the lowest needs more."""
    low, high = LOWEST_WAGE, HIGHEST_WAGE
    if _number(rate_of(prices.at(low), staffing)) > rate:
        return None
    for _ in range(HALVINGS):
        middle = (low + high) / 2.0
        low, high = (middle, high) if _number(rate_of(prices.at(middle), staffing)) <= rate else (low, middle)
    return low


def _carried(column: Column, rate: float, wage: float) -> Carried:
    needs = column.lines["rate"]
    moved, gap = column.difference[STAFFED], (needs.mean or 0.0) - rate
    low, high = (None if end is None else gap + end - (moved.mean or 0.0) for end in (moved.low, moved.high))
    left = Estimate(gap, low, high, needs.n)
    return Carried(rate, wage, needs, left, wage_for(column.prices, column.staffing, rate))
