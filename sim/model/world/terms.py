"""Compile an organization into the numbers its rules work with, for as long as no input changes."""

from __future__ import annotations

import math
from dataclasses import dataclass
from types import MappingProxyType

from sim.evidence.effects import load_effects
from sim.evidence.variance import noise_sd
from sim.model.world.causes import PRACTICES, Effects, sort_effects
from sim.scenario.schema import Effects as EffectsTable
from sim.scenario.schema import Organization
from sim.scenario.tables.funding import FeeForService, Grant, ProspectivePayment, ScheduledFund
from sim.scenario.tables.work import Rung
from sim.scenario.timeline import Dates
from sim.scenario.yardsticks import over_one_adult
from sim.units import MONTHS_PER_YEAR, UNITS_PER_HOUR

ENTRY = "entry"
MONTHS_TO_ADJUST: dict[str, float] = EffectsTable().months_to_adjust
RURAL_SHARE = 0.20  # of the national reference workforce, to turn yes/no into SD
FULL_TIME_SHARE = 0.60
FULL_TIME_FTE = 0.875
HEALTH_SHARE_OF_FRINGE = 0.25  # 2.73 of 10.79 USD an hour, private industry, June 2020 (BLS ECEC)
NO_DATES: Dates = MappingProxyType({})
OUT_OF_ROLE_TYPICAL = 0.10

AnySource = FeeForService | ProspectivePayment | Grant | ScheduledFund


@dataclass(frozen=True)
class Terms:
    """Hold one organization's inputs for a stretch of months, with what follows from them alone."""

    given: Organization
    effects: Effects
    months_to_adjust: tuple[float, float, float, float]
    rungs: tuple[Rung, ...]  # above entry, in step order
    rung_names: tuple[str, ...]  # entry first
    fixed_causes: dict[str, float]  # employer causes that no month moves
    hours: float  # paid hours a month of a post
    working_share: float  # of paid hours, at average burnout
    braiding: tuple[str, ...]
    households: tuple[tuple[float, float], ...]  # cumulative share, living wage over one adult's; by name
    dates: Dates  # in whose month's dollars growing amounts are; those not named are in dollars of the start

    @property
    def supervising(self) -> tuple[float, ...]:
        """Return the share of time spent supervising, by rung number, entry first."""
        return (0.0, *(rung.supervising_share for rung in self.rungs))


def compile_terms(organization: Organization, dates: Dates = NO_DATES) -> Terms:
    """Return the terms of an organization, its growing amounts in dollars of these months.

    Raises:
        ValueError: when the effects leave no room for SD 1 in every state.
    """
    posts, use = organization.posts, organization.time_use
    ladder = sorted(organization.ladder.items(), key=lambda item: item[1].step)
    adjust = MONTHS_TO_ADJUST | organization.effects.months_to_adjust
    return Terms(
        given=organization,
        effects=_effects(organization),
        months_to_adjust=(
            adjust["burnout"],
            adjust["satisfaction"],
            adjust["role_clarity"],
            adjust["recovery"],
        ),
        rungs=tuple(rung for _, rung in ladder),
        rung_names=(ENTRY, *(name for name, _ in ladder)),
        fixed_causes=_fixed_causes(organization),
        hours=posts.paid_hours_per_year / MONTHS_PER_YEAR * posts.fte,
        working_share=1.0 - use.leave_share - use.absence_share,
        braiding=organization.rules.braiding or tuple(organization.funding),
        households=_households(organization),
        dates=dates,
    )


def _effects(organization: Organization) -> Effects:
    table = {key: effect.effect for key, effect in load_effects().items()}
    scale = organization.effects.scale
    values = {key: value * scale for key, value in (table | organization.effects.overrides()).items()}
    return sort_effects(values, noise_sd(values, MONTHS_TO_ADJUST | organization.effects.months_to_adjust))


def _fixed_causes(organization: Organization) -> dict[str, float]:
    causes = {name: float(getattr(organization.practices, name)) for name in PRACTICES}
    supervising = any(rung.supervising_share > 0 for rung in organization.ladder.values())
    causes["peer_background_of_supervisor"] = float(supervising)
    causes["out_of_role_work"] = (organization.time_use.outside_role - OUT_OF_ROLE_TYPICAL) / OUT_OF_ROLE_TYPICAL
    causes["rural"] = in_sd(organization.place.rural, RURAL_SHARE)
    causes["full_time"] = in_sd(organization.posts.fte >= FULL_TIME_FTE, FULL_TIME_SHARE)
    return causes


def in_sd(holds: bool, reference_share: float) -> float:
    """Return a yes or no in SD of a reference population in which that share says yes."""
    return (float(holds) - reference_share) / math.sqrt(reference_share * (1.0 - reference_share))


def _households(organization: Organization) -> tuple[tuple[float, float], ...]:
    cumulative, rows = 0.0, []
    for _, household in sorted(organization.place.households.items()):
        cumulative += household.share
        rows.append((cumulative, over_one_adult(organization.place, household)))
    return tuple(rows)


def full_staff_client_hours(organization: Organization) -> float:
    """Return the client-hours a month that a full, experienced workforce of average burnout can give."""
    use, posts = organization.time_use, organization.posts
    worked = posts.paid_hours_per_year / MONTHS_PER_YEAR * (1.0 - use.leave_share - use.absence_share)
    return posts.number * posts.fte * worked * (use.individual + use.group * use.group_size)


def supervisors_per_post(organization: Organization) -> float:
    """Supervisor FTE that the employer staffs for each post: to its own span, else to the standard."""
    practices = organization.practices
    return organization.posts.fte / (practices.peers_per_supervisor or practices.peers_per_supervisor_standard)


def fixed_fringe_share(organization: Organization) -> float:
    """Part of the fringe share that a raise does not move: as stated; else health cover, if it is not a flat amount."""
    benefits = organization.benefits
    if benefits.fixed_fringe_share is not None:
        return benefits.fixed_fringe_share
    return 0.0 if benefits.flat_usd_per_month > 0 else HEALTH_SHARE_OF_FRINGE


def moving_fringe(organization: Organization) -> float:
    """Fringe that each dollar of a raise brings with it."""
    return organization.benefits.fringe_share * (1.0 - fixed_fringe_share(organization))


def billable_share(organization: Organization, source: FeeForService, *, group: bool) -> float:
    """Return the share of hours worked that a source pays at the individual rate, or all with groups."""
    use = organization.time_use
    return sum(float(getattr(use, name)) for name in source.billable if group or name != "group")


def units_per_paid_hour(organization: Organization, source: FeeForService) -> float:
    """Return the individually billed units that a paid hour brings once denials are settled."""
    use = organization.time_use
    worked = 1.0 - use.leave_share - use.absence_share
    kept = 1.0 - source.denial_share * (1.0 - source.rework_recovered_share)
    share = billable_share(organization, source, group=False)
    return UNITS_PER_HOUR * worked * share * source.clients_covered_share * kept
