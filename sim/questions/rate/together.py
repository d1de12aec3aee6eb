"""Put the terms of all futures into one set of prices and one staffing, by which the table's arithmetic comes out.

Over futures a line is a mean, and the mean of a product is not the product of means: whole units of a visit, a span
that divides, a claim that is sent again or not. Here every input that futures draw stands at the value at which the
arithmetic of the table (and of the workbook) comes to the line that is told.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from sim.questions.rate.build_up import USES, Prices, build_up, payer_of
from sim.questions.rate.lines import SECTIONS
from sim.questions.rate.over_futures import FLAT, OWN, SPENT, lines_of, mean_of, staffing_lines
from sim.questions.rate.staffing import Staffing
from sim.results.blocks import Sums
from sim.scenario.patch import split
from sim.units import MONTHS_PER_YEAR

Told = dict[str, float]  # name of a line → amount
DIGITS: Final = 9  # of a wage in dollars, beyond which a mean of equal wages is rounding
PAYER: Final = "funding"
MOVED_BY: Final = {line.key: line.also or line.path for told in SECTIONS.values() for line in told}  # line → input
ON_TOP: Final = ("support", "direct", "replacement", "cover", "overhead")  # in the order in which they rest on others


def prices_and_staffing(taken: Prices, sums: Sums, stage: str = OWN) -> tuple[Prices, Staffing]:
    """Return prices and staffing by which `build_up` comes to the lines of all futures together.

    Args:
        taken: the prices with the assumptions as taken.
        sums: of all futures, one row.
        stage: whose staffing, of `sim.questions.rate.over_futures`.
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


def _fringe(prices: Prices, lines: Told, flat: float, staffing: Staffing) -> dict[str, Any]:
    """Return the fringe share, the part of it that no raise moves, and the flat amount."""
    posts = prices.organization.posts
    year = posts.paid_hours_per_year * posts.fte
    moving = lines["fringe_moving"] / (lines["wage"] + lines["pay_above"])
    fixed = (lines["fringe_fixed"] - flat * posts.fte * staffing.months_held / year) / prices.reference_wage
    whole = float(moving + fixed)
    told = {"benefits.fringe_share": whole, "benefits.flat_usd_per_month": flat, "benefits.health_usd_per_month": 0.0}
    return told | {"benefits.fixed_fringe_share": float(fixed) / whole if whole else 0.0}


def _costs(prices: Prices, staffing: Staffing, lines: Told) -> Prices:
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


def _claims(prices: Prices, staffing: Staffing, lines: Told, denial: float) -> Prices:
    """Return prices by which units come out as billed, and as paid in the end."""
    (name,) = prices.organization.funding
    recovered = 1.0 - (1.0 - lines["kept"]) / denial if denial else prices.source.rework_recovered_share
    at = f"{PAYER}.{name}"
    prices = _with(prices, {f"{at}.denial_share": denial, f"{at}.rework_recovered_share": max(0.0, recovered)})
    prices = _solved(prices, staffing, lines, "rework", f"{at}.rework_usd_per_claim")
    billed = _number(build_up(prices, staffing)["billed"])
    return replace(prices, billed_factor=lines["billed"] / billed if billed else 1.0)


def _solved(prices: Prices, staffing: Staffing, lines: Told, line: str, path: str) -> Prices:
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
