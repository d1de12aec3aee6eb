"""Compile an organization into the numbers its rules work with, for as long as no input changes."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import reduce
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.evidence.effects import load_effects
from sim.evidence.facts import load_facts
from sim.evidence.net_income import NET, load_net_income
from sim.evidence.variance import noise_sd_of
from sim.model.world.causes import PRACTICES, STATES, Effects, sort_effects
from sim.model.world.positions import Places, full_time_equivalents, mean_fte, places_of
from sim.model.world.rows import Floats, each, larger, looked_up, rows_of, table_of
from sim.scenario.schema import Effects as EffectsTable
from sim.scenario.schema import Organization
from sim.scenario.tables.ladder import Rung
from sim.scenario.tables.pay import GROSS
from sim.scenario.timeline import Dates, EmployerPlan
from sim.scenario.yardsticks import over_one_adult
from sim.units import Reals

ENTRY = "entry"
MONTHS_TO_ADJUST: dict[str, Any] = EffectsTable().months_to_adjust
RURAL_SHARE = 0.20  # of the national reference workforce, to turn yes/no into SD
FULL_TIME_SHARE = 0.60
FULL_TIME_FTE = 0.875
NO_DATES: Dates = MappingProxyType({})
OUT_OF_ROLE_TYPICAL = 0.10


@dataclass(frozen=True)
class Pace:
    """How a state moves in a month: the part of a deviation that stays, and the SD of what luck adds."""

    kept: Any
    spread: Any


@dataclass(frozen=True)
class Terms:
    """Hold the inputs of a block's employers for a stretch of months, with what follows from them alone.

    A number is an array, one element an employer, where employers differ in it (docs/decisions/0018).
    """

    given: Organization
    effects: Effects
    pace: tuple[Pace, ...]  # of the four states
    rungs: tuple[Rung, ...]  # above entry, in step order
    rung_names: tuple[str, ...]  # entry first
    adequacy_log_ratio: Any  # wage over living wage at which pay adequacy is 0 SD
    good_raise_log: Any  # log raise that counts as 1 SD of prospects
    net_income: tuple[Floats, Floats] | None  # wages and what a household has left of them; None: adequacy is gross
    fixed_causes: dict[str, Any]  # employer causes that no month moves
    hours: float  # paid hours a month of a post that no position names
    working_share: float  # of paid hours, at average burnout
    braiding: tuple[str, ...]
    households: tuple[tuple[float, float], ...]  # cumulative share, living wage over one adult's; by name
    places: Places
    dates: Dates  # in whose month's dollars growing amounts are; those not named are in dollars of the start

    @property
    def supervising(self) -> tuple[float, ...]:
        """Return the share of time spent supervising, by rung number, entry first."""
        return (0.0, *(rung.supervising_share for rung in self.rungs))

    def supervising_of(self, rung: NDArray[Any], of: NDArray[np.int64]) -> Reals:
        """Share of time that posts on some rungs spend supervising; `of` has the places of their employers."""
        if not self.rungs:
            return 0.0
        return looked_up(table_of(self.supervising), rung, of)


def compile_terms(organization: Organization, dates: Dates = NO_DATES) -> Terms:
    """Return the terms of an organization, its growing amounts in dollars of these months.

    Raises:
        ValueError: when the effects leave no room for SD 1 in every state.
    """
    posts, use = organization.posts, organization.time_use
    ladder = sorted(organization.ladder.items(), key=lambda item: item[1].step)
    adjust, effects = MONTHS_TO_ADJUST | organization.effects.months_to_adjust, _effects(organization)
    return Terms(
        given=organization,
        effects=effects,
        pace=tuple(_pace(adjust[state], sd) for state, sd in zip(STATES, effects.noise_sd, strict=True)),
        rungs=tuple(rung for _, rung in ladder),
        rung_names=(ENTRY, *(name for name, _ in ladder)),
        adequacy_log_ratio=each(math.log, organization.pay.adequacy_reference_ratio),
        good_raise_log=each(lambda share: math.log(1.0 + share), organization.prospects.good_raise_share),
        net_income=_net_income(organization),
        fixed_causes=_fixed_causes(organization),
        hours=posts.full_time_hours * posts.fte,
        working_share=use.worked_share,
        braiding=organization.rules.braiding or tuple(organization.funding),
        households=_households(organization),
        places=places_of(organization),
        dates=dates,
    )


def compiled(plan: EmployerPlan) -> dict[int, Terms]:
    """Return the terms of every epoch of a plan, by its first month."""
    spans = zip(plan.epochs, plan.dates, strict=True)
    return {month: compile_terms(organization, dates) for (month, organization), dates in spans}


def _pace(months: Any, noise_sd: Any) -> Pace:
    kept = each(lambda one: math.exp(-1.0 / one), months)
    return Pace(kept, noise_sd * each(lambda one: math.sqrt(1.0 - one * one), kept))


def _effects(organization: Organization) -> Effects:
    table = {key: effect.effect for key, effect in load_effects().items()}
    scale = organization.effects.scale
    values = {key: value * scale for key, value in (table | organization.effects.overrides()).items()}
    return sort_effects(values, _noise_sd(values, MONTHS_TO_ADJUST | organization.effects.months_to_adjust))


def _noise_sd(values: dict[str, Any], months: dict[str, Any]) -> dict[str, Any]:
    """Find what luck is left to every state: for each employer where effects or time constants differ."""
    own = (*values.values(), *months.values())
    sizes = [one.size for one in own if isinstance(one, np.ndarray)]
    if not sizes:
        return noise_sd_of(tuple(values), tuple(months), own)
    found = [noise_sd_of(tuple(values), tuple(months), row) for row in rows_of(own, sizes[0])]
    return {state: np.array([one[state] for one in found]) for state in STATES}


def _net_income(organization: Organization) -> tuple[Floats, Floats] | None:
    """Return a household's curve of net income, wages and USD a year, where pay adequacy goes by it."""
    household = organization.pay.adequacy_income
    if household == GROSS:
        return None
    curve = load_net_income().curves[organization.place.state, household]
    return np.array(curve.wages), np.array(curve.amounts[NET])


def _fixed_causes(organization: Organization) -> dict[str, Any]:
    causes: dict[str, Any] = {name: 1.0 * getattr(organization.practices, name) for name in PRACTICES}
    supervising = reduce(larger, (rung.supervising_share for rung in organization.ladder.values()), 0.0)
    causes["peer_background_of_supervisor"] = each(lambda share: float(share > 0), supervising)
    causes["out_of_role_work"] = (organization.time_use.outside_role - OUT_OF_ROLE_TYPICAL) / OUT_OF_ROLE_TYPICAL
    causes["rural"] = in_sd(organization.place.rural, RURAL_SHARE)
    causes["full_time"] = each(lambda fte: in_sd(fte >= FULL_TIME_FTE, FULL_TIME_SHARE), organization.posts.fte)
    return causes


def in_sd(holds: bool, reference_share: float) -> float:
    """Return a yes or no in SD of a reference population in which that share says yes."""
    return (float(holds) - reference_share) / math.sqrt(reference_share * (1.0 - reference_share))


def _households(organization: Organization) -> tuple[tuple[float, float], ...]:
    cumulative, rows = 0.0, []
    for _, household in sorted(organization.place.households.items()):
        cumulative = cumulative + household.share
        rows.append((cumulative, over_one_adult(organization.place, household)))
    return tuple(rows)


def full_staff_client_hours(organization: Organization) -> Any:
    """Return the client-hours a month that a full, experienced workforce of average burnout can give."""
    use, posts = organization.time_use, organization.posts
    worked = posts.full_time_hours * use.worked_share
    return full_time_equivalents(organization) * worked * (use.individual + use.group * use.group_size)


def supervisors_per_post(organization: Organization) -> Any:
    """Supervisor FTE that the employer staffs for each post: to its own span, else to the standard."""
    return mean_fte(organization) / organization.practices.span


def fixed_fringe_share(organization: Organization) -> Any:
    """Part of the fringe share that a raise does not move: as stated; else health cover, if it is not a flat amount."""
    benefits = organization.benefits
    if benefits.fixed_fringe_share is not None:
        return benefits.fixed_fringe_share
    health = load_facts("costs")["health_of_fringe"].value
    return each(lambda flat: 0.0 if flat > 0 else health, benefits.flat_per_fte)
