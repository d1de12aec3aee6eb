"""Make the opening workforce, and solve the baseline hazards that reproduce the turnover a user sees.

docs/model.md, section 3: the opening belongs to the base scenario, and every alternative starts from it.
"""

from __future__ import annotations

import math
from collections.abc import Generator
from dataclasses import dataclass, replace

import numpy as np
import simpy
from numpy.typing import NDArray

from sim.engine import months
from sim.engine.block import NO_SCALE, Block, Receipt, World, scale_of
from sim.engine.books import open_books
from sim.engine.careers import begin_employment
from sim.engine.luck import BlockLuck
from sim.engine.paper import MONTHS_BEFORE, live_on_paper
from sim.engine.tally import Tally
from sim.rules.turnover import Baseline
from sim.scenario.schema import Organisation
from sim.scenario.tables.frame import Horizon
from sim.scenario.tables.people import ObservedTurnover, StatedHazards
from sim.streams import UNIFORMS
from sim.units import Cents, month_number
from sim.world.employers import Employers, new_employers
from sim.world.log import Log
from sim.world.roster import Roster, empty_roster
from sim.world.terms import Terms, compile_terms, full_staff_client_hours

Floats = NDArray[np.float64]
Rows = NDArray[np.int64]

PILOT_SEED = 2_718_281_828
PILOT_POSTS, MOST_PILOTS = 4000, 400
PILOT_MONTHS, MEASURED_MONTHS = 60, 24
LONGEST_TENURE = 120.0


@dataclass(frozen=True)
class Opening:
    """Hold a block at time 0: what every scenario of a comparison starts from."""

    roster: Roster
    employers: Employers
    pending: tuple[Receipt, ...]
    received: dict[str, Cents]  # (12, employers): payments of each source in the last 12 closes
    luck: BlockLuck
    terms: Terms


def world_of(organisation: Organisation, horizon: Horizon, *, feedback: bool) -> World:
    """Return what base and alternatives share, with no baseline hazards yet."""
    return World(
        horizon=horizon,
        feedback=feedback,
        demand=_demand(organisation),
        baseline=Baseline(0.0, 0.0, 0.0),
        caseload_posts=organisation.posts.number * organisation.posts.fte,
        reference_wage=organisation.pay.wage_usd_per_hour,
    )


def _demand(organisation: Organisation) -> float:
    stated = organisation.services.demand_client_hours_per_month
    return full_staff_client_hours(organisation) if stated is None else stated


# the warm-up -----------------------------------------------------------------------------------------------------


def open_block(world: World, organisation: Organisation, luck: BlockLuck, employers: int) -> Opening:
    """Return the opening of a block: a warm-up, or the roster the user gave."""
    if organisation.posts.roster:
        block = _vacant_block(world, organisation, luck, employers, first_month=0)
        _seat_roster(block)
    else:
        block = _vacant_block(world, organisation, luck, employers, -world.horizon.warm_up_months)
        _seat_first(block)
    open_books(block)
    seated = block.month
    _begin_earlier(block, min(-MONTHS_BEFORE, seated))
    block.env.run(until=block.env.process(_live_before(block, seated)))
    return _opening(block)


def _begin_earlier(block: Block, first_month: int) -> None:
    block.env, block.month = simpy.Environment(initial_time=first_month), first_month
    block.scale = scale_of(block)


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
    return Opening(block.roster, block.employers, tuple(block.pending), received, block.luck, block.terms)


def _vacant_block(world: World, organisation: Organisation, luck: BlockLuck, employers: int, first_month: int) -> Block:
    terms = compile_terms(organisation)
    posts = organisation.posts.number
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
    block.scale = scale_of(block)
    block.sources = tuple(organisation.funding)
    return block


def _seat_first(block: Block) -> None:
    """Give every post its first occupant, some time into the job."""
    rows = np.arange(block.roster.filled.size)
    yearly = separations_per_year(block.terms.given)
    uniform = block.luck.decisions(rows, np.zeros_like(rows))[:, UNIFORMS.index("tenure_at_start")]
    tenure = np.minimum(LONGEST_TENURE, -np.log(uniform) * 12.0 / yearly) if yearly else np.zeros(rows.size)
    begin_employment(block, rows, float(block.month) - tenure)


def _seat_roster(block: Block) -> None:
    """Seat the peers the user listed; the other posts open at the start."""
    entries, roster = block.terms.given.posts.roster, block.roster
    start = block.world.start
    posts = np.arange(len(entries))
    rows = (np.arange(roster.employers)[:, None] * roster.posts + posts).ravel()
    hired = np.array([month_number(entry.hired) - start for entry in entries], dtype=np.float64)
    since = [month_number(entry.in_rung_since or entry.hired) - start for entry in entries]
    begin_employment(block, rows, np.tile(hired, roster.employers))
    own_wait = roster.certified_at[rows] - roster.hired[rows]
    certified = np.tile([entry.certified for entry in entries], roster.employers)
    waiting = np.where(own_wait > 0, own_wait, _certificate_wait(block, rows))
    roster.certified_at[rows] = np.where(certified | (waiting <= 0), roster.hired[rows], waiting)
    roster.rung[rows] = np.tile([block.terms.rung_names.index(entry.rung) for entry in entries], roster.employers)
    roster.rung_since[rows] = np.tile(np.array(since, dtype=np.float64), roster.employers)


def _certificate_wait(block: Block, rows: Rows) -> Floats:
    uniforms = block.luck.decisions(rows, block.roster.ordinal[rows])
    first, second = (
        uniforms[:, UNIFORMS.index("certification_1")],
        uniforms[:, UNIFORMS.index("certification_2")],
    )
    return -(np.log(first) + np.log(second)) / 2.0 * block.terms.given.recruitment.months_to_certify


# the baseline ----------------------------------------------------------------------------------------------------


def separations_per_year(organisation: Organisation) -> float:
    """Return separations per person-year that the scenario states."""
    level = organisation.turnover.level
    if isinstance(level, ObservedTurnover):
        return level.separations_per_100_posts_year / 100.0
    stated = level.voluntary_per_year + level.dismissal_per_year + level.other_per_year
    return stated + organisation.turnover.return_to_use_per_year


def stated_baseline(organisation: Organisation) -> Baseline | None:
    """Return the baseline hazards per month that the scenario states, if it states hazards."""
    level = organisation.turnover.level
    return _of_a_month(level) if isinstance(level, StatedHazards) else None


def _of_a_month(level: StatedHazards) -> Baseline:
    return Baseline(level.voluntary_per_year / 12, level.dismissal_per_year / 12, level.other_per_year / 12)


def solve_baseline(world: World, organisation: Organisation) -> Baseline:
    """Return baseline hazards per month: as stated, or such that a pilot reproduces the turnover seen."""
    level = organisation.turnover.level
    if isinstance(level, StatedHazards):
        return _of_a_month(level)
    number = organisation.posts.number
    pilots = min(MOST_PILOTS, math.ceil(PILOT_POSTS / number))
    luck = BlockLuck(PILOT_SEED, np.arange(pilots), np.arange(pilots), number)
    length = 0 if organisation.posts.roster else world.horizon.warm_up_months
    length = length or PILOT_MONTHS
    block = _vacant_block(world, organisation, luck, pilots, -length)
    block.employers.own_effect[:] = organisation.turnover.employer_spread_sd / 2.0  # the mean of e^(spread·z)
    _seat_first(block)
    means = _Means(level, organisation)
    block.env.run(until=block.env.process(_pilot(block, means)))
    block.dissolve()
    return means.baseline(MEASURED_MONTHS)


class _Means:
    """Follow the mean relative hazards of a pilot and set baselines that give the turnover seen."""

    def __init__(self, level: ObservedTurnover, organisation: Organisation) -> None:
        self.monthly = level.separations_per_100_posts_year / 1200.0
        self.level = level
        practices = organisation.practices
        comes_back = practices.supported_leave_share * practices.return_share
        self.to_use = organisation.turnover.return_to_use_per_year / 12 * (1.0 - comes_back)
        self.seen: list[tuple[float, float]] = [(1.0, 1.0)]

    def baseline(self, last: int) -> Baseline:
        voluntary, to_use = np.mean(self.seen[-last:], axis=0).tolist()
        level = self.level
        other = max(0.0, 1.0 - level.voluntary_share - level.involuntary_share)
        dismissal = max(0.0, level.involuntary_share * self.monthly - self.to_use * to_use)
        return Baseline(level.voluntary_share * self.monthly / voluntary, dismissal, other * self.monthly)


def _pilot(block: Block, means: _Means) -> Generator[simpy.Event, None, None]:
    first = True
    while block.month < 0:
        block.world = replace(block.world, baseline=means.baseline(1))
        start, tally = months.live(block)
        relative = _relative_hazards(block, tally)
        means.seen = ([] if first else means.seen) + [relative]
        first = False
        yield block.env.timeout(block.month + 1 - block.env.now)
        months.close(block, start, tally)


def _relative_hazards(block: Block, tally: Tally) -> tuple[float, float]:
    """Return mean hazards of the month over their baselines, voluntary and return to use."""
    exposure = tally.in_post.sum()
    baseline = block.world.baseline.voluntary, block.terms.given.turnover.return_to_use_per_year / 12
    means = [float(total.sum() / exposure) for total in (tally.voluntary, tally.to_use)]
    return tuple(mean / base if base > 0 else 1.0 for mean, base in zip(means, baseline, strict=True))  # type: ignore[return-value]
