"""Set a month's wages: every position's scale, outside, minimum and living wage (docs/model.md, section 8)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.model.rules import pay, recruitment
from sim.model.world.growth import Growth
from sim.model.world.positions import stated_wages
from sim.model.world.rows import larger, table_of
from sim.model.world.terms import Terms
from sim.scenario.schema import Organization
from sim.scenario.tables.ladder import RaiseOverBelow

Floats = NDArray[np.float64]
Seen = tuple[Any, Any]  # of other employers: share of those who look that have any in reach, and their wages' part
NOBODY_SEEN: Seen = (0.0, 0.0)


@dataclass(frozen=True)
class Scale:
    """A month's wages: of every position and rung, outside, legal minimum and living wage, USD/hour.

    Numbers, or arrays over employers; tables have employers last where they differ.
    """

    rung: Floats  # (positions, rungs), the others last
    unlifted: Floats  # the same before a floor lifts it
    lift: Floats  # (positions,): the entry wage, where a floor lifts it; else 0
    entry: Any  # of a budgeted post on average, by FTE
    outside: Any
    living: Any
    factor: Any  # of the cost-of-living rule
    supervisor: Any  # of supervisors outside the ladder
    supervisor_stated: Any  # the same before the gap to the peers is kept
    raise_log: Floats  # (positions, rungs): log wage of the next rung over this one; NaN on the top rung
    months_needed: Floats  # in the rung, for the next
    months_to_fill: Floats  # (positions,): a vacancy, on average


_NONE = np.zeros((1, 1))
NO_SCALE = Scale(_NONE, _NONE, np.zeros(1), 0.0, 1.0, 1.0, 1.0, 0.0, 0.0, _NONE, np.zeros(1), np.zeros(1))


@dataclass(frozen=True)
class Moment:
    """What wages follow from beside the terms: the month, growth so far, what rates passed through, the floor."""

    month: int
    growth: Growth
    passed_through: Mapping[str, Any]  # USD/hour of the start, by address of the entry wage
    floor_since: Any
    others: Seen = NOBODY_SEEN


def scale_of(terms: Terms, at: Moment) -> Scale:
    """Return the wages of a month."""
    given, places = terms.given, terms.places
    place, grown = given.place, partial(_grown, terms, at)
    living = grown("place.living_wage_usd_per_hour", _known(place.living_wage_usd_per_hour))
    minimum = grown("place.minimum_wage_usd_per_hour", _known(place.minimum_wage_usd_per_hour))
    other_fields = grown("place.outside_wage_usd_per_hour", _known(place.outside_wage_usd_per_hour))
    outside = mixed_with_others(given, other_fields, at.others)
    factor = at.growth.scale[max(at.month, 0)]
    stated = stated_wages(given)
    scaled = [grown(one, stated[one]) + at.passed_through.get(one, 0.0) * factor for one in places.wages]
    entries = [_lifted(terms, at, wage, living, minimum) for wage in scaled]
    steps = _steps(terms, grown)
    rung, unlifted = np.split(_stacked([pay.rung_wages(wage, steps) for wage in (*entries, *scaled)]), 2)
    recruiting = given.recruitment
    pool = recruiting.wage_elasticity, recruiting.local_pool_level, recruiting.fill_log_per_pool_sd
    practices = given.practices
    supervisor = grown("practices.supervisor_wage_usd_per_hour", practices.supervisor_wage_usd_per_hour)
    mean = places.mean(table_of(entries))
    return Scale(
        rung=rung,
        unlifted=unlifted,
        lift=np.where(rung[:, 0] > unlifted[:, 0], rung[:, 0], 0.0),
        entry=mean,
        outside=outside,
        living=living,
        factor=factor,
        supervisor=pay.supervisors_wage(supervisor, practices.supervisor_gap_share, mean),
        supervisor_stated=supervisor,
        raise_log=np.append(np.log(rung[:, 1:] / rung[:, :-1]), np.full_like(rung[:, :1], np.nan), axis=1),
        months_needed=table_of([*(1.0 * r.months_in_rung_below for r in terms.rungs), 0.0]),
        months_to_fill=table_of(
            [
                recruitment.months_to_fill(days, one / outside, *pool)
                for days, one in zip(places.days_to_fill, entries, strict=True)
            ]
        ),
    )


def mixed_with_others(given: Organization, other_fields: Any, others: Seen) -> Any:
    """Return what peers could earn elsewhere: where employers meet, with the others of the portfolio."""
    if not given.market.employers_meet:
        return other_fields
    peer_jobs = pay.peer_job_share(given.turnover.other_field_share, given.turnover.out_of_work_share)
    return pay.outside_wage(other_fields, peer_jobs, *others)


def _stacked(tables: Sequence[Floats]) -> Floats:
    """Tables by rung of several positions as one; a table of one position may have a column an employer."""
    most = max(table.ndim for table in tables)
    return np.stack(
        np.broadcast_arrays(*(table.reshape(*table.shape, *(1,) * (most - table.ndim)) for table in tables))
    )


def _lifted(terms: Terms, at: Moment, scaled: Any, living: Any, minimum: Any) -> Any:
    """Entry wage once the floor has lifted it."""
    entry, floor = scaled, terms.given.pay.floor
    if floor.kind != "none":
        entry = larger(entry, minimum)
    if floor.kind == "living_wage":
        months = at.month + 1 - at.floor_since
        entry = larger(entry, pay.living_wage_floor(scaled, floor.ratio * living, months, floor.phase_in_months))
    return entry


def _steps(terms: Terms, grown: partial[Any]) -> list[tuple[str, Any]]:
    """Return what each rung above entry pays, as a raise or as an amount of the month."""
    return [
        ("raise", rung.pay.share)
        if isinstance(rung.pay, RaiseOverBelow)
        else ("amount", grown(f"ladder.{name}.pay.usd_per_hour", rung.pay.usd_per_hour))
        for name, rung in zip(terms.rung_names[1:], terms.rungs, strict=True)
    ]


def _grown(terms: Terms, at: Moment, address: str, amount: Any) -> Any:
    """An amount as it is in the month, grown since the month in whose dollars it is."""
    return amount * at.growth.since(address, terms.dates.get(address, 0), max(at.month, 0))


def _known(value: float | None) -> float:
    if value is None:
        raise ValueError("the place is not resolved: load the scenario with sim.scenario.files.load")
    return value
