"""Make the opening workforce.

docs/model.md, section 3: the opening belongs to the base scenario, and every alternative starts from it.

Months on paper stand before a short warm-up or a roster: nobody comes or goes and nobody's state moves; the months are
worked, billed and charged, so that receivables and what the employer saw of its own output are there at the start
(docs/model.md, section 3).
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import simpy
from numpy.typing import NDArray

from sim.model.engine import months
from sim.model.engine.block import Block, World
from sim.model.engine.careers import begin_employment
from sim.model.engine.funding.books import open_books
from sim.model.engine.holders import own_pay, reference_shares, sizes, wages
from sim.model.engine.luck.block_luck import BlockLuck
from sim.model.engine.months import demand_of, keep_accounts
from sim.model.engine.payers import Receipt
from sim.model.engine.scale import NO_SCALE
from sim.model.engine.tally import MonthOfWork, Tally, all_at_once
from sim.model.rules import services
from sim.model.rules.turnover import Baseline, HazardByTenure, wage_factor
from sim.model.world.employers import Employers, new_employers
from sim.model.world.log import GROUPS, Log
from sim.model.world.positions import full_time_equivalents, reference_wages
from sim.model.world.roster import Roster, empty_roster
from sim.model.world.rows import per
from sim.model.world.terms import Terms, compile_terms, full_staff_client_hours
from sim.scenario.schema import Organization
from sim.scenario.tables.frame import Horizon
from sim.scenario.tables.people import ObservedTurnover, StatedHazards
from sim.scenario.tables.positions import RosterEntry
from sim.streams import UNIFORMS
from sim.units import Cents, Reals, month_number

MONTHS_BEFORE: Final = 48  # that every projection looks back on, lived or on paper


def live_on_paper(block: Block, seated: int) -> Generator[simpy.Event, None, None]:
    """Carry a block from its month to the one in which its workforce was seated."""
    work = _month_of_work(block, float(seated))
    while block.month < seated:
        yield block.env.timeout(block.month + 1 - block.env.now)
        keep_accounts(block, work)
        block.month += 1
    block.set_wages()


def _month_of_work(block: Block, seated: float) -> MonthOfWork:
    """Return a month of everybody at work, experienced, with the wage and certificate of the time of seating."""
    given, roster = block.terms.given, block.roster
    tally, rows = Tally(block.employers.cash.size), np.flatnonzero(roster.in_post)
    of, time = block.of[rows], np.ones(rows.size)
    adding = all_at_once(of, tally.size)
    burnout = roster.states[0, rows] if block.world.feedback else np.zeros(rows.size)
    use = given.time_use
    off = use.leave_share, use.absence_share, given.effects.absence_log_per_sd
    worked = services.working_share(burnout, *(per(one, of) for one in off))
    with_clients = 1.0 - block.terms.supervising_of(roster.rung[rows], of)
    certified = roster.certified_at[rows] <= seated
    size = sizes(block, rows, block.terms)
    tally.add_held(adding, time, size, reference_shares(block, rows), at_work=True)
    worked = worked * size
    tally.add("wage_time", adding, wages(block, rows, seated) * size)
    tally.add("worked", adding, worked)
    tally.add("worked_certified", adding, worked * certified)
    tally.add("productive", adding, worked * with_clients)
    tally.add("productive_certified", adding, worked * with_clients * certified)
    tally.add("caseload", adding, time * with_clients * size)
    per_hour = given.time_use.individual + given.time_use.group * given.time_use.group_size
    wanted = np.full(tally.size, demand_of(block))
    productive = tally.productive * block.terms.hours
    service = services.month_of_service(productive, per_hour, wanted, np.zeros(tally.size), 0.0)
    clients = tally.caseload * given.services.caseload_per_peer * given.posts.fte
    return MonthOfWork(tally, service, clients)


Floats = NDArray[np.float64]
Rows = NDArray[np.int64]

LONGEST_TENURE = 120.0
NOT_STATED = -1  # in place of a group


@dataclass(frozen=True)
class Opening:
    """Hold a block at time 0: what every scenario of a comparison starts from."""

    roster: Roster
    employers: Employers
    pending: tuple[Receipt, ...]
    received: dict[str, Cents]  # (12, employers): payments of each source in the last 12 closes
    luck: BlockLuck
    terms: Terms
    leaving: HazardByTenure


def world_of(organization: Organization, horizon: Horizon, *, feedback: bool) -> World:
    """Return what base and alternatives share, with no baseline hazards yet."""
    return World(
        horizon=horizon,
        feedback=feedback,
        demand=full_staff_client_hours(organization),
        baseline=Baseline(0.0, 0.0, 0.0),
        caseload_posts=full_time_equivalents(organization),
        reference_wage=organization.pay.wage_usd_per_hour,
        reference_shares=reference_wages(organization),
    )


# the warm-up -----------------------------------------------------------------------------------------------------


def open_block(world: World, organization: Organization, luck: BlockLuck, employers: int) -> Opening:
    """Return the opening of a block: a warm-up, or the roster the user gave."""
    block = seated_block(world, organization, luck, employers)
    open_books(block)
    seated = block.month
    _begin_earlier(block, min(-MONTHS_BEFORE, seated))
    block.env.run(until=block.env.process(_live_before(block, seated)))
    return _opening(block)


def seated_block(world: World, organization: Organization, luck: BlockLuck, employers: int) -> Block:
    """Return a block whose first workforce has just been seated."""
    if organization.posts.roster:
        block = _vacant_block(world, organization, luck, employers, first_month=0)
        _seat_roster(block)
    else:
        block = _vacant_block(world, organization, luck, employers, -world.horizon.warm_up_months)
        _seat_first(block)
    return block


def _begin_earlier(block: Block, first_month: int) -> None:
    block.env, block.month = simpy.Environment(initial_time=first_month), first_month
    block.set_wages()


def _live_before(block: Block, seated: int) -> Generator[simpy.Event, None, None]:
    """Live the months before the start: on paper until the workforce is seated, then the warm-up."""
    yield from live_on_paper(block, seated)
    while block.month < 0:
        start, tally = months.live(block)
        yield block.env.timeout(block.month + 1 - block.env.now)
        months.close(block, start, tally)


def _opening(block: Block) -> Opening:
    received = {name: fund.received for name, fund in block.funds.items()}
    block.dissolve()
    leaving = hazard_by_tenure(block)
    return Opening(block.roster, block.employers, tuple(block.pending), received, block.luck, block.terms, leaving)


def hazard_by_tenure(block: Block) -> HazardByTenure:
    """Return how readily people leave each employer of an opening, by tenure, before anything is projected."""
    base, settings, scale = block.world.baseline, block.terms.given.turnover, block.scale
    wage = np.broadcast_to(np.asarray(scale.entry, dtype=np.float64), block.employers.own_effect.shape)
    compared = block.terms.effects.wage, wage, scale.outside, scale.living, settings.threshold_log_wage
    by_wage = wage_factor(settings.wage_response, *compared)
    return HazardByTenure(
        voluntary=base.voluntary * by_wage * np.exp(settings.employer_spread_sd * block.employers.own_effect),
        steady=base.dismissal + base.other + settings.return_to_use_per_year / 12,
        shape=settings.tenure_shape,
        early_peak=settings.early_peak,
        peak_months=settings.early_peak_months,
    )


def _vacant_block(world: World, organization: Organization, luck: BlockLuck, employers: int, first_month: int) -> Block:
    terms = compile_terms(organization)
    posts = organization.posts.number
    block = Block(
        env=simpy.Environment(initial_time=first_month),
        world=world,
        epochs={},
        luck=luck,
        roster=empty_roster(employers, posts),
        employers=new_employers(luck.employers(), posts, len(terms.rungs) + 1),
        log=Log(),
        scale=NO_SCALE,
        rules_on=False,
        projecting=False,
        terms=terms,
        month=first_month,
    )
    block.set_wages()
    block.sources = tuple(organization.funding)
    return block


def _seat_first(block: Block) -> None:
    """Give every post its first occupant, some time into the job."""
    rows = np.arange(block.roster.filled.size)
    yearly = separations_per_year(block.terms.given)
    uniform = block.luck.decisions(rows, np.zeros_like(rows))[:, UNIFORMS.index("tenure_at_start")]
    able = per(yearly, block.of) > 0
    mean = np.where(able, per(yearly, block.of), 1.0)
    tenure = np.where(able, np.minimum(LONGEST_TENURE, -np.log(uniform) * 12.0 / mean), 0.0)
    begin_employment(block, rows, float(block.month) - tenure)


def _seat_roster(block: Block) -> None:
    """Seat the peers the user listed; the other posts open at the start."""
    entries, roster = block.terms.given.posts.roster, block.roster
    start = block.world.start
    posts = _posts_of(block, entries)
    rows = (np.arange(roster.employers)[:, None] * roster.posts + posts).ravel()
    hired = np.array([month_number(entry.hired) - start for entry in entries], dtype=np.float64)
    since = [month_number(entry.in_rung_since or entry.hired) - start for entry in entries]
    groups = np.array([NOT_STATED if entry.group is None else GROUPS.index(entry.group) for entry in entries], np.int8)
    begin_employment(block, rows, np.tile(hired, roster.employers), np.tile(groups, roster.employers))
    own_wait = roster.certified_at[rows] - roster.hired[rows]
    certified = np.tile([entry.certified for entry in entries], roster.employers)
    waiting = np.where(own_wait > 0, own_wait, _certificate_wait(block, rows))
    roster.certified_at[rows] = np.where(certified | (waiting <= 0), roster.hired[rows], waiting)
    roster.rung[rows] = np.tile([block.terms.rung_names.index(entry.rung) for entry in entries], roster.employers)
    roster.rung_since[rows] = np.tile(np.array(since, dtype=np.float64), roster.employers)
    roster.own_fte[rows] = np.tile([_or_none(entry.fte) for entry in entries], roster.employers)
    stated = np.tile([_or_none(entry.wage_usd_per_hour) for entry in entries], roster.employers)
    roster.own_pay[rows] = own_pay(block, rows, 0.0, stated)
    block.own_terms = roster.has_own_terms


def _posts_of(block: Block, entries: Sequence[RosterEntry]) -> Rows:
    """Give each person the lowest post of their position that nobody before them has."""
    places, numbers = block.terms.places, np.arange(block.roster.posts)
    free = {place: iter(numbers[places.of(numbers) == place].tolist()) for place in range(len(places.number))}
    order = {name: place for place, name in enumerate(places.names)}
    return np.array([next(free[order.get(entry.position, len(order))]) for entry in entries], dtype=np.int64)


def _or_none(stated: float | None) -> float:
    return np.nan if stated is None else stated


def _certificate_wait(block: Block, rows: Rows) -> Floats:
    uniforms = block.luck.decisions(rows, block.roster.ordinal[rows])
    first, second = (
        uniforms[:, UNIFORMS.index("certification_1")],
        uniforms[:, UNIFORMS.index("certification_2")],
    )
    mean: Reals = per(block.terms.given.recruitment.months_to_certify, block.of[rows])
    return -(np.log(first) + np.log(second)) / 2.0 * mean


# the baseline ----------------------------------------------------------------------------------------------------


def separations_per_year(organization: Organization) -> Reals:
    """Return separations per person-year that the scenario states."""
    level = organization.turnover.level
    if isinstance(level, ObservedTurnover):
        return level.separations_per_100_posts_year / 100.0
    stated = level.voluntary_per_year + level.dismissal_per_year + level.other_per_year
    return stated + organization.turnover.return_to_use_per_year


def stated_baseline(organization: Organization) -> Baseline | None:
    """Return the baseline hazards per month that the scenario states, if it states hazards."""
    level = organization.turnover.level
    return baseline_of(level) if isinstance(level, StatedHazards) else None


def baseline_of(level: StatedHazards) -> Baseline:
    """Return stated hazards by the month."""
    return Baseline(level.voluntary_per_year / 12, level.dismissal_per_year / 12, level.other_per_year / 12)
