"""Build a rate over futures: each by the terms drawn for it, then all hours of all futures together.

A rate is set once, for whatever future comes. So a line is its mean over all hours paid in all futures, and the rate is
the one at which what is paid in the end covers what is spent, in all of them together: cost of an hour paid over
billable hours of an hour paid, as in one future. Every line is a sum over futures divided by another, so sums by future
are all that is kept (docs/decisions/0028).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from sim.questions.rate.build_up import TURNOVER, USES, Lines, Prices, build_up, payer_of
from sim.questions.rate.staffing import Staffing, at_turnover_of, staffing_of, staffing_sums, without_turnover
from sim.results.blocks import Floats, Sums, replications_of
from sim.results.measures.formulas import divided
from sim.runs.futures.rows import Part
from sim.scenario.rows import plans_of
from sim.units import UNITS_PER_HOUR, month_number

OWN, NOBODY, BASE, PLAIN = "own", "nobody", "base", "plain"  # stages: whose staffing, at a scenario's prices
BASE_NOBODY, PLAIN_NOBODY = "base nobody", "plain nobody"  # the last two, if nobody left
OWN_TURNOVER, BASE_TURNOVER, PLAIN_TURNOVER = "turnover", "base turnover", "plain turnover"  # before the parts of each
HOURS, UNITS = "hours paid", "units billed"  # what lines are means over
OF_UNITS: Final = ("rework", "kept", "denial")
TOGETHER: Final = ("billable_hour", "unit", "rate")  # of other lines
SPENT, STAFFED, FLAT = "spent.", "staffing.", "flat"  # beside the lines: what the table at a glance needs


@dataclass(frozen=True)
class Priced:
    """One scenario's rows of a part: the terms of each, its staffing, and the hours it pays."""

    prices: Prices
    staffing: Staffing
    hours: Floats


def sums_of(part: Part, at: int) -> Sums:
    """Return the sums of a scenario by future: of its own staffing and of the base's, each also if nobody left."""
    base, own = _priced(part, 0), _priced(part, at)
    ours, theirs = own.prices.organization, base.prices.organization
    plain = replace(base, prices=own.prices, staffing=at_turnover_of(base.staffing, ours, theirs))
    nobody = without_turnover(own.staffing, ours, theirs)
    sums = _stage(OWN, own.prices, own.staffing, own.hours) | _stage(NOBODY, own.prices, nobody, own.hours)
    sums |= _turnover(OWN_TURNOVER, own, nobody)
    for one, names in ((base, (BASE, BASE_NOBODY, BASE_TURNOVER)), (plain, (PLAIN, PLAIN_NOBODY, PLAIN_TURNOVER))):
        nobody = without_turnover(one.staffing, one.prices.organization, theirs)
        sums |= _rate(names[0], one.prices, one.staffing, one.hours) | _rate(names[1], one.prices, nobody, one.hours)
        sums |= _turnover(names[2], one, nobody)
    return sums


def _priced(part: Part, place: int) -> Priced:
    rows, base = part.rows[part.wanted[place]], part.rows[0]
    (plan,), (opening,), (block,) = plans_of(rows), plans_of(base), part.results[place]
    organization = plan.epochs[0][1]
    sums = staffing_sums(block, replications_of([block]), plan, month_number(rows.horizon.start))
    posts = organization.posts
    reference = opening.epochs[0][1].pay.wage_usd_per_hour
    prices = Prices(organization, payer_of(organization), organization.pay.wage_usd_per_hour, reference)
    return Priced(prices, staffing_of(sums, organization), sums["paid"] * posts.fte * posts.paid_hours_per_year)


def _turnover(name: str, one: Priced, nobody: Staffing) -> Sums:
    """Return what the rate needs after each part of turnover has been added, in the order of TURNOVER."""
    moved, sums = nobody, Sums()
    for part, fields in TURNOVER.items():
        moved = replace(moved, **{field: getattr(one.staffing, field) for field in fields})
        sums |= _rate(f"{name} {part}", one.prices, moved, one.hours)
    return sums


def _stage(name: str, prices: Prices, staffing: Staffing, hours: Floats) -> Sums:
    """Return every line of a stage times what it is a mean over."""
    lines = _lines(prices, staffing)
    use = prices.organization.time_use
    told = {key: value for key, value in lines.items() if key not in TOGETHER}
    told |= {f"{SPENT}{key}": lines["able"] * getattr(use, key) for key in USES}
    told |= {f"{STAFFED}{key}": value for key, value in vars(staffing).items()}
    told |= {FLAT: prices.organization.benefits.flat_per_fte, "denial": prices.source.denial_share}
    return _weighted(name, told, hours, lines["billed"])


def _rate(name: str, prices: Prices, staffing: Staffing, hours: Floats) -> Sums:
    """Return what the rate of a stage alone needs."""
    lines = _lines(prices, staffing)
    told = {key: lines[key] for key in ("paid_hour", "billed", "rework", "kept")}
    return _weighted(name, told, hours, lines["billed"])


def _lines(prices: Prices, staffing: Staffing) -> Lines:
    with np.errstate(all="ignore"):  # a future may bill nothing
        return build_up(prices, staffing)


def _weighted(name: str, told: Lines, hours: Floats, billed: Floats | float) -> Sums:
    units = hours * billed
    sums = {f"{name}|{key}": (units if key in OF_UNITS else hours) * value for key, value in told.items()}
    sums |= {f"{name}|{HOURS}": hours, f"{name}|{UNITS}": units}
    return {key: np.broadcast_to(np.asarray(value, dtype=float), hours.shape) for key, value in sums.items()}


# lines of sums ---------------------------------------------------------------------------------------------------


def lines_of(sums: Sums, stage: str = OWN) -> Lines:
    """Return every line of a stage, all futures of a row of sums together."""
    names = [key.partition("|")[2] for key in sums if key.startswith(f"{stage}|")]
    beside = (HOURS, UNITS, FLAT, "denial")
    keys = [key for key in names if key not in beside and not key.startswith((SPENT, STAFFED))]
    lines: Lines = {key: mean_of(sums, key, stage) for key in keys}
    lines["billable_hour"] = divided(sums[f"{stage}|paid_hour"], sums[f"{stage}|billed"])
    lines["unit"] = lines["billable_hour"] / UNITS_PER_HOUR
    return lines | {"rate": rate_of_stage(sums, stage)}


def mean_of(sums: Sums, key: str, stage: str = OWN) -> Floats:
    """Return the mean of a line over hours paid, or over units billed."""
    return divided(sums[f"{stage}|{key}"], sums[f"{stage}|{UNITS if key in OF_UNITS else HOURS}"])


def rate_of_stage(sums: Sums, stage: str = OWN) -> Floats:
    """Return the rate at which what is paid in the end covers what is spent."""
    unit = divided(sums[f"{stage}|paid_hour"], sums[f"{stage}|billed"]) / UNITS_PER_HOUR
    return divided(unit + mean_of(sums, "rework", stage), mean_of(sums, "kept", stage))


def staffing_lines(sums: Sums, stage: str = OWN) -> Lines:
    """Return the staffing, all hours paid together."""
    return {name: mean_of(sums, f"{STAFFED}{name}", stage) for name in Staffing.__dataclass_fields__}


def turnover_lines(sums: Sums) -> Lines:
    """Return what each part of turnover adds to the rate."""
    return _added(sums, NOBODY, OWN_TURNOVER)


def three_rates(sums: Sums) -> tuple[Floats, Floats, Floats]:
    """Return the base's rate, the rate at its staffing but a scenario's own prices, and the scenario's own."""
    base, plain, own = (rate_of_stage(sums, stage) for stage in (BASE, PLAIN, OWN))
    return base, plain, own


def three_turnovers(sums: Sums) -> tuple[Lines, Lines, Lines]:
    """Return what each part of turnover adds to each of these rates."""
    return (
        _added(sums, BASE_NOBODY, BASE_TURNOVER),
        _added(sums, PLAIN_NOBODY, PLAIN_TURNOVER),
        turnover_lines(sums),
    )


def _added(sums: Sums, first: str, name: str) -> Lines:
    rates = [rate_of_stage(sums, stage) for stage in (first, *(f"{name} {part}" for part in TURNOVER))]
    return {part: after - before for part, before, after in zip(TURNOVER, rates, rates[1:], strict=False)}
