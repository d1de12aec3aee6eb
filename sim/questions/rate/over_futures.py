"""Build a rate over futures: each by the terms drawn for it, then all hours of all futures together.

A rate is set once, for whatever future comes. So a line is its mean over all hours paid in all futures, and the rate is
the one at which what is paid in the end covers what is spent, in all of them together: cost of an hour paid over
billable hours of an hour paid, as in one future. Every line is a sum over futures divided by another, so sums by future
are all that is kept (docs/decisions/0028).

The mean of a product is not the product of means: whole units of a visit, a span that divides, a claim that is sent
again or not. So every input that futures draw is put at the value at which the arithmetic of the table (and of the
workbook) comes to the line that is told: one set of prices and one staffing (`prices_and_staffing`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np

from sim.questions.rate.build_up import TURNOVER, USES, Lines, Prices, build_up, payer_of
from sim.questions.rate.lines import SECTIONS
from sim.questions.rate.staffing import Staffing, at_turnover_of, staffing_of, staffing_sums, without_turnover
from sim.results.blocks import Floats, Sums, replications_of
from sim.results.measures.formulas import divided
from sim.runs.futures.rows import Part
from sim.scenario.patch import split
from sim.scenario.rows import plans_of
from sim.units import MONTHS_PER_YEAR, UNITS_PER_HOUR, month_number

OWN, NOBODY, BASE, PLAIN = "own", "nobody", "base", "plain"  # stages: whose staffing, at a scenario's prices
BASE_NOBODY, PLAIN_NOBODY = "base nobody", "plain nobody"  # the last two, if nobody left
OWN_TURNOVER, BASE_TURNOVER, PLAIN_TURNOVER = "turnover", "base turnover", "plain turnover"  # before the parts of each
HOURS, UNITS = "hours paid", "units billed"  # what lines are means over
OF_UNITS: Final = ("rework", "kept", "denial", "worth", "alone")
TOGETHER: Final = ("billable_hour", "unit", "brought", "rate")  # of other lines
BROUGHT: Final = {"brought": "worth", "alone": "alone"}  # line → its sum: what a unit brings once denials are settled
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
    return _weighted(name, told | _paid(lines), hours, lines["billed"])


def _rate(name: str, prices: Prices, staffing: Staffing, hours: Floats) -> Sums:
    """Return what the rate of a stage alone needs."""
    lines = _lines(prices, staffing)
    told = {key: lines[key] for key in ("paid_hour", "billed", "rework", "kept")}
    return _weighted(name, told | _paid(lines), hours, lines["billed"])


def _paid(lines: Lines) -> Lines:
    return {"worth": lines["kept"] * lines["brought"], "alone": lines["kept"] * lines["alone"]}


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
    beside = (HOURS, UNITS, FLAT, "denial", *BROUGHT.values())
    keys = [key for key in names if key not in beside and not key.startswith((SPENT, STAFFED))]
    lines: Lines = {key: mean_of(sums, key, stage) for key in keys}
    lines["billable_hour"] = divided(sums[f"{stage}|paid_hour"], sums[f"{stage}|billed"])
    lines["unit"] = lines["billable_hour"] / UNITS_PER_HOUR
    lines |= {name: divided(mean_of(sums, key, stage), mean_of(sums, "kept", stage)) for name, key in BROUGHT.items()}
    return lines | {"rate": rate_of_stage(sums, stage)}


def mean_of(sums: Sums, key: str, stage: str = OWN) -> Floats:
    """Return the mean of a line over hours paid, or over units billed."""
    return divided(sums[f"{stage}|{key}"], sums[f"{stage}|{UNITS if key in OF_UNITS else HOURS}"])


def rate_of_stage(sums: Sums, stage: str = OWN) -> Floats:
    """Return the rate at which what is paid in the end covers what is spent."""
    unit = divided(sums[f"{stage}|paid_hour"], sums[f"{stage}|billed"]) / UNITS_PER_HOUR
    return divided(unit + mean_of(sums, "rework", stage), mean_of(sums, "worth", stage))


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


# one set of terms ----------------------------------------------------------------------------------------------------

Amounts = dict[str, float]  # name of a line → amount
DIGITS: Final = 9  # of a wage in dollars, beyond which a mean of equal wages is rounding
PAYER: Final = "funding"
MOVED_BY: Final = {line.key: line.also or line.path for told in SECTIONS.values() for line in told}  # line → input
ON_TOP: Final = ("support", "direct", "replacement", "cover", "overhead")  # in the order in which they rest on others


def prices_and_staffing(taken: Prices, sums: Sums, stage: str = OWN) -> tuple[Prices, Staffing]:
    """Return prices and staffing by which `build_up` comes to the lines of all futures together.

    Args:
        taken: the prices with the assumptions as taken.
        sums: of all futures, one row.
        stage: whose staffing.
    """
    lines = {key: _number(value) for key, value in lines_of(sums, stage).items()}
    staffing = Staffing(**{key: _number(value) for key, value in staffing_lines(sums, stage).items()})
    staffing = replace(staffing, pay=(lines["wage"] + lines["pay_above"]) / lines["wage"])
    prices = replace(taken, wage=round(lines["wage"], DIGITS))
    prices = _with(prices, _fringe(prices, lines, _number(mean_of(sums, FLAT, stage)), staffing))
    spent = {name: _number(mean_of(sums, f"{SPENT}{name}", stage)) for name in USES}
    uses = {f"time_use.{name}": spent[name] / lines["able"] for name in USES}
    leave = lines["planned_leave"] * MONTHS_PER_YEAR / staffing.months_in_post
    prices = _with(prices, uses | {"time_use.leave_share": float(leave)})
    seen = sum(spent[name] for name in ("individual", "group") if name in prices.source.billable)
    staffing = replace(staffing, used=1.0 - lines["unasked"] / seen if seen else staffing.used)
    return _claims(_costs(prices, staffing, lines), staffing, lines, _number(mean_of(sums, "denial", stage))), staffing


def _fringe(prices: Prices, lines: Amounts, flat: float, staffing: Staffing) -> dict[str, Any]:
    """Return the fringe share, the part of it that no raise moves, and the flat amount."""
    posts = prices.organization.posts
    year = posts.paid_hours_per_year * posts.fte
    moving = lines["fringe_moving"] / (lines["wage"] + lines["pay_above"])
    fixed = (lines["fringe_fixed"] - flat * posts.fte * staffing.months_held / year) / prices.reference_wage
    whole = float(moving + fixed)
    told = {"benefits.fringe_share": whole, "benefits.flat_usd_per_month": flat, "benefits.health_usd_per_month": 0.0}
    return told | {"benefits.fixed_fringe_share": float(fixed) / whole if whole else 0.0}


def _costs(prices: Prices, staffing: Staffing, lines: Amounts) -> Prices:
    """Return prices by which the costs on top of an hour come out."""
    practices = prices.organization.practices
    if practices.other_supervisors_fte is not None:
        prices = _solved(prices, staffing, lines, "supervision", "practices.other_supervisors_fte")
    else:
        name = "peers_per_supervisor" + "_standard" * (practices.peers_per_supervisor is None)
        now = _number(build_up(prices, staffing)["supervision"])
        span = getattr(practices, name) * now / lines["supervision"] if lines["supervision"] else 0.0
        prices = _with(prices, {f"practices.{name}": span}) if span else prices
    for line in ON_TOP:
        prices = _solved(prices, staffing, lines, line, MOVED_BY[line])
    return prices


def _claims(prices: Prices, staffing: Staffing, lines: Amounts, denial: float) -> Prices:
    """Return prices by which units come out as billed, and as paid in the end."""
    (name,) = prices.organization.funding
    recovered = 1.0 - (1.0 - lines["kept"]) / denial if denial else prices.source.rework_recovered_share
    at = f"{PAYER}.{name}"
    prices = _with(prices, {f"{at}.denial_share": denial, f"{at}.rework_recovered_share": max(0.0, recovered)})
    prices = _solved(prices, staffing, lines, "rework", f"{at}.rework_usd_per_claim")
    now = {key: _number(value) for key, value in build_up(prices, staffing).items()}
    billed, brought, alone = (lines[key] / now[key] if now[key] else 1.0 for key in ("billed", "brought", "alone"))
    return replace(prices, billed_factor=billed, brought_factor=brought, alone_factor=alone)


def _solved(prices: Prices, staffing: Staffing, lines: Amounts, line: str, path: str) -> Prices:
    """Return prices with an input at the value at which a line comes out, which goes by it in a straight line."""
    nothing, one = (_number(build_up(_with(prices, {path: value}), staffing)[line]) for value in (0.0, 1.0))
    return _with(prices, {path: (lines[line] - nothing) / (one - nothing)}) if one != nothing else prices


def _with(prices: Prices, values: dict[str, Any]) -> Prices:
    """Return prices with some inputs at other values, unchecked: they are means of what was checked."""
    organization = prices.organization
    for path, value in values.items():
        organization = _put(organization, split(path), float(value))
    return replace(prices, organization=organization, source=payer_of(organization))


def _put(table: Any, path: tuple[str, ...], value: float) -> Any:
    if not path:
        return value
    key, rest = path[0], path[1:]
    if isinstance(table, dict):
        return {**table, key: _put(table[key], rest, value)}
    return table.model_copy(update={key: _put(getattr(table, key), rest, value)})


def _number(value: Any) -> float:
    return float(value if isinstance(value, float | int) else value.reshape(-1)[0])
