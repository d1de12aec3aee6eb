"""Live a projection's opening and first year on luck of their own, to see what baseline hazards would show."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace

import numpy as np
import simpy
from numpy.typing import NDArray

from sim.model.engine import months
from sim.model.engine.block import Block, World
from sim.model.engine.causes import employer_push, weigh
from sim.model.engine.luck.block_luck import BlockLuck
from sim.model.engine.luck.pilot_luck import PilotLuck
from sim.model.engine.opening import open_block
from sim.model.engine.start import begin
from sim.model.rules.turnover import Baseline
from sim.model.world.terms import NO_DATES
from sim.scenario.schema import Organization
from sim.scenario.tables.funding import grants_of
from sim.scenario.timeline import EmployerPlan
from sim.units import MONTHS_PER_YEAR

Floats = NDArray[np.float64]

POSTS_AT_ONCE = 16_384  # arrays that stay in the cache, and a bound on memory for large employers
POSTS_LOOKED_AT = 2_000


def bare(organization: Organization) -> Organization:
    """Return an organization without all that no career depends on when rules are off: claims, money, its decisions.

    Awards stay, for their ends weigh on people. Employers' own effects are in logs of the hazard of quitting.
    """
    return organization.model_copy(
        update={
            "funding": grants_of(organization.funding),
            "rules": organization.rules.model_copy(update={"enforce": False, "braiding": ()}),
            "turnover": organization.turnover.model_copy(update={"employer_spread_sd": 1.0}),
        }
    )


def first_year(world: World, organization: Organization, logs: Floats, others: Baseline) -> Floats:
    """Return what employers live through in the projection's first 12 months, shape (4, employers).

    Args:
        world: what base and alternatives share.
        organization: the tables at the start, made bare.
        logs: each employer's log hazard of quitting, per month.
        others: the hazards of dismissal and other exits.

    Returns:
        expected quits over their hazard, expected exits after return to use, months at work, months filled.
    """
    world = replace(world, baseline=replace(others, voluntary=1.0))
    number = min(logs.size, -(-logs.size * organization.posts.number // POSTS_AT_ONCE))  # an employer is not cut up
    pieces = np.array_split(logs, number)
    return np.concatenate([_lived(world, organization, n, piece) for n, piece in enumerate(pieces)], axis=1)


def _lived(world: World, organization: Organization, number: int, logs: Floats) -> Floats:
    block, sums = _begun(world, organization, number, logs), np.zeros((4, logs.size))
    block.env.run(until=block.env.process(year_of(block, sums)))
    block.dissolve()
    sums[0] *= np.exp(-logs)
    return sums


def _begun(world: World, organization: Organization, number: int, logs: Floats) -> Block:
    return begun_with(world, organization, PilotLuck(number, logs, organization.posts.number), logs.size)


def begun_with(world: World, organization: Organization, luck: BlockLuck, employers: int) -> Block:
    """Return a block at the start of its projection, that has lived its opening on some luck."""
    opening = open_block(world, organization, luck, employers)
    return begin(simpy.Environment(), world, opening, EmployerPlan("pilot", 1, 0, ((0, organization),), (NO_DATES,)))


def year_of(block: Block, sums: Floats) -> Generator[simpy.Event, None, None]:
    """Live the projection's first 12 months, adding up what is expected in them."""
    while block.month < MONTHS_PER_YEAR:
        start, tally = months.live(block)
        sums += tally.voluntary, tally.to_use, tally.in_post, tally.in_post + tally.on_leave
        yield block.env.timeout(block.month + 1 - block.env.now)
        months.close(block, start, tally)


def at_the_start(world: World, organization: Organization) -> tuple[float, float]:
    """Return the mean hazard of quitting over its baseline, and of leaving after return to use, at the opening."""
    size = -(-POSTS_LOOKED_AT // organization.posts.number)
    still = world.horizon.model_copy(update={"warm_up_months": 0})
    world = replace(world, horizon=still, baseline=Baseline(1.0, 0.0, 0.0))
    block = _begun(world, organization, 0, np.zeros(size))
    rows = np.flatnonzero(block.roster.filled)
    hazards = weigh(block, rows, block.of[rows], 0.0, employer_push(block, block.terms)).hazards
    block.dissolve()
    practices = organization.practices
    stay_away = 1.0 - practices.supported_leave_share * practices.return_share
    return float(hazards.voluntary.mean()), float(hazards.return_to_use.mean()) * stay_away
