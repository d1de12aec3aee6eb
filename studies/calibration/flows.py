"""Read from the log of the typical employers what the targets of leaving, hiring and cost ask for."""

from __future__ import annotations

from typing import Final

import numpy as np

from sim.model.engine.panel import BURNED_OUT_ABOVE
from sim.model.rules.turnover import DESTINATIONS, VOLUNTARY
from sim.model.world import log
from sim.results.blocks import Floats, Rows, Sums, Told, adder, replications_of
from sim.results.measures.formulas import Formula, divided, pseudo_values, ratio, retention
from sim.results.measures.people import RETENTION_MONTHS
from sim.results.sums import gather
from sim.results.tenure import jobs
from sim.units import DAYS_PER_MONTH, MONTHS_PER_YEAR
from studies.calibration.reference import Lived, Parameters, lived, reference

FOLLOWED_MONTHS = 24  # after burnout was seen
FIRST_MONTHS = 14  # in which the peak is sought
LONGEST_STAY = 36  # months that those in post at the start are followed
LOW_TURNOVER, HIGH_TURNOVER = 0.10, 0.50
CENTS = 100.0


def _first(name: str, months: int) -> Formula:
    return lambda sums: sums[name][..., :months].sum(axis=-1)


def _first_year_ratio(sums: Told) -> Floats:
    events, time = sums["exits_by_tenure"][..., :12].sum(axis=-1), sums["lived_by_tenure"][..., :12].sum(axis=-1)
    later = divided(sums["left"] - events, sums["filled_months"] - time)
    return divided(divided(events, time), later)


def _leavers_under(months: int) -> Formula:
    early = _first("exits_by_tenure", months)
    return lambda sums: divided(early(sums), sums["left"])


def _stock_under(months: int) -> Formula:
    early = _first("lived_by_tenure", months)
    return lambda sums: divided(early(sums), sums["filled_months"])


def _involuntary(sums: Told) -> Floats:
    return divided(sums["left.dismissal"] + sums["left.return_to_use"], sums["left"])


def _vacancy(sums: Told) -> Floats:
    return 1.0 - divided(sums["filled_months"], sums["post_months"])


def _replacement(sums: Told) -> Floats:
    pay = divided(sums["pay_usd"], sums["in_post"])  # a month
    direct = divided(sums["turnover_usd"], sums["left"])
    return divided(direct + divided(sums["ramp_months"], sums["left"]) * pay, pay * MONTHS_PER_YEAR)


def _burnout_ratio(sums: Told) -> Floats:
    burned = divided(sums["exits_burned_out"], sums["time_burned_out"])
    return divided(burned, divided(sums["exits_not"], sums["time_not"]))


def _in_post(months: int) -> Formula:
    """Return the share still there of those who were in post at the start."""
    return lambda sums: 1.0 - divided(sums[f"gone_{months}"], sums["at_start"])


FORMULAS: Final[dict[str, Formula]] = {
    "separations": ratio("left", "filled_years", 100.0),
    "voluntary_share": ratio("left.voluntary", "left"),
    "involuntary_share": _involuntary,
    "left_field": ratio("left_field", "left.voluntary"),
    "retention_6": retention(6),
    "retention_12": retention(12),
    "retention_24": retention(24),
    "retention_36": retention(36),
    **{f"in_post_{months}": _in_post(months) for months in RETENTION_MONTHS if months <= LONGEST_STAY},
    "first_year_ratio": _first_year_ratio,
    "leavers_under_6": _leavers_under(6),
    "leavers_under_year": _leavers_under(12),
    "stock_under_year": _stock_under(12),
    "burned_out": ratio("burned_out", "peers"),
    "vacancy": _vacancy,
    "days_to_fill": ratio("fill_months", "fills", DAYS_PER_MONTH),
    "replacement_cost": _replacement,
    "burnout_hazard_ratio": _burnout_ratio,
    "return_to_use": ratio("returns_to_use", "filled_years"),
    "employers_low": ratio("low_years", "employer_years"),
    "employers_high": ratio("high_years", "employer_years"),
}


def flows(parameters: Parameters, replications: range) -> dict[str, Floats]:
    """Return what typical employers show under some parameters, one (pseudo-)value a replication."""
    sums = flow_sums(lived(reference(parameters), replications))
    return values_of(sums)


def values_of(sums: Told) -> dict[str, Floats]:
    """Return the targets' quantities from sums; the peak month is that of all replications together."""
    values = {name: pseudo_values(formula, sums) for name, formula in FORMULAS.items()}
    return values | {"hazard_peak": peak_month(sums)}


def peak_month(sums: Told) -> Floats:
    """Return the month of tenure around which most leave: the middle of the three with the highest hazard."""
    events, lived_there = (sums[name].sum(axis=0)[:FIRST_MONTHS] for name in ("exits_by_tenure", "lived_by_tenure"))
    hazard = divided(events, lived_there)
    smooth = np.convolve(hazard, np.ones(3) / 3, mode="valid")
    return np.array([float(np.nanargmax(smooth)) + 1.5])


def flow_sums(seen: Lived) -> Sums:
    """Return the sums of a result with those that only the targets need."""
    sums = gather([seen.result], seen.scenario)
    return sums | _quits(seen) | _fills(seen) | _costs(seen) | _employer_years(seen) | _by_burnout(seen) | _gone(seen)


def _numbers(seen: Lived) -> Rows:
    return replications_of([seen.result])


def _quits(seen: Lived) -> Sums:
    facts, add = seen.result.facts, adder(seen.result, _numbers(seen))
    quit_job = (facts["kind"] == log.LEFT) & (facts["detail"] == VOLUNTARY)
    other_field = quit_job & (facts["destination"] == DESTINATIONS.index("other_field"))
    return {"left_field": add.of(_places(seen)[other_field])}


def _places(seen: Lived) -> Rows:
    """Return the replication's place of every fact."""
    place = adder(seen.result, _numbers(seen)).place
    return np.asarray(place[seen.result.facts["row"].astype(np.int64) // seen.result.posts])


def _fills(seen: Lived) -> Sums:
    """Return how many vacancies that opened in the first 80 % of the time were filled, and how long that took."""
    facts, months = seen.result.facts, seen.result.panel["filled"].shape[0]
    moved = np.isin(facts["kind"], (log.LEFT, log.HIRED))
    order = np.lexsort((facts["time"][moved], facts["row"][moved]))
    row, kind, time = (facts[name][moved][order] for name in ("row", "kind", "time"))
    filled = (row[1:] == row[:-1]) & (kind[:-1] == log.LEFT) & (kind[1:] == log.HIRED) & (time[:-1] < 0.8 * months)
    place, add = _places(seen)[moved][order][1:][filled], adder(seen.result, _numbers(seen))
    return {"fills": add.of(place), "fill_months": add.of(place, (time[1:] - time[:-1])[filled])}


def _costs(seen: Lived) -> Sums:
    panel, add = seen.result.panel, adder(seen.result, _numbers(seen))
    posts, ramp = seen.scenario.posts, seen.scenario.recruitment.ramp_up_months
    spells = jobs(seen.result, _numbers(seen))
    lost = [_not_yet(months, ramp) for months in (spells.until, spells.seen_from)]
    return {
        "turnover_usd": add.months(panel["turnover_cost"]) / CENTS,
        "pay_usd": add.months(panel["wage_time"]) * posts.fte * posts.paid_hours_per_year / MONTHS_PER_YEAR,
        "in_post": add.months(panel["in_post"]),
        "ramp_months": add.of(spells.place, lost[0] - lost[1]),
    }


def _not_yet(tenure: Floats, ramp: float) -> Floats:
    """Return the months of work that somebody of some tenure could not yet give."""
    inside = np.clip(tenure, 0.0, ramp)
    return np.asarray(inside - inside**2 / (2.0 * ramp))


def _employer_years(seen: Lived) -> Sums:
    panel, add = seen.result.panel, adder(seen.result, _numbers(seen))
    shape = (-1, MONTHS_PER_YEAR, panel["exits"].shape[1])
    exits, filled = (panel[name].reshape(shape).sum(axis=1) for name in ("exits", "in_post"))
    turnover = exits / (filled / MONTHS_PER_YEAR)
    return {
        "employer_years": add.months(np.ones_like(turnover)),
        "low_years": add.months(turnover < LOW_TURNOVER),
        "high_years": add.months(turnover > HIGH_TURNOVER),
    }


def _by_burnout(seen: Lived) -> Sums:
    """Return exits and time of those in post at the start, by whether they were burned out then."""
    roster, facts, add = seen.opening.roster, seen.result.facts, adder(seen.result, _numbers(seen))
    there = np.flatnonzero(roster.in_post)
    until = np.full(roster.filled.size, float(FOLLOWED_MONTHS))
    left = (facts["kind"] == log.LEFT) & (facts["time"] < FOLLOWED_MONTHS)
    row = facts["row"][left].astype(np.int64)
    first = facts["ordinal"][left] == roster.ordinal[row]
    until[row[first]] = facts["time"][left][first]
    place, burned = add.place[there // roster.posts], roster.states[0, there] > BURNED_OUT_ABOVE
    gone = until[there] < FOLLOWED_MONTHS
    sums = {}
    for name, chosen in (("burned_out", burned), ("not", ~burned)):
        sums[f"exits_{name}"] = add.of(place[chosen & gone])
        sums[f"time_{name}"] = add.of(place[chosen], until[there][chosen])
    return sums


def _gone(seen: Lived) -> Sums:
    """Return how many were in post at the start, and how many of them had left by some months."""
    facts, add, place = seen.result.facts, adder(seen.result, _numbers(seen)), _places(seen)
    opening, left = facts["kind"] == log.OPENING, facts["kind"] == log.LEFT
    first = np.full(seen.opening.roster.filled.size, log.NO_DETAIL)
    first[facts["row"][opening].astype(np.int64)] = facts["ordinal"][opening]
    theirs = left & (facts["ordinal"] == first[facts["row"].astype(np.int64)])
    gone = {f"gone_{m}": add.of(place[theirs & (facts["time"] <= m)]) for m in RETENTION_MONTHS if m <= LONGEST_STAY}
    return {"at_start": add.of(place[opening])} | gone
