"""Read from runs what a workforce does with its paid hours, and what it takes to keep it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from sim.model.world.rows import anywhere
from sim.model.world.terms import full_staff_client_hours
from sim.results.blocks import Block, Floats, Rows, Sums, adder
from sim.results.measures.formulas import divided
from sim.results.on_paper.wages_used import wages_by_month
from sim.scenario.schema import Organization
from sim.scenario.timeline import EmployerPlan
from sim.units import MONTHS_PER_YEAR, Reals

COLUMNS: Final = {  # sum → column of the panel
    "in_post": "in_post",
    "leave": "leave_time",
    "exits": "exits",
    "hires": "hires",
    "worked": "worked_hours",
    "ramp_up": "ramp_up_hours",
    "productive": "productive_hours",
    "uncertified": "uncertified_hours",
    "capacity": "capacity",
    "delivered": "delivered",
    "wage_time": "wage_time",
}


@dataclass(frozen=True)
class Staffing:
    """What a workforce is and does, over the hours that are paid. Numbers, or arrays by replication.

    Counts are for each year of paid hours of one post; shares are of paid hours, of `used` of what clients could have.
    """

    pay: Reals  # mean wage over that of a newcomer
    months_in_post: Reals
    months_held: Reals  # in post or on leave
    months_staffed: Reals  # months of posts that supervisors are there for, vacant ones too
    employers: Reals  # months of the organization
    months_vacant: Reals
    exits: Reals
    hires: Reals
    supported_leave: Reals
    absence: Reals
    ramp_up: Reals
    supervising: Reals
    uncertified: Reals  # given by peers who are not certified yet
    used: Reals


def staffing_sums(block: Block, numbers: Rows, plan: EmployerPlan, start: int) -> Sums:
    """Return months, hours, people and pay of the only kind of employer by replication.

    Args:
        block: what happened.
        numbers: the replications.
        plan: the kind's plan, of futures with rows.
        start: the first month, counted since year 0.
    """
    add, panel, tables = adder(block, numbers), block.panel, plan.epochs[0][1]
    paid = panel["in_post"] + tables.practices.leave_paid_share * panel["leave_time"]
    months = paid.shape[0]
    entry = [one.entry for one in wages_by_month(plan, start, months)]
    held = panel["in_post"] + panel["leave_time"]
    return {
        **{name: add.months(panel[column]) for name, column in COLUMNS.items()},
        "paid": add.months(paid),
        "staffed": add.months(np.maximum(panel["funded"], panel["filled"])),
        "employers": add.employers(np.full(block.replications.size, float(months))),
        "vacant": add.months(np.maximum(0.0, panel["funded"] - held)),
        "entry_time": add.months(paid * _by_month(entry, paid)),
    }


def _by_month(wages: Sequence[Reals], paid: Floats) -> Floats:
    """Return wages by month and employer; of one scenario one for all employers."""
    return np.stack([np.broadcast_to(wage, paid.shape[1:]) for wage in wages])


def staffing_of(sums: Sums, organization: Organization) -> Staffing:
    """Return the staffing that sums come to; each row of the sums by itself."""
    paid, month = sums["paid"], organization.posts.full_time_hours * organization.posts.fte

    def a_year(name: str) -> Floats:
        return MONTHS_PER_YEAR * divided(sums[name], paid)

    def hours(name: str) -> Floats:
        return divided(sums[name], month * paid)

    at_work = divided(sums["in_post"], paid)
    return Staffing(
        pay=divided(sums["wage_time"], sums["entry_time"]),
        months_in_post=a_year("in_post"),
        months_held=MONTHS_PER_YEAR * divided(sums["in_post"] + sums["leave"], paid),
        months_staffed=a_year("staffed"),
        employers=a_year("employers"),
        months_vacant=a_year("vacant"),
        exits=a_year("exits"),
        hires=a_year("hires"),
        supported_leave=organization.practices.leave_paid_share * divided(sums["leave"], paid),
        absence=at_work * (1.0 - organization.time_use.leave_share) - hours("worked"),
        ramp_up=hours("ramp_up"),
        supervising=hours("worked") - hours("ramp_up") - hours("productive"),
        uncertified=hours("uncertified"),
        used=np.where(sums["capacity"] > 0, divided(sums["delivered"], sums["capacity"]), 1.0),
    )


def without_turnover(staffing: Staffing, organization: Organization, base: Organization) -> Staffing:
    """Return the same workforce if nobody left: no vacancies, no newcomers, and no clients lost by either."""
    filled = np.minimum(1.0, staffing.months_held / staffing.months_staffed)
    nobody = replace(
        staffing,
        months_staffed=staffing.months_held,
        employers=staffing.employers * filled,
        months_vacant=0.0,
        exits=0.0,
        hires=0.0,
        ramp_up=0.0,
        uncertified=0.0,
    )
    return replace(nobody, used=_asked_for(nobody, organization, base))


def at_turnover_of(staffing: Staffing, organization: Organization, base: Organization) -> Staffing:
    """Return what the base's staffing comes to in another organization by arithmetic: its own posts and use of time."""
    ours, theirs = (_asked_for(staffing, one, base) for one in (organization, base))
    return replace(
        staffing,
        employers=staffing.employers * base.posts.number / organization.posts.number,
        used=staffing.used * ours / theirs,
    )


def _asked_for(staffing: Staffing, organization: Organization, base: Organization) -> Reals:
    """Return the share of what a staffing can give clients that they ask for: at most all of it."""
    use, demand = organization.time_use, organization.services.demand_client_hours_per_month
    full = full_staff_client_hours(organization)
    if not anywhere(full > 0):
        return 1.0 + 0.0 * staffing.used
    planned = use.leave_share * staffing.months_in_post / MONTHS_PER_YEAR
    given = 1.0 - planned - staffing.supported_leave - staffing.absence - staffing.ramp_up - staffing.supervising
    output = MONTHS_PER_YEAR / staffing.months_staffed * given / use.worked_share
    wanted = full_staff_client_hours(base) if demand is None else demand
    return np.minimum(1.0, divided(np.asarray(wanted), np.asarray(full * output)))
