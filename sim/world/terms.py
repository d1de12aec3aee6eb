"""Compile an organisation into the numbers its rules work with, for as long as no input changes."""

from __future__ import annotations

import math
from dataclasses import dataclass
from types import MappingProxyType

from sim.evidence.effects import load_effects
from sim.evidence.variance import noise_sd
from sim.scenario.schema import Effects as EffectsTable
from sim.scenario.schema import Organisation
from sim.scenario.tables.funding import FeeForService, Grant, ProspectivePayment, ScheduledFund
from sim.scenario.tables.work import Rung
from sim.scenario.timeline import Dates
from sim.scenario.yardsticks import over_one_adult
from sim.units import MONTHS_PER_YEAR, UNITS_PER_HOUR
from sim.world.causes import PRACTICES, Effects, sort_effects

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
    """Hold one organisation's inputs for a stretch of months, with what follows from them alone."""

    given: Organisation
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


def compile_terms(organisation: Organisation, dates: Dates = NO_DATES) -> Terms:
    """Return the terms of an organisation, its growing amounts in dollars of these months.

    Raises:
        ValueError: when the effects leave no room for SD 1 in every state.
    """
    posts, use = organisation.posts, organisation.time_use
    ladder = sorted(organisation.ladder.items(), key=lambda item: item[1].step)
    adjust = MONTHS_TO_ADJUST | organisation.effects.months_to_adjust
    return Terms(
        given=organisation,
        effects=_effects(organisation),
        months_to_adjust=(
            adjust["burnout"],
            adjust["satisfaction"],
            adjust["role_clarity"],
            adjust["recovery"],
        ),
        rungs=tuple(rung for _, rung in ladder),
        rung_names=(ENTRY, *(name for name, _ in ladder)),
        fixed_causes=_fixed_causes(organisation),
        hours=posts.paid_hours_per_year / MONTHS_PER_YEAR * posts.fte,
        working_share=1.0 - use.leave_share - use.absence_share,
        braiding=organisation.rules.braiding or tuple(organisation.funding),
        households=_households(organisation),
        dates=dates,
    )


def _effects(organisation: Organisation) -> Effects:
    table = {key: effect.effect for key, effect in load_effects().items()}
    scale = organisation.effects.scale
    values = {key: value * scale for key, value in (table | organisation.effects.overrides()).items()}
    return sort_effects(values, noise_sd(values, MONTHS_TO_ADJUST | organisation.effects.months_to_adjust))


def _fixed_causes(organisation: Organisation) -> dict[str, float]:
    causes = {name: float(getattr(organisation.practices, name)) for name in PRACTICES}
    supervising = any(rung.supervising_share > 0 for rung in organisation.ladder.values())
    causes["peer_background_of_supervisor"] = float(supervising)
    causes["out_of_role_work"] = (organisation.time_use.outside_role - OUT_OF_ROLE_TYPICAL) / OUT_OF_ROLE_TYPICAL
    causes["rural"] = in_sd(organisation.place.rural, RURAL_SHARE)
    causes["full_time"] = in_sd(organisation.posts.fte >= FULL_TIME_FTE, FULL_TIME_SHARE)
    return causes


def in_sd(holds: bool, reference_share: float) -> float:
    """Return a yes or no in SD of a reference population in which that share says yes."""
    return (float(holds) - reference_share) / math.sqrt(reference_share * (1.0 - reference_share))


def _households(organisation: Organisation) -> tuple[tuple[float, float], ...]:
    cumulative, rows = 0.0, []
    for _, household in sorted(organisation.place.households.items()):
        cumulative += household.share
        rows.append((cumulative, over_one_adult(organisation.place, household)))
    return tuple(rows)


def full_staff_client_hours(organisation: Organisation) -> float:
    """Return the client-hours a month that a full, experienced workforce of average burnout can give."""
    use, posts = organisation.time_use, organisation.posts
    worked = posts.paid_hours_per_year / MONTHS_PER_YEAR * (1.0 - use.leave_share - use.absence_share)
    return posts.number * posts.fte * worked * (use.individual + use.group * use.group_size)


def supervisors_per_post(organisation: Organisation) -> float:
    """Supervisor FTE that the employer staffs for each post: to its own span, else to the standard."""
    practices = organisation.practices
    return organisation.posts.fte / (practices.peers_per_supervisor or practices.peers_per_supervisor_standard)


def fixed_fringe_share(organisation: Organisation) -> float:
    """Part of the fringe share that a raise does not move: as stated; else health cover, if it is not a flat amount."""
    benefits = organisation.benefits
    if benefits.fixed_fringe_share is not None:
        return benefits.fixed_fringe_share
    return 0.0 if benefits.flat_usd_per_month > 0 else HEALTH_SHARE_OF_FRINGE


def moving_fringe(organisation: Organisation) -> float:
    """Fringe that each dollar of a raise brings with it."""
    return organisation.benefits.fringe_share * (1.0 - fixed_fringe_share(organisation))


def billable_share(organisation: Organisation, source: FeeForService, *, group: bool) -> float:
    """Return the share of hours worked that a source pays at the individual rate, or all with groups."""
    use = organisation.time_use
    return sum(float(getattr(use, name)) for name in source.billable if group or name != "group")


def units_per_paid_hour(organisation: Organisation, source: FeeForService) -> float:
    """Return the individually billed units that a paid hour brings once denials are settled."""
    use = organisation.time_use
    worked = 1.0 - use.leave_share - use.absence_share
    kept = 1.0 - source.denial_share * (1.0 - source.rework_recovered_share)
    share = billable_share(organisation, source, group=False)
    return UNITS_PER_HOUR * worked * share * source.clients_covered_share * kept
